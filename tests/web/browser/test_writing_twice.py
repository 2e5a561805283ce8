"""The pages on which a plan is written, with two people, a lost connection, the back button and a double click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sosei.plan.model import Plan
from sosei.plan.walk import index, placements
from tests.web.browser.conftest import Complaints
from tests.web.conftest import EXAMPLES, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "関係人口の数（サンプル）"


class Desk:
    """A draft of 人吉市's plan, and windows of officers who write at it."""

    def __init__(self, draft: Any, sit: Callable[..., Page]) -> None:
        self.draft, self.sit = draft, sit
        self.base = f"/{draft.municipality.code}/plans/{draft.plan.key}/revision/write/"

    @property
    def plan(self) -> Plan:
        from sosei.web.plans.store import draft_document

        self.draft.refresh_from_db()
        return draft_document(self.draft)

    @property
    def measure(self) -> Any:
        return self.plan.elements[0].children[0]

    def names(self) -> list[str]:
        return [each.name for each in self.measure.placements]

    def adding(self, page: Page, name: str = NAME) -> None:
        """The form of a new indicator at the first measure, filled in."""
        page.goto(f"{self.base}elements/{self.measure.key}/indicators/new/")
        self.fill(page, name)

    def fill(self, page: Page, name: str) -> None:
        form = page.locator("#new form")
        form.locator("[name=name]").fill(name)
        form.locator("[name=unit]").fill("人")
        form.locator("[name='target.quantity']").fill("１２０人")


@pytest.fixture
def desk(sit_down: Callable[..., Page], person: Person, cities: dict[str, Any]) -> Desk:
    from sosei.web.people.actor import command_line
    from sosei.web.plans import acts

    draft = acts.load_file(command_line(cities["hitoyoshi"]), EXAMPLES["hitoyoshi"].read_bytes())

    def sit(name: str = "one") -> Page:
        return sit_down(person("officer", cities["hitoyoshi"], username=name))

    return Desk(draft, sit)


def _add(page: Page) -> Any:
    return page.locator("#new").get_by_role("button", name="加える", exact=True)


def test_a_button_pressed_twice_adds_one_indicator(desk: Desk, complaints: Complaints) -> None:
    page, before = desk.sit(), desk.names()
    desk.adding(page)
    _add(page).dblclick()
    expect(page.get_by_role("status").first).to_contain_text("加えました")
    assert desk.names() == [*before, NAME]
    assert complaints == []


def test_the_form_sent_again_after_the_back_button_adds_nothing_twice(desk: Desk) -> None:
    page, before = desk.sit(), desk.names()
    desk.adding(page)
    _add(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    page.go_back()
    expect(_add(page)).to_be_visible()
    desk.fill(page, NAME)
    _add(page).click()
    expect(page.get_by_role("heading", level=1).filter(has_text=NAME).or_(_pointed_out(page))).to_be_visible()
    assert desk.names() == [*before, NAME]


def _pointed_out(page: Page) -> Any:
    """Where the browser asked for the form anew: that there is one of this name."""
    return page.get_by_text("同じ名称の指標があります")


def test_a_new_indicator_typed_while_the_connection_is_gone_is_offered_again(
    desk: Desk, complaints: Complaints
) -> None:
    page, before = desk.sit(), desk.names()
    desk.adding(page)
    page.wait_for_function("() => Object.keys(localStorage).some(key => key.includes('indicator'))")
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_contain_text("通信が切れています")  # the notice moves the button
    with page.expect_event("requestfailed"):
        _add(page).click(no_wait_after=True)
    page.context.set_offline(False)
    page.goto(f"{desk.base}elements/{desk.measure.key}/indicators/new/")
    page.get_by_role("button", name="戻す", exact=True).click()
    expect(page.locator("#new form [name=name]")).to_have_value(NAME)
    expect(page.locator("#new form [name='target.quantity']")).to_have_value("１２０人")
    _add(page).click()
    expect(page.get_by_role("status").first).to_contain_text("加えました")
    assert desk.names() == [*before, NAME]
    complaints.clear()  # the browser complains of the connection, as it should


def test_two_people_add_at_one_place_and_neither_is_lost(desk: Desk) -> None:
    one, other, before = desk.sit("one"), desk.sit("other"), desk.names()
    for page, name in ((one, "一人目の指標（サンプル）"), (other, "二人目の指標（サンプル）")):
        desk.adding(page, name)
    for page in (one, other):
        _add(page).click()
        expect(page.get_by_role("status").first).to_contain_text("加えました")
    assert desk.names() == [*before, "一人目の指標（サンプル）", "二人目の指標（サンプル）"]


def test_two_people_at_one_row_of_years_meet_only_in_one_cell(desk: Desk) -> None:
    one, other = desk.sit("one"), desk.sit("other")
    placement = desk.measure.placements[0]
    for page in (one, other):
        page.goto(f"{desk.base}placements/{placement.key}/#years")
        expect(page.locator("table[data-grid]")).to_be_visible()
    year = one.locator("table[data-grid] tbody th").first.inner_text().split("\n")[0].strip()
    cell = f"{year} 実績"
    one.get_by_label(cell, exact=True).first.fill("１１１")
    one.get_by_label(cell, exact=True).first.press("Tab")
    one.wait_for_function("() => window.sosei.autosave.open() === 0")
    other.get_by_label(f"{year} 資料", exact=True).first.fill("別の人の資料（サンプル）")
    other.get_by_label(f"{year} 資料", exact=True).first.press("Tab")
    other.wait_for_function("() => window.sosei.autosave.open() === 0")
    other.get_by_label(cell, exact=True).first.fill("２２２")
    other.get_by_label(cell, exact=True).first.press("Tab")
    note = other.get_by_role("alert").filter(has_text="先に書き換えました")
    expect(note).to_contain_text("１１１")
    expect(other.get_by_label(cell, exact=True).first).to_have_value("２２２")
    indicator: Any = index(desk.plan)[placement.indicator]
    assert "１１１" in {str(each.quantity) for each in indicator.observations}
    note.get_by_role("button", name="自分の入力を書き込む").click()
    other.wait_for_function("() => window.sosei.autosave.open() === 0")
    indicator = index(desk.plan)[placement.indicator]
    assert "２２２" in {str(each.quantity) for each in indicator.observations}
    assert "別の人の資料（サンプル）" in {each.source for each in indicator.observations}


def test_a_place_of_the_plan_is_removed_once_and_comes_back_whole(desk: Desk) -> None:
    """Removed by one while the other writes at it: the other is told, and undoing brings all of it back."""
    one, other = desk.sit("one"), desk.sit("other")
    placement, total = desk.measure.placements[0], len(list(placements(desk.plan)))
    other.goto(f"{desk.base}placements/{placement.key}/")
    one.goto(f"{desk.base}placements/{placement.key}/remove/")
    one.get_by_role("button", name="外す", exact=True).dblclick()
    expect(one.get_by_role("status").filter(has_text="元に戻す")).to_be_visible()
    assert len(list(placements(desk.plan))) == total - 1
    field = other.locator("[data-field=target]")
    field.locator("[name='target.quantity']").fill("９９")
    expect(field.locator("[data-said]")).to_contain_text("削除")
    one.get_by_role("button", name="元に戻す").click()
    expect(one.get_by_role("status").filter(has_text="戻しました")).to_be_visible()
    assert len(list(placements(desk.plan))) == total
