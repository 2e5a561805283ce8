"""A plan goes out to Excel and comes back in a browser, 阿蘇市 is rebuilt from the empty workbook, tables are pasted."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sosei.formats.workbook.writing import level_text, plan_workbook
from sosei.plan.operations import Set
from sosei.plan.sharing import own_data
from sosei.plan.walk import placements
from sosei.web.people.actor import actor_of
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_base, draft_document
from tests.formats.workbook import test_rebuilding as rebuilding
from tests.formats.workbook.books import Excel
from tests.web.browser.axe import faults
from tests.web.browser.conftest import PHONE, Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Page]
SHEET = "指標・KPI"
COPIED = """<table><tr><td rowspan="2">指標名</td><td colspan="2">実績</td><td rowspan="2">メモ</td></tr>
<tr><td>R6</td><td>R7</td></tr>
<tr><td>相談件数<br>（サンプル）</td><td>10件</td><td>12件</td><td>"引用"</td></tr></table>"""


@pytest.fixture
def desk(adopted: Callable[[str], Any], person: Callable[..., Any]) -> tuple[Any, Any, str]:
    """A planning officer with a draft of 阿蘇市's plan, and where its revision is."""
    edition = adopted("aso")
    user = person("officer", edition.municipality, username="hanako")
    draft = acts.begin_revision(actor_of(user, edition.municipality), edition.plan)
    return user, draft, f"/432148/plans/{edition.plan.key}/revision/"


def _file(data: bytes, name: str = "計画.xlsx") -> Any:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": kind, "buffer": data}


def _downloaded(page: Page, press: Callable[[], None]) -> bytes:
    with page.expect_download() as waiting:
        press()
    return Path(waiting.value.path()).read_bytes()


def test_a_workbook_goes_out_is_changed_comes_back_and_is_undone(
    desk: tuple[Any, Any, str], sit_down: SitDown, complaints: Complaints
) -> None:
    user, draft, address = desk
    before = draft_document(draft)
    page = sit_down(user)
    page.goto(f"{address}workbook/")
    assert faults(page) == []
    page.get_by_role("button", name="Excelに書き出す").click()
    data = _downloaded(page, page.get_by_role("link", name="ダウンロード").click)
    excel = Excel(data)
    first = next(placement for _, placement in placements(before))
    row = excel.row(SHEET, "指標名", first.name)
    excel.set(SHEET, row, "目標値", "123億円")
    excel.set(SHEET, row, "望ましい向き", "どちらでも")
    page.goto(f"{address}workbook/")
    page.get_by_label("Excelのブック").set_input_files(_file(excel.save()))
    page.get_by_role("button", name="読み込んで違いを見る").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("誤りのあるセルが1か所あります")
    expect(main).to_contain_text("どちらでも")
    expect(main.locator("ins", has_text="123").first).to_be_visible()
    assert faults(page) == []
    assert draft_document(draft) == before
    page.get_by_label("理由").fill("会議の結果")
    page.get_by_label("誤りのあるセルを除いて取り込む").check()
    page.get_by_role("button", name="下書きに取り込む").click()
    expect(main).to_contain_text("取り込みました")
    placed = next(each for _, each in placements(draft_document(draft)) if each.key == first.key)
    assert placed.target is not None
    assert placed.target.quantity.text == "123億円"
    page.go_back()
    expect(page.get_by_role("button", name="下書きに取り込む")).to_have_count(0)
    page.goto(address)
    page.get_by_role("button", name="元に戻す").click()
    expect(main).to_contain_text("元に戻しました")
    assert draft_document(draft) == before
    assert complaints == []


def test_what_was_changed_in_both_is_chosen_by_keyboard_and_without_script(
    desk: tuple[Any, Any, str], sit_down: SitDown
) -> None:
    user, draft, address = desk
    placed = [each for _, each in placements(draft_document(draft))][:2]
    excel = Excel(plan_workbook(draft_document(draft), mark=f"{draft.pk.hex}."))
    for each in placed:
        excel.set(SHEET, excel.row(SHEET, "指標名", each.name), "目標値", "123人")
    actor = actor_of(user, draft.municipality)
    for each in placed:
        old = own_data(each)["target"]
        new = {**old, "quantity": {"text": "999人", "number": "999", "unit": "人"}}
        acts.operate(actor, draft, [Set(key=each.key, field="target", old=old, new=new)])
    page = sit_down(user)
    page.goto(f"{address}workbook/")
    page.get_by_label("Excelのブック").set_input_files(_file(excel.save()))
    page.get_by_role("button", name="読み込んで違いを見る").click()
    expect(page.get_by_role("main")).to_contain_text("両方で変わったところが2か所")
    assert faults(page) == []
    page.get_by_role("group", name=placed[0].name).get_by_label("画面の値を残す").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name=placed[0].name).get_by_label("ファイルの値にする")).to_be_checked()
    plain = sit_down(user, viewport=PHONE, java_script_enabled=False)
    plain.goto(page.url)
    plain.get_by_role("group", name=placed[0].name).get_by_label("ファイルの値にする").check()
    plain.get_by_role("button", name="下書きに取り込む").click()
    expect(plain.get_by_role("main")).to_contain_text("画面の値を残したところは1か所")
    now = [each.target for _, each in placements(draft_document(draft))][:2]
    assert [each.quantity.text for each in now if each] == ["123人", "999人"]


def test_aso_is_rebuilt_from_the_empty_workbook(
    cities: dict[str, Any], person: Callable[..., Any], sit_down: SitDown, complaints: Complaints
) -> None:
    page = sit_down(person("officer", cities["aso"], username="hanako"))
    page.goto("/432148/plans/new/")
    page.get_by_role("link", name="Excelから計画を始める").click()
    excel = Excel(_downloaded(page, page.get_by_role("link", name="空の様式を取る").click))
    for number, level in enumerate(rebuilding.ASO.levels, 1):
        row = excel.row("基本事項", "項目", f"階層{number}")
        excel.set("基本事項", row, "内容", level_text(level))
    rebuilding.paste_all(excel)
    page.get_by_label("計画の名称").fill("第3期阿蘇市総合戦略")
    page.get_by_label("Excelのブック").set_input_files(_file(excel.save()))
    assert faults(page) == []
    page.get_by_role("button", name="計画を始めて読み込む").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("変わるところ")
    expect(main).not_to_contain_text("誤り")
    page.get_by_role("button", name="下書きに取り込む").click()
    expect(main).to_contain_text("取り込みました")
    document = draft_document(Draft.objects.get())
    assert rebuilding.held(document) == rebuilding.held(rebuilding.ASO)
    assert complaints == []


def test_a_copied_table_keeps_its_merged_cells_and_goes_where_it_belongs(
    desk: tuple[Any, Any, str], sit_down: SitDown, complaints: Complaints
) -> None:
    user, draft, address = desk
    page = sit_down(user)
    page.goto(f"{address}paste/")
    field = page.get_by_label("コピーした表")
    field.focus()
    page.evaluate(
        """(html) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData('text/html', html)
          clipboardData.setData('text/plain', 'x')
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}))
        }""",
        COPIED,
    )
    expect(field).to_have_value(
        '指標名\t実績\t\tメモ\n\tR6\tR7\t\n"相談件数\n（サンプル）"\t10件\t12件\t"""引用"""'
    )
    page.get_by_label("行の入る場所").select_option(index=1)
    page.get_by_role("button", name="表にする").click()
    expect(page.get_by_label("A列の意味")).to_have_value("name")
    expect(page.get_by_label("B列の意味")).to_have_value("actual:R6")
    expect(page.get_by_label("C列の意味")).to_have_value("actual:R7")
    assert faults(page) == []
    page.get_by_role("button", name="読み込んで違いを見る").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("相談件数")
    assert draft_document(draft).indicators == draft_base(draft).indicators
    page.get_by_role("button", name="下書きに取り込む").click()
    expect(main).to_contain_text("取り込みました")
    (made,) = [each for each in draft_document(draft).indicators if "サンプル" in each.name]
    assert [str(each.quantity) for each in made.observations] == ["10件", "12件"]
    assert complaints == []


def test_without_script_on_a_phone_a_table_is_pasted_and_taken_over(
    desk: tuple[Any, Any, str], sit_down: SitDown
) -> None:
    user, draft, address = desk
    page = sit_down(user, viewport=PHONE, java_script_enabled=False)
    page.goto(f"{address}paste/")
    page.get_by_label("コピーした表").fill("指標名\t目標値\n相談件数（サンプル）\t20件")
    page.get_by_label("行の入る場所").select_option(index=1)
    page.get_by_role("button", name="表にする").click()
    page.get_by_role("button", name="読み込んで違いを見る").click()
    page.get_by_role("button", name="下書きに取り込む").click()
    expect(page.get_by_role("main")).to_contain_text("取り込みました")
    assert any(each.name == "相談件数（サンプル）" for each in draft_document(draft).indicators)


def test_the_same_block_is_not_lost_on_the_way(desk: tuple[Any, Any, str], sit_down: SitDown) -> None:
    """What cannot be read stays in the field, and the page says why."""
    user, _, address = desk
    page = sit_down(user, language="en")
    page.goto(f"{address}paste/")
    page.get_by_label("Copied table").fill("これは\tちがう")
    page.get_by_role("button", name="Show it as a table").click()
    page.get_by_role("button", name="Read it and see what differs").click()
    expect(page.get_by_role("main")).to_contain_text("Not read")
    data = io.BytesIO(b"no workbook").getvalue()
    page.goto(f"{address}workbook/")
    page.get_by_label("Workbook").set_input_files(_file(data))
    page.get_by_role("button", name="Load and see what differs").click()
    expect(page.get_by_role("alert")).to_be_visible()
