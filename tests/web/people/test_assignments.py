from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from sosei.plan.operations import Set
from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.people.assignments import assign, assign_from_edition
from sosei.web.people.models import Assignment, Division
from sosei.web.people.records import records
from sosei.web.people.reorganisation import Kind, Wish, preview
from sosei.web.people.reorganising import reorganise
from sosei.web.people.responsible import responsible
from sosei.web.plans import acts
from sosei.web.plans.acts import Adoption
from sosei.web.plans.store import edition_document
from tests.web.people.conftest import TODAY

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
ADOPTED = date(2025, 9, 1)


@pytest.fixture
def actor(officer: Callable[[str], Any]) -> Any:
    return officer("aso")


def _named(actor: Any, key: str, on: date = TODAY) -> list[str]:
    found = responsible(actor.municipality, [key], on).get(key, ())
    return [f"{each.name}{'' if each.is_main else '*'}" for each in found]


def test_from_a_day_another_division_answers(actor: Any, divide: Make, answer: Make) -> None:
    a, b, c = divide(actor.municipality, "甲課", "乙課", "丙課")
    answer(a, "k1")
    assign(actor, "plan000001", "k1", [b, a, c], TODAY)
    assert _named(actor, "k1", date(2026, 6, 14)) == ["甲課"]
    assert _named(actor, "k1") == ["乙課", "甲課*", "丙課*"]
    act = Act.objects.get()
    assert (act.action, act.subject) == ("assignment.changed", "k1")
    assert [each["division"] for each in json.loads(act.old)] == ["甲課"]
    assert [each["division"] for each in json.loads(act.new)] == ["乙課", "甲課", "丙課"]
    with pytest.raises(Problem, match="answer for it already"):
        assign(actor, "plan000001", "k1", [b, c, a], date(2026, 7, 1))


def test_what_was_set_for_later_gives_way(actor: Any, divide: Make) -> None:
    a, b = divide(actor.municipality, "甲課", "乙課")
    assign(actor, "plan000001", "k1", [a], date(2026, 10, 1))
    assign(actor, "plan000001", "k1", [b], date(2026, 7, 1))
    assert [_named(actor, "k1", date(2026, month, 1)) for month in (6, 7, 10)] == [[], ["乙課"], ["乙課"]]
    assign(actor, "plan000001", "k1", [], date(2026, 8, 1))
    assert _named(actor, "k1", date(2026, 8, 1)) == []


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"ended_on": date(2027, 4, 1)}, "ends on 2027-04-01"),
        ({"ended_on": date(2026, 4, 1)}, "ends on 2026-04-01"),
        ({"started_on": date(2026, 6, 16)}, "begins on 2026-06-16"),
    ],
)
def test_a_division_answers_only_while_it_is_there(
    days: dict[str, date], says: str, actor: Any, divide: Make
) -> None:
    (division,) = divide(actor.municipality, "甲課", **days)
    with pytest.raises(Problem, match=says):
        assign(actor, "plan000001", "k1", [division], TODAY)


def test_the_same_division_answers_once(actor: Any, divide: Make) -> None:
    (division,) = divide(actor.municipality, "甲課")
    with pytest.raises(Problem, match="both in charge and involved"):
        assign(actor, "plan000001", "k1", [division, division], TODAY)


@pytest.mark.parametrize("count", [3, 600])
def test_who_answers_is_one_query(
    count: int, actor: Any, divide: Make, answer: Make, django_assert_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:  # fmt: skip
    (division,) = divide(actor.municipality, "甲課")
    for no in range(3):
        answer(division, f"k{no}")
    with django_assert_num_queries(1):
        found = responsible(actor.municipality, [f"k{no}" for no in range(1, count)], TODAY)
    assert sorted(found) == ["k1", "k2"]


def test_another_municipality_answers_for_nothing_here(
    actor: Any, divide: Make, answer: Make, cities: dict[str, Any]
) -> None:
    answer(divide(cities["hitoyoshi"], "甲課")[0], "k1")
    assert _named(actor, "k1") == []


def test_adoption_takes_over_the_18_divisions_of_hitoyoshi(adopted: Callable[[str], Any]) -> None:
    edition = adopted("hitoyoshi")
    city = edition.municipality
    document = edition_document(edition)
    assert list(Division.objects.filter(municipality=city).values_list("key", "name")) == [
        (each.key, each.name) for each in document.divisions
    ]
    assert Division.objects.count() == 18
    assert Assignment.objects.filter(is_main=True, since=ADOPTED, until=None).count() == 76
    assert Assignment.objects.filter(is_main=False).count() == 1
    named = {each.key: each.name for each in document.divisions}
    projects = [p for goal in document.elements for measure in goal.children for p in measure.children]
    answers = responsible(city, None, ADOPTED)
    for project in projects:
        assert [each.name for each in answers[project.key]] == [named[key] for key in project.divisions]
    act = Act.objects.get(action="assignments.taken_over")
    assert sum(len(keys) for keys in json.loads(act.new)["divisions"].values()) == 77


def test_adoption_of_a_plan_without_divisions_assigns_nothing(adopted: Callable[[str], Any]) -> None:
    adopted("aso")
    assert not Assignment.objects.exists()
    assert not Division.objects.exists()
    assert not Act.objects.filter(action="assignments.taken_over").exists()


@pytest.fixture
def again(officer: Callable[[str], Any], adopted: Callable[[str], Any]) -> Callable[[], Any]:
    """Adopts the next edition of 人吉市's plan."""
    first = adopted("hitoyoshi")
    actor = officer_of(first)

    def make() -> Any:
        draft = acts.begin_revision(actor, first.plan)
        was = edition_document(first).remark
        made = Set(key=first.plan.key, field="remark", old=was, new="改訂版", reason="改訂")
        acts.operate(actor, draft, [made])
        draft.refresh_from_db()
        return acts.adopt(actor, draft, Adoption(title="改訂", on=TODAY, length=draft.length))

    make.actor, make.first = actor, first  # type: ignore[attr-defined]
    return make


def officer_of(edition: Any) -> Any:
    from sosei.web.people.actor import actor_of

    return actor_of(edition.adopted_by, edition.municipality)


def test_the_next_adoption_touches_no_assignment(again: Any) -> None:
    rows = list(Assignment.objects.order_by("pk"))
    moved = rows[0]
    other = Division.objects.exclude(pk=moved.division_id).first()
    assign(again.actor, moved.plan_key, moved.key, [other], TODAY)
    before = list(Assignment.objects.order_by("pk").values())
    again()
    assert list(Assignment.objects.order_by("pk").values()) == before


def test_an_old_edition_keeps_the_old_name(again: Any) -> None:
    city = again.first.municipality
    division = Division.objects.get(municipality=city, name="農業振興課")
    wish = Wish(kind=Kind.RENAME, on=date(2026, 4, 1), sources=(division,), new_names=("農政課",))
    reorganise(again.actor, wish, preview(city, wish).state)
    assert "農業振興課" in {each.name for each in edition_document(again.first).divisions}
    assert "農政課" in {each.name for found in responsible(city, None, TODAY).values() for each in found}
    assert "農業振興課" in {
        each.name for found in responsible(city, None, ADOPTED).values() for each in found
    }


def test_a_plan_finds_its_divisions_by_key_by_name_and_through_a_merger(again: Any) -> None:
    city, actor = again.first.municipality, again.actor
    document = edition_document(again.first)
    merged, gone = (
        Division.objects.get(municipality=city, name=name) for name in ("農業振興課", "農林整備課")
    )
    wish = Wish(kind=Kind.MERGE, on=date(2026, 4, 1), sources=(merged, gone), new_names=("農政課",))
    reorganise(actor, wish, preview(city, wish).state)
    Division.objects.filter(municipality=city, name="商工観光課").update(key="other00000")
    assert set(Assignment.objects.values_list("key", flat=True))
    Assignment.objects.all().delete()
    count = assign_from_edition(actor, city, document, TODAY)
    assert count == 76
    assert Division.objects.filter(municipality=city).count() == 19
    names = {each.name for found in responsible(city, None, TODAY).values() for each in found}
    assert {"農政課", "商工観光課"} <= names
    assert not {"農業振興課", "農林整備課"} & names


def test_a_record_of_a_division_that_was_split_waits_for_an_officer(again: Any) -> None:
    city, actor = again.first.municipality, again.actor
    division = Division.objects.get(municipality=city, name="農業振興課")
    wish = Wish(kind=Kind.SPLIT, on=date(2026, 4, 1), sources=(division,), new_names=("米課", "麦課"))
    reorganise(actor, wish, preview(city, wish).state)
    Assignment.objects.all().delete()
    assert 0 < assign_from_edition(actor, city, edition_document(again.first), TODAY) < 76


def test_every_record_of_the_current_editions_is_listed_once(adopted: Callable[[str], Any]) -> None:
    for name, indicators, elements in (("aso", 66, 99), ("hitoyoshi", 83, 97)):
        found = records(adopted(name).municipality)
        assert len({each.key for each in found}) == len(found)
        kinds = [each.kind for each in found]
        assert (kinds.count("indicator"), len(kinds) - kinds.count("indicator")) == (indicators, elements)
        assert all(each.title for each in found)


def test_division_names_may_differ_in_width_only(actor: Any, divide: Make) -> None:
    (division,) = divide(actor.municipality, "ＤＸ推進課")
    document = edition_document_of("hitoyoshi")
    first = document.divisions[0]
    document = document.model_copy(
        update={"divisions": (first.model_copy(update={"name": "DX 推進課"}), *document.divisions[1:])}
    )
    assign_from_edition(replace(actor), actor.municipality, document, TODAY)
    assert Assignment.objects.filter(division=division).exists()


def edition_document_of(name: str) -> Any:
    from sosei.plan.reading import load_plan
    from tests.web.conftest import EXAMPLES

    return load_plan(EXAMPLES[name].read_bytes())
