"""A block copied from Excel and pasted on screen: cells, columns, limits, the way into the draft."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.plan.walk import elements, placements
from sosei.values import Problem
from sosei.web.workbooks.blocks import MOST_COLUMNS, MOST_ROWS, block_rows
from sosei.web.workbooks.models import Upload
from tests.web.workbooks.conftest import Desk

HEADINGS = "指標名\t単位\t現状値（R6）\t目標値（R11）\t実績 R7\tメモ"
BLOCK = f"{HEADINGS}\n相談件数（サンプル）\t件\t10\t20件\t12\t読まない\n"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\t\n\t\n", [["a", ""]]),
        ('"一行目\n二行目"\tb', [["一行目\n二行目", "b"]]),
        ('"彼は""はい""と\t言った"\tb', [['彼は"はい"と\t言った', "b"]]),
        ('"引用"\tb', [['"引用"', "b"]]),
        ('"5"指標\tb\nc\td', [['"5"指標', "b"], ["c", "d"]]),
        ('12"\t"', [['12"', '"']]),
        ("a", [["a"]]),
        ("\n\na\n", [[""], [""], ["a"]]),
        ("=1+1\t@x", [["=1+1", "@x"]]),
        ("髙﨑\u3099", [["髙﨑\u3099"]]),
    ],
)
def test_cells_of_the_clipboard(text: str, rows: list[list[str]]) -> None:
    assert block_rows(text) == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "表がありません"),
        (" \n\t\n", "表がありません"),
        ("a\n" * (MOST_ROWS + 1), "5,000行まで"),
        ("\t" * MOST_COLUMNS, "200列まで"),
        ("あ" * 32_768, "32,767字まで"),
        ("a\x07", "使えない文字"),
    ],
)
def test_blocks_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(Problem) as caught:
        block_rows(text)
    assert said in caught.value.ja


def test_as_many_rows_as_are_allowed() -> None:
    assert len(block_rows("a\n" * MOST_ROWS)) == MOST_ROWS


def _post(desk: Desk, **typed: Any) -> Any:
    return desk.client.post(desk.address("paste"), typed)


def _measure(desk: Desk) -> Any:
    return next(
        placed.element for placed in elements(desk.document) if placed.element.name and placed.path[1:]
    )


@pytest.mark.django_db
def test_columns_are_guessed_then_read_where_the_rows_belong(desk: Desk) -> None:
    measure = _measure(desk)
    page = _post(desk, block=BLOCK, at=measure.key).content.decode()
    for code in ("name", "unit", "baseline", "target:R11", "actual:R7"):
        assert f'<option value="{code}" selected>' in page
    assert '<option value="1" selected>' in page
    columns = ["name", "unit", "baseline", "target:R11", "actual:R7", ""]
    response = _post(desk, block=BLOCK, at=measure.key, column=columns, first="1", step="read")
    assert response.status_code == 302
    upload = Upload.objects.get()
    assert "相談件数（サンプル）" in desk.page(upload)
    assert desk.length == 0
    desk.accept(upload)
    (placed, placement) = next(
        each for each in placements(desk.document) if each[1].name == "相談件数（サンプル）"
    )
    assert placed.element.key == measure.key
    assert placement.baseline is not None
    assert placement.baseline.year is not None
    assert placement.baseline.year.when is not None
    assert placement.baseline.year.when.year == 2024  # said by the heading alone
    indicator = next(each for each in desk.document.indicators if each.key == placement.indicator)
    assert [str(each.quantity) for each in indicator.observations] == ["12"]


@pytest.mark.django_db
def test_a_column_chosen_otherwise_is_read_otherwise(desk: Desk) -> None:
    measure = _measure(desk)
    columns = ["name", "unit", "", "target", "", "source"]
    _post(desk, block=BLOCK, at=measure.key, column=columns, first="1", step="read")
    desk.accept(Upload.objects.get())
    placement = next(p for _, p in placements(desk.document) if p.name == "相談件数（サンプル）")
    assert placement.baseline is None
    indicator = next(each for each in desk.document.indicators if each.key == placement.indicator)
    assert (indicator.source, indicator.observations) == ("読まない", ())


@pytest.mark.django_db
def test_a_block_that_was_changed_after_its_columns_were_named_is_shown_again(desk: Desk) -> None:
    response = _post(desk, block="指標名\t目標値\na\t1", column=["name"], first="1", step="read")
    assert response.status_code == 200
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_a_faulty_cell_leads_back_to_the_table_with_everything_typed(desk: Desk) -> None:
    block = "指標名\t単位\t目標値\t役割\nサンプル\t件\t5\tなにか\n"
    columns = ["name", "unit", "target", "role"]
    _post(desk, block=block, at=_measure(desk).key, column=columns, first="1", step="read")
    upload = Upload.objects.get()
    page = desk.page(upload)
    assert f"?from={upload.pk}#D2" in page
    back = desk.client.get(desk.address("paste"), {"from": str(upload.pk)}).content.decode()
    assert 'id="D2"' in back
    assert "サンプル\t件\t5\tなにか" in back
    assert '<span class="chip bad">' in back
    assert '<option value="role" selected>' in back


@pytest.mark.django_db
def test_more_than_one_form_may_send_is_refused_in_one_sentence(desk: Desk) -> None:
    response = _post(desk, block="a" * 6_000_000)
    assert response.status_code == 400
    assert "一度に送れるのは文字で5MBまでです" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"block": ""},
        {"block": "a\x07b"},
        {"block": BLOCK, "column": ["nonsense"] * 6, "first": "x", "at": "nowhere", "step": "read"},
        {"block": "<script>alert(1)</script>\t目標値\n1\t2"},
    ],
)
def test_whatever_is_sent_the_page_says_what_is_wrong_and_keeps_it(desk: Desk, typed: dict[str, Any]) -> None:
    response = desk.client.post(desk.address("paste"), typed, follow=True)
    assert response.status_code in (200, 400)
    assert "<script>alert" not in response.content.decode()
    assert desk.length == 0
