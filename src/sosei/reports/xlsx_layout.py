"""Rows of cells with the heights their texts need, cut where a page ends.

Neither Excel nor LibreOffice makes a merged row grow with its text, a row cannot be higher than
409 pt, and a merged cell that runs over the end of a page prints half a line on each side.  So
heights are computed here, and a text taller than a page is divided between its lines.
All lengths are points (1/72 inch).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import zip_longest

from sosei.formats.xlsx_text import clean, wrap

_HIGHEST_ROW = 400.0
"""Excel stops at 409 pt."""

_LINE = 1.3
"""Line pitch in type sizes: wider than the font's own, as printers' and other fonts' lines are."""

_PADDING = (15.0, 5.0)
"""What a cell needs beside its text (both sides together, an indent of one among it) and above and below."""

_SPARE = 0.97
"""The share of a column that lines are filled to: screen and printer do not measure alike."""


class Style(Enum):
    """The looks of cells, each with its type size in points."""

    size: float

    def __new__(cls, key: str, size: float) -> Style:
        """A style with its size beside the key that tells styles of one size apart."""
        member = object.__new__(cls)
        member._value_ = key
        member.size = size
        return member

    TITLE = "title", 14
    TITLE_SIDE = "title_side", 11
    GOAL = "goal", 12
    MEASURE = "measure", 11
    CAPTION = "caption", 10
    HEADING = "heading", 10
    TEXT = "text", 10
    FIGURE = "figure", 10
    NUMBER = "number", 10
    SMALL = "small", 9
    GAP = "gap", 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure that is reckoned with; ``code`` is the number format that shows it as the text of its cell."""

    value: float
    code: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A text over the columns ``first`` to ``last``.

    ``marks`` are the parts of the text that are underlined, each from its first character to before its
    last; where there are any, the text is a clean one (see ``clean``).  ``number`` stands there in place of the
    text, whose room it takes.
    """

    first: int
    last: int
    text: str
    style: Style
    marks: tuple[tuple[int, int], ...] = ()
    number: Number | None = None


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of cells one under the other, and cells that stand beside all of them (merged)."""

    lines: tuple[Line, ...]
    beside: Line = ()


def block(*cells: Cell) -> Block:
    """A block of one line."""
    return Block(lines=(cells,))


@dataclass(frozen=True, slots=True)
class Layout:
    """The widths of a sheet's columns, and from them the heights of everything on it."""

    widths: tuple[float, ...]

    def height(self, block: Block) -> float:
        """The height of ``block``: of its lines together, or of the tallest text beside them."""
        return sum(map(sum, self.rows(block)))

    def rows(self, block: Block) -> list[list[float]]:
        """For each line of ``block`` the heights of the rows that it takes (several where one is too low)."""
        lines = [max(map(self._cell_height, line)) for line in block.lines]
        beside = max(map(self._cell_height, block.beside), default=0.0)
        more = max(0.0, beside - sum(lines)) / len(lines)
        return [_even_rows(line + more) for line in lines]

    def pieces(self, block: Block, first: float, page: float) -> Iterator[Block]:
        """``block`` whole where a page holds it, else cut into blocks of ``first``, then ``page`` points at most."""
        if self.height(block) <= page:
            yield block
            return
        lines = [part for line in block.lines for part in self._cut_line(line, page)]
        beside = [_Rest(cell, self._lines(cell)) for cell in block.beside]
        room = first if self._line_height(lines[0]) <= first else page
        while lines or any(beside):
            taken = self._fitting(lines, room)
            lines, here = lines[taken:], lines[:taken]
            yield Block(
                lines=tuple(here) or (_emptied(block.lines[0]),),
                beside=tuple(rest.take(self._line_count(rest.cell, room)) for rest in beside),
            )
            room = page

    def _fitting(self, lines: Sequence[Line], room: float) -> int:
        """How many of ``lines`` stand in ``room``; one at least, as none is taller than a page."""
        used = 0.0
        for number, line in enumerate(lines):
            used += self._line_height(line)
            if used > room and number:
                return number
        return len(lines)

    def _cut_line(self, line: Line, page: float) -> list[Line]:
        columns = []
        for cell in line:
            texts = self._lines(cell)
            most = self._line_count(cell, page)
            rest = _Rest(cell, texts)
            columns.append([rest.take(most) for _ in range(0, len(texts), most)])
        rows = zip_longest(*columns)
        return [tuple(part or _empty(cell) for part, cell in zip(row, line, strict=True)) for row in rows]

    def _line_height(self, line: Line) -> float:
        return sum(_even_rows(max(map(self._cell_height, line))))

    def _cell_height(self, cell: Cell) -> float:
        return len(self._lines(cell)) * cell.style.size * _LINE + _PADDING[1]

    def _line_count(self, cell: Cell, room: float) -> int:
        """How many lines of the cell's type stand in ``room``."""
        return max(1, int((room - _PADDING[1] - 2) / (cell.style.size * _LINE)))

    def _lines(self, cell: Cell) -> list[str]:
        if cell.number is not None:  # it does not break
            return [cell.text]
        wide = sum(self.widths[cell.first : cell.last + 1]) - _PADDING[0]
        return wrap(clean(cell.text), wide * _SPARE / cell.style.size)


def _even_rows(height: float) -> list[float]:
    """``height`` in rows that Excel allows, each a whole number of pixels (3/4 pt)."""
    count = math.ceil(height / _HIGHEST_ROW)
    return [math.ceil(height / count / 0.75) * 0.75] * count


class _Rest:
    """What is left of a cell's text while it is taken away line by line."""

    def __init__(self, cell: Cell, lines: list[str]) -> None:
        self.cell = cell
        self._lines = lines
        self._at = 0

    def __bool__(self) -> bool:
        return bool(self._lines)

    def take(self, most: int) -> Cell:
        """A cell with the next ``most`` lines and the marks that fall on them."""
        taken = "".join(self._lines[:most])
        del self._lines[:most]
        text = taken.strip("\n")
        start = self._at + len(taken) - len(taken.lstrip("\n"))
        self._at += len(taken)
        ends = ((max(first - start, 0), min(last - start, len(text))) for first, last in self.cell.marks)
        return replace(self.cell, text=text, marks=tuple((a, b) for a, b in ends if a < b))


def _empty(cell: Cell) -> Cell:
    return replace(cell, text="", marks=())


def _emptied(line: Line) -> Line:
    return tuple(map(_empty, line))
