"""Signing in by a provider that really answers over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from sosei.web.config import Oidc
from tests.web.accounts.conftest import LONG_AGO
from tests.web.accounts.provider import SECRET, Provider, running_provider
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db

Maker = Callable[..., Any]
EMAIL = "yamada@city.example.lg.jp"
IN = "/accounts/oidc/city/login/"


def configure(settings: Any, *providers: Oidc) -> None:
    """The settings an installation has with these providers in its file."""
    settings.CONFIG = replace(settings.CONFIG, oidc=providers)
    apps = [
        {
            "provider_id": each.id,
            "name": each.name,
            "client_id": each.client_id,
            "secret": each.secret,
            "settings": {"server_url": each.server_url},
        }
        for each in providers
    ]
    known = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**known, "APPS": apps}}


def oidc(provider: Provider, **more: str) -> Oidc:
    return Oidc(
        **{
            "id": "city",
            "name": "市の職員アカウント",
            "client_id": "sosei",
            "secret": SECRET,
            "server_url": provider.url,
            **more,
        }
    )


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as running:
        running.person = {"sub": "s-1", "email": EMAIL, "email_verified": True, "name": "山田（サンプル）"}
        configure(settings, oidc(running))
        yield running


@pytest.fixture
def yamada(person: Maker, cities: Any) -> Any:
    user = person("officer", cities["aso"], username="yamada")
    user.email = "Yamada@city.example.lg.jp"
    user.save()
    return user


def walk(client: Client, start: str = f"{IN}?process=login&next=/432148/") -> Any:
    """Follows the way to the provider and back, as a browser does."""
    there = client.get(start)
    assert there.status_code == 302, there.content.decode()
    to = urlsplit(there.headers["Location"])
    connection = HTTPConnection(to.netloc, timeout=5)
    connection.request("GET", f"{to.path}?{to.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return client.get(f"{back.path}?{back.query}" if back.query else back.path)


def test_the_sign_in_page_has_a_button_where_there_is_a_provider(provider: Provider, settings: Any) -> None:
    assert "市の職員アカウントでサインイン" in Client().get("/accounts/login/").content.decode()
    configure(settings)
    assert "共通アカウント" not in Client().get("/accounts/login/").content.decode()
    assert Client().get(IN).status_code == 404


def test_a_known_person_comes_in_and_is_linked_and_logged(
    provider: Provider, yamada: Any, logged: Maker, cities: Any
) -> None:
    client = Client()
    assert walk(client).headers["Location"] == "/432148/"
    assert client.get("/432148/").status_code == 200
    assert [action for action, _, _ in logged(cities["aso"])] == [
        "account.provider_linked",
        "session.signed_in",
    ]
    yamada.refresh_from_db()
    assert yamada.check_password(PASSWORD), "the password stays"
    provider.person["email"] = "married@city.example.lg.jp"
    assert walk(Client()).headers["Location"] == "/432148/", "the link holds when the address changes"


CASES = [
    # what the provider says; what is changed here; whether the person comes in
    ({"email_verified": False}, "", False),
    ({"email": "someone@city.example.lg.jp"}, "", False),
    ({"email": ""}, "", False),
    ({}, "stopped", False),
    ({}, "operator", False),
    ({}, "shared address", False),
    ({}, "linked to another account", False),
    ({}, "domain of another", False),
    ({}, "domain of the city", True),
    ({}, "two providers without domains", False),
]


@pytest.mark.parametrize(("says", "here", "comes_in"), CASES)
def test_who_comes_in(  # noqa: PLR0917
    says: dict[str, Any],
    here: str,
    comes_in: bool,
    provider: Provider,
    yamada: Any,
    person: Maker,
    cities: Any,
    settings: Any,
    logged: Maker,
) -> None:
    from allauth.socialaccount.models import SocialAccount

    from sosei.web.people.models import User

    provider.person.update(says)
    if here == "stopped":
        User.objects.filter(pk=yamada.pk).update(is_active=False)
    elif here == "operator":
        User.objects.filter(pk=yamada.pk).update(is_operator=True)
    elif here == "shared address":
        User.objects.filter(pk=person("clerk", cities["aso"]).pk).update(email=EMAIL)
    elif here == "linked to another account":
        SocialAccount.objects.create(user=yamada, provider="city", uid="s-0")
    elif here.startswith("domain"):
        domains = "example.com, CITY.example.lg.jp" if "city" in here else "other.example.lg.jp"
        configure(settings, oidc(provider, domains=domains))
    elif here.startswith("two"):
        configure(settings, oidc(provider), oidc(provider, id="other"))
    users = User.objects.count()
    response = walk(Client())
    assert User.objects.count() == users, "nobody is made"
    if comes_in:
        assert response.headers["Location"] == "/432148/"
        return
    assert response.status_code == 403
    assert "企画の担当者に登録を頼む" in response.content.decode()
    action, subject, who = logged(None)[-1]
    assert (action, who) == ("session.stranger", "サインイン前")
    assert subject.startswith("city: ")


def test_the_second_factor_here_is_for_passwords(
    provider: Provider, yamada: Any, with_app: Maker, cities: Any, sign_in: Maker
) -> None:
    from sosei.web.people.models import Municipality

    Municipality.objects.update(second_factor_required=True)
    client = Client()
    walk(client)
    assert client.get("/432148/").status_code == 200, "nothing to set up"
    with_app(yamada)
    assert walk(Client()).headers["Location"] == "/432148/", "nothing asked"
    assert sign_in(Client(), yamada).headers["Location"] == "/accounts/2fa/authenticate/"


def test_a_person_links_and_unlinks_the_own_account(
    provider: Provider, yamada: Any, sign_in: Maker, logged: Maker, cities: Any
) -> None:
    from allauth.socialaccount.models import SocialAccount

    from sosei.web.people.models import User

    provider.person.update(email="", sub="s-9")
    User.objects.filter(pk=yamada.pk).update(is_operator=True)
    client = Client()
    sign_in(client, yamada)
    assert walk(client, f"{IN}?process=connect").headers["Location"] == "/accounts/3rdparty/"
    page = client.get("/accounts/3rdparty/").content.decode()
    assert "共通アカウントを結び付けました" in page
    assert "s-9" in page
    assert walk(Client()).headers["Location"] == "/432148/"
    linked = SocialAccount.objects.get(user=yamada)
    client.post("/accounts/3rdparty/", {"account": linked.pk})
    assert not SocialAccount.objects.exists()
    acts = [action for action, _, _ in logged(cities["aso"])]
    assert "account.provider_linked" in acts
    assert "account.provider_unlinked" in acts


def test_an_account_is_not_linked_to_two_people(
    provider: Provider, yamada: Any, person: Maker, cities: Any, sign_in: Maker
) -> None:
    walk(Client())
    client = Client()
    sign_in(client, person("clerk", cities["aso"]))
    walk(client, f"{IN}?process=connect")
    assert "別のユーザーに結び付いています" in client.get("/accounts/3rdparty/").content.decode()


def test_the_only_way_in_is_not_removed(provider: Provider, yamada: Any) -> None:
    from allauth.socialaccount.models import SocialAccount

    client = Client()
    yamada.set_unusable_password()
    yamada.save()
    walk(client)
    linked = SocialAccount.objects.get(user=yamada)
    page = client.post("/accounts/3rdparty/", {"account": linked.pk}).content.decode()
    assert "先にパスワードを決めてください" in page
    assert SocialAccount.objects.exists()


def test_who_has_no_password_confirms_by_signing_in_again(provider: Provider, yamada: Any) -> None:
    yamada.set_unusable_password()
    yamada.save()
    client = Client()
    walk(client)
    page = "/accounts/password/set/"
    assert client.get(page).status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= LONG_AGO
    session.save()
    response = client.get(page)
    assert response.status_code == 403
    assert "サインインし直してから5分以内" in response.content.decode()


def test_cancelled_and_broken_exchanges_have_pages(provider: Provider, yamada: Any) -> None:
    provider.refuses = True
    assert walk(Client()).headers["Location"] == "/accounts/3rdparty/login/cancelled/"
    provider.refuses = False
    for answer in ("?code=code-1&state=forged", "?error=server_error&state=x", "?code=code-1", ""):
        response = Client().get(f"{IN}callback/{answer}")
        assert response.status_code == 401
        assert "共通アカウントとのやり取りが終わりませんでした" in response.content.decode()


def test_a_provider_that_does_not_answer_is_an_error_page(settings: Any) -> None:
    configure(settings, oidc(Provider("http://127.0.0.1:1")))
    response = Client().get(f"{IN}?process=login")
    assert response.status_code == 401
    assert "運用の担当者に時刻を添えて" in response.content.decode()
