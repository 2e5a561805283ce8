"""People as the command line makes and changes them: refusals say what is wrong, acts are logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sosei.values import Problem
from sosei.web.installation import people
from sosei.web.installation.passwords import checked, one_time_password
from sosei.web.journal.models import Act
from sosei.web.people.actor import command_line
from sosei.web.people.models import Division, Membership, Municipality, User
from sosei.web.people.person import Person
from sosei.web.people.tenant import add_municipality

pytestmark = pytest.mark.django_db

Cities = dict[str, Any]
PersonMaker = Callable[..., Any]


def _acts() -> list[tuple[str | None, str, str]]:
    found = Act.objects.order_by("at", "no").values_list("chain__municipality__code", "action", "who")
    return list(found)


def test_refusals(cities: Cities, person: PersonMaker) -> None:
    aso = cities["aso"]
    only = person("officer", aso, username="only")
    Division.objects.create(municipality=aso, key="d000000001", name="農政課")
    clerk = people.Place(municipality=aso, role="clerk")
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: add_municipality(command_line(), "432148", "阿蘇市", ""), "is there already"),
        (lambda: add_municipality(command_line(), "432149", "阿蘇市", ""), "check digit"),
        (lambda: add_municipality(command_line(), "432130", " ", ""), "is empty"),
        (lambda: people.municipality_of("432130"), "432032 人吉市、432148 阿蘇市"),
        (lambda: people.user_of("nobody"), 'no user "nobody"'),
        (lambda: people.division_of(aso, "林務課"), "there is: 農政課"),
        (lambda: people.add_person(Person(username="ONLY", name="別の人"), None), "is taken"),
        (lambda: people.add_person(Person(username="tan", name="担当"), clerk), "needs a division"),
        (lambda: people.withdraw(only, aso, "reader", None), "does not have that role"),
        (lambda: people.withdraw(only, aso, "officer", None), "the only planning officer"),
        (lambda: people.set_active(only, active=False), "the only planning officer of 阿蘇市"),
        (lambda: people.set_active(only, active=True), "active already"),
        (lambda: people.set_operator(only, operator=False), "is no operator"),
    ]
    for act, words in cases:
        with pytest.raises(Problem, match=words):
            act()
    assert (User.objects.count(), Municipality.objects.count(), Act.objects.count()) == (1, 2, 0)


def test_the_first_officer_and_operator_get_a_password_that_is_told_once(cities: Cities) -> None:
    told = people.first_officer(cities["aso"], "kikaku", "企画 太郎（サンプル）", None)
    told += people.first_operator("unyo", None)
    passwords = [ja.split("パスワード: ")[1].split()[0] for ja, _ in told if "パスワード" in ja]
    for login, password in zip(("kikaku", "unyo"), passwords, strict=True):
        user = User.objects.get(username=login)
        assert user.check_password(password)
        assert user.must_change_password
        assert checked(password) == password
    assert _acts() == [
        ("432148", "user.created", "コマンド"),
        ("432148", "role.granted", "コマンド"),
        ("432148", "user.password_reset", "コマンド"),
        (None, "user.created", "コマンド"),
        (None, "operator.granted", "コマンド"),
        (None, "user.password_reset", "コマンド"),
    ]


def test_the_same_person_is_officer_of_two_municipalities(cities: Cities) -> None:
    for city in cities.values():
        told = people.first_officer(city, "kikaku", "企画 太郎（サンプル）", "a long enough sentence")
        assert len(told) == 1
    assert Membership.objects.filter(user__username="kikaku").count() == 2
    with pytest.raises(Problem, match="is taken"):
        people.first_officer(cities["aso"], "kikaku", "別の人", None)


def test_an_act_on_an_account_is_in_every_log_that_shows_it(cities: Cities, person: PersonMaker) -> None:
    user = person("reader", cities["aso"])
    Membership.objects.create(municipality=cities["hitoyoshi"], user=user, role="reader")
    people.set_active(user, active=False)
    assert _acts() == [
        ("432032", "user.deactivated", "コマンド"),
        ("432148", "user.deactivated", "コマンド"),
    ]


def test_passwords_made_are_long_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(checked(password) == password for password in made)


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Problem, match="not a usable password"):
        checked(password)
