"""What every page shares: no complaint of the browser, the keyboard's way in, the choice of language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import PHONE, Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_first_tab_leads_past_the_menu(
    sit_down: Callable[..., Page], cities: dict[str, Any], person: Callable[..., Any], complaints: Complaints
) -> None:
    page = sit_down(person("officer", cities["aso"]))
    page.goto("/432148/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert complaints == []


def test_the_language_is_chosen_and_kept(
    sit_down: Callable[..., Page], cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    page = sit_down(person("officer", cities["aso"]), language="ja")
    page.goto("/432148/")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url("/432148/")


def test_the_menu_folds_on_a_phone(
    sit_down: Callable[..., Page], cities: dict[str, Any], person: Callable[..., Any], complaints: Complaints
) -> None:
    page = sit_down(person("officer", cities["aso"]), viewport=PHONE)
    page.goto("/432148/")
    link = page.locator(".site-fold").get_by_role("link", name="計画")
    expect(link).to_be_hidden()
    page.get_by_text("メニュー").click()
    expect(link).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []
