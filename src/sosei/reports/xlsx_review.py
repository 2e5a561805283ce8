"""The result of a review as a workbook: counts, then a sheet for each division to answer on."""

from __future__ import annotations

from sosei.reports.content import ReviewPart, ReviewPoint, ReviewReport
from sosei.reports.xlsx_layout import Block, Cell, Layout, Style, block
from sosei.reports.xlsx_sheet import PAGE_WIDTH, Book, Sheet

_WEIGHTS = (6.0, 8.0, 8.0, 40.0, 42.0, 29.0, 29.0, 30.0)
_HEADINGS = ("番号", "区分", "規則", "指摘", "場所", "理由", "直し方", "担当課の回答")
_FEW = 8  # places that stand one under the other; more of them run on
_COUNTS = (40.0, 12.0, 12.0, 12.0, 24.0)


def review_xlsx(report: ReviewReport) -> bytes:
    """The 点検結果: the sheet 件数, and for each division a sheet with room for its answer."""
    book = Book(report.title, report.municipality)
    _put_counts(book, report)
    for part in report.parts:
        _put_part(book, report, part)
    return book.close()


def _put_counts(book: Book, report: ReviewReport) -> None:
    sheet = book.sheet("件数", Layout(_scaled(_COUNTS)))
    sheet.top([sheet.title(report.title, report.municipality), sheet.wide(report.subtitle, Style.SMALL)])
    sheet.gap()
    sheet.put([_row(("分類", *report.severities), Style.HEADING)])
    sheet.put([_row((name, *map(str, numbers)), Style.FIGURE) for name, numbers in report.counts])
    _put_lines(sheet, "計画で外した規則", report.waived)
    _put_lines(sheet, "", (report.footer,) if report.footer else ())
    sheet.finish()


def _put_part(book: Book, report: ReviewReport, part: ReviewPart) -> None:
    sheet = book.sheet(part.division, Layout(_scaled(_WEIGHTS)))
    head = f"{part.division}（{len(part.points)}件）"
    sheet.top(
        [
            sheet.title(report.title, report.municipality),
            sheet.wide(head, Style.GOAL),
            _row(_HEADINGS, Style.HEADING),
        ]
    )
    sheet.put([_point(number, point) for number, point in enumerate(part.points, 1)])
    sheet.finish()


def _point(number: int, point: ReviewPoint) -> Block:
    places = "\n".join(
        [*point.places, *([f"ほかに関係する課：{point.elsewhere}"] if point.elsewhere else [])]
    )
    texts = (str(number), point.severity, point.code, point.message, places, point.why, point.mend, "")
    return block(
        *(Cell(at, at, text, Style.FIGURE if at < 3 else Style.TEXT) for at, text in enumerate(texts))
    )


def _row(texts: tuple[str, ...], style: Style) -> Block:
    return block(*(Cell(at, at, text, style) for at, text in enumerate(texts)))


def _put_lines(sheet: Sheet, caption: str, lines: tuple[str, ...]) -> None:
    if lines:
        sheet.gap()
        lead = [sheet.wide(caption, Style.CAPTION)] if caption else []
        sheet.put([sheet.wide(line, Style.SMALL) for line in lines], lead=lead)


def _scaled(weights: tuple[float, ...]) -> tuple[float, ...]:
    """The columns in points, together as wide as the page."""
    return tuple(weight * PAGE_WIDTH / sum(weights) for weight in weights)
