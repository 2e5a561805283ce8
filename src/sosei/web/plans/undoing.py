"""Taking back one's own last act in a draft as a whole, and doing it again (取り消す・やり直す).

Every act is a row or several with one ``act``.  Taking one back adds their inverses, doing it again the
inverses of those, so nothing written is ever lost.  Of one's own acts the latest that stands can be
taken back; the latest taking back can be taken back in turn until one writes something new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from sosei.checks.finding import Words
from sosei.plan.labels import field_label, record_label
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Operation, Refusal, Remove, Set, inverse
from sosei.plan.sharing import own_data
from sosei.plan.walk import kind_in
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right
from sosei.web.plans.appending import locked, take_back
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.store import draft_document, operation_of, working_copy

_LONGEST = 40  # of a name or value inside a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What would be taken back or done again: ``count`` operations, and what they did in a few words."""

    count: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoState:
    """What one's own next taking back and doing again would be; None where there is nothing."""

    undo: Step | None
    redo: Step | None


def undo_state(actor: Actor, draft: Draft) -> UndoState:
    """What ``actor`` can take back and do again in ``draft``."""
    return UndoState(
        undo=_step(_to_undo(actor, draft), backwards=False),
        redo=_step(_to_redo(actor, draft), backwards=True),
    )


def undo_last(actor: Actor, draft: Draft) -> Step:
    """Take back one's own last act, all of it or nothing.

    Raises Refusal, with both values, where what it wrote no longer stands, and Problem where there is
    nothing to take back.
    """
    return _turn(actor, draft, backwards=False)


def redo_last(actor: Actor, draft: Draft) -> Step:
    """Do again what one took back last, all of it or nothing; raises as ``undo_last`` does."""
    return _turn(actor, draft, backwards=True)


def _turn(actor: Actor, draft: Draft, *, backwards: bool) -> Step:
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        draft = locked(draft)
        rows = _to_redo(actor, draft) if backwards else _to_undo(actor, draft)
        step = _step(rows, backwards=backwards)
        if step is None:
            raise _nothing(backwards=backwards)
        try:
            made = take_back(actor, draft, list(rows))
        except Refusal as refusal:
            raise _said(draft, refusal, backwards=backwards) from None
        new = {
            "summary": {"ja": step.words.ja, "en": step.words.en},
            "operations": len(made),
            "first": made[0].no,
            "last": made[-1].no,
        }
        told = made[0].operation if len(made) == 1 else new
        record(actor, "draft.redone" if backwards else "draft.undone", draft.plan.title, new=told)
    return step


def undoers_of(draft: Draft) -> Mapping[UUID, DraftOperation]:
    """What took back an operation of ``draft``, by the operation."""
    return {row.undoes_id: row for row in draft.operations.filter(undoes__isnull=False) if row.undoes_id}


def stands_as(operation: DraftOperation, undoers: Mapping[UUID, DraftOperation]) -> DraftOperation | None:
    """The operation as which it stands: itself, or what did it again after it was undone; None: undone."""
    while (undoer := undoers.get(operation.pk)) is not None:
        again = undoers.get(undoer.pk)
        if again is None:
            return None
        operation = again
    return operation


def _own(actor: Actor, draft: Draft) -> QuerySet[DraftOperation]:
    return DraftOperation.objects.filter(draft=draft, by=actor.user).order_by("-no")


def _to_undo(actor: Actor, draft: Draft) -> QuerySet[DraftOperation]:
    """What still stands of the last act that was no taking back, latest first."""
    standing = _own(actor, draft).filter(backwards=False, undone_by=None)
    return standing.filter(act=_act(standing))


def _to_redo(actor: Actor, draft: Draft) -> QuerySet[DraftOperation]:
    """The last taking back that still stands, latest first; none where something was written since."""
    own = _own(actor, draft)
    taken = own.filter(backwards=True, undone_by=None)
    last = own.filter(undoes=None).values_list("no", flat=True).first()
    if last is not None:
        taken = taken.filter(no__gt=last)
    return taken.filter(act=_act(taken))


def _act(rows: QuerySet[DraftOperation]) -> object:
    return rows.values_list("act", flat=True).first()


def _step(rows: QuerySet[DraftOperation], *, backwards: bool) -> Step | None:
    """The act of ``rows`` by the first thing that it did, or that was taken back with them."""
    count = rows.count()
    if not count:
        return None
    # A taking back has the first operation last.
    row = rows[0] if backwards else rows[count - 1]
    operation = inverse(operation_of(row)) if backwards else operation_of(row)
    words = _words(operation)
    if count > 1:
        words = Words(f"{words.ja}など{count}件", f"{words.en} and {count - 1} more")
    return Step(count=count, words=words)


def _words(operation: Operation) -> Words:
    match operation:
        case Set():
            ja, en = (field_label(operation.field, language) for language in ("ja", "en"))
            return Words(f"{ja}の変更", f"change of {en}")
        case Add():
            name = _record(operation.to.collection, operation.record)
            return Words(f"{name.ja}の追加", f"adding {name.en}")
        case Remove():
            name = _record(operation.old.collection, operation.record)
            return Words(f"{name.ja}の削除", f"removing {name.en}")
        case _:
            return Words("並びの移動", "moving a record")


def _record(collection: str, record: dict[str, object]) -> Words:
    """指標「相談件数」, of a record that may not be in the plan any more."""
    kind = kind_in(Document, collection)
    title = next((str(record[name]) for name in ("name", "title", "term", "label") if record.get(name)), "")
    ja, en = (record_label(kind, language) for language in ("ja", "en"))
    return Words(f"{ja}「{_cut(title)}」", f'{en} "{_cut(title)}"') if title else Words(ja, en)


def _nothing(*, backwards: bool) -> Problem:
    if backwards:
        return Problem(
            "やり直せる変更はありません（取り消したあとに別の変更をすると、やり直せなくなります）",
            "there is nothing to do again (after a new change what was taken back cannot be done again)",
        )
    return Problem(
        "取り消せる自分の変更はこの下書きにありません", "this draft has no change of yours to take back"
    )


def _said(draft: Draft, refusal: Refusal, *, backwards: bool) -> Refusal:
    """The refusal as a person reads it: which record, what was written, what stands there now."""
    ja, en = ("やり直せません", "done again") if backwards else ("取り消せません", "taken back")
    found = _changed(draft, refusal.operation)
    if found is None:
        return Refusal(
            refusal.operation, f"{ja}（{refusal.ja}）", f"this cannot be {en}: {refusal.en}", refusal.found
        )
    return Refusal(
        refusal.operation,
        f"{found.ja}ので{ja}。今の値を確かめて書き直してください",
        f"{found.en}, so this cannot be {en}; look at the present value and write it anew",
        refusal.found,
    )


def _changed(draft: Draft, operation: Operation) -> Words | None:
    """What differs from what the operation expects, in the plan's words; None where the record is gone."""
    document, work = draft_document(draft), working_copy(draft)
    words = [Wording(document, language) for language in ("ja", "en")]
    key = operation.record["key"] if isinstance(operation, Add | Remove) else operation.key
    if key not in work:
        return None
    node = work.node(key)
    ja, en = (each.called(node) for each in words)
    if not isinstance(operation, Set):
        return Words(f"{ja}がその後に変わっている", f"{en} has changed since")
    field = operation.field
    try:
        work.apply(Set(key=key, field=field, old=own_data(node).get(field), new=operation.old))
        written = work.node(key)
    except Problem:
        return None
    was_ja, was_en = (_quoted(each.field(written, field), each) for each in words)
    now_ja, now_en = (_quoted(each.field(node, field), each) for each in words)
    return Words(
        f"{ja}の{field_label(field, 'ja')}が{was_ja}から{now_ja}に変わっている",
        f"{field_label(field, 'en')} of {en} has changed from {was_en} to {now_en}",
    )


def _quoted(text: str, words: Wording) -> str:
    if words.language == "en":
        return f'"{_cut(text)}"' if text else "nothing"
    return f"「{_cut(text)}」" if text else "空欄"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
