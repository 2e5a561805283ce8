"""The 公表様式 as Excel: the progress report and the KPI list, laid out to be read and printed."""

from __future__ import annotations

from itertools import groupby

from sosei.reports.content import KpiList, MeasureSection, ProgressReport
from sosei.reports.xlsx_kpi_list import put_kpi_list
from sosei.reports.xlsx_progress import ProgressSheet
from sosei.reports.xlsx_sheet import Book


def progress_xlsx(report: ProgressReport, kpi_list: KpiList | None = None) -> bytes:
    """The 事業進捗報告 as a workbook: a sheet for each goal, a page or more for each measure, and the KPI list.

    Every figure is a text, exactly as it is to appear.  Raises Problem where a table's headings
    do not fit its columns.
    """
    book = Book(report.title, report.municipality)
    goals = [list(sections) for _, sections in groupby(report.sections, key=_goal)] or [[]]
    for number, sections in enumerate(goals, start=1):
        ProgressSheet(book, report, sections).fill(last=number == len(goals))
    if kpi_list is not None:
        put_kpi_list(book, kpi_list, report.label)
    return book.close()


def kpi_list_xlsx(kpi_list: KpiList) -> bytes:
    """The KPI一覧 as a workbook of one sheet; columns without any value are left out."""
    book = Book(kpi_list.title, kpi_list.municipality)
    put_kpi_list(book, kpi_list)
    return book.close()


def _goal(section: MeasureSection) -> tuple[str, str]:
    return section.goal_label, section.goal_name
