"""Public comments in a real browser: entered, answered and pasted with the keyboard's own means, found accessible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from sosei.web.comments.acts import Said, begin
from sosei.web.comments.models import PublicComment
from sosei.web.plans.acts import begin_revision
from tests.web.browser.axe import faults
from tests.web.browser.conftest import DESKTOP, PHONE, Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BLOCK = "意見の概要\t市の考え方\t修正の有無\n道路を直してほしい\t対象外です\t対象外\n学校を残してほしい\t\t"


@pytest.mark.parametrize(
    "viewport", [DESKTOP, pytest.param(PHONE, marks=pytest.mark.slow)], ids=["desktop", "phone"]
)
def test_a_public_comment_from_the_first_day_to_its_publication(
    viewport: Any,
    adopted: Callable[[str], Any],
    sit_down: Callable[..., Page],
    complaints: Complaints,
) -> None:
    from sosei.web.people.actor import actor_of

    edition = adopted("hitoyoshi")
    begin_revision(actor_of(edition.adopted_by, edition.municipality), edition.plan)
    page = sit_down(edition.adopted_by, viewport=viewport)
    plan = [edition.municipality.code, edition.plan.key]
    page.goto(reverse("comments", args=plan))
    page.get_by_role("link", name="意見募集を登録する").click()
    page.get_by_label("件名").fill("改訂案への意見募集")
    page.get_by_label("募集の初日").fill("Ｒ７.１.６")
    page.get_by_label("募集の最終日").fill("令和7年2月4日")
    page.get_by_label("ホームページ").check()
    page.get_by_label("意見を提出した人の数").fill("２人")
    assert faults(page) == []
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("意見の提出はありませんでした")).to_be_visible()

    page.get_by_role("link", name="意見を登録する").click()
    page.get_by_label("意見の概要").fill("バスを増やしてほしい")
    page.get_by_label("市の考え方").fill("検討します")
    page.get_by_label("修正の有無").select_option("今後の参考")
    assert faults(page) == []
    page.get_by_role("button", name="保存する", exact=True).dblclick()
    expect(page.get_by_role("cell", name="バスを増やしてほしい")).to_have_count(1)

    page.get_by_role("link", name="Excel から貼り付ける").click()
    page.get_by_label("Excel からコピーした表").fill(BLOCK)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_role("button", name="この内容で登録する")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="この内容で登録する").click()
    expect(page.get_by_role("cell", name="してほしい")).to_have_count(3)

    page.get_by_role("button", name="意見3を削除する").click()
    page.get_by_text("削除した意見（1件）").click()
    page.get_by_role("button", name="「学校を残してほしい」を戻す").click()
    page.get_by_role("button", name="意見3を削除する").click()
    expect(page.get_by_role("button", name="意見3を削除する")).to_have_count(0)
    page.get_by_role("button", name="意見2を上へ").click()
    expect(page.locator("tbody tr").first).to_contain_text("道路を直してほしい")
    assert faults(page) == []
    page.get_by_role("button", name="結果を公表する").click()
    expect(page.get_by_text("結果を公表しました")).to_be_visible()
    assert faults(page) == []
    assert [row.summary for row in PublicComment.objects.get().opinions.filter(removed_at=None)] == [
        "道路を直してほしい",
        "バスを増やしてほしい",
    ]
    assert complaints == []


def test_what_was_typed_outlives_an_ended_sign_in_and_is_not_offered_once_saved(
    adopted: Callable[[str], Any], sit_down: Callable[..., Page], complaints: Complaints
) -> None:
    from sosei.web.people.actor import actor_of

    edition = adopted("hitoyoshi")
    actor = actor_of(edition.adopted_by, edition.municipality)
    draft = begin_revision(actor, edition.plan)
    said = Said(title="意見募集", since=date(2025, 1, 6), until=date(2025, 2, 4))
    comment = begin(actor, draft, uuid4(), said)
    form = reverse("opinion_new", args=[edition.municipality.code, edition.plan.key, comment.pk])
    page = sit_down(edition.adopted_by)
    page.goto(form)
    page.get_by_label("意見の概要").fill("途中まで書いた意見")
    session = next(each for each in page.context.cookies() if each["name"] == "sosei_session")
    page.context.clear_cookies(name="sosei_session")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_label("ユーザー名")).to_be_visible()
    page.context.add_cookies(
        [{"name": session["name"], "value": session["value"], "domain": session["domain"], "path": "/"}]
    )
    page.goto(form)
    page.get_by_role("button", name="戻す", exact=True).click()
    expect(page.get_by_label("意見の概要")).to_have_value("途中まで書いた意見")
    page.get_by_role("button", name="保存して次を登録する").click()
    expect(page.get_by_text("意見1を登録しました")).to_be_visible()
    expect(page.get_by_text("送信していない入力が残っています")).to_have_count(0)
    assert [row.summary for row in comment.opinions.all()] == ["途中まで書いた意見"]
    assert complaints == []
