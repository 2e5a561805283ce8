"""Carrying a previewed reorganisation out, in one transaction and as one act in the log.

Its row names every row it wrote with what stood there before, for ``taking_back.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from sosei.plan.keys import new_key
from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.acting import managed
from sosei.web.people.actor import Actor
from sosei.web.people.divisions import named
from sosei.web.people.models import (
    Assignment,
    Division,
    DivisionName,
    DivisionSuccession,
    Membership,
    Municipality,
    Reorganisation,
)
from sosei.web.people.reorganisation import Kind, PersonMove, Preview, Target, Wish, preview

Rows = dict[str, Any]


def reorganise(actor: Actor, wish: Wish, state: str) -> Reorganisation:
    """Do what the preview with ``state`` showed; raises Problem where that moved or cannot be."""
    with transaction.atomic():
        municipality = managed(actor)
        wish = _fresh(municipality, wish)
        planned = preview(municipality, wish)
        if planned.state != state:
            raise Problem(
                "確認しているあいだに課か担当か役割が変わりました。もう一度確かめてから確定してください",
                "divisions, responsibilities or roles changed while you were looking; check again",
            )
        words = words_of(planned)
        rows = _rename(wish) if wish.kind is Kind.RENAME else _carry_out(actor, municipality, planned)
        last = Reorganisation.objects.filter(municipality=municipality).aggregate(last=Max("no"))["last"]
        made = Reorganisation.objects.create(
            municipality=municipality,
            no=(last or 0) + 1,
            kind=wish.kind,
            on=wish.on,
            reason=wish.reason.strip(),
            words=json.dumps(words, ensure_ascii=False),
            rows=json.dumps(rows, default=str),
            by=actor.user,
        )
        record(
            actor,
            "division.reorganised",
            "・".join(words["sources"]),
            old={"divisions": words["sources"]},
            new={"kind": wish.kind, "on": wish.on, "reason": wish.reason.strip(), **words},
        )
    return made


def words_of(planned: Preview) -> dict[str, Any]:
    """What a preview changes, in plain data for reading: names, and keys of records by target."""
    wish = planned.wish
    if wish.kind is Kind.RENAME:
        return {"sources": [wish.sources[0].name], "targets": [wish.new_names[0].strip()]}
    names = {each.division.pk if each.division else each.ref: each.name for each in planned.targets}
    moved: dict[str, list[str]] = {}
    for each in planned.records:
        for begin in each.moved.begin:
            keys = moved.setdefault(names[begin.division], [])
            if each.key not in keys:
                keys.append(each.key)
    people = [
        {
            "name": each.row.user.name,
            "role": each.row.role,
            "from": each.row.division.name,
            "to": each.target.name if each.target else "",
        }
        for each in planned.people
    ]
    return {
        "sources": [each.name for each in planned.leaving],
        "targets": [each.name for each in planned.targets],
        "stays": wish.stays,
        "records": moved,
        "people": people,
    }


def _fresh(municipality: Municipality, wish: Wish) -> Wish:
    """The wish with its divisions as they are now, read after the lock."""
    there = {each.pk: each for each in named(municipality)}
    return Wish(
        kind=wish.kind,
        on=wish.on,
        sources=tuple(there[each.pk] for each in wish.sources),
        into=tuple(there[each.pk] for each in wish.into),
        new_names=wish.new_names,
        stays=wish.stays,
        reason=wish.reason,
        assigned=wish.assigned,
        people=wish.people,
    )


def _rename(wish: Wish) -> Rows:
    """The present name becomes a former one until the day."""
    (division,) = wish.sources
    name = wish.new_names[0].strip()
    former = DivisionName.objects.create(
        municipality_id=division.municipality_id, division=division, name=division.name, until=wish.on
    )
    Division.objects.filter(pk=division.pk).update(name=name)
    return {"renamed": [division.pk, division.name, name], "former_name": former.pk}


def _carry_out(actor: Actor, municipality: Municipality, planned: Preview) -> Rows:
    on = planned.wish.on
    divisions = {each.ref: each.division or _make(municipality, each, planned) for each in planned.targets}
    ids = {
        each.division.pk if each.division else each.ref: divisions[each.ref].pk for each in planned.targets
    }
    Division.objects.filter(pk__in=[each.pk for each in planned.ends]).update(ended_on=on)
    successions = [
        DivisionSuccession.objects.create(
            municipality=municipality,
            before=before,
            after=divisions[target.ref],
            on=on,
            reason=planned.wish.reason.strip(),
        )
        for before in planned.leaving
        for target in planned.targets
        if divisions[target.ref].pk != before.pk
    ]
    ended, begun = _move_records(municipality, planned, ids)
    roles_ended, roles_begun = _move_people(actor, municipality, planned, divisions)
    return {
        "divisions_made": [divisions[each.ref].pk for each in planned.begins],
        "divisions_ended": [each.pk for each in planned.ends],
        "successions": [each.pk for each in successions],
        "assignments_ended": ended,
        "assignments_begun": begun,
        "roles_ended": roles_ended,
        "roles_begun": roles_begun,
    }


def _make(municipality: Municipality, target: Target, planned: Preview) -> Division:
    """The new division, listed where the first of those before it is."""
    return Division.objects.create(
        municipality=municipality,
        key=new_key(),
        name=target.name,
        order=planned.leaving[0].order,
        started_on=planned.wish.on,
    )


def _move_records(municipality: Municipality, planned: Preview, ids: Mapping[Any, UUID]) -> tuple[Rows, Rows]:
    """Rows ended ({id: [until before, until now]}) and begun ({id: until}) in the database."""
    ended: Rows = {}
    changed, begun = [], []
    for each in planned.records:
        for pk, until in each.moved.until.items():
            row = each.rows[pk]
            ended[str(pk)] = [row.until, until]
            row.until = until
            changed.append(row)
        begun += [
            Assignment(
                municipality=municipality,
                division_id=ids[begin.division],
                plan_key=each.plan_key,
                key=each.key,
                is_main=begin.is_main,
                since=begin.since,
                until=begin.until,
            )
            for begin in each.moved.begin
        ]
    Assignment.objects.bulk_update(changed, ["until"], batch_size=500)
    Assignment.objects.bulk_create(begun, batch_size=500)
    return ended, {str(row.pk): row.until for row in begun}


def _move_people(
    actor: Actor, municipality: Municipality, planned: Preview, divisions: Mapping[str, Division]
) -> tuple[Rows, Rows]:
    """Roles ended ({id: [until before, until now]}) and begun ({id: until}) in the database."""
    ended: Rows = {}
    begun: list[Membership] = []
    for move in planned.people:
        row, day = move.row, _from(move, planned.wish.on)
        ended[str(row.pk)] = [row.until, day]
        Membership.objects.filter(pk=row.pk).update(until=day)
        if move.target is not None and not move.held_already:
            begun.append(
                Membership(
                    municipality=municipality,
                    user=row.user,
                    role=row.role,
                    division=divisions[move.target.ref],
                    since=day,
                    until=row.until,
                    granted_by=actor.user,
                )
            )
    Membership.objects.bulk_create(begun)
    return ended, {str(row.pk): row.until for row in begun}


def _from(move: PersonMove, on: date) -> date:
    return max(on, move.row.since) if move.row.since else on
