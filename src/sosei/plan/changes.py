"""The difference between two editions in words a person reads: what, where, old, new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sosei.plan.base import Key, Node
from sosei.plan.difference import difference
from sosei.plan.holding import held
from sosei.plan.in_print import field_in_print, kind_in_print, order_in_print
from sosei.plan.model import Element, Plan
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.plan.walk import collections_of
from sosei.plan.wording import Wording


class ChangeKind(StrEnum):
    """What happened to a record."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a comparison (新旧対照): the record with its place, the field, old and new text.

    A record that came or went has what it holds, line by line, in ``new`` or ``old``.  ``printed``
    says whether a reader of the printed plan sees the change; where only the reading of a text
    changed, the texts name what lies beneath them.
    """

    kind: ChangeKind
    key: str
    place: str
    title: str
    field: str
    old: str
    new: str
    reason: str = ""
    printed: bool = True


def changes(old: Plan, new: Plan, language: str = "ja") -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``, in the order of the operations that make it.

    Texts are in the words of ``language``.  Raises Problem where the two are different plans.
    """
    comparing = _Comparing(_Side(old, language), _Side(new, language))
    return tuple(comparing.change(operation) for operation in difference(old, new))


@dataclass(frozen=True, slots=True)
class _Spot:
    """A record with the path of labels and the title it is found by, and where it stands among its siblings."""

    node: Node
    place: str
    title: str
    number: int = 1
    before: Node | None = None


class _Side:
    """One of the two editions."""

    def __init__(self, plan: Plan, language: str) -> None:
        self.words = Wording(plan, language)
        root = _Spot(plan, "", self.words.title(plan) or self.words.called(plan))
        self.spots: Mapping[Key, _Spot] = {spot.node.key: spot for spot in self._walk(root)}

    def _walk(self, spot: _Spot) -> Iterator[_Spot]:
        yield spot
        place = spot.place
        if isinstance(spot.node, Element) and spot.node.label:
            place = f"{place}/{spot.node.label}" if place else spot.node.label
        for collection in collections_of(type(spot.node)):
            alike: dict[str, list[Node]] = {}  # measures are counted apart from directions beside them
            for child in getattr(spot.node, collection):
                before = alike.setdefault(child.level if isinstance(child, Element) else "", [])
                title = self.words.full_title(child, spot.title)
                above = before[-1] if before else None
                before.append(child)
                yield from self._walk(_Spot(child, place, title, len(before), above))

    def place(self, key: Key) -> str:
        """Where a record stands, for one that came from elsewhere: 基本目標１/施策①の2番目."""
        spot = self.spots[key]
        if self.words.language == "en":
            return f"no. {spot.number}" + (f" of {spot.place}" if spot.place else "")
        return (f"{spot.place}の" if spot.place else "") + f"{spot.number}番目"

    def order(self, key: Key) -> str:
        """Where a record stands among its siblings: 2番目（施策① 企業の支援の次）.

        The number alone may be the same before and after, and so may the sibling.
        """
        spot = self.spots[key]
        before = self.words.called(spot.before) if spot.before else ""
        if self.words.language == "en":
            return f"no. {spot.number}" + (f" (after {before})" if before else "")
        return f"{spot.number}番目" + (f"（{before}の次）" if before else "")


@dataclass(frozen=True, slots=True)
class _Comparing:
    old: _Side
    new: _Side

    def change(self, operation: Operation) -> Change:
        match operation:
            case Set():
                return self._set(operation)
            case Move():
                return self._moved(operation)
            case Add():
                return self._whole(ChangeKind.ADDED, operation, self.new, self.old)
            case Remove():
                return self._whole(ChangeKind.REMOVED, operation, self.old, self.new)

    def _set(self, operation: Set) -> Change:
        key, field = operation.key, operation.field
        spot = self.new.spots[key]
        old = self.old.words.field(self.old.spots[key].node, field)
        new = self.new.words.field(spot.node, field)
        printed = old != new and field_in_print(type(spot.node), field)
        if old == new:
            old, new = (
                _beneath(old, operation.old, operation.new),
                _beneath(new, operation.new, operation.old),
            )
        return Change(
            ChangeKind.CHANGED, key, spot.place, spot.title, field, old, new, operation.reason, printed
        )

    def _moved(self, operation: Move) -> Change:
        key = operation.key
        spot = self.new.spots[key]
        kind = type(spot.node)
        if (operation.old.parent, operation.old.collection) == (operation.to.parent, operation.to.collection):
            old, new = self.old.order(key), self.new.order(key)
            printed = old != new and order_in_print(kind)
        else:
            old, new = self.old.place(key), self.new.place(key)
            printed = kind_in_print(kind)
        return Change(ChangeKind.MOVED, key, spot.place, spot.title, "", old, new, operation.reason, printed)

    def _whole(self, kind: ChangeKind, operation: Add | Remove, side: _Side, other: _Side) -> Change:
        """A record that came or went; what it shares with the other edition was moved and stands apart."""
        spot = side.spots[operation.record["key"]]
        text = held(side.words, spot.node, apart=other.spots)
        old, new = ("", text) if kind is ChangeKind.ADDED else (text, "")
        printed = kind_in_print(type(spot.node))
        return Change(kind, spot.node.key, spot.place, spot.title, "", old, new, operation.reason, printed)


def _beneath(text: str, value: Any, other: Any) -> str:
    """``text`` and the parts of ``value`` that ``other`` has not: two readings of the same print."""
    others = dict(_leaves(other))
    apart = [
        f"{path}={leaf}" if path else f"{leaf}"
        for path, leaf in _leaves(value)
        if leaf is not None and others.get(path) != leaf
    ]
    return f"{text} [{', '.join(apart)}]" if apart else text


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Every plain value inside ``value`` with the path to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _leaves(inner, f"{path}[{number}]")
    else:
        yield path, value
