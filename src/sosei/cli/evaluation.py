"""One evaluation as the command shows it: results in order, their roll-up, and the rows left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sosei.formats.table_reading import Table, TableError
from sosei.plan.model import Plan
from sosei.scheme.evaluate import Result, evaluate, evaluate_cases
from sosei.scheme.model import Scheme
from sosei.scheme.presets import PLAIN_SCHEME, scheme_of
from sosei.scheme.rollup import RollUp, roll_up_plan, roll_ups
from sosei.scheme.table_cases import case_of_row
from sosei.values import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was evaluated by ``scheme`` for the year that starts in ``year``."""

    scheme: Scheme
    year: int
    results: Sequence[Result]
    rollup: Sequence[RollUp]
    errors: Sequence[TableError] = ()


def is_plan(data: bytes) -> bool:
    """Whether ``data`` is a plan file, a JSON object; anything else is taken for a table."""
    return data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def evaluation_of_plan(plan: Plan, year: int | None, scheme: Scheme | None) -> Evaluation:
    """The placements of ``plan`` with a target or a published rate; its own scheme unless one is given."""
    observed = (each for indicator in plan.indicators for each in indicator.observations)
    years = {when.year for each in observed if not each.quantity.is_absent and (when := each.year.effective)}
    year = _latest(years) if year is None else year
    scheme = scheme or scheme_of(plan, year)
    results = evaluate(plan, year, scheme)
    rollup = roll_up_plan(plan, results, scheme)
    return Evaluation(scheme=scheme, year=year, results=[*results.values()], rollup=rollup)


def evaluation_of_table(table: Table, year: int | None, scheme: Scheme | None) -> Evaluation:
    """Every row of ``table``; the plain ratio to the target unless a scheme is given."""
    if year is None:
        year = _latest({y for row in table.rows for y, value in row.actuals.items() if not value.is_absent})
    scheme = scheme or PLAIN_SCHEME
    results = evaluate_cases(map(case_of_row, table.rows), scheme, year)
    rollup = roll_ups(results, scheme)
    return Evaluation(scheme=scheme, year=year, results=results, rollup=rollup, errors=table.errors)


def _latest(years: set[int]) -> int:
    if not years:
        raise Problem(
            "実績のある年度がありません。--year で年度を指定してください",
            "no year has an actual value; name the year with --year",
        )
    return max(years)
