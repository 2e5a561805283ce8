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
from sosei.formats.xlsx_guard import DEEPEST, Enough, Handlers, Inside, Package, damaged
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
MOST_EFFORT = 10_000_000
"""Characters of format codes that are applied to the cells of a workbook."""
_MOST_MERGED = 100_000  # ranges in a sheet
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384

# [1]Sheet!A1, '[1]Sheet 1'!A1 and, of a program (DDE), server|topic!item.
_LINK = re.compile(r"(?:^|[^\w.\]\[])\[\d+\][^\[\]!]*!|\w\|[^!|]*!")


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
    inside = Inside("sheetData", reader.start, reader.end)
    package.read(part, Handlers(reader.outside, text=reader.collector.add, inside=inside))
    return reader.found


class _RowReader:
    """Hears the elements of a sheet's part and makes cells of them."""

    def __init__(self, name: str, context: Context) -> None:
        self.found = Reading(name)
        self.collector = TextCollector()
        self._context = context
        self._text = RichText(self.collector)
        self._depth = 0  # of elements other than rows, cells, values and formulas
        self._cell: dict[str, str] | None = None  # the attributes of the cell that is open
        self._value: str | None = None
        self._formula: str | None = None
        self._shared: str | None = None
        self._inline = False
        self._open_row = False
        self._row, self._row_text, self._column = 0, "0", 0
        self._cells: list[Cell] = []
        self._linked: set[str] = set()  # shared formulas that refer to another file
        self._wide: Cell | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element among the rows begins."""
        if name == "c":
            if self._cell is not None or not self._open_row:
                raise damaged()
            self._cell = attributes
            self._value = self._formula = self._shared = None
            self._inline = False
        elif name == "v":
            if self._value is not None:
                raise damaged()
            self._value = ""
            self.collector.clear()
        elif name == "f":
            if self._formula is not None:
                raise damaged()
            self._formula = ""
            self._shared = attributes.get("si")
            self.collector.clear()
        elif name == "row":
            if self._open_row:
                raise damaged()
            self._open_row = True
            self._begin_row(attributes.get("r"))
        else:
            self._depth += 1
            if self._depth > DEEPEST:
                raise damaged()
            self._inline = self._inline or name == "is"
            self._text.start(name)

    def end(self, name: str) -> bool:
        """An element among the rows ends; True where the rows end."""
        if name == "v":
            self._value = self.collector.take()
        elif name == "c":
            if self._cell is None:
                raise damaged()
            attributes, self._cell = self._cell, None
            if self._value is not None or self._formula is not None or self._inline:
                self._finish(attributes)
            else:
                self._place(attributes.get("r"))
        elif name == "f":
            self._formula = self.collector.take()
        elif name == "row":
            self._open_row = False
        elif name == "sheetData" and not self._depth:
            return True
        else:
            self._depth -= 1
            self._text.end(name)
        return False

    def outside(self, name: str, attributes: dict[str, str]) -> None:
        """An element before or behind the rows begins."""
        if name == "mergeCell":
            self.found.merged.append(attributes.get("ref", ""))
            if len(self.found.merged) > _MOST_MERGED:
                raise damaged()
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

    def _finish(self, attributes: dict[str, str]) -> None:
        column = self._place(attributes.get("r"))
        if column > MOST_COLUMNS:
            self._note_wide(column)
            return
        if self._formula is None:
            text, note, error = self._stored(attributes)
        else:
            text, note, error = self._calculated(attributes, self._formula)
        if len(text) > LONGEST_TEXT:
            text, error = text[:LONGEST_TEXT], TOO_LONG
        cells, allowance = self._cells, self._context.allowance
        missing = column - len(cells)
        allowance.cells -= missing if missing > 0 else 0
        allowance.characters -= len(text)
        if allowance.cells < 0 or allowance.characters < 0 or self._context.printer.effort > MOST_EFFORT:
            self._cut(self._row)
        if missing > 1:
            cells.extend(Cell(self._row, at, "") for at in range(len(cells) + 1, column))
        cell = Cell(self._row, column, text, note, error)
        if missing > 0:
            cells.append(cell)
        else:
            cells[column - 1] = cell

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

    def _calculated(self, attributes: dict[str, str], formula: str) -> Shown:
        """What a cell with a formula shows, by the result that the file holds."""
        kind = attributes.get("t", "n")
        linked = _LINK.search(formula) is not None or self._shared in self._linked
        if linked and self._shared is not None:
            self._linked.add(self._shared)
        if not self._value and kind != "str":
            return "", None, NO_RESULT
        # XlsxWriter and its like store 0 for every formula and ask for a calculation on opening.
        if self._context.uncalculated and kind == "n" and self._value == "0":
            return "", None, NO_RESULT
        text, note, error = self._stored(attributes)
        return text, LINK if linked else note or FORMULA, error

    def _stored(self, attributes: dict[str, str]) -> Shown:
        """What a cell shows for the value that the file holds."""
        kind, style = attributes.get("t", "n"), attributes.get("s")
        value, printer = self._value or "", self._context.printer
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
