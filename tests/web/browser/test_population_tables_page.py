"""A new municipality loads its projection and its census in a browser, and sees its overview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.formats import population_files as made
from tests.web.browser.axe import faults
from tests.web.browser.conftest import PHONE, Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Page]
NEW = ("990019", "創生市（サンプル）")


@pytest.fixture
def hajime(person: Callable[..., Any]) -> Any:
    """The planning officer of a municipality that has nothing yet."""
    from sosei.web.people.models import Municipality

    code, name = NEW
    city = Municipality.objects.create(code=code, name=name, is_sample=True)
    return person("officer", city, username="hajime")


def _rows(rows: list[list[Any]]) -> list[list[Any]]:
    """The made rows, the last municipality called 創生市（サンプル）."""
    return [
        [99001 if str(cell) == "43441" else NEW[1] if cell == "御船町" else cell for cell in row]
        for row in rows
    ]


def _projection() -> bytes:
    """Without the sums of the prefecture, of which the sample is no part."""
    rows = _rows(made.r5_rows())
    return made.workbook(Sheet1=[*rows[:5], *rows[-len(made.YEARS) :]])


def _plain(rows: list[list[Any]]) -> str:
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)


def test_hajime_loads_a_projection_and_a_census(
    hajime: Any, sit_down: SitDown, complaints: Complaints
) -> None:
    page = sit_down(hajime)
    main = page.get_by_role("main")
    page.goto("/990019/population/")
    expect(main).to_contain_text("人口の表がまだありません")
    page.get_by_role("link", name="もとの表").first.click()
    expect(page.get_by_role("link", name="ファイルを読み込む もとにする推計")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="ファイルを読み込む もとにする推計").click()
    expect(page.get_by_label("人口の表")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("人口の表").set_input_files(
        {"name": "suikei_kekka.xlsx", "mimeType": "application/octet-stream", "buffer": _projection()}
    )
    page.get_by_role("button", name="読み込んで確かめる").click()
    expect(main).to_contain_text("はじめての表です")
    expect(main).to_contain_text("令和5（2023）年推計")
    assert faults(page) == []
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(main).to_contain_text("取り込みました")
    page.get_by_role("link", name="ファイルを読み込む 国勢調査").click()
    page.get_by_label("コピーした表").fill(_plain(_rows(made.census_rows())))
    page.get_by_role("button", name="貼り付けた表を確かめる").click()
    expect(main).to_contain_text("年齢不詳")
    page.get_by_role("button", name="取り込む", exact=True).focus()
    page.keyboard.press("Enter")
    expect(main).to_contain_text("取り込みました")
    page.goto("/990019/population/")
    expect(main).to_contain_text("創生市（サンプル）の総人口の推移と将来推計")
    expect(main).to_contain_text("国勢調査")
    assert complaints == []


def test_without_script_on_a_phone_a_wrong_file_is_refused(hajime: Any, sit_down: SitDown) -> None:
    page = sit_down(hajime, viewport=PHONE, java_script_enabled=False)
    page.goto("/990019/population/tables/load/projection/")
    page.get_by_label("人口の表").set_input_files(
        {"name": "計画.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="読み込んで確かめる").click()
    expect(page.get_by_role("alert")).to_contain_text("計画.pdf")
    expect(page.get_by_role("main")).to_contain_text("受け取ったファイルは消しました")
