"""A change request in two browsers: the clerk proposes by keyboard, the officer decides, the draft follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sosei.plan.indicator import Placement
from sosei.plan.walk import index
from sosei.web.people.acting import today
from tests.web.browser.conftest import Complaints
from tests.web.proposals.conftest import Hall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_request_to_the_draft(
    adopted: Callable[[str], Any],
    person: Callable[..., Any],
    sit_down: Callable[..., Page],
    complaints: Complaints,
) -> None:
    hall = Hall(adopted("hitoyoshi"), person)
    place = hall.node(Placement, has="target")
    officer, clerk = sit_down(hall.users["officer"]), sit_down(hall.users["clerk"])

    officer.goto(hall.page("change_requests"))
    officer.get_by_role("link", name="改定照会を始める").click()
    officer.get_by_label("件名").fill("目標値の照会")
    officer.get_by_label("回答期限").fill((today() + timedelta(days=10)).isoformat())
    officer.get_by_role("button", name="照会を始める").click()
    expect(officer.get_by_text("提出された提案はまだありません")).to_be_visible()

    clerk.goto(f"/{hall.city.code}/")
    clerk.get_by_role("link", name="目標値の照会").click()
    title = f"KPI「{place.name}{place.name_suffix}」"
    clerk.get_by_role("link", name=title).first.click()
    clerk.get_by_role("link", name="変更を提案 目標値").click()
    clerk.get_by_role("textbox", name="値").fill("１，２３４人以上")
    expect(clerk.get_by_text("数 1,234、単位 人、以上")).to_be_visible()
    clerk.get_by_label("理由").focus()
    clerk.keyboard.type("実績が目標を上回った")
    clerk.get_by_role("button", name="提案を書き留める").press("Enter")
    clerk.get_by_role("link", name="この課の一覧に戻る").click()
    clerk.get_by_role("button", name="課として提出する（1件）").click()
    expect(clerk.get_by_role("row").filter(has_text="判断待ち").first).to_be_visible()

    officer.reload()
    officer.get_by_label(f"{title}への提案を採用").check()
    officer.get_by_role("button", name="印を付けた提案を採用する").click()
    expect(officer.get_by_text("1件を採用し、下書きに書き込みました")).to_be_visible()
    assert index(hall.document)[place.key].target.quantity.text == "１，２３４人以上"  # type: ignore[attr-defined]

    officer.goto(hall.page("compare"))
    expect(officer.get_by_text("実績が目標を上回った")).to_be_visible()
    clerk.reload()
    expect(clerk.locator(".chip", has_text="採用").first).to_be_visible()
    assert complaints == []
