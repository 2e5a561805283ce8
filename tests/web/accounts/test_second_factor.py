"""App, recovery codes and who may take them away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from sosei.web.people.actor import Refused, actor_of, command_line
from tests.web.accounts.conftest import totp

pytestmark = pytest.mark.django_db

Maker = Callable[..., Any]
SET_UP = "/accounts/2fa/totp/activate/"


@pytest.fixture
def client_and_user(sign_in: Maker, person: Maker, cities: Any) -> tuple[Client, Any]:
    client, user = Client(), person("officer", cities["aso"])
    sign_in(client, user)
    return client, user


def shown_secret(page: str) -> str:
    """The letters below the code, without their blanks."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found is not None
    assert all(len(part) == 4 for part in found.group(1).split(" "))
    return found.group(1).replace(" ", "")


def set_up(client: Client, run: Maker) -> tuple[str, Any]:
    """Sets an app up through the page; the secret and the page of recovery codes."""
    secret = shown_secret(client.get(SET_UP).content.decode())
    with run(execute=True):
        sent = client.post(SET_UP, {"code": totp(secret)})
    assert sent.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return secret, client.get(sent.headers["Location"])


def test_setting_an_app_up_shows_the_recovery_codes_once(
    client_and_user: tuple[Client, Any], django_capture_on_commit_callbacks: Maker, logged: Maker, cities: Any
) -> None:
    client, _ = client_and_user
    page = client.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert 'alt="認証アプリで読み取るQRコード' in page
    _, first = set_up(client, django_capture_on_commit_callbacks)
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", first.content.decode())
    assert len(set(codes)) == 10
    assert all(code.replace(" ", "") in first.content.decode() for code in codes), "the file holds them too"
    again = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert not any(code in again or code.replace(" ", "") in again for code in codes)
    assert "残り10個" in again
    acts = [action for action, _, _ in logged(cities["aso"])]
    assert sorted(acts) == ["account.codes_made", "account.factor_added", "session.signed_in"]


def test_wrong_digits_keep_the_secret_on_the_page(client_and_user: tuple[Client, Any]) -> None:
    client, _ = client_and_user
    secret = shown_secret(client.get(SET_UP).content.decode())
    page = client.post(SET_UP, {"code": "12345"}).content.decode()
    assert "数字が違います。アプリに今表示されている6桁の数字" in page
    assert shown_secret(page) == secret


@pytest.mark.parametrize("written", ["{}", " {} ", "{:.3} {:.0}"])
def test_the_app_s_code_is_asked_after_the_password(
    written: str, sign_in: Maker, person: Maker, cities: Any, with_app: Maker
) -> None:
    user = person("officer", cities["aso"])
    secret = with_app(user)
    client = Client()
    sent = sign_in(client, user, next="/432148/")
    assert sent.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/432148/").status_code == 302, "the password alone opens nothing"
    code = totp(secret)
    typed = f"{code[:3]} {code[3:]}" if ".3" in written else written.format(code)
    sent = client.post("/accounts/2fa/authenticate/", {"code": typed})
    assert sent.headers["Location"] == "/432148/"
    assert client.get("/432148/").status_code == 200


def test_a_code_is_used_once(sign_in: Maker, person: Maker, cities: Any, with_app: Maker) -> None:
    user = person("officer", cities["aso"])
    code = totp(with_app(user))
    results = []
    for _ in range(2):
        client = Client()
        sign_in(client, user)
        results.append(client.post("/accounts/2fa/authenticate/", {"code": code}).status_code)
    assert results == [302, 200]


def test_a_recovery_code_is_used_once(
    client_and_user: tuple[Client, Any], django_capture_on_commit_callbacks: Maker, sign_in: Maker
) -> None:
    client, user = client_and_user
    _, page = set_up(client, django_capture_on_commit_callbacks)
    found = re.search(r"<code>(\d{4} \d{4})</code>", page.content.decode())
    assert found is not None
    results = []
    for _ in range(2):
        other = Client()
        sign_in(other, user)
        results.append(other.post("/accounts/2fa/authenticate/", {"code": found.group(1)}).status_code)
    assert results == [302, 200]
    assert "残り9個" in client.get("/accounts/2fa/").content.decode()


def test_removing_the_app_removes_the_codes_and_asks_no_more(
    client_and_user: tuple[Client, Any],
    django_capture_on_commit_callbacks: Maker,
    sign_in: Maker,
    logged: Maker,
    cities: Any,
) -> None:
    client, user = client_and_user
    set_up(client, django_capture_on_commit_callbacks)
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert sign_in(Client(), user).headers["Location"] == "/"
    assert [action for action, _, _ in logged(cities["aso"])].count("account.factor_removed") == 1


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "nonsense",
        "[]",
        "1",
        '"text"',
        "{}",
        '{"id": 1}',
        '{"response": []}',
        '{"id": "a", "rawId": "a", "response": {}}',
    ],
)
def test_a_hostile_key_is_refused_with_a_sentence(
    sent: str, sign_in: Maker, person: Maker, cities: Any, with_app: Maker
) -> None:
    user = person("officer", cities["aso"])
    with_app(user)
    client = Client()
    sign_in(client, user)
    client.get("/accounts/2fa/authenticate/")
    page = client.post("/accounts/2fa/authenticate/", {"credential": sent})
    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()
    fresh = Client()
    other = person("clerk", cities["aso"])
    sign_in(fresh, other)
    fresh.get("/accounts/2fa/webauthn/add/")
    page = fresh.post("/accounts/2fa/webauthn/add/", {"name": "サンプル", "credential": sent})
    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()


def test_a_lost_factor_is_taken_away_by_an_officer_and_logged(
    officer: Maker, person: Maker, cities: Any, with_app: Maker, logged: Maker, sign_in: Maker
) -> None:
    from sosei.web.accounts.acts import forget_second_factor

    user = person("clerk", cities["aso"], username="clerk")
    with_app(user)
    actor = officer("aso")
    forget_second_factor(actor, user)
    assert logged(cities["aso"]) == [("account.factors_forgotten", "clerk", actor.name)]
    assert sign_in(Client(), user).headers["Location"] == "/"


def test_an_act_on_somebody_whose_role_begins_later_stands_where_the_officer_reads(
    officer: Maker, person: Maker, cities: Any, logged: Maker
) -> None:
    from sosei.web.accounts.acts import reset_link
    from sosei.web.people.models import Membership

    user = person("clerk", cities["aso"], username="april")
    Membership.objects.filter(user=user).update(since=date(9999, 4, 1))
    reset_link(officer("aso"), user)
    assert [act[:2] for act in logged(cities["aso"])] == [("account.link_made", "april")]


CASES = [
    # who acts, on whom, allowed
    ("officer", "clerk", True),
    ("officer", "officer of another", False),
    ("officer", "member of both", False),
    ("officer", "operator", False),
    ("officer", "operator and member", False),
    ("officer of both", "member of both", False),
    ("clerk", "reader", False),
    ("operator", "clerk", True),
    ("operator", "operator", True),
    ("command", "operator", True),
]


@pytest.mark.parametrize(("who", "whom", "allowed"), CASES)
@pytest.mark.parametrize("act", ["reset_link", "forget_second_factor"])
def test_who_may_take_over_an_account(
    act: str, who: str, whom: str, allowed: bool, person: Maker, cities: Any
) -> None:
    from sosei.web.accounts import acts
    from sosei.web.people.models import Membership, User

    def make(description: str, name: str) -> User:
        role = description.split(" ", maxsplit=1)[0].replace("member", "reader")
        city = None if role == "operator" else cities["hitoyoshi" if "another" in description else "aso"]
        user: User = person(role, city, username=name)
        if "both" in description:
            Membership.objects.create(municipality=cities["hitoyoshi"], user=user, role=role)
        if "and member" in description:
            Membership.objects.create(municipality=cities["aso"], user=user, role="reader")
        return user

    person_ = make(whom, "whom")
    if who == "command":
        actor = command_line()
    else:
        actor = actor_of(make(who, "who"), None if who == "operator" else cities["aso"])
    if allowed:
        getattr(acts, act)(actor, person_)
    else:
        with pytest.raises(Refused):
            getattr(acts, act)(actor, person_)
