"""A sheet as rows under headings: the heading row found wherever it stands, over one row or two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sosei.formats.workbook.headings import Meaning, Vocabulary, key_of
from sosei.formats.workbook.views import BETWEEN_PARTS, KEY, ORIGIN
from sosei.formats.xlsx_cells import Cell
from sosei.formats.xlsx_text import clean

KEY_COLUMN: Final = "key"
ORIGIN_COLUMN: Final = "origin"
_SEARCHED: Final = 40  # rows at the top in which the headings are looked for

Rows = Sequence[Sequence[Cell]]
Reader = Callable[[str, str], Meaning | None]
"""What a heading means, from the cell above it (of a group of columns) and its own."""


@dataclass(slots=True)
class Row:
    """A row: its number in the sheet, its cells by the meaning of their columns, its hidden key.

    ``written`` is what stood in the columns that say which record it is when the workbook was written.
    """

    number: int
    cells: dict[str, Cell]
    key: str = ""
    written: dict[str, str] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """The text under a heading, without space around it; empty where there is no such column.

        What no text should hold (control characters, marks that turn the direction) is left out.
        """
        cell = self.cells.get(column)
        return clean(cell.text).strip() if cell else ""


@dataclass(slots=True)
class Grid:
    """What stands under the headings of a sheet.

    ``columns`` are by meaning; ``keyed`` that there is a column of keys; ``unread`` are headings that mean
    nothing to us, ``doubled`` those that mean the same as one before.  ``places`` are the columns by number
    from 0, ``first`` the number of the first row below the headings.
    """

    sheet: str
    columns: dict[str, Meaning]
    rows: list[Row]
    keyed: bool = False
    unread: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    places: dict[int, Meaning] = field(default_factory=dict)
    first: int = 0


def plan_reader(vocabulary: Vocabulary) -> Reader:
    """Headings of the plan's tables."""
    return vocabulary.fit


def record_reader(words: dict[str, str]) -> Reader:
    """Headings of a sheet of plain records: their words, and what each means."""

    def read(group: str, own: str) -> Meaning | None:
        what = words.get(key_of(own)) or words.get(key_of(group + own))
        return Meaning(what, None, own) if what else None

    return read


def read_grid(sheet: str, rows: Rows, read: Reader) -> Grid | None:
    """The table on a sheet; None where no heading of ours is found."""
    best: _Head | None = None
    for number, row in enumerate(rows[:_SEARCHED]):
        above = rows[number - 1] if number else ()
        for head in (_head(number, (), row, read), _head(number, above, row, read)):
            if best is None or head.score > best.score:
                best = head
    if best is None or not best.score:
        return None
    return _filled(sheet, rows, best)


def grid_of(sheet: str, rows: Rows, meanings: Sequence[Meaning | None]) -> Grid:
    """The table of rows whose columns' meanings are known; there is no heading row."""
    columns = {number: meaning for number, meaning in enumerate(meanings) if meaning}
    return _filled(sheet, rows, _Head(-1, columns, [], [], None, None))


@dataclass(slots=True)
class _Head:
    row: int
    columns: dict[int, Meaning]
    unread: list[str]
    doubled: list[str]
    key: int | None
    origin: int | None
    parts: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        """How many columns are known; a year alone says less than a word."""
        bare = sum(meaning.bare for meaning in self.columns.values())
        return len(self.columns) - bare / 2 + 2 * (self.key is not None)


def _head(number: int, above: Sequence[Cell], row: Sequence[Cell], read: Reader) -> _Head:
    head = _Head(number, {}, [], [], None, None)
    seen: set[str] = set()
    for column, group, own in _headings(above, row):
        word = own or group
        if key_of(word).startswith(key_of(KEY)) and (key_of(word) == key_of(KEY) or " " in word.strip()):
            head.key = column
            continue
        if key_of(word).startswith(key_of(ORIGIN)):
            head.origin = column
            head.parts = word.strip().removeprefix(ORIGIN).strip().split(BETWEEN_PARTS)
            continue
        meaning = read(group, own) if own else read("", group)
        if meaning is None:
            head.unread.append(f"{group} {own}".strip())
        elif meaning.id in seen:
            head.doubled.append(f"{group} {own}".strip())
        else:
            seen.add(meaning.id)
            head.columns[column] = meaning
    return head


def _headings(above: Sequence[Cell], row: Sequence[Cell]) -> Iterator[tuple[int, str, str]]:
    """Each column with a heading: the text of its group, which runs on to the right, and its own."""
    group = ""
    for column in range(max(len(above), len(row))):
        over = above[column].text.strip() if column < len(above) else ""
        own = row[column].text.strip() if column < len(row) else ""
        group = over or (group if own else "")
        if over or own:
            yield column, group, own


def _filled(sheet: str, rows: Rows, head: _Head) -> Grid:
    grid = Grid(
        sheet,
        {meaning.id: meaning for meaning in head.columns.values()},
        [],
        head.key is not None,
        head.unread,
        head.doubled,
        head.columns,
        head.row + 1,
    )
    headings = {column: key_of(meaning.heading) for column, meaning in head.columns.items()}
    for cells in rows[head.row + 1 :]:
        if not any(cell.text.strip() or cell.error for cell in cells) or _repeats(cells, headings):
            continue
        by_meaning = {
            meaning.id: cells[column] for column, meaning in head.columns.items() if column < len(cells)
        }
        key, name = (
            cells[column].text.strip() if column is not None and column < len(cells) else ""
            for column in (head.key, head.origin)
        )
        if key or any(cell.text.strip() or cell.error for cell in by_meaning.values()):
            grid.rows.append(Row(cells[0].row, by_meaning, key, _parts(head.parts, name)))
    return grid


def _parts(columns: Sequence[str], text: str) -> dict[str, str]:
    """The parts of a name as written, by column; nothing where they do not fit."""
    parts = text.split(BETWEEN_PARTS)
    return dict(zip(columns, parts, strict=True)) if text and len(parts) == len(columns) else {}


def _repeats(cells: Sequence[Cell], headings: dict[int, str]) -> bool:
    """Whether a row is the headings once more, as at the top of a printed page."""
    if len(headings) < 2:
        return False
    same = sum(
        key_of(cells[c].text) == heading for c, heading in headings.items() if c < len(cells) and heading
    )
    return same >= max(2, len(headings) * 2 // 3)
