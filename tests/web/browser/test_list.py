"""The list of KPIs and search in a browser: comfort with the script, everything without it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.axe import faults
from tests.web.browser.conftest import DESKTOP, PHONE, Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Page]


@pytest.fixture
def city(adopted: Callable[[str], Any], cities: dict[str, Any]) -> Any:
    adopted("hitoyoshi")
    return cities["hitoyoshi"]


@pytest.fixture
def address(city: Any) -> str:
    return f"/432032/plans/{city.plans.get().key}/current/"


def test_a_filter_changes_the_table_the_address_and_what_is_read_out(
    sit_down: SitDown, city: Any, address: str, person: Callable[..., Any], complaints: Complaints
) -> None:
    page = sit_down(person("head", city))
    page.goto(f"{address}kpis/")
    page.evaluate("window.same = true")
    select = page.get_by_label("区分", exact=True)
    select.focus()
    select.select_option("KPI")
    expect(page.get_by_role("status")).to_have_text("112件中27件")
    expect(page).to_have_url(re.compile(r"role=kpi"))
    expect(select).to_be_focused()
    expect(page.locator("#kpi-table tbody tr")).to_have_count(27)
    page.locator("#sort-rate").click()
    expect(page.locator("#sort-rate")).to_be_focused()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("達成率")
    page.locator("#sort-rate").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("達成率")
    page.locator("#f-text").fill("観光")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"text=.+&sort=rate&desc=1"))
    assert page.evaluate("window.same")
    address_now = page.url
    page.get_by_role("link", name="絞り込みを解除").click()
    expect(page.get_by_role("status")).to_contain_text("112件")
    page.go_back()
    expect(page).to_have_url(address_now)
    expect(select).to_have_value("kpi")
    assert complaints == []


def test_the_next_page_keeps_the_focus(
    sit_down: SitDown, city: Any, address: str, person: Callable[..., Any], complaints: Complaints
) -> None:
    page = sit_down(person("reader", city))
    page.goto(f"{address}kpis/")
    page.locator("#page-2").click()
    expect(page.locator("#page-2")).to_have_attribute("aria-current", "page")
    expect(page.locator("#page-2")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("112件（51～100件目）")
    assert complaints == []


def test_everything_works_without_the_script(
    sit_down: SitDown, city: Any, address: str, person: Callable[..., Any]
) -> None:
    page = sit_down(person("head", city), java_script_enabled=False)
    page.goto(f"{address}kpis/")
    page.get_by_label("区分", exact=True).select_option("KPI")
    page.get_by_role("button", name="絞り込む").click()
    expect(page.get_by_role("status")).to_have_text("112件中27件")
    page.locator("#sort-target").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("目標値")
    expect(page.get_by_role("status")).to_have_text("112件中27件")
    page.get_by_role("searchbox", name="計画を検索").fill("移住")
    page.get_by_role("button", name="検索").click()
    expect(page.locator("mark").first).to_have_text("移住")
    page.locator(".results a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "#k-" in page.url


def test_after_a_session_has_ended_the_whole_page_goes_to_sign_in(
    sit_down: SitDown, city: Any, address: str, person: Callable[..., Any]
) -> None:
    page = sit_down(person("reader", city))
    page.goto(f"{address}kpis/?role=kpi")
    page.context.clear_cookies()
    page.locator("#sort-rate").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=.*role%3Dkpi"))


def test_who_lost_the_right_is_told_instead_of_nothing(
    sit_down: SitDown, city: Any, address: str, person: Callable[..., Any]
) -> None:
    user = person("reader", city)
    page = sit_down(user)
    page.goto(f"{address}kpis/")
    user.memberships.all().delete()
    page.locator("#sort-rate").click()
    expect(page.locator("main")).to_contain_text("このページはありません")


@pytest.mark.parametrize("way", ["desktop", "phone", pytest.param("english", marks=pytest.mark.slow)])
def test_axe_finds_nothing_where_something_was_asked(
    way: str, sit_down: SitDown, city: Any, address: str, person: Callable[..., Any], complaints: Complaints
) -> None:
    viewport = PHONE if way == "phone" else DESKTOP
    page = sit_down(
        person("headquarters", city), viewport=viewport, language="en" if way == "english" else "ja"
    )
    for asked in (
        f"{address}kpis/?role=kpi&sort=rate&desc=1",
        f"{address}kpis/?text=zzzz&goal=x",
        f"{address}findings/?severity=error",
        f"{address}findings/?family=TWN&severity=error&division=x",
        "/432032/search/?q=移住",
        "/432032/search/?q=zzzz 移住",
    ):
        page.goto(asked)
        assert faults(page) == [], asked
    assert complaints == []
