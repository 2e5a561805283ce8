"""The test vectors T01 to T35 of the survey of practice, and the nine cases, each as a line of a table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sosei.scheme.case import Judgement
from sosei.scheme.outcome import outcome_of
from sosei.scheme.reasons import NoRate
from sosei.scheme.rollup import roll_up, roll_ups
from sosei.values import Problem
from tests.scheme.cases import R6, result, scheme

ONE = "rounding = { digits = 1 }\n"
PROGRESS = ONE + 'quantity = { kind = "progress" }\n'
TO_R8 = 'period = { first = "R5", last = "R8" }\n'  # R6 is year two of four
FIVE = 'period = { first = "R4", last = "R8" }\n'  # R6 is year three of five


@pytest.mark.parametrize(
    ("vector", "toml", "row", "text"),
    [
        ("T01", ONE, {"target": 64, "actual": 59}, "92.2%"),
        ("T01", 'rounding = { digits = 1, mode = "cut" }', {"target": 64, "actual": 59}, "92.1%"),
        ("T02", ONE, {"target": 40, "actual": 0}, "0.0%"),
        ("T03", ONE, {"target": 25, "actual": 31}, "124.0%"),
        ("T03", ONE + "limits = { cap = 100 }", {"target": 25, "actual": 31}, "100.0%"),
        ("T03", ONE + 'limits = { above_text = "100%超" }', {"target": 25, "actual": 31}, "100%超"),
        (
            "T04",
            ONE + 'quantity = { lower = "target_over_actual" }',
            {"target": 300, "actual": 360, "direction": "lower"},
            "83.3%",
        ),
        (
            "T05",
            ONE + 'quantity = { lower = "two_minus" }',
            {"target": 300, "actual": 360, "direction": "lower"},
            "80.0%",
        ),
        (
            "T05",
            ONE + 'quantity = { lower = "two_minus" }',
            {"target": 300, "actual": 650, "direction": "lower"},
            "-16.7%",
        ),
        (
            "T05",
            ONE + 'quantity = { lower = "two_minus" }\nlimits = { floor = 0 }',
            {"target": 300, "actual": 650, "direction": "lower"},
            "0.0%",
        ),
        (
            "T05",
            ONE + 'quantity = { lower = "two_minus" }\nlimits = { below_text = "0%未満" }',
            {"target": 300, "actual": 650, "direction": "lower"},
            "0%未満",
        ),
        ("T06", PROGRESS, {"baseline": 40, "target": 60, "actual": 47}, "35.0%"),
        ("T07", PROGRESS, {"baseline": 500, "target": 400, "actual": 430}, "70.0%"),
        ("T08", PROGRESS, {"baseline": 40, "target": 60, "actual": 37}, "-15.0%"),
        (
            "T08",
            PROGRESS + "limits = { floor = 0 }",
            {"baseline": 40, "target": 60, "actual": 37},
            "0.0%",
        ),
        ("T09", PROGRESS, {"baseline": "▲320", "target": "▲200", "actual": "▲290"}, "25.0%"),
        ("T12", PROGRESS, {"baseline": 12, "target": 0, "actual": 3, "direction": "lower"}, "75.0%"),
        ("T26", ONE + 'actual = { use = "latest" }', {"target": 40, "actuals": {2022: 30}}, "（75.0% R4）"),
        (
            "T26",
            ONE + 'actual = { use = "latest", bracket_older = false }',
            {"target": 40, "actuals": {2022: 30}},
            "75.0%",
        ),
    ],
)
def test_rates(vector: str, toml: str, row: dict[str, object], text: str) -> None:
    assert result(toml, **row).text == text


@pytest.mark.parametrize(
    ("vector", "toml", "row", "no_rate", "reached"),
    [
        (
            "T04",
            'quantity = { lower = "target_over_actual" }',
            {"target": 300, "actual": 0, "direction": "lower"},
            NoRate.ACTUAL_ZERO,
            True,
        ),
        ("T10", PROGRESS, {"baseline": 50, "target": 50, "actual": 50}, NoRate.BASELINE_IS_TARGET, True),
        (
            "T11",
            PROGRESS,
            {"baseline": 70, "target": 60, "actual": 66, "direction": "raise"},
            NoRate.BASELINE_BEYOND,
            True,
        ),
        (
            "T12",
            "",
            {"baseline": 12, "target": 0, "actual": 3, "direction": "lower"},
            NoRate.TARGET_ZERO,
            False,
        ),
        ("T19", "", {"baseline": 30, "target": "維持", "actual": 30}, NoRate.NO_NUMBER, True),
        ("T19", "", {"baseline": 30, "target": "維持", "actual": 29}, NoRate.NO_NUMBER, False),
        ("T20", "", {"target": "1位", "actual": "3位"}, NoRate.RANK, False),
        ("T20", "", {"target": "1位", "actual": "1位", "direction": "rank"}, NoRate.RANK, True),
        ("T22", "", {"target": "前年より減少", "actuals": {2023: 41, 2024: 40}}, NoRate.NO_NUMBER, True),
        ("T22", "", {"target": "前年より減少", "actuals": {2023: 40, 2024: 40}}, NoRate.NO_NUMBER, False),
        ("T23", "", {"target": "男 80, 女 84", "actual": "男 81, 女 83"}, NoRate.PARTS_UNDECIDED, False),
        ("T23", "", {"target": "男 80, 女 84", "actual": "女 84, 男 81"}, NoRate.PARTS_UNDECIDED, True),
        ("T24", "", {"target": "200・4,000", "actual": "150・4,200"}, NoRate.PARTS_UNDECIDED, False),
        ("T25", "", {"target": 10}, NoRate.NO_ACTUAL, None),
        ("T25", "", {"target": 10, "actual": "集計中"}, NoRate.NO_ACTUAL, None),
    ],
)
def test_no_rate_but_maybe_reached(
    vector: str, toml: str, row: dict[str, object], no_rate: NoRate, reached: bool | None
) -> None:
    found = result(toml, **row)
    assert (found.rate, found.no_rate, found.reached) == (None, no_rate, reached)
    assert found.text == "-"


def test_t13_class_on_the_pace() -> None:
    toml = (
        'period = { first = "R5", last = "R9" }\nquantity = { kind = "progress" }\n'
        '[class]\non = "pace"\nbands = [{ label = "着実", from = 100 }, { label = "概ね", from = 60 }, '
        '{ label = "改善や工夫が必要" }]'
    )
    found = result(toml, baseline=100, target=200, actual=130)
    assert (found.text, found.grade) == ("30%", "概ね")
    readings = {reading.kind: reading.text for reading in found.readings()}
    assert readings == {"ratio": "65%", "progress": "30%", "pace": "75%"}


def test_t14_running_total() -> None:
    row = {"target": 60, "actuals": {2022: 12, 2023: 9, 2024: 15}}
    total = FIVE + ONE + 'actual = { use = "running_total" }\n'
    assert result(total, **row).text == "60.0%"
    paced = total + "quantity = { divide_by_elapsed = true }"
    assert result(paced, **row).text == "100.0%"
    missing = result(total, target=60, actuals={2022: 12, 2024: 15})
    assert missing.no_rate is NoRate.TOTAL_INCOMPLETE


def test_t15_straight_path() -> None:
    path = 'period = { first = "R4", last = "R7" }\n' + ONE + 'target = { use = "straight_path" }\n'
    row = {"baseline": 50, "target": 70, "actual": 64}
    assert result(path, **row).text == "98.5%"
    found = result(path + 'quantity = { kind = "progress" }', **row)
    assert found.text == "93.3%"
    assert "50 + (70 − 50) × 3/4 = 65" in found.explanation("ja")


BANDS = 'bands = [{ label = "A", from = 100 }, { label = "B", from = 80 }, { label = "C" }]'


@pytest.mark.parametrize(("of", "grade"), [("unrounded", "B"), ("rounded", "A")])
def test_t16_the_unrounded_rate_decides(of: str, grade: str) -> None:
    found = result(f'{ONE}[class]\nof = "{of}"\n{BANDS}', target=10000, actual=9996)
    assert (found.text, found.grade) == ("100.0%", grade)


STEPS = (
    'steps = [{ label = "S", when = "above_target" }, { label = "A", when = "above_baseline" }, '
    '{ label = "B", when = "within_tolerance" }, { label = "C" }]\n'
)


@pytest.mark.parametrize(
    ("actual", "grade"), [(121, "S"), (101, "A"), (100, "B"), (95, "B"), (90, "B"), ("89.9", "C")]
)
def test_t17_tolerance_in_percent(actual: object, grade: str) -> None:
    toml = f'[class]\non = "steps"\n{STEPS}tolerance = {{ percent = 10 }}'
    assert result(toml, baseline=100, target=120, actual=actual).grade == grade


@pytest.mark.parametrize(
    ("actual", "inclusive", "grade"),
    [
        ("49.5", "true", "同じ"),
        ("49.0", "true", "同じ"),
        ("49.0", "false", "悪化"),
        ("48.9", "true", "悪化"),
        ("55.0", "true", "同じ"),
        ("55.0", "false", "改善"),
    ],
)
def test_t18_tolerance_in_points(actual: str, inclusive: str, grade: str) -> None:
    toml = (
        '[class]\non = "steps"\nsteps = [{ label = "改善", when = "improved" }, { label = "同じ", when = "same" }, '
        f'{{ label = "悪化", when = "worse" }}]\ntolerance = {{ points = 3, inclusive = {inclusive} }}'
    )
    assert result(toml, baseline="52.0", target=60, actual=actual).grade == grade


@pytest.mark.parametrize(
    ("target", "actual", "reached"),
    [
        ("25人以下", 25, True),
        ("25人以下", 26, False),
        ("25人未満", 25, False),
        ("25人未満", "24.9", True),
        ("17,187人超", 17187, False),
        ("17,187人超", 17188, True),
        ("80%以上", "80%", True),
        ("10～20人", 20, True),
        ("10～20人", 21, False),
        ("設置", "設置", True),
        ("設置", "設置済み", True),
        ("設置", "未設置", False),
        ("設置", "検討中", False),
        ("設置", "視察", None),
    ],
)
def test_t21_bounds_words_and_ranges(target: str, actual: object, reached: bool | None) -> None:
    assert result(target=target, actual=actual).reached is reached


def test_t23_partly() -> None:
    found = result('quantity = { kind = "reached" }', target="男 80, 女 84", actual="男 81, 女 83")
    assert (found.reached, found.partly, found.text) == (False, True, "一部達成")


@pytest.mark.parametrize(
    ("parts", "text"), [("none", "-"), ("each", "75.0%・105.0%"), ("min", "75.0%"), ("mean", "90.0%")]
)
def test_t24_two_numbers_in_a_cell(parts: str, text: str) -> None:
    found = result(f'{ONE}quantity = {{ parts = "{parts}" }}', target="200・4,000", actual="150・4,200")
    assert found.text == text
    assert [each.text for each in found.readings() if each.kind == "part"] == ["75.0%", "105.0%"]


def test_t25_t27_shares() -> None:
    plain = scheme()
    rows = [result(target=10, actual=actual, id=str(n)) for n, actual in enumerate((10, 11, 3))]
    shares = roll_up([*rows, result(target=10)], plain)
    assert (shares.reached, shares.known, shares.rows, shares.share_text) == (2, 3, 4, "66.7%")
    third = roll_up([result(target=10, actual=a, id=a) for a in ("10", "3", "4")], plain)
    assert third.share_text == "33.3%"


@pytest.mark.parametrize(("mode", "text"), [("half_up", "13%"), ("half_even", "12%")])
def test_t28_share_without_decimals(mode: str, text: str) -> None:
    rule = scheme(f'[rollup]\nrounding = {{ mode = "{mode}", digits = 0 }}')
    rows = [result(target=10, actual=10 if n == 0 else 1, id=str(n)) for n in range(8)]
    assert roll_up(rows, rule).share_text == text


@pytest.mark.parametrize(("mean", "text"), [("rates", "100.0%"), ("capped_rates", "75.0%"), ("none", "-")])
def test_t29_mean_of_rates(mean: str, text: str) -> None:
    rows = [result(target=100, actual=150, id="1"), result(target=100, actual=50, id="2")]
    assert roll_up(rows, scheme(f'[rollup]\nmean = "{mean}"')).mean_text == text


def test_t30_points() -> None:
    toml = (
        '[class]\nbands = [{ label = "A", from = 100 }, { label = "B", from = 50 }, { label = "C" }]\n'
        '[rollup]\nmean = "points"\npoints = { A = 95, B = 80, C = 35 }\nworst = true\n'
        'point_bands = [{ label = "良", from = 300 }, { label = "可" }]'
    )
    rows = [result(toml, target=100, actual=a, id=str(n)) for n, a in enumerate((100, 120, 60, 10))]
    found = roll_up(rows, scheme(toml))
    assert (found.mean, found.mean_text) == (Fraction("76.25"), "76.3")
    assert (found.points, found.grade, found.worst) == (Fraction(305), "良", "C")
    assert found.by_class == {"A": 2, "B": 1, "C": 1}


@pytest.mark.parametrize(
    ("targets", "target"), [({2022: 50, 2023: 60}, None), ({2022: 50}, 60), ({2020: 50, 2023: 60}, 60)]
)
def test_t31_the_target_in_force(targets: dict[int, object], target: object) -> None:
    row = {"targets": targets, "target": target, "actuals": {2022: 45, 2023: 45}}
    texts = [result(ONE + 'target = { use = "in_force" }', year=y, **row).text for y in (2022, 2023)]
    assert texts == ["90.0%", "75.0%"]


def test_t31_an_edition_leaves_earlier_years_alone() -> None:
    found = result('from = "R7"', target=10, actual=5, printed="51%")
    assert (found.no_rate, str(found.printed)) == (NoRate.EARLIER_EDITION, "51%")


@pytest.mark.parametrize(
    ("repeated", "known"),
    [("each", [2, 2, 1, 1]), ("once", [1, 1, 1, 1]), ("left_out", [1, 1, 1, 0])],
)
def test_t32_repeated(repeated: str, known: list[int]) -> None:
    rule = scheme(f'[rollup]\nrepeated = "{repeated}"')
    places = ("目標/施策①", "目標/施策②")
    rows = [result(target=1, actual=1, id=p, indicator="same", place=p) for p in places]
    found = roll_ups(rows, rule)
    assert [(each.id, each.known) for each in found] == list(zip(("", "目標", *places), known, strict=True))
    assert [each.rows for each in found] == known


def test_t33_path_for_integers() -> None:
    toml = FIVE + 'target = { use = "elapsed_share", digits = 0 }'
    row = {"target": 73, "actuals": dict.fromkeys(range(2022, 2027), 1)}
    due = [result(toml, year=y, **row).target.value for y in range(2022, 2027)]
    assert due == [(15, 1), (29, 1), (44, 1), (58, 1), (73, 1)]


def test_t34_a_judged_class_stands_above_the_computed_one() -> None:
    toml = f"[class]\n{BANDS}"
    found = result(toml, target=10, actual=1, judged={R6: Judgement(grade="A", reason="外部要因")})
    assert (found.computed_grade, found.grade) == ("C", "A")
    assert "外部要因" in found.explanation("ja")
    with pytest.raises(Problem, match="needs a reason"):
        Judgement(grade="A", reason=" ")


@pytest.mark.parametrize(
    ("actual", "text"),
    [("1万8740", "100%"), ("１，２３４", "7%"), ("▲3,703", "-20%"), ("延べ 5", "0%"), ("14,992以上", "80%")],
)
def test_t35_formatted_input(actual: str, text: str) -> None:
    assert result(target=18740, actual=actual).text == text


def test_t35_the_year_and_its_total() -> None:
    assert result(target=100, actual="19(65)").text == "19%"
    assert result('actual = { use = "running_total" }', target=100, actual="19(65)").text == "65%"
    assert result(target=100, actual="19(65)", counting="cumulative").text == "65%"


NINE = [
    (100, 120, 110, "raise"),
    (100, 80, 90, "lower"),
    (100, 80, 105, "lower"),
    (100, 120, 95, "raise"),
    (10, 0, 4, "lower"),
    (100, 100, 100, "at_least"),
    (0, 10, 0, "raise"),
    (10, 2, 0, "lower"),
    (-300, -100, -200, "raise"),
]
EXPECTED = {
    "target_over_actual": ["91.7%", "88.9%", "76.2%", "79.2%", "-", "100.0%", "0.0%", "-", "-"],
    "two_minus": ["91.7%", "87.5%", "68.8%", "79.2%", "-", "100.0%", "0.0%", "200.0%", "-"],
    "progress": ["50.0%", "50.0%", "-25.0%", "-25.0%", "60.0%", "-", "0.0%", "125.0%", "50.0%"],
    "pace": ["100.0%", "100.0%", "-50.0%", "-50.0%", "120.0%", "-", "0.0%", "250.0%", "100.0%"],
}


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize("rule", list(EXPECTED))
def test_nine_cases(rule: str, stated: bool) -> None:
    quantity = {
        "progress": 'quantity = { kind = "progress" }',
        "pace": 'quantity = { kind = "progress", divide_by_elapsed = true }',
    }.get(rule, f'quantity = {{ lower = "{rule}" }}')
    found = [
        result(ONE + TO_R8 + quantity, baseline=b, target=t, actual=a, direction=d if stated else "undecided")
        for b, t, a, d in NINE
    ]
    assert [each.text for each in found] == EXPECTED[rule]
    assert [n for n, each in enumerate(found, 1) if each.reached] == [6, 8]
    for each in found:
        slow = outcome_of(each.case, each.rules, each.year)
        exact = Fraction(*slow) if isinstance(slow, tuple) else None
        assert each.ratio == exact
