"""The documents of the real cities: every figure of the plan on its page, in PDF and in Excel."""

from __future__ import annotations

import io

import openpyxl
import pytest

from sosei.plan import walk
from sosei.plan.indicator import PrintedYear, Role
from sosei.plan.model import Plan, Shown
from sosei.reports.documents import kpi_list_document, progress_document, row_charts
from sosei.reports.kpi_list import kpi_list
from sosei.reports.progress import progress_report
from sosei.values import Problem, When, parse_quantity
from tests.reports.read_pdf import sheets, squeezed, tagged
from tests.reports.test_pdf import indicator_texts, progress_texts, section_texts, tables

R6 = When(year=2024)


def test_hitoyoshi_page_by_page_in_reading_order(plans: dict[str, Plan]) -> None:
    report = progress_report(plans["hitoyoshi"], R6)
    document = progress_document(plans["hitoyoshi"], R6, "pdf", "a3")
    assert document.warnings == ()
    pages = sheets(document.data)
    assert len(pages) == len(report.sections) == 17
    for page, section in zip(pages, report.sections, strict=True):
        for table in (section.goal_targets, section.kpis):
            for text in indicator_texts(table) if table else ():
                assert squeezed(text) in page
        for row in section.projects.rows if section.projects else ():
            for text in (*row.divisions, *(t for kpi in row.kpis for t in (kpi.name, *kpi.actuals))):
                assert squeezed(text) in page
    tree = tagged(document.data)
    assert squeezed(tree.text) == squeezed(*progress_texts(report))
    assert len(tree.all("Table")) == len(tables(report))
    assert all(table.all("TH") for table in tree.all("Table"))


def test_the_report_prints_what_the_plan_holds(plans: dict[str, Plan]) -> None:
    """Not the content records but the plan itself is held against the pages."""
    plan = plans["hitoyoshi"]
    pages = sheets(progress_document(plan, R6, "pdf", "a3").data)
    indicators = walk.by_key(plan)
    held = 0
    for placed, placement in walk.placements(plan):
        page = pages[(placed.path[-1].page or 0) - 1]
        quantities = [v.quantity for v in (placement.baseline, placement.target) if v]
        entry = walk.printed(placement, 2024)
        observation = walk.observed(indicators[placement.indicator], 2024)
        assert observation
        quantities.append(entry.actual if entry and entry.actual else observation.quantity)
        quantities += [entry.rate] if entry and entry.rate else []
        for quantity in quantities:
            assert squeezed(str(quantity)) in page
            held += 1
    assert held == 31 * 2 + 112 + 31  # baselines and targets, R6 values, rates


def test_the_workbook_holds_every_text_of_the_report(plans: dict[str, Plan]) -> None:
    report = progress_report(plans["hitoyoshi"], R6)
    book = openpyxl.load_workbook(io.BytesIO(progress_document(plans["hitoyoshi"], R6, "xlsx", "a3").data))
    assert book.sheetnames == ["基本目標１", "基本目標2", "基本目標3", "基本目標4", "KPI一覧"]
    for number, sheet in enumerate(book.worksheets[:4], start=1):
        cells = {squeezed(str(c.value)) for row in sheet.iter_rows() for c in row if c.value is not None}
        for section in report.sections:
            if section.goal_label[-1] in (str(number), "１２３４"[number - 1]):
                assert {squeezed(t) for t in section_texts(section)} - {""} <= cells | {
                    squeezed(section.goal_label, section.goal_name),
                    squeezed(section.measure_label, section.measure_name),
                    squeezed(section.goal_label),
                    squeezed(section.goal_name),
                    squeezed(section.measure_label),
                    squeezed(section.measure_name),
                }


@pytest.mark.parametrize(("name", "count"), [("hitoyoshi", 31), ("aso", 67)])
def test_the_kpi_lists(plans: dict[str, Plan], name: str, count: int) -> None:
    listed = kpi_list(plans[name], None)
    rows = [row for group in listed.groups for row in group.rows]
    assert len(rows) == count
    document = kpi_list_document(plans[name], None, "pdf", "a4")
    assert document.warnings == ()
    text = squeezed(tagged(document.data).text)
    for row in rows:
        for part in (row.name, row.baseline, row.target, *row.actuals, row.rate, *row.notes):
            assert squeezed(part) in text
    assert len(row_charts(listed)) == count
    assert all(
        title and row.comparison.title in svg
        for row, (svg, title) in zip(
            [r for r in rows if r.comparison], row_charts(listed).values(), strict=True
        )
        if row.comparison
    )


def test_aso_shows_qualifiers_years_and_value_notes(plans: dict[str, Plan]) -> None:
    rows = {row.name: row for group in kpi_list(plans["aso"], None).groups for row in group.rows}
    assert rows["低出生体重児の減少"].target == "6.5%未満"
    assert rows["阿蘇市の市町村内総生産"].baseline_year == "(R 4) (R 6 計算)"
    noted = rows["農業産出額(推計額、畜産を除く)"]
    assert (noted.baseline, noted.baseline_year) == ("65.5億円(※)", "R6（注によりR5）")
    assert len(noted.notes) == 1
    assert noted.notes[0].startswith("(※) ")


def changed_rate(plan: Plan, text: str) -> Plan:
    """The plan with another printed rate for its first numeric target."""
    goal = plan.elements[0]
    (placement,) = [p for p in goal.placements if p.role is Role.NUMERIC_TARGET]
    entry = placement.printed[0].model_copy(update={"rate": parse_quantity(text)})
    assert isinstance(entry, PrintedYear)
    placement = placement.model_copy(update={"printed": (entry,)})
    goal = goal.model_copy(update={"placements": (placement,)})
    return plan.model_copy(update={"elements": (goal, *plan.elements[1:])})


def test_a_difference_is_shown_and_the_printed_rate_stays(plans: dict[str, Plan]) -> None:
    plan = changed_rate(plans["hitoyoshi"], "102%")
    report = progress_report(plan, R6)
    targets = report.sections[0].goal_targets
    assert targets
    assert (targets.rows[0].rate, targets.rows[0].note) == ("102%", "再計算 103%")
    assert report.remarks == ("基本目標１「課税対象所得」の達成率は印字が102%、再計算では103%です。",)
    text = squeezed(tagged(progress_document(plan, R6, "pdf", "a3").data).text)
    assert squeezed(report.remarks[0]) in text
    assert "再計算103%" in text


def test_without_printed_rates_the_computed_ones_stand(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    goal = plan.elements[0]
    placements = tuple(p.model_copy(update={"printed": ()}) for p in goal.placements)
    goal = goal.model_copy(update={"placements": placements})
    report = progress_report(plan.model_copy(update={"elements": (goal, *plan.elements[1:])}), R6)
    targets = report.sections[0].goal_targets
    assert targets
    assert targets.rows[0].rate == "103%"


def test_a_plan_without_measures_still_gives_its_goals(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    bare = plan.model_copy(
        update={"elements": tuple(goal.model_copy(update={"children": ()}) for goal in plan.elements)}
    )
    report = progress_report(bare, R6)
    assert [section.measure_label for section in report.sections] == [""] * 4
    assert len(sheets(progress_document(bare, R6, "pdf", "a3").data)) == 4


def test_a_year_without_values_is_refused(plans: dict[str, Plan]) -> None:
    with pytest.raises(Problem, match="no values for R7"):
        progress_report(plans["hitoyoshi"], When(year=2025))
    with pytest.raises(Problem, match="no values yet"):
        progress_document(plans["aso"], None, "pdf", "a3")


SCHEME = """
name = "目標値に対する割合と評価区分"
from = "R6"
[period]
first = "R6"
last = "R9"
[rounding]
digits_from = "printed"
[class]
on = "rate"
bands = [{ label = "A", from = 100 }, { label = "B", from = 70 }, { label = "C" }]
"""


def test_class_and_readings_stand_where_the_plan_asks_for_them(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"].model_copy(
        update={"shows": (Shown.CLASS, Shown.READINGS), "scheme": "", "schemes": (SCHEME,)}
    )
    listed = {row.name: row for group in kpi_list(plan, R6).groups for row in group.rows}
    days = listed["年次有給休暇の平均取得日数"]
    assert (days.rate, days.grade, days.rate_note) == ("96%", "B", "進捗 0%\nペース 0%")
    gifts = listed["企業版ふるさと納税を活用した寄附件数"]
    assert (gifts.rate, gifts.grade, gifts.rate_note) == ("47%", "C", "期間調整 189%")
    report = progress_report(plan, R6)
    (days_row,) = [r for s in report.sections if s.kpis for r in s.kpis.rows if r.name == days.name]
    assert days_row.note == "評価 B\n進捗 0%\nペース 0%"
    assert "ペース＝進捗÷経過した期間の割合" in report.footer
    text = squeezed(tagged(progress_document(plan, R6, "pdf", "a3").data).text)
    assert "96%評価B進捗0%ペース0%" in text
    assert len(sheets(kpi_list_document(plan, R6, "pdf", "a4").data)) > 1


def test_nothing_is_shown_beside_the_rate_where_the_plan_does_not_ask(plans: dict[str, Plan]) -> None:
    for group in kpi_list(plans["hitoyoshi"], R6).groups:
        for row in group.rows:
            assert (row.grade, row.rate_note) == ("", "")


def test_the_edition_in_force_decides(plans: dict[str, Plan]) -> None:
    """A later edition does not touch an earlier year."""
    later = SCHEME.replace('from = "R6"', 'from = "R7"').replace('"C"', '"D"')
    plan = plans["hitoyoshi"].model_copy(
        update={"shows": (Shown.CLASS,), "scheme": "", "schemes": (later, SCHEME)}
    )
    grades = {row.grade for group in kpi_list(plan, R6).groups for row in group.rows}
    assert grades == {"A", "B", "C", ""}
