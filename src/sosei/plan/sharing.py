"""One record made anew while all it holds is shared: records are frozen, so an edit copies only a path.

A record's own fields are read and checked apart from the records inside it, which have been checked already.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Self, TypeVar

from pydantic import ValidationError, create_model

from sosei.plan.base import Key, Model, Node
from sosei.plan.model import Plan
from sosei.plan.reading import load_node
from sosei.plan.walk import children_of, collections_of
from sosei.plan.writing import data_of

Data = dict[str, Any]
N = TypeVar("N", bound=Node)


def own_data(node: Node) -> Data:
    """The record as plain data without the records it holds; fields at their default are left out."""
    found: Data = node.model_dump(mode="json", exclude_defaults=True, exclude=set(collections_of(type(node))))
    return found


def built(kind: type[N], own: Node | Data, inside: Mapping[str, tuple[Node, ...]]) -> N:
    """The record with the fields ``own`` and the records ``inside``, every rule of its kind checked.

    Only plain data is read; fields of a record and the records inside stand as they are.  Raises
    Pydantic's ValidationError.
    """
    fields = _read(kind, own) if isinstance(own, dict) else dict(own)
    return kind.model_validate({**fields, **inside})


def same_value(kind: type[Node], field: str, one: Any, other: Any) -> bool:
    """Whether two values in plain data say the same, be a default inside them written out or not."""
    if one == other:
        return True
    try:
        return bool(_canonical(kind, field, one) == _canonical(kind, field, other))
    except ValidationError:
        return False


def _canonical(kind: type[Node], field: str, value: Any) -> Any:
    read = _field_alone(kind, field).model_validate_json(json.dumps({field: value}, ensure_ascii=False))
    return read.model_dump(mode="json", exclude_defaults=True)


def _read(kind: type[Node], own: Data) -> dict[str, Any]:
    read = _fields_alone(kind).model_validate_json(json.dumps(own, ensure_ascii=False))
    return {name: getattr(read, name) for name in read.model_fields_set}


@lru_cache(maxsize=64)
def _fields_alone(kind: type[Node]) -> type[Model]:
    """A model of a kind's own fields, without the rules that look at several of them."""
    own = [name for name in kind.model_fields if name not in collections_of(kind)]
    return _model_of(kind, *own)


@lru_cache(maxsize=256)
def _field_alone(kind: type[Node], field: str) -> type[Model]:
    return _model_of(kind, field)


def _model_of(kind: type[Node], *names: str) -> type[Model]:
    fields: Any = {
        name: (kind.model_fields[name].annotation, copy.copy(kind.model_fields[name])) for name in names
    }
    made: type[Model] = create_model(f"{kind.__name__}Fields", __base__=Model, **fields)
    return made


class Place(NamedTuple):
    """Where a record of a working copy stands: its kind and the record that holds it (None: the plan)."""

    kind: type[Node]
    parent: Key | None
    collection: str


class Records:
    """The records of a plan while they are changed; those left alone are shared with the plan it began as.

    Values and links are checked by ``plan()``, so that several changes may pass through a state that
    would not hold.  ``fork()`` costs little however large the plan is.
    """

    def __init__(self, plan: Plan) -> None:
        self.key: Key = plan.key
        self._nodes: dict[Key, Node] = {}  # every record as it was checked last
        self._places: dict[Key, Place] = {}
        # What was written since: fields as plain data, the order of inner records, and every record
        # that is not as _nodes has it any more.  Inner dictionaries are replaced, never changed.
        self._own: dict[Key, Data] = {}
        self._order: dict[Key, dict[str, list[Key]]] = {}
        self._changed: set[Key] = set()
        self._share(plan, None, "")

    def fork(self) -> Self:
        """Another working copy in the same state; neither changes the other."""
        other = copy.copy(self)
        for name in ("_nodes", "_places", "_own", "_order", "_changed"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def plan(self) -> Plan:
        """The plan as it stands now; raises Problem where a value or a link does not hold any more."""
        fresh: dict[Key, Node] = {}
        plan = self._checked(self.key, fresh)
        assert isinstance(plan, Plan)  # noqa: S101  (that is what a working copy begins with)
        self._nodes.update(fresh)
        for written in (self._own, self._order, self._changed):
            written.clear()
        return plan

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def record(self, key: Key) -> Data:
        """The record ``key`` with all it holds, as plain data."""
        if key not in self._changed:
            return data_of(self._nodes[key])
        found = copy.deepcopy(self._fields(key))
        for collection in collections_of(self._places[key].kind):
            if inside := self._inside(key, collection):
                found[collection] = [self.record(child) for child in inside]
        return found

    def node(self, key: Key) -> Node:
        """The record ``key`` as it stands now; raises Problem where a value does not fit its field."""
        return self._checked(key, {})

    def alone(self, key: Key) -> Node:
        """The record with its own fields as they stand now, to be told of; what it holds is as it was last
        checked, and no rule is run.  Raises Problem where a value does not fit its field.
        """
        if key not in self._own:
            return self._nodes[key]
        kind, last = self._places[key].kind, self._nodes.get(key)
        inside = {name: getattr(last, name) for name in collections_of(kind)} if last else {}
        try:
            return kind.model_construct(**inside, **_read(kind, self._own[key]))
        except ValidationError:
            load_node(kind, self._own[key])  # says what is wrong
            raise

    def parent(self, key: Key) -> Key | None:
        """The record that holds the record ``key``; None for the plan."""
        return self._places[key].parent

    def _fields(self, key: Key) -> Data:
        """The record's own fields as plain data, not to be changed."""
        return self._own[key] if key in self._own else own_data(self._nodes[key])

    def _inside(self, key: Key, collection: str) -> list[Key]:
        """The keys of the records in a collection of the record ``key``, not to be changed."""
        order = self._order.get(key, {})
        if collection in order:
            return order[collection]
        node = self._nodes.get(key)  # one that was just added has its order from _enter
        return [child.key for child in getattr(node, collection)] if node else []

    def _put(self, key: Key, collection: str, inside: list[Key]) -> None:
        self._order[key] = {**self._order.get(key, {}), collection: inside}

    def _keys_below(self, key: Key) -> list[Key]:
        """The key and those of all records below it."""
        found = [key]
        for collection in collections_of(self._places[key].kind):
            for child in self._inside(key, collection):
                found.extend(self._keys_below(child))
        return found

    def _mark(self, key: Key | None) -> None:
        """The record is not as it was, and so is not what holds it."""
        while key is not None:
            self._changed.add(key)
            key = self._places[key].parent

    def _share(self, node: Node, parent: Key | None, collection: str) -> None:
        """Enter a record that is checked already, with all it holds."""
        self._nodes[node.key] = node
        self._places[node.key] = Place(type(node), parent, collection)
        for name, child in children_of(node):
            self._share(child, node.key, name)

    def _enter(self, record: Data, kind: type[Node], parent: Key, collection: str) -> None:
        """Enter a record that is plain data still, with all it holds."""
        key, kinds = record["key"], collections_of(kind)
        self._places[key] = Place(kind, parent, collection)
        self._own[key] = copy.deepcopy({name: value for name, value in record.items() if name not in kinds})
        self._order[key] = {name: [child["key"] for child in record.get(name, ())] for name in kinds}
        self._changed.add(key)
        for name, inner in kinds.items():
            for child in record.get(name, ()):
                self._enter(child, inner, key, name)

    def _forget(self, key: Key) -> None:
        """The record and all it holds are there no more."""
        for gone in self._keys_below(key):
            del self._places[gone]
            for kept in (self._nodes, self._own, self._order):
                kept.pop(gone, None)
            self._changed.discard(gone)

    def _checked(self, key: Key, fresh: dict[Key, Node]) -> Node:
        try:
            return self._built(key, fresh)
        except ValidationError:
            load_node(self._places[key].kind, self.record(key))  # says what is wrong, and where
            raise

    def _built(self, key: Key, fresh: dict[Key, Node]) -> Node:
        """The record, made anew where it or something in it changed; all that was made is put in ``fresh``."""
        if key not in self._changed:
            return self._nodes[key]
        kind = self._places[key].kind
        inside = {
            name: tuple(self._built(child, fresh) for child in self._inside(key, name))
            for name in collections_of(kind)
        }
        own = self._own[key] if key in self._own else self._nodes[key]
        fresh[key] = made = built(kind, own, inside)
        return made
