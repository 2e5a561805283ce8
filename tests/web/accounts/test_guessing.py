"""Five wrong passwords, and who is locked by them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.web.accounts.conftest import totp
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db

Maker = Callable[..., Any]


def fail(client: Client, name: str, times: int, **extra: Any) -> Any:
    """The answer to the last of ``times`` wrong passwords."""
    for _ in range(times):
        response = client.post("/accounts/login/", {"login": name, "password": "wrong"}, **extra)
    return response


def attempt(client: Client, name: str, **extra: Any) -> int:
    """The status of signing in with the right password."""
    sent = client.post("/accounts/login/", {"login": name, "password": PASSWORD}, **extra)
    return int(sent.status_code)


@pytest.fixture
def officer_name(person: Maker, cities: Any) -> str:
    return str(person("officer", cities["aso"], username="kikaku").username)


def test_five_failures_lock_and_the_page_says_until_when_and_whom_to_ask(officer_name: str) -> None:
    client = Client()
    assert fail(client, officer_name, 4).status_code == 200
    locked = fail(client, officer_name, 1)
    assert locked.status_code == 429
    assert 0 < int(locked.headers["Retry-After"]) <= 16 * 60
    page = locked.content.decode()
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\dまで受け付けません", page)
    assert "企画の担当者にパスワードの再設定リンクを頼んでください" in page
    assert attempt(client, officer_name) == 429


def test_trying_during_the_lock_does_not_make_it_longer(officer_name: str) -> None:
    client = Client()
    pages = [fail(client, officer_name, 5), fail(client, officer_name, 3)]
    times = [re.search(r"\d\d:\d\dまで", page.content.decode()) for page in pages]
    assert times[0] is not None
    assert times[1] is not None
    assert times[0].group() == times[1].group()


@pytest.mark.parametrize(
    ("typed", "status"),
    [("KIKAKU", 429), ("ｋｉｋａｋｕ", 429), (" kikaku ", 429), ("other", 302)],
)
def test_other_spellings_are_the_same_person(
    typed: str, status: int, officer_name: str, person: Maker, cities: Any
) -> None:
    person("officer", cities["aso"], username="other")
    client = Client()
    fail(client, officer_name, 5)
    assert attempt(client, typed) == status


def test_another_address_is_not_locked(officer_name: str) -> None:
    client = Client()
    fail(client, officer_name, 5, REMOTE_ADDR="192.0.2.1")
    assert attempt(client, officer_name, REMOTE_ADDR="192.0.2.1") == 429
    assert attempt(client, officer_name, REMOTE_ADDR="192.0.2.2") == 302


@pytest.mark.parametrize(("proxy", "status"), [(True, 429), (False, 302)])
def test_the_forwarded_address_counts_behind_a_proxy_only(
    proxy: bool, status: int, officer_name: str, settings: Any
) -> None:
    settings.CONFIG = replace(settings.CONFIG, proxy=proxy)
    client = Client()
    # What a browser writes itself stands left of what the proxy adds.
    for number in range(5):
        fail(
            client,
            officer_name,
            1,
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.7",
            REMOTE_ADDR=f"192.0.2.{number}",
        )
    assert (
        attempt(client, officer_name, HTTP_X_FORWARDED_FOR="203.0.113.7", REMOTE_ADDR="192.0.2.99") == status
    )


def test_fifteen_minutes_later_the_lock_is_over(officer_name: str) -> None:
    from axes.models import AccessAttempt

    client = Client()
    fail(client, officer_name, 5)
    for each in AccessAttempt.objects.all():
        each.attempt_time -= timedelta(minutes=16)
        each.save()
    assert attempt(client, officer_name) == 302


def test_signing_in_forgets_earlier_failures(officer_name: str) -> None:
    client = Client()
    for _ in range(3):
        fail(client, officer_name, 4)
        assert attempt(client, officer_name) == 302
        client.post("/accounts/logout/")


def test_a_new_password_ends_the_lock(officer_name: str, officer: Maker) -> None:
    from sosei.web.accounts.acts import reset_link
    from sosei.web.people.models import User

    client = Client()
    fail(client, officer_name, 5)
    link = reset_link(officer("aso"), User.objects.get(username=officer_name))
    page = client.get(link).headers["Location"]
    words = "another row of words 7"
    assert client.post(page, {"password1": words, "password2": words}).status_code == 302
    sent = client.post("/accounts/login/", {"login": officer_name, "password": words})
    assert sent.status_code == 302


def test_guessing_the_code_of_the_second_factor_stops_too(
    officer_name: str, with_app: Maker, logged: Maker, cities: Any
) -> None:
    from sosei.web.people.models import User

    secret = with_app(User.objects.get(username=officer_name))
    client = Client()
    assert attempt(client, officer_name) == 302
    wrong = next(
        code for code in ("000000", "111111") if code not in {totp(secret, n) for n in (-1, 0, 1, 2)}
    )
    for _ in range(5):
        page = client.post("/accounts/2fa/authenticate/", {"code": wrong}).content.decode()
        assert "確認コードが違います" in page
    page = client.post("/accounts/2fa/authenticate/", {"code": totp(secret)}).content.decode()
    assert "15分ほど受け付けません" in page
    assert client.get("/432148/").status_code == 302
    assert ("session.factor_failed", officer_name, "サインイン前") in logged(cities["aso"])


def test_a_stolen_session_cannot_guess_the_password_either(
    officer_name: str, signed_in: Maker, cities: Any
) -> None:
    client = signed_in("clerk", cities["aso"], username="clerk")
    for number in range(5):
        sent = client.post("/accounts/reauthenticate/", {"password": "wrong"})
        assert (sent.status_code == 429) is (number == 4)


def test_locks_and_failures_are_logged_once(
    officer_name: str, logged: Maker, cities: Any, person: Maker
) -> None:
    client = Client()
    fail(client, "Kikaku", 8)
    who = "サインイン前"
    assert logged(cities["aso"]) == [
        *[("session.failed", "Kikaku", who)] * 5,
        ("session.locked", "Kikaku", who),
    ]
    fail(client, "だれでもない" * 25, 1)
    assert logged(None) == [("session.failed", ("だれでもない" * 25)[:150], who)]
