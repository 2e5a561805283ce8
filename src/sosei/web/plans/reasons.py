"""Why things were changed between two states of a plan: the reasons given at adoption and in the draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sosei.plan.base import Key
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.web.plans.models import ChangeReason, Draft, DraftOperation, DraftReason, Plan
from sosei.web.plans.states import State
from sosei.web.plans.store import operation_of

Place = tuple[Key, str]  # the record, and the field (empty: the record itself)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A reason given in a draft, by whom and when.

    ``about`` is the hash of what the change said then; empty where an operation carries the reason:
    then ``passed`` says whether a later one wrote something else at the same place.
    """

    text: str
    by: str
    at: datetime
    about: str = ""
    passed: bool = False


def reasons_between(plan: Plan, old: State, new: State) -> Mapping[Place, str]:
    """The reason of each change from ``old`` to ``new``, over all editions between, in their order.

    Where several editions changed the same place each reason stands on a line of its own.
    """
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for place, text in _all(plan, old, new):
        if text not in found[place]:
            found[place].append(text)
    return {place: "\n".join(texts) for place, texts in found.items()}


def given_reasons(draft: Draft | UUID, until: int | None = None) -> dict[Place, Given]:
    """What was said last of each place: beside the list of changes, or with an operation (up to the number
    ``until``).
    """
    rows = DraftOperation.objects.filter(draft=draft).select_related("by").order_by("no")
    found = _of_operations(list(rows if until is None else rows.filter(no__lte=until)))
    for row in DraftReason.objects.filter(draft=draft).select_related("by"):
        place = (row.key, row.field)
        if place not in found or found[place].at <= row.at:
            found[place] = Given(text=row.text, by=_name(row), at=row.at, about=row.about)
    return found


def reasons_mark(draft: UUID) -> str:
    """What stands for all that was written beside the list of changes of ``draft``; empty where nothing was."""
    rows = DraftReason.objects.filter(draft=draft)
    last = rows.order_by("-at").values_list("at", flat=True).first()
    return f"{last.isoformat()}/{rows.count()}" if last else ""


def _of_operations(rows: Sequence[DraftOperation]) -> dict[Place, Given]:
    """The reason given last for each place that ``rows`` (oldest first) changed.

    What was taken back gives none, and neither does the taking back, which repeats the reason.
    """
    void = _taken_back(rows)
    found: dict[Place, Given] = {}
    for row in rows:
        operation = operation_of(row)
        place = _place(operation)
        if operation.reason and not row.undoes_id and row.pk not in void:
            found[place] = Given(text=operation.reason, by=_name(row), at=row.at)
        elif place in found and not row.undoes_id and row.pk not in void:
            found[place] = Given(text=found[place].text, by=found[place].by, at=found[place].at, passed=True)
    return found


def _taken_back(rows: Iterable[DraftOperation]) -> set[UUID]:
    void: set[UUID] = set()
    for row in reversed(list(rows)):
        if row.undoes_id and row.pk not in void:
            void.add(row.undoes_id)
    return void


def _all(plan: Plan, old: State, new: State) -> Iterator[tuple[Place, str]]:
    after = _number(plan, old)
    until = _number(plan, new)
    for reason in ChangeReason.objects.filter(
        edition__plan=plan, edition__no__gt=after, edition__no__lte=until
    ).order_by("edition__no"):
        yield (reason.key, reason.field), reason.text
    if new.draft is not None and new.operation is not None:
        last = DraftOperation.objects.get(pk=new.operation)
        for place, given in given_reasons(new.draft, last.no).items():
            if given.text:
                yield place, given.text


def _number(plan: Plan, state: State) -> int:
    """The number of the edition that the state is, or that the draft is written on."""
    if state.edition is not None:
        return int(state.version[1:])
    base = Draft.objects.filter(plan=plan, pk=state.draft).values_list("base__no", flat=True).first()
    return base or 0


def _name(row: DraftOperation | DraftReason) -> str:
    return row.by.name if row.by else ""


def _place(operation: Operation) -> Place:
    match operation:
        case Set():
            return operation.key, operation.field
        case Move():
            return operation.key, ""
        case Add() | Remove():
            return operation.record["key"], ""
