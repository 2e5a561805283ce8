"""Divisions (担当課) as the municipality has them: adding one, their order; their history in words.

Renaming, merging, splitting and abolishing are reorganisations (``reorganisation.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from sosei.plan.keys import new_key
from sosei.values import Problem
from sosei.values.folding import same_text
from sosei.web.journal.record import record
from sosei.web.people.acting import managed
from sosei.web.people.actor import Actor
from sosei.web.people.models import Division, DivisionSuccession, Municipality
from sosei.web.people.person import NAME_LENGTH, one_line

MOST_DIVISIONS = 1000


def named(municipality: Municipality) -> QuerySet[Division]:
    """The divisions of ``municipality`` with what ``name_on`` reads."""
    return Division.objects.filter(municipality=municipality).prefetch_related("former_names")


def checked_name(text: str) -> str:
    """A division's name: one line; raises Problem."""
    return one_line(text, NAME_LENGTH, "課の名前", "the division's name")


def refuse_taken(name: str, others: Sequence[Division], day: date) -> None:
    """Raises Problem where one of ``others`` has that name on ``day`` or will have it."""
    for other in others:
        if any(same_text(name, text) for text in (other.name_on(day), other.name)):
            raise Problem(
                f"「{name}」という課はもうあります。別の名前にするか、その課を選んでください",
                f'there is a division "{name}" already; use another name or choose that one',
            )


def next_order(municipality: Municipality) -> int:
    """The place after the last division."""
    last = Division.objects.filter(municipality=municipality).aggregate(last=Max("order"))["last"]
    return 1 if last is None else last + 1


def add_division(actor: Actor, name: str, since: date | None) -> Division:
    """A new division, there from ``since`` on (None: as long as anybody knows); raises Problem."""
    with transaction.atomic():
        municipality = managed(actor)
        name = checked_name(name)
        living = list(named(municipality).filter(ended_on=None))
        if len(living) >= MOST_DIVISIONS:
            raise Problem(
                f"課は{MOST_DIVISIONS:,}までです", f"there can be {MOST_DIVISIONS:,} divisions at most"
            )
        refuse_taken(name, living, since or date.min)
        made = Division.objects.create(
            municipality=municipality,
            key=new_key(),
            name=name,
            order=next_order(municipality),
            started_on=since,
        )
        record(actor, "division.added", made.name, new={"name": made.name, "since": since})
    return made


def set_order(actor: Actor, order: Sequence[UUID]) -> None:
    """Put the divisions named in ``order`` in that order, the others after them as they were."""
    with transaction.atomic():
        municipality = managed(actor)
        there = list(Division.objects.filter(municipality=municipality))
        place = {pk: at for at, pk in enumerate(order)}
        wanted = sorted(there, key=lambda each: place.get(each.pk, len(place)))
        if [each.pk for each in wanted] == [each.pk for each in there]:
            return
        for at, each in enumerate(wanted, 1):
            each.order = at
        Division.objects.bulk_update(wanted, ["order"])
        record(
            actor,
            "division.ordered",
            municipality.name,
            old=[each.name for each in there],
            new=[each.name for each in wanted],
        )


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing in a division's history: the day (None: unknown) and what, in both languages."""

    on: date | None
    ja: str
    en: str


def history(division: Division) -> list[Happening]:
    """What happened to a division, in the order of days; the ones before and after it under their names then."""
    happened = [*_beginning(division), *_renamings(division), *_ending(division)]
    return sorted(happened, key=lambda each: each.on or date.min)


def successions(municipality: Municipality) -> QuerySet[DivisionSuccession]:
    """Who followed whom, with what is needed to name them."""
    return (
        DivisionSuccession.objects.filter(municipality=municipality)
        .select_related("before", "after")
        .prefetch_related("before__former_names", "after__former_names")
    )


def _beginning(division: Division) -> list[Happening]:
    days: dict[date, list[Division]] = {}
    for each in successions(division.municipality).filter(after=division):
        days.setdefault(each.on, []).append(each.before)
    found = []
    for on, before in days.items():
        names = [_name_before(each, on) for each in before]
        ja, en = "・".join(names), ", ".join(names)
        if on == division.started_on:
            found.append(Happening(on, f"{ja} の仕事を引き継いで発足", f"Began, taking over from {en}"))
        else:
            found.append(Happening(on, f"{ja} の仕事を引き継ぐ", f"Took over from {en}"))
    if division.started_on not in days:
        name = division.name_on(division.started_on or date.min)
        found.append(Happening(division.started_on, f"「{name}」として登録", f'Registered as "{name}"'))
    return found


def _renamings(division: Division) -> list[Happening]:
    return [
        Happening(
            each.until,
            f"「{each.name}」から「{division.name_on(each.until)}」に名称変更",
            f'Renamed from "{each.name}" to "{division.name_on(each.until)}"',
        )
        for each in division.former_names.all()
    ]


def _ending(division: Division) -> list[Happening]:
    days: dict[date, list[Division]] = {}
    for each in successions(division.municipality).filter(before=division):
        days.setdefault(each.on, []).append(each.after)
    found = []
    for on, after in days.items():
        names = [each.name_on(on) for each in after]
        ja, en = "・".join(names), ", ".join(names)
        if on == division.ended_on:
            found.append(Happening(on, f"廃止（仕事は {ja} へ）", f"Ended; its work went to {en}"))
        else:
            found.append(Happening(on, f"仕事の一部を {ja} へ移す", f"Part of its work went to {en}"))
    return found


def _name_before(division: Division, on: date) -> str:
    """The name that a division had on the day before ``on``."""
    return division.name_on(date.fromordinal(on.toordinal() - 1))
