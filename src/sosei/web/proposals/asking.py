"""What the officer does with a change request: open, change, close, open again (each checked and logged)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.acting import today
from sosei.web.people.actor import Actor
from sosei.web.people.models import Division
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft
from sosei.web.proposals.models import AskedDivision, ChangeRequest, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked, until when and whom; ``key`` was drawn when the form was shown, so that a form sent
    twice asks once.
    """

    key: UUID
    title: str
    text: str
    due: date
    divisions: Sequence[Division]


def open_request(actor: Actor, draft: Draft, asking: Asking) -> ChangeRequest:
    """Ask divisions about a draft; raises Problem where the draft is closed or asked about already."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        draft = _locked(draft)
        if sent_before := ChangeRequest.objects.filter(pk=asking.key, draft=draft).first():
            return sent_before
        _none_open(draft)
        if not asking.divisions:
            raise Problem(
                "照会先の課がありません。一つ以上選んでください", "no division is asked; choose at least one"
            )
        made = ChangeRequest.objects.create(
            pk=asking.key,
            municipality=draft.municipality,
            draft=draft,
            title=asking.title,
            text=asking.text,
            due=asking.due,
            by=actor.user,
        )
        _ask(made, asking.divisions)
        record(actor, "request.opened", asking.title, new=_words(made))
    return made


def change_request(actor: Actor, request: ChangeRequest, asking: Asking) -> None:
    """Say it anew: title, text, due day, divisions.

    A division that wrote or answered something stays asked; raises Problem where it was to be left out,
    and where nothing would change.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        request = _locked_request(request)
        old = _words(request)
        wanted = {each.pk: each for each in asking.divisions}
        there = {each.division_id: each for each in request.asked.select_related("division")}
        if not wanted:
            raise Problem(
                "照会先の課がありません。一つ以上選んでください", "no division is asked; choose at least one"
            )
        _leave_out([row for pk, row in there.items() if pk not in wanted])
        _ask(request, [each for pk, each in wanted.items() if pk not in there])
        ChangeRequest.objects.filter(pk=request.pk).update(
            title=asking.title, text=asking.text, due=asking.due
        )
        request.refresh_from_db()
        new = _words(request)
        if new == old:
            raise Problem(
                "照会は今のままで、変更はありません", "the request is the same; nothing was changed"
            )
        record(actor, "request.changed", request.title, old=old, new=new)


def close_request(actor: Actor, request: ChangeRequest) -> None:
    """No more answers; what waits can still be decided.  A closed one stays as it is."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        request = _locked_request(request)
        if not request.is_open:
            return
        ChangeRequest.objects.filter(pk=request.pk).update(is_open=False, closed_at=timezone.now())
        record(actor, "request.closed", request.title)


def reopen_request(actor: Actor, request: ChangeRequest) -> None:
    """Take answers again; raises Problem where another request on the draft is open."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        request = _locked_request(request)
        if request.is_open:
            return
        _none_open(request.draft)
        ChangeRequest.objects.filter(pk=request.pk).update(is_open=True, closed_at=None)
        record(actor, "request.reopened", request.title)


def _locked(draft: Draft) -> Draft:
    """The draft, locked until the transaction ends; raises Problem where it is closed."""
    found = Draft.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=draft.pk)
    if not found.is_open:
        raise Problem(
            "この下書きは策定または破棄されていて、もう照会できません",
            "this draft has been adopted or discarded; divisions can no longer be asked about it",
        )
    return found


def _locked_request(request: ChangeRequest) -> ChangeRequest:
    """The request with its draft, locked in the order in which it was opened."""
    _locked(request.draft)
    return ChangeRequest.objects.select_for_update(of=("self",)).select_related("draft").get(pk=request.pk)


def _none_open(draft: Draft) -> None:
    if other := ChangeRequest.objects.filter(draft=draft, is_open=True).first():
        raise Problem(
            f"この下書きでは改定照会「{other.title}」が続いています。締め切ってから次を始めてください",
            f'the change request "{other.title}" on this draft is open; close it first',
        )


def _ask(request: ChangeRequest, divisions: Collection[Division]) -> None:
    AskedDivision.objects.bulk_create(
        AskedDivision(municipality=request.municipality, request=request, division=each) for each in divisions
    )


def _leave_out(rows: Collection[AskedDivision]) -> None:
    for row in rows:
        if row.answered_at or Proposal.objects.filter(asked=row).exists():
            name = row.division.name_on(today())
            raise Problem(
                f"{name}はもう提案を書いたか回答しているので、照会先から外せません",
                f"{name} has written or answered already and stays among those asked",
            )
    AskedDivision.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _words(request: ChangeRequest) -> dict[str, object]:
    day = today()
    divisions = [each.division.name_on(day) for each in request.asked.select_related("division")]
    return {"title": request.title, "text": request.text, "due": request.due, "divisions": divisions}
