"""The cells of one sheet, from its part in the workbook file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sosei.formats.xlsx_cell import (
    FORMULA,
    LINK,
    LONGEST_TEXT,
    NO_NUMBER,
    NO_RESULT,
    NO_TEXT,
    TOO_LONG,
    Cell,
    column_letters,
    column_number,
    error_value,
)
from sosei.formats.xlsx_guard import Enough, Handlers, Package, damaged
from sosei.formats.xlsx_numbers import NumberPrinter, Shown
from sosei.formats.xlsx_strings import RichText, TextCollector, as_typed
from sosei.values import Problem, Words

MOST_ROWS = 20_000
"""Rows of a sheet that are read."""
MOST_COLUMNS = 1_000
"""Columns of a sheet that are read."""
MOST_CELLS = 500_000
"""Cells of a workbook that are read, empty ones before filled ones included."""
MOST_CHARACTERS = 50_000_000
"""Characters in all cells of a workbook."""
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384

# [1]Sheet!A1, '[1]Sheet 1'!A1 and, of a program (DDE), server|topic!item.
_LINK = re.compile(r"(?:^|[^\w.\]\[])\[\d+\][^\[\]!]*!|\w\|[^!]*!")


@dataclass(slots=True)
class Allowance:
    """What may still be read of the workbook."""

    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS
    merged: int = 4 * MOST_CELLS  # steps through merged ranges; those of Excel's never overlap


@dataclass(frozen=True, slots=True)
class Context:
    """What the cells of all sheets share; ``uncalculated`` where the file asks to be calculated when opened."""

    strings: list[str]
    printer: NumberPrinter
    uncalculated: bool
    allowance: Allowance


@dataclass(slots=True)
class _Open:
    """The cell between its first and its last tag."""

    attributes: dict[str, str]
    value: str | None = None
    formula: str | None = None
    shared: str | None = None
    inline: bool = False


@dataclass(slots=True)
class Reading:
    """What was read of a sheet: rows by number (dense from column 1), merged ranges, hidden columns."""

    name: str
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    remarks: list[Words] = field(default_factory=list)


def read_rows(package: Package, part: str, name: str, context: Context) -> Reading:
    """The cells of the sheet ``name``.  Raises Problem where its part is damaged."""
    reader = _RowReader(name, context)
    package.read(part, Handlers(reader.start, reader.end, reader.collector.add))
    return reader.found


class _RowReader:
    """Hears the elements of a sheet's part and makes cells of them."""

    def __init__(self, name: str, context: Context) -> None:
        self.found = Reading(name)
        self.collector = TextCollector()
        self._context = context
        self._text = RichText(self.collector)
        self._data = False  # inside the rows: drawings have elements of the same names
        self._cell: _Open | None = None
        self._row, self._row_text, self._column = 0, "0", 0
        self._cells: list[Cell] = []
        self._linked: set[str] = set()  # shared formulas that refer to another file
        self._wide: Cell | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self._data:
            self._outside(name, attributes)
        elif name == "c":
            self._cell = _Open(attributes)
        elif name == "v":
            self.collector.clear()
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif self._cell is not None:
            if name == "f":
                self.collector.clear()
                self._cell.shared = attributes.get("si")
            else:
                self._cell.inline = self._cell.inline or name == "is"
                self._text.start(name)

    def end(self, name: str) -> None:
        """An element ends."""
        cell = self._cell
        if cell is None:
            if name == "sheetData":
                self._data = False
        elif name == "v":
            cell.value = self.collector.take()
        elif name == "c":
            self._cell = None
            self._finish(cell)
        elif name == "f":
            cell.formula = self.collector.take()
        else:
            self._text.end(name)

    def _outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetData":
            self._data = True
        elif name == "mergeCell":
            self.found.merged.append(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            before = self.found.hidden[-1][1] if self.found.hidden else 0
            if _is_number(first) and _is_number(last) and int(first) > before:
                self.found.hidden.append((int(first), max(int(first), min(int(last), _LAST_COLUMN))))

    def _begin_row(self, written: str | None) -> None:
        if written is None:
            self._row += 1
        elif _is_number(written) and 1 <= int(written) <= _LAST_ROW:
            self._row = int(written)
        else:
            raise Problem(
                f"シート「{self.found.name}」に行番号「{written[:20]}」があります。Excel の行番号ではありません。"
                "Excel で開いて保存し直してください",
                f'the sheet "{self.found.name}" has a row "{written[:20]}", which is no row number of Excel\'s; '
                "save it again in Excel",
            )
        if self._row > MOST_ROWS:
            self._cut(MOST_ROWS + 1)
        self._row_text = str(self._row)
        self._cells = self.found.rows.setdefault(self._row, [])
        self._column = 0

    def _cut(self, row: int) -> None:
        """Leave the rest of the sheet unread, and say from which row on."""
        self.found.remarks.append(
            Words(
                f"シート「{self.found.name}」は大きいため、{row:,} 行目から下は読んでいません",
                f'the sheet "{self.found.name}" is large; from row {row:,} on it is not read',
            )
        )
        raise Enough

    def _place(self, reference: str | None) -> int:
        """The column of the cell, from its reference or from the cell before it."""
        if reference is None:
            self._column += 1
        else:
            column = column_number(reference.removesuffix(self._row_text))
            if column is None:
                raise damaged()
            self._column = column
        if self._column > _LAST_COLUMN:
            raise damaged()
        return self._column

    def _finish(self, cell: _Open) -> None:
        column = self._place(cell.attributes.get("r"))
        if cell.value is None and cell.formula is None and not cell.inline:
            return
        if column > MOST_COLUMNS:
            self._note_wide(column)
            return
        text, note, error = self._shown(cell)
        if len(text) > LONGEST_TEXT:
            text, error = text[:LONGEST_TEXT], TOO_LONG
        self._put(Cell(self._row, column, text, note, error))

    def _put(self, cell: Cell) -> None:
        cells, allowance = self._cells, self._context.allowance
        missing = cell.column - len(cells)
        allowance.cells -= max(missing, 0)
        allowance.characters -= len(cell.text)
        if allowance.cells < 0 or allowance.characters < 0:
            self._cut(cell.row)
        if missing <= 0:
            cells[cell.column - 1] = cell
            return
        if missing > 1:
            cells.extend(Cell(cell.row, at, "") for at in range(len(cells) + 1, cell.column))
        cells.append(cell)

    def _note_wide(self, column: int) -> None:
        if self._wide is None:
            self._wide = Cell(self._row, column, "")
            limit = column_letters(MOST_COLUMNS)
            self.found.remarks.append(
                Words(
                    f"シート「{self.found.name}」の {limit} 列より右（{self._wide.address} など）は読んでいません",
                    f'the sheet "{self.found.name}" is not read to the right of column {limit} '
                    f"(such as {self._wide.address})",
                )
            )

    def _shown(self, cell: _Open) -> Shown:
        if cell.formula is None:
            return self._value(cell)
        kind = cell.attributes.get("t", "n")
        linked = _LINK.search(cell.formula) is not None or cell.shared in self._linked
        if linked and cell.shared is not None:
            self._linked.add(cell.shared)
        if not cell.value and kind != "str":
            return "", None, NO_RESULT
        # XlsxWriter and its like store 0 for every formula and ask for a calculation on opening.
        if self._context.uncalculated and kind == "n" and cell.value == "0":
            return "", None, NO_RESULT
        text, note, error = self._value(cell)
        return text, LINK if linked else note or FORMULA, error

    def _value(self, cell: _Open) -> Shown:
        kind, style = cell.attributes.get("t", "n"), cell.attributes.get("s")
        value, printer = cell.value or "", self._context.printer
        if kind == "s":
            return self._shared_string(value, style)
        if kind == "n":
            return printer.number(value, style) if value else ("", None, None)
        if kind == "inlineStr":
            return printer.text(self._text.take(), style), None, None
        if kind == "str":
            return printer.text(as_typed(value), style), None, None
        if kind == "b":
            return ("TRUE" if value.strip() in ("1", "true") else "FALSE"), None, None
        if kind == "e":
            return value[:20], None, error_value(value[:20])
        if kind == "d":
            return printer.moment(value[:40], style)
        return value[:20], None, NO_NUMBER

    def _shared_string(self, value: str, style: str | None) -> Shown:
        strings = self._context.strings
        if not _is_number(value) or int(value) >= len(strings):
            return "", None, NO_TEXT
        return self._context.printer.text(strings[int(value)], style), None, None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
