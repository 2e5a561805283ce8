"""The outline of a draft in a browser: branches that come as they are opened, finding, keys, a double click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sosei.plan.model import Plan
from tests.web.browser.conftest import Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Outline:
    """An officer's window on the outline of 人吉市's draft."""

    def __init__(self, page: Page, draft: Any) -> None:
        self.page, self.draft = page, draft
        self.base = f"/{draft.municipality.code}/plans/{draft.plan.key}/revision/write/"
        page.goto(self.base)

    @property
    def plan(self) -> Plan:
        from sosei.web.plans.store import draft_document

        return draft_document(self.draft)

    def row(self, key: str) -> Any:
        return self.page.locator(f"#k-{key} > .node")


@pytest.fixture
def outline(sit_down: Callable[..., Page], adopted: Callable[[str], Any]) -> Outline:
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import User
    from sosei.web.plans.acts import begin_revision

    edition = adopted("hitoyoshi")
    user = User.objects.get(memberships__municipality=edition.municipality)
    return Outline(sit_down(user), begin_revision(actor_of(user, edition.municipality), edition.plan))


def test_a_branch_comes_when_it_is_opened_and_elements_are_found_as_one_types(
    outline: Outline, complaints: Complaints
) -> None:
    page, measure = outline.page, outline.plan.elements[0].children[0]
    project = outline.row(measure.children[0].key)
    expect(project).to_have_count(0)
    page.locator(f"#k-{measure.key} > details > summary").press("Enter")
    expect(project).to_be_visible()
    page.get_by_label("番号・名称で探す").press_sequentially("移住の推進")
    expect(page.locator("#tree mark")).to_have_text("施策① 地方移住の推進")
    expect(project).to_have_count(0)
    expect(page.get_by_label("番号・名称で探す")).to_be_focused()
    assert complaints == []


def test_by_keyboard_an_element_is_moved_and_another_added(outline: Outline, complaints: Complaints) -> None:
    page, goal = outline.page, outline.plan.elements[0]
    one, two, three = goal.children[:3]
    outline.row(one.key).get_by_role("button", name="を下へ").press("Enter")
    expect(page.locator(f"#k-{two.key} ~ #k-{one.key}")).to_be_visible()
    outline.row(one.key).get_by_role("button", name="を下へ").dblclick()
    expect(page.locator(f"#k-{three.key} ~ #k-{one.key}")).to_be_visible()
    assert [each.key for each in outline.plan.elements[0].children[:3]] == [two.key, three.key, one.key]
    outline.row(goal.key).locator("summary").press("Enter")
    outline.row(goal.key).get_by_role("link", name="この下に施策を追加").press("Enter")
    page.get_by_label("番号の表記").fill("施策⑧")
    page.get_by_label("名称", exact=True).fill("関係人口（サンプル）")
    page.get_by_label("名称", exact=True).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("1件を追加しました")
    made = outline.plan.elements[0].children[-1]
    assert (made.label, made.name) == ("施策⑧", "関係人口（サンプル）")
    expect(outline.row(made.key)).to_be_in_viewport()
    assert complaints == []


def test_a_place_is_chosen_by_name(outline: Outline, complaints: Complaints) -> None:
    page, measure, goal = outline.page, outline.plan.elements[0].children[0], outline.plan.elements[1]
    page.goto(f"{outline.base}tree/move/{measure.key}/")
    page.get_by_label("どの中へ").select_option(goal.key)
    page.get_by_label("「施策① 地方移住の推進」の次").check()
    page.get_by_role("button", name="ここへ移す").click()
    expect(outline.row(measure.key)).to_be_visible()
    assert outline.plan.elements[1].children[1].key == measure.key
    assert complaints == []


def test_what_is_typed_on_an_elements_page_saves_itself(outline: Outline, complaints: Complaints) -> None:
    page, goal = outline.page, outline.plan.elements[0]
    page.goto(f"{outline.base}elements/{goal.key}/")
    field = page.locator('[data-field="name"]')
    field.get_by_role("textbox").fill("仕事をつくる（サンプル）")
    field.get_by_role("textbox").press("Tab")
    expect(field.locator("[data-said]")).to_contain_text("保存しました")
    assert outline.plan.elements[0].name == "仕事をつくる（サンプル）"
    assert complaints == []
