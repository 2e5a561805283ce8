"""Rows of a table as cases: a published table is evaluated without a plan around it."""

from __future__ import annotations

from sosei.plan.table_row import TableRow
from sosei.scheme.case import Case
from sosei.values import Quantity, parse_year_label


def case_of_row(row: TableRow) -> Case:
    """The case of a table row; the period comes from the scheme alone."""
    return Case(
        id=row.id,
        name=row.name,
        indicator=row.indicator,
        place=row.place,
        role=row.role.label,
        unit=row.unit,
        direction=row.direction,
        counting=row.counting,
        baseline=row.baseline,
        baseline_year=_year_at(row.baseline),
        replaced=row.baseline2,
        target=row.target,
        targets=row.targets,
        actuals=row.actuals,
        printed=row.printed,
        grades=row.grades,
    )


def _year_at(quantity: Quantity | None) -> int | None:
    """The year printed in brackets at a value: 2022 for 50%（R4）."""
    if quantity is None or not quantity.year:
        return None
    when = parse_year_label(quantity.year).effective
    return when.year if when else None
