"""意見の概要と市の考え方: what stands in the table, on paper and as a workbook; nothing typed stops it."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pdfplumber
import pikepdf
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sosei.formats.xlsx_text import clean
from sosei.reports.documents import public_comment_document
from sosei.reports.pdf_public_comment import public_comment_pdf
from sosei.reports.public_comment import (
    NO_OPINIONS,
    OUTCOMES,
    Consultation,
    Opinion,
    Outcome,
    day_text,
    public_comment,
    senders_text,
)
from sosei.reports.typesetting import Paper
from sosei.reports.xlsx_public_comment import public_comment_xlsx
from tests.reports.read_pdf import sheets, squeezed, tagged
from tests.reports.samples import CONTROL, INJECTION, MISSING, NO_SPACE, NO_SPACE_LATIN

HEADINGS = ("番号", "該当箇所", "意見の概要", "市の考え方", "修正の有無")
HOSTILE = (
    INJECTION,
    NO_SPACE,
    NO_SPACE_LATIN,
    MISSING,
    CONTROL,
    '=HYPERLINK("http://example.jp","押す")',
    "=1+1",
    "<r>太字</r>",
    "_x0041_",
    "@a",
)


def asked(*opinions: Opinion, **more: Any) -> Consultation:
    return Consultation(
        **{
            "title": "第3期若葉市総合戦略（案）への意見募集",
            "municipality": "若葉市",
            "own_word": "市",
            "plan": "第3期若葉市総合戦略",
            "since": date(2026, 1, 5),
            "until": date(2026, 2, 3),
            "announced": ("広報紙", "ホームページ"),
            "sent": ("郵送", "電子申請"),
            "people": 4,
            "organisations": 1,
            "opinions": opinions,
            **more,
        }
    )


def opinion(summary: str = "バスの本数を増やしてほしい。", **more: Any) -> Opinion:
    return Opinion(**{"summary": summary, "answer": "今後検討します。", **more})


def sample() -> Consultation:
    return asked(
        opinion(
            place="基本目標１ 仕事をつくる\n施策① 農業の支援",
            page="12",
            outcome=Outcome.REVISED,
            change="「支援」を「育成」に改める。",
        ),
        opinion(same=3, outcome=Outcome.REFERENCE),
        opinion("".join(f"第{n}文は、まちの暮らしと仕事について述べる文である。" for n in range(300))),
        *(opinion(f"{n}番目の意見。", outcome=Outcome.AS_DRAFTED, page="p.3") for n in range(40)),
    )


def hostile() -> Consultation:
    return asked(
        *(opinion(text, answer=text, place=text[:60], page=text[:40], change=text) for text in HOSTILE),
        title=INJECTION,
        remarks=MISSING,
        announced=HOSTILE,
    )


CASES = {"sample": sample, "hostile": hostile, "none": asked}


@cache
def printed(name: str, paper: Paper = "a4") -> bytes:
    return public_comment_pdf(public_comment(CASES[name]()), paper=paper).data


def test_the_facts_say_when_how_and_how_many() -> None:
    table = public_comment(
        asked(
            opinion(outcome=Outcome.REVISED, same=3),
            opinion(outcome=Outcome.AS_DRAFTED),
            opinion(answer=""),
        )
    )
    assert table.title == "意見の概要と市の考え方"
    assert table.facts == (
        ("件名", "第3期若葉市総合戦略（案）への意見募集"),
        ("計画", "第3期若葉市総合戦略"),
        ("募集期間", "令和8年1月5日（月）から令和8年2月3日（火）まで（30日間）"),
        ("周知の方法", "広報紙、ホームページ"),
        ("提出の方法", "郵送、電子申請"),
        ("提出者", "4人・1団体"),
        ("意見の件数", "5件（同じ趣旨の意見をまとめて3項目）"),
        ("修正の有無", "修正する 1、原案のとおり 1"),
        ("市の考え方", "未記入 1件（作成途中）"),
    )


def test_a_public_comment_without_opinions_says_so() -> None:
    table = public_comment(asked(people=0, organisations=None))
    assert (table.title, table.nothing, table.rows) == ("意見募集の結果", NO_OPINIONS, ())
    assert dict(table.facts)["提出者"] == "0人"
    assert dict(table.facts)["意見の件数"] == "0件"
    assert squeezed(NO_OPINIONS) in sheets(printed("none"))[0]
    assert not tagged(printed("none")).all("Table")


@pytest.mark.parametrize(("word", "heading"), [("町", "町の考え方"), ("県", "県の考え方")])
def test_the_municipality_is_called_what_it_calls_itself(word: str, heading: str) -> None:
    table = public_comment(asked(opinion(), own_word=word))
    assert table.headings[3] == heading
    assert table.title == f"意見の概要と{heading}"


def test_a_row_says_place_page_likeness_and_outcome() -> None:
    first, second, *_ = public_comment(sample()).rows
    assert (first.number, first.place) == ("1", "基本目標１ 仕事をつくる\n施策① 農業の支援\n（12ページ）")
    assert (first.outcome, first.change) == ("修正する", "「支援」を「育成」に改める。")
    assert (second.place, second.same, second.outcome) == (
        "計画全体",
        "（同じ趣旨の意見 計3件）",
        "今後の参考",
    )


@pytest.mark.parametrize(
    ("people", "organisations", "text"),
    [(None, None, ""), (0, None, "0人"), (14, 2, "14人・2団体"), (None, 1, "1団体"), (1204, None, "1,204人")],
)
def test_zero_senders_are_not_the_same_as_uncounted(
    people: int | None, organisations: int | None, text: str
) -> None:
    assert senders_text(people, organisations) == text


def test_days_stand_in_the_era_of_the_day() -> None:
    assert day_text(date(2019, 4, 30)) == "平成31年4月30日（火）"
    assert day_text(date(2019, 5, 1)) == "令和元年5月1日（水）"


def test_every_outcome_has_its_words() -> None:
    assert set(OUTCOMES) == set(Outcome)


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        *((name, "a4") for name in CASES),
        ("sample", "a3"),
        pytest.param("hostile", "a3", marks=pytest.mark.slow),
        ("none", "a3"),
    ],
)
def test_the_pdf_holds_every_text_in_reading_order(name: str, paper: Paper) -> None:
    table = public_comment(CASES[name]())
    texts = [table.municipality, table.title, *(text for fact in table.facts for text in fact)]
    texts += table.headings if table.rows else [table.nothing]
    for row in table.rows:
        texts += [row.number, row.place, row.summary, row.same, row.answer, row.outcome, row.change]
    assert squeezed(tagged(printed(name, paper)).text) == squeezed(*texts)


@pytest.mark.parametrize("name", CASES)
def test_no_letter_runs_over_a_rule_or_off_the_sheet(name: str) -> None:
    with pdfplumber.open(io.BytesIO(printed(name))) as document:
        for page in document.pages:
            upright = [edge for edge in page.edges if edge["orientation"] == "v"]
            for char in page.chars:
                assert 20 < char["x0"] < char["x1"] < page.width - 20
                assert 10 < char["top"] < char["bottom"] < page.height - 10
                middle = (char["top"] + char["bottom"]) / 2
                over = (e for e in upright if char["x0"] + 0.5 < e["x0"] < char["x1"] - 0.5)
                assert not any(e["top"] < middle < e["bottom"] for e in over), char["text"]


def test_every_sheet_has_the_headings_and_a_page_number() -> None:
    pages = sheets(printed("sample"))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"{number}/{len(pages)}" in page
        assert "".join(HEADINGS) in page


def test_the_pdf_is_one_tagged_table_and_says_what_it_is() -> None:
    root = tagged(printed("sample"))
    assert [tag.text for tag in root.all("H1")] == ["意見の概要と市の考え方"]
    (only,) = root.all("Table")
    assert [cell.text for cell in only.all("TH")] == list(HEADINGS)
    with pikepdf.open(io.BytesIO(printed("sample"))) as document:
        assert "<pdfuaid:part>1</pdfuaid:part>" in document.Root.Metadata.read_bytes().decode()


def test_characters_without_a_glyph_are_listed_with_their_row() -> None:
    (missing,) = public_comment_document(asked(opinion(answer="𠮷田町")), "pdf", "a4").warnings
    assert missing[0].startswith("1番の市の考え方の文字「𠮷」")


def opened(content: Consultation) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(public_comment_xlsx(public_comment(content)))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_workbook_says_the_facts_and_that_there_were_no_opinions() -> None:
    found = [str(cell.value) for row in opened(asked()).iter_rows() for cell in row if cell.value]
    assert found[:3] == ["意見募集の結果", "若葉市", "件名：第3期若葉市総合戦略（案）への意見募集"]
    assert found[-1] == NO_OPINIONS


@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_the_columns_of_the_workbook_hold_the_whole_texts_in_order(name: str) -> None:
    content = CASES[name]()
    sheet = opened(content)
    rows = public_comment(content).rows
    wanted = {
        2: [row.place for row in rows],
        3: [row.summary + row.same for row in rows],
        4: [row.answer for row in rows],
        5: [row.outcome for row in rows],
        6: [row.change for row in rows],
    }
    first = next(n for n in range(1, sheet.max_row) if sheet.cell(n, 1).value == "番号") + 1
    headings = {*HEADINGS, "修正の内容"}
    for column, texts in wanted.items():
        values = (sheet.cell(n, column).value for n in range(first, sheet.max_row + 1))
        found = "".join(str(value) for value in values if value is not None and value not in headings)
        expected = "".join(clean(text) for text in texts)
        assert found.replace("\n", "").replace("</r> ", "</r>") == expected.replace("\n", "")


def test_every_cell_of_the_workbook_is_a_text_and_long_tables_repeat_the_headings() -> None:
    sheet = opened(sample())
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    pages = len(sheet.row_breaks.brk) + 1
    assert pages > 1
    assert sum(cell.value == "番号" for cell in cells) == pages


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
@pytest.mark.parametrize("text", [*HOSTILE, "あ" * 20_000, "行\n" * 3_000, "　 "])
def test_no_text_stops_the_document(text: str, form: str) -> None:
    content = asked(opinion(text, answer=text, place=text, page=text[:200], change=text), remarks=text)
    assert public_comment_document(content, form, "a4").data


def test_the_same_content_gives_the_same_bytes() -> None:
    assert public_comment_pdf(public_comment(sample())).data == printed("sample")
    assert public_comment_xlsx(public_comment(sample())) == public_comment_xlsx(public_comment(sample()))
