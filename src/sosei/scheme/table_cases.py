"""Rows of a table as cases: a published table is evaluated without a plan around it."""

from __future__ import annotations

from sosei.plan.table_row import TableRow
from sosei.scheme.case import Case


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
        replaced=row.baseline2,
        target=row.target,
        targets=row.targets,
        actuals=row.actuals,
        printed=row.printed,
        grades=row.grades,
    )
