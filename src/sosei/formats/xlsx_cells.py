"""Any Excel workbook (.xlsx, .xlsm) read as a person sees it: every cell with the text Excel shows.

Macros, pictures, charts, comments and everything else are left alone.  Old .xls files, locked
files and files that only look like workbooks are refused, each with one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sosei.formats.xlsx_cell import Cell, column_number
from sosei.formats.xlsx_guard import MOST_ENTRIES, Handlers, Package, Relation, damaged
from sosei.formats.xlsx_numbers import NumberPrinter
from sosei.formats.xlsx_rows import Allowance, Context, Reading, read_rows
from sosei.formats.xlsx_strings import read_strings
from sosei.formats.xlsx_styles import read_styles
from sosei.values import Problem, Words

__all__ = ["Book", "Cell", "Sheet", "check_book", "read_book"]

MOST_SHEETS = 200
"""Sheets of a workbook that are read."""
_LONGEST_NAME = 100
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: ``rows[0][0]`` is A1.

    ``rows`` is dense from row 1 and column 1; each row ends with its last cell that shows something,
    the sheet with its last such row.  ``hidden_columns`` are numbers from 1, as far as there are cells.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    hidden_columns: frozenset[int]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets in order, and a sentence for all that was cut or ignored."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[Words, ...]


@dataclass(slots=True)
class _Outline:
    """What the workbook's main part says: name, relation and visibility of each sheet; how it calculates."""

    sheets: list[tuple[str, str, bool]]
    date1904: bool = False
    uncalculated: bool = False


def check_book(data: bytes) -> None:
    """Look at the file from outside, without reading a sheet; raises Problem where ``read_book`` would at once."""
    package = Package(data)
    _outline(package, _main_part(package))


def read_book(data: bytes, progress: Callable[[int, int], None] | None = None) -> Book:
    """The workbook in ``data``; ``progress`` hears how many sheets of how many are read.

    Raises Problem, with one clear sentence, for everything that is no workbook, cannot be read or
    would not be safe to read.
    """
    package = Package(data)
    main = _main_part(package)
    outline = _outline(package, main)
    relations = {relation.id: relation for relation in package.relations(main)}
    context = _context(package, outline, relations)
    remarks = _remarks(package)
    sheets: list[Sheet] = []
    tables = _tables(outline, relations, remarks)
    for done, (name, part, hidden) in enumerate(tables):
        if progress is not None:
            progress(done, len(tables))
        reading = read_rows(package, part, name, context)
        remarks += reading.remarks
        sheets.append(_sheet(reading, hidden, context.allowance))
    if progress is not None:
        progress(len(tables), len(tables))
    return Book(tuple(sheets), tuple(remarks))


def _main_part(package: Package) -> str:
    main = next((found.target for found in package.relations("") if found.kind == "officeDocument"), "")
    if main.endswith(".bin"):
        raise Problem(
            "バイナリ形式（.xlsb）のブックです。Excel で開き「Excel ブック（.xlsx）」で保存し直してください",
            'a binary workbook (.xlsb); open it in Excel and save it as "Excel Workbook (.xlsx)"',
        )
    if not main.startswith("xl/") or main not in package:
        raise Problem(
            "Excel のブックではありません。.xlsx か .xlsm のファイルを選んでください",
            "this is no Excel workbook; choose an .xlsx or .xlsm file",
        )
    return main


def _outline(package: Package, main: str) -> _Outline:
    outline = _Outline([])

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            outline.sheets.append((attributes.get("name", "")[:_LONGEST_NAME], relation, hidden))
            if len(outline.sheets) > MOST_ENTRIES:
                raise damaged()
        elif name == "workbookPr":
            outline.date1904 = attributes.get("date1904") in ("1", "true")
        elif name == "calcPr":
            outline.uncalculated = attributes.get("fullCalcOnLoad") in ("1", "true")

    package.read(main, Handlers(start))
    return outline


def _context(package: Package, outline: _Outline, relations: dict[str, Relation]) -> Context:
    parts = {relation.kind: relation.target for relation in relations.values() if not relation.external}
    strings = read_strings(package, parts["sharedStrings"]) if "sharedStrings" in parts else []
    codes = read_styles(package, parts["styles"]) if "styles" in parts else []
    return Context(strings, NumberPrinter(codes, outline.date1904), outline.uncalculated, Allowance())


def _tables(
    outline: _Outline, relations: dict[str, Relation], remarks: list[Words]
) -> list[tuple[str, str, bool]]:
    """Name, part and visibility of the sheets with cells; what is left out goes into ``remarks``."""
    found: list[tuple[str, str, bool]] = []
    others: list[str] = []
    for name, identity, hidden in outline.sheets:
        relation = relations.get(identity)
        if relation is None or relation.external:
            raise damaged()
        if relation.kind == "worksheet":
            found.append((name, relation.target, hidden))
        else:
            others.append(name)
    if others:
        remarks.append(
            Words(
                f"表ではないシート（{'、'.join(others[:3])} など {len(others):,} 枚）は読んでいません",
                f"sheets that are no tables are not read ({len(others):,}: {', '.join(others[:3])})",
            )
        )
    if len(found) > MOST_SHEETS:
        remarks.append(
            Words(
                f"シートが {len(found):,} 枚あります。初めの {MOST_SHEETS} 枚だけを読みました",
                f"there are {len(found):,} sheets; only the first {MOST_SHEETS} are read",
            )
        )
    return found[:MOST_SHEETS]


def _remarks(package: Package) -> list[Words]:
    names = [name.lower() for name in package.names]
    remarks: list[Words] = []
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        remarks.append(Words("マクロは読まず、動かしません", "macros are neither read nor run"))
    if any(name.startswith("xl/externallinks/") for name in names):
        remarks.append(
            Words(
                "ほかのファイルへのリンクがあります。リンク先は見ず、保存されている値を使います",
                "the workbook has links to other files; they are not followed, the stored values are used",
            )
        )
    return remarks


def _sheet(reading: Reading, hidden: bool, allowance: Allowance) -> Sheet:
    _empty_merged(reading, allowance)
    for row in reading.rows.values():
        while row and not row[-1].text and row[-1].error is None:
            row.pop()
    last = max((number for number, row in reading.rows.items() if row), default=0)
    width = max(map(len, reading.rows.values()), default=0)
    hidden_columns = {at for first, end in reading.hidden for at in range(first, min(end, width) + 1)}
    rows = tuple(tuple(reading.rows.get(number, ())) for number in range(1, last + 1))
    return Sheet(reading.name, hidden, rows, frozenset(hidden_columns))


def _empty_merged(reading: Reading, allowance: Allowance) -> None:
    """Empty the cells that a merged range covers: whatever the file holds there, nobody sees it."""
    last_row = max(reading.rows, default=0)
    for reference in reading.merged:
        match = _RANGE.fullmatch(reference)
        first, last = (column_number(match[1]), column_number(match[3])) if match else (None, None)
        if match is None or first is None or last is None:
            raise damaged()
        top, bottom = int(match[2]), min(int(match[4]), last_row)
        for number in range(top, bottom + 1):
            row = reading.rows.get(number, [])
            covered = range(first + (number == top), min(last, len(row)) + 1)
            allowance.merged -= 1 + len(covered)
            if allowance.merged < 0:
                raise damaged()
            for at in covered:
                row[at - 1] = Cell(number, at, "")
