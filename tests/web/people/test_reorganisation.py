from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db.models import Model

from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.people import staff
from sosei.web.people.actor import Refused, actor_of
from sosei.web.people.assignments import assign
from sosei.web.people.divisions import add_division, history, named, set_order
from sosei.web.people.models import (
    Assignment,
    Division,
    DivisionName,
    DivisionSuccession,
    Membership,
    Reorganisation,
)
from sosei.web.people.reorganisation import NOWHERE, Kind, Wish, preview, window
from sosei.web.people.reorganising import reorganise
from sosei.web.people.responsible import responsible
from sosei.web.people.taking_back import last_standing, take_back
from tests.web.people.conftest import TODAY

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
APRIL, MARCH = date(2026, 4, 1), date(2026, 3, 31)
NEXT_APRIL, NEXT_MARCH = date(2027, 4, 1), date(2027, 3, 31)
TABLES: tuple[type[Model], ...] = (Assignment, Membership, Division, DivisionName, DivisionSuccession)


@pytest.fixture
def actor(officer: Callable[[str], Any]) -> Any:
    return officer("aso")


@pytest.fixture
def three(actor: Any, divide: Make, answer: Make, person: Make) -> list[Any]:
    """A answers for k1 (main) and k2 (with), B for k1 (with) and k3; each has a clerk, A a head too."""
    a, b, c = divide(actor.municipality, "総務課", "企画課", "財政課")
    answer(a, "k1"), answer(b, "k1", main=False), answer(a, "k2", main=False), answer(b, "k3")
    answer(c, "k2")
    for name, division in (("a", a), ("b", b)):
        person("clerk", actor.municipality, division=division, username=name)
    person("head", actor.municipality, division=a, username="a-head")
    return [a, b, c]


def _do(actor: Any, **wish: Any) -> Reorganisation:
    made = Wish(**({"on": APRIL} | wish))
    return reorganise(actor, made, preview(actor.municipality, made).state)


def _answers(actor: Any, on: date) -> dict[str, list[str]]:
    return {
        key: [f"{each.name}{'' if each.is_main else '*'}" for each in found]
        for key, found in responsible(actor.municipality, None, on).items()
    }


def _roles(on: date) -> set[str]:
    rows = Membership.objects.on(on).exclude(division=None).select_related("user", "division")
    return {f"{row.user.username}:{row.role}:{row.division.name_on(on)}" for row in rows}


def _everything() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


BEFORE = {"k1": ["総務課", "企画課*"], "k2": ["財政課", "総務課*"], "k3": ["企画課"]}
ROLES = {"a:clerk:総務課", "b:clerk:企画課", "a-head:head:総務課"}


@pytest.mark.parametrize(
    ("on", "eve"), [(APRIL, MARCH), (NEXT_APRIL, NEXT_MARCH), (TODAY, date(2026, 6, 14))]
)
def test_two_become_a_new_one(on: date, eve: date, actor: Any, three: list[Any]) -> None:
    a, b, _ = three
    _do(actor, kind=Kind.MERGE, on=on, sources=(a, b), new_names=("政策課",), reason="機構改革")
    assert _answers(actor, eve) == BEFORE
    assert _answers(actor, on) == {"k1": ["政策課"], "k2": ["財政課", "政策課*"], "k3": ["政策課"]}
    assert (_roles(eve), _roles(on)) == (
        ROLES,
        {"a:clerk:政策課", "b:clerk:政策課", "a-head:head:政策課"},
    )
    assert [each.name for each in named(actor.municipality).on(eve)] == ["総務課", "企画課", "財政課"]
    assert [each.name for each in named(actor.municipality).on(on)] == ["政策課", "財政課"]
    (act,) = Act.objects.all()
    assert act.action == "division.reorganised"
    assert json.loads(act.new) == {
        "kind": "merge",
        "on": str(on),
        "reason": "機構改革",
        "sources": ["総務課", "企画課"],
        "targets": ["政策課"],
        "stays": False,
        "records": {"政策課": ["k1", "k2", "k3"]},
        "people": [
            {"name": "a（サンプル）", "role": "clerk", "from": "総務課", "to": "政策課"},
            {"name": "a-head（サンプル）", "role": "head", "from": "総務課", "to": "政策課"},
            {"name": "b（サンプル）", "role": "clerk", "from": "企画課", "to": "政策課"},
        ],
    }


def test_a_person_acts_for_the_new_division_from_its_first_day(
    actor: Any, three: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, _ = three
    _do(actor, kind=Kind.MERGE, on=NEXT_APRIL, sources=(a, b), new_names=("政策課",))
    user = Membership.objects.filter(user__username="a").first().user
    assert [each.name for each in actor_of(user, actor.municipality).divisions] == ["総務課"]
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: NEXT_APRIL)
    assert [each.name for each in actor_of(user, actor.municipality).divisions] == ["政策課"]


def test_one_that_is_there_takes_the_others_in(actor: Any, three: list[Any], person: Make) -> None:
    a, b, c = three
    person("clerk", actor.municipality, division=c, username="c")
    staff.grant(actor, Membership.objects.get(user__username="a", role="clerk").user, "clerk", c)
    _do(actor, kind=Kind.MERGE, sources=(a, b, c), into=(c,))
    assert _answers(actor, APRIL) == {"k1": ["財政課"], "k2": ["財政課"], "k3": ["財政課"]}
    assert _roles(APRIL) == {"a:clerk:財政課", "b:clerk:財政課", "c:clerk:財政課", "a-head:head:財政課"}
    assert Assignment.objects.filter(division=c, key="k2").count() == 1


def test_one_becomes_several_by_a_table(actor: Any, three: list[Any], person: Make) -> None:
    a, b, _ = three
    second = person("clerk", actor.municipality, division=a, username="a2")
    k2 = Assignment.objects.get(division=a, key="k2")
    role = Membership.objects.get(user=second)
    made = _do(
        actor,
        kind=Kind.SPLIT,
        sources=(a,),
        into=(b,),
        new_names=("デジタル課",),
        assigned={k2.pk: "n0"},
        people={role.pk: "n0", Membership.objects.get(role="head").pk: NOWHERE},
    )
    assert _answers(actor, APRIL) == {"k1": ["企画課"], "k2": ["財政課", "デジタル課*"], "k3": ["企画課"]}
    assert _roles(APRIL) == {"a:clerk:企画課", "b:clerk:企画課", "a2:clerk:デジタル課"}
    words = json.loads(made.words)
    assert words["records"] == {"企画課": ["k1"], "デジタル課": ["k2"]}
    assert [each["to"] for each in words["people"]] == ["企画課", "", "デジタル課"]


def test_a_part_goes_and_the_old_one_stays(actor: Any, three: list[Any]) -> None:
    a, _, _ = three
    k2 = Assignment.objects.get(division=a, key="k2")
    head = Membership.objects.get(role="head")
    _do(
        actor,
        kind=Kind.SPLIT,
        sources=(a,),
        new_names=("デジタル課",),
        stays=True,
        assigned={k2.pk: "n0"},
        people={head.pk: "n0", Membership.objects.get(user__username="a").pk: NOWHERE},
    )
    assert _answers(actor, APRIL)["k1"] == ["総務課", "企画課*"]
    assert _answers(actor, APRIL)["k2"] == ["財政課", "デジタル課*"]
    assert _roles(APRIL) == {"a:clerk:総務課", "b:clerk:企画課", "a-head:head:デジタル課"}
    a.refresh_from_db()
    assert a.ended_on is None
    assert [each.en for each in history(a)] == [
        'Registered as "総務課"',
        "Part of its work went to デジタル課",
    ]


def test_one_is_abolished_into_another(actor: Any, three: list[Any]) -> None:
    a, b, _ = three
    _do(actor, kind=Kind.ABOLISH, sources=(a,), into=(b,))
    assert _answers(actor, APRIL)["k1"] == ["企画課"]
    a.refresh_from_db()
    assert (a.ended_on, [each.ja for each in history(a)][-1]) == (APRIL, "廃止（仕事は 企画課 へ）")
    assert [each.ja for each in history(b)][-1] == "総務課 の仕事を引き継ぐ"


def test_a_renamed_one_keeps_what_it_answers_for(actor: Any, three: list[Any]) -> None:
    a, _, _ = three
    _do(actor, kind=Kind.RENAME, on=NEXT_APRIL, sources=(a,), new_names=("総務人事課",))
    assert _answers(actor, TODAY) == BEFORE
    assert _answers(actor, NEXT_APRIL)["k1"] == ["総務人事課", "企画課*"]
    division = named(actor.municipality).get(pk=a.pk)
    assert [division.name_on(day) for day in (TODAY, NEXT_MARCH, NEXT_APRIL)] == [
        "総務課",
        "総務課",
        "総務人事課",
    ]
    assert [each.ja for each in history(division)] == [
        "「総務課」として登録",
        "「総務課」から「総務人事課」に名称変更",
    ]


def test_two_renamings_on_one_another(actor: Any, three: list[Any]) -> None:
    a, _, _ = three
    _do(actor, kind=Kind.RENAME, on=APRIL, sources=(a,), new_names=("総務人事課",))
    division = named(actor.municipality).get(pk=a.pk)
    with pytest.raises(Problem, match="there is a renaming on 2026-04-01"):
        _do(actor, kind=Kind.RENAME, on=APRIL, sources=(division,), new_names=("人事課",))
    _do(actor, kind=Kind.RENAME, on=TODAY, sources=(division,), new_names=("人事課",))
    division = named(actor.municipality).get(pk=a.pk)
    days = (MARCH, APRIL, TODAY)
    assert [division.name_on(day) for day in days] == ["総務課", "総務人事課", "人事課"]


WISHES: dict[str, dict[str, Any]] = {
    "merge": {"kind": Kind.MERGE, "sources": "ab", "new_names": ("政策課",)},
    "merge into one of them": {"kind": Kind.MERGE, "sources": "abc", "into": "c"},
    "merge to come": {"kind": Kind.MERGE, "on": NEXT_APRIL, "sources": "ab", "new_names": ("政策課",)},
    "split": {"kind": Kind.SPLIT, "sources": "a", "into": "b", "new_names": ("新課",)},
    "split and stay": {"kind": Kind.SPLIT, "sources": "a", "new_names": ("新課",), "stays": True},
    "abolish": {"kind": Kind.ABOLISH, "sources": "a", "into": "b"},
    "rename": {"kind": Kind.RENAME, "sources": "a", "new_names": ("総務人事課",)},
}


def _picked(three: list[Any], wish: dict[str, Any]) -> dict[str, Any]:
    """``wish`` with the divisions that its letters stand for."""
    by_letter = dict(zip("abc", three, strict=True))
    return {
        name: tuple(by_letter[each] for each in value) if name in ("sources", "into") else value
        for name, value in wish.items()
    }


@pytest.mark.parametrize("name", WISHES)
def test_taking_back_is_the_exact_inverse(name: str, actor: Any, three: list[Any]) -> None:
    before = _everything()
    made = _do(actor, **_picked(three, WISHES[name]))
    assert _everything() != before
    take_back(actor, made)
    assert _everything() == before
    assert last_standing(actor.municipality) is None
    assert list(Act.objects.order_by("no").values_list("action", flat=True)) == [
        "division.reorganised",
        "division.reorganisation_taken_back",
    ]
    _do(actor, **_picked(three, WISHES[name]))


def _assigned(actor: Any, new: Any) -> None:
    assign(actor, "plan000001", "k9", [new], TODAY)


def _moved_on(actor: Any, new: Any) -> None:
    assign(actor, "plan000001", "k1", [], TODAY)


def _granted(actor: Any, new: Any) -> None:
    staff.grant(actor, actor.user, "clerk", new)


def _withdrawn(actor: Any, new: Any) -> None:
    staff.withdraw(actor, Membership.objects.filter(division=new).first())


def _name_taken(actor: Any, new: Any) -> None:
    add_division(actor, "総務課", None)


@pytest.mark.parametrize(
    ("then", "says"),
    [
        (_assigned, "was given since"),
        (_moved_on, "changed since"),
        (_granted, "was given since"),
        (_withdrawn, "changed since"),
        (_name_taken, 'there is a division "総務課" already'),
    ],
)
def test_what_something_hangs_on_is_not_taken_back(
    then: Callable[[Any, Any], None], says: str, actor: Any, three: list[Any]
) -> None:
    a, b, _ = three
    made = _do(actor, kind=Kind.MERGE, sources=(a, b), new_names=("政策課",))
    then(actor, Division.objects.get(name="政策課"))
    before = _everything()
    with pytest.raises(Problem, match=says):
        take_back(actor, made)
    assert _everything() == before


def test_only_the_last_is_taken_back(actor: Any, three: list[Any]) -> None:
    a, b, c = three
    first = _do(actor, kind=Kind.MERGE, sources=(a, b), new_names=("政策課",))
    second = _do(actor, kind=Kind.RENAME, sources=(c,), new_names=("財務課",))
    with pytest.raises(Problem, match="only the last"):
        take_back(actor, first)
    take_back(actor, second)
    with pytest.raises(Problem, match="only the last"):
        take_back(actor, second)
    take_back(actor, first)


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"kind": Kind.MERGE, "sources": "a", "new_names": ("新課",)}, "at least two"),
        ({"kind": Kind.MERGE, "sources": "ab"}, "at least two"),
        ({"kind": Kind.MERGE, "sources": "ab", "into": "c", "new_names": ("新課",)}, "at least two"),
        ({"kind": Kind.MERGE, "sources": "c", "into": "c"}, "at least two"),
        ({"kind": Kind.MERGE, "sources": "ab", "new_names": ("新課",), "stays": True}, "is split can stay"),
        ({"kind": Kind.SPLIT, "sources": "a", "new_names": ("新課",)}, "at least two it becomes"),
        ({"kind": Kind.SPLIT, "sources": "a", "into": "ab"}, "at least two it becomes"),
        ({"kind": Kind.SPLIT, "sources": "a", "new_names": ("新課", "新 課")}, "have the same name"),
        ({"kind": Kind.ABOLISH, "sources": "a", "into": "a"}, "takes its work over"),
        ({"kind": Kind.ABOLISH, "sources": "a", "new_names": ("新課",)}, "takes its work over"),
        ({"kind": Kind.RENAME, "sources": "a", "new_names": ("総務課",)}, "already"),
        ({"kind": Kind.RENAME, "sources": "a", "new_names": ("企画課",)}, "already"),
        ({"kind": Kind.RENAME, "sources": "a", "new_names": ("",)}, "is empty"),
        ({"kind": Kind.RENAME, "sources": "a", "new_names": ("課" * 101,)}, "at most 100"),
        ({"kind": Kind.MERGE, "sources": "ab", "new_names": ("財政課",)}, 'a division "財政課" already'),
        ({"kind": Kind.ABOLISH, "sources": "a", "into": "b", "on": MARCH}, "from 2026-04-01 to 2028-03-31"),
        ({"kind": Kind.ABOLISH, "sources": "a", "into": "b", "on": date(2028, 4, 1)}, "from 2026-04-01"),
        ({"kind": Kind.ABOLISH, "sources": "a", "into": "b", "reason": "長" * 301}, "at most 300"),
    ],
)
def test_what_cannot_be_is_refused(wish: dict[str, Any], says: str, actor: Any, three: list[Any]) -> None:
    picked = _picked(three, wish)
    with pytest.raises(Problem, match=says):
        preview(actor.municipality, Wish(**({"on": APRIL} | picked)))


def test_a_merger_may_take_an_old_name(actor: Any, three: list[Any]) -> None:
    a, b, _ = three
    _do(actor, kind=Kind.MERGE, sources=(a, b), new_names=("総務課",))
    assert _answers(actor, APRIL)["k3"] == ["総務課"]


def test_a_division_that_ends_takes_part_in_no_other(actor: Any, three: list[Any]) -> None:
    a, b, c = three
    _do(actor, kind=Kind.ABOLISH, on=NEXT_APRIL, sources=(a,), into=(b,))
    ending = named(actor.municipality).get(pk=a.pk)
    for source, into in ((ending, c), (c, ending)):
        with pytest.raises(Problem, match="set to end on 2027-04-01 already"):
            _do(actor, kind=Kind.ABOLISH, sources=(source,), into=(into,))


def test_what_moved_since_the_preview_is_not_reorganised(actor: Any, three: list[Any]) -> None:
    a, b, _ = three
    wish = Wish(kind=Kind.ABOLISH, on=TODAY, sources=(a,), into=(b,))
    state = preview(actor.municipality, wish).state
    assign(actor, "plan000001", "k9", [a], TODAY)
    before = _everything()
    with pytest.raises(Problem, match="changed while you were looking"):
        reorganise(actor, wish, state)
    assert _everything() == before
    fresh = preview(actor.municipality, wish).state
    reorganise(actor, replace(wish, reason="選び直しは状態を変えない"), fresh)


@pytest.mark.parametrize("role", ["clerk", "head", "headquarters", "council", "reader", "operator"])
def test_only_officers_reorganise(role: str, actor: Any, three: list[Any], person: Make) -> None:
    a, b, _ = three
    made = _do(actor, kind=Kind.RENAME, sources=(a,), new_names=("総務人事課",))
    other = actor_of(person(role, actor.municipality), actor.municipality)
    wish = Wish(kind=Kind.ABOLISH, on=TODAY, sources=(b,), into=(a,))
    for act in (
        lambda: reorganise(other, wish, preview(actor.municipality, wish).state),
        lambda: take_back(other, made),
        lambda: add_division(other, "新課", None),
        lambda: set_order(other, [b.pk, a.pk]),
        lambda: assign(other, "plan000001", "k1", [b], TODAY),
    ):
        with pytest.raises(Refused):
            act()


def test_divisions_are_added_and_ordered(actor: Any, three: list[Any]) -> None:
    a, _, c = three
    new = add_division(actor, " 防災課 ", TODAY)
    assert (new.name, new.order, new.started_on) == ("防災課", 4, TODAY)
    with pytest.raises(Problem, match="already"):
        add_division(actor, "防災 課", None)
    set_order(actor, [c.pk, a.pk])
    assert [each.name for each in named(actor.municipality)] == ["財政課", "総務課", "企画課", "防災課"]
    set_order(actor, [c.pk, a.pk])
    assert list(Act.objects.order_by("no").values_list("action", flat=True)) == [
        "division.added",
        "division.ordered",
    ]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), date(2028, 3, 31)),
        (date(2027, 3, 31), date(2026, 4, 1), date(2028, 3, 31)),
    ],
)
def test_days_reach_to_the_end_of_the_next_fiscal_year(day: date, first: date, last: date) -> None:
    assert window(day) == (first, last)
