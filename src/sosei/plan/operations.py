"""Editing a plan: set, add, move, remove, each with the value it found (下書きの操作).

A draft is a base edition and a list of operations.  An operation applies only where its old
value still stands; otherwise it is refused with both values.  Every operation has an inverse.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field

from sosei.plan.base import Key, Model, Node
from sosei.plan.model import Plan
from sosei.plan.reading import load_node
from sosei.plan.sharing import Data, Place, Records, same_value
from sosei.plan.walk import collections_of
from sosei.plan.writing import data_of
from sosei.values import Problem


class Location(Model):
    """A place among records: in ``collection`` of ``parent``, after the sibling ``after`` (None: first)."""

    parent: Key
    collection: str
    after: Key | None = None


class Set(Model):
    """Give ``field`` of the record ``key`` the value ``new``; None takes the value away."""

    op: Literal["set"] = "set"
    key: Key
    field: str
    old: Any = None
    new: Any = None
    reason: str = ""


class Add(Model):
    """Put a new record, with all it holds, at ``to``."""

    op: Literal["add"] = "add"
    to: Location
    record: Data
    reason: str = ""


class Move(Model):
    """Take the record ``key`` from one place to another."""

    op: Literal["move"] = "move"
    key: Key
    old: Location
    to: Location
    reason: str = ""


class Remove(Model):
    """Take a record out, with all it holds."""

    op: Literal["remove"] = "remove"
    old: Location
    record: Data
    reason: str = ""


Operation = Annotated[Set | Add | Move | Remove, Field(discriminator="op")]


class Refusal(Problem):
    """An operation that found another value than the one it was made against."""

    def __init__(self, operation: Operation, ja: str, en: str, found: object = None) -> None:
        super().__init__(ja, en)
        self.operation = operation
        self.found = found


class WorkingCopy(Records):
    """A plan while operations are applied, each only where its old value stands."""

    def location(self, key: Key) -> Location:
        """Where the record ``key`` stands now."""
        _, parent, collection = self._places[key]
        assert parent is not None  # noqa: S101  (only the plan itself has none)
        siblings = self._inside(parent, collection)
        at = siblings.index(key)
        return Location(parent=parent, collection=collection, after=siblings[at - 1] if at else None)

    def apply(self, operation: Operation) -> None:
        """Apply one operation; raises Refusal, changing nothing, where its old value does not stand."""
        match operation:
            case Set():
                self._set(operation)
            case Add():
                self._add(operation)
            case Move():
                self._move(operation)
            case Remove():
                self._remove(operation)

    def _set(self, operation: Set) -> None:
        key, field = operation.key, operation.field
        kind = self._place(key, operation).kind
        if field not in _defaults(kind):
            raise Refusal(
                operation, f"項目「{field}」は書き換えられません", f'the field "{field}" cannot be set'
            )
        fields = self._fields(key)
        found = fields.get(field)
        old, new = (_written(kind, field, value) for value in (operation.old, operation.new))
        if not same_value(kind, field, found, old):
            raise Refusal(
                operation,
                f"「{field}」は {_shown(operation.old)} のはずが {_shown(found)} に変わっています",
                f'"{field}" was {_shown(operation.old)} and is now {_shown(found)}',
                found,
            )
        rest = {name: value for name, value in fields.items() if name != field}
        self._own[key] = rest if new is None else {**rest, field: copy.deepcopy(new)}
        self._mark(key)

    def _add(self, operation: Add) -> None:
        kind = self._kind_at(operation.to, operation)
        seen: set[Key] = set()
        for key in _keys(operation.record, kind):
            if key in self or key in seen:
                raise Refusal(
                    operation, f"キー「{key}」はもう使われています", f'the key "{key}" is in use', key
                )
            seen.add(key)
        self._insert(operation.record["key"], operation.to, operation)
        self._enter(operation.record, kind, operation.to.parent, operation.to.collection)
        self._mark(operation.to.parent)

    def _move(self, operation: Move) -> None:
        key, to = operation.key, operation.to
        place = self._inner_place(key, operation)
        if (place.parent, place.collection) != (operation.old.parent, operation.old.collection):
            raise Refusal(
                operation,
                f"「{key}」は別の場所（{place.parent} の {place.collection}）へ移されています",
                f'"{key}" has been moved elsewhere ({place.collection} of {place.parent})',
                self.location(key),
            )
        kind = self._kind_at(to, operation)
        inside = set(self._keys_below(key))
        if to.parent in inside or to.after in inside or kind is not place.kind:
            raise Refusal(operation, "そこへは移せません", "it cannot be moved there")
        self._sibling_index(to, operation)
        self._take_out(key, place)
        self._insert(key, to, operation)
        self._places[key] = Place(kind, to.parent, to.collection)
        self._mark(to.parent)

    def _remove(self, operation: Remove) -> None:
        key = operation.record["key"]
        place = self._inner_place(key, operation)
        found = self.record(key)
        if found != operation.record and found != _as_read(place.kind, operation.record):
            raise Refusal(
                operation,
                f"「{key}」の中身が変わっているので消せません",
                f'"{key}" has changed and is not removed',
                found,
            )
        self._take_out(key, place)
        self._forget(key)

    def _place(self, key: Key, operation: Operation) -> Place:
        if key not in self._places:
            raise Refusal(operation, f"「{key}」はもうありません", f'"{key}" is gone')
        return self._places[key]

    def _inner_place(self, key: Key, operation: Operation) -> Place:
        place = self._place(key, operation)
        if place.parent is None:
            raise Refusal(
                operation, "計画そのものは動かせません", "the plan itself cannot be moved or removed"
            )
        return place

    def _kind_at(self, to: Location, operation: Operation) -> type[Node]:
        kinds = collections_of(self._place(to.parent, operation).kind)
        if to.collection not in kinds:
            raise Refusal(
                operation,
                f"「{to.parent}」に {to.collection} という並びはありません",
                f'"{to.parent}" has no collection "{to.collection}"',
            )
        return kinds[to.collection]

    def _sibling_index(self, to: Location, operation: Operation) -> int:
        """The index to insert at; raises Refusal where the sibling to stand after is gone."""
        if to.after is None:
            return 0
        try:
            return self._inside(to.parent, to.collection).index(to.after) + 1
        except ValueError:
            raise Refusal(
                operation,
                f"並びの目印「{to.after}」がもうありません",
                f'the record "{to.after}" to stand after is gone',
            ) from None

    def _insert(self, key: Key, to: Location, operation: Operation) -> None:
        at = self._sibling_index(to, operation)
        siblings = self._inside(to.parent, to.collection)
        self._put(to.parent, to.collection, [*siblings[:at], key, *siblings[at:]])

    def _take_out(self, key: Key, place: Place) -> None:
        assert place.parent is not None  # noqa: S101  (see _inner_place)
        siblings = self._inside(place.parent, place.collection)
        self._put(place.parent, place.collection, [sibling for sibling in siblings if sibling != key])
        self._mark(place.parent)


def apply(plan: Plan, operations: Iterable[Operation]) -> Plan:
    """``plan`` after all ``operations``; raises Refusal at the first that does not fit."""
    work = WorkingCopy(plan)
    for operation in operations:
        work.apply(operation)
    return work.plan()


def apply_what_fits(plan: Plan, operations: Iterable[Operation]) -> tuple[Plan, tuple[Refusal, ...]]:
    """``plan`` after every operation whose old value stands, and the refusals of the others."""
    work = WorkingCopy(plan)
    refused = []
    for operation in operations:
        try:
            work.apply(operation)
        except Refusal as refusal:
            refused.append(refusal)
    return work.plan(), tuple(refused)


def inverse(operation: Operation) -> Operation:
    """The operation that undoes ``operation``."""
    match operation:
        case Set():
            return operation.model_copy(update={"old": operation.new, "new": operation.old})
        case Add():
            return Remove(old=operation.to, record=operation.record, reason=operation.reason)
        case Move():
            return operation.model_copy(update={"old": operation.to, "to": operation.old})
        case Remove():
            return Add(to=operation.old, record=operation.record, reason=operation.reason)


def _written(kind: type[Node], field: str, value: Any) -> Any:
    """``value`` as plan data has it: a field at its default (an empty text, an empty list) is left out."""
    return None if value == _defaults(kind)[field] else value


@lru_cache(maxsize=64)
def _defaults(kind: type[Node]) -> Mapping[str, Any]:
    """The fields that can be set, with their defaults as plain data."""
    found = {
        name: field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
        if name != "key" and name not in collections_of(kind)
    }
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def _as_read(kind: type[Node], record: Data) -> Data | None:
    """``record`` as a plan that holds it would say it; None where it is no record of the kind."""
    try:
        return data_of(load_node(kind, record))
    except Problem:
        return None


def _keys(data: Data, kind: type[Node]) -> list[str]:
    found = [data["key"]]
    for name, inner in collections_of(kind).items():
        for child in data.get(name, ()):
            found.extend(_keys(child, inner))
    return found


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
