"""The Excel output, read back as a whole and, where LibreOffice is at hand, printed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sosei.formats.xlsx_text import clean
from sosei.reports.content import (
    IndicatorRow,
    IndicatorTable,
    KpiList,
    MeasureSection,
    ProgressReport,
    ProjectRow,
    ProjectTable,
)
from sosei.reports.xlsx import kpi_list_xlsx, progress_xlsx
from sosei.values import Problem
from tests.reports.samples import (
    GOAL_HEADINGS,
    KPI_HEADINGS,
    NO_SPACE,
    PROJECT_HEADINGS,
    empty_progress,
    hostile_progress,
    sample_kpi_list,
    sample_progress,
)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(sheet: Worksheet) -> dict[str, str]:
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def texts(book: Workbook) -> list[str]:
    return [text for sheet in book for text in cells(sheet).values()]


def at(sheet: Worksheet, text: str) -> str:
    """Where ``text`` stands; it stands there once."""
    (place,) = [place for place, found in cells(sheet).items() if found == text]
    return place


def span(sheet: Worksheet, place: str) -> str:
    """The merged range that begins at ``place``, or ``place`` alone."""
    return next((str(r) for r in sheet.merged_cells.ranges if str(r).startswith(f"{place}:")), place)


def heights(sheet: Worksheet) -> list[float]:
    return [sheet.row_dimensions[row].height or 0 for row in range(1, sheet.max_row + 1)]


def breaks(sheet: Worksheet) -> list[int]:
    """The last row of each page but the last."""
    return [mark.id for mark in sheet.row_breaks.brk]


def report_texts(report: ProgressReport) -> Iterator[str]:
    """Every text of a report that stands in a cell of its own."""
    yield from (report.title, report.municipality, *report.remarks, report.footer)
    for section in report.sections:
        for table in filter(None, (section.goal_targets, section.kpis)):
            yield from table.headings
            for row in table.rows:
                yield from (row.name, row.baseline, row.target, *row.actuals, row.rate, row.note)
        if section.projects:
            yield from section.projects.headings
            for project in section.projects.rows:
                yield from (project.done, project.evaluation, "\n".join(project.divisions))
                for kpi in project.kpis:
                    yield from (kpi.name, *kpi.actuals)


def kpi_list_texts(kpi_list: KpiList) -> Iterator[str]:
    yield from (kpi_list.title, kpi_list.municipality, kpi_list.subtitle, *kpi_list.years, kpi_list.footer)
    for group in kpi_list.groups:
        yield from (group.goal, group.measure)
        for row in group.rows:
            yield from (row.role, row.name, row.baseline, row.baseline_year, row.target, row.target_year)
            yield from (*row.actuals, row.rate, row.division)


def one_project(done: str, evaluation: str = "") -> ProgressReport:
    return ProgressReport(
        title="報告",
        municipality="若葉市",
        years=4,
        sections=(
            MeasureSection(
                goal_label="基本目標１",
                goal_name="仕事",
                measure_label="施策①",
                measure_name="農業",
                projects=ProjectTable(
                    headings=PROJECT_HEADINGS, rows=(ProjectRow(done=done, evaluation=evaluation),)
                ),
            ),
        ),
    )


def named(*labels: str) -> ProgressReport:
    return ProgressReport(
        title="報告",
        municipality="若葉市",
        sections=tuple(
            MeasureSection(goal_label=label, goal_name="名", measure_label="施策①", measure_name=f"{number}")
            for number, label in enumerate(labels)
        ),
    )


def test_every_text_stands_in_a_cell_as_it_is() -> None:
    report, kpi_list = sample_progress(), sample_kpi_list()
    found = Counter(texts(opened(progress_xlsx(report, kpi_list))))
    wanted = Counter(t for t in (*report_texts(report), *kpi_list_texts(kpi_list)) if t)
    assert {text for text in wanted if text not in found} == set()


def test_a_sheet_for_each_goal_and_the_kpi_list() -> None:
    book = opened(progress_xlsx(sample_progress(), sample_kpi_list()))
    assert book.sheetnames == ["基本目標１", "基本目標２", "KPI一覧"]
    assert opened(progress_xlsx(sample_progress())).sheetnames == ["基本目標１", "基本目標２"]


def test_properties() -> None:
    properties = opened(progress_xlsx(sample_progress())).properties
    assert (properties.title, properties.creator) == ("事業進捗報告（令和６年度分）", "若葉市")


def test_the_same_contents_give_the_same_bytes() -> None:
    assert progress_xlsx(sample_progress(), sample_kpi_list()) == progress_xlsx(
        sample_progress(), sample_kpi_list()
    )
    assert kpi_list_xlsx(sample_kpi_list()) == kpi_list_xlsx(sample_kpi_list())


def test_tables_of_a_goal_stand_on_one_grid() -> None:
    sheet = opened(progress_xlsx(sample_progress()))["基本目標１"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=20)]
    assert rows[0][0] == "事業進捗報告（令和６年度分）"
    assert rows[1][0] == "基本目標１　安心して働くことができる仕事をつくる"
    assert rows[2][0] == "施策①　地域企業の生産性革命の実現"
    assert rows[3][0] == "数値目標"
    assert tuple(rows[4][:8]) == GOAL_HEADINGS
    assert rows[5][:4] == ["納税者一人当たりの課税対象所得", "2,812千円", "2,953千円", "3,032千円"]
    assert tuple(rows[8][:8]) == KPI_HEADINGS
    assert rows[12] == [
        "雇用創出数（令和２年～令和４年度の累計）",
        "61人増加",
        "250人増加/4年",
        "4人増加",
        None,
        None,
        None,
        "2％",
        "再計算：1.6％",
        None,
    ]
    heads = [rows[14][column] for column in (0, 1, 3, 4, 5, 6, 7, 9)]
    assert tuple(heads) == PROJECT_HEADINGS


def test_a_project_is_merged_over_the_rows_of_its_kpis() -> None:
    sheet = opened(progress_xlsx(sample_progress()))["基本目標１"]
    done = at(
        sheet, "市内での消費を促すため、地域通貨の加盟店を増やし、行政ポイントの付与事業を7課18事業に広げた。"
    )
    first = int(done[1:])
    assert span(sheet, done) == f"A{first}:A{first + 2}"
    assert span(sheet, f"H{first}") == f"H{first}:I{first + 2}"
    assert span(sheet, f"J{first}") == f"J{first}:J{first + 2}"
    assert [span(sheet, f"B{row}") for row in (first, first + 1)] == [
        f"B{first}:C{first}",
        f"B{first + 1}:C{first + 1}",
    ]
    assert [sheet[f"D{first + n}"].value for n in range(3)] == [
        "15,465人",
        "111店舗",
        "延べ9組15人（うち新規3組5人）",
    ]


def test_each_measure_begins_a_page() -> None:
    sheet = opened(progress_xlsx(sample_progress()))["基本目標１"]
    (end,) = breaks(sheet)
    assert sheet.cell(end + 1, 1).value == "施策②　農林水産業の成長産業化"


def test_print_set_up() -> None:
    book = opened(progress_xlsx(sample_progress(), sample_kpi_list()))
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # one wide, any tall
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.right.text == "【資料２-②】"
        assert sheet.oddFooter.center.text == "&P / &N"
        assert (
            sheet.print_area
            == f"'{sheet.title}'!$A$1:${sheet.dimensions.split(':')[1].rstrip('0123456789')}${sheet.max_row}"
        )
    assert (book["基本目標１"].print_title_rows, book["基本目標１"].freeze_panes) == ("$1:$2", "A3")
    assert (book["KPI一覧"].print_title_rows, book["KPI一覧"].freeze_panes) == ("$1:$3", "A4")


@pytest.mark.parametrize("label", ["", "資料1 & 2", "&P", "2-1", "資" * 500])
def test_label_of_the_paper(label: str) -> None:
    sheet = opened(progress_xlsx(replace(sample_progress(), label=label)))["基本目標１"]
    header = sheet.oddHeader.right.text or ""
    if len(label) < 100:
        assert header.replace("&&", "&") == label
    else:  # no page header can hold it: it stands above the municipality's name
        assert header == ""
        assert f"{label}\n若葉市" in cells(sheet).values()


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("基本目標[1]:*?/\\",), ["基本目標　1"]),
        (("基本目標１", "基本目標２", "基本目標1"), ["基本目標１", "基本目標２", "基本目標1（2）"]),
        (("Goal A", "GOAL a"), ["Goal A", "GOAL a（2）"]),
        (("長" * 40, "い", "長" * 40), ["長" * 31, "い", "長" * 28 + "（2）"]),
        (("𠮷" * 20,), ["𠮷" * 15]),
        (("'引用'",), ["引用"]),
        (("History",), ["History（2）"]),
        (("\x01",), ["シート"]),
        (("",), ["名"]),
    ],
)
def test_sheet_names(labels: tuple[str, ...], names: list[str]) -> None:
    assert opened(progress_xlsx(named(*labels))).sheetnames == names


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "△267人",
        "007",
        "{=1}",
        "http://example.jp/",
        "<r><t>x</t></r>",
        "_x0041_",
    ],
)
def test_every_text_is_a_text(text: str) -> None:
    row = IndicatorRow(name=text, baseline=text, target=text, actuals=(text,), rate=text, note=text)
    section = replace(
        sample_progress().sections[0],
        kpis=IndicatorTable(headings=("名", "基準値", "目標値", "Ｒ6", "達成率"), rows=(row,)),
        goal_targets=None,
        projects=None,
    )
    data = progress_xlsx(ProgressReport(title="報告", municipality="市", sections=(section,), footer=text))
    sheet = opened(data)["基本目標１"]
    kinds = {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value is not None}
    assert kinds == {"s"}
    assert sum(found.replace("_x005F_", "_").strip() == text for found in cells(sheet).values()) == 7
    assert not any(cell.hyperlink for line in sheet.iter_rows() for cell in line)


def test_hostile_contents_come_out_whole() -> None:
    report = hostile_progress()
    data = progress_xlsx(report)
    book = opened(data)
    assert data == progress_xlsx(report)
    wanted = Counter("".join(clean("".join(report_texts(report))).split()))
    found = Counter("".join("".join(texts(book)).split()))
    assert wanted - found == Counter()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "".join(texts(book)))


@pytest.mark.parametrize("size", [200, 2000, 40000])
def test_a_long_text_comes_out_whole_and_in_order(size: int) -> None:
    done = ("".join(f"{number}番の文。" for number in range(size)))[:size]
    sheet = opened(progress_xlsx(one_project(done=done, evaluation="短い")))["基本目標１"]
    heads = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "取組内容"]
    parts = [sheet.cell(row, 1).value for row in range(heads[0] + 1, sheet.max_row + 1)]
    wrong = ("取組内容", "施策①　農業（つづき）")
    assert "".join(part for part in parts if part and part not in wrong) == done
    assert len(heads) == 1 + len(breaks(sheet))  # the headings stand on every page


def test_a_text_no_cell_can_hold_is_refused() -> None:
    report = replace(one_project(done="\u0301" * 36000), years=60)
    table = ProjectTable(headings=("名",) * 64, rows=report.sections[0].projects.rows)  # type: ignore[union-attr]
    with pytest.raises(Problem, match="too long for a cell"):
        progress_xlsx(replace(report, sections=(replace(report.sections[0], projects=table),)))


def test_headings_that_do_not_fit_are_refused() -> None:
    with pytest.raises(Problem, match="has 8 headings where 9 are needed"):
        progress_xlsx(replace(sample_progress(), years=5))


@pytest.mark.parametrize("report", [sample_progress(), hostile_progress(), one_project(done=NO_SPACE * 3)])
def test_every_cell_is_high_enough_for_its_text(report: ProgressReport) -> None:
    """By a count of its own: a full-width character takes its type size, another half of it."""
    for sheet in opened(progress_xlsx(report, sample_kpi_list())):
        merged = {r.coord.split(":")[0]: r for r in sheet.merged_cells.ranges}
        high = heights(sheet)
        assert max(high) < 409
        for place, text in cells(sheet).items():
            cell = sheet[place]
            area = merged.get(place)
            columns = range(area.min_col, area.max_col + 1) if area else [cell.column]
            rows = range(area.min_row, area.max_row + 1) if area else [cell.row]
            points = sum(
                sheet.column_dimensions[openpyxl.utils.get_column_letter(c)].width * 5.25 for c in columns
            )
            em = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
            assert em * cell.font.sz**2 / points <= sum(high[row - 1] for row in rows), text[:40]


@pytest.mark.parametrize("report", [sample_progress(), hostile_progress(), one_project(done=NO_SPACE * 3)])
def test_no_page_is_too_long_and_no_cell_runs_over_its_end(report: ProgressReport) -> None:
    for sheet in opened(progress_xlsx(report, sample_kpi_list())):
        high = heights(sheet)
        titles = int(sheet.print_title_rows.rsplit("$", 1)[1]) if sheet.print_title_rows else 0
        ends = [titles, *breaks(sheet), sheet.max_row]
        for first, last in pairwise(ends):
            assert 0 < sum(high[first:last]) + sum(high[:titles]) < 740
        for area in sheet.merged_cells.ranges:
            assert not any(area.min_row <= end < area.max_row for end in breaks(sheet))


def test_a_report_without_sections() -> None:
    book = opened(progress_xlsx(empty_progress()))
    assert book.sheetnames == ["事業進捗報告（令和６年度分）"]
    assert texts(book) == ["事業進捗報告（令和６年度分）", "若葉市"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_libreoffice_prints_every_character(name: str, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    report = sample_progress() if name == "sample" else hostile_progress()
    data = progress_xlsx(report, sample_kpi_list())
    (tmp_path / "book.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "book.xlsx")], check=True, capture_output=True, timeout=180)
    document = pypdfium2.PdfDocument(tmp_path / "book.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    book = opened(data)
    assert len(pages) == sum(1 + len(breaks(sheet)) for sheet in book)  # no page more than planned
    beyond = "𠮷😀"  # no glyph in the font: what stands in for them may have no text
    assert _printable("".join(texts(book)), beyond) - _printable("".join(pages), beyond) == Counter()


def _printable(text: str, beyond: str) -> Counter[str]:
    """The characters of ``text`` but for white space and those that no font sets by themselves."""
    folded = unicodedata.normalize("NFKC", text)
    return Counter(
        c
        for c in folded
        if not c.isspace() and c not in beyond and unicodedata.category(c) not in ("Cc", "Cf", "Mn")
    )
