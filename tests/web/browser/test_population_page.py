"""A council member looks at the population of 阿蘇市, chooses years, takes a picture home; wide, on a phone, on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.axe import faults
from tests.web.browser.conftest import PHONE, Complaints
from tests.web.browser.pictures import ill_drawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Page]
ADDRESS = "/432148/population/"
OUT_OF_THE_WINDOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SIDEWAYS = "[...document.querySelectorAll('.chart')].some(each => each.scrollWidth > each.clientWidth)"
CUT = """() => [...document.querySelectorAll('.chart, .scroll')]
  .filter(e => e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX !== 'auto').length"""


@pytest.fixture
def member(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Any:
    return person("council", adopted("aso").municipality)


def test_years_are_chosen_and_a_picture_is_kept(
    member: Any, sit_down: SitDown, complaints: Complaints
) -> None:
    page = sit_down(member)
    page.goto(ADDRESS)
    assert faults(page) == []
    page.get_by_label("どの年まで示すか").select_option("2050")
    page.get_by_role("button", name="表示").click()
    expect(page.get_by_role("heading", name="阿蘇市による延長（2050年）")).to_be_visible()
    page.get_by_label("二つ目の年").select_option("2060")
    page.get_by_role("button", name="並べる").click()
    expect(page).to_have_url(
        f"http://{page.url.split('/')[2]}{ADDRESS}?until=2050&year=2015&year=2060#p-pyramid"
    )
    pyramid = page.get_by_role("region", name="人口ピラミッド").first
    pyramid.get_by_text("この図の数値").click()
    expect(pyramid.get_by_role("columnheader", name="2060年（阿蘇市による延長） 女")).to_be_visible()
    with page.expect_download() as kept:
        pyramid.get_by_role("link", name="図を保存（SVG）").click()
    assert kept.value.suggested_filename == "阿蘇市_人口ピラミッド.svg"
    assert "2060年（阿蘇市による延長）" in Path(kept.value.path()).read_text(encoding="utf-8")
    assert complaints == []


def test_at_every_width_the_picture_that_fits_is_seen(
    member: Any, sit_down: SitDown, complaints: Complaints
) -> None:
    page = sit_down(member)
    for address in (ADDRESS, f"{ADDRESS}try/"):
        page.goto(address)
        expect(page.locator("figure.chart").first).to_be_visible()
        for width in (375, 480, 481, 600, 700, 768, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert (width, ill_drawn(page)) == (width, [])
        page.set_viewport_size({"width": 320, "height": 800})
        assert not page.evaluate(OUT_OF_THE_WINDOW)
        assert not page.evaluate(SIDEWAYS)
    assert complaints == []


def test_it_is_read_on_a_phone_in_english_and_on_paper(
    member: Any, sit_down: SitDown, complaints: Complaints
) -> None:
    page = sit_down(member, language="en", viewport=PHONE)
    page.goto(ADDRESS)
    assert faults(page) == []
    assert page.evaluate(CUT) == 0
    assert ill_drawn(page) == []
    page.get_by_role("link", name="Three age groups", exact=True).click()
    expect(page.get_by_role("heading", name="Three age groups")).to_be_in_viewport()
    page.emulate_media(media="print")
    figures = page.get_by_role("region", name="阿蘇市: total population and projections")
    expect(figures.get_by_role("cell", name="10,272")).to_be_visible()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    assert complaints == []
