"""A block of cells as it comes from the clipboard: tab-separated text, as Excel and LibreOffice write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A cell with line ends, tabs or quotes in it stands in quotes, quotes inside doubled.  The csv module would
# also take a lone quote at a cell's beginning for one that opens, and with it the rest of the table.
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


def cells(text: str) -> Iterator[tuple[str, bool]]:
    """Each cell of ``text``, whose lines end in ``\\n``, and whether its row ends there."""
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at) if text[at : at + 1] == '"' else None
        if quoted and any(sign in quoted[1] for sign in '\t\n"'):
            cell, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            plain = _PLAIN.match(text, at)
            assert plain is not None  # noqa: S101  (it matches nothing, too)
            cell, at = plain[0], plain.end()
        yield cell, text[at : at + 1] == "\n"
        at += 1


def filled_rows(text: str) -> list[list[str]]:
    """The rows of ``text`` that hold something; any line end will do."""
    rows: list[list[str]] = [[]]
    for cell, ends_row in cells(text.replace("\r\n", "\n").replace("\r", "\n")):
        rows[-1].append(cell)
        if ends_row:
            rows.append([])
    return [row for row in rows if any(map(str.strip, row))]
