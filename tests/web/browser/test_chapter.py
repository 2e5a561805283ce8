"""Writing a chapter: it is shown beside as it will be read, and no reading of it leaves the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Complaints
from tests.web.conftest import EXAMPLES, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chapter(cities: dict[str, Any]) -> str:
    from sosei.web.people.actor import command_line
    from sosei.web.plans import acts
    from sosei.web.plans.store import draft_document

    draft = acts.load_file(command_line(cities["aso"]), EXAMPLES["aso"].read_bytes())
    key = draft_document(draft).chapters[0].sections[0].key
    return f"/432148/plans/{draft.plan.key}/revision/write/records/{key}/"


def test_a_chapter_is_shown_and_saved_while_one_writes(
    chapter: str,
    cities: dict[str, Any],
    person: Person,
    sit_down: Callable[..., Page],
    complaints: Complaints,
) -> None:
    page = sit_down(person("officer", cities["aso"]))
    page.goto(chapter)
    page.get_by_label("本文").fill("# 見出し\n\n・一つ\n・二つ")
    expect(page.locator("#preview h4")).to_have_text("見出し")
    expect(page.locator("#preview li")).to_have_text(["一つ", "二つ"])
    expect(page.locator("[data-field=paragraphs] [data-said]")).to_contain_text("保存しました")
    page.get_by_label("本文").fill("使えない\x01文字")
    expect(page.locator("#preview [role=alert]")).to_contain_text("使えない文字")
    expect(page.get_by_label("題名").first).to_be_visible()
    page.reload()
    expect(page.locator("#preview h4")).to_have_text("見出し")
    assert not complaints


def test_a_chapter_is_shown_and_saved_without_script(
    chapter: str, cities: dict[str, Any], person: Person, sit_down: Callable[..., Page]
) -> None:
    page = sit_down(person("officer", cities["aso"]), java_script_enabled=False)
    page.goto(chapter)
    page.get_by_label("本文").fill("# 見出し")
    page.get_by_role("button", name="表示を確かめる").click()
    expect(page.get_by_role("main").get_by_role("heading", name="見出し")).to_be_visible()
    page.go_back()
    page.get_by_label("本文").fill("# 見出し")
    page.get_by_role("button", name="下書きに保存する").first.click()
    expect(page.get_by_text("下書きに書き込みました（1項目）")).to_be_visible()
    expect(page.get_by_label("本文")).to_have_value("# 見出し")
