"""The 新旧対照表 as a workbook of one sheet, the changed parts of a text underlined."""

from __future__ import annotations

from sosei.formats.xlsx_text import clean_part
from sosei.reports.comparison_content import Comparison, ComparisonGroup, ComparisonRow, Runs
from sosei.reports.xlsx_layout import Block, Cell, Layout, Style, block
from sosei.reports.xlsx_sheet import CONTINUED, PAGE_WIDTH, Book, Sheet

_HEADINGS = ("番号", "箇所", "項目", "旧", "新", "理由")
_WEIGHTS = (5.0, 24.0, 13.0, 46.0, 46.0, 26.0)


def comparison_xlsx(table: Comparison) -> bytes:
    """The 新旧対照表: every text as it is to appear, with the bands of goal and measure."""
    book = Book(table.title, table.municipality)
    widths = tuple(weight * PAGE_WIDTH / sum(_WEIGHTS) for weight in _WEIGHTS)
    sheet = book.sheet(table.title, Layout(widths))
    headings = block(*(Cell(at, at, text, Style.HEADING) for at, text in enumerate(_HEADINGS)))
    facts = [("計画", table.subtitle), ("旧", table.old_name), ("新", table.new_name), ("件数", table.count)]
    lines = [sheet.wide(f"{label}：{text}", Style.SMALL) for label, text in facts if text]
    sheet.top([sheet.title(table.title, table.municipality), *lines, *([headings] if table.groups else [])])
    goal = ""
    for group in table.groups:
        _put_group(sheet, group, new_goal=group.goal != goal)
        goal = group.goal
    for text in (table.nothing, table.closing, table.footer):
        if text:
            sheet.gap()
            sheet.put([sheet.wide(text, Style.SMALL)])
    sheet.finish()
    return book.close()


def _put_group(sheet: Sheet, group: ComparisonGroup, *, new_goal: bool) -> None:
    goal = [sheet.wide(group.goal, Style.GOAL)]
    above = [sheet.wide(f"{group.goal}{CONTINUED}", Style.GOAL)]
    measure = [sheet.wide(group.measure, Style.MEASURE)] if group.measure else []
    again = [*above, *([sheet.wide(f"{group.measure}{CONTINUED}", Style.MEASURE)] if group.measure else [])]
    rows = [_row(row) for row in group.rows]
    if new_goal:
        sheet.put(rows, lead=[*goal, *measure], again=again)
    else:
        sheet.put(rows, lead=measure, again=again, over=above)


def _row(row: ComparisonRow) -> Block:
    return block(
        Cell(0, 0, str(row.number), Style.FIGURE),
        Cell(1, 1, row.place, Style.TEXT),
        Cell(2, 2, row.item, Style.TEXT),
        _marked(3, row.old),
        _marked(4, row.new),
        Cell(5, 5, row.reason, Style.TEXT),
    )


def _marked(column: int, runs: Runs) -> Cell:
    """A cell with its changed runs marked; cleaned run by run, so that the marks stay where they belong."""
    text = ""
    marks = []
    for run in runs:
        part = clean_part(run.text)
        part = part if text else part.lstrip("\n")
        if run.changed and part:
            marks.append((len(text), len(text) + len(part)))
        text += part
    text = text.rstrip("\n")
    ends = ((first, min(last, len(text))) for first, last in marks)
    return Cell(column, column, text, Style.TEXT, tuple((a, b) for a, b in ends if a < b))
