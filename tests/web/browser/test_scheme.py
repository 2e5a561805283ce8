"""The evaluation scheme in a browser: tried while one types, quiet while one converts, saved without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sosei.web.people.actor import actor_of
from sosei.web.plans import acts
from sosei.web.plans.store import draft_document
from tests.web.browser.axe import faults
from tests.web.browser.conftest import PHONE, Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Page]


@pytest.fixture
def desk(adopted: Callable[[str], Any], person: Callable[..., Any]) -> tuple[Any, Any, str]:
    """A planning officer with a draft of 人吉市's plan, and the address of its scheme."""
    edition = adopted("hitoyoshi")
    user = person("officer", edition.municipality, username="hanako")
    draft = acts.begin_revision(actor_of(user, edition.municipality), edition.plan)
    return user, draft, f"/432032/plans/{edition.plan.key}/revision/scheme/"


def test_a_scheme_is_tried_while_one_types_but_not_while_one_converts(
    desk: tuple[Any, Any, str], sit_down: SitDown, complaints: Complaints
) -> None:
    user, draft, address = desk
    page = sit_down(user)
    page.goto(address)
    page.get_by_label("目標値に対する割合を4段階").check()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("率が29件、区分が30件変わります")
    page.get_by_text("この計画の方式の文").click()
    text = page.get_by_label("評価方式の文")
    text.fill('name = "この市の方式"\n[class]\non = "rat"')
    expect(page.get_by_label("この計画の方式を書く")).to_be_checked()
    expect(preview).to_contain_text("3行目 class.on")
    text.fill('name = "この市の方式"\n[rounding]\ndigits = 1')
    expect(preview).to_contain_text("この市の方式")
    expect(preview).to_contain_text("102.7%")
    assert complaints == []
    assert faults(page) == []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    converse = page.context.new_cdp_session(page)
    text.focus()
    converse.send("Input.imeSetComposition", {"text": "へんかん", "selectionStart": 4, "selectionEnd": 4})
    page.wait_for_timeout(900)
    assert "POST" not in asked
    page.get_by_label("変える理由").fill("小数第1位までの公表に合わせる")
    text.fill('name = "この市の方式"\n[rounding]\ndigits = 1')
    page.get_by_role("button", name="下書きに保存する").click()
    expect(page.get_by_role("main")).to_contain_text("評価方式を下書きに保存しました")
    assert draft_document(draft).schemes == ('name = "この市の方式"\n[rounding]\ndigits = 1',)


def test_without_script_on_a_phone_it_is_chosen_tried_and_saved(
    desk: tuple[Any, Any, str], sit_down: SitDown
) -> None:
    user, draft, address = desk
    page = sit_down(user, viewport=PHONE, java_script_enabled=False)
    page.goto(address)
    page.get_by_label("方式を探す言葉").fill("富士市")
    page.get_by_role("button", name="探す").click()
    page.get_by_label("目標値に対する割合を4段階").check()
    page.get_by_role("button", name="プレビュー").click()
    expect(page.locator("#preview")).to_contain_text("率が29件、区分が30件変わります")
    page.get_by_role("button", name="下書きに保存する").click()
    expect(page.get_by_role("main")).to_contain_text("評価方式を下書きに保存しました")
    assert draft_document(draft).scheme == "f1-ratio-fuji"
