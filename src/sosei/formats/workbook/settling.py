"""Which years the columns of a table of indicators are, where the headings leave it open."""

from __future__ import annotations

from dataclasses import replace

from sosei.formats.workbook.grid import Grid
from sosei.formats.workbook.headings import YEARLY, Meaning
from sosei.formats.workbook.session import Session


def settle_years(session: Session, grid: Grid) -> None:
    """Make the last of several 目標値（R11） the target, give a rate without a year that of the only values.

    A column of a year's values that still has no year is taken out, and said to be.
    """
    _final_target(session, grid)
    years = [meaning for meaning in grid.columns.values() if meaning.what == "actual" and meaning.year]
    for what in YEARLY[1:]:
        meaning = grid.columns.get(what)
        if meaning is None:
            continue
        known = replace(meaning, year=years[0].year) if len(years) == 1 and what != "actual" else None
        if known is not None and known.id not in grid.columns:
            _rename(grid, what, known)
            continue
        _drop(grid, what)
        session.remark(
            f"シート「{grid.sheet}」の見出し「{meaning.heading}」は、どの年度のものかわからないため読んでいません。"
            "「実績 R6」のように年度を付けてください",
            f'the column "{meaning.heading}" of the sheet "{grid.sheet}" says no year and is not read; '
            "write it with one (実績 R6)",
        )


def _final_target(session: Session, grid: Grid) -> None:
    """Where no column is 目標値 without a year, the last year's is the target."""
    yearly = [meaning for meaning in grid.columns.values() if meaning.what == "target" and meaning.year]
    if "target" in grid.columns or not yearly or grid.keyed:
        return
    last = max(yearly, key=lambda meaning: meaning.id)
    if len(yearly) > 1:
        session.remark(
            f"シート「{grid.sheet}」では、最後の年の「{last.heading}」を目標値、ほかを年次目標値として読みました",
            f'on the sheet "{grid.sheet}" the last, "{last.heading}", is read as the target, the others as yearly ones',
        )
    _rename(grid, last.id, last, "target")


def _rename(grid: Grid, old: str, meaning: Meaning, new: str = "") -> None:
    new = new or meaning.id
    del grid.columns[old]
    grid.columns[new] = meaning
    for row in grid.rows:
        if old in row.cells:
            row.cells[new] = row.cells.pop(old)


def _drop(grid: Grid, column: str) -> None:
    del grid.columns[column]
    for row in grid.rows:
        row.cells.pop(column, None)
