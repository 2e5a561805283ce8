"""Thirty divisions' workbooks of 400 rows, read as a person sees them, beside openpyxl reading the same."""

from __future__ import annotations

import io
from datetime import date
from functools import partial

import openpyxl
import xlsxwriter
from measure import Row, calls_in_turn

from sosei.formats.xlsx_cells import read_book

DIVISIONS, ROWS, YEARS = 30, 400, 10
AIM = "at least 5 x faster"


def run() -> list[Row]:
    """The thirty, and one sheet of 1,000 rows by 60 columns.

    openpyxl needs two readings, because one gives either formulas or their results, and not its
    read-only mode, which knows neither merged cells nor hidden columns.
    """
    books = [_division(number) for number in range(DIVISIONS)]
    wide = _workbook(1000, 55)
    ours, theirs = calls_in_turn([partial(_read, books), partial(_read_by_openpyxl, books)], runs=3)
    our_wide, their_wide = calls_in_turn([partial(_read, [wide]), partial(_read_by_openpyxl, [wide])], runs=3)
    return [
        Row("B5", "30 workbooks of 400 rows (call)", ours, theirs, "openpyxl, values and formulas", AIM),
        Row(
            "B5",
            "1,000 rows by 60 columns (call)",
            our_wide,
            their_wide,
            "openpyxl, values and formulas",
            AIM,
        ),
    ]


def _read(books: list[bytes]) -> int:
    return sum(len(row) for data in books for sheet in read_book(data).sheets for row in sheet.rows)


def _read_by_openpyxl(books: list[bytes]) -> int:
    count = 0
    for data in books:
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data))
        for sheet in values:
            for row, twins in zip(sheet.iter_rows(), formulas[sheet.title].iter_rows(), strict=True):
                for cell, twin in zip(row, twins, strict=True):
                    count += bool(cell.number_format) and (cell.value is not None or twin.value is not None)
    return count


def _division(number: int) -> bytes:
    return _workbook(ROWS + number % 3, YEARS)


def _workbook(rows: int, years: int) -> bytes:
    """Name, unit, baseline, a day, ``years`` of values and a rate, in the formats of such workbooks."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet("指標")
        number, rate, day = (
            workbook.add_format({"num_format": code}) for code in ('#,##0.0;"△"#,##0.0', "0.0%", "yyyy/m/d")
        )
        for row in range(rows):
            sheet.write_string(row, 0, f"指標その{row}の利用者数")
            sheet.write_string(row, 1, "人")
            sheet.write_number(row, 2, row * 3, number)
            sheet.write_datetime(row, 3, date(2024, 1 + row % 12, 1 + row % 28), day)
            for year in range(years):
                sheet.write_number(row, 4 + year, 100 + row * 7.7 + year * 1.3, number)
            sheet.write_formula(row, 4 + years, f"=E{row + 1}/C{row + 1}", rate, 0.9 + row / 1000)
    return out.getvalue()
