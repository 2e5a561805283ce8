"""Why things were changed between two states of a plan: the reasons given at adoption and in the draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sosei.plan.base import Key
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.web.plans.models import ChangeReason, Draft, DraftOperation, Plan
from sosei.web.plans.states import State
from sosei.web.plans.store import operation_of

Place = tuple[Key, str]  # the record, and the field (empty: the record itself)


def reasons_between(plan: Plan, old: State, new: State) -> Mapping[Place, str]:
    """The reason of each change from ``old`` to ``new``, over all editions between, in their order.

    Where several editions changed the same place each reason stands on a line of its own.
    """
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for place, text in _all(plan, old, new):
        if text not in found[place]:
            found[place].append(text)
    return {place: "\n".join(texts) for place, texts in found.items()}


def draft_reasons(rows: Iterable[DraftOperation]) -> dict[Place, str]:
    """The reason given last for each place that ``rows`` (oldest first) changed."""
    found = {}
    for row in rows:
        operation = operation_of(row)
        if operation.reason:
            found[_place(operation)] = operation.reason
    return found


def _all(plan: Plan, old: State, new: State) -> Iterator[tuple[Place, str]]:
    after = _number(plan, old)
    until = _number(plan, new)
    for reason in ChangeReason.objects.filter(
        edition__plan=plan, edition__no__gt=after, edition__no__lte=until
    ).order_by("edition__no"):
        yield (reason.key, reason.field), reason.text
    if new.operation is not None:
        last = DraftOperation.objects.get(pk=new.operation)
        rows = DraftOperation.objects.filter(draft=new.draft, no__lte=last.no).order_by("no")
        yield from draft_reasons(rows).items()


def _number(plan: Plan, state: State) -> int:
    """The number of the edition that the state is, or that the draft is written on."""
    if state.edition is not None:
        return int(state.version[1:])
    base = Draft.objects.filter(plan=plan, pk=state.draft).values_list("base__no", flat=True).first()
    return base or 0


def _place(operation: Operation) -> Place:
    match operation:
        case Set():
            return operation.key, operation.field
        case Move():
            return operation.key, ""
        case Add() | Remove():
            return operation.record["key"], ""
