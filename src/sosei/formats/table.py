"""TABLE.csv, the plain way in and out: every placement of every indicator as one row, values as printed."""

from __future__ import annotations

import csv
import io

from sosei.formats.csv_cells import harmless
from sosei.formats.table_columns import FIXED, YEARLY
from sosei.plan import walk
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Plan
from sosei.values import Quantity, When, YearLabel, era_text


def table_rows(plan: Plan) -> list[dict[str, str]]:
    """One row a placement, in the order of the plan; the keys are the columns.

    Yearly columns (``target:R6``, ``actual:R6``, ``printed:R6``, ``printed-class:R6``) stand in
    order of years and only for years for which the plan holds something.
    """
    indicators = walk.by_key(plan)
    rows = [_row(placed.place, p, indicators[p.indicator]) for placed, p in walk.placements(plan)]
    columns = [*FIXED, *sorted({c for row in rows for c in row} - set(FIXED), key=_column_order)]
    return [{column: row.get(column, "") for column in columns} for row in rows]


def table_csv(plan: Plan) -> bytes:
    """The table as CSV: UTF-8 with BOM, a header row, quoted where needed, nothing in it that a spreadsheet would run."""
    rows = table_rows(plan)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else list(FIXED))
    writer.writeheader()
    writer.writerows({column: harmless(text) for column, text in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def year_column(when: When) -> str:
    """The year as it stands in a column's name: R6."""
    return era_text(when, short=True)


def _row(place: str, placement: Placement, indicator: Indicator) -> dict[str, str]:
    row = {
        "id": placement.key,
        "indicator": indicator.key,
        "place": place,
        "role": placement.role.label,
        "name": placement.name,
        "unit": indicator.unit,
        "direction": indicator.direction.value,
        "counting": indicator.counting.value,
        "baseline": str(placement.baseline.quantity) if placement.baseline else "",
        "target": str(placement.target.quantity) if placement.target else "",
    }
    for value in placement.path:
        _put(row, "target", value.year, value.quantity)
    for observation in indicator.observations:
        _put(row, "actual", observation.year, observation.quantity)
    for entry in placement.printed:
        _put(row, "actual", entry.year, entry.actual)
        _put(row, "printed", entry.year, entry.rate)
        _put(row, "printed-class", entry.year, entry.grade)
    return row


def _put(row: dict[str, str], column: str, year: YearLabel | None, value: Quantity | str | None) -> None:
    when = year.effective if year else None
    if when is not None and value:
        row[f"{column}:{year_column(when)}"] = str(value)


def _column_order(column: str) -> tuple[int, str]:
    kind, _, year = column.partition(":")
    return YEARLY.index(kind), _year_order(year)


def _year_order(year: str) -> str:
    """Era years in the order of time: H31 before R1, R9 before R10."""
    return f"{'MTSHR'.find(year[:1])}{year[1:].zfill(3)}"
