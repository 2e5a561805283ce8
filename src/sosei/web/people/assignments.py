"""Who answers for what (主担当, 関係課) from which day: set for one record, taken over from an edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from sosei.plan.base import Key
from sosei.plan.model import Plan as Document
from sosei.plan.walk import elements
from sosei.values import Problem
from sosei.values.folding import compact
from sosei.web.journal.record import record
from sosei.web.people.acting import managed
from sosei.web.people.actor import Actor
from sosei.web.people.divisions import named, next_order, successions
from sosei.web.people.models import Assignment, Division, Municipality
from sosei.web.people.roles import Right


def assign(actor: Actor, plan_key: str, key: str, divisions: Sequence[Division], on: date) -> None:
    """From ``on`` the first of ``divisions`` is 主担当 of the record and the others 関係課; none: nobody.

    What was set for later days gives way.  Raises Problem for a division that is not there from ``on`` on,
    or named twice, and where nothing would change.
    """
    with transaction.atomic():
        municipality = managed(actor)
        _there_from(divisions, on)
        wanted = {each.pk: at == 0 for at, each in enumerate(divisions)}
        rows = list(
            Assignment.objects.filter(municipality=municipality, plan_key=plan_key, key=key)
            .lasting_past(on)
            .select_related("division")
        )
        old = [_words(row) for row in rows if row.since <= on]
        kept = set()
        changed = []
        for row in rows:
            stays = row.since <= on and wanted.get(row.division_id) == row.is_main
            until = None if stays else max(on, row.since)
            if stays:
                kept.add(row.division_id)
            if row.until != until:
                row.until = until
                changed.append(row)
        begun = [
            Assignment(
                municipality=municipality,
                division_id=pk,
                plan_key=plan_key,
                key=key,
                is_main=is_main,
                since=on,
            )
            for pk, is_main in wanted.items()
            if pk not in kept
        ]
        if not changed and not begun:
            raise Problem("担当は今のままで、変更はありません", "these divisions answer for it already")
        Assignment.objects.bulk_update(changed, ["until"])
        Assignment.objects.bulk_create(begun)
        new = [{"division": each.name_on(on), "main": wanted[each.pk], "since": on} for each in divisions]
        record(actor, "assignment.changed", key, old=old, new=new)


def assign_from_edition(actor: Actor, municipality: Municipality, document: Document, on: date) -> int:
    """Who answers for what an adopted edition names divisions for, where nobody ever did; how many records.

    A division is known by the plan's key for it, else by its name on ``on``, else by one it had before,
    else it is made.  One that ended since is followed to its only successor; where it has several, the
    record stays without.
    Stands inside the transaction of the adoption.
    """
    actor.must(Right.EDIT_PLAN)
    naming = list(_naming(document))
    if not naming:
        return 0
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    known = _known(municipality, document, on)
    assigned = set(
        Assignment.objects.filter(municipality=municipality, plan_key=document.key).values_list(
            "key", flat=True
        )
    )
    rows: list[Assignment] = []
    for key, names in naming:
        if key in assigned:
            continue
        found = list(dict.fromkeys(known[name] for name in names if known[name] is not None))
        rows += [
            Assignment(
                municipality=municipality,
                division=division,
                plan_key=document.key,
                key=key,
                is_main=at == 0,
                since=on,
            )
            for at, division in enumerate(found)
        ]
    Assignment.objects.bulk_create(rows)
    count = len({row.key for row in rows})
    if rows:
        words: dict[str, list[str]] = {}
        for row in rows:
            words.setdefault(row.division.name, []).append(row.key)
        record(actor, "assignments.taken_over", municipality.name, new={"since": on, "divisions": words})
    return count


def _naming(document: Document) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Every element and indicator that names divisions."""
    for placed in elements(document):
        if placed.element.divisions:
            yield placed.element.key, placed.element.divisions
    for indicator in document.indicators:
        if indicator.divisions:
            yield indicator.key, indicator.divisions


def _known(municipality: Municipality, document: Document, on: date) -> dict[Key, Division | None]:
    """The municipality's division for each of the plan's, made where there is none."""
    there = list(named(municipality))
    by_key = {each.key: each for each in there}
    living = [each for each in there if each.ended_on is None or each.ended_on > on]
    by_name = {compact(former.name): each for each in there for former in each.former_names.all()}
    by_name |= {compact(each.name): each for each in there if each not in living}
    by_name |= {compact(each.name_on(on)): each for each in living}
    order = next_order(municipality)
    found: dict[Key, Division | None] = {}
    for each in document.divisions:
        division = by_key.get(each.key) or by_name.get(compact(each.name))
        if division is None:
            division = Division.objects.create(
                municipality=municipality, key=each.key, name=each.name, order=order
            )
            by_name[compact(each.name)] = division
            order += 1
        found[each.key] = _follow(division, on)
    return found


def _follow(division: Division, on: date) -> Division | None:
    """The division that does the work on ``on``: itself, or its only successor, and so on."""
    seen = set()
    while division.ended_on is not None and division.ended_on <= on:
        if division.pk in seen:
            return None
        seen.add(division.pk)
        after = list(successions(division.municipality).filter(before=division, on=division.ended_on))
        if len(after) != 1:
            return None
        division = after[0].after
    return division


def _there_from(divisions: Sequence[Division], on: date) -> None:
    """Raises Problem unless every division is there from ``on`` on with no end in sight."""
    if len({each.pk for each in divisions}) != len(divisions):
        raise Problem(
            "主担当と関係課に同じ課があります。どちらかにしてください",
            "the same division is both in charge and involved; choose one",
        )
    for each in divisions:
        if each.started_on is not None and each.started_on > on:
            raise Problem(
                f"{each.name}は{each.started_on:%Y-%m-%d}にできる課です。その日からにしてください",
                f"{each.name} begins on {each.started_on}; choose that day or a later one",
            )
        if each.ended_on is not None:
            raise Problem(
                f"{each.name_on(on)}は{each.ended_on:%Y-%m-%d}になくなる課です。"
                "別の課を選ぶか、その日から引き継ぐ課の担当にしてください",
                f"{each.name_on(on)} ends on {each.ended_on}; choose another division, "
                "or one that follows it from that day on",
            )


def _words(row: Assignment) -> dict[str, object]:
    return {"division": row.division.name_on(row.since), "main": row.is_main, "since": row.since}
