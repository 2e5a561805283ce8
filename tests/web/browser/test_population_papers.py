"""Documents of a population in a real browser: chosen, a slip told at its field, made, found again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.web.browser.axe import faults
from tests.web.browser.conftest import DESKTOP, PHONE, Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "viewport", [DESKTOP, pytest.param(PHONE, marks=pytest.mark.slow)], ids=["desktop", "phone"]
)
def test_the_chapter_is_chosen_made_and_taken_home(
    viewport: Any,
    cities: dict[str, Any],
    person: Callable[..., Any],
    sit_down: Callable[..., Page],
    complaints: Complaints,
) -> None:
    page = sit_down(person("officer", cities["aso"]), viewport=viewport)
    page.goto(reverse("population", args=["432148"]))
    page.get_by_role("link", name="文書", exact=True).click()
    expect(page.get_by_label("目標人口")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("封鎖人口（全年齢で純移動ゼロ）").check()
    page.get_by_label("最後の年").select_option("2060")
    page.get_by_label("目標人口").fill("１５，０００人")
    page.get_by_label("目標の年").fill("2047年")
    page.get_by_role("button", name="人口の現状と将来推計 Markdown ZIP").click()
    page.get_by_role("link", name="目標の年").click()
    expect(page.get_by_label("目標の年")).to_be_focused()
    expect(page.get_by_label("封鎖人口（全年齢で純移動ゼロ）")).to_be_checked()
    assert faults(page) == []
    complaints.clear()  # the browser complains of the answer 400, as it should
    page.get_by_label("目標の年").fill("2045年、2060年")
    page.get_by_role("button", name="人口の現状と将来推計 Markdown ZIP").click()
    expect(page.get_by_role("link", name="ダウンロード")).to_be_visible()
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="ダウンロード").click()
    assert download.value.suggested_filename == "阿蘇市_人口の現状と将来推計_2060年.zip"
    page.get_by_role("link", name="人口の文書に戻る").click()
    expect(page.get_by_text("目標 15,000人（2045、2060年）")).to_be_visible()
    assert faults(page) == []
    assert complaints == []
