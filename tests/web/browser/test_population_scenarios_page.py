"""A planning officer keeps a scenario, finds it in the list, compares it, removes it and takes that back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.axe import faults
from tests.web.browser.conftest import PHONE, Complaints
from tests.web.browser.pictures import ill_drawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/432148/population/scenarios/"
NAME = "本市の展望（サンプル）"
TORN_WORDS = """() => [...document.querySelectorAll('th')].flatMap(th => {
  const walk = document.createTreeWalker(th, NodeFilter.SHOW_TEXT), torn = []
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    for (const word of text.data.matchAll(/[A-Za-z]+/g)) {
      const range = document.createRange()
      range.setStart(text, word.index)
      range.setEnd(text, word.index + word[0].length)
      if (new Set([...range.getClientRects()].map(each => each.top)).size > 1) torn.push(word[0])
    }
  }
  return torn
})"""


def test_a_scenario_is_kept_compared_removed_and_restored(
    cities: dict[str, Any],
    person: Callable[..., Any],
    sit_down: Callable[..., Page],
    complaints: Complaints,
) -> None:
    page = sit_down(person("officer", cities["aso"]))
    page.goto(LIST)
    page.get_by_role("link", name="「パターン3（独自の推計の例）」の写しから作る").click()
    page.get_by_label("名前", exact=False).first.fill(NAME)
    page.get_by_label("定義（TOML）").fill("[fertility]\ntfr = { 2030 = ")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_role("alert")).to_contain_text("TOML として読めません")
    page.get_by_label("定義（TOML）").fill("[fertility]\ntfr = { 2030 = 1.9 }")
    assert faults(page) == []
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("合計特殊出生率が基準年の値から2030年に1.9")
    assert faults(page) == []

    page.get_by_role("navigation", name="人口のページ").get_by_role("link", name="シナリオ").click()
    page.get_by_role("checkbox", name=NAME).check()
    page.get_by_role("checkbox", name="封鎖人口（全年齢で純移動ゼロ）").check()
    assert faults(page) == []
    page.get_by_role("button", name="選んだシナリオを比べる").click()
    expect(page.get_by_role("rowheader", name=NAME).first).to_be_visible()
    page.get_by_label("率を揺らした場合も見る").check()
    page.get_by_role("button", name="比べる").click()
    expect(page.get_by_role("region", name="率を揺らした場合").first).to_contain_text("1,000回")
    assert faults(page) == []

    page.goto(LIST)
    page.get_by_role("button", name=f"「{NAME}」を削除する").click()
    expect(page.get_by_role("checkbox", name=NAME)).to_have_count(0)
    page.get_by_text("削除したシナリオ（1件）").click()
    page.get_by_role("button", name=f"「{NAME}」を戻す").click()
    expect(page.get_by_role("checkbox", name=NAME)).to_be_visible()
    assert [
        each for each in complaints if "409 (Conflict)" not in each
    ] == []  # the definition that was refused


def test_scenarios_are_read_and_compared_on_a_phone_without_script_in_english(
    cities: dict[str, Any], person: Callable[..., Any], sit_down: Callable[..., Page]
) -> None:
    page = sit_down(
        person("council", cities["aso"]), language="en", viewport=PHONE, java_script_enabled=False
    )
    page.goto(LIST)
    page.get_by_role("checkbox", name="Closed population (no net migration at any age)").check()
    page.get_by_role("checkbox", name="Pattern 1 (after the national institute)").check()
    page.get_by_role("checkbox", name="Simulation 1 (fertility rises to replacement)").check()
    page.get_by_role("checkbox", name="Simulation 2 (fertility rises, migration balanced)").check()
    page.get_by_role("button", name="Compare those that are ticked").click()
    expect(page.get_by_role("heading", name="Scenarios compared")).to_be_visible()
    named = page.get_by_role("rowheader", name="Closed population (no net migration at any age)").first
    expect(named).to_be_visible()
    width = named.bounding_box()
    assert width is not None
    assert width["width"] >= 9 * 14  # a few lines of words, not a column of single characters
    assert ill_drawn(page) == []
    assert page.evaluate(TORN_WORDS) == []
