"""The workbook with all areas of a projection: more cells than any office's sheet, read straight through.

The reader of ordinary workbooks keeps a note for each cell and stops at half a million of them;
this file has more than twice as many, all plain numbers and texts, of which only the values are wanted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sosei.formats.population_grid import Grid, Line
from sosei.formats.xlsx_cell import LONGEST_TEXT, column_number
from sosei.formats.xlsx_guard import DEEPEST, Enough, Handlers, Inside, Package, damaged
from sosei.formats.xlsx_strings import read_strings

MOST_TAGS = 12_000_000
"""Openings and endings of tags: 14 thousand rows of 84 cells have 5 million."""
MOST_CELLS = 2_000_000
MOST_COLUMNS = 200
_PEEKED = 12  # rows


def peek(data: bytes, file: str) -> Grid | None:
    """The first rows of the first sheet, to see what a workbook is; None where it has no sheet."""
    return _read(data, file, _PEEKED)


def read_large(data: bytes, file: str) -> Grid:
    """All rows of the first sheet.  Raises Problem where the workbook is damaged or still too large."""
    grid = _read(data, file, None)
    if grid is None:
        raise damaged()
    return grid


def _read(data: bytes, file: str, rows: int | None) -> Grid | None:
    package = Package(data, MOST_TAGS)
    main = next((found.target for found in package.relations("") if found.kind == "officeDocument"), "")
    if main not in package:
        return None
    related = package.relations(main)
    sheets: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", "")[:100], identity))

    package.read(main, Handlers(start))
    if not sheets:
        return None
    name, identity = sheets[0]
    part = next((found.target for found in related if found.id == identity and found.kind == "worksheet"), "")
    if part not in package:
        return None
    texts = next((found.target for found in related if found.kind == "sharedStrings"), None)
    reader = _Rows(read_strings(package, texts) if texts and texts in package else [], rows)
    inside = Inside("sheetData", reader.start, reader.end)
    package.read(part, Handlers(lambda _name, _attributes: None, text=reader.text.append, inside=inside))
    return Grid(file, name, tuple(reader.lines))


@dataclass(slots=True)
class _Rows:
    """Hears the elements of a sheet's rows; keeps the text of each cell, as stored."""

    strings: list[str]
    most: int | None
    lines: list[Line] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    row: str = "0"
    column: int = 0
    kind: str = "n"
    count: int = 0
    placed: bool = False  # whether the open cell has its text
    depth: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise damaged()
        if name == "c":
            self._place(attributes.get("r"))
            self.placed = False
            self.kind = attributes.get("t", "n")
        elif name == "row":
            row = attributes.get("r", str(int(self.row) + 1))
            if not (row.isascii() and row.isdigit() and len(row) < 8):
                raise damaged()
            self.row, self.cells, self.column = row, [], 0
        elif name in ("v", "t"):
            self.text.clear()

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        letters = reference.removesuffix(self.row)
        column = self.columns.get(letters)
        if column is None:
            column = column_number(letters)
            if column is None:
                raise damaged()
            self.columns[letters] = column
        self.column = column

    def end(self, name: str) -> bool:
        """An element ends; True where the rows end."""
        self.depth -= 1
        if name in ("v", "t"):
            self._put("".join(self.text))
            self.text.clear()
        elif name == "row":
            if any(self.cells):
                self.lines.append(Line(int(self.row), self.cells))
            if self.most is not None and len(self.lines) >= self.most:
                raise Enough
        return name == "sheetData"

    def _put(self, text: str) -> None:
        if self.column > MOST_COLUMNS:
            return
        if self.kind == "s":
            at = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
            text = self.strings[at] if 0 <= at < len(self.strings) else ""
        elif self.kind == "n" and text.endswith(".0"):
            text = text[:-2]
        cells, missing = self.cells, self.column - len(self.cells)
        if missing <= 0 and (self.placed or len(text) > LONGEST_TEXT):
            return  # formatted pieces of one text, or a cell given twice: no such text is a figure
        self.placed = True
        if missing > 0:
            self.count += missing
            if self.count > MOST_CELLS:
                raise damaged()
            cells.extend([""] * (missing - 1))
            cells.append(text)
        else:
            cells[self.column - 1] = text
