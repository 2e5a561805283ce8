"""The 新旧対照表 on paper and as a workbook: every text as it is, what changed underlined, nothing stops it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import openpyxl
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from sosei.formats.xlsx_text import clean
from sosei.plan.model import Plan
from sosei.plan.operations import Set, apply
from sosei.plan.reading import load_plan
from sosei.reports.comparison_content import Comparison, ComparisonGroup, ComparisonRow, Run, Runs
from sosei.reports.documents import Document, comparison_document
from sosei.reports.pdf_comparison import comparison_pdf
from sosei.reports.typesetting import Paper
from sosei.reports.xlsx_comparison import comparison_xlsx
from sosei.values import Problem
from tests.conftest import SAMPLE
from tests.reports.editions import revised_hitoyoshi
from tests.reports.read_pdf import sheets, squeezed, tagged
from tests.reports.samples import CONTROL, INJECTION, MISSING, NO_SPACE, NO_SPACE_LATIN

HEADINGS = ("番号", "箇所", "項目", "旧", "新", "理由")
PLAN = load_plan(SAMPLE.read_bytes())
FORMULA = '=HYPERLINK("http://example.jp","押す")'
HOSTILE = (
    INJECTION,
    NO_SPACE,
    NO_SPACE_LATIN,
    MISSING,
    CONTROL,
    FORMULA,
    "=1+1",
    "<r>太字</r>",
    "_x0041_",
    "@a",
)


def line(number: int, old: Runs, new: Runs, place: str = "施策①", reason: str = "") -> ComparisonRow:
    return ComparisonRow(number=number, place=place, item="名称", old=old, new=new, reason=reason)


def table(*groups: ComparisonGroup) -> Comparison:
    return Comparison(
        title="新旧対照表",
        municipality="若葉市",
        subtitle="第3期若葉市総合戦略",
        old_name="令和7年3月策定",
        new_name="令和8年3月改訂",
        count="5件（変更 5件）",
        groups=groups,
        closing="ほかに印字に関わらない変更 2件（読み取りの記録、出典など）",
        footer="下線は変更した部分。",
    )


def sample() -> Comparison:
    first = line(
        1, (Run("人材の育成"),), (Run("人材の"), Run("確保と", True), Run("育成")), reason="対象を広げた。"
    )
    target = line(2, (Run("1,200人", True),), (Run("1,500人", True),), place="KPI「来場者数」")
    lines = line(3, (Run("一行目\n二"), Run("行目\n三", True), Run("行目")), (Run("（削除）"),))
    return table(
        ComparisonGroup(goal="章・節", rows=(first,)),
        ComparisonGroup(goal="基本目標１ 仕事", rows=(target,)),
        ComparisonGroup(goal="基本目標１ 仕事", measure="施策① 農業", rows=(lines, line(4, *_longs()))),
        ComparisonGroup(goal="基本目標１ 仕事", rows=(line(5, (Run("旧"),), (Run("新"),)),)),
    )


def _longs() -> tuple[Runs, Runs]:
    """A text of some sheets with every tenth sentence changed."""
    parts = [Run(f"第{n}文は、まちの暮らしと仕事について述べる文である。", n % 10 == 0) for n in range(300)]
    return tuple(parts), (Run("（削除）"),)


def hostile() -> Comparison:
    rows = tuple(
        line(
            number,
            (Run(text[:40]), Run(text[40:80], True), Run(text[80:] + "。")),
            (Run(text, True),),
            text[:60],
            text,
        )
        for number, text in enumerate(HOSTILE, 1)
    )
    return table(ComparisonGroup(goal=INJECTION, measure=MISSING, rows=rows))


TABLES = {"sample": sample, "hostile": hostile}
PRINTED = [
    ("sample", "a4"),
    ("sample", "a3"),
    ("hostile", "a4"),
    pytest.param("hostile", "a3", marks=pytest.mark.slow),
]


@cache
def printed(name: str, paper: Paper) -> bytes:
    return comparison_pdf(TABLES[name](), paper=paper).data


def texts(content: Comparison) -> Iterator[str]:
    """All that is printed, in reading order."""
    yield from (content.municipality, content.title)
    facts = (content.subtitle, content.old_name, content.new_name, content.count)
    for label, fact in zip(("計画", "旧", "新", "件数"), facts, strict=True):
        yield from (label, fact)
    yield from HEADINGS
    goal = measure = ""
    for group in content.groups:
        if group.goal != goal or (measure and not group.measure):
            yield group.goal
        goal, measure = group.goal, group.measure
        yield group.measure
        for row in group.rows:
            runs = (run.text for run in (*row.old, *row.new))
            yield from (str(row.number), row.place, row.item, *runs, row.reason)
    yield content.closing


@pytest.mark.parametrize(("name", "paper"), PRINTED)
def test_the_pdf_holds_every_text_in_reading_order(name: str, paper: Paper) -> None:
    assert squeezed(tagged(printed(name, paper)).text) == squeezed(*texts(TABLES[name]()))


@pytest.mark.parametrize(("name", "paper"), PRINTED)
def test_no_letter_runs_over_a_rule_or_off_the_sheet(name: str, paper: Paper) -> None:
    with pdfplumber.open(io.BytesIO(printed(name, paper))) as document:
        for page in document.pages:
            upright = [edge for edge in page.edges if edge["orientation"] == "v"]
            for char in page.chars:
                assert 20 < char["x0"] < char["x1"] < page.width - 20
                assert 10 < char["top"] < char["bottom"] < page.height - 10
                middle = (char["top"] + char["bottom"]) / 2
                over = (e for e in upright if char["x0"] + 0.5 < e["x0"] < char["x1"] - 0.5)
                assert not any(e["top"] < middle < e["bottom"] for e in over), char["text"]


def test_what_changed_is_underlined_and_nothing_else() -> None:
    """The letters over strokes, read back from the page, are those of the changed runs.

    Marks are left out: at the end of a line they stand out over the stroke.
    """
    with pdfplumber.open(io.BytesIO(printed("sample", "a4"))) as document:
        found = "".join(_underlined(page) for page in document.pages).translate(_NO_MARKS)
    groups = sample().groups
    changed = (r.text for g in groups for row in g.rows for r in (*row.old, *row.new) if r.changed)
    assert found == squeezed(*changed).translate(_NO_MARKS)


_NO_MARKS = str.maketrans("", "", "、。")


def _underlined(page: pdfplumber.page.Page) -> str:
    strokes = [edge for edge in page.edges if edge["orientation"] == "h" and edge["width"] < 250]
    return "".join(
        char["text"]
        for char in page.chars
        if any(
            stroke["x0"] - 0.5 <= char["x0"]
            and char["x1"] <= stroke["x1"] + 0.5
            and -1 < stroke["top"] - char["bottom"] < 1.5
            for stroke in strokes
        )
    )


def test_the_pdf_is_one_tagged_table_with_bands_and_says_what_it_is() -> None:
    root = tagged(printed("sample", "a4"))
    assert [tag.text for tag in root.all("H1")] == ["新旧対照表"]
    (only,) = root.all("Table")
    assert [cell.text for cell in only.all("TH")] == [
        *HEADINGS,
        "章・節",
        "基本目標１ 仕事",
        "施策① 農業",
        "基本目標１ 仕事",
    ]
    with pikepdf.open(io.BytesIO(printed("sample", "a4"))) as document:
        assert "<pdfuaid:part>1</pdfuaid:part>" in document.Root.Metadata.read_bytes().decode()
        assert [str(document.docinfo.Title), str(document.docinfo.Author)] == ["新旧対照表", "若葉市"]


def test_every_sheet_of_a_long_row_has_headings_and_bands() -> None:
    pages = sheets(printed("sample", "a4"))
    assert len(pages) > 2
    middle = [page for page in pages[1:-1] if "第150文" in page]
    assert middle
    for page in middle:
        assert page.startswith("番号箇所項目旧新理由基本目標１仕事施策①農業")


def test_a_closing_mark_that_just_fits_leaves_no_empty_line() -> None:
    """Names of many lengths in the narrow column: their last letter stands close above the rule."""
    names = [
        f"{'い' * wide}{'i' * thin}あ{mark}" for wide in (12, 13, 14) for thin in range(16) for mark in "」。"
    ]
    rows = tuple(line(n, (Run("旧"),), (Run("新"),), place=name) for n, name in enumerate(names, 1))
    with pdfplumber.open(
        io.BytesIO(comparison_pdf(table(ComparisonGroup(goal="目標", rows=rows))).data)
    ) as pdf:
        for page in pdf.pages:
            rules = sorted({round(e["top"], 1) for e in page.edges if e["orientation"] == "h"})
            letters = [char for char in page.chars if char["text"] == "あ"]
            for upper, lower in pairwise(rules):
                last = [c["bottom"] for c in letters if upper < c["top"] and c["bottom"] < lower]
                assert not last or lower - max(last) < 4


@pytest.mark.parametrize(("paper", "size"), [("a3", (1191, 842)), ("a4", (842, 595))])
def test_sheets_are_landscape(paper: Paper, size: tuple[int, int]) -> None:
    for page in pypdfium2.PdfDocument(printed("sample", paper)):
        assert (round(page.get_width()), round(page.get_height())) == size


def test_the_same_content_gives_the_same_bytes() -> None:
    assert comparison_pdf(sample()).data == printed("sample", "a4")
    assert comparison_xlsx(sample()) == comparison_xlsx(sample())


def test_characters_without_a_glyph_are_listed_with_their_row() -> None:
    content = table(ComparisonGroup(goal="目標", rows=(line(7, (Run("𠮷"),), (Run("吉", True),)),)))
    (missing,) = comparison_pdf(content).warnings
    assert (missing.place, missing.character) == ("7番の旧", "𠮷")


def opened(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).active
    assert isinstance(sheet, Worksheet)
    return sheet


def cells(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def underlined(sheet: Worksheet) -> list[str]:
    """The underlined parts of the cells, in order."""
    found = []
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, CellRichText):
            found += [b.text for b in cell.value if isinstance(b, TextBlock) and b.font.u]
        elif cell.value is not None and cell.font.u:
            found.append(str(cell.value))
    return found


def test_the_workbook_holds_every_text_as_it_is() -> None:
    sheet = opened(comparison_xlsx(sample()))
    assert sheet.title == "新旧対照表"
    found = cells(sheet)
    assert found[:6] == [
        "新旧対照表",
        "若葉市",
        "計画：第3期若葉市総合戦略",
        "旧：令和7年3月策定",
        "新：令和8年3月改訂",
        "件数：5件（変更 5件）",
    ]
    assert found[6:12] == list(HEADINGS)
    assert [group.goal in found for group in sample().groups] == [True] * 4


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_of_the_workbook_hold_the_whole_texts_in_order(name: str) -> None:
    content = TABLES[name]()
    sheet = opened(comparison_xlsx(content))
    rows = [row for group in content.groups for row in group.rows]
    olds, news, reasons = (
        [joined(row.old) for row in rows],
        [joined(row.new) for row in rows],
        [row.reason for row in rows],
    )
    for column, wanted in ((4, ["旧", *olds]), (5, ["新", *news]), (6, ["若葉市", "理由", *reasons])):
        assert in_column(sheet, column) == "".join(clean(text) for text in wanted).replace("\n", "")


def joined(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def in_column(sheet: Worksheet, column: int) -> str:
    """All that stands in a column, without line ends and the space that keeps <r> from being markup."""
    values = (sheet.cell(row, column).value for row in range(1, sheet.max_row + 1))
    return (
        "".join(str(value) for value in values if value is not None)
        .replace("\n", "")
        .replace("</r> ", "</r>")
    )


def test_the_workbook_underlines_what_changed() -> None:
    found = underlined(opened(comparison_xlsx(sample())))
    assert found[:5] == ["確保と", "1,200人", "1,500人", "行目\n三", *found[4:5]]
    changed = "".join(run.text for run in _longs()[0] if run.changed)
    assert "".join(found[4:]) == changed


def test_every_cell_of_the_workbook_is_a_text_and_high_enough() -> None:
    for content in (sample(), hostile()):
        sheet = opened(comparison_xlsx(content))
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.coordinate
                assert cell.value is None or cell.data_type == "s"
        assert all((sheet.row_dimensions[n].height or 0) > 0 for n in range(1, sheet.max_row + 1))
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$6"


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        pytest.param("あ" * 350_000, marks=pytest.mark.slow),
        pytest.param("A" * 1_000_000, marks=pytest.mark.slow),
        "行\n" * 300_000,
        "　\u3000 ",
    ],
)
def test_no_text_of_a_plan_stops_the_document(text: str, form: str) -> None:
    """As a name, a label, a description and a reason; a megabyte too."""
    new = apply(
        PLAN,
        [
            Set(key="ameasure01", field="name", old="企業の支援", new=text),
            Set(key="ameasure01", field="label", old="施策①", new=text),
            Set(key="ameasure02", field="description", old=None, new={"text": text}),
            Set(key="aplan00001", field="title", old=PLAN.title, new=text),
            Set(key="adivision1", field="name", old="企画課", new=text),
        ],
    )
    reasons = {("ameasure01", "name"): text}
    for old, other in ((PLAN, new), (new, PLAN)):
        data = comparison_document(old, other, form, "a4", old_name=text, new_name=text, reasons=reasons).data
        assert data.startswith(b"%PDF" if form == "pdf" else b"PK")
        if form == "xlsx":
            assert all(cell.data_type != "f" for row in opened(data).iter_rows() for cell in row)


def made(old: Plan, new: Plan, form: str, reasons: dict[tuple[str, str], str] | None = None) -> Document:
    return comparison_document(
        old,
        new,
        form,
        "a4",
        old_name="第1版（サンプル）",
        new_name="第2版（サンプル）",
        reasons=reasons or {},
    )


@pytest.mark.parametrize(
    ("operations", "sentence"),
    [
        ([], "二つの版に違いはありません。"),
        ([Set(key="ameasure01", field="page", old=None, new=3)], "印字に関わる変更はありません。"),
    ],
)
def test_no_difference_is_said_in_one_sentence(operations: list[Set], sentence: str) -> None:
    new = apply(PLAN, operations)
    pdf = made(PLAN, new, "pdf").data
    assert squeezed(sentence) in sheets(pdf)[0]
    assert tagged(pdf).all("Table") == []
    sheet = opened(made(PLAN, new, "xlsx").data)
    assert sentence in cells(sheet)
    assert "番号" not in cells(sheet)


def test_the_document_of_a_city_names_both_editions_and_every_change(plans: dict[str, Plan]) -> None:
    draft = revised_hitoyoshi(plans["hitoyoshi"])
    pdf = made(draft.base, draft.plan, "pdf", draft.reasons)
    assert pdf.warnings == ()
    text = "".join(sheets(pdf.data))
    for words in (
        "人吉市",
        "第1版（サンプル）",
        "第2版（サンプル）",
        "14件（変更7件、追加3件、削除2件、移動2件）",
    ):
        assert squeezed(words) in text
    book = made(draft.base, draft.plan, "xlsx", draft.reasons)
    found = "\n".join(cells(opened(book.data)))
    for reason in draft.reasons.values():
        assert squeezed(reason) in text
        assert reason in found


def test_two_plans_are_not_compared(plans: dict[str, Plan]) -> None:
    with pytest.raises(Problem, match="different plans"):
        made(plans["aso"], plans["hitoyoshi"], "pdf")
