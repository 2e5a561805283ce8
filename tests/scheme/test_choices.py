"""Which target, which actual, where it starts, which direction: the choices of a scheme one by one."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.formats.table_reading import load_table
from sosei.plan.indicator import Direction
from sosei.scheme.direction import direction_of
from sosei.scheme.evaluate import evaluate_case
from sosei.scheme.reasons import NoRate
from sosei.scheme.table_cases import case_of_row
from tests.scheme.cases import R6, case, result, scheme, value

PERIOD = 'period = { first = "R5", last = "R8" }\nrounding = { digits = 1 }\n'


@pytest.mark.parametrize(
    ("target", "actual", "baseline", "direction"),
    [
        ("10～20", 1, None, "within"),
        ("設置", 1, None, "text"),
        ("1位", 1, None, "rank"),
        ("25人以下", 1, "20", "at_most"),
        ("25人以下", 1, "30", "lower"),
        ("80%以上", 1, "85%", "at_least"),
        ("80%以上", 1, "70%", "raise"),
        ("5", 1, "5", "at_least"),
        ("5", 1, "6", "lower"),
        ("5", 1, None, "raise"),
        (None, 1, "6", "raise"),
        ("5", 1, "不明", "raise"),
    ],
)
def test_direction_from_the_figures(target: str, actual: object, baseline: str, direction: str) -> None:
    assert direction_of(case(target=target, actual=actual, baseline=baseline)) is Direction(direction)
    assert direction_of(case(target=target, direction="lower")) is Direction.LOWER


@pytest.mark.parametrize(
    ("toml", "row", "text"),
    [
        ('target = { use = "year" }', {"target": 20, "targets": {2024: 8}}, "75.0%"),
        ('target = { use = "year" }', {"target": 20, "targets": {2023: 8}}, "-"),
        ('target = { use = "year", missing = "final" }', {"target": 20, "targets": {2023: 8}}, "30.0%"),
        ('target = { use = "year" }', {"target": 20, "actuals": {2026: 15}, "year": 2026}, "75.0%"),
        ('target = { use = "interim" }', {"target": 20, "targets": {2023: 5, 2025: 12}}, "50.0%"),
        ('target = { use = "interim" }', {"target": 20, "targets": {2023: 5}}, "-"),
        ('target = { use = "elapsed_share" }', {"target": 24}, "50.0%"),
        ('target = { use = "straight_path" }', {"target": 20, "baseline": 4}, "50.0%"),
        ('target = { use = "straight_path" }', {"target": 20}, "-"),
        (
            'target = { use = "straight_path" }',
            {"target": 20, "baseline": 4, "year": 2022, "actuals": {2022: 1}},
            "-",
        ),
        ('actual = { use = "provisional" }', {"target": 12, "first_published": {2024: value(3)}}, "25.0%"),
        ('actual = { use = "forecast" }', {"target": 12, "actuals": {2026: "9（見込み）"}}, "75.0%"),
        ('actual = { use = "forecast" }', {"target": 12}, "50.0%"),
        ('actual = { use = "latest" }', {"target": 12, "actuals": {2024: "集計中", 2023: 3}}, "（25.0% R5）"),
        ('actual = { use = "latest" }', {"target": 12, "actuals": {2024: "集計中"}}, "-"),
        ("", {"target": 12, "actuals": {2024: "3（R4）"}}, "（25.0% R4）"),
        ("", {"target": 12, "actuals": {2024: "（3）"}}, "（25.0%）"),
        ('quantity = { kind = "progress" }', {"target": 12, "baseline": 4}, "25.0%"),
        (
            'quantity = { kind = "progress" }\nstart = { from = "zero" }',
            {"target": 12, "baseline": 4},
            "50.0%",
        ),
        (
            'quantity = { kind = "progress" }\nstart = { from = "replaced" }',
            {"target": 12, "baseline": 4, "replaced": value(0)},
            "50.0%",
        ),
        (
            'quantity = { kind = "progress" }',
            {"target": 12, "baseline": 4, "counting": "cumulative"},
            "50.0%",
        ),
        (
            'quantity = { kind = "progress" }',
            {"target": 12, "baseline": "累計4", "counting": "cumulative"},
            "25.0%",
        ),
        (
            'quantity = { kind = "progress" }\nstart = { running_total = "baseline" }',
            {"target": 12, "baseline": 4, "counting": "cumulative"},
            "25.0%",
        ),
        ('quantity = { kind = "gap" }', {"target": "8人", "actuals": {2024: "6人"}}, "-2.0人"),
        ('quantity = { kind = "gap" }', {"target": "5人", "actuals": {2024: "6人"}}, "+1.0人"),
        ('quantity = { kind = "direction" }', {"baseline": 5}, "改善"),
        ('quantity = { kind = "direction" }', {"baseline": 6}, "同じ"),
        ('quantity = { kind = "direction" }', {"baseline": 7, "direction": "raise"}, "悪化"),
        (
            'quantity = { kind = "direction", words = { improved = "↑" } }\nstart = { from = "previous_year" }',
            {"baseline": 7, "actuals": {2023: 5}},
            "↑",
        ),
        ('quantity = { kind = "reached" }', {"target": 6}, "達成"),
        ('quantity = { kind = "reached" }', {"target": 7}, "未達成"),
        ('quantity = { kind = "judged" }', {"target": 7}, "-"),
        ('quantity = { lower = "excess" }', {"target": 5, "direction": "lower"}, "20.0%超過"),
        ('quantity = { lower = "excess" }', {"target": 6, "direction": "lower"}, "達成"),
        (
            'quantity = { lower = "relative_cut" }',
            {"target": 5, "baseline": 8, "direction": "lower"},
            "25.0%",
        ),
        ('quantity = { lower = "as_is" }', {"target": 5, "direction": "lower"}, "120.0%"),
        ("rounding = { digits = 1, bare = [0, 100] }", {"target": 6}, "100%"),
        ('rounding = { digits = 1, suffix = "％" }', {"target": 12}, "50.0％"),
        ("rounding = { digits = 1, grouping = true }", {"target": "0.0048"}, "125,000.0%"),
        ("rounding = { grouping = true, bare = [12500], digits = 1 }", {"target": "0.048"}, "12,500%"),
        (
            'rounding = { minus = "▲" }\nquantity = { kind = "progress" }',
            {"baseline": 8, "target": 12},
            "▲50%",
        ),
        (
            'rounding = { minus = "△", grouping = true }\nquantity = { kind = "gap" }',
            {"target": 2006},
            "△2,000",
        ),
    ],
)
def test_each_choice(toml: str, row: dict[str, Any], text: str) -> None:
    head = PERIOD if "rounding" not in toml else 'period = { first = "R5", last = "R8" }\n'
    assert result(head + toml, **{"actual": 6, **row}).text == text


@pytest.mark.parametrize(
    ("target", "actual", "unit", "text"),
    [
        ("10件", "5", "", "50%"),
        ("10", "5", "千円", "50%"),
        ("10千円", "5", "千円", "50%"),
        ("10人", "5名", "", "50%"),
        ("10％", "5%", "", "50%"),
        ("10件", "5人", "", "-"),
        ("1億円", "50,000千円", "", "50%"),
    ],
)
def test_units(target: str, actual: str, unit: str, text: str) -> None:
    assert result(target=target, actual=actual, unit=unit).text == text


STEPS = 'class = { on = "steps", steps = [{ label = "良", when = "improved" }, { label = "他" }] }'


@pytest.mark.parametrize(
    ("toml", "baseline", "target", "actual"),
    [
        ('quantity = { kind = "progress" }', "10世帯", "60人", "47人"),
        ('quantity = { kind = "progress" }', "10世帯", "60", "47人"),
        ('quantity = { kind = "progress" }', "4割", "60%", "50%"),
        ('target = { use = "straight_path" }', "10世帯", "60人", "47人"),
        ('quantity = { lower = "relative_cut", direction = "lower" }', "90世帯", "60人", "47人"),
        (f'quantity = {{ kind = "direction" }}\n{STEPS}', "10世帯", "60人", "47人"),
    ],
)
def test_a_baseline_of_another_unit(toml: str, baseline: str, target: str, actual: str) -> None:
    found = result(PERIOD + toml, baseline=baseline, target=target, actual=actual)
    assert (found.no_rate, found.text, found.grade) == (NoRate.UNITS_DIFFER, "-", None)
    assert result(baseline=baseline, target=target, actual=actual).no_rate is None


def test_steps_with_a_baseline_of_another_unit() -> None:
    assert result(STEPS, baseline="10世帯", target="60人", actual="47人").grade is None
    assert result(STEPS, baseline="10人", target="60人", actual="47人").grade == "良"


@pytest.mark.parametrize(
    ("target", "actual", "unit", "text", "grade"),
    [
        ("20億円", "19.6億円", "", "-0.4億円", "A"),
        ("20億円", "1,940,000千円", "", "-0.6億円", "B"),
        ("2千人", "1.9千人", "", "-0.1千人", "A"),
        ("20", "19", "千円", "-1.0千円", "B"),
        ("2千", "3千", "人", "+1.0千人", "A"),
        ("2,000円", "1,999円", "", "-1.0円", "B"),
    ],
)
def test_a_gap_is_in_the_unit_of_the_target(
    target: str, actual: str, unit: str, text: str, grade: str
) -> None:
    toml = (
        PERIOD + 'quantity = { kind = "gap" }\nclass.bands = [{ label = "A", from = -0.5 }, { label = "B" }]'
    )
    found = result(toml, target=target, actual=actual, unit=unit)
    assert (found.text, found.grade) == (text, grade)
    assert "目標値との差: " in found.explanation("ja")
    assert text.removeprefix("+").removesuffix("円").replace(".0", "") in found.explanation("ja")


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "unit", "word"),
    [
        ("15億円", "20億円", "15.5億円", "", "同じ"),
        ("15億円", "20億円", "16.5億円", "", "改善"),
        ("10千人", "20千人", "8.9千人", "", "悪化"),
        ("15", "20", "15.5", "億円", "同じ"),
        ("15億円", "増加", "15.5億円", "", "同じ"),
        ("15円", "20円", "15.5円", "", "同じ"),
    ],
)
def test_points_are_in_the_unit_of_the_target(
    baseline: str, target: str, actual: str, unit: str, word: str
) -> None:
    toml = 'quantity = { kind = "direction" }\nclass.tolerance = { points = 1 }'
    found = result(toml, baseline=baseline, target=target, actual=actual, unit=unit, direction="raise")
    assert found.text == word


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"counting": "fiscal_year"}, "90.0%"),
        ({"counting": "stock"}, "50.0%"),
        ({"counting": "per_head"}, "50.0%"),
        ({"counting": "stock", "actuals": {2024: "50件"}}, "50.0%"),
        ({"actuals": {2023: 40, 2024: "50件／年"}}, "90.0%"),
        ({"actuals": {2023: 40, 2024: "50件／12月"}}, "90.0%"),
        ({"actuals": {2023: 40, 2024: "累計50件／2か年"}}, "50.0%"),
    ],
)
def test_what_a_running_total_adds(row: dict[str, Any], text: str) -> None:
    toml = PERIOD + 'actual = { use = "running_total" }'
    assert result(toml, **{"target": 100, "actuals": {2023: 40, 2024: 50}, **row}).text == text


@pytest.mark.parametrize("actuals", [{2023: 40, 2024: "50件／2か年"}, {2023: "9件／2か年", 2024: 5}])
def test_a_value_of_several_years_makes_no_running_total(actuals: dict[int, object]) -> None:
    toml = PERIOD + 'actual = { use = "running_total" }'
    found = result(toml, target="100件／5か年", actuals=actuals)
    assert found.no_rate is NoRate.SPANS_YEARS
    assert "1年より長い期間" in found.explanation("ja")


def test_a_stock_in_a_running_total_starts_at_its_baseline() -> None:
    toml = PERIOD + 'actual = { use = "running_total" }\nquantity = { kind = "progress" }'
    found = result(toml, baseline=40, target=60, actuals={2023: 40, 2024: 50}, counting="stock")
    assert found.text == "50.0%"


def test_same_measurement_as_the_baseline() -> None:
    row = {"baseline": 5, "target": 6, "actuals": {2022: 5}, "baseline_year": 2022}
    found = result('actual = { use = "latest" }\n[no_value.same_measurement]\nsymbol = "…"', **row)
    assert (found.no_rate, found.text, found.reached) == (NoRate.SAME_MEASUREMENT, "…", None)
    assert result('actual = { use = "latest" }', **row).no_rate is None


def test_same_measurement_by_the_years_of_a_table() -> None:
    table = load_table(
        "name,baseline,target,actual:R4,actual:R6\n同じ,50%（R4）,60%,50%,\n同じ,50%（H30）,60%,,52%（H30）\n"
        "違う,50%（R4）,60%,,52%（R5）\n違う,50%（R4）,60%,50%,52%\n違う,50%,60%,50%,\n".encode()
    )
    made = scheme('actual = { use = "latest" }\n[no_value.same_measurement]\nsymbol = "…"')
    for row in table.rows:
        found = evaluate_case(case_of_row(row), made, R6)
        assert (found.no_rate is NoRate.SAME_MEASUREMENT) is (row.name == "同じ")


@pytest.mark.parametrize("direction", ["raise", "lower", "undecided"])
@pytest.mark.parametrize("text", ["前年以上", "基準値を上回る", "減少", "現状維持", "改善", "にぎわい"])
def test_targets_in_words_never_fail(text: str, direction: str) -> None:
    found = result(target=text, baseline=5, direction=direction, actuals={2023: 5, 2024: 5})
    expected = {"前年以上": True, "現状維持": True, "にぎわい": None}.get(text, False)
    assert found.reached is expected


@pytest.mark.parametrize(
    ("actual", "printed", "text", "agrees"),
    [(0, "100%", "100%", True), (0, "-", "100%", True), (2, "0%", "0%", True), (2, "50%", "0%", False)],
)
def test_a_row_without_rate_may_print_a_text(actual: int, printed: str, text: str, agrees: bool) -> None:
    toml = '[no_value.target_zero]\nreached = "100%"\nmissed = "0%"'
    found = result(toml, target=0, actual=actual, printed=printed, direction="lower")
    assert (found.text, found.agrees, found.rate) == (text, agrees, None)


@pytest.mark.parametrize("printed", ["▲1,250.0%", "-1250.0%", "△1250.0"])
def test_agreement_looks_at_the_number_and_not_at_its_signs(printed: str) -> None:
    toml = 'rounding = { digits = 1, minus = "▲", grouping = true }\nquantity = { kind = "progress" }'
    found = result(toml, baseline=100, target=200, actual="-1150", printed=printed)
    assert (found.text, found.agrees) == ("▲1,250.0%", True)
    assert {reading.kind: reading.text for reading in found.readings()}["progress"] == "▲1,250.0%"
