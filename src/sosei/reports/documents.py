"""A plan as a finished document: the one door to PDF and Excel for command line and application.

Each writer is imported where it is used: a PDF needs no XlsxWriter, a workbook no Typst.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from sosei.plan.model import Plan
from sosei.reports.charts import bullet, bullet_key, describe
from sosei.reports.content import KpiList
from sosei.reports.glyphs import MissingGlyph
from sosei.reports.kpi_list import kpi_list
from sosei.reports.progress import latest_year, progress_report
from sosei.reports.public_comment import Consultation, public_comment
from sosei.values import When

if TYPE_CHECKING:
    from sosei.reports.population.goals import Goal
    from sosei.reports.population.outlook import Outlook
    from sosei.reports.typesetting import Pdf

Paper = Literal["a3", "a4"]
Form = Literal["pdf", "xlsx"]
Told = Callable[[], None]
"""Called when a document's content is there and the writing of the file begins."""


def _nobody() -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's bytes, and sentences its maker should read: characters that could not be printed."""

    data: bytes
    warnings: tuple[tuple[str, str], ...] = ()  # Japanese, English


def progress_document(plan: Plan, when: When | None, form: str, paper: str, told: Told = _nobody) -> Document:
    """The 事業進捗報告 of ``plan`` for the fiscal year ``when`` (None: the latest with values).

    ``form`` is pdf or xlsx, ``paper`` a3 or a4 (PDF only; the workbook prints on A3).  Raises
    Problem where there are no values for the year or a font is missing.
    """
    when = when or latest_year(plan)
    report = progress_report(plan, when)
    told()
    if form == "xlsx":
        from sosei.reports.xlsx import progress_xlsx

        return Document(data=progress_xlsx(report, kpi_list(plan, when)))
    from sosei.reports.pdf import progress_pdf

    return _document(progress_pdf(report, paper=cast(Paper, paper)))


def kpi_list_document(plan: Plan, when: When | None, form: str, paper: str, told: Told = _nobody) -> Document:
    """The KPI一覧 of ``plan`` with the values up to ``when`` (None: all years with values)."""
    listed = kpi_list(plan, when)
    told()
    if form == "xlsx":
        from sosei.reports.xlsx import kpi_list_xlsx

        return Document(data=kpi_list_xlsx(listed))
    from sosei.reports.pdf import kpi_list_pdf

    charts = row_charts(listed)
    key = (bullet_key("key"), "目標と実績の図の凡例") if charts else None
    return _document(kpi_list_pdf(listed, paper=cast(Paper, paper), charts=charts, chart_key=key))


def review_document(plan: Plan, when: When | None, form: str, paper: str, told: Told = _nobody) -> Document:
    """The 点検結果 of ``plan`` for the fiscal year ``when`` (None: the latest with values), by division.

    Raises Problem where the plan has values but none for the year.
    """
    from sosei.checks.review import review, review_year
    from sosei.reports.review import review_report

    report = review_report(plan, review(plan, review_year(plan, when)))
    told()
    if form == "xlsx":
        from sosei.reports.xlsx_review import review_xlsx

        return Document(data=review_xlsx(report))
    from sosei.reports.pdf_review import review_pdf

    return _document(review_pdf(report, paper=cast(Paper, paper)))


def comparison_document(  # noqa: PLR0913 - two editions, their names, and the form of the file
    old: Plan,
    new: Plan,
    form: str,
    paper: str,
    *,
    old_name: str,
    new_name: str,
    reasons: Mapping[tuple[str, str], str],
    told: Told = _nobody,
) -> Document:
    """The 新旧対照表 of two editions of a plan; ``reasons`` by (key of the record, field), see ``comparison``.

    Raises Problem where the two are different plans.
    """
    from sosei.reports.comparison import comparison

    table = comparison(old, new, old_name=old_name, new_name=new_name, reasons=reasons)
    told()
    if form == "xlsx":
        from sosei.reports.xlsx_comparison import comparison_xlsx

        return Document(data=comparison_xlsx(table))
    from sosei.reports.pdf_comparison import comparison_pdf

    return _document(comparison_pdf(table, paper=cast(Paper, paper)))


def public_comment_document(asked: Consultation, form: str, paper: str, told: Told = _nobody) -> Document:
    """意見の概要と市の考え方 of a public comment, also of one without opinions."""
    table = public_comment(asked)
    told()
    if form == "xlsx":
        from sosei.reports.xlsx_public_comment import public_comment_xlsx

        return Document(data=public_comment_xlsx(table))
    from sosei.reports.pdf_public_comment import public_comment_pdf

    return _document(public_comment_pdf(table, paper=cast(Paper, paper)))


def population_chapter_document(
    of: Outlook, goal: Goal | None = None, told: Told = _nobody, *, form: str = "pdf"
) -> Document:
    """The chapter 人口の現状と将来推計 as PDF, or (``form`` zip) as Markdown with its pictures; ``goal`` as in ``chapter``.

    Raises Problem where a font is missing.
    """
    from sosei.reports.population.chapter import chapter

    made = chapter(of, goal)
    told()
    if form == "zip":
        from sosei.reports.population.archive import chapter_zip

        return Document(data=chapter_zip(made))
    from sosei.reports.population.pdf import chapter_pdf

    return _document(chapter_pdf(made))


def population_tables_document(of: Outlook, goal: Goal | None = None, told: Told = _nobody) -> Document:
    """Scenarios, age groups, components, target and published projections as a workbook, a sheet each."""
    from sosei.reports.population.chapter import kept_goal
    from sosei.reports.population.goals import goal_table
    from sosei.reports.population.table_files import tables_xlsx
    from sosei.reports.population.tables import component_table, editions_table, group_table, scenario_table

    tables = [make(of, "ja") for make in (scenario_table, group_table, component_table)]
    tables.append(goal_table(of, goal or kept_goal(of)))
    if (editions := editions_table(of)) is not None:
        tables.append(editions)
    told()
    return Document(data=tables_xlsx("人口の表", of.known.name, tables))


def row_charts(listed: KpiList) -> dict[int, tuple[str, str]]:
    """A bullet chart with its alternative text for every row with figures, by running row number from 1."""
    rows = [row for group in listed.groups for row in group.rows]
    return {
        number: (bullet(row.comparison, f"k{number}"), describe(row.comparison))
        for number, row in enumerate(rows, start=1)
        if row.comparison is not None
    }


def _document(pdf: Pdf) -> Document:
    return Document(data=pdf.data, warnings=tuple(_sentence(missing) for missing in pdf.warnings))


def _sentence(missing: MissingGlyph) -> tuple[str, str]:
    shown = f"「{missing.shown}」" if missing.shown else "空"
    return (
        f"{missing.place}の文字「{missing.character}」は印字できないため{shown}にしました",
        f'{missing.place}: the character "{missing.character}" cannot be printed; "{missing.shown}" stands for it',
    )
