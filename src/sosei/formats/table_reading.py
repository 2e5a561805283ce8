"""TABLE.csv, the plain way in: each row read as printed, each damaged row named with its line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from sosei.formats.csv_cells import as_typed
from sosei.formats.csv_records import UNREADABLE, CsvLines, Record, next_record
from sosei.formats.table_columns import REPLACED_BASELINE, YEARLY, ColumnName, read_header, shown
from sosei.plan.indicator import Counting, Direction, Role
from sosei.plan.table_row import TableRow
from sosei.values import Column, Problem, Quantity, parse_quantity
from sosei.values.folding import compact

LONGEST_CELL = 10_000
"""Characters in one cell; a longer one is a damaged file, not a value."""

_UNPRINTABLE = re.compile(f"\0|{UNREADABLE.pattern}")
_E = TypeVar("_E", bound=Enum)


def _words(kind: type[_E], labels: Mapping[str, _E] | None = None) -> dict[str, _E]:
    return {**{member.value: member for member in kind}, **(labels or {})}


_ROLES = _words(Role, {compact(role.label).lower(): role for role in Role})
_DIRECTIONS = _words(Direction)
_COUNTINGS = _words(Counting)


@dataclass(frozen=True, slots=True)
class TableError:
    """Why a row cannot be read: its line, its column as the file names it, and what is wrong there."""

    line: int
    column: str
    ja: str
    en: str

    def sentence(self, language: str) -> str:
        """The whole sentence, with the place."""
        if language == "en":
            return f'line {self.line}, column "{self.column}": {self.en}'
        return f"{self.line} 行目の列「{self.column}」: {self.ja}"


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: the rows that can be read, in order, and one error for each that cannot."""

    columns: tuple[ColumnName, ...]
    rows: tuple[TableRow, ...]
    errors: tuple[TableError, ...]


class _Damage(Exception):  # noqa: N818 - it becomes a TableError
    """A row that cannot be read: the column, and what is wrong."""

    def __init__(self, column: str, ja: str, en: str) -> None:
        super().__init__(en)
        self.column, self.ja, self.en = column, ja, en


def load_table(data: bytes) -> Table:
    """The table in ``data``: CSV in UTF-8 (with or without BOM) or cp932, columns in any order.

    A value that is no number is no error; it comes out as text or as damaged.  Raises Problem for
    a wrong header.
    """
    lines = CsvLines(data)
    header = next_record(lines)
    if header is None:
        raise Problem("表が空です。見出しの行が必要です", "the table is empty; a header is needed")
    if header.broken:
        raise Problem(
            f'{header.line} 行目の見出しの引用符（"）の組が合いません',
            f"line {header.line}: the quotes of the header do not pair",
        )
    columns = read_header(header.cells, header.line)
    layout = _Layout(columns)
    rows: list[TableRow] = []
    errors: list[TableError] = []
    while record := next_record(lines, len(columns)):
        try:
            rows.append(_row(record, layout))
        except _Damage as damage:
            errors.append(TableError(record.line, damage.column, damage.ja, damage.en))
    return Table(tuple(columns), tuple(rows), tuple(errors))


class _Layout:
    """Where in a row each column stands."""

    def __init__(self, columns: list[ColumnName]) -> None:
        self.columns = columns
        self.fixed = {column.kind: at for at, column in enumerate(columns) if column.year is None}
        self.years: dict[str, list[tuple[int, int]]] = {kind: [] for kind in YEARLY}
        for at, column in enumerate(columns):
            if column.year is not None:
                self.years[column.kind].append((column.year, at))


def _row(record: Record, layout: _Layout) -> TableRow:
    _check_shape(record, layout.columns)
    cells = [as_typed(each) for each in record.cells]

    def text(kind: str) -> str:
        return cells[layout.fixed[kind]].strip() if kind in layout.fixed else ""

    def word(kind: str, words: Mapping[str, _E], empty: _E) -> _E:
        written = text(kind)
        if not written:
            return empty
        found = words.get(written) or words.get(compact(written).lower())
        if found is None:
            known = ", ".join(getattr(member, "label", member.value) for member in type(empty))
            raise _Damage(
                layout.columns[layout.fixed[kind]].text,
                f"「{shown(written)}」は使えません。使えるのは {known} です",
                f'"{shown(written)}" is not known; known are {known}',
            )
        return found

    def value(kind: str, column: Column) -> Quantity | None:
        return _quantity(cells[layout.fixed[kind]], column) if text(kind) else None

    def values(kind: str, column: Column) -> dict[int, Quantity]:
        filled = ((year, cells[at]) for year, at in layout.years[kind])
        return {year: _quantity(cell, column) for year, cell in filled if cell.strip()}

    name = text("name")
    if not name:
        raise _Damage(layout.columns[layout.fixed["name"]].text, "名称が空です", "the name is empty")
    return TableRow(
        line=record.line,
        id=text("id") or f"L{record.line}",
        name=name,
        indicator=text("indicator"),
        place=text("place"),
        role=word("role", _ROLES, Role.KPI),
        unit=text("unit"),
        direction=word("direction", _DIRECTIONS, Direction.UNDECIDED),
        counting=word("counting", _COUNTINGS, Counting.UNKNOWN),
        baseline=value("baseline", Column.BASELINE),
        baseline2=value(REPLACED_BASELINE, Column.BASELINE),
        target=value("target", Column.TARGET),
        targets=values("target", Column.TARGET),
        actuals=values("actual", Column.ACTUAL),
        printed=values("printed", Column.RATE),
        grades={year: cells[at].strip() for year, at in layout.years["printed-class"] if cells[at].strip()},
    )


def _check_shape(record: Record, columns: list[ColumnName]) -> None:
    """Raise _Damage where quotes do not pair, cells are missing, too many, too long or no characters."""
    cells = record.cells
    if record.broken:
        broken = columns[min(len(cells), len(columns) - 1)].text
        raise _Damage(broken, '引用符（"）の組が合いません', "the quotes do not pair")
    count = (
        f"セルが {len(cells)} 個あります（見出しは {len(columns)} 個）",
        f"there are {len(cells)} cells (the header has {len(columns)})",
    )
    if len(cells) < len(columns):
        missing = columns[len(cells)].text
        raise _Damage(
            missing, f"{count[0]}。ここから後が足りません", f"{count[1]}; from here on they are missing"
        )
    if len(cells) > len(columns):
        surplus = str(len(columns) + 1)
        raise _Damage(
            surplus, f"{count[0]}。ここから後が余分です", f"{count[1]}; from here on they are too many"
        )
    if sum(map(len, cells)) <= LONGEST_CELL and "".join(cells).isprintable():
        return
    for column, cell in zip(columns, cells, strict=True):
        if _UNPRINTABLE.search(cell):
            raise _Damage(column.text, "文字として読めないバイトがあります", "some bytes are no character")
        if len(cell) > LONGEST_CELL:
            raise _Damage(
                column.text,
                f"{len(cell)} 文字もあります（{LONGEST_CELL} 文字まで）",
                f"{len(cell)} characters are too many (at most {LONGEST_CELL})",
            )


@lru_cache(maxsize=4096)
def _quantity(text: str, column: Column) -> Quantity:
    return parse_quantity(text, column=column)
