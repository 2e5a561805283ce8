"""The divisions of a plan: where each is named, and those of the municipality that it does not have yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sosei.plan.base import Key, Node
from sosei.plan.keys import new_key
from sosei.plan.model import Division, Plan
from sosei.plan.operations import Add, Location, Operation
from sosei.plan.walk import index, nodes
from sosei.plan.writing import data_of
from sosei.values.folding import compact
from sosei.web.people.acting import today
from sosei.web.people.actor import Actor
from sosei.web.people.divisions import named
from sosei.web.people.models import Municipality
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.writing.marks import unmarked


def uses(document: Plan) -> Mapping[Key, int]:
    """How many records name each division."""
    found: Counter[Key] = Counter()
    for node in nodes(document):
        if node is not document:
            found.update(getattr(node, "divisions", ()))
    return found


def named_at(document: Plan, key: Key) -> list[Node]:
    """The records that name the division ``key``, in the plan's order."""
    return [
        node for node in nodes(document) if node is not document and key in getattr(node, "divisions", ())
    ]


def candidates(municipality: Municipality, document: Plan) -> list[tuple[Key, str]]:
    """The municipality's divisions of today, by key and name, that the plan does not have."""
    day = today()
    keys = {each.key for each in document.divisions}
    names = {compact(each.name) for each in document.divisions}
    living = ((each.key, each.name_on(day)) for each in named(municipality).on(day))
    return [(key, name) for key, name in living if key not in keys and compact(name) not in names]


def take(actor: Actor, draft: Draft, keys: Sequence[Key]) -> int:
    """Put divisions of the municipality into the plan, under their names of today; how many."""
    document = draft_document(draft)
    chosen = [(key, name) for key, name in candidates(draft.municipality, document) if key in keys]
    last = document.divisions[-1].key if document.divisions else None
    made: list[Operation] = [*unmarked(document, "divisions")] if chosen else []
    for key, name in chosen:
        # The plan may know the key already, of a record of another kind.
        division = Division(key=new_key() if key in index(document) else key, name=name)
        to = Location(parent=document.key, collection="divisions", after=last)
        made.append(Add(to=to, record=data_of(division)))
        last = division.key
    if made:
        acts.operate(actor, draft, made)
    return len(chosen)
