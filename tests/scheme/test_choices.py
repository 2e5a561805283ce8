"""Which target, which actual, where it starts, which direction: the choices of a scheme one by one."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.plan.indicator import Direction
from sosei.scheme.direction import direction_of
from sosei.scheme.reasons import NoRate
from tests.scheme.cases import case, result, value

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


def test_same_measurement_as_the_baseline() -> None:
    row = {"baseline": 5, "target": 6, "actuals": {2022: 5}, "baseline_year": 2022}
    found = result('actual = { use = "latest" }\n[no_value.same_measurement]\nsymbol = "…"', **row)
    assert (found.no_rate, found.text, found.reached) == (NoRate.SAME_MEASUREMENT, "…", None)
    assert result('actual = { use = "latest" }', **row).no_rate is None


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
