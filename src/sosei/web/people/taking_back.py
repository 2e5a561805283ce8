"""Taking the last reorganisation back: its exact inverse, in one transaction and as one act in the log.

Only the last one, and only while everything it wrote stands as it left it: once somebody was given a
role or a responsibility in a division it made, undoing it would undo that too, which nobody asked for.
Whoever needs more makes a reorganisation the other way round.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.acting import managed
from sosei.web.people.actor import Actor
from sosei.web.people.divisions import named, refuse_taken
from sosei.web.people.models import (
    Assignment,
    Division,
    DivisionName,
    DivisionSuccession,
    Membership,
    Municipality,
    Reorganisation,
)
from sosei.web.people.reorganising import Rows


def take_back(actor: Actor, reorganisation: Reorganisation) -> None:
    """Undo the last reorganisation exactly; raises Problem where another or anything else came after it."""
    with transaction.atomic():
        municipality = managed(actor)
        last = last_standing(municipality)
        if last is None or last.pk != reorganisation.pk:
            raise Problem(
                "取り消せるのは最後の改編だけです。後の改編から順に取り消してください",
                "only the last reorganisation can be taken back; begin with the later ones",
            )
        rows = json.loads(last.rows)
        _stands(municipality, rows, last.on)
        _undo(rows)
        Reorganisation.objects.filter(pk=last.pk).update(taken_back_at=timezone.now())
        words = json.loads(last.words)
        record(
            actor,
            "division.reorganisation_taken_back",
            "・".join(words["sources"]),
            old={"kind": last.kind, "on": last.on, **words},
        )


def last_standing(municipality: Municipality) -> Reorganisation | None:
    """The last reorganisation that has not been taken back."""
    return Reorganisation.objects.filter(municipality=municipality, taken_back_at=None).first()


def _stands(municipality: Municipality, rows: Rows, on: date) -> None:
    """Raises Problem unless everything that was written stands as it was left, and nothing hangs on it."""
    if "renamed" in rows:
        _name_stands(municipality, rows, on)
        return
    _rows_stand(rows)
    _divisions_stand(municipality, rows, on)


def _name_stands(municipality: Municipality, rows: Rows, on: date) -> None:
    pk, old, new = rows["renamed"]
    if not Division.objects.filter(pk=pk, name=new).exists():
        raise _depends("課の名前がその後に変わりました", "the division's name changed since")
    others = named(municipality).exclude(pk=pk).filter(ended_on=None)
    refuse_taken(old, list(others), on)


def _rows_stand(rows: Rows) -> None:
    made = rows["divisions_made"]
    for ended, model, begun in (
        ("assignments_ended", Assignment, "assignments_begun"),
        ("roles_ended", Membership, "roles_begun"),
    ):
        now = {str(pk): until for pk, until in _untils(model, [*rows[ended], *rows[begun]])}
        then = {pk: after for pk, (_, after) in rows[ended].items()} | rows[begun]
        if {pk: str(until) if until else None for pk, until in now.items()} != then:
            raise _depends(
                "動かした担当か役割がその後に変わりました", "a responsibility or role it moved changed since"
            )
        if model.objects.filter(division__in=made).exclude(pk__in=list(rows[begun])).exists():
            raise _depends(
                "新しい課にその後で担当か役割が付きました",
                "a responsibility or role was given since in a division it made",
            )
    reopened = Membership.objects.filter(
        pk__in=[pk for pk, (old, _) in rows["roles_ended"].items() if not old]
    )
    for role in reopened:
        same = Membership.objects.filter(
            user=role.user_id, role=role.role, division=role.division_id, until=None
        )
        if same.exclude(pk=role.pk).exists():
            raise _depends("動かした人に元の役割がまた付きました", "somebody it moved has the old role again")


def _divisions_stand(municipality: Municipality, rows: Rows, on: date) -> None:
    made = rows["divisions_made"]
    if DivisionName.objects.filter(division__in=made).exists() or (
        DivisionSuccession.objects.filter(before__in=made).exists()
    ):
        raise _depends("新しい課がその後に変わりました", "a division it made changed since")
    ended = rows["divisions_ended"]
    if Division.objects.filter(pk__in=ended, ended_on=on).count() != len(ended):
        raise _depends("終わった課がその後に変わりました", "a division it ended changed since")
    others = list(named(municipality).filter(ended_on=None).exclude(pk__in=made))
    for division in named(municipality).filter(pk__in=ended):
        refuse_taken(division.name, others, on)


def _untils(model: type[Any], pks: Iterable[str]) -> Iterable[tuple[UUID, date | None]]:
    wanted = list(pks)
    for start in range(0, len(wanted), 500):
        yield from model.objects.filter(pk__in=wanted[start : start + 500]).values_list("pk", "until")


def _depends(ja: str, en: str) -> Problem:
    return Problem(
        f"この改編は取り消せません。{ja}。逆向きの改編を新しく行ってください",
        f"this reorganisation cannot be taken back: {en}; make a new one the other way round",
    )


def _undo(rows: Rows) -> None:
    """What was written goes, what was changed is as before."""
    if "renamed" in rows:
        pk, old, _ = rows["renamed"]
        DivisionName.objects.filter(pk=rows["former_name"]).delete()
        Division.objects.filter(pk=pk).update(name=old)
        return
    for model, ended, begun in (
        (Assignment, "assignments_ended", "assignments_begun"),
        (Membership, "roles_ended", "roles_begun"),
    ):
        _delete(model, rows[begun])
        changed = [model(pk=pk, until=before) for pk, (before, _) in rows[ended].items()]
        model.objects.bulk_update(changed, ["until"], batch_size=500)
    _delete(DivisionSuccession, rows["successions"])
    _delete(Division, rows["divisions_made"])
    Division.objects.filter(pk__in=rows["divisions_ended"]).update(ended_on=None)


def _delete(model: type[Model], pks: Iterable[str]) -> None:
    wanted = list(pks)
    for start in range(0, len(wanted), 500):
        model.objects.filter(pk__in=wanted[start : start + 500]).delete()
