"""The shipped schemes: each reads and cites who publishes by it; ratios give the results the ground states.

Cases on scales stand exactly on a border and one hundredth below it.
"""

from __future__ import annotations

from functools import cache

import pytest

from sosei.scheme.presets import preset, preset_names
from sosei.scheme.rollup import roll_up, roll_ups
from tests.scheme.preset_rows import evaluated, one

SEEDS = {"aso", "hitoyoshi"}
FAMILIES = {f"f{number}" for number in range(1, 11)}


@cache
def names() -> list[str]:
    return [name for name in preset_names() if name not in SEEDS]


@pytest.mark.parametrize("name", names())
def test_a_preset_reads_and_cites_its_source(name: str) -> None:
    scheme = preset(name)
    assert scheme.name
    assert scheme.source
    assert name.split("-", maxsplit=1)[0] in FAMILIES | {"grant"}


def test_every_family_has_one() -> None:
    assert {name.split("-")[0] for name in names()} >= FAMILIES


def test_names_of_schemes_differ() -> None:
    titles = [preset(name).name for name in preset_names()]
    assert len(titles) == len(set(titles))


# preset, target, then actuals with the printed rate and the class, from the best down.
RATIO_SCALES: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    ("f1-ratio-fuji", "10000", [("8000", "80.0%", "80%以上"), ("7999", "80.0%", "50～80%"), ("5000", "50.0%", "50～80%"),
        ("4999", "50.0%", "50%未満"), ("2000", "20.0%", "50%未満"), ("1999", "20.0%", "20%未満")]),
    ("f1-ratio-mie", "10000", [("8500", "85%", "良好"), ("8499", "85%", "外部協議"), ("7000", "70%", "外部協議"), ("6999", "70%", "70未満")]),
    ("f1-ratio-nagoya-port", "10000", [("8000", "80%", "順調"), ("7999", "80%", "やや遅れ"), ("6000", "60%", "やや遅れ"), ("5999", "60%", "遅れ")]),
    ("f1-ratio-osaka-library-2013", "10000", [("11000", "110%", "A"), ("10999", "110%", "B"), ("8000", "80%", "B"),
        ("7999", "80%", "C"), ("5000", "50%", "C"), ("4999", "50%", "D")]),
    ("f1-ratio-osaka-library-2013", "100", [("100", "100%", "A"), ("99.99", "100%", "B"), ("90", "90%", "B"), ("89.99", "90%", "C")]),
    ("f1-ratio-osaka-library-2016", "10000", [("11000", "110%", "A"), ("10999", "110%", "B"), ("9000", "90%", "B"),
        ("8999", "90%", "C"), ("6000", "60%", "C"), ("5999", "60%", "D")]),
    ("f1-ratio-osaka-library-2016", "100", [("100", "100%", "A"), ("99.99", "100%", "B"), ("90", "90%", "B"), ("89.99", "90%", "C")]),
    ("f1-ratio-machida", "10000", [("9000", "90%", "大変よくできました"), ("8999", "90%", "よくできました"),
        ("8001", "80%", "よくできました"), ("8000", "80%", "もっと頑張ります")]),
    ("f1-ratio-manifesto", "10000", [("10000", "100.0%", "A"), ("9999", "100.0%", "B"), ("9000", "90.0%", "B"),
        ("8999", "90.0%", "C"), ("8000", "80.0%", "C"), ("7999", "80.0%", "D")]),
    ("f1-ratio-kitsuki", "10000", [("10001", "100%", "A"), ("10000", "100%", "B"), ("8000", "80%", "B"), ("7999", "80%", "C")]),
    ("f1-points-sano", "10000", [("10000", "100%", "7"), ("9999", "100%", "6"), ("9000", "90%", "6"), ("8999", "90%", "5"),
        ("8000", "80%", "5"), ("7999", "80%", "4"), ("7000", "70%", "4"), ("6999", "70%", "3"), ("6000", "60%", "3"),
        ("5999", "60%", "2"), ("5000", "50%", "2"), ("4999", "50%", "1")]),
]  # fmt: skip
YEAR_SCALES: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    (name, "10000", [("10000", "100.0%", "A"), ("9999", below_a, "B+"), ("8000", "80.0%", "B+"), ("7999", below_b, "B"),
        ("5000", "50.0%", "B"), ("4999", below_c, "C")])
    for name, below_a, below_b, below_c in [
        ("f2-year-ibaraki", "100.0%", "80.0%", "50.0%"), ("f2-year-ibaraki-cut", "99.9%", "79.9%", "49.9%")]
] + [
    ("f2-year-kitakyushu", "10000", [("12000", "120%", "A"), ("11999", "120%", "B"), ("10000", "100%", "B"),
        ("9999", "100%", "C"), ("7000", "70%", "C"), ("6999", "70%", "D")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "target", "actual", "rate", "grade"),
    [(name, target, *case) for name, target, cases in RATIO_SCALES for case in cases],
)
def test_scales_on_the_ratio_to_the_final_target(
    name: str, target: str, actual: str, rate: str, grade: str
) -> None:
    assert one(name, "R6", target=target, actual=actual) == (rate, grade)


@pytest.mark.parametrize(
    ("name", "due", "actual", "rate", "grade"),
    [(name, due, *case) for name, due, cases in YEAR_SCALES for case in cases],
)
def test_scales_on_the_target_of_the_year(name: str, due: str, actual: str, rate: str, grade: str) -> None:
    assert one(name, "R6", target="99999", due=due, actual=actual) == (rate, grade)


def test_first_year_over_a_five_year_target_is_not_capped() -> None:
    results = evaluated(
        "f1-ratio", "R6", {"target": "10", "actual:R6": "12"}, {"target": "20", "actual:R6": "0"}
    )
    assert [r.text for r in results] == ["120.0%", "0.0%"]


def test_a_missed_waste_target_reads_above_100_where_nothing_is_turned() -> None:
    assert one("f1-ratio", "R6", direction="lower", target="900g", actual="909g") == ("101.0%", "")


def test_the_mean_with_and_without_a_cap() -> None:
    rows = {"target": "100", "actual:R6": "150"}, {"target": "100", "actual:R6": "50"}
    capped, plain = (evaluated(name, "R6", *rows) for name in ("f1-ratio-atsugi", "f1-ratio-konan"))
    assert [r.text for r in capped] == ["100.0%", "50.0%"]
    assert [r.text for r in plain] == ["150.0%", "50.0%"]
    assert roll_up(capped, preset("f1-ratio-atsugi")).mean_text == "75.0%"
    assert roll_up(plain, preset("f1-ratio-konan")).mean_text == "100.0%"


@pytest.mark.parametrize(
    ("actuals", "points", "grade"),
    [
        ("100 100 50", 16, "18～16点"),
        ("100 100 49", 15, "15～13点"),
        ("100 90", 13, "15～13点"),
        ("90 90", 12, "12～11点"),
        ("90 80", 11, "12～11点"),
        ("80 80", 10, "10点以下"),
    ],
)
def test_points_of_sano_add_up_to_a_class(actuals: str, points: int, grade: str) -> None:
    results = evaluated(
        "f1-points-sano", "R6", *({"target": "100", "actual:R6": each} for each in actuals.split())
    )
    summed = roll_up(results, preset("f1-points-sano"))
    assert summed.points == points
    assert summed.grade == grade


def test_kitakyushu_counts_a_repeated_indicator_once_and_leaves_out_what_is_open() -> None:
    row = {"target": "10", "target:R6": "10", "actual:R6": "10"}
    rows = [{**row, "indicator": "a"}, {**row, "indicator": "a"}, {**row, "actual:R6": "5"}]
    rows += [{**row, "actual:R6": each} for each in ("終了", "調査中")]
    summed = roll_up(evaluated("f2-year-kitakyushu", "R6", *rows), preset("f2-year-kitakyushu"))
    assert (summed.reached, summed.known, summed.by_class) == (1, 2, {"B": 1, "D": 1})


def test_kitakyushu_counts_a_repeated_indicator_only_where_it_is_listed_first() -> None:
    row = {"target": "10", "target:R6": "10", "actual:R6": "10", "indicator": "a"}
    rows = [{**row, "place": "柱１"}, {**row, "place": "柱２"}, {**row, "indicator": "b", "place": "柱２"}]
    found = roll_ups(evaluated("f2-year-kitakyushu", "R6", *rows), preset("f2-year-kitakyushu"))
    assert [(each.id, each.known) for each in found] == [("", 2), ("柱１", 1), ("柱２", 1)]


@pytest.mark.parametrize(
    ("name", "actual", "rate"),
    [
        ("f2-year-ibaraki", "483", "120.8%"),  # 120.75
        ("f2-year-ibaraki-cut", "516.3", "129.0%"),  # 129.075
        ("f2-year-ibaraki-cut", "471.8", "117.9%"),  # 117.95
    ],
)
def test_ibaraki_rounds_in_one_edition_and_cuts_in_the_next(name: str, actual: str, rate: str) -> None:
    assert one(name, "R6", target="900", due="400", actual=actual)[0] == rate


def test_a_and_b_plus_count_as_hoped() -> None:
    rows = [
        {"target": "100", "target:R6": "100", "actual:R6": each} for each in ("100", "80", "79", "集計中")
    ]
    summed = roll_up(evaluated("f2-year-ibaraki", "R6", *rows), preset("f2-year-ibaraki"))
    assert (summed.reached, summed.known, summed.share_text) == (2, 3, "66.7%")


@pytest.mark.parametrize(
    ("row", "rate"),
    [
        ({"direction": "lower", "due": "300", "actual": "360"}, "83.3%"),
        ({"direction": "raise", "due": "300", "actual": "360"}, "120.0%"),
        ({"direction": "raise", "due": "300", "actual": "集計中"}, "集計中"),
        ({"direction": "lower", "due": "0", "actual": "3"}, ""),
    ],
)
def test_fukuoka_turns_reductions_and_leaves_zero_targets(row: dict[str, str], rate: str) -> None:
    assert one("f2-year-fukuoka", "R6", target="200", **row)[0] == rate
