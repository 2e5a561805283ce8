"""A new user's first hour, from ``sosei init`` to two compared editions, on the real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import EXAMPLES
from tests.web.installation.running import PASSWORD, serving, sosei

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CITY = ("--code", "432148", "--name", "阿蘇市", "--prefecture", "熊本県")
OFFICER = ("--officer", "企画 花子（サンプル）", "--login", "kikaku")
OWN_PASSWORD = "ひみつのことば十二文字以上"  # noqa: S105
NEW_TITLE = "第3期阿蘇市総合戦略（改訂）"


def test_from_init_to_two_compared_editions(tmp_path: Path, chromium: Browser) -> None:
    told = PASSWORD.search(sosei(tmp_path / "home", "init", *CITY, *OFFICER).stdout)
    assert told
    with serving(tmp_path / "home", "--http") as served:
        context = chromium.new_context(
            base_url=f"http://127.0.0.1:{served.port}", locale="ja-JP", accept_downloads=True
        )
        page = context.new_page()
        _sign_in(page, told.group(1))
        _load(page, EXAMPLES["aso"], "計画を入れる")
        _adopt(page, "策定", "令和7年9月1日", "議決を経て策定")
        _read(page)
        _revise(page, tmp_path)
        _compare(page)
        _documents(page)
        context.close()


def _sign_in(page: Page, password: str) -> None:
    """The first time, with the password that was told, which has to be changed at once."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="サインイン").click()
    page.get_by_label("ユーザー名").fill("kikaku")
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    expect(page.get_by_role("heading", name="パスワードを変える")).to_be_visible()
    for field in page.get_by_role("main").locator("input[type=password]").all():
        is_old = field.get_attribute("autocomplete") == "current-password"
        field.fill(password if is_old else OWN_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="パスワードを変える").click()
    expect(page.get_by_role("heading", name="最初の計画を入れましょう")).to_be_visible()


def _load(page: Page, file: Path, way: str) -> None:
    page.get_by_role("main").get_by_role("link", name=way).click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="読み込む").click()


def _adopt(page: Page, title: str, day: str, reason: str) -> None:
    page.get_by_role("link", name="版として策定する").click()
    page.get_by_label("版の名称").fill(title)
    page.get_by_label("策定日").fill(day)
    page.get_by_label("策定・改訂の理由").fill(reason)
    page.get_by_role("main").get_by_role("button", name="策定する").click()
    expect(page.get_by_role("status")).to_be_visible()


def _explain(page: Page) -> None:
    """Adopting is offered once every change has its reason; the reasons are saved apart."""
    page.get_by_role("link", name="版として策定する").click()
    expect(page.get_by_role("button", name="策定する")).to_have_count(0)
    page.get_by_role("link", name="理由を書く").click()
    for field in page.get_by_label("番の理由").all():
        field.fill("名称を改めるため（サンプル）")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("すべてに理由があります")
    page.get_by_role("link", name="下書き", exact=True).click()


def _read(page: Page) -> None:
    """Every kind of page, in both languages."""
    page.goto("/432148/")
    page.get_by_role("link", name="第3期阿蘇市まち・ひと・しごと創生総合戦略").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第3期阿蘇市")
    plan = page.url
    for language, words in (("English", "All"), ("日本語", "すべて")):
        page.goto(plan)
        page.get_by_role("button", name=language).click()
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_contain_text("第3期阿蘇市")
        for path in ("kpis/", "text/", "findings/", "documents/"):
            page.goto(plan + path)
            expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        page.goto(plan + "kpis/")
        expect(page.get_by_role("option", name=words).first).to_be_attached()
        page.locator("tbody a[href*='/indicators/']").first.click()
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("main").locator("a[href*='/elements/']").first.click()
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("searchbox").fill("移住")
    page.get_by_role("button", name="検索").click()
    expect(page.locator("mark").first).to_contain_text("移住")


def _revise(page: Page, folder: Path) -> None:
    """The adopted bytes, changed outside and loaded again, become a second edition."""
    page.goto("/432148/")
    page.get_by_role("link", name="版の一覧").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="計画ファイル").click()
    plan = json.loads(download.value.path().read_bytes())
    plan["title"] = NEW_TITLE
    revised = folder / "revised.json"
    revised.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    page.goto(f"/432148/plans/{plan['key']}/revision/")
    page.get_by_role("main").get_by_role("button", name="見直しの下書きを始める").click()
    page.locator("input[type=file]").set_input_files(revised)
    page.get_by_role("button", name="読み込む").click()
    _explain(page)
    _adopt(page, "改訂", "2026-04-01", "名称の改訂")


def _compare(page: Page) -> None:
    page.goto("/432148/")
    page.get_by_role("link", name="版の一覧").click()
    page.get_by_role("main").get_by_role("link", name="新旧対照").first.click()
    expect(page.get_by_role("main")).to_contain_text("名称を改めるため（サンプル）")
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
        page.get_by_role("link", name="ダウンロード").click()
    assert download.value.path().read_bytes().startswith(b"PK")


def _documents(page: Page) -> None:
    """Every document that is offered, each made by the worker."""
    page.goto("/432148/")
    page.get_by_role("main").get_by_role("link", name="文書", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("文書")
    address = page.url
    values = [each.get_attribute("value") for each in page.locator("button[name=document]").all()]
    assert len(values) >= 6
    for value in values:
        page.goto(address)
        page.locator(f"button[name=document][value='{value}']").click()
        expect(page.get_by_role("link", name="ダウンロード")).to_be_visible(timeout=60_000)
        with page.expect_download() as download:
            page.get_by_role("link", name="ダウンロード").click()
        assert download.value.path().read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")
