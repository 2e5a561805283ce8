from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.people import staff
from sosei.web.people.actor import Refused, actor_of, command_line
from sosei.web.people.models import Membership, User
from sosei.web.people.person import checked
from tests.web.people.conftest import TODAY

pytestmark = pytest.mark.django_db

Officer = Callable[[str], Any]
Make = Callable[..., Any]


def _roles(user: User) -> set[str]:
    return set(Membership.objects.on(TODAY).filter(user=user).values_list("role", flat=True))


def test_a_new_person_has_a_role_and_no_password(officer: Officer, divide: Make) -> None:
    actor = officer("aso")
    (division,) = divide(actor.municipality, "財政課")
    user = staff.add_person(actor, checked("１２３", " 阿蘇 太郎 ", "taro@example.jp"), "clerk", division)
    assert (user.username, user.name, user.email) == ("123", "阿蘇 太郎", "taro@example.jp")
    assert not user.has_usable_password()
    assert actor_of(user, actor.municipality).divisions == (division,)
    assert list(Act.objects.order_by("no").values_list("action", "subject")) == [
        ("user.created", "阿蘇 太郎"),
        ("role.granted", "阿蘇 太郎"),
    ]
    assert json.loads(Act.objects.get(action="role.granted").new) == {"division": "財政課", "role": "clerk"}


@pytest.mark.parametrize("username", ["officer-432148", "OFFICER-432148"])
def test_a_taken_user_name_is_refused_whatever_its_case(username: str, officer: Officer) -> None:
    with pytest.raises(Problem, match="is taken"):
        staff.add_person(officer("aso"), checked(username, "別人"), "reader")


@pytest.mark.parametrize(
    ("username", "name", "email", "says"),
    [
        ("", "名前", "", '"" is no user name'),
        ("a b", "名前", "", "is no user name"),
        ("=1+1", "名前", "", "is no user name"),
        ("<script>", "名前", "", "is no user name"),
        ("a" * 151, "名前", "", "is no user name"),
        ("a", "  ", "", "the name is empty"),
        ("a", "名" * 101, "", "has 101 characters; use at most 100"),
        ("a", "名\n前", "", "control character"),
        ("a", "名\0前", "", "control character"),
        ("a", "名前", "a@", "is no mail address"),
        ("a", "名前", f"{'a' * 250}@example.jp", "is no mail address"),
        ("a", "名前", "a@example.jp\nBcc: b@example.jp", "is no mail address"),
    ],
)
def test_a_bad_account_is_refused_with_one_sentence(username: str, name: str, email: str, says: str) -> None:
    with pytest.raises(Problem, match=says):
        checked(username, name, email)


def test_a_formula_is_a_name_like_any_other() -> None:
    assert checked("a+1@x", "=HYPERLINK(1)").name == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("role", "with_division", "says"),
    [
        ("clerk", False, "needs a division"),
        ("head", False, "needs a division"),
        ("reader", True, "has no division"),
        ("operator", False, "there is no role"),
        ("king", False, "there is no role"),
    ],
)
def test_a_role_that_cannot_be_is_not_given(
    role: str, with_division: bool, says: str, officer: Officer, person: Make, divide: Make
) -> None:
    actor = officer("aso")
    (division,) = divide(actor.municipality, "財政課")
    with pytest.raises(Problem, match=says):
        staff.grant(actor, person(None), role, division if with_division else None)


def test_several_roles_each_once(officer: Officer, person: Make, divide: Make) -> None:
    actor = officer("aso")
    first, second = divide(actor.municipality, "財政課", "税務課")
    user = person(None)
    for role, division in (("clerk", first), ("clerk", second), ("head", first), ("reader", None)):
        staff.grant(actor, user, role, division)
    with pytest.raises(Problem, match="has that role already"):
        staff.grant(actor, user, "clerk", second)
    with pytest.raises(Problem, match="has that role already"):
        staff.grant(actor, user, "reader")
    assert len(actor_of(user, actor.municipality).divisions) == 3


def test_a_role_taken_away_can_be_given_again_and_where_one_was_stays_known(
    officer: Officer, person: Make
) -> None:
    actor = officer("aso")
    user = person("reader", actor.municipality)
    staff.withdraw(actor, Membership.objects.get(user=user))
    assert _roles(user) == set()
    assert user in staff.staff(actor.municipality)
    with pytest.raises(Problem, match="this role ended"):
        staff.withdraw(actor, Membership.objects.get(user=user))
    staff.grant(actor, user, "reader")
    assert _roles(user) == {"reader"}


def test_a_role_lasts_no_longer_than_its_division(officer: Officer, person: Make, divide: Make) -> None:
    actor = officer("aso")
    ending, beginning, ended = (
        divide(actor.municipality, name, **days)[0]
        for name, days in (
            ("終わる課", {"ended_on": date(2026, 10, 1)}),
            ("始まる課", {"started_on": date(2026, 10, 1)}),
            ("もうない課", {"ended_on": date(2026, 4, 1)}),
        )
    )
    assert staff.grant(actor, person(None), "clerk", ending).until == date(2026, 10, 1)
    assert staff.grant(actor, person(None, username="b"), "clerk", beginning).since == date(2026, 10, 1)
    assert _roles(User.objects.get(username="b")) == set()
    with pytest.raises(Problem, match="is no more since 2026-04-01"):
        staff.grant(actor, person(None, username="c"), "clerk", ended)


def test_the_last_officer_stays(officer: Officer, person: Make) -> None:
    actor = officer("aso")
    own = Membership.objects.get(user=actor.user)
    with pytest.raises(Problem, match="the only planning officer"):
        staff.withdraw(actor, own)
    second = person("officer", actor.municipality, username="second")
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(Problem, match="the only planning officer"):
        staff.withdraw(actor, own)
    User.objects.filter(pk=second.pk).update(is_active=True)
    staff.withdraw(actor, own)
    with pytest.raises(Problem, match="the only planning officer"):
        staff.set_active(command_line(actor.municipality), second, active=False)


def test_one_does_not_deactivate_oneself(officer: Officer, person: Make) -> None:
    actor = officer("aso")
    person("officer", actor.municipality, username="second")
    with pytest.raises(Problem, match="cannot deactivate oneself"):
        staff.set_active(actor, actor.user, active=False)


def test_an_account_is_changed_and_the_log_keeps_what_differed(officer: Officer, person: Make) -> None:
    actor = officer("aso")
    user = person("reader", actor.municipality)
    staff.change_account(actor, user, checked(user.username, "新しい名前", "new@example.jp"))
    act = Act.objects.get(action="user.changed")
    assert json.loads(act.new) == {"email": "new@example.jp", "name": "新しい名前"}
    assert json.loads(act.old)["email"] == ""
    staff.change_account(actor, user, checked(user.username, "新しい名前", "new@example.jp"))
    staff.set_active(actor, user, active=False)
    staff.set_active(actor, user, active=False)
    staff.set_active(actor, user, active=True)
    assert list(Act.objects.order_by("no").values_list("action", flat=True)) == [
        "user.changed",
        "user.deactivated",
        "user.activated",
    ]


def _elsewhere(user: User, city: Any) -> None:
    Membership.objects.create(municipality=city, user=user, role="reader")


def _elsewhere_once(user: User, city: Any) -> None:
    Membership.objects.create(municipality=city, user=user, role="reader", until=TODAY - timedelta(days=1))


def _operator(user: User, city: Any) -> None:
    User.objects.filter(pk=user.pk).update(is_operator=True)


@pytest.mark.parametrize("known", [_elsewhere, _elsewhere_once, _operator])
def test_an_account_known_elsewhere_is_not_changed_here(
    known: Callable[[User, Any], None], officer: Officer, person: Make, cities: dict[str, Any]
) -> None:
    actor = officer("aso")
    user = person("reader", actor.municipality)
    known(user, cities["hitoyoshi"])
    for act in (
        lambda: staff.change_account(actor, user, checked("x", "乗っ取り")),
        lambda: staff.set_active(actor, user, active=False),
    ):
        with pytest.raises(Problem, match="only the roles"):
            act()
    staff.grant(actor, user, "council")
    assert _roles(user) == {"reader", "council"}


@pytest.mark.parametrize("role", ["clerk", "head", "headquarters", "council", "reader", None])
def test_only_officers_manage_people(role: str | None, officer: Officer, person: Make) -> None:
    city = officer("aso").municipality
    user = person(role, city)
    actor = actor_of(user, city)
    for act in (
        lambda: staff.add_person(actor, checked("x", "新人"), "reader"),
        lambda: staff.grant(actor, user, "officer"),
        lambda: staff.withdraw(actor, Membership.objects.first()),
        lambda: staff.change_account(actor, user, checked("x", "名前")),
        lambda: staff.set_active(actor, user, active=False),
    ):
        with pytest.raises(Refused):
            act()


def test_an_operator_gives_the_first_officer_the_role(cities: dict[str, Any], person: Make) -> None:
    actor = actor_of(person("operator"), cities["aso"])
    user = staff.add_person(actor, checked("first", "初めの担当"), "officer")
    assert _roles(user) == {"officer"}


def test_a_role_of_another_municipality_is_not_taken_away(
    officer: Officer, person: Make, cities: dict[str, Any]
) -> None:
    person("officer", cities["hitoyoshi"], username="second")
    held = Membership.objects.get(user=person("officer", cities["hitoyoshi"], username="third"))
    with pytest.raises(Membership.DoesNotExist):
        staff.withdraw(officer("aso"), held)
