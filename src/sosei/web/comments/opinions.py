"""What is done to the opinions of a public comment: adding, changing, moving, removing (each checked and logged)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sosei.plan.base import Key
from sosei.values import Problem
from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.comments.rows import data_of, writable
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.plans.models import DraftOperation
from sosei.web.site.stale import Stale, TooOld, differing, token

MOST = 2000
"""Opinions of one public comment; more would not be one table any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOpinion:
    """What an officer writes of an opinion; ``operation`` is the identity of the draft's change, or empty."""

    summary: str
    record: Key = ""
    goal: Key = ""
    place: str = ""
    page: str = ""
    same: int = 1
    answer: str = ""
    outcome: str = ""
    change: str = ""
    operation: str = ""

    def at(self, record: Key, goal: Key, place: str) -> SaidOpinion:
        """The same about another record."""
        return replace(self, record=record, goal=goal, place=place)


def said_of(opinion: PublicOpinion) -> SaidOpinion:
    """What the row says now."""
    names = (name for name in SaidOpinion.__slots__ if name != "operation")
    return SaidOpinion(
        **{name: getattr(opinion, name) for name in names}, operation=str(opinion.operation_id or "")
    )


def state_of(opinion: PublicOpinion) -> str:
    """What a form carries to tell whether the row changed meanwhile."""
    return token(data_of(said_of(opinion)))


def living(comment: PublicComment) -> list[PublicOpinion]:
    """The opinions in the order of the table; an opinion's number is its place in the list, from 1."""
    rows = comment.opinions.filter(removed_at=None)
    return list(rows.select_related("operation").defer("operation__operation"))


def add(
    actor: Actor, comment: PublicComment, key: UUID, said: SaidOpinion, number: int | None = None
) -> PublicOpinion:
    """An opinion more, as ``number`` of the table (None: the last); a form sent twice adds one.

    Raises Problem where the form was filled anew after it had been sent.
    """
    with transaction.atomic():
        comment = writable(actor, comment)
        if before := PublicOpinion.objects.filter(pk=key).first():
            if before.comment_id != comment.pk:
                raise TooOld
            if said_of(before) != said:
                raise Problem(
                    "この意見はもう登録されています。一覧から開いて書き換えてください",
                    "this opinion has been entered already; open it from the list to change it",
                )
            return before
        (opinion,) = _created(comment, [(key, said)])
        _put(comment, opinion, number)
        record(actor, "opinion.added", comment.title, new=data_of(said))
    return opinion


def add_all(actor: Actor, comment: PublicComment, first: UUID, said: Sequence[SaidOpinion]) -> int:
    """Several opinions behind the others, all or none; how many.  ``first`` is the first one's identity,
    drawn when they were shown, so that the same list sent twice is added once.
    """
    with transaction.atomic():
        comment = writable(actor, comment)
        if before := PublicOpinion.objects.filter(pk=first).first():
            if before.comment_id != comment.pk:
                raise TooOld
            return 0
        rows = _created(comment, [(first if not at else None, each) for at, each in enumerate(said)])
        record(actor, "opinions.pasted", comment.title, new={"opinions": len(rows)})
    return len(rows)


def change(
    actor: Actor, opinion: PublicOpinion, said: SaidOpinion, old: str, number: int | None = None
) -> PublicOpinion:
    """Write what the form says over the opinion that it was made from; raises Stale where another stands there.

    ``number`` moves it (None: it stays where it is).
    """
    with transaction.atomic():
        comment = writable(actor, opinion.comment)
        opinion = _there(opinion)
        was, now = data_of(said_of(opinion)), data_of(said)
        if was != now:
            if token(was) != old:
                raise Stale
            for name, value in now.items():
                setattr(opinion, "operation_id" if name == "operation" else name, value)
            opinion.operation_id = _operation(comment, said.operation)
            opinion.save(update_fields=list(now))
            before, after = differing(was, now)
            record(actor, "opinion.changed", comment.title, old=before, new=after)
        if number is not None:
            _moved(actor, comment, opinion, number)
    return opinion


def move(actor: Actor, opinion: PublicOpinion, stood: int, number: int) -> None:
    """Give the opinion that stood as ``stood`` the ``number``; the same move sent twice is made once.

    Raises Problem where it stands elsewhere by now.
    """
    with transaction.atomic():
        comment = writable(actor, opinion.comment)
        opinion = _there(opinion)
        now = living(comment).index(opinion) + 1
        if now == number:
            return
        if now != stood:
            raise Problem(
                "開いているあいだに並びが変わりました。今の並びを確かめてから動かしてください",
                "the order changed while you were looking; look at it again, then move",
            )
        _moved(actor, comment, opinion, number)


def remove(actor: Actor, opinion: PublicOpinion) -> None:
    """Take the opinion out of the table; ``restore`` takes that back."""
    with transaction.atomic():
        comment = writable(actor, opinion.comment)
        if PublicOpinion.objects.filter(pk=opinion.pk, removed_at=None).update(removed_at=timezone.now()):
            record(actor, "opinion.removed", comment.title, old=data_of(said_of(opinion)))


def restore(actor: Actor, opinion: PublicOpinion) -> None:
    """Put a removed opinion back where it stood."""
    with transaction.atomic():
        comment = writable(actor, opinion.comment)
        if PublicOpinion.objects.filter(pk=opinion.pk, removed_at__isnull=False).update(removed_at=None):
            record(actor, "opinion.restored", comment.title, new=data_of(said_of(opinion)))


def _created(
    comment: PublicComment, wanted: Sequence[tuple[UUID | None, SaidOpinion]]
) -> list[PublicOpinion]:
    last = comment.opinions.order_by("-order").values_list("order", flat=True).first() or 0
    if comment.opinions.filter(removed_at=None).count() + len(wanted) > MOST:
        raise Problem(
            f"一つの意見募集に登録できる意見は{MOST:,}件までです",
            f"a public comment holds at most {MOST:,} opinions",
        )
    rows = []
    for order, (key, said) in enumerate(wanted, last + 1):
        values = data_of(said) | {"operation": None}
        row = PublicOpinion(municipality_id=comment.municipality_id, comment=comment, order=order, **values)
        row.operation_id = _operation(comment, said.operation)
        if key is not None:
            row.pk = key
        rows.append(row)
    return PublicOpinion.objects.bulk_create(rows)


def _there(opinion: PublicOpinion) -> PublicOpinion:
    """The opinion as it stands; raises Problem for one that was removed."""
    found = PublicOpinion.objects.get(pk=opinion.pk)
    if found.removed_at is not None:
        raise Problem(
            "この意見は削除されています。「削除した意見」から戻してから書いてください",
            "this opinion has been removed; restore it first",
        )
    return found


def _moved(actor: Actor, comment: PublicComment, opinion: PublicOpinion, number: int) -> None:
    if moved := _put(comment, opinion, number):
        record(actor, "opinion.moved", comment.title, old={"number": moved[0]}, new={"number": moved[1]})


def _put(comment: PublicComment, opinion: PublicOpinion, number: int | None) -> tuple[int, int] | None:
    """Let the opinion stand as ``number`` (the last where there are fewer); its old and new one, None for no move."""
    rows = living(comment)
    was = rows.index(opinion) + 1
    now = min(number or len(rows), len(rows))
    if was == now:
        return None
    rows.insert(now - 1, rows.pop(was - 1))
    for order, row in enumerate(rows, 1):
        row.order = order
    PublicOpinion.objects.bulk_update(rows, ["order"])
    return was, now


def _operation(comment: PublicComment, key: str) -> UUID | None:
    """The change of the comment's draft with this identity; None for none."""
    if not key:
        return None
    operations = DraftOperation.objects.filter(draft=comment.draft_id)
    found = operations.filter(pk=key).values_list("pk", flat=True).first()
    if found is None:
        raise Problem(
            "選んだ下書きの変更が見つかりません。選び直してください",
            "the change of the draft that was chosen is not there; choose again",
        )
    return found
