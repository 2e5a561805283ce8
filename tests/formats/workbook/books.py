"""Workbooks changed as an officer would: cells found by sheet, row and heading."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from sosei.formats.workbook import Incoming, plan_workbook, read_workbook, seeded_keys
from sosei.formats.xlsx_cells import read_book
from sosei.plan.model import Plan
from sosei.plan.reading import read_plan

EXAMPLES = Path(__file__).parents[3] / "examples"


@cache
def example(name: str) -> Plan:
    """One of the two cities."""
    return read_plan(EXAMPLES / name / "plan.json")


@cache
def example_workbook(name: str) -> bytes:
    """Its workbook."""
    return plan_workbook(example(name))


class Excel:
    """An open workbook."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))

    def sheet(self, name: str) -> Any:
        return self.book[name]

    def column(self, sheet: str, heading: str) -> int:
        cells = self.sheet(sheet)[1]
        return next(
            int(cell.column)
            for cell in cells
            if str(cell.value or "").split(" ")[0] == heading or cell.value == heading
        )

    def row(self, sheet: str, heading: str, text: str, nth: int = 1) -> int:
        """The ``nth`` row with ``text`` under ``heading``."""
        column = self.column(sheet, heading)
        rows = [
            int(cells[column - 1].row)
            for cells in self.sheet(sheet).iter_rows()
            if cells[column - 1].value == text
        ]
        return rows[nth - 1]

    def get(self, sheet: str, row: int, heading: str) -> str:
        return str(self.sheet(sheet).cell(row, self.column(sheet, heading)).value or "")

    def set(self, sheet: str, row: int, heading: str, value: Any) -> None:
        self.sheet(sheet).cell(row, self.column(sheet, heading)).value = value

    def add_column(self, sheet: str, heading: str) -> None:
        """A new heading behind the last column."""
        self.sheet(sheet).cell(1, self.sheet(sheet).max_column + 1).value = heading

    def add(self, sheet: str, **cells: str) -> int:
        """A new row below the last; headings are the names of ``cells``, ``_`` for a space."""
        row = int(self.sheet(sheet).max_row) + 1
        for heading, value in cells.items():
            self.set(sheet, row, heading.replace("_", " "), value)
        return row

    def fill(self, sheet: str, headings: list[str], rows: list[list[str]]) -> None:
        """Paste a block below the headings, its columns in the order of ``headings``."""
        columns = [self.column(sheet, heading) for heading in headings]
        for number, row in enumerate(rows, start=2):
            for column, value in zip(columns, row, strict=True):
                if value:
                    cell = self.sheet(sheet).cell(number, column)
                    cell.value = value
                    cell.data_type = "s"  # a text that begins with = is one

    def save(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def read(self, plan: Plan, seed: bytes = b"test") -> Incoming:
        return read_workbook(read_book(self.save()), plan, seeded_keys(seed))
