"""From which state of a plan a workbook was written, and what of its differences are not its own.

A workbook that was taken out before somebody wrote in the draft still says the earlier value there.  That
is no change of whoever filled it in, and must not take the other's work back.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sosei.plan.model import Plan as Document
from sosei.plan.operations import Move, Operation, Refusal, Set, WorkingCopy
from sosei.plan.sharing import own_data
from sosei.plan.walk import nodes
from sosei.web.plans.models import Draft, DraftOperation, Edition
from sosei.web.plans.states import State
from sosei.web.plans.store import draft_document_at, edition_document


def mark_of_state(state: State) -> str:
    """The word for ``state`` that goes along hidden in its workbook."""
    if state.draft is None:
        return state.version
    return f"{state.draft.hex}.{state.operation.hex if state.operation else ''}"


def written_from(draft: Draft, mark: str) -> Document | None:
    """The plan as it stood in the state that ``mark`` tells; None where it is none of this draft or its plan."""
    if mark[:1] == "e" and mark[1:].isascii() and mark[1:].isdecimal() and len(mark) < 7:
        edition = Edition.objects.defer("data").filter(plan=draft.plan_id, no=int(mark[1:])).first()
        return edition_document(edition) if edition else None
    of, _, last = mark.partition(".")
    if of != draft.pk.hex:
        return None
    if not last:
        return draft_document_at(draft.pk, None)
    found = DraftOperation.objects.filter(draft=draft, pk=_uuid(last)).values_list("pk", flat=True).first()
    return draft_document_at(draft.pk, found) if found else None


def own_changes(
    base: Document, made: Sequence[Operation], written: Document
) -> tuple[list[Operation], Document]:
    """Of the operations ``made``, which lead from ``base`` to what a workbook says, those that change what it
    said when it was written from the plan ``written``; and the plan that they make.
    """
    before = {node.key: node for node in nodes(written)}
    places = WorkingCopy(written)
    work = WorkingCopy(base)
    own: list[Operation] = []
    for operation in made:
        match operation:
            case Set() if operation.key in before:
                same = own_data(before[operation.key]).get(operation.field) == operation.new
            case Move() if operation.key in before:
                same = places.parent(operation.key) == operation.to.parent
            case _:
                same = False
        if same:
            continue
        try:
            work.apply(operation)
        except Refusal:  # it hung on one that was left out: a place in an order
            continue
        own.append(operation)
    return own, work.plan()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
