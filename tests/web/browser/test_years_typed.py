"""Typing, pasting and saving the values of years as a person does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sosei.plan.model import Plan
from sosei.plan.walk import placements
from tests.web.conftest import EXAMPLES, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(cities: dict[str, Any]) -> Any:
    from sosei.web.people.actor import command_line
    from sosei.web.plans import acts

    return acts.load_file(command_line(cities["aso"]), EXAMPLES["aso"].read_bytes())


@pytest.fixture
def desk(sit_down: Callable[..., Page], person: Person, cities: dict[str, Any]) -> Callable[..., Page]:
    def sit(name: str = "one") -> Page:
        return sit_down(person("officer", cities["aso"], username=name))

    return sit


def _plan(draft: Any) -> Plan:
    from sosei.web.plans.store import draft_document

    return draft_document(draft)


def _placement(draft: Any) -> Any:
    return next(each for _, each in placements(_plan(draft)))


def _open(page: Page, draft: Any) -> None:
    page.goto(f"/432148/plans/{draft.plan.key}/revision/write/placements/{_placement(draft).key}/")


def _cell(page: Page, words: str) -> Locator:
    return page.get_by_role("textbox", name=words, exact=True).or_(
        page.get_by_role("combobox", name=words, exact=True)
    )


def _saved(page: Page) -> None:
    page.wait_for_function("() => window.sosei.autosave.open() === 0")


def _paste(cell: Locator, text: str) -> None:
    cell.evaluate(
        """(input, text) => {
          const data = new DataTransfer()
          data.setData('text/plain', text)
          input.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
        }""",
        text,
    )


def _observed(draft: Any) -> dict[str, str]:
    plan = _plan(draft)
    key = _placement(draft).indicator
    indicator = next(each for each in plan.indicators if each.key == key)
    return {each.year.text: each.quantity.text for each in indicator.observations}


def test_enter_goes_down_and_each_cell_is_saved_by_itself(draft: Any, desk: Callable[..., Page]) -> None:
    page = desk()
    _open(page, draft)
    _cell(page, "令和8年度 実績").fill("１，２５０億円")
    page.keyboard.press("Enter")
    expect(_cell(page, "令和9年度 実績")).to_be_focused()
    page.keyboard.type("集計中")
    page.keyboard.press("Shift+Enter")
    expect(_cell(page, "令和8年度 実績")).to_be_focused()
    cell = page.locator("td", has=_cell(page, "令和8年度 実績"))
    expect(cell).to_contain_text("数 125,000,000,000")
    expect(cell).to_contain_text("保存しました")
    _saved(page)
    assert list(_observed(draft).values()) == ["１，２５０億円", "集計中"]
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="令和8年度 値の確かさ")).to_be_focused()


def test_a_pasted_block_is_one_act_and_can_be_undone(draft: Any, desk: Callable[..., Page]) -> None:
    page = desk()
    _open(page, draft)
    before = draft.operations.count()
    _paste(
        _cell(page, "令和8年度 目標"), '1,260億円\t1,255億円\n"1,270億円"\t△10億円\n\t\n1,300億円\t－\n余り'
    )
    expect(page.locator("[data-pasted]")).to_have_text(
        "6個の値を貼り付けました。表からはみ出した1個は入っていません"
    )
    _saved(page)
    expect(_cell(page, "令和9年度 実績")).to_have_value("△10億円")
    assert list(_observed(draft).values()) == ["1,255億円", "△10億円", "－"]
    assert [each.quantity.text for each in _placement(draft).path] == ["1,260億円", "1,270億円", "1,300億円"]
    assert draft.operations.order_by("-no").first().act == draft.operations.all()[before].act
    page.get_by_role("button", name="元に戻す").or_(page.get_by_role("button", name="取り消す")).first.click()
    page.wait_for_load_state()
    assert _observed(draft) == {}
    assert _placement(draft).path == ()


def test_the_computed_rate_follows_and_says_where_another_is_printed(
    draft: Any, desk: Callable[..., Page]
) -> None:
    page = desk()
    _open(page, draft)
    _cell(page, "令和8年度 実績").fill("650億円")
    _cell(page, "令和8年度 達成率（印字）").fill("55%")
    page.keyboard.press("Enter")
    _saved(page)
    beside = page.locator("td", has=_cell(page, "令和8年度 達成率（印字）"))
    expect(beside).to_contain_text("計算 50%（印字と違います）")
    _cell(page, "令和8年度 達成率（印字）").fill("50%")
    page.keyboard.press("Enter")
    expect(beside).not_to_contain_text("印字と違います")


def test_the_final_target_stands_at_its_year_as_soon_as_it_is_saved(
    draft: Any, desk: Callable[..., Page]
) -> None:
    page = desk()
    _open(page, draft)
    old, new = (page.get_by_role("rowheader", name=year) for year in ("令和8年度", "令和9年度"))
    expect(old).to_contain_text("最終目標 1,300億円")
    target = page.locator("[data-field=target]")
    target.get_by_label("値", exact=True).fill("1,400億円")
    _saved(page)
    expect(old).to_contain_text("最終目標 1,400億円")
    target.get_by_label("年度", exact=True).fill("R9")
    _saved(page)
    expect(new).to_contain_text("最終目標 1,400億円")
    expect(old).not_to_contain_text("最終目標")


def test_two_officers_write_two_years_of_one_path(draft: Any, desk: Callable[..., Page]) -> None:
    one, other = desk("one"), desk("other")
    for page in (one, other):
        _open(page, draft)
    _cell(one, "令和8年度 目標").fill("1,260億円")
    one.keyboard.press("Enter")
    _saved(one)
    _cell(other, "令和9年度 目標").fill("1,270億円")
    other.keyboard.press("Enter")
    _saved(other)
    assert [each.quantity.text for each in _placement(draft).path] == ["1,260億円", "1,270億円"]
    _cell(other, "令和8年度 目標").fill("9億円")
    other.keyboard.press("Enter")
    note = other.get_by_role("alert").filter(has_text="先に書き換えました")
    expect(note).to_contain_text("1,260億円")
    note.get_by_role("button", name="今の値を採る").click()
    expect(_cell(other, "令和8年度 目標")).to_have_value("1,260億円")


def test_a_change_of_unit_goes_on_as_a_new_indicator(
    draft: Any, desk: Callable[..., Page], cities: dict[str, Any]
) -> None:
    from sosei.web.people.actor import command_line
    from sosei.web.plans import acts

    page = desk()
    _open(page, draft)
    _cell(page, "令和8年度 実績").fill("1,250億円")
    page.keyboard.press("Enter")
    _saved(page)
    draft.refresh_from_db()
    actor = command_line(cities["aso"])
    adoption = acts.Adoption(title="策定", on=date(2026, 4, 1), length=draft.length)
    draft = acts.begin_revision(actor, acts.adopt(actor, draft, adoption).plan)
    old = _placement(draft).indicator
    _open(page, draft)
    page.get_by_label("単位").fill("百万円")
    field = page.locator("[data-field=unit]")
    expect(field).to_contain_text("実績があるので、単位を")
    field.get_by_role("button", name="新しい指標として引き継ぐ").click()
    expect(page.get_by_role("status").filter(has_text="引き継ぐ新しい指標にしました")).to_be_visible()
    expect(page.get_by_label("単位")).to_have_value("百万円")
    expect(page.get_by_role("heading", name="前の指標の実績")).to_be_visible()
    expect(page.locator("#years")).to_contain_text("1,250億円")
    expect(_cell(page, "令和8年度 実績")).to_have_value("")
    made = next(each for each in _plan(draft).indicators if each.continues == old)
    assert _placement(draft).indicator == made.key


def test_the_reading_of_a_new_value_is_shown_while_one_types(draft: Any, desk: Callable[..., Page]) -> None:
    page = desk()
    element = _plan(draft).elements[0]
    page.goto(f"/432148/plans/{draft.plan.key}/revision/write/elements/{element.key}/indicators/new/")
    page.get_by_label("名称・単位・資料で探す").press_sequentially("総生産")
    expect(page.get_by_role("button", name="ここに加える 阿蘇市の市町村内総生産").first).to_be_visible()
    page.locator("#new").get_by_label("名称").fill("移住相談件数（サンプル）")
    value = page.get_by_role("group", name="目標値")
    value.get_by_label("値", exact=True).press_sequentially("２００件以上")
    expect(value).to_contain_text("数 200、単位 件、以上")
    page.get_by_role("button", name="加えて、続けて次を書く").dblclick()
    expect(page.get_by_role("status").filter(has_text="移住相談件数（サンプル）")).to_be_visible()
    assert [each.name for each in _plan(draft).indicators].count("移住相談件数（サンプル）") == 1
