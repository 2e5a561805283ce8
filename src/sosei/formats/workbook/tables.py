"""The sheets of the workbook as plain tables: headings with their widths, rows of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sosei.formats.workbook import views
from sosei.formats.workbook.cells import (
    Cells,
    activity_cells,
    element_cells,
    placement_cells,
    record_cells,
)
from sosei.formats.workbook.draft import Draft
from sosei.formats.workbook.forms import Form, fitting
from sosei.formats.workbook.headings import LABELS, PATH, YEARLY, heading_of
from sosei.formats.workbook.places import Places
from sosei.plan.base import Key
from sosei.plan.indicator import Placement
from sosei.plan.model import Activity, Element, Level
from sosei.values import When, YearLabel, era_text

_LEVEL_WIDTH: Final = 110.0
_SAME: Final = views.Field("", Form(), 100)
_LEVEL: Final = views.Field("", Form(), 90)
_PARENT: Final = views.Field("", Form(), 200)
_REMOVE_WIDTH: Final = 40.0
# Columns that only some plans need: written where something stands in them.
SELDOM: Final = (
    *("name_suffix", "registry", "counting_period", "definition", "published_month", "lag_years"),
    *("baseline_source", "target_source", "issues", "status", "own", "difference"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, its width in points, the words to choose from, whether figures stand in it."""

    heading: str
    width: float
    choices: tuple[str, ...] = ()
    figure: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: headings and rows, the first column the key, the last the name as written, both hidden.

    ``kept`` is how many columns stay in sight while the others are scrolled.
    """

    name: str
    heads: tuple[Head, ...]
    rows: Sequence[tuple[str, ...]]
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Years:
    """The years that have columns: of targets on the way, and of values."""

    targets: tuple[int, ...] = ()
    actuals: tuple[int, ...] = ()


def tables(draft: Draft, years: Years, plan: str) -> Iterator[Table]:
    """Every table of the workbook of ``plan`` (its key), in order; ``years`` have columns in any case."""
    places = Places(draft)
    yield tree_table(draft, places, plan)
    yield placement_table(draft, places, years, plan)
    yield activity_table(draft, places, plan)
    for sheet in views.RECORD_SHEETS:
        yield _records(draft, sheet, plan)


def placement_rows(draft: Draft, places: Places) -> dict[Key, Cells]:
    """The cells of every placement, by its key, in file order."""
    seen: set[Key] = set()
    rows: dict[Key, Cells] = {}
    for key in in_order(draft, Placement):
        indicator = draft[key]["indicator"]
        rows[key] = placement_cells(draft, places, key, first=indicator not in seen)
        seen.add(indicator)
    return rows


def element_rows(draft: Draft, places: Places) -> dict[Key, Cells]:
    """The cells of every element."""
    return {key: element_cells(draft, places, key) for key in in_order(draft, Element)}


def activity_rows(draft: Draft, places: Places) -> dict[Key, Cells]:
    """The cells of every activity."""
    return {key: activity_cells(draft, places, key) for key in in_order(draft, Activity)}


def record_rows(draft: Draft, sheet: views.RecordSheet) -> dict[Key, Cells]:
    """The cells of every record of a sheet."""
    return {key: record_cells(draft, sheet, key) for key in in_order(draft, sheet.kind)}


def in_order(draft: Draft, kind: type[Element | Placement | Activity] | type) -> list[Key]:
    """The keys of a kind, as they follow one another in the file."""
    return [data["key"] for data in draft.of_kind(kind)]


def origin(cells: Cells, columns: Iterable[str]) -> str:
    """What a row is called, in the order of the columns that say it: BETWEEN_PARTS stands between them."""
    return views.BETWEEN_PARTS.join(cells.get(column, "") for column in columns)


def origin_head(names: Iterable[str]) -> Head:
    """The hidden last column; its heading says which columns its parts come from."""
    return Head(f"{views.ORIGIN} {views.BETWEEN_PARTS.join(names)}", 60, hidden=True)


def element_names(_levels: Sequence[Level] = ()) -> tuple[str, ...]:
    """The columns that say which element a row is."""
    return ("level", "parent", "label", "element", "no")


def placement_names(levels: Sequence[Level]) -> tuple[str, ...]:
    """The columns that say which placement a row is."""
    return (*(PATH + level.code for level in levels), "role", "name")


def activity_names(levels: Sequence[Level]) -> tuple[str, ...]:
    """The columns that say which activity a row is."""
    return (*(PATH + level.code for level in levels), "year")


def record_names(sheet: views.RecordSheet) -> tuple[str, ...]:
    """The columns that say which record a row is."""
    return (*((sheet.above[0],) if sheet.above else ()), *sheet.names)


def tree_table(draft: Draft, places: Places, plan: str = "") -> Table:
    """The tree, a row each element."""
    names = tuple(level.name for level in places.levels)
    level = Head(LABELS["level"].ja, _LEVEL.width, names)
    fields = views.TREE_FIELDS
    columns = {"level": level, "no": None, "label": None, "element": None, "parent": None}
    heads = {
        column: known or _head(column, fields.get(column, _PARENT))
        for column, known in {**columns, "divisions": None, "description": None}.items()
    }
    return _table(key_heading(views.TREE, plan), heads, element_rows(draft, places), element_names(), kept=4)


def placement_table(draft: Draft, places: Places, years: Years, plan: str = "") -> Table:
    """The indicators, a row each place; ``years`` have columns even where nothing stands in them."""
    levels = places.levels
    rows = placement_rows(draft, places)
    heads = _level_heads(levels)
    heads |= {
        column: _head(column, views.PLACEMENT_FIELDS[column]) for column in ("role", "name", "name_suffix")
    }
    heads["same"] = _head("same", _SAME)
    heads |= {column: _head(column, field) for column, field in views.INDICATOR_FIELDS.items()}
    values = ("baseline", "baseline_year", "baseline_source", "target", "target_year", "target_source")
    heads |= {column: _head(column, views.PLACEMENT_FIELDS[column]) for column in values}
    filled = {column for cells in rows.values() for column, text in cells.items() if text}
    for what in YEARLY:
        more = {
            "target": years.targets,
            "actual": years.actuals,
            "rate": years.actuals,
            "grade": years.actuals,
        }
        found = {int(year) for kind, _, year in (c.partition(":") for c in filled) if kind == what and year}
        for year in sorted(found | set(more.get(what, ()))):
            heads[f"{what}:{year}"] = _head(what, views.YEARLY_FIELDS[what][1], year)
    heads = {c: head for c, head in heads.items() if c.partition(":")[0] not in SELDOM or c in filled}
    return _table(
        key_heading(views.PLACEMENTS, plan), heads, rows, placement_names(levels), kept=len(levels) + 2
    )


def activity_table(draft: Draft, places: Places, plan: str = "") -> Table:
    """What was done, a row each project and year."""
    rows = activity_rows(draft, places)
    filled = {column for cells in rows.values() for column, text in cells.items() if text}
    heads = _level_heads(places.levels)
    heads |= {
        column: _head(column, field)
        for column, field in views.ACTIVITY_FIELDS.items()
        if column not in SELDOM or column in filled
    }
    return _table(key_heading(views.ACTIVITIES, plan), heads, rows, activity_names(places.levels), kept=0)


def _records(draft: Draft, sheet: views.RecordSheet, plan: str) -> Table:
    heads: dict[str, Head] = {}
    if sheet.above:
        heads[sheet.above[0]] = Head(sheet.above[0], 200)
    for heading, field in sheet.fields.items():
        heads[heading] = Head(heading, field.width, field.form.choices, field.form.figure)
    return _table(
        key_heading(sheet.name, plan), heads, record_rows(draft, sheet), record_names(sheet), kept=0
    )


def _table(
    heading: str, heads: dict[str, Head], rows: dict[Key, Cells], names: Sequence[str], *, kept: int
) -> Table:
    key = Head(heading, 60, hidden=True)
    remove = Head(LABELS["remove"].ja, _REMOVE_WIDTH, (views.REMOVE,))
    last = origin_head(names)
    return Table(
        heading.split(" ")[1],
        (key, *heads.values(), remove, last),
        tuple(
            (each, *(cells.get(column, "") for column in heads), "", fitting(origin(cells, names)))
            for each, cells in rows.items()
        ),
        kept + 1 if kept else 0,
    )


def key_heading(sheet: str, plan: Key) -> str:
    """The heading over the keys: it says which sheet of which plan this is."""
    return f"{views.KEY} {sheet} {plan}".strip()


def _level_heads(levels: Sequence[Level]) -> dict[str, Head]:
    width = _LEVEL_WIDTH if len(levels) <= 3 else 90
    return {PATH + level.code: Head(level.name, width) for level in levels}


def _head(what: str, field: views.Field, year: int | None = None) -> Head:
    label = None if year is None else YearLabel(text=era_text(When(year=year), short=True))
    return Head(heading_of(what, label), field.width, field.form.choices, field.form.figure)
