"""Overrides: which rows they choose, and what of the scheme they change."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.scheme.choices import RoundingMode
from sosei.scheme.evaluate import evaluate_case
from sosei.scheme.model import Rounding
from sosei.scheme.rules import applies, rules_for
from tests.scheme.cases import R6, case, scheme

ROW: dict[str, Any] = {
    "id": "k1",
    "name": "観光客数",
    "indicator": "i1",
    "place": "基本目標１/施策①",
    "role": "KPI",
    "unit": "人",
    "baseline": 100,
    "target": 80,
    "actual": 90,
    "counting": "stock",
}


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ('role = "KPI"', True),
        ('role = "kpi"', True),
        ('role = ["数値目標", "KPI"]', True),
        ('role = "数値目標"', False),
        ('level = "施策"', True),
        ('level = "基本目標"', False),
        ('place = "基本目標１/*"', True),
        ('place = "基本目標１"', False),
        ('name = "観光*"', True),
        ('name = "観光"', False),
        ('indicator = "i1"', True),
        ('id = "k2"', False),
        ('unit = "人"', True),
        ('counting = "cumulative"', False),
        ('direction = "lower"', True),
        ('direction = "raise"', False),
        ('year = "R6"', True),
        ('year = ["R5", "R7"]', False),
        ('role = "KPI"\nyear = "R5"', False),
        ("", True),
    ],
)
def test_which_rows_an_override_chooses(words: str, chosen: bool) -> None:
    (override,) = scheme(f"[[override]]\n{words}\n").override
    assert applies(override, case(**ROW), R6) is chosen


def test_a_level_by_its_name() -> None:
    (override,) = scheme('[[override]]\nlevel = "施策"\n').override
    assert applies(override, case(**ROW | {"level": "施策", "place": ""}), R6)
    assert not applies(override, case(**ROW | {"level": "事業"}), R6)


def test_an_override_changes_only_what_it_says() -> None:
    made = scheme(
        'rounding = { mode = "cut", digits = 2 }\n[no_value.ended]\nsymbol = "×"\n'
        '[[override]]\nrole = "KPI"\nrounding = { digits = 1 }\n[override.no_value.counting]\nsymbol = "集計中"\n'
        '[[override]]\nyear = "R7"\nrounding = { digits = 0 }\nperiod = { first = "R6", last = "R8" }\n'
    )
    rules = rules_for(case(**ROW), made, R6)
    assert rules.scheme.rounding == Rounding(mode=RoundingMode.CUT, digits=1)
    assert set(rules.scheme.no_value) == {"ended", "counting"}
    later = rules_for(case(**ROW), made, R6 + 1)
    assert (later.scheme.rounding.digits, later.period) == (0, (2024, 2026))
    assert rules_for(case(**ROW | {"id": "k9"}), made, R6) is rules
    assert rules_for(case(**ROW | {"role": "数値目標"}), made, R6).scheme.rounding.digits == 2


def test_a_copy_does_not_use_what_was_worked_out_before() -> None:
    made = scheme("rounding = { digits = 1 }")
    row = case(**ROW)
    assert evaluate_case(row, made, R6).text == "112.5%"
    assert evaluate_case(row, made.model_copy(update={"rounding": Rounding(digits=2)}), R6).text == "112.50%"


@pytest.mark.parametrize(("year", "elapsed"), [(2023, None), (2024, (1, 3)), (2026, (3, 3)), (2030, (3, 3))])
def test_elapsed_share(year: int, elapsed: tuple[int, int] | None) -> None:
    made = scheme('period = { first = "R6", last = "R8" }')
    assert rules_for(case(**ROW), made, year).elapsed(year) == elapsed


def test_the_plans_period_where_the_scheme_has_none() -> None:
    assert rules_for(case(**ROW, period=(2024, 2027)), scheme(), R6).elapsed(R6) == (1, 4)
    assert rules_for(case(**ROW), scheme(), R6).elapsed(R6) is None
