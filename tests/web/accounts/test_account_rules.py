"""Idle time, first password, compulsory second factor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.web.accounts.conftest import LONG_AGO, NEW
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db

Maker = Callable[..., Any]


def away(client: Client, minutes: float) -> None:
    """Lets the last request of the session lie ``minutes`` back."""
    session = client.session
    session["seen_at"] -= int(timedelta(minutes=minutes).total_seconds())
    session.save()


@pytest.fixture
def inside(signed_in: Maker, cities: Any) -> Client:
    """An officer of 阿蘇市 who has looked at a page."""
    client: Client = signed_in("officer", cities["aso"])
    assert client.get("/432148/").status_code == 200
    return client


def reason(response: Any) -> tuple[str, str]:
    """Why the sign-in page is shown and where it leads."""
    parts = urlsplit(response.headers.get("Location") or response.headers["HX-Redirect"])
    assert parts.path == "/accounts/login/"
    asked = parse_qs(parts.query)
    return asked["why"][0], asked["next"][0]


@pytest.mark.parametrize(
    ("minutes", "away_for", "inside_still"),
    [(60, 59, True), (60, 61, False), (15, 16, False), (15, 14, True)],
)
def test_away_too_long_by_the_municipality_s_setting(
    minutes: int, away_for: int, inside_still: bool, inside: Client, cities: Any
) -> None:
    from sosei.web.people.models import Municipality

    Municipality.objects.filter(pk=cities["aso"].pk).update(session_minutes=minutes)
    away(inside, away_for)
    response = inside.get("/432148/?sort=name")
    assert (response.status_code == 200) is inside_still
    if not inside_still:
        assert reason(response) == ("idle", "/432148/?sort=name")
        assert inside.get("/432148/").headers["Location"] == "/accounts/login/?next=/432148/"


def test_the_strictest_municipality_counts(person: Maker, cities: Any) -> None:
    from sosei.web.accounts.rules import rules_of
    from sosei.web.people.models import Membership, Municipality

    user = person("officer", cities["aso"])
    Membership.objects.create(municipality=cities["hitoyoshi"], user=user, role="reader")
    Municipality.objects.filter(pk=cities["hitoyoshi"].pk).update(
        session_minutes=20, second_factor_required=True
    )
    assert rules_of(user).minutes == 20
    assert rules_of(user).municipalities == ("人吉市",)
    assert rules_of(person("operator")).minutes == 60


def test_the_session_s_end_is_not_a_sign_out_in_the_log(inside: Client, logged: Maker, cities: Any) -> None:
    away(inside, 90)
    inside.get("/432148/")
    assert [action for action, _, _ in logged(cities["aso"])] == ["session.expired"]


@pytest.mark.parametrize(
    ("headers", "target"),
    [
        ({"Referer": "http://testserver/432148/people/new/?a=1"}, "/432148/people/new/?a=1"),
        ({"Referer": "http://example.com/"}, "/"),
        ({}, "/"),
    ],
)
@pytest.mark.parametrize("gone", ["idle", "no session"])
def test_a_form_sent_too_late_says_that_it_was_not_saved(
    gone: str, headers: dict[str, str], target: str, inside: Client
) -> None:
    if gone == "idle":
        away(inside, 90)
    else:
        inside.session.flush()
    response = inside.post("/432148/", {"typed": "text"}, headers=headers)
    assert reason(response) == ("unsaved", target)
    assert "保存されていません" in inside.get(response.headers["Location"]).content.decode()


def test_a_piece_asked_for_by_htmx_leads_the_whole_page_to_sign_in(inside: Client) -> None:
    away(inside, 90)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/432148/?page=2"}
    response = inside.get("/432148/piece/", headers=headers)
    assert response.status_code == 200
    assert reason(response) == ("idle", "/432148/?page=2")


@pytest.mark.parametrize("page", ["/language/", "/accounts/logout/"])
def test_a_late_form_with_nothing_in_it_does_not_speak_of_saving(page: str, inside: Client) -> None:
    away(inside, 90)
    assert reason(inside.post(page, {"language": "en"}))[0] == "idle"


def test_the_reason_and_the_way_back_stay_through_a_wrong_password(inside: Client, cities: Any) -> None:
    away(inside, 90)
    page = inside.get("/432148/").headers["Location"]
    shown = inside.post(page, {"login": "officer-432148", "password": "wrong"}).content.decode()
    assert "しばらく操作がなかった" in shown
    back = inside.post(page, {"login": "officer-432148", "password": PASSWORD, "next": "/432148/"})
    assert back.headers["Location"] == "/432148/"
    assert inside.get("/432148/").status_code == 200


def test_the_stamp_is_written_once_a_minute(inside: Client) -> None:
    away(inside, 0.5)
    before = inside.session["seen_at"]
    inside.get("/432148/")
    assert inside.session["seen_at"] == before
    away(inside, 1)
    inside.get("/432148/")
    assert inside.session["seen_at"] > before


def test_a_given_password_is_changed_first(sign_in: Maker, person: Maker, cities: Any) -> None:
    from sosei.web.people.models import User

    user = person("officer", cities["aso"])
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    client = Client()
    sign_in(client, user)
    for page in ("/", "/432148/", "/about/", "/accounts/2fa/"):
        assert client.get(page).headers["Location"] == "/accounts/password/change/"
    page = client.get("/accounts/password/change/").content.decode()
    assert "最初のサインインです" in page
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", sent).headers["Location"] == "/"
    assert client.get("/432148/").status_code == 200
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_compulsory_second_factor_comes_before_everything_else(
    sign_in: Maker, person: Maker, cities: Any, with_app: Maker
) -> None:
    from sosei.web.people.models import Municipality

    user = person("officer", cities["aso"])
    client = Client()
    sign_in(client, user)
    assert client.get("/432148/").status_code == 200
    Municipality.objects.filter(pk=cities["aso"].pk).update(second_factor_required=True)
    for page in ("/", "/432148/", "/about/"):
        assert client.get(page).headers["Location"] == "/accounts/2fa/"
    assert "阿蘇市では二要素認証が必須です" in client.get("/accounts/2fa/").content.decode()
    for page in ("2fa/totp/activate/", "2fa/webauthn/add/", "password/change/", "logout/"):
        assert client.get(f"/accounts/{page}").status_code == 200
    sent = client.post("/432148/", {"typed": "text"}, follow=True)
    assert "送信した内容は保存していません" in sent.content.decode()
    with_app(user)
    assert client.get("/432148/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(person: Maker, cities: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from sosei.web.accounts.rules import has_second_factor

    user = person("officer", cities["aso"])
    RecoveryCodes.activate(user)
    assert not has_second_factor(user)


def test_after_five_minutes_a_change_of_the_account_asks_who_one_is(
    sign_in: Maker, person: Maker, cities: Any
) -> None:
    client = Client()
    sign_in(client, person("officer", cities["aso"]))
    page = "/accounts/2fa/totp/activate/"
    assert client.get(page).status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= LONG_AGO
    session.save()
    response = client.get(page)
    assert response.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    wrong = client.post("/accounts/reauthenticate/", {"password": "wrong", "next": page})
    assert re.search(r"パスワードが違います", wrong.content.decode())
    right = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": page})
    assert right.headers["Location"] == page
    assert client.get(page).status_code == 200
