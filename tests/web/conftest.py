from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {name: ROOT / "examples" / name / "plan.json" for name in ("hitoyoshi", "aso")}
CITIES = {"hitoyoshi": ("432032", "人吉市"), "aso": ("432148", "阿蘇市")}
PASSWORD = "correct horse battery staple"  # noqa: S105

Person = Callable[..., Any]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what may differ there: tests without a database, or marked ``once``, are left out."""
    if not os.environ.get("SOSEI_TEST_DATABASE"):
        return
    apart: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for item in items:
        apart[_meets_the_database(item)].append(item)
    config.hook.pytest_deselected(items=apart[False])
    items[:] = apart[True]


def _meets_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    fixtures = {"db", "transactional_db", "live_server", "postgresql"} & set(
        getattr(item, "fixturenames", ())
    )
    return bool(fixtures or item.get_closest_marker("django_db")) or "soak" in item.path.parts


@pytest.fixture
def cities(db: None) -> dict[str, Any]:
    """Both example municipalities, empty."""
    return {name: _city(name) for name in CITIES}


def _city(name: str) -> Any:
    from sosei.web.people.models import Municipality
    from tests.web.standing import identity

    code, words = CITIES[name]
    return Municipality.objects.create(id=identity(code), code=code, name=words, prefecture="熊本県")


@pytest.fixture
def person(db: None) -> Person:
    """Makes a user with a role: ``person("officer", city, division=None)``; role None: no membership."""
    return _person


def _person(role: str | None, city: Any = None, *, division: Any = None, username: str = "") -> Any:
    from sosei.web.people.models import Membership, User

    name = username or f"{role or 'nobody'}-{city.code if city else 'none'}"
    user = User.objects.create_user(name, PASSWORD, name=f"{name}（サンプル）")
    if role == "operator":
        User.objects.filter(pk=user.pk).update(is_operator=True)
        user.refresh_from_db()
    elif role is not None:
        Membership.objects.create(municipality=city, user=user, role=role, division=division)
    return user


@pytest.fixture
def signed_in(person: Person) -> Callable[..., Client]:
    """A browser-less client signed in as a fresh person of that role."""

    def make(role: str | None, city: Any = None, **more: Any) -> Client:
        client = Client()
        client.force_login(
            person(role, city, **more), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return make


@pytest.fixture
def officer(cities: dict[str, Any]) -> Callable[[str], Any]:
    """The acting planning officer of a city: ``officer("aso")``."""
    return lambda name: _officer(cities[name])


def _officer(city: Any) -> Any:
    from sosei.web.people.actor import actor_of

    return actor_of(_person("officer", city), city, "192.0.2.1")


def _load(name: str, actor: Any) -> Any:
    from sosei.web.plans.acts import load_file

    return load_file(actor, EXAMPLES[name].read_bytes())


def _adopt(name: str, actor: Any) -> Any:
    from sosei.web.plans.acts import Adoption, adopt

    draft = _load(name, actor)
    return adopt(actor, draft, Adoption(title="策定", on=date(2025, 9, 1), length=draft.length))


def _set_aside(act: Callable[[str, Any], Any], blocker: Any) -> dict[str, Any]:
    """What ``act`` makes of each example, by its city's planning officer, in a database without anything."""
    from tests.web.standing import Standing

    def begin(name: str) -> None:
        act(name, _officer(_city(name)))

    with blocker.unblock():
        return {name: Standing.made_by(partial(begin, name), f"{act.__name__}_{name}") for name in CITIES}


@pytest.fixture(scope="session")
def plans_loaded(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    return _set_aside(_load, django_db_blocker)


@pytest.fixture(scope="session")
def plans_adopted(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    return _set_aside(_adopt, django_db_blocker)


@pytest.fixture
def loaded(cities: dict[str, Any], plans_loaded: dict[str, Any]) -> Callable[[str], Any]:
    """An example city's plan loaded as a draft by its planning officer: ``loaded("aso")``."""
    from sosei.web.plans.models import Draft

    def make(name: str) -> Any:
        plans_loaded[name].put_back()
        draft = Draft.objects.select_related("plan", "created_by").get(municipality=cities[name])
        draft.municipality = draft.plan.municipality = cities[name]
        return draft

    return make


@pytest.fixture
def adopted(cities: dict[str, Any], plans_adopted: dict[str, Any]) -> Callable[[str], Any]:
    """An example city's plan loaded and adopted as its first edition: ``adopted("aso")``.

    By the acts themselves where the city has acts or divisions already, for the edition follows on them.
    """
    from sosei.web.journal.models import Chain
    from sosei.web.people.models import Division
    from sosei.web.plans.models import Edition

    def make(name: str) -> Any:
        city = cities[name]
        if any(kind.objects.filter(municipality=city).exists() for kind in (Chain, Division)):
            return _adopt(name, _officer(city))
        plans_adopted[name].put_back()
        edition = Edition.objects.select_related("plan", "adopted_by").get(municipality=city)
        edition.municipality = edition.plan.municipality = city
        return edition

    return make
