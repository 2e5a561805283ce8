from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
import typst

from sosei.plan.model import Plan
from sosei.reports import glyphs, typesetting
from sosei.reports.content import (
    IndicatorTable,
    KpiList,
    KpiListGroup,
    KpiListRow,
    MeasureSection,
    ProgressReport,
    ProjectTable,
)
from sosei.reports.glyphs import MissingGlyph
from sosei.reports.pdf import kpi_list_pdf, progress_pdf
from sosei.reports.progress import progress_report
from sosei.reports.typesetting import Paper
from sosei.values import Problem
from tests.reports.read_pdf import sheets, squeezed, tagged
from tests.reports.samples import (
    INJECTION,
    empty_progress,
    hostile_progress,
    kpi_table,
    row,
    sample_kpi_list,
    sample_progress,
)

REPORTS = {"sample": sample_progress, "hostile": hostile_progress, "empty": empty_progress}
PAPERS: tuple[Paper, ...] = ("a3", "a4")
_HOSTILE_ON_A4 = pytest.param("hostile", "a4", marks=pytest.mark.slow)
PRINTED = [
    _HOSTILE_ON_A4 if (name, paper) == ("hostile", "a4") else (name, paper)
    for name in REPORTS
    for paper in PAPERS
]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="18"><rect width="80" height="9"/>'
    '<text x="84" y="9" font-family="BIZ UDPGothic" font-size="8">目標</text></svg>'
)


@cache
def progress(name: str, paper: Paper) -> bytes:
    return progress_pdf(REPORTS[name](), paper=paper).data


def progress_texts(report: ProgressReport) -> Iterator[str]:
    """Every text of a report in reading order."""
    yield from (report.municipality, report.title, report.label)
    for section in report.sections:
        yield from section_texts(section)
    if not report.sections:
        yield "掲載する施策はありません。"
    if report.remarks:
        yield "備考"
    yield from (f"・{remark}" for remark in report.remarks)


def section_texts(section: MeasureSection) -> Iterator[str]:
    yield from (section.goal_label, section.goal_name)
    if section.goal_targets:
        yield "数値目標"
        yield from indicator_texts(section.goal_targets)
    yield from (section.measure_label, section.measure_name)
    if section.kpis:
        yield from indicator_texts(section.kpis)
    if section.projects:
        yield from project_texts(section.projects)
    if not section.kpis and not section.projects:
        yield "この施策の指標と事業の記載はありません。"


def indicator_texts(table: IndicatorTable) -> Iterator[str]:
    yield from table.headings
    for line in table.rows:
        yield from (line.name, line.baseline, line.target, *line.actuals, line.rate, line.note)
    if not table.rows:
        yield "該当なし"


def project_texts(table: ProjectTable) -> Iterator[str]:
    yield from table.headings
    for line in table.rows:
        kpis = [(kpi.name, *kpi.actuals) for kpi in line.kpis] or [()]
        yield from (line.done, *kpis[0], line.evaluation, *line.divisions)
        for kpi in kpis[1:]:
            yield from kpi
    if not table.rows:
        yield "該当なし"


def tables(report: ProgressReport) -> list[IndicatorTable | ProjectTable]:
    found = (table for s in report.sections for table in (s.goal_targets, s.kpis, s.projects))
    return [table for table in found if table]


@pytest.mark.parametrize(("name", "paper"), PRINTED)
def test_a_report_holds_every_text_in_reading_order_and_nothing_else(name: str, paper: Paper) -> None:
    assert squeezed(tagged(progress(name, paper)).text) == squeezed(*progress_texts(REPORTS[name]()))


@pytest.mark.parametrize(("name", "paper"), PRINTED)
def test_no_letter_runs_over_a_rule_or_off_the_sheet(name: str, paper: Paper) -> None:
    with pdfplumber.open(io.BytesIO(progress(name, paper))) as document:
        for page in document.pages:
            upright = [edge for edge in page.edges if edge["orientation"] == "v"]
            for char in page.chars:
                assert 20 < char["x0"] < char["x1"] < page.width - 20
                assert 10 < char["top"] < char["bottom"] < page.height - 10
                middle = (char["top"] + char["bottom"]) / 2
                over = (e for e in upright if char["x0"] + 0.5 < e["x0"] < char["x1"] - 0.5)
                assert not any(e["top"] < middle < e["bottom"] for e in over), char["text"]


@pytest.mark.parametrize("name", REPORTS)
def test_the_tag_tree_has_a_table_for_each_table_and_real_headings(name: str) -> None:
    report, root = REPORTS[name](), tagged(progress(name, "a3"))
    printed = root.all("Table")
    assert len(printed) == len(tables(report))
    for tag, table in zip(printed, tables(report), strict=True):
        assert squeezed(*(cell.text for cell in tag.all("TH"))) == squeezed(*table.headings)
        assert len(tag.all("TH")) == len(table.headings)
    levels = [int(tag.name[1]) for tag in root.all("H1", "H2", "H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_goals_and_measures_are_headings() -> None:
    headings = tagged(progress("sample", "a3")).all("H1", "H2", "H3")
    assert [(tag.name, tag.text.split("\u3000")[0]) for tag in headings] == [
        ("H1", "事業進捗報告（令和６年度分）"),
        ("H2", "基本目標１"),
        ("H3", "施策①"),
        ("H3", "施策②"),
        ("H2", "基本目標２"),
        ("H3", "施策①"),
        ("H2", "備考"),
    ]


@pytest.mark.parametrize("kind", ["progress", "kpi-list"])
def test_the_file_says_what_it_is(kind: str) -> None:
    data = progress("sample", "a3") if kind == "progress" else kpi_list_pdf(sample_kpi_list()).data
    with pikepdf.open(io.BytesIO(data)) as document:
        assert "<pdfuaid:part>1</pdfuaid:part>" in document.Root.Metadata.read_bytes().decode()
        assert document.Root.Lang == "ja-JP"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.docinfo.Title == (
            "事業進捗報告（令和６年度分）" if kind == "progress" else "ＫＰＩ一覧"
        )
        assert document.docinfo.Author == "若葉市"
        fonts = {
            str(font.BaseFont).split("+")[1]
            for page in document.pages
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
        }
    assert fonts == {"BIZUDPGothic-Regular", "BIZUDPGothic-Bold"}


def test_the_same_content_gives_the_same_bytes_without_a_date() -> None:
    again = progress_pdf(sample_progress()).data
    assert again == progress("sample", "a3")
    assert kpi_list_pdf(sample_kpi_list()).data == kpi_list_pdf(sample_kpi_list()).data
    assert b"CreationDate" not in again
    assert b"ModDate" not in again


@pytest.mark.parametrize(("paper", "size"), [("a3", (1191, 842)), ("a4", (842, 595))])
def test_sheets_are_landscape(paper: Paper, size: tuple[int, int]) -> None:
    for data in (progress("sample", paper), kpi_list_pdf(sample_kpi_list(), paper=paper).data):
        for page in pypdfium2.PdfDocument(data):
            assert (round(page.get_width()), round(page.get_height())) == size


@pytest.mark.parametrize("paper", PAPERS)
def test_each_measure_has_its_sheet_with_number_and_foot(paper: Paper) -> None:
    report = sample_progress()
    printed = sheets(progress("sample", paper))
    assert len(printed) == len(report.sections)
    for number, (sheet, section) in enumerate(zip(printed, report.sections, strict=True), 1):
        assert squeezed(section.goal_label, section.goal_name) in sheet
        assert squeezed(section.measure_label, section.measure_name) in sheet
        assert squeezed(report.footer) in sheet
        assert f"{number}/{len(printed)}" in sheet
        assert (squeezed(report.label) in sheet.replace(squeezed(report.footer), "")) == (number == 1)
        assert "つづき" not in sheet


@pytest.mark.parametrize("paper", ["a3", pytest.param("a4", marks=pytest.mark.slow)])
def test_a_continued_sheet_repeats_band_and_headings(paper: Paper) -> None:
    printed = sheets(progress("hostile", paper))
    continued = [sheet for sheet in printed if "（つづき）" in sheet]
    assert len(continued) > 5
    assert all("取組内容KPI" in sheet or "重要業績評価指数" in sheet for sheet in continued)
    assert any("基本目標２指標の多い目標施策①指標の多い施策（つづき）" in sheet for sheet in continued)


@pytest.mark.parametrize("count", range(22, 42, 2))
def test_a_table_never_begins_with_its_headings_alone(count: int) -> None:
    first = sample_progress().sections[0]
    section = replace(
        first, kpis=kpi_table(*(row(f"指標{at}", "1件", "2件", "1件", "50％") for at in range(count)))
    )
    report = replace(sample_progress(), sections=(section,), remarks=("一つ目の備考",))
    assert section.projects is not None
    printed = sheets(progress_pdf(report).data)
    (begins,) = [sheet for sheet in printed if squeezed(section.projects.rows[0].done) in sheet]
    assert next(sheet for sheet in printed if "取組内容KPI" in sheet) is begins
    assert any("備考一つ目の備考" in sheet.replace("・", "") for sheet in printed)


def test_real_volumes_fit_one_sheet_a_measure(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    assert plan.reports[0].year.when is not None
    report = progress_report(plan, plan.reports[0].year.when)
    printed = sheets(progress_pdf(report).data)
    assert len(printed) == len(report.sections) == 17


def test_what_looks_like_markup_comes_out_as_written() -> None:
    assert tagged(progress("hostile", "a3")).all("H1")[0].text == f"進捗 {INJECTION}"


def test_a_statement_too_long_for_the_foot_stands_at_the_end() -> None:
    statement = "とても長い出典の記載。" * 500
    printed = sheets(progress_pdf(replace(sample_progress(), footer=statement), paper="a4").data)
    assert len(printed) < 6
    assert sum(sheet.count("典") for sheet in printed) == 500


def test_characters_without_a_glyph_are_replaced_and_listed_with_their_place() -> None:
    report = sample_progress()
    section = report.sections[1]
    assert section.projects is not None
    rows = section.projects.rows
    changed = replace(
        section, projects=replace(section.projects, rows=(rows[0], replace(rows[1], done="𠮷田さん\x07")))
    )
    done = progress_pdf(replace(report, sections=(changed,)))
    assert done.warnings == (
        MissingGlyph("基本目標１ 施策② 取組内容 2行目の事業", "𠮷"),
        MissingGlyph("基本目標１ 施策② 取組内容 2行目の事業", "U+0007", ""),
    )
    assert "〓田さん" in tagged(done.data).text


def test_an_unusable_report_is_refused_in_one_sentence() -> None:
    report = sample_progress()
    section = report.sections[0]
    table = kpi_table(replace(row("指標", "1", "2", "1", ""), actuals=("1",) * 5))
    headed = replace(kpi_table(), headings=("指標名", "基準値"))
    cases = [
        (replace(report, title=" \n"), "題名"),
        (replace(report, sections=(replace(section, kpis=table),)), "実績値が5個"),
        (replace(report, sections=(replace(section, kpis=headed),)), "見出しは8個"),
    ]
    for bad, words in cases:
        with pytest.raises(Problem) as problem:
            progress_pdf(bad)
        assert words in problem.value.ja


@pytest.mark.parametrize("name", glyphs.FONT_FILES)
def test_a_missing_font_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(glyphs.FONT_FOLDER, folder)
    (folder / name).unlink()
    monkeypatch.setattr(glyphs, "FONT_FOLDER", folder)
    with pytest.raises(Problem) as problem:
        progress_pdf(sample_progress())
    assert name in problem.value.ja
    with pytest.raises(Problem) as problem:
        kpi_list_pdf(sample_kpi_list())
    assert name in problem.value.ja


def kpi_texts(kpi_list: KpiList, headings: Iterable[str]) -> Iterator[str]:
    """Every text of a KPI list in reading order, with all columns but the charts."""
    yield from (kpi_list.municipality, kpi_list.title, kpi_list.subtitle, *headings)
    notes: dict[str, int] = {}
    goal = ""
    for group in kpi_list.groups:
        yield from ((group.goal,) if group.goal != goal else ())
        yield group.measure
        goal = group.goal
        for line in group.rows:
            numbers = [notes.setdefault(note, len(notes) + 1) for note in line.notes]
            marks = "・".join(f"注{number}" for number in numbers)
            yield from (line.role, line.name, f"（{marks}）" if marks else "")
            yield f"{line.baseline}（{line.baseline_year}）{line.target}（{line.target_year}）"
            yield from (*line.actuals, line.rate, line.division)
    yield from (f"注{number}{note}" for note, number in notes.items())


def test_the_kpi_list_is_one_table_with_bands_as_headers() -> None:
    kpi_list = sample_kpi_list()
    headings = ["区分", "指標名", "基準値", "目標値", "Ｒ6", "Ｒ7", "達成率", "担当課"]
    root = tagged(kpi_list_pdf(kpi_list).data)
    assert squeezed(root.text) == squeezed(*kpi_texts(kpi_list, headings))
    (table,) = root.all("Table")
    bands = [kpi_list.groups[0].goal, kpi_list.groups[1].measure]
    bands += [kpi_list.groups[2].goal, kpi_list.groups[3].measure]
    assert [cell.text for cell in table.all("TH")] == headings + bands


def test_columns_blank_in_every_row_are_left_out() -> None:
    kpi_list = sample_kpi_list()
    groups = tuple(
        replace(
            group,
            rows=tuple(
                replace(line, actuals=("", line.actuals[1]), rate="", division=" ") for line in group.rows
            ),
        )
        for group in kpi_list.groups
    )
    (table,) = tagged(kpi_list_pdf(replace(kpi_list, groups=groups)).data).all("Table")
    assert [cell.text for cell in table.all("TH")][:6] == [
        "区分",
        "指標名",
        "基準値",
        "目標値",
        "Ｒ7",
        kpi_list.groups[0].goal,
    ]


def test_a_long_kpi_list_repeats_headings_and_bands() -> None:
    rows = tuple(KpiListRow(role="KPI", name=f"指標{at}", target="10件") for at in range(80))
    group = KpiListGroup(goal="基本目標１ 仕事", measure="施策① 企業", rows=rows)
    printed = sheets(kpi_list_pdf(replace(sample_kpi_list(), groups=(group,))).data)
    assert len(printed) > 2
    assert all("区分指標名基準値目標値" in sheet for sheet in printed)
    assert all("基本目標１仕事施策①企業KPI指標" in sheet for sheet in printed)


def test_a_goal_is_named_again_when_its_own_rows_follow_a_measure() -> None:
    goal, measure = sample_kpi_list().groups[:2]
    data = kpi_list_pdf(replace(sample_kpi_list(), groups=(measure, goal))).data
    bands = [cell.text for cell in tagged(data).all("TH")][8:]
    assert bands == [goal.goal, measure.measure, goal.goal]


@pytest.mark.parametrize("groups", [(), (KpiListGroup(goal="基本目標１"),)])
def test_an_empty_kpi_list_is_still_a_document(groups: tuple[KpiListGroup, ...]) -> None:
    (sheet,) = sheets(kpi_list_pdf(replace(sample_kpi_list(), groups=groups)).data)
    assert "ＫＰＩ一覧" in sheet
    assert ("基本目標１" if groups else "掲載する指標はありません。") in sheet


def test_charts_stand_in_their_rows_with_their_alternative_text() -> None:
    charts = {2: (SVG, "実績は目標を上回る"), 6: (SVG, "実績は目標に届かない")}
    root = tagged(kpi_list_pdf(sample_kpi_list(), charts=charts, chart_key=(SVG, "凡例")).data)
    assert [tag.alt for tag in root.all("Figure")] == ["凡例", "実績は目標を上回る", "実績は目標に届かない"]
    rows = [tag for tag in root.all("TR") if tag.all("Figure")]
    assert ["地域通貨利用者数" in rows[0].text, "有害鳥獣" in rows[1].text] == [True, True]
    assert "目標と実績の図" in root.text
    without = tagged(kpi_list_pdf(sample_kpi_list(), chart_key=(SVG, "凡例")).data)
    assert "目標と実績の図" not in without.text
    assert not without.all("Figure")


@pytest.mark.parametrize(
    ("charts", "words"),
    [({1: (SVG, " ")}, "代替テキスト"), ({0: (SVG, "図")}, "0番目"), ({7: (SVG, "図")}, "6個")],
)
def test_a_chart_without_words_or_row_is_refused(charts: dict[int, tuple[str, str]], words: str) -> None:
    with pytest.raises(Problem) as problem:
        kpi_list_pdf(sample_kpi_list(), charts=charts)
    assert words in problem.value.ja


def test_the_build_itself_refuses_an_image_without_alternative_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "figure.svg").write_text(SVG, encoding="utf-8")
    monkeypatch.setattr(typesetting, "_TEMPLATES", tmp_path)
    title = '#set document(title: "図")\n'
    (tmp_path / "progress.typ").write_text(f'{title}#image("figure.svg", alt: "図")', encoding="utf-8")
    assert progress_pdf(sample_progress()).data
    (tmp_path / "progress.typ").write_text(f'{title}#image("figure.svg")', encoding="utf-8")
    with pytest.raises(typst.TypstError, match="alt"):
        progress_pdf(sample_progress())
