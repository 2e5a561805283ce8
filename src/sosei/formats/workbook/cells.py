"""The records of a plan as the texts of their cells: what is written, and what a cell is compared with on reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sosei.formats.workbook.draft import Data, Draft
from sosei.formats.workbook.forms import fitting
from sosei.formats.workbook.headings import PATH
from sosei.formats.workbook.places import Places
from sosei.formats.workbook.views import (
    ACTIVITY_FIELDS,
    INDICATOR_FIELDS,
    PLACEMENT_FIELDS,
    TREE_FIELDS,
    YEARLY_FIELDS,
    Field,
    RecordSheet,
)
from sosei.plan.base import Key
from sosei.values.folding import same_text

Cells = dict[str, str]
"""The texts of a row by the meaning of their columns; a column that is not there is blank."""


def element_cells(draft: Draft, places: Places, key: Key) -> Cells:
    """A row of the tree."""
    data, above = draft[key], draft.parent(key)
    return {
        "level": places.level(data["level"]).name,
        "parent": "" if above == draft.root else places.full(above),
        **_fields(draft, data, TREE_FIELDS),
    }


def placement_cells(draft: Draft, places: Places, key: Key, *, first: bool) -> Cells:
    """A row of the indicators; ``first`` where the indicator was not printed before."""
    placement = draft[key]
    indicator = draft[placement["indicator"]]
    cells = {
        **path_cells(draft, places, draft.parent(key)),
        **_fields(draft, placement, PLACEMENT_FIELDS),
        **_fields(draft, indicator, INDICATOR_FIELDS),
    }
    if not first or same_text(indicator["name"], placement["name"]):
        cells["registry"] = ""
    if not first:
        cells["same"] = indicator["name"]
    for value in placement.get("path", ()):
        _yearly(cells, "target", year_of(value.get("year")), value["quantity"]["text"])
    for entry in reversed(indicator.get("observations", ())):
        _years(draft, cells, entry, ("actual", "status"))
    for entry in reversed(placement.get("printed", ())):
        _years(draft, cells, entry, ("own", "difference", "rate", "grade"))
    return {column: fitting(text) for column, text in cells.items()}


def activity_cells(draft: Draft, places: Places, key: Key) -> Cells:
    """A row of what was done in a year."""
    return {**path_cells(draft, places, draft.parent(key)), **_fields(draft, draft[key], ACTIVITY_FIELDS)}


def record_cells(draft: Draft, sheet: RecordSheet, key: Key) -> Cells:
    """A row of a sheet of plain records."""
    cells = _fields(draft, draft[key], sheet.fields)
    if sheet.above:
        heading, _, _ = sheet.above
        above = draft.parent(key)
        cells[heading] = "" if above == draft.root else record_title(draft, above)
    return cells


def record_title(draft: Draft, key: Key) -> str:
    """What a cell calls a record that others stand in."""
    data = draft[key]
    parts = (data.get(field, "") for field in ("no", "label", "title", "name", "plan"))
    return " ".join(part for part in parts if part)


def path_cells(draft: Draft, places: Places, key: Key) -> Cells:
    """The columns for the levels, of something that stands at the element ``key``."""
    return {PATH + draft[step]["level"]: places.handle(step) for step in places.path(key)}


def year_of(label: Mapping[str, Any] | None) -> int | None:
    """The year of a label in plain data; None where none can be read."""
    if not label:
        return None
    when = label.get("by_note") or label.get("when")
    return when["year"] if when else None


def value_at(data: Data, path: str) -> Any:
    """The field at ``path`` (``baseline.year``); None where there is none."""
    found: Any = data
    for step in path.split("."):
        found = found.get(step) if found else None
    return found


def _fields(draft: Draft, data: Data, fields: Mapping[str, Field]) -> Cells:
    return {
        column: fitting(field.form.show(value_at(data, field.path), draft))
        for column, field in fields.items()
    }


def _years(draft: Draft, cells: Cells, entry: Data, columns: Iterable[str]) -> None:
    for column in columns:
        field = YEARLY_FIELDS[column][1]
        _yearly(cells, column, year_of(entry["year"]), field.form.show(entry.get(field.path), draft))


def _yearly(cells: Cells, column: str, year: int | None, text: str) -> None:
    if year is not None:
        cells[f"{column}:{year}"] = text
