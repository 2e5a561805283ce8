"""The name of an accepted form comes back with the success that was said of it, and with nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

_DONE = re.compile(r'data-kept-done="([^"]*)"')
_PERSON = re.compile(r'<body data-person="([0-9a-f]{32})">')


def _begin(client: Client, **more: str) -> Any:
    form = {
        "key": "b000000001",
        "title": "計画（サンプル）",
        "first": "R8",
        "last": "R11",
        "goal": "目標",
        "measure": "施策",
    }
    return client.post("/432148/plans/new/empty/", form | more, follow=True)


def test_a_success_names_the_form_and_a_refusal_does_not(
    cities: dict[str, Any], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("officer", cities["aso"])
    refused = _begin(client, last="R3", kept='plan "432148"')
    assert _DONE.findall(refused.content.decode()) == []
    accepted = _begin(client, kept='plan "432148"')
    assert _DONE.findall(accepted.content.decode()) == ["plan &quot;432148&quot;"]


def test_an_expired_login_and_a_form_without_a_name_name_nothing(
    cities: dict[str, Any], signed_in: Callable[..., Client]
) -> None:
    assert _DONE.findall(_begin(Client(), kept="plan").content.decode()) == []
    assert _DONE.findall(_begin(signed_in("officer", cities["aso"])).content.decode()) == []


def test_each_person_has_a_sign_that_says_nothing_and_stays(
    cities: dict[str, Any], signed_in: Callable[..., Client], person: Callable[..., Any]
) -> None:
    client = signed_in("officer", cities["aso"])
    other = signed_in("reader", cities["aso"])
    first, again, second = (
        _PERSON.findall(each.get("/432148/").content.decode()) for each in (client, client, other)
    )
    assert first == again != second
    assert "data-person" not in Client().get("/help/").content.decode()
