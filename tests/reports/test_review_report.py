"""The result of a review on paper: each division gets its part, and no finding is lost."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from sosei.checks.review import Review, review
from sosei.plan.model import Plan
from sosei.plan.reading import read_plan
from sosei.reports.content import ReviewReport
from sosei.reports.documents import review_document
from sosei.reports.pdf_review import review_pdf
from sosei.reports.review import UNDIVIDED, review_report
from sosei.reports.xlsx_review import review_xlsx
from sosei.values import Problem, When
from tests.checks.build import city, goal, key, kpi, measure, project, project_kpi
from tests.checks.clean import clean_plan
from tests.reports.read_pdf import sheets
from tests.reports.samples import CONTROL, INJECTION, MISSING, NO_SPACE

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hitoyoshi() -> Plan:
    return read_plan(ROOT / "examples/hitoyoshi/plan.json")


@pytest.fixture(scope="module")
def reviewed(hitoyoshi: Plan) -> Review:
    return review(hitoyoshi, 2024)


def _text(data: bytes) -> str:
    return "".join(sheets(data))


def _messages(report: ReviewReport, division: str) -> list[str]:
    return [p.message for part in report.parts if part.division == division for p in part.points]


def test_every_finding_stands_in_the_part_of_each_of_its_divisions(hitoyoshi: Plan, reviewed: Review) -> None:
    report = review_report(hitoyoshi, reviewed)
    for finding in reviewed.findings:
        names = {name for place in finding.places for name in place.divisions} or {UNDIVIDED}
        for name in names:
            assert finding.message.ja in _messages(report, name)
    shown = {point.message for part in report.parts for point in part.points}
    assert shown == {finding.message.ja for finding in reviewed.findings}


def test_a_division_sees_its_own_places_of_a_long_list() -> None:
    plan = city(
        goal(
            "基本目標1",
            measures=[
                measure(
                    f"施策{n}",
                    "暮らしの充実",
                    kpis=[kpi(f"利用者数その{n}", "10人", "", "11人")],
                    division=("農政課" if n == 3 else "観光課",),
                )
                for n in range(1, 9)
            ],
        )
    )
    report = review_report(plan, review(plan, 2024))
    part = next(part for part in report.parts if part.division == "農政課")
    points = [p for p in part.points if p.elsewhere and "観光課" in p.elsewhere]
    assert points
    assert any(len(point.places) == 1 for point in points)


def test_the_counts_add_up(hitoyoshi: Plan, reviewed: Review) -> None:
    report = review_report(hitoyoshi, reviewed)
    *families, (_, total) = report.counts
    assert [sum(row[at] for _, row in families) for at in range(3)] == list(total)
    assert sum(total) == len(reviewed.findings)


def test_the_pdf_names_every_division_and_figure(hitoyoshi: Plan) -> None:
    text = _text(review_document(hitoyoshi, When(year=2024), "pdf", "a4").data)
    for words in ("点検結果（令和６年度分）", "商工観光課", "15,473人", "15,579人", "直し方"):
        assert words in text


def test_the_workbook_has_a_sheet_a_division_with_room_for_answers(hitoyoshi: Plan) -> None:
    data = review_document(hitoyoshi, When(year=2024), "xlsx", "a4").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[0] == "件数"
    assert "商工観光課" in book.sheetnames
    cells = [cell.value for row in book["商工観光課"].iter_rows() for cell in row if cell.value]
    assert "担当課の回答" in cells
    assert any("15,579人" in str(cell) for cell in cells)


def test_a_plan_without_findings_says_so() -> None:
    plan = clean_plan(9)
    report = review_report(plan, review(plan, 2024))
    assert report.parts == ()
    assert "指摘はありません" in _text(review_pdf(report).data)
    assert openpyxl.load_workbook(io.BytesIO(review_xlsx(report))).sheetnames == ["件数"]


@pytest.mark.parametrize("text", [INJECTION, NO_SPACE, MISSING, CONTROL, "=1+1"])
def test_hostile_words_are_printed_harmless(text: str) -> None:
    plan = city(
        goal(
            "基本目標1",
            name=text,
            measures=[
                measure(
                    "施策①",
                    text,
                    kpis=[kpi(text, "10人", "20人", "15人", of="a")],
                    projects=[project(text, text, kpis=[project_kpi(text, of="a", own="16人")])],
                )
            ],
        )
    )
    assert review_document(plan, None, "pdf", "a4").data.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(review_document(plan, None, "xlsx", "a4").data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_rules_a_plan_switched_off_stand_with_their_reason() -> None:
    waiver = {"key": key(), "code": "TWN01", "reason": "二つの統計をわざと並べている。"}
    plan = city(
        goal(
            "基本目標1",
            measures=[
                measure(
                    "施策①",
                    "地域通貨",
                    kpis=[kpi("利用者数", "10人", "20人", "15人", of="a")],
                    projects=[project(kpis=[project_kpi("利用者数", of="a", own="16人")])],
                )
            ],
        ),
        waivers=[waiver],
    )
    report = review_report(plan, review(plan, 2024))
    assert report.waived == ("TWN01（1件）：二つの統計をわざと並べている。",)
    assert "二つの統計をわざと並べている" in _text(review_pdf(report).data)


def test_a_year_without_values_is_refused(hitoyoshi: Plan) -> None:
    with pytest.raises(Problem, match="R5"):
        review_document(hitoyoshi, When(year=2023), "pdf", "a4")
