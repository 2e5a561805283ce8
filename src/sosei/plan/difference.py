"""The difference between two plans, as the operations that lead from one to the other."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from sosei.plan.base import Key, Node
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Move, Operation, Remove, Set, WorkingCopy
from sosei.plan.sharing import own_data
from sosei.plan.walk import collections_of, nodes
from sosei.plan.writing import data_of
from sosei.values import Problem


def difference(old: Plan, new: Plan) -> tuple[Operation, ...]:
    """Operations that turn ``old`` into ``new``; empty where they are the same.

    Records are matched by key.  Raises Problem where the two plans have different keys.
    """
    if old.key != new.key:
        raise Problem(
            "二つのファイルは別々の計画です（計画のキーが違います）",
            "the two files are different plans (their keys differ)",
        )
    return tuple(_Comparison(old, new).run())


class _Comparison:
    def __init__(self, old: Plan, new: Plan) -> None:
        self.old = {node.key: node for node in nodes(old)}
        self.new = {node.key: node for node in nodes(new)}
        self.root = new
        self.work = WorkingCopy(old)
        self.found: list[Operation] = []

    def run(self) -> list[Operation]:
        self._place(self.root)
        for key, node in self.new.items():
            if key in self.old and self.old[key] is not node:
                self._set(self.old[key], node)
        for key in self.old:
            if key not in self.new and key in self.work:
                self._do(Remove(old=self.work.location(key), record=self.work.record(key)))
        return self.found

    def _do(self, operation: Operation) -> None:
        self.work.apply(operation)
        self.found.append(operation)

    def _place(self, parent: Node) -> None:
        """Put every record below ``parent`` where the new plan has it, left to right, top down."""
        if self.old.get(parent.key) is parent:
            return  # shared by both plans, with all it holds
        for collection in collections_of(type(parent)):
            children: tuple[Node, ...] = getattr(parent, collection)
            stay = self._staying(parent.key, collection, children)
            after: Key | None = None
            for child in children:
                if child.key not in self.old:
                    if child.key not in self.work:
                        to = Location(parent=parent.key, collection=collection, after=after)
                        self._do(Add(to=to, record=self._only_new(child)))
                elif child.key not in stay:
                    to = Location(parent=parent.key, collection=collection, after=after)
                    self._do(Move(key=child.key, old=self.work.location(child.key), to=to))
                after = child.key
                self._place(child)

    def _staying(self, parent: Key, collection: str, children: tuple[Node, ...]) -> set[Key]:
        """The longest run of children that keep their order, so that as few as possible are moved."""
        if parent not in self.old:
            return set()
        before: tuple[Node, ...] = getattr(self.old[parent], collection)
        if before is children:
            return {child.key for child in children}
        rank = {child.key: position for position, child in enumerate(before)}
        return set(_longest_rising([child.key for child in children if child.key in rank], rank))

    def _only_new(self, node: Node) -> dict[str, Any]:
        """The record with what it holds, less the records that the old plan has too: those are moved."""
        data = data_of(node)
        for collection in collections_of(type(node)):
            inside = [self._only_new(c) for c in getattr(node, collection) if c.key not in self.old]
            if inside:
                data[collection] = inside
            else:
                data.pop(collection, None)
        return data

    def _set(self, old: Node, new: Node) -> None:
        before, after = own_data(old), own_data(new)
        for field in type(new).model_fields:
            if before.get(field) != after.get(field):
                self._do(Set(key=new.key, field=field, old=before.get(field), new=after.get(field)))


def _longest_rising(keys: list[Key], rank: dict[Key, int]) -> list[Key]:
    """The longest subsequence of ``keys`` whose ranks rise (patience sorting)."""
    tails: list[int] = []
    piles: list[Key] = []
    before: dict[Key, Key | None] = {}
    for key in keys:
        pile = bisect_left(tails, rank[key])
        before[key] = piles[pile - 1] if pile else None
        tails[pile : pile + 1] = [rank[key]]
        piles[pile : pile + 1] = [key]
    found: list[Key] = []
    last = piles[-1] if piles else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
