"""The one way operations come into a draft: locked, applied to the draft as it stands, added as one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import uuid4

from sosei.plan.operations import Operation, inverse
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.store import DRAFTS, operation_of, operation_text, working_copy


def locked(draft: Draft) -> Draft:
    """The draft, locked until the transaction ends; raises Problem where it is closed."""
    found = Draft.objects.select_for_update(of=("self",)).select_related("plan").get(pk=draft.pk)
    if not found.is_open:
        raise Problem(
            "この下書きは策定または破棄されていて、もう変えられません",
            "this draft has been adopted or discarded and cannot be changed any more",
        )
    return found


def append(actor: Actor, draft: Draft, made: Iterable[Operation]) -> list[DraftOperation]:
    """Apply ``made`` to the draft, which is locked, and add their rows, all or none.

    Raises Refusal where an old value no longer stands, Problem where the plan would not hold.
    """
    return _added(actor, draft, [(operation, None) for operation in made])


def take_back(actor: Actor, draft: Draft, rows: Sequence[DraftOperation]) -> list[DraftOperation]:
    """Add the inverse of each of ``rows``, the last one first, as ``append`` does."""
    latest_first = sorted(rows, key=lambda row: row.no, reverse=True)
    return _added(actor, draft, [(inverse(operation_of(row)), row) for row in latest_first])


def _added(
    actor: Actor, draft: Draft, made: Sequence[tuple[Operation, DraftOperation | None]]
) -> list[DraftOperation]:
    if not made:
        return []
    work = working_copy(draft)
    act = uuid4()
    rows = []
    for no, (operation, undoes) in enumerate(made, draft.length + 1):
        work.apply(operation)
        rows.append(
            DraftOperation(
                municipality=draft.municipality,
                draft=draft,
                no=no,
                operation=operation_text(operation),
                act=act,
                undoes=undoes,
                backwards=undoes is not None and not undoes.backwards,
                by=actor.user,
            )
        )
    DRAFTS.keep((draft.pk, rows[-1].pk), work)
    DraftOperation.objects.bulk_create(rows)
    draft.length += len(rows)
    Draft.objects.filter(pk=draft.pk).update(length=draft.length)
    return rows
