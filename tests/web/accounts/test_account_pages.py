"""Which pages there are, and that all of them are ours, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

import sosei

pytestmark = pytest.mark.django_db

OURS = Path(sosei.__file__).parent / "web/templates"
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
ARGUMENTS: dict[str, dict[str, Any]] = {
    "account_reset_password_from_key": {"uidb36": "0", "key": "a-b"},
    "openid_connect_login": {"provider_id": "none"},
    "openid_connect_callback": {"provider_id": "none"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}


def names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    from sosei.web.accounts.urls import OPEN_ACCOUNT_PAGES, OWN_ACCOUNT_PAGES

    return OPEN_ACCOUNT_PAGES, OWN_ACCOUNT_PAGES


def address_of(name: str) -> str:
    return reverse(name, kwargs=ARGUMENTS.get(name))


def test_every_mounted_page_is_in_one_of_the_two_lists() -> None:
    from sosei.web.accounts.urls import urlpatterns

    open_pages, own_pages = names()
    mounted = [str(pattern.name) for pattern in urlpatterns]
    assert sorted(mounted) == sorted([*open_pages, *own_pages])


def test_own_pages_lead_a_stranger_to_the_sign_in_page_and_back() -> None:
    for name in names()[1]:
        page = address_of(name)
        response = Client().get(page)
        assert response.status_code == 302, name
        assert unquote(response.headers["Location"]) == f"/accounts/login/?next={page}", name


@pytest.mark.parametrize(
    "page",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "login/code/",
        "phone/change/",
        "2fa/webauthn/login/",
        "3rdparty/signup/",
        "2fa/recovery-codes/download/",
        "reauthenticate/code/",
    ],
)
def test_what_is_not_used_is_not_there(page: str, signed_in: Callable[..., Client], cities: Any) -> None:
    for client in (Client(), signed_in("officer", cities["aso"])):
        assert client.get(f"/accounts/{page}").status_code == 404


@pytest.fixture
def fresh(sign_in: Callable[..., Any], person: Callable[..., Any], cities: Any) -> Client:
    """Signed in by the form a moment ago, so that no page asks once more."""
    client = Client()
    assert sign_in(client, person("officer", cities["aso"])).status_code == 302
    return client


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_ours_in_the_language_asked_for(language: str, fresh: Client) -> None:
    shown = 0
    for names_, client in zip(names(), (Client(), fresh), strict=True):
        client.cookies["sosei_language"] = language
        for name in names_:
            response = client.get(address_of(name))
            if response.status_code not in (200, 401) or not response.templates:
                continue
            shown += 1
            for template in response.templates:
                origin = Path(template.origin.name)
                assert OURS in origin.parents or "django/forms" in origin.as_posix(), (name, origin)
            assert response.headers["Content-Language"] == language
            main = re.sub(r"(?s).*<main|</main>.*|<[^>]+>", " ", response.content.decode())
            assert bool(JAPANESE.search(main)) == (language == "ja"), (name, main)
    assert shown > 15


def test_the_fields_say_what_a_password_manager_needs(fresh: Client) -> None:
    cases = {
        ("account_login", "login"): "username",
        ("account_login", "password"): "current-password",
        ("account_change_password", "oldpassword"): "current-password",
        ("account_change_password", "password1"): "new-password",
        ("account_change_password", "password2"): "new-password",
        ("account_reauthenticate", "password"): "current-password",
        ("mfa_activate_totp", "code"): "one-time-code",
    }
    for (page, field), wanted in cases.items():
        client = Client() if page == "account_login" else fresh
        (tag,) = re.findall(rf'<input[^>]*name="{field}"[^>]*>', client.get(reverse(page)).content.decode())
        assert f'autocomplete="{wanted}"' in tag
        assert "placeholder" not in tag


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ja", "ユーザー名かパスワードが違います"), ("en", "wrong user name or password")],
)
def test_a_wrong_password_and_an_unknown_name_look_the_same(
    language: str,
    sentence: str,
    sign_in: Callable[..., Any],
    person: Callable[..., Any],
    cities: Any,
) -> None:
    client = Client()
    client.cookies["sosei_language"] = language
    pages = []
    for user in (person("officer", cities["aso"], username="known"), "nobody"):
        page = sign_in(client, user, "wrong").content.decode()
        assert sentence in page
        pages.append(re.sub(r'value="[^"]*"', "", page))
    assert pages[0] == pages[1]


def test_an_empty_form_names_its_fields_and_links_to_them() -> None:
    page = Client().post("/accounts/login/", {}).content.decode()
    assert '<a href="#id_login">ユーザー名を入力してください</a>' in page
    assert '<a href="#id_password">パスワードを入力してください</a>' in page
    assert 'aria-describedby="id_login_error"' in page
    assert "<title>入力の誤り：サインイン" in page


def test_a_name_typed_in_full_width_letters_is_the_same_name(
    sign_in: Callable[..., Any], person: Callable[..., Any], cities: Any
) -> None:
    person("officer", cities["aso"], username="kikaku")
    for typed in ("kikaku", "ｋｉｋａｋｕ", " Kikaku　"):
        assert sign_in(Client(), typed).status_code == 302


def test_sign_in_returns_to_the_page_asked_for_but_never_to_another_site(
    sign_in: Callable[..., Any], person: Callable[..., Any], cities: Any
) -> None:
    user = person("officer", cities["aso"])
    for target, end in (("/432148/", "/432148/"), ("https://example.com/", "/"), ("//example.com", "/")):
        assert sign_in(Client(), user, next=target).headers["Location"] == end
