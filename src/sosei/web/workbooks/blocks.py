"""A pasted block of a plan's cells: its bounds, how its columns are to be read, what it says."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self

from sosei.formats.workbook import (
    Incoming,
    KeyFor,
    Meaning,
    code_of,
    guess_columns,
    meaning_of,
    read_block,
)
from sosei.formats.xlsx_cell import LONGEST_TEXT
from sosei.plan.model import Plan as Document
from sosei.values import Problem, parse_year_label
from sosei.web.plans.uploaded import kept_text
from sosei.web.site.clipboard import cells

MOST_ROWS = 5_000
MOST_COLUMNS = 200


def block_rows(text: str) -> list[list[str]]:
    """The cells of a pasted block, row by row, empty rows at its end left out.

    Raises Problem where there is nothing in it, or more than can be read.
    """
    rows: list[list[str]] = [[]]
    for cell, ends_row in cells(kept_text(text.replace("\r\n", "\n").replace("\r", "\n"))):
        rows[-1].append(cell)
        if len(cell) > LONGEST_TEXT:
            raise Problem(
                f"{len(rows)}行目の{len(rows[-1])}列目のセルが長すぎます（{len(cell):,}字）。{LONGEST_TEXT:,}字までにしてください",
                f"the cell in row {len(rows)}, column {len(rows[-1])} is too long ({len(cell):,} characters); "
                f"at most {LONGEST_TEXT:,}",
            )
        if len(rows[-1]) > MOST_COLUMNS:
            raise Problem(
                f"{len(rows)}行目の列が多すぎます。{MOST_COLUMNS}列までの範囲をコピーしてください",
                f"row {len(rows)} has too many columns; copy at most {MOST_COLUMNS}",
            )
        if ends_row:
            rows.append([])
            if len(rows) > MOST_ROWS + 1:
                raise Problem(
                    f"行が多すぎます。{MOST_ROWS:,}行までに分けて貼り付けてください",
                    f"there are too many rows; paste at most {MOST_ROWS:,} at a time",
                )
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    if not rows:
        raise Problem(
            "表がありません。Excelで範囲をコピーして、ここに貼り付けてください",
            "there is no table; copy a range in Excel and paste it here",
        )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a block is to be read: the code of each column (empty: not read), how many rows at the top are
    headings, the key of the element where its rows belong, the year of what was done.
    """

    columns: tuple[str, ...] = ()
    first: int = 0
    at: str = ""
    year: str = ""

    def text(self) -> str:
        """JSON text for an upload."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """What ``text`` wrote."""
        data = json.loads(text)
        return cls(**(data | {"columns": tuple(data["columns"])}))


def read_pasted(text: str, way: Way, plan: Document, key_for: KeyFor) -> Incoming:
    """What the block says of ``plan``; cells are named by their row and column in the block.

    Raises Problem as ``block_rows`` and ``read_block`` do.
    """
    rows = block_rows(text)
    return read_block(
        [*([] for _ in rows[: way.first]), *rows[way.first :]],
        plan,
        at=way.at or None,
        meanings=_meanings(rows, way, plan),
        year=parse_year_label(way.year) if way.year else None,
        key_for=key_for,
    )


def _meanings(rows: list[list[str]], way: Way, plan: Document) -> list[Meaning | None]:
    """What the columns hold: where the heading was understood as chosen, with all that it says (a baseline's year)."""
    guessed = guess_columns(rows, plan)
    return [
        own if own is not None and code_of(own) == code else meaning_of(code, plan)
        for own, code in zip(guessed, way.columns, strict=False)
    ]
