"""What is done to a public comment: beginning, changing, publishing its result, removing (each checked and logged)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sosei.values import Problem
from sosei.web.comments.models import PublicComment
from sosei.web.comments.rows import data_of, locked, writable
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft
from sosei.web.site.stale import Stale, TooOld, differing, token


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an officer says of a public comment; the fields are the row's."""

    title: str
    since: date
    until: date
    announced: str = ""
    sent: str = ""
    people: int | None = None
    organisations: int | None = None
    remarks: str = ""


def said_of(comment: PublicComment) -> Said:
    """What the row says now."""
    return Said(**{name: getattr(comment, name) for name in Said.__slots__})


def state_of(comment: PublicComment) -> str:
    """What a form carries to tell whether the row changed meanwhile."""
    return token(data_of(said_of(comment)))


def begin(actor: Actor, draft: Draft, key: UUID, said: Said) -> PublicComment:
    """A public comment on the open ``draft``; ``key`` was drawn when the form was shown, so that a form
    sent twice makes one.  Raises Problem for a draft that is closed.
    """
    actor.must(Right.EDIT_PLAN)
    municipality = actor.here
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",)).select_related("plan").get(pk=draft.pk)
        if before := PublicComment.objects.filter(pk=key).first():
            if before.draft_id != draft.pk:
                raise TooOld
            return before
        if not draft.is_open:
            raise Problem(
                "下書きが閉じられたので、意見募集を始められません",
                "the draft has been closed, so no public comment can be begun on it",
            )
        comment = PublicComment.objects.create(
            pk=key,
            municipality=municipality,
            plan=draft.plan,
            draft=draft,
            created_by=actor.user,
            **data_of(said),
        )
        record(actor, "comment.begun", comment.title, new=_plain(data_of(said)))
    return comment


def change(actor: Actor, comment: PublicComment, said: Said, old: str) -> PublicComment:
    """Write what the form says over the row that it was made from; raises Stale where another stands there."""
    with transaction.atomic():
        comment = writable(actor, comment)
        was, now = data_of(said_of(comment)), data_of(said)
        if was == now:
            return comment
        if token(was) != old:
            raise Stale
        for name, value in now.items():
            setattr(comment, name, value)
        comment.save(update_fields=list(now))
        before, after = differing(was, now)
        record(actor, "comment.changed", comment.title, old=_plain(before), new=_plain(after))
    return comment


def publish(actor: Actor, comment: PublicComment) -> None:
    """Show the result to readers from today on; raises Problem while the period lasts or an answer is missing."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        if locked(comment).published_on is not None:
            return
        comment = writable(actor, comment)
        today = timezone.localdate()
        if today <= comment.until:
            raise Problem(
                "募集期間が終わっていないので、まだ公表できません",
                "the period is not over yet, so the result cannot be published",
            )
        living = comment.opinions.filter(removed_at=None)
        if missing := living.filter(Q(answer="") | Q(outcome="")).count():
            raise Problem(
                f"考え方か修正の有無が書かれていない意見が{missing}件あります。書いてから公表してください",
                f"{missing} opinions lack an answer or an outcome; write them first",
            )
        PublicComment.objects.filter(pk=comment.pk).update(published_on=today)
        record(actor, "comment.published", comment.title, new={"on": today, "opinions": living.count()})


def withdraw(actor: Actor, comment: PublicComment) -> None:
    """Take the publication back: readers see the result no more, and it can be mended."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        comment = locked(comment)
        if comment.published_on is None:
            return
        PublicComment.objects.filter(pk=comment.pk).update(published_on=None)
        record(actor, "comment.withdrawn", comment.title, old={"on": comment.published_on})


def remove(actor: Actor, comment: PublicComment) -> None:
    """Take the comment off the list; ``restore`` takes that back."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        if locked(comment).removed_at is not None:
            return
        comment = writable(actor, comment)
        PublicComment.objects.filter(pk=comment.pk).update(removed_at=timezone.now())
        record(actor, "comment.removed", comment.title)


def restore(actor: Actor, comment: PublicComment) -> None:
    """Put a removed comment on the list again."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        comment = locked(comment)
        if comment.removed_at is None:
            return
        PublicComment.objects.filter(pk=comment.pk).update(removed_at=None)
        record(actor, "comment.restored", comment.title)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` as the log keeps them: days as text, lines as lists of words."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
