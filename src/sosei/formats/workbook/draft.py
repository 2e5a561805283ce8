"""A plan's data while a workbook is read into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sosei.formats.workbook.incoming import KeyFor
from sosei.plan.base import Key, Node
from sosei.plan.model import Division, Plan
from sosei.plan.reading import load_data
from sosei.plan.walk import collections_of
from sosei.plan.writing import data_of
from sosei.values.folding import compact

Data = dict[str, Any]


class Draft:
    """Records by key, as plain data in file order; ``plan()`` makes the plan of them."""

    def __init__(self, plan: Plan, key_for: KeyFor) -> None:
        self.root = plan.key
        self._data = data_of(plan)
        self._key_for = key_for
        self._records: dict[Key, tuple[Data, type[Node], Key, str]] = {}
        self._enter(self._data, Plan, "", "")
        self._divisions = {compact(each["name"]): each["key"] for each in self._data.get("divisions", ())}
        self.new_divisions: list[str] = []

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def __getitem__(self, key: Key) -> Data:
        return self._records[key][0]

    def kind(self, key: Key) -> type[Node]:
        """What sort of record ``key`` is."""
        return self._records[key][1]

    def parent(self, key: Key) -> Key:
        """The record that holds ``key``; empty for the plan."""
        return self._records[key][2]

    def children(self, key: Key, collection: str) -> list[Data]:
        """The records in a collection of ``key``, in order."""
        return [*self[key].get(collection, ())]

    def of_kind(self, kind: type[Node]) -> Iterator[Data]:
        """Every record of a kind, in file order but for those added."""
        return (data for data, each, _, _ in self._records.values() if each is kind)

    def plan(self) -> Plan:
        """The plan as it stands now; raises Problem where its parts do not fit together."""
        return load_data(self._data)

    def put(self, key: Key, field: str, value: Any) -> None:
        """Set a field (``baseline.year`` inside another) to plain data; None empties it."""
        data = self[key]
        outer, _, inner = field.partition(".")
        if inner:
            whole = {**(data.get(outer) or {})}
            _put(whole, inner, value)
            value = whole or None
        _put(data, outer, value)
        if value not in (None, "", []):
            _drop_not_printed(data, outer)
        if self.kind(key) is Division:
            self._divisions[compact(data["name"])] = key

    def add(self, parent: Key, collection: str, record: Data, name: str, after: Key | None = None) -> Key:
        """Add a record to a collection, behind ``after`` where that stands in it, else at its end.

        The key comes from the record's ``name`` in the file.
        """
        key = self.fresh(name)
        kind = collections_of(self.kind(parent))[collection]
        record = {"key": key, **record}
        siblings = self[parent].setdefault(collection, [])
        place = next((n for n, each in enumerate(siblings, 1) if each["key"] == after), len(siblings))
        siblings.insert(place, record)
        _drop_not_printed(self[parent], collection)
        self._enter(record, kind, parent, collection)
        return key

    def fresh(self, name: str) -> Key:
        """A key that nothing in the plan has."""
        key = self._key_for(name)
        while key in self._records:
            name += "'"
            key = self._key_for(name)
        return key

    def remove(self, key: Key) -> None:
        """Take a record out with all it holds."""
        self._take_out(key)
        for inside in [*self._below(key)]:
            del self._records[inside]

    def move(self, key: Key, parent: Key, collection: str) -> None:
        """Hang a record under another parent, behind what is there."""
        data, kind, _, _ = self._records[key]
        self._take_out(key)
        self[parent].setdefault(collection, []).append(data)
        _drop_not_printed(self[parent], collection)
        self._records[key] = (data, kind, parent, collection)

    def inside(self, key: Key, outer: Key) -> bool:
        """Whether ``key`` is ``outer`` or stands somewhere in it."""
        while key:
            if key == outer:
                return True
            key = self.parent(key)
        return False

    def division_name(self, key: Key) -> str:
        """The name of the division ``key``."""
        return str(self[key]["name"])

    def division_key(self, name: str) -> Key:
        """The division called ``name``; a new one where there is none."""
        found = self._divisions.get(compact(name))
        if found is None or found not in self:
            found = self.add(self.root, "divisions", {"name": name}, f"division {compact(name)}")
            self._divisions[compact(name)] = found
            self.new_divisions.append(name)
        return found

    def named_by(self, key: Key) -> Key | None:
        """A record outside ``key`` that names it or something in it; None where there is none."""
        keys = {*self._below(key)}
        return next((holder for holder in self._holders(self._data, "", keys) if holder not in keys), None)

    def _holders(self, value: Any, holder: Key, keys: set[Key]) -> Iterator[Key]:
        """The records with a text that is one of ``keys``, or begins with one (key.field)."""
        if isinstance(value, dict):
            holder = value.get("key", holder)
            for field, inner in value.items():
                if field != "key":
                    yield from self._holders(inner, holder, keys)
        elif isinstance(value, list):
            for inner in value:
                yield from self._holders(inner, holder, keys)
        elif isinstance(value, str) and value.partition(".")[0] in keys:
            yield holder

    def learn_division(self, name: str, key: Key) -> None:
        """What the division ``key`` was called when a workbook was written; its cells may still say so."""
        self._divisions.setdefault(compact(name), key)

    def _take_out(self, key: Key) -> None:
        data, _, parent, collection = self._records[key]
        siblings = [each for each in self[parent][collection] if each is not data]
        _put(self[parent], collection, siblings or None)

    def _below(self, key: Key) -> Iterator[Key]:
        data, kind, _, _ = self._records[key]
        yield key
        for collection in collections_of(kind):
            for child in data.get(collection, ()):
                yield from self._below(child["key"])

    def _enter(self, data: Data, kind: type[Node], parent: Key, collection: str) -> None:
        self._records[data["key"]] = (data, kind, parent, collection)
        for name in collections_of(kind):
            for child in data.get(name, ()):
                self._enter(child, collections_of(kind)[name], data["key"], name)


def _put(data: Data, field: str, value: Any) -> None:
    if value is None:
        data.pop(field, None)
    else:
        data[field] = value


def _drop_not_printed(data: Data, field: str) -> None:
    """What has a value cannot be marked as not printed."""
    if field in data.get("not_printed", ()):
        _put(data, "not_printed", [each for each in data["not_printed"] if each != field] or None)
