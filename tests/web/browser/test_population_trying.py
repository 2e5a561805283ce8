"""The trial in a browser: sliders by keyboard answer at once, and without script the buttons do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.axe import faults
from tests.web.browser.conftest import PHONE, Complaints
from tests.web.browser.pictures import ill_drawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Page]
TRY = "/432032/population/try/"


def test_a_slider_moved_by_keyboard_answers_without_a_new_page(
    cities: dict[str, Any], person: Callable[..., Any], sit_down: SitDown, complaints: Complaints
) -> None:
    page = sit_down(person("reader", cities["hitoyoshi"]))
    page.goto(TRY)
    headline = page.locator("#headline")
    expect(headline).to_contain_text("13,227")
    page.evaluate("document.body.dataset.stays = 'yes'")
    slider = page.get_by_label("年あたりの移住世帯（スライダー）")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_label("年あたりの移住世帯", exact=True)).to_have_value("5")
    expect(headline).to_contain_text("14,158")
    expect(page.get_by_role("status").filter(has_text="14,158")).to_have_count(1)
    expect(slider).to_be_focused()
    expect(page).to_have_url(re.compile(r"families=5&composition=couple-30s-child&since=2016"))
    page.get_by_role("button", name="年あたりの移住世帯を下げる").click()
    expect(page).to_have_url(re.compile("families=4&"))
    assert page.evaluate("document.body.dataset.stays") == "yes"
    assert complaints == []
    assert faults(page) == []


def test_what_is_typed_is_not_asked_for_while_one_converts_and_stays_when_wrong(
    cities: dict[str, Any], person: Callable[..., Any], sit_down: SitDown, complaints: Complaints
) -> None:
    page = sit_down(person("reader", cities["hitoyoshi"]))
    page.goto(TRY)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.get_by_label("合計特殊出生率", exact=True)
    field.focus()
    talk = page.context.new_cdp_session(page)
    talk.send("Input.imeSetComposition", {"text": "１", "selectionStart": 1, "selectionEnd": 1})
    page.wait_for_timeout(700)
    assert [each for each in asked if "/try/" in each] == []
    talk.send("Input.insertText", {"text": "１．８"})
    expect(page.locator("#answer")).to_contain_text("合計特殊出生率は2030年に1.8となり")
    expect(page.get_by_label("合計特殊出生率（スライダー）")).to_have_value("1.8")
    field.fill("高い")
    expect(page.locator("#wrong-tfr")).to_contain_text("「合計特殊出生率」が「高い」です")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#answer")).to_contain_text("1.8となり")
    expect(page.locator("#errors")).to_contain_text("直す前の設定で計算したものです")
    assert faults(page) == []
    field.fill("")
    expect(page.locator("#errors")).to_be_empty()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    page.get_by_label("全年齢で純移動ゼロ").check()
    expect(page.locator("#answer")).to_contain_text("封鎖人口")
    expect(page.get_by_label("転出超過を減らす割合", exact=True).first).to_be_disabled()
    assert complaints == []


def test_without_script_on_a_phone_the_buttons_work(
    cities: dict[str, Any], person: Callable[..., Any], sit_down: SitDown
) -> None:
    page = sit_down(person("reader", cities["hitoyoshi"]), viewport=PHONE, java_script_enabled=False)
    page.goto(TRY)
    page.get_by_role("button", name="年あたりの移住世帯を上げる").click()
    expect(page.get_by_label("年あたりの移住世帯", exact=True)).to_have_value("1")
    page.get_by_label("目標人口", exact=True).fill("２２，０００")
    page.get_by_label("目標人口", exact=True).press("Enter")
    sought = page.locator("#sought")
    expect(sought).to_contain_text("3.73世帯")
    expect(sought).to_contain_text("47.1世帯")
    sought.get_by_role("link", name=re.compile("スライダーに入れる.*移住世帯.*、2045年")).click()
    expect(page.locator("#answer")).to_contain_text(re.compile(r"2045年\s*22,000"))
    assert ill_drawn(page) == []
