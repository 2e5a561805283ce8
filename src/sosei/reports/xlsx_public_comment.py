"""意見の概要と市の考え方 as a workbook of one sheet."""

from __future__ import annotations

from sosei.formats.xlsx_text import clean
from sosei.reports.public_comment import OpinionRow, PublicCommentTable
from sosei.reports.xlsx_layout import Block, Cell, Layout, Style, block
from sosei.reports.xlsx_sheet import PAGE_WIDTH, Book

_WEIGHTS = (5.0, 26.0, 52.0, 47.0, 15.0, 25.0)


def public_comment_xlsx(table: PublicCommentTable) -> bytes:
    """The facts, then a row for each opinion; the changed words have a column of their own."""
    book = Book(table.title, table.municipality)
    widths = tuple(weight * PAGE_WIDTH / sum(_WEIGHTS) for weight in _WEIGHTS)
    sheet = book.sheet(table.title, Layout(widths))
    headings = block(
        *(Cell(at, at, text, Style.HEADING) for at, text in enumerate((*table.headings, "修正の内容")))
    )
    facts = [sheet.wide(f"{label}：{text}", Style.SMALL) for label, text in table.facts]
    sheet.put([sheet.title(table.title, table.municipality), *facts])
    sheet.gap()
    if table.rows:
        sheet.put([_row(row) for row in table.rows], lead=[headings], again=[headings])
    else:
        sheet.put([sheet.wide(table.nothing, Style.TEXT)])
    if table.footer:
        sheet.gap()
        sheet.put([sheet.wide(table.footer, Style.SMALL)])
    sheet.finish()
    return book.close()


def _row(row: OpinionRow) -> Block:
    summary = "\n".join(text for text in (clean(row.summary), row.same) if text)
    return block(
        Cell(0, 0, row.number, Style.FIGURE),
        Cell(1, 1, row.place, Style.TEXT),
        Cell(2, 2, summary, Style.TEXT),
        Cell(3, 3, row.answer, Style.TEXT),
        Cell(4, 4, row.outcome, Style.TEXT),
        Cell(5, 5, row.change, Style.TEXT),
    )
