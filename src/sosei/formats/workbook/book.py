"""Tables as an Excel workbook: text kept as text, lists to choose from, the first row always in sight."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from sosei.formats.workbook.tables import Head, Table
from sosei.formats.workbook.views import LISTS
from sosei.formats.xlsx_text import clean, wrap

_FONT: Final = "BIZ UDPゴシック"
_SIZE: Final = 10
_LINE: Final = 1.3 * _SIZE
_PADDING: Final = (14.0, 6.0)
_SPARE: Final = (
    0.95  # the share of a column that lines are filled to: screens and printers measure differently
)
_HIGHEST: Final = 400.0  # Excel stops at 409 pt
_EMPTY_ROWS: Final = 500  # rows below the last that have lists to choose from
_WIDEST_KEPT: Final = 520.0  # points of columns that may stay in sight
_LEAST: Final = 90.0  # points of a column that serves several tables
_A3, _A4 = 8, 9
_A4_WIDTH: Final = 900.0  # points of columns that are still read on A4
_INCH: Final = 25.4
_MARGINS: Final = {"left": 12 / _INCH, "right": 12 / _INCH, "top": 15 / _INCH, "bottom": 15 / _INCH}
_FRAME: Final = {"border": 1, "border_color": "#B3B3B3"}
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "head": {"bold": True, "bg_color": "#E8F1FE", "align": "center", "valign": "vcenter", **_FRAME},
    "text": dict(_FRAME),
    "figure": {"num_format": "@", "align": "right", "indent": 1, **_FRAME},
    "key": {"font_color": "#767676", "bg_color": "#F2F2F2", "text_wrap": False, "num_format": "@"},
    "title": {"bold": True, "font_size": 14, "valign": "vcenter"},
    "section": {"bold": True, "font_size": 11, "bg_color": "#E8F1FE", "valign": "vcenter"},
    "line": {"valign": "vcenter"},
    "label": {"bold": True, "bg_color": "#F2F2F2", **_FRAME},
}


class Book:
    """A workbook in memory; the same contents give the same bytes."""

    def __init__(self, title: str, author: str) -> None:
        self._bytes = io.BytesIO()
        # Arial 10 is on every system or has a stand-in of the same widths, in which columns are measured.
        normal = {"font_name": "Arial", "font_size": 10, "font_scheme": False}
        self._book = xlsxwriter.Workbook(
            self._bytes,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": normal,
            },
        )
        self._book.set_properties(
            {"title": clean(title)[:255], "author": clean(author)[:255], "created": datetime(2000, 1, 1)}
        )
        base = {
            "font_name": _FONT,
            "font_family": 3,
            "font_charset": 128,
            "font_size": _SIZE,
            "text_wrap": True,
            "valign": "top",
        }
        self._looks = {name: self._book.add_format({**base, **look}) for name, look in _LOOKS.items()}
        self._lists: dict[tuple[str, ...], str] = {}

    def lines(self, name: str, lines: Iterable[tuple[str, str]], width: float = 510) -> None:
        """A sheet of text, each line with its look (title, section, line)."""
        sheet = self._sheet(name)
        _set_width(sheet, 0, width, self._looks["line"])
        row = 0
        for look, text in lines:
            size = _LOOKS[look].get("font_size", _SIZE)
            count = len(wrap(clean(text), (width - _PADDING[0]) * _SPARE / size))
            sheet.set_row(row, _pixels(count * size * 1.35 + _PADDING[1]))
            self._write(sheet, row, 0, text, self._looks[look])
            row += 1
        self._page(sheet, _A4, landscape=False)
        sheet.hide_gridlines(2)
        sheet.print_area(0, 0, row - 1, 0)

    def table(self, table: Table, *, filtered: bool = True) -> None:
        """A sheet with a row each record."""
        sheet = self._sheet(table.name)
        heads = table.heads
        self._head(sheet, 0, heads)
        looks = [self._looks["key" if h.hidden else "figure" if h.figure else "text"] for h in heads]
        for column, head in enumerate(heads):
            look = self._looks["key"] if head.hidden else None
            _set_width(sheet, column, head.width, look, hidden=head.hidden)
        for number, row in enumerate(table.rows, start=1):
            self._row(sheet, number, heads, row, looks)
        last = len(table.rows) + _EMPTY_ROWS
        self._choices(sheet, heads, 1, last)
        self._no_warnings(sheet, last, len(heads))
        if table.rows and filtered:
            sheet.autofilter(0, 0, len(table.rows), len(heads) - 1)
        kept = table.kept if sum(h.width for h in heads[: table.kept] if not h.hidden) <= _WIDEST_KEPT else 0
        sheet.freeze_panes(1, kept)
        wide = sum(head.width for head in heads if not head.hidden)
        self._page(sheet, _A4 if wide <= _A4_WIDTH else _A3, landscape=True)
        sheet.repeat_rows(0)

    def stack(self, name: str, parts: Sequence[tuple[str, Table]]) -> None:
        """A sheet of several tables one below the other, each with a line over it; for reading only."""
        sheet = self._sheet(name)
        # One table's columns serve all: the widest table comes first.
        widths = [max(head.width, _LEAST) for head in parts[0][1].heads if not head.hidden]
        for column, width in enumerate(widths):
            _set_width(sheet, column, width)
        row = 0
        for caption, table in parts:
            kept = [column for column, head in enumerate(table.heads) if not head.hidden]
            heads = [
                Head(table.heads[c].heading, widths[n], (), table.heads[c].figure) for n, c in enumerate(kept)
            ]
            sheet.set_row(row, 24)
            # The caption runs on over the cells beside it, so it must not break inside the first column.
            sheet.write_string(row, 0, clean(caption), self._unwrapped("title" if row == 0 else "caption"))
            self._head(sheet, row + 1, heads)
            looks = [self._looks["figure" if head.figure else "text"] for head in heads]
            for number, cells in enumerate(table.rows, start=row + 2):
                self._row(sheet, number, heads, [cells[c] for c in kept], looks)
            row += len(table.rows) + 3
        self._no_warnings(sheet, row, len(widths))
        self._page(sheet, _A3, landscape=True)

    def close(self) -> bytes:
        """The file."""
        sheet = self._book.add_worksheet(LISTS)
        for column, words in enumerate(self._lists):
            for row, word in enumerate(words):
                self._write(sheet, row, column, word, self._looks["line"])
        sheet.hide()
        self._book.close()
        return self._bytes.getvalue()

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_zoom(90)
        return sheet

    def _unwrapped(self, look: str) -> Any:
        name = f"{look} unwrapped"
        if name not in self._looks:
            bold = {"bold": True, "font_size": 14 if look == "title" else 11}
            self._looks[name] = self._book.add_format({"font_name": _FONT, "valign": "vcenter", **bold})
        return self._looks[name]

    def _head(self, sheet: Any, row: int, heads: Sequence[Head]) -> None:
        seen = [head for head in heads if not head.hidden]
        sheet.set_row(row, _height([head.heading for head in seen], [head.width for head in seen], bold=True))
        for column, head in enumerate(heads):
            self._write(sheet, row, column, head.heading, self._looks["key" if head.hidden else "head"])

    def _row(
        self, sheet: Any, row: int, heads: Sequence[Head], texts: Sequence[str], looks: Sequence[Any]
    ) -> None:
        seen = [(text, head.width) for text, head in zip(texts, heads, strict=True) if not head.hidden]
        sheet.set_row(row, _height([text for text, _ in seen], [width for _, width in seen]))
        for column, (text, look) in enumerate(zip(texts, looks, strict=True)):
            self._write(sheet, row, column, text, look)

    def _write(self, sheet: Any, row: int, column: int, text: str, look: Any) -> None:
        text = clean(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # or XlsxWriter takes the text for markup and writes it into the file as it is
        if text:
            sheet.write_string(row, column, text, look)
        else:
            sheet.write_blank(row, column, None, look)

    def _choices(self, sheet: Any, heads: Sequence[Head], first: int, last: int) -> None:
        for column, head in enumerate(heads):
            if head.choices:
                sheet.data_validation(
                    first,
                    column,
                    last,
                    column,
                    {
                        "validate": "list",
                        "source": self._list(head.choices),
                        "error_type": "warning",
                        "error_title": head.heading[:32],
                        "error_message": "一覧にない言葉です。読み込むときに確かめられます。",
                    },
                )

    def _list(self, words: tuple[str, ...]) -> str:
        if words not in self._lists:
            column = xl_col_to_name(len(self._lists))
            self._lists[words] = f"='{LISTS}'!${column}$1:${column}${len(words)}"
        return self._lists[words]

    def _no_warnings(self, sheet: Any, rows: int, columns: int) -> None:
        """No green corners at figures kept as text."""
        everything = f"A1:{xl_rowcol_to_cell(rows, columns)}"
        sheet.ignore_errors({"number_stored_as_text": everything, "two_digit_text_year": everything})

    def _page(self, sheet: Any, paper: int, *, landscape: bool) -> None:
        sheet.set_paper(paper)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(1, 0)
        font = f'&"{_FONT},Regular"&9'
        sheet.set_header(f"&L{font}&A", {"margin": 6 / _INCH})
        sheet.set_footer(f"&C{font}&P / &N", {"margin": 6 / _INCH})


def _set_width(sheet: Any, column: int, points: float, look: Any = None, *, hidden: bool = False) -> None:
    sheet.set_column_pixels(column, column, round(points / 0.75), look, {"hidden": hidden})


def _height(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    """The height that the tallest of the texts needs in its column."""
    size = _SIZE * (1.05 if bold else 1.0)
    lines = [
        len(wrap(clean(text), max(width - _PADDING[0], size) * _SPARE / size))
        for text, width in zip(texts, widths, strict=True)
        if text
    ]
    return _pixels(max(lines, default=1) * _LINE + _PADDING[1])


def _pixels(points: float) -> float:
    """``points`` as Excel allows them: whole pixels, and not higher than it takes."""
    return min(_HIGHEST, math.ceil(points / 0.75) * 0.75)
