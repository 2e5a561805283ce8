"""A table of any file - CSV, CSV.gz, a sheet of a workbook - as lines of text that know their place."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sosei.formats.csv_records import UNREADABLE, CsvLines, next_record
from sosei.formats.xlsx_cell import column_letters
from sosei.formats.xlsx_cells import Sheet
from sosei.values import Problem, Words
from sosei.values.folding import fold

LARGEST_TEXT = 200_000_000
"""Bytes of a CSV file, unpacked."""
MOST_LINES = 1_000_000
"""Lines of a CSV file."""
_SHOWN = 40
_NOTHING = frozenset({"-", "－", "―", "–", "‐", "ー"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table, by its number in the file."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a CSV file, or of the sheet ``sheet`` of a workbook.

    ``errors`` are the cells that must not be used (#REF!), by line and column from 0.
    """

    file: str
    sheet: str
    lines: Sequence[Line]
    errors: dict[tuple[int, int], Words] = field(default_factory=dict)
    remarks: tuple[Words, ...] = ()

    def place(self, line: int, column: int | None = None) -> Words:
        """Where: the file, the sheet and the cell, or the line and the column's number."""
        if self.sheet and column is not None:
            cell = f"{column_letters(column + 1)}{line}"
            return Words(
                f"{self.file} のシート「{self.sheet}」{cell}", f'{self.file}, sheet "{self.sheet}", {cell}'
            )
        sheet = (f" のシート「{self.sheet}」", f', sheet "{self.sheet}"') if self.sheet else ("", "")
        at = ("", "") if column is None else (f"の {column + 1} 列目", f", column {column + 1}")
        return Words(
            f"{self.file}{sheet[0]} {line} 行目{at[0]}", f"{self.file}{sheet[1]}, line {line}{at[1]}"
        )

    def problem(self, place: tuple[int, int | None], ja: str, en: str) -> Problem:
        """The sentence with its place in front."""
        where = self.place(*place)
        return Problem(f"{where.ja}: {ja}", f"{where.en}: {en}")

    def number(self, line: Line, column: int, what: str) -> float:
        """The persons in a cell: 0 for the sign - of official tables; Problem for everything else that is none."""
        text = line.cells[column].strip() if column < len(line.cells) else ""
        error = self.errors.get((line.number, column))
        if error is None and (value := read_count(text)) is not None:
            return value
        found = error.ja if error else f"「{shown(text)}」" if text else "空"
        found_en = error.en if error else f'"{shown(text)}"' if text else "nothing"
        raise self.problem(
            (line.number, column),
            f"{what}は {found} です。0 以上の人数が必要です",
            f"{what}: found {found_en}, a number of persons of 0 or more is needed",
        )

    def counts(self, line: Line, columns: Sequence[int], what: Sequence[str]) -> list[float]:
        """The persons in many cells of a line; quick where all are plain digits."""
        try:
            texts = [line.cells[column] for column in columns]
        except IndexError:
            texts = [""]
        joined = "".join(texts)
        if joined.isascii() and joined.isdigit() and "" not in texts and not self.errors:
            return (
                [float(text) for text in texts if len(text) < 12]
                if max(map(len, texts)) < 12
                else self._slow(line, columns, what)
            )
        return self._slow(line, columns, what)

    def _slow(self, line: Line, columns: Sequence[int], what: Sequence[str]) -> list[float]:
        return [self.number(line, column, name) for column, name in zip(columns, what, strict=True)]


def read_count(text: str) -> float | None:
    """The persons ``text`` says: ``1,234``, ``１２３４``, ``12人``; None for what is no such number.

    ``-`` is none at all in official tables: 0.  Blank, ``…``, ``***`` and ``X`` are no number.
    """
    if text in _NOTHING:
        return 0.0
    plain = fold(text).strip().removesuffix("人").replace(",", "").replace(" ", "")
    whole, _, part = plain.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 12):
        return None
    if part and not (part.isascii() and part.isdigit() and len(part) < 20):
        return None
    return float(plain)


def shown(text: str) -> str:
    """``text`` for a message: on one line, not too long, nothing that steers a terminal."""
    text = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def csv_grid(data: bytes, file: str) -> Grid:
    """The lines of a CSV file, gzipped or not.  Raises Problem."""
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data, file)
    if len(data) > LARGEST_TEXT:
        raise _too_large(file)
    if not data.strip():
        raise Problem(f"{file}: ファイルが空です", f"{file}: the file is empty")
    return Grid(file, "", tuple(_lines(data, file)))


def _lines(data: bytes, file: str) -> Iterator[Line]:
    try:
        lines = CsvLines(data)
    except Problem as problem:
        raise Problem(f"{file}: {problem.ja}", f"{file}: {problem.en}") from None
    count = 0
    while record := next_record(lines):
        count += 1
        if count > MOST_LINES:
            raise _too_large(file)
        if record.broken or (not (joined := "".join(record.cells)).isascii() and UNREADABLE.search(joined)):
            raise Problem(
                f"{file} {record.line} 行目: 文字か引用符が壊れています。「CSV UTF-8」で保存し直してください",
                f'{file}, line {record.line}: characters or quotes are damaged; save it again as "CSV UTF-8"',
            )
        yield Line(record.line, record.cells)


def _unpacked(data: bytes, file: str) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = unpacker.decompress(data, LARGEST_TEXT)
    except zlib.error:
        raise Problem(
            f"{file}: 圧縮が壊れていて読めません", f"{file}: the compressed file is damaged"
        ) from None
    if not unpacker.eof:
        if unpacker.unconsumed_tail:
            raise _too_large(file)
        raise Problem(f"{file}: 圧縮が途中で切れています", f"{file}: the compressed file ends too early")
    return text


def _too_large(file: str) -> Problem:
    return Problem(f"{file}: ファイルが大きすぎます", f"{file}: the file is too large")


def sheet_grid(sheet: Sheet, file: str, remarks: tuple[Words, ...] = ()) -> Grid:
    """The lines of a sheet as Excel shows them; empty lines are left out."""
    lines: list[Line] = []
    errors: dict[tuple[int, int], Words] = {}
    for number, row in enumerate(sheet.rows, 1):
        if any(cell.text for cell in row):
            lines.append(Line(number, [cell.text for cell in row]))
        for at, cell in enumerate(row):
            if cell.error is not None:
                errors[number, at] = cell.error
    return Grid(file, sheet.name, tuple(lines), errors, remarks)
