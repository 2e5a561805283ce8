"""The sheet of one goal of the 事業進捗報告: its measures' tables on one grid of columns.

The year columns of all tables stand under each other: 指標名 over 取組内容, 基準値 and 目標値
over the projects' KPI, 達成率 over the left part of 評価・課題.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sosei.reports.content import (
    IndicatorRow,
    IndicatorTable,
    MeasureSection,
    ProgressReport,
    ProjectKpi,
    ProjectRow,
    ProjectTable,
)
from sosei.reports.xlsx_layout import Block, Cell, Layout, Line, Style, block
from sosei.reports.xlsx_sheet import CONTINUED, PAGE_WIDTH, Book
from sosei.values import Problem

_VALUE, _RATE, _DIVISION = 80.0, 58.0, 92.0
_LEAST_TEXT = 200.0
_BASELINE, _TARGET, _FIRST_YEAR = 1, 2, 3


class ProgressSheet:
    """One sheet: the sections of one goal."""

    def __init__(self, book: Book, report: ProgressReport, sections: Sequence[MeasureSection]) -> None:
        self.report = report
        self.sections = sections
        self.years = max([report.years, *map(len, _all_actuals(report))])
        self.rate = _FIRST_YEAR + self.years
        first = sections[0] if sections else None
        self.goal = _joined(first.goal_label, first.goal_name) if first else ""
        name = (first.goal_label or first.goal_name) if first else report.title
        self.sheet = book.sheet(name, Layout(_widths(self.years)), report.label)

    def fill(self, *, last: bool) -> None:
        """Write the whole sheet; ``last``: the report's remarks stand at its end."""
        report, sheet = self.report, self.sheet
        sheet.top(
            [
                sheet.title(report.title, report.municipality),
                *([sheet.wide(self.goal, Style.GOAL)] if self.goal else []),
            ]
        )
        for number, section in enumerate(self.sections):
            if number:
                sheet.new_page()
            self._section(section)
        if last and report.remarks:
            sheet.gap()
            remarks = [sheet.wide(remark, Style.SMALL) for remark in report.remarks]
            sheet.put(remarks, lead=[sheet.wide("備考", Style.CAPTION)])
        if report.footer:
            sheet.gap()
            sheet.put([sheet.wide(report.footer, Style.SMALL)])
        sheet.finish()

    def _section(self, section: MeasureSection) -> None:
        sheet = self.sheet
        measure = _joined(section.measure_label, section.measure_name)
        lead = [sheet.wide(measure, Style.MEASURE)] if measure else []
        again = [sheet.wide(f"{measure}{CONTINUED}", Style.MEASURE)] if measure else []
        over: list[Block] = []
        if section.goal_targets:
            lead.append(sheet.wide("数値目標", Style.CAPTION))
        for table in (section.goal_targets, section.kpis, section.projects):
            if table is None:
                continue
            sheet.gap()
            heads = [self._headings(table)]
            sheet.put(self._rows(table), lead=[*lead, *heads], again=[*again, *heads], over=over)
            lead, over = [], again
        sheet.put(lead)

    def _headings(self, table: IndicatorTable | ProjectTable) -> Block:
        spans = self._project_spans() if isinstance(table, ProjectTable) else self._indicator_spans()
        if len(table.headings) != len(spans):
            raise Problem(
                f"表の見出しが{len(table.headings)}個ありますが、{len(spans)}個でなければなりません。",
                f"a table has {len(table.headings)} headings where {len(spans)} are needed",
            )
        return block(
            *(
                Cell(first, last, text, Style.HEADING)
                for (first, last), text in zip(spans, table.headings, strict=True)
            )
        )

    def _rows(self, table: IndicatorTable | ProjectTable) -> list[Block]:
        if isinstance(table, ProjectTable):
            return [self._project(row) for row in table.rows]
        return [self._indicator(row) for row in table.rows]

    def _indicator_spans(self) -> list[tuple[int, int]]:
        return [(column, column) for column in range(self.rate + 1)]

    def _project_spans(self) -> list[tuple[int, int]]:
        years = [(column, column) for column in range(_FIRST_YEAR, self.rate)]
        evaluation, division = self.rate, self.sheet.last
        return [(0, 0), (_BASELINE, _TARGET), *years, (evaluation, division - 1), (division, division)]

    def _indicator(self, row: IndicatorRow) -> Block:
        cells = [
            Cell(0, 0, row.name, Style.TEXT),
            Cell(_BASELINE, _BASELINE, row.baseline, Style.FIGURE),
            Cell(_TARGET, _TARGET, row.target, Style.FIGURE),
            *self._years(row.actuals),
            Cell(self.rate, self.rate, row.rate, Style.FIGURE),
        ]
        if row.note:
            cells.append(Cell(self.rate + 1, self.sheet.last, row.note, Style.SMALL))
        return block(*cells)

    def _project(self, row: ProjectRow) -> Block:
        division = self.sheet.last
        return Block(
            lines=tuple(self._kpi(kpi) for kpi in row.kpis or (ProjectKpi(name=""),)),
            beside=(
                Cell(0, 0, row.done, Style.TEXT),
                Cell(self.rate, division - 1, row.evaluation, Style.TEXT),
                Cell(division, division, "\n".join(row.divisions), Style.FIGURE),
            ),
        )

    def _kpi(self, kpi: ProjectKpi) -> Line:
        return (Cell(_BASELINE, _TARGET, kpi.name, Style.TEXT), *self._years(kpi.actuals))

    def _years(self, actuals: Sequence[str]) -> list[Cell]:
        texts = [*actuals, *[""] * (self.years - len(actuals))]
        return [
            Cell(column, column, text, Style.FIGURE) for column, text in enumerate(texts, start=_FIRST_YEAR)
        ]


def _widths(years: int) -> tuple[float, ...]:
    """The columns in points: name, baseline, target, years, rate, rest of the evaluation, division."""
    year = max(52.0, min(80.0, 340.0 / max(years, 1)))
    left = PAGE_WIDTH - 2 * _VALUE - years * year - _DIVISION
    text = max(_LEAST_TEXT, left / 2)
    return (text, _VALUE, _VALUE, *[year] * years, _RATE, text - _RATE, _DIVISION)


def _all_actuals(report: ProgressReport) -> Iterable[tuple[str, ...]]:
    for section in report.sections:
        for table in (section.goal_targets, section.kpis):
            yield from (row.actuals for row in table.rows) if table else ()
        for project in section.projects.rows if section.projects else ():
            yield from (kpi.actuals for kpi in project.kpis)


def _joined(label: str, name: str) -> str:
    return "　".join(part for part in (label, name) if part)
