"""A workbook of printed pages: A3 landscape, every page break ours, a cell a text unless it holds a number."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import xlsxwriter

from sosei.formats.xlsx_text import clean
from sosei.reports.xlsx_layout import Block, Cell, Layout, Style, block
from sosei.values import Problem

_FONT = "BIZ UDPゴシック"
_A3 = 8
_INCH = 25.4
_MARGINS = {"left": 12 / _INCH, "right": 12 / _INCH, "top": 19 / _INCH, "bottom": 16 / _INCH}
PAGE_WIDTH = 1100.0
"""Points for the columns: the paper's 396 mm between the margins, with a little to spare."""

CONTINUED = "（つづき）"
"""Behind the name of a goal or measure whose table runs on to a new page."""

_PAGE_HEIGHT = 715.0
"""Points for the rows: 262 mm between the margins, less what printers round away."""

_LONGEST_HEADER = 120
"""Characters of a label at the top of a page; Excel takes 255 with its codes and doubled &."""

_GAP_BEFORE = 40.0
"""Points that must be left on a page for a gap: one that fell over its end would print an empty page."""

_SIDE = 160.0
"""Points at the right of the first row, for the municipality's name."""

_FRAME = {"border": 1, "border_color": "#4D4D4D"}
_LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"bold": True},
    Style.TITLE_SIDE: {"align": "right"},
    Style.GOAL: {"bold": True, "indent": 1, "bg_color": "#C5D7FB", **_FRAME},
    Style.MEASURE: {"bold": True, "indent": 1, "bg_color": "#E8F1FE", **_FRAME},
    Style.CAPTION: {"bold": True, "valign": "bottom"},
    Style.HEADING: {"bold": True, "align": "center", "bg_color": "#F2F2F2", **_FRAME},
    Style.TEXT: {"indent": 1, **_FRAME},
    Style.FIGURE: {"align": "center", **_FRAME},
    Style.NUMBER: {"align": "right", **_FRAME},
    Style.SMALL: {"indent": 1},
    Style.GAP: {},
}


class Book:
    """A workbook in memory; the same contents give the same bytes."""

    def __init__(self, title: str, author: str) -> None:
        self._bytes = io.BytesIO()
        # Arial 10 is on every system, or has a stand-in of the same widths; column widths are
        # counted in its digits, so they come out alike everywhere.
        normal = {"font_name": "Arial", "font_size": 10, "font_scheme": False}
        self._book = xlsxwriter.Workbook(
            self._bytes, {"in_memory": True, "default_format_properties": normal}
        )
        self._book.set_properties(
            {
                "title": clean(title)[:255],
                "author": clean(author)[:255],
                "created": datetime(2000, 1, 1),
            }
        )
        self._formats = {style: self._look(style) for style in _LOOKS}
        self._underlined = {style: self._look(style, underline=1) for style in _LOOKS}
        self._numbers: dict[tuple[Style, str], Any] = {}
        self._names: set[str] = set()

    def sheet(self, name: str, layout: Layout, label: str = "") -> Sheet:
        """A new sheet, with ``label`` at the top right of every page."""
        sheet = self._book.add_worksheet(self._free_name(name))
        return Sheet(sheet, layout, (self._formats, self._underlined), self._number_look, clean(label))

    def close(self) -> bytes:
        """The file."""
        self._book.close()
        return self._bytes.getvalue()

    def _number_look(self, style: Style, code: str) -> Any:
        if (style, code) not in self._numbers:
            self._numbers[style, code] = self._look(style, num_format=code, text_wrap=False)
        return self._numbers[style, code]

    def _look(self, style: Style, **more: Any) -> Any:
        return self._book.add_format(
            {
                "font_name": _FONT,
                "font_family": 3,
                "font_charset": 128,
                "font_size": style.size,
                "text_wrap": True,
                "valign": "vcenter",
                **_LOOKS[style],
                **more,
            }
        )

    def _free_name(self, wanted: str) -> str:
        """``wanted`` as Excel allows it (31 units, none of []:*?/\\ or ' at an end), not used before."""
        base = "".join("　" if c in "[]:*?/\\\n" else c for c in clean(wanted)).strip("' 　") or "シート"
        name, number = _cut(base, 31), 1
        while _same_name(name) in self._names or _same_name(name) == "history":
            number += 1
            mark = f"（{number}）"
            name = _cut(base, 31 - len(mark)) + mark
        self._names.add(_same_name(name))
        return name


class Sheet:
    """A sheet that is filled from the top, page after page."""

    def __init__(
        self,
        sheet: Any,
        layout: Layout,
        formats: tuple[dict[Style, Any], dict[Style, Any]],
        number_look: Callable[[Style, str], Any],
        label: str,
    ) -> None:
        self._sheet = sheet
        self._layout = layout
        self._formats, self._underlined = formats
        self._number_look = number_look
        self._row = 0
        self._used = 0.0
        self._breaks: list[int] = []
        # Where the columns are wider than the paper, the page is printed smaller and holds more.
        self._page = _PAGE_HEIGHT * max(1.0, sum(layout.widths) / PAGE_WIDTH)
        self._label = label
        self._label_in_header = len(label) <= _LONGEST_HEADER
        self._set_up()

    @property
    def last(self) -> int:
        """The number of the last column."""
        return len(self._layout.widths) - 1

    def wide(self, text: str, style: Style) -> Block:
        """A line of one cell over all columns."""
        return block(Cell(0, self.last, text, style))

    def title(self, title: str, municipality: str) -> Block:
        """The document's title with the municipality at the right, and the label where no page header holds it."""
        over = "" if self._label_in_header else self._label
        widths = self._layout.widths
        side = next((n for n in range(self.last, 0, -1) if sum(widths[n:]) >= _SIDE), 0)
        right = "\n".join(text for text in (over, municipality) if text)
        if not side:
            return self.wide(f"{title}　{right}", Style.TITLE)
        return block(Cell(0, side - 1, title, Style.TITLE), Cell(side, self.last, right, Style.TITLE_SIDE))

    def top(self, blocks: Sequence[Block]) -> None:
        """The first rows of the sheet: repeated on each page and frozen, unless they take too much of it."""
        repeated = self.may_repeat(blocks)
        self.put(blocks)
        if repeated:
            self._sheet.repeat_rows(0, self._row - 1)
            self._sheet.freeze_panes(self._row, 0)
            self._page -= self._used
            self._used = 0.0

    def may_repeat(self, blocks: Iterable[Block]) -> bool:
        """Whether ``blocks`` leave enough of a page free to be repeated on each."""
        return self._height(blocks) <= self._page / 4

    def put(
        self,
        blocks: Iterable[Block],
        lead: Sequence[Block] = (),
        again: Sequence[Block] = (),
        over: Sequence[Block] = (),
    ) -> None:
        """Set ``blocks`` one under the other.

        ``lead`` stands before the first, on the same page, below ``over`` if that page begins there;
        ``again`` stands at the top of every page that the blocks run on to.
        """
        again = again if self.may_repeat(again) else ()
        if not self.may_repeat([*over, *lead]):
            self.put(lead)
            lead = over = ()
        before, after = self._height(lead), max(self._height(again), self._height([*over, *lead]))
        for whole in blocks:
            room = self._page - self._used - before
            for piece in self._layout.pieces(whole, self._first_room(room), self._page - after):
                if self._used and self._used + before + self._layout.height(piece) > self._page:
                    self.new_page()
                    self._write_all(over if lead else again)
                self._write_all(lead)
                lead, before = (), 0.0
                self._write(piece)
        self._write_all(lead)

    def new_page(self) -> None:
        """Begin a page, unless one has just begun."""
        if self._used:
            self._breaks.append(self._row)
            self._used = 0.0

    def gap(self) -> None:
        """A little room between tables, none where a page begins or ends."""
        if 0 < self._used < self._page - _GAP_BEFORE:
            self._write(self.wide("", Style.GAP))

    def finish(self) -> None:
        """Set what needs the whole sheet: print area, page breaks, no warnings about figures kept as text."""
        if not self._row:
            return
        self._sheet.set_h_pagebreaks(self._breaks)
        self._sheet.print_area(0, 0, self._row - 1, self.last)
        everything = f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(self._row - 1, self.last)}"
        self._sheet.ignore_errors({"number_stored_as_text": everything, "two_digit_text_year": everything})

    def _first_room(self, room: float) -> float:
        """What is left of the page for the beginning of a block taller than a page: nothing where it is little."""
        return room if room > self._page / 3 else 0.0

    def _set_up(self) -> None:
        sheet = self._sheet
        sheet.set_paper(_A3)
        sheet.set_landscape()
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.set_zoom(85)
        font = f'&"{_FONT},Regular"'
        if self._label_in_header:
            code = self._label.replace("\n", " ").replace("&", "&&")
            sheet.set_header(f"&R&11{font}{code}" if code else "", {"margin": 9 / _INCH})
        sheet.set_footer(f"&C&10{font}&P / &N", {"margin": 7 / _INCH})
        for column, points in enumerate(self._layout.widths):
            sheet.set_column_pixels(column, column, round(points / 0.75))

    def _height(self, blocks: Iterable[Block]) -> float:
        return sum(map(self._layout.height, blocks))

    def _write_all(self, blocks: Iterable[Block]) -> None:
        for each in blocks:
            self._write(each)

    def _write(self, block: Block) -> None:
        rows = self._layout.rows(block)
        first = row = self._row
        for line, heights in zip(block.lines, rows, strict=True):
            for number, height in enumerate(heights):
                self._sheet.set_row(row + number, height)
                self._used += height
            for cell in line:
                self._write_cell(row, row + len(heights) - 1, cell)
            row += len(heights)
        for cell in block.beside:
            self._write_cell(first, row - 1, cell)
        self._row = row

    def _write_cell(self, first: int, last: int, cell: Cell) -> None:
        text = clean(cell.text)
        wholly_marked = cell.marks == ((0, len(text)),)
        look = (self._underlined if wholly_marked else self._formats)[cell.style]
        if first != last or cell.first != cell.last:
            self._sheet.merge_range(first, cell.first, last, cell.last, "", look)
        if cell.number is not None:
            look = self._number_look(cell.style, cell.number.code)
            self._sheet.write_number(first, cell.first, cell.number.value, look)
        elif not text:
            self._sheet.write_blank(first, cell.first, None, look)
        elif self._write_text(first, cell, text, look):
            raise Problem(
                f"「{text[:20]}…」で始まる文は長すぎて、Excelのセルに入りません（32,767字まで）。",
                f"the text that begins with {text[:20]!r} is too long for a cell (32,767 characters)",
            )

    def _write_text(self, row: int, cell: Cell, text: str, look: Any) -> bool:
        """Write ``text``, its marked parts underlined; whether it was refused."""
        pieces = _pieces(text, cell.marks)
        if len(pieces) > 1:
            looks = (self._formats[cell.style], self._underlined[cell.style])
            runs = [part for marked, piece in pieces for part in (looks[marked], piece)]
            return bool(self._sheet.write_rich_string(row, cell.first, *runs, look))
        if text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # or XlsxWriter takes the text for markup and writes it into the file as it is
        return bool(self._sheet.write_string(row, cell.first, text, look))


def _pieces(text: str, marks: Sequence[tuple[int, int]]) -> list[tuple[bool, str]]:
    """``text`` in parts, each with whether it is marked."""
    ends = [0, *(end for mark in marks for end in mark), len(text)]
    parts = ((bool(number % 2), text[a:b]) for number, (a, b) in enumerate(pairwise(ends)))
    return [part for part in parts if part[1]]


def _cut(text: str, units: int) -> str:
    """``text`` cut to ``units`` of UTF-16, between characters."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def _same_name(name: str) -> str:
    """Excel takes two names for the same whatever their case; full and half width we keep apart too."""
    return unicodedata.normalize("NFKC", name).casefold()
