"""Editing a plan: set, add, move, remove, each with the value it found (下書きの操作).

A draft is a base edition and a list of operations.  An operation applies only where its old
value still stands; otherwise it is refused with both values.  Every operation has an inverse.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from sosei.plan.base import Key, Model, Node
from sosei.plan.model import Plan
from sosei.plan.reading import load_data, load_node
from sosei.plan.walk import collections_of
from sosei.plan.writing import data_of
from sosei.values import Problem

Data = dict[str, Any]


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


@dataclass(slots=True)
class _Entry:
    """A record of a working copy: its data, its kind, and the record that holds it."""

    data: Data
    kind: type[Node]
    parent: Key | None
    collection: str


class WorkingCopy:
    """A plan's data while operations are applied; links are checked again only by ``plan()``."""

    def __init__(self, plan: Plan) -> None:
        self._root = data_of(plan)
        self._entries: dict[str, _Entry] = {}
        self._enter(self._root, Plan, None, "")

    def plan(self) -> Plan:
        """The plan as it stands now; raises Problem where a link does not hold any more."""
        return load_data(self._root)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def location(self, key: Key) -> Location:
        """Where the record ``key`` stands now."""
        entry = self._entries[key]
        assert entry.parent is not None  # noqa: S101  (only the plan itself has none)
        siblings = self._siblings(entry.parent, entry.collection)
        place = next(i for i, record in enumerate(siblings) if record["key"] == key)
        after = siblings[place - 1]["key"] if place else None
        return Location(parent=entry.parent, collection=entry.collection, after=after)

    def record(self, key: Key) -> Data:
        """A copy of the record ``key`` with all it holds."""
        return copy.deepcopy(self._entries[key].data)

    def node(self, key: Key) -> Node:
        """The record ``key`` as it stands now; raises Problem where a value does not fit its field."""
        entry = self._entries[key]
        return load_node(entry.kind, entry.data)

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
        entry = self._entry(operation.key, operation)
        fields = entry.kind.model_fields
        if (
            operation.field not in fields
            or operation.field == "key"
            or operation.field in collections_of(entry.kind)
        ):
            raise Refusal(
                operation,
                f"項目「{operation.field}」は書き換えられません",
                f'the field "{operation.field}" cannot be set',
            )
        found = entry.data.get(operation.field)
        old, new = (_written(entry.kind, operation.field, value) for value in (operation.old, operation.new))
        if found != old:
            raise Refusal(
                operation,
                f"「{operation.field}」は {_shown(operation.old)} のはずが {_shown(found)} に変わっています",
                f'"{operation.field}" was {_shown(operation.old)} and is now {_shown(found)}',
                found,
            )
        if new is None:
            entry.data.pop(operation.field, None)
        else:
            entry.data[operation.field] = copy.deepcopy(new)

    def _add(self, operation: Add) -> None:
        kind = self._kind_at(operation.to, operation)
        for key in _keys(operation.record, kind):
            if key in self._entries:
                raise Refusal(
                    operation, f"キー「{key}」はもう使われています", f'the key "{key}" is in use', key
                )
        self._insert(copy.deepcopy(operation.record), kind, operation.to, operation)

    def _move(self, operation: Move) -> None:
        entry = self._inner_entry(operation.key, operation)
        found = self.location(operation.key)
        if (found.parent, found.collection) != (operation.old.parent, operation.old.collection):
            raise Refusal(
                operation,
                f"「{operation.key}」は別の場所（{found.parent} の {found.collection}）へ移されています",
                f'"{operation.key}" has been moved elsewhere ({found.collection} of {found.parent})',
                found,
            )
        kind = self._kind_at(operation.to, operation)
        inside = set(_keys(entry.data, entry.kind))
        if operation.to.parent in inside or operation.to.after in inside or kind is not entry.kind:
            raise Refusal(operation, "そこへは移せません", "it cannot be moved there")
        self._sibling_index(operation.to, operation)
        self._take_out(entry)
        self._insert(entry.data, kind, operation.to, operation)

    def _remove(self, operation: Remove) -> None:
        key = operation.record["key"]
        entry = self._inner_entry(key, operation)
        if entry.data != operation.record:
            raise Refusal(
                operation,
                f"「{key}」の中身が変わっているので消せません",
                f'"{key}" has changed and is not removed',
                self.record(key),
            )
        self._take_out(entry)
        for inside in _keys(entry.data, entry.kind):
            del self._entries[inside]

    def _entry(self, key: Key, operation: Operation) -> _Entry:
        if key not in self._entries:
            raise Refusal(operation, f"「{key}」はもうありません", f'"{key}" is gone')
        return self._entries[key]

    def _inner_entry(self, key: Key, operation: Operation) -> _Entry:
        entry = self._entry(key, operation)
        if entry.parent is None:
            raise Refusal(
                operation, "計画そのものは動かせません", "the plan itself cannot be moved or removed"
            )
        return entry

    def _take_out(self, entry: _Entry) -> None:
        """Take the record from among its siblings; an empty collection leaves no trace in the data."""
        assert entry.parent is not None  # noqa: S101  (see _inner_entry)
        holder = self._entries[entry.parent].data
        siblings = [record for record in holder[entry.collection] if record is not entry.data]
        if siblings:
            holder[entry.collection] = siblings
        else:
            del holder[entry.collection]

    def _kind_at(self, to: Location, operation: Operation) -> type[Node]:
        kinds = collections_of(self._entry(to.parent, operation).kind)
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
        for index, record in enumerate(self._siblings(to.parent, to.collection)):
            if record["key"] == to.after:
                return index + 1
        raise Refusal(
            operation,
            f"並びの目印「{to.after}」がもうありません",
            f'the record "{to.after}" to stand after is gone',
        )

    def _insert(self, record: Data, kind: type[Node], to: Location, operation: Operation) -> None:
        index = self._sibling_index(to, operation)
        self._entries[to.parent].data.setdefault(to.collection, []).insert(index, record)
        self._enter(record, kind, to.parent, to.collection)

    def _siblings(self, parent: Key, collection: str) -> list[Data]:
        found: list[Data] = self._entries[parent].data.get(collection, [])
        return found

    def _enter(self, data: Data, kind: type[Node], parent: Key | None, collection: str) -> None:
        self._entries[data["key"]] = _Entry(data, kind, parent, collection)
        for name, inner in collections_of(kind).items():
            for child in data.get(name, ()):
                self._enter(child, inner, data["key"], name)


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
    default = kind.model_fields[field].get_default(call_default_factory=True)
    return None if value == (list(default) if isinstance(default, tuple) else default) else value


def _keys(data: Data, kind: type[Node]) -> list[str]:
    found = [data["key"]]
    for name, inner in collections_of(kind).items():
        for child in data.get(name, ()):
            found.extend(_keys(child, inner))
    return found


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
