"""Signing in as people do it: with an app, with a security key, by the office's own account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.accounts.conftest import totp
from tests.web.accounts.provider import Provider, running_provider
from tests.web.accounts.test_single_sign_on import configure, oidc
from tests.web.browser.axe import faults
from tests.web.browser.conftest import PHONE, Complaints
from tests.web.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Sit = Callable[..., Page]
Maker = Callable[..., Any]


@pytest.fixture(autouse=True)
def _table_of_limits(transactional_db: None) -> Iterator[None]:
    """What is counted lies in a table of its own, which the end of a test does not empty."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


def sign_in(page: Page, user: Any) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("ユーザー名").fill(user.username)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="サインアウトする").click()
    expect(page.get_by_text("サインアウトしました")).to_be_visible()


def plug_in(page: Page) -> None:
    """A security key in the machine that answers whenever it is touched."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize(
    ("language", "viewport"),
    [
        ("ja", None),
        *(pytest.param(*way, marks=pytest.mark.slow) for way in (("ja", PHONE), ("en", None), ("en", PHONE))),
    ],
)
def test_every_page_is_accessible(
    language: str, viewport: Any, sit_down: Sit, cities: Any, person: Maker, complaints: Complaints
) -> None:
    from sosei.web.people.models import Municipality

    open_pages = (
        "login/?why=unsaved",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/0-x/",
        "inactive/",
    )
    page = sit_down(language=language, viewport=viewport)
    for path in open_pages:
        page.goto(f"/accounts/{path}")
        assert faults(page) == []
    page.goto("/accounts/login/")
    page.locator("form[method=post]").nth(1).evaluate("form => form.noValidate = true")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    Municipality.objects.update(second_factor_required=True)
    user = person("officer", cities["aso"])
    page = sit_down(language="ja", viewport=viewport)
    sign_in(page, user)
    page.context.add_cookies([{"name": "sosei_language", "value": language, "url": page.url}])
    plug_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    assert faults(page) == []
    page.locator("#read_key").click()
    page.wait_for_url("**/2fa/recovery-codes/")
    assert faults(page) == []
    own_pages = (
        "password/change/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/recovery-codes/",
        "2fa/recovery-codes/generate/",
        "2fa/webauthn/",
        "reauthenticate/",
        "2fa/webauthn/reauthenticate/",
        "3rdparty/",
        "logout/",
    )
    for path in own_pages:
        page.goto(f"/accounts/{path}")
        assert faults(page) == []
    assert complaints == []


def test_an_app_is_set_up_because_it_is_compulsory_and_asked_for_ever_after(
    sit_down: Sit, cities: Any, person: Maker, complaints: Complaints
) -> None:
    from sosei.web.people.models import Municipality

    Municipality.objects.filter(code="432148").update(second_factor_required=True)
    user = person("officer", cities["aso"])
    page = sit_down()
    sign_in(page, user)
    expect(page.get_by_text("阿蘇市では二要素認証が必須です")).to_be_visible()
    page.get_by_role("link", name="アプリを設定する").click()
    picture = page.get_by_role("img", name="認証アプリで読み取るQRコード")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('main img')?.naturalWidth > 100")
    secret = page.locator("figcaption code").inner_text().replace(" ", "")
    page.get_by_label("アプリに表示された6桁の数字").fill(totp(secret))
    page.get_by_role("button", name="設定する").click()
    expect(page.locator("main ol code")).to_have_count(10)
    codes = page.locator("main ol code").all_inner_texts()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="ファイルに保存する").click()
    saved = waiting.value.path().read_text(encoding="utf-8")
    assert saved.split() == [code.replace(" ", "") for code in codes]
    page.get_by_role("link", name="控えたので進む").click()
    expect(page).to_have_url("/432148/")
    sign_out(page)
    sign_in(page, user)
    page.get_by_label("確認コード").fill(codes[0])
    page.get_by_role("main").get_by_role("button", name="サインイン", exact=True).click()
    expect(page).to_have_url("/432148/")
    assert complaints == []


def test_a_security_key_is_added_used_and_removed(
    sit_down: Sit, cities: Any, person: Maker, complaints: Complaints
) -> None:
    user = person("officer", cities["aso"])
    page = sit_down()
    sign_in(page, user)
    plug_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("キーの名前").fill("机の引き出しのキー（サンプル）")
    page.keyboard.press("Enter")  # as good as the button
    expect(page.locator("main ol code")).to_have_count(10)
    sign_out(page)
    sign_in(page, user)
    page.get_by_role("button", name="セキュリティキーで確認する").click()
    expect(page).to_have_url("/432148/")
    page.goto("/accounts/2fa/webauthn/")
    row = page.get_by_role("row", name="机の引き出しのキー（サンプル）")
    expect(row).not_to_contain_text("まだ使っていません")
    row.get_by_role("link", name="外す").click()
    page.get_by_role("button", name="外す").click()
    expect(page.get_by_text("セキュリティキーを外しました")).to_be_visible()
    sign_out(page)
    sign_in(page, user)
    expect(page).to_have_url("/432148/")
    assert complaints == []


def test_a_key_that_cannot_be_read_is_said_beside_the_button(
    sit_down: Sit, cities: Any, person: Maker, complaints: Complaints
) -> None:
    page = sit_down()
    sign_in(page, person("officer", cities["aso"]))
    plug_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    # A key answers to the name of the site it is asked from, to no other.
    page.locator("#key_request").evaluate(
        """data => {
          const request = JSON.parse(data.textContent)
          request.creation_options.publicKey.rp.id = 'example.com'
          data.textContent = JSON.stringify(request)
        }"""
    )
    failed = page.get_by_text("キーを読み取れませんでした")
    expect(failed).to_be_hidden()
    page.get_by_role("button", name="キーを読み取る").click()
    expect(failed).to_be_visible()
    assert complaints == []


def test_without_a_key_s_interface_the_button_says_so(sit_down: Sit, cities: Any, person: Maker) -> None:
    page = sit_down()
    page.add_init_script("delete window.PublicKeyCredential")
    sign_in(page, person("officer", cities["aso"]))
    page.goto("/accounts/2fa/webauthn/add/")
    expect(page.get_by_text("セキュリティキーを使えません")).to_be_visible()
    expect(page.get_by_role("button", name="キーを読み取る")).to_be_disabled()


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as running:
        configure(settings, oidc(running))
        settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
        yield running


def test_the_office_s_account_leads_there_and_back_under_the_page_s_policy(
    sit_down: Sit, cities: Any, person: Maker, provider: Provider, complaints: Complaints
) -> None:
    from sosei.web.people.models import User

    user = person("officer", cities["aso"])
    User.objects.filter(pk=user.pk).update(email="yamada@city.example.lg.jp")
    provider.person = {"sub": "s-1", "email": "yamada@city.example.lg.jp", "email_verified": True}
    page = sit_down()
    page.goto("/432148/")
    page.get_by_role("link", name="市の職員アカウントでサインイン").click()
    expect(page).to_have_url("/432148/")
    assert complaints == []


def test_a_form_sent_too_late_leads_back_to_its_page(sit_down: Sit, cities: Any, person: Maker) -> None:
    from django.contrib.sessions.models import Session

    page = sit_down()
    sign_in(page, person("officer", cities["aso"]))
    page.goto("/accounts/password/change/")
    Session.objects.all().delete()
    for label in ("今のパスワード", "新しいパスワード", "確認のためもう一度"):
        page.get_by_label(label, exact=True).fill("something typed")
    page.get_by_role("button", name="パスワードを変える").click()
    expect(page.get_by_text("送信した内容は保存されていません")).to_be_visible()
    page.get_by_label("ユーザー名").fill("officer-432148")
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    expect(page).to_have_url("/accounts/password/change/")
