"""The sheet KPI一覧: every indicator of goals and measures on one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sosei.reports.content import KpiList, KpiListGroup, KpiListRow
from sosei.reports.xlsx_layout import Cell, Layout, Style, block
from sosei.reports.xlsx_sheet import CONTINUED, PAGE_WIDTH, Book, Sheet


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading, its width beside the others', what stands in it."""

    heading: str
    weight: float
    style: Style
    text: Callable[[KpiListRow], str]


def put_kpi_list(book: Book, kpi_list: KpiList, label: str = "") -> None:
    """Add the sheet KPI一覧 to ``book``."""
    columns = _columns(kpi_list)
    sheet = book.sheet("KPI一覧", Layout(_widths(columns)), label)
    headings = block(*(Cell(n, n, c.heading, Style.HEADING) for n, c in enumerate(columns)))
    subtitle = [sheet.wide(kpi_list.subtitle, Style.SMALL)] if kpi_list.subtitle else []
    sheet.top([sheet.title(kpi_list.title, kpi_list.municipality), *subtitle, headings])
    goal = ""
    for group in kpi_list.groups:
        _put_group(sheet, columns, group, new_goal=group.goal != goal)
        goal = group.goal
    _put_notes(sheet, kpi_list)
    sheet.finish()


def _put_group(sheet: Sheet, columns: list[_Column], group: KpiListGroup, *, new_goal: bool) -> None:
    goal = [sheet.wide(group.goal, Style.GOAL)] if group.goal else []
    measure = [sheet.wide(group.measure, Style.MEASURE)] if group.measure else []
    above = [sheet.wide(f"{group.goal}{CONTINUED}", Style.GOAL)] if group.goal else []
    again = [*above, *([sheet.wide(f"{group.measure}{CONTINUED}", Style.MEASURE)] if group.measure else [])]
    rows = [block(*(Cell(n, n, c.text(row), c.style) for n, c in enumerate(columns))) for row in group.rows]
    if new_goal:
        sheet.put(rows, lead=[*goal, *measure], again=again)
    else:
        sheet.put(rows, lead=measure, again=again, over=above)


def _put_notes(sheet: Sheet, kpi_list: KpiList) -> None:
    """What the notes say, each once, with the names of the indicators that they belong to; then the source."""
    notes: dict[str, list[str]] = {}
    for row in (row for group in kpi_list.groups for row in group.rows):
        for note in row.notes:
            names = notes.setdefault(note, [])
            names.extend([] if row.name in names else [row.name])
    lines = [f"{'、'.join(names)}：{note}" for note, names in notes.items()]
    if lines:
        sheet.gap()
        sheet.put([sheet.wide(line, Style.SMALL) for line in lines], lead=[sheet.wide("注", Style.CAPTION)])
    if kpi_list.footer:
        sheet.gap()
        sheet.put([sheet.wide(kpi_list.footer, Style.SMALL)])


def _columns(kpi_list: KpiList) -> list[_Column]:
    """The columns that have a text in any row, and always the name."""
    years = max([len(kpi_list.years), *(len(r.actuals) for g in kpi_list.groups for r in g.rows)])
    columns = [
        _Column("区分", 17, Style.FIGURE, lambda row: row.role),
        _Column("指標名", 92, Style.TEXT, lambda row: row.name),
        _Column("基準値", 34, Style.FIGURE, lambda row: row.baseline),
        _Column("年", 20, Style.FIGURE, lambda row: row.baseline_year),
        _Column("目標値", 34, Style.FIGURE, lambda row: row.target),
        _Column("年", 20, Style.FIGURE, lambda row: row.target_year),
        *(_year_column(kpi_list.years, number) for number in range(years)),
        _Column("達成率", 22, Style.FIGURE, lambda row: "\n".join(t for t in (row.rate, row.rate_note) if t)),
        _Column("評価", 22, Style.FIGURE, lambda row: row.grade),
        _Column("担当課", 38, Style.FIGURE, lambda row: row.division),
    ]
    rows = [row for group in kpi_list.groups for row in group.rows]
    return [column for column in columns if column.heading == "指標名" or any(map(column.text, rows))]


def _year_column(years: tuple[str, ...], number: int) -> _Column:
    heading = years[number] if number < len(years) else ""
    return _Column(
        heading, 30, Style.FIGURE, lambda row: row.actuals[number] if number < len(row.actuals) else ""
    )


def _widths(columns: list[_Column]) -> tuple[float, ...]:
    """The columns in points; a few columns do not fill the page, very many make it print smaller."""
    weights = [column.weight for column in columns]
    unit = min(3.6, max(2.0, PAGE_WIDTH / sum(weights)))
    return tuple(weight * unit for weight in weights)
