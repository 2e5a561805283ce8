"""A proposal against the draft as it stands now: whether what it was made against still stands, and its
operations made anew, so that what goes along with a change (marks, anchors, links) fits the draft of today.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sosei.plan.base import Key, Node
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Location, Operation, Remove, Set
from sosei.plan.sharing import same_value
from sosei.plan.walk import index
from sosei.plan.writing import data_of
from sosei.values.folding import compact
from sosei.web.writing.saving import operations_for
from sosei.web.writing.structure import LAST, location, removal


class Clash(StrEnum):
    """Why a proposal cannot be accepted as it is."""

    CHANGED = "changed"  # another value stands there now
    GONE = "gone"  # the record is gone, or the one that a new record was to stand in


def clash(known: Mapping[Key, Node], main: Operation) -> Clash | None:
    """What keeps ``main`` from the draft whose records are ``known``; None: nothing."""
    match main:
        case Set():
            if main.key not in known:
                return Clash.GONE
            node = known[main.key]
            found = field_of(node, main.field)
            return None if same_value(type(node), main.field, found, main.old) else Clash.CHANGED
        case Add():
            if main.to.parent not in known:
                return Clash.GONE
            return Clash.CHANGED if main.record["key"] in known else None
        case Remove():
            key = main.record["key"]
            if key not in known:
                return Clash.GONE
            return None if data_of(known[key]) == main.record else Clash.CHANGED
    raise ValueError(main.op)  # divisions do not move records


def fresh(document: Document, operations: Sequence[Operation], main: Operation) -> list[Operation]:
    """The operations of a proposal made anew on ``document``, which still has the records it is about."""
    known = index(document)
    match main:
        case Set():
            along = [_last(known, each) for each in operations if isinstance(each, Add)]
            there = _divisions_there(document, along)
            made = operations_for(document, known[main.key], main.field, _renamed(main.new, there))
            return [*(each for each in along if each.record["key"] not in there), *made]
        case Remove():
            return removal(document, [main.record["key"]])
    return [_last(known, each) if isinstance(each, Add) else each for each in operations]


def sign(known: Mapping[Key, Node], main: Operation) -> str:
    """A sign of what stands where ``main`` would write: another one after every change there."""
    found: Any = None
    match main:
        case Set() if main.key in known:
            found = field_of(known[main.key], main.field)
        case Remove() if main.record["key"] in known:
            found = data_of(known[main.record["key"]])
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def field_of(node: Node, field: str) -> Any:
    """The field's value as plan data; None for none."""
    return node.model_dump(mode="json", exclude_defaults=True, include={field}).get(field)


def _divisions_there(document: Document, along: Sequence[Add]) -> Mapping[Key, Key]:
    """Divisions that were to be added and that the plan has by now, each with its key there."""
    names = {compact(each.name): each.key for each in document.divisions}
    found = {each.record["key"]: names.get(compact(each.record.get("name", ""))) for each in along}
    return {key: there for key, there in found.items() if there}


def _renamed(value: Any, keys: Mapping[Key, Key]) -> Any:
    """A list of divisions with the keys that the plan has for them."""
    return [keys.get(each, each) for each in value] if keys else value


def _last(known: Mapping[Key, Node], operation: Add) -> Add:
    """The addition behind the sibling it was to follow, or at the end where that is gone."""
    to: Location = operation.to
    if to.parent not in known:
        return operation
    where = location(known[to.parent], to.collection, LAST if to.after is None else to.after)
    return operation.model_copy(update={"to": where})
