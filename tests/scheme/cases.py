"""Cases and schemes in a line each, for the tables of this room's tests."""

from __future__ import annotations

from typing import Any

from sosei.plan.indicator import Counting, Direction
from sosei.scheme.case import Case
from sosei.scheme.evaluate import evaluate_case
from sosei.scheme.files import parse_scheme
from sosei.scheme.model import Scheme
from sosei.scheme.result import Result
from sosei.values import Column, Quantity, parse_quantity

R6 = 2024


def value(text: object, column: Column = Column.ACTUAL) -> Quantity:
    return parse_quantity(str(text), column=column)


def scheme(toml: str = "") -> Scheme:
    return parse_scheme(f'name = "試し"\n{toml}', "試し.toml")


def case(
    *,
    baseline: object = None,
    target: object = None,
    actual: object = None,
    actuals: dict[int, object] | None = None,
    targets: dict[int, object] | None = None,
    printed: object = None,
    direction: str = "undecided",
    counting: str = "unknown",
    **more: Any,
) -> Case:
    values = {R6: actual} if actual is not None else {}
    return Case(
        baseline=value(baseline, Column.BASELINE) if baseline is not None else None,
        target=value(target, Column.TARGET) if target is not None else None,
        actuals={year: value(text) for year, text in (values | (actuals or {})).items()},
        targets={year: value(text, Column.TARGET) for year, text in (targets or {}).items()},
        printed={R6: value(printed, Column.RATE)} if printed is not None else {},
        direction=Direction(direction),
        counting=Counting(counting),
        **more,
    )


def result(toml: str = "", **row: Any) -> Result:
    """The result of a row for R6, or for ``year``."""
    year = row.pop("year", R6)
    return evaluate_case(case(**row), scheme(toml), year)
