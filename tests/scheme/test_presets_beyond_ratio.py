"""The shipped schemes on progress, pace, steps and judgement give the results the ground states.

Cases on scales stand exactly on a border and one hundredth below it.
"""

from __future__ import annotations

import pytest

from sosei.scheme.presets import preset
from sosei.scheme.rollup import roll_up
from tests.scheme.preset_rows import evaluated, one

SHIGA = [
    ("40", "60", "47", "35.0%"),
    ("500", "400", "430", "70.0%"),
    ("40", "60", "37", "0%"),
    ("40", "60", "75", "100%"),
    ("40", "60", "60", "100%"),
    ("40", "60", "59.99", "100%"),  # 99.95 is rounded to 100.0 and printed bare
    ("40", "60", "59.98", "99.9%"),
    ("40", "60", "40.01", "0.1%"),  # 0.05
    ("40", "60", "40.0099", "0%"),
    ("▲320", "▲200", "▲290", "25.0%"),
    ("40", "―", "47", "―"),
    ("40", "60", "", "未集計"),
    ("40", "60", "集計中", "未集計"),
]  # fmt: skip


@pytest.mark.parametrize(("baseline", "target", "actual", "rate"), SHIGA)
def test_shiga_prints_0_and_100_bare(baseline: str, target: str, actual: str, rate: str) -> None:
    assert one("f3-progress-shiga", "R6", baseline=baseline, target=target, actual=actual)[0] == rate


@pytest.mark.parametrize(("actual", "word"), [("30", "達成"), ("29", "未達成"), ("31", "達成")])
def test_shiga_says_a_word_for_keep_targets(actual: str, word: str) -> None:
    assert (
        one("f3-progress-shiga", "R6", direction="at_least", baseline="30", target="30", actual=actual)[0]
        == word
    )


def test_shiga_brackets_an_older_value() -> None:
    (result,) = evaluated("f3-progress-shiga", "R6", {"baseline": "40", "target": "60", "actual:R4": "47"})
    assert result.text.startswith("（35.0%")


@pytest.mark.parametrize(
    ("name", "rate"), [("f3-progress-gifu", "35%"), ("f3-progress-gifu-year", "88%")]
)  # fmt: skip
def test_gifu_prints_two_rates_side_by_side(name: str, rate: str) -> None:
    assert one(name, "R6", baseline="40", target="60", due="48", actual="47")[0] == rate


@pytest.mark.parametrize(("actual", "rate"), [("37", "0%"), ("75", "175%")])
def test_gifu_has_a_floor_and_no_cap(actual: str, rate: str) -> None:
    assert one("f3-progress-gifu", "R6", baseline="40", target="60", actual=actual)[0] == rate


MIYAGI = [
    ("R4", "150", "50.0%", "A"),
    ("R4", "149.99", "50.0%", "B"),
    ("R4", "140", "40.0%", "B"),
    ("R4", "139.99", "40.0%", "C"),
    ("R4", "130", "30.0%", "C"),
    ("R4", "129.99", "30.0%", "D"),
    ("R3", "150", "50.0%", ""),
    ("R6", "200", "100.0%", "A"),
    ("R6", "200.01", "100%超", "A"),
    ("R6", "99.99", "0%未満", "D"),
    ("R6", "100", "0.0%", "D"),
]


@pytest.mark.parametrize(("year", "actual", "rate", "grade"), MIYAGI)
def test_miyagi_rates_over_the_elapsed_period(year: str, actual: str, rate: str, grade: str) -> None:
    assert one("f3-pace-miyagi", year, baseline="100", target="200", actual=actual) == (rate, grade)


@pytest.mark.parametrize(
    ("direction", "target", "actual", "rate", "grade"),
    [
        ("at_least", "30", "30", "100.0%", "A"),
        ("at_least", "10000", "9999", "100.0%", ""),
        ("at_most", "300", "360", "80.0%", ""),
        ("at_most", "300", "300", "100.0%", "A"),
        ("at_most", "300", "650", "0%未満", ""),
    ],
)
def test_miyagi_keeps_by_ratio(direction: str, target: str, actual: str, rate: str, grade: str) -> None:
    row = {"direction": direction, "baseline": target, "target": target, "actual": actual}
    assert one("f3-pace-miyagi", "R5", **row) == (rate, grade)


@pytest.mark.parametrize(
    ("actual", "grade"), [("110", "A"), ("109.99", "B"), ("108", "B"), ("107.999", "C"), ("調査なし", "")]
)
def test_nagano_rates_by_the_guide_value_of_the_year(actual: str, grade: str) -> None:
    assert (
        one("f3-progress-nagano", "H30", baseline="100", target="150", due="110", actual=actual)[1] == grade
    )


def test_chiba_shares_over_known_values_only() -> None:
    rows = [{"baseline": "0", "target": "10000", "actual:H29": "6000"}] * 53
    rows += [{"baseline": "0", "target": "10000", "actual:H29": "5999"}] * 8
    rows += [{"baseline": "0", "target": "10000", "actual:H29": "未公表"}] * 11
    summed = roll_up(evaluated("f3-progress-chiba", "H29", *rows), preset("f3-progress-chiba"))
    assert (summed.rows, summed.known, summed.reached, summed.share_text) == (72, 61, 53, "86.9%")


@pytest.mark.parametrize(
    ("name", "actual", "rate"),
    [
        ("f4-target-over-actual", "360", "83.3%"),
        ("f4-target-over-actual", "0", "-"),
        ("f4-two-minus", "360", "80.0%"),
        ("f4-two-minus", "650", "-16.7%"),
        ("f4-excess", "360", "20%超過"),
        ("f4-excess", "300", "達成"),
        ("f4-relative-cut", "360", "10.0%"),
    ],
)
def test_lower_is_better_in_five_ways(name: str, actual: str, rate: str) -> None:
    assert one(name, "R6", direction="lower", baseline="400", target="300", actual=actual)[0] == rate


@pytest.mark.parametrize(
    ("year", "actual", "rate", "grade"),
    [
        ("H27", "20", "100%", "着実"),
        ("H28", "40", "100%", "着実"),
        ("H28", "39.996", "100%", "概ね"),
        ("H29", "36", "60%", "概ね"),
        ("H29", "35.994", "60%", "改善や工夫が必要"),
        ("H31", "100", "100%", "着実"),
    ],
)
def test_tama_takes_a_fifth_a_year(year: str, actual: str, rate: str, grade: str) -> None:
    assert one("f5-pace-tama", year, target="100", actual=actual) == (rate, grade)


def test_tsukuba_rounds_the_targets_of_the_years() -> None:
    due = ["15", "29", "44", "58", "73"]
    rows = [
        evaluated("f5-pace-tsukuba", f"H{27 + n}", {"target": "73", f"actual:H{27 + n}": each})
        for n, each in enumerate(due)
    ]
    assert [row[0].text for row in rows] == ["100.0%"] * 5


@pytest.mark.parametrize(("actual", "grade"), [("150", "A"), ("149.99", "B"), ("未公表", "N")])
def test_the_state_asks_for_the_elapsed_share(actual: str, grade: str) -> None:
    assert one("f5-pace-growth", "H28", baseline="100", target="200", actual=actual)[1] == grade


@pytest.mark.parametrize(("actual", "grade"), [("120", "順調"), ("119.99", "要改善"), ("-", "－")])
def test_etajima_expects_a_fifth_in_the_first_year(actual: str, grade: str) -> None:
    assert one("f5-path-etajima", "H27", baseline="100", target="200", actual=actual)[1] == grade


@pytest.mark.parametrize(
    ("actual", "grade"),
    [
        ("56.0", "a"),
        ("55.99", "b"),
        ("52.0", "b"),
        ("49.5", "b"),
        ("49.0", "b"),
        ("48.99", "c"),
        ("48.9", "c"),
    ],
)
def test_fukuoka_welfare_takes_three_points_for_the_same(actual: str, grade: str) -> None:
    row = {"baseline": "52.0%", "target": "60.0%", "actual": f"{actual}%"}
    assert one("f5-path-fukuoka-welfare", "H30", **row)[1] == grade


def test_a_running_total_adds_the_years_up() -> None:
    row = {"target": "60", "actual:R2": "12", "actual:R3": "9", "actual:R4": "15"}
    (result,) = evaluated("f6-running-total", "R4", row)
    assert result.text == "60.0%"
    assert {reading.kind: reading.text for reading in result.readings()}["pace"] == "100.0%"
    assert one("f6-running-total", "R4", target="100", actual="19(65)")[0] == "65.0%"


@pytest.mark.parametrize(
    ("actual", "rate", "grade"), [("30", "100.0%", "A"), ("29.999", "100.0%", ""), ("31", "100%超", "A")]
)
def test_keep_as_a_ratio(actual: str, rate: str, grade: str) -> None:
    assert one("f7-keep-ratio", "R6", baseline="30", target="30", actual=actual) == (rate, grade)


@pytest.mark.parametrize(
    ("target", "actual", "word"),
    [
        ("維持", "30", "達成"),
        ("維持", "29", "未達成"),
        ("30", "30", "達成"),
        ("30超", "30", "未達成"),
        ("30超", "30.01", "達成"),
    ],
)
def test_keep_as_reached_or_not(target: str, actual: str, word: str) -> None:
    assert one("f7-keep-reached", "R6", baseline="30", target=target, actual=actual) == (word, word)


@pytest.mark.parametrize(
    ("name", "actuals", "grades"),
    [
        ("f8-direction-chiba", "101 100 99", "進展 進展なし 進展なし"),
        ("f8-direction-kakamigahara", "101 100 99", "順調に推移 順調でない 順調でない"),
        ("f8-direction-sapporo", "101 100 99", "↗ → ↘"),
        ("f8-marks-etajima", "101 100 99 -", "○ △ × －"),
        ("f8-steps-nagayo", "120.01 120 100.01 100 90 89.99 不明", "S A A B B C －"),
        ("f8-steps-yamagata", "120 119.99 100 99.99", "達成 おおむね順調 横ばい 策定時を下回る"),
        ("f8-steps-health", "120 119.99 100 99.99", "A-1 A-2 B C"),
        ("f8-steps-health-japan", "120 118 101 100 99 -", "A B B* C D E"),
        ("f9-marks-renewal", "120 119.99 100.01 100 99", "○ △ △ × ×"),
        ("f9-marks-ino", "120.01 120 119.99 0 終了", "◎ ○ △ × ×"),
        (
            "f9-steps-tsuyama",
            "120 119.99 100 99",
            "達成 順調に推移 取組強化・改善が必要 取組強化・改善が必要",
        ),
    ],
)
def test_reached_improved_worse(name: str, actuals: str, grades: str) -> None:
    rows = [{"baseline": "100", "target": "120", "actual:R2": each} for each in actuals.split()]
    assert " ".join(r.grade or "" for r in evaluated(name, "R2", *rows)) == grades


def test_an_indicator_without_target_has_steps_of_its_own() -> None:
    assert (
        one("f8-steps-health", "R6", direction="raise", baseline="100", target="", actual="101")[1] == "A-3"
    )
    assert one("f9-marks-ino", "R6", baseline="100", target="", actual="101") == ("評価なし", "評価なし")


def test_an_ended_project_counts_as_bad_in_ino() -> None:
    rows = (
        {"target": "10", "actual:R6": "11"},
        {"target": "10", "actual:R6": "終了"},
        {"target": "", "actual:R6": "5"},
    )
    summed = roll_up(evaluated("f9-marks-ino", "R6", *rows), preset("f9-marks-ino"))
    assert (summed.reached, summed.known) == (1, 2)


def test_matsudo_looks_at_the_column_to_the_left() -> None:
    row = {"baseline": "100", "target": "120", "actual:R5": "110", "actual:R6": "105"}
    (result,) = evaluated("f8-direction-matsudo", "R6", row)
    assert result.grade == "↘"


@pytest.mark.parametrize(
    ("target", "actual", "mark"),
    [
        ("10件", "10件", "○"),
        ("10件", "9件", "×"),
        ("設置", "設置済み", "○"),
        ("策定", "検討中", "×"),
        ("25人以下", "25人", "○"),
    ],
)
def test_hakone_marks_reached_or_not(target: str, actual: str, mark: str) -> None:
    assert one("f9-reached", "R6", target=target, actual=actual) == (mark, mark)


@pytest.mark.parametrize("name", ["f10-judged", "f10-judged-fukui", "f10-own-scale-kagoshima"])
def test_a_judged_class_is_taken_as_it_is(name: str) -> None:
    label = preset(name).grade.bands[1].label
    (result,) = evaluated(name, "R6", {"target": "10", "actual:R6": "9", "printed-class:R6": label})
    assert (result.grade, result.rate) == (label, None)


def test_ako_gives_points_to_letters() -> None:
    rows = [{"target": "実施", "actual:R6": "実施", "printed-class:R6": each} for each in "ABAC"]
    assert roll_up(evaluated("f10-points-ako", "R6", *rows), preset("f10-points-ako")).mean_text == "76.3"


@pytest.mark.parametrize(
    ("actual", "effect"),
    [
        ("101", "地方創生に非常に効果的であった"),
        ("100", "地方創生に相当程度効果があった"),
        ("70", "地方創生に相当程度効果があった"),
        ("69.99", "地方創生に効果があった"),
        ("20", "地方創生に対して効果がなかった"),
    ],
)
def test_an_effect_is_proposed(actual: str, effect: str) -> None:
    (result,) = evaluated("grant-effect", "R6", {"baseline": "20", "target": "100", "actual:R6": actual})
    assert result.effect == effect
