"""Operations that were made against a draft as it stood, on the draft as it stands: which hold, which do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sosei.plan.base import Key
from sosei.plan.labels import field_label
from sosei.plan.operations import Add, Operation, Refusal, Remove, Set, WorkingCopy
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.store import draft_document, operation_of, working_copy
from sosei.web.site.language import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An operation whose old value is gone: ``was`` is that value, ``now`` what stands there, ``new`` what the
    file says; all three empty where it is no field, ``problem`` then says what is the matter.  ``row`` is the
    operation that wrote ``now``, where one is found.
    """

    title: str
    field: str
    was: str
    now: str
    new: str
    problem: Refusal
    row: DraftOperation | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What of an upload holds now; ``done`` counts what the draft says already."""

    fit: Sequence[Operation]
    refused: Sequence[Refusal]
    done: int = 0


def standing(draft: Draft, made: Sequence[Operation]) -> Standing:
    """``made`` applied to the draft as far as it goes; the draft itself stays as it is."""
    work = working_copy(draft)
    fit: list[Operation] = []
    refused: list[Refusal] = []
    done = 0
    for operation in made:
        try:
            work.apply(operation)
        except Refusal as refusal:
            if isinstance(operation, Set) and operation.key in work and refusal.found == operation.new:
                done += 1
            else:
                refused.append(refusal)
        else:
            fit.append(operation)
    return Standing(fit, refused, done)


def conflicts(draft: Draft, refused: Sequence[Refusal], since: int) -> list[Conflict]:
    """The refusals in the plan's words; ``since`` is the number of the draft's last operation at the preview."""
    words = Wording(draft_document(draft), language())
    work = working_copy(draft)
    later = list(draft.operations.filter(no__gt=since).select_related("by").order_by("-no"))
    written = {_spot(operation_of(row)): row for row in reversed(later)}
    return [_conflict(words, work, refusal, written) for refusal in refused]


_Spot = tuple[Key, str]


def _spot(operation: Operation) -> _Spot:
    if isinstance(operation, Set):
        return operation.key, operation.field
    return (operation.record["key"] if isinstance(operation, Add | Remove) else operation.key), ""


def _conflict(
    words: Wording, work: WorkingCopy, refusal: Refusal, written: dict[_Spot, DraftOperation]
) -> Conflict:
    operation = refusal.operation
    key, field = _spot(operation)
    row = written.get((key, field)) or written.get((key, ""))
    if key not in work:
        return Conflict(title="", field="", was="", now="", new="", problem=refusal, row=row)
    title = words.called(work.alone(key))
    if not isinstance(operation, Set):
        return Conflict(title=title, field="", was="", now="", new="", problem=refusal, row=row)
    return Conflict(
        title=title,
        field=field_label(field, words.language),
        was=shown(words, work, operation, refusal.found, operation.old),
        now=words.field(work.alone(key), field),
        new=shown(words, work, operation, refusal.found, operation.new),
        problem=refusal,
        row=row,
    )


def shown(words: Wording, work: WorkingCopy, at: Set, found: object, value: object) -> str:
    """The field's ``value`` as a person reads it; empty where the record could not have it now."""
    trial = work.fork()
    try:
        trial.apply(Set(key=at.key, field=at.field, old=found, new=value))
        return words.field(trial.node(at.key), at.field)
    except Problem:
        return ""
