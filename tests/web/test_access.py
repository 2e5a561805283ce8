"""Every address with every role, against the written table ``access.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from sosei.web.accounts.urls import OPEN_ACCOUNT_PAGES, OWN_ACCOUNT_PAGES
from tests.web.access_samples import NO_ROW, Installation, make_installation, rolled_back, sample

pytestmark = pytest.mark.django_db

TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
COLUMNS: Sequence[str] = TABLE["columns"].split()
WORDS = frozenset({"ok", "go", "login", "403", "404", "405"})
REFUSED = frozenset({"login", "403", "404"})
Row = Mapping[str, str]


def _rows(section: str) -> dict[str, Row]:
    rows: dict[str, Row] = {
        name: dict(zip(COLUMNS, cells.split(), strict=True)) for name, cells in TABLE[section].items()
    }
    assert all(set(row.values()) <= WORDS for row in rows.values()), f"a word of [{section}] is not known"
    return rows


GET, POST = _rows("get"), _rows("post")


@dataclass(frozen=True)
class Address:
    """One address of the resolver: its name, its whole pattern, its parameters, its view."""

    name: str
    pattern: str
    parameters: tuple[str, ...]
    view: Any

    @property
    def in_municipality(self) -> bool:
        return self.pattern.startswith("<lgcode:code>/")


def _walk(patterns: Any, before: str = "", parameters: tuple[str, ...] = ()) -> Iterator[Address]:
    for each in patterns:
        pattern, names = before + str(each.pattern), (*parameters, *each.pattern.converters)
        if hasattr(each, "url_patterns"):
            yield from _walk(each.url_patterns, pattern, names)
        else:
            yield Address(each.name or "", pattern, names, each.callback)


EVERY = list(_walk(get_resolver().url_patterns))
ADDRESSES = {each.name: each for each in EVERY if not each.pattern.startswith("accounts/")}
ACCOUNT_PAGES = {each.name: each for each in EVERY if each.pattern.startswith("accounts/")}


@pytest.fixture(scope="module")
def installation(django_db_setup: None, django_db_blocker: Any) -> Iterator[Installation]:
    """Made once: the requests of the whole module leave it as it is."""
    with django_db_blocker.unblock(), rolled_back():
        yield make_installation()


def test_the_table_and_the_addresses_are_the_same() -> None:
    assert sorted(ADDRESSES) == sorted(GET)
    assert set(POST) <= set(GET)


def test_every_view_says_its_right() -> None:
    """Views of allauth cannot; two lists say which are for everybody and which for one's own account."""
    assert sorted(ACCOUNT_PAGES) == sorted(OPEN_ACCOUNT_PAGES + OWN_ACCOUNT_PAGES)
    assert [name for name, address in ADDRESSES.items() if not hasattr(address.view, "right")] == []


def test_the_table_says_no_more_than_the_rights_of_the_views() -> None:
    """Without a request: who lacks a page's right is refused it in the table, who has it is not sent away."""
    from sosei.web.people.roles import ROLE_RIGHTS

    wrong = []
    for name, address in ADDRESSES.items():
        row = POST[name] if "405" in GET[name].values() else GET[name]
        if (right := address.view.right) is None or not address.in_municipality:
            continue
        for role, rights in ROLE_RIGHTS.items():
            if row[role] in ("login", "404") or (row[role] == "403") != (right not in rights):
                wrong.append((name, role, row[role]))
    assert wrong == []


def _few(row: Row) -> tuple[str, ...]:
    """The richest role of a row, the other municipality's officer, and who is not signed in."""
    return next((role for role in COLUMNS if row[role] not in REFUSED), COLUMNS[0]), "other", "anonymous"


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_page_in_its_richest_role_from_elsewhere_and_without_signing_in(
    name: str, installation: Installation
) -> None:
    row = GET[name]
    assert {role: _answer(installation, name, role) for role in _few(row)} == {
        role: row[role] for role in _few(row)
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_form_in_its_richest_role_from_elsewhere_and_without_signing_in(
    name: str, installation: Installation
) -> None:
    for role in _few(POST.get(name, GET[name])):
        _is_sent_as_the_table_says(installation, name, role)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        (name, parameter)
        for name, address in ADDRESSES.items()
        if address.in_municipality
        for parameter in address.parameters
        if parameter not in NO_ROW
    ],
)
def test_what_belongs_to_the_other_municipality_is_not_there(
    name: str, parameter: str, installation: Installation
) -> None:
    for rows, method in ((GET, "get"), (POST, "post")):
        if (row := rows.get(name)) is None or "405" in row.values():
            continue
        richest = next(role for role in COLUMNS if row[role] not in REFUSED)
        assert _answer(installation, name, richest, method=method, theirs=parameter) == "404"


@pytest.mark.parametrize(
    "name", [name for name, address in ADDRESSES.items() if "version" in address.parameters]
)
def test_a_draft_is_for_the_staff(name: str, installation: Installation) -> None:
    """The table speaks of adopted editions; the same page of the draft is refused to who may not see drafts."""
    from sosei.web.people.roles import ROLE_RIGHTS, Right

    method, row = ("post", POST[name]) if "405" in GET[name].values() else ("get", GET[name])
    for role, rights in ROLE_RIGHTS.items():
        if row[role] not in REFUSED:
            found = _answer(installation, name, role, method=method, version="draft")
            assert (found == "403") == (Right.READ_DRAFT not in rights), role


@pytest.mark.parametrize("name", OWN_ACCOUNT_PAGES)
def test_ones_own_account_is_for_who_is_signed_in(name: str, installation: Installation) -> None:
    values = dict.fromkeys(ACCOUNT_PAGES[name].parameters, 1)
    with rolled_back():
        for method in ("get", "post"):
            response = getattr(installation.clients["anonymous"], method)(reverse(name, kwargs=values))
            assert response.status_code == 302
            assert response["Location"].startswith(_login())


@pytest.mark.slow
@pytest.mark.parametrize("name", ADDRESSES)
def test_each_page_in_each_role(name: str, installation: Installation) -> None:
    assert {role: _answer(installation, name, role) for role in COLUMNS} == GET[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", ADDRESSES)
def test_each_form_in_each_role(name: str, installation: Installation) -> None:
    for role in COLUMNS:
        _is_sent_as_the_table_says(installation, name, role)


def _is_sent_as_the_table_says(installation: Installation, name: str, role: str) -> None:
    """Where the table says nothing of sending, whoever may not read may not send."""
    if (row := POST.get(name)) is not None:
        assert _answer(installation, name, role, method="post") == row[role], role
    elif GET[name][role] in REFUSED:
        assert _answer(installation, name, role, method="post") in {GET[name][role], "405"}, role


def _answer(
    installation: Installation,
    name: str,
    role: str,
    *,
    method: str = "get",
    theirs: str = "",
    **given: object,
) -> str:
    """The word for what ``role`` gets; ``theirs``: the parameter that is taken from the other municipality."""
    values = {
        each: sample(name, each, installation.there if each == theirs else installation.here)
        for each in ADDRESSES[name].parameters
    } | given
    with rolled_back():
        client: Client = installation.clients[role]
        response = getattr(client, method)(reverse(name, kwargs=values))
        if response.streaming:
            b"".join(response.streaming_content)
    if response.status_code in (301, 302):
        return "login" if response["Location"].startswith(_login()) else "go"
    if method == "post" and response.status_code == 400:
        return "ok"
    return "ok" if response.status_code == 200 else str(response.status_code)


def _login() -> str:
    return reverse(settings.LOGIN_URL)
