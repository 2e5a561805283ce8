"""Where the records of two editions stand in one table: the order of the new one, removed records where they stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sosei.plan.base import Key, Node
from sosei.plan.indicator import Placement
from sosei.plan.labels import record_label
from sosei.plan.model import Activity, Element, LevelKind, Plan, Table
from sosei.plan.record import Chapter
from sosei.plan.walk import collections_of, index, placements
from sosei.plan.wording import LONGEST, Wording

GONE = "（削除）"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands in the table.

    ``at``       its rank; what belongs to a KPI's indicator follows the KPI.
    ``goal``, ``measure``  the bands above it.
    ``place``    what it is called below them, outermost first, a line each.
    """

    at: tuple[int, int]
    goal: str
    measure: str
    place: str


class Places:
    """The spot of every record of either edition."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._old, self._new = index(old), index(new)
        self._words = {False: Wording(old), True: Wording(new)}
        self._kinds = {level.code: level.kind for plan in (old, new) for level in plan.levels}
        self._spots: dict[Key, Spot] = {}
        self._walk_plan(new)
        for plan in (new, old):  # what the new edition prints no more stands where the old one did
            self._place_indicators(plan)

    def __getitem__(self, key: Key) -> Spot:
        return self._spots[key]

    def node(self, key: Key) -> Node:
        """The record as it is, or as it was."""
        return self._new.get(key) or self._old[key]

    def in_both(self, key: Key) -> bool:
        """Whether the record stands in both editions."""
        return key in self._old and key in self._new

    def _walk_plan(self, plan: Plan) -> None:
        self._put(plan, (record_label(Plan, "ja"),), ("計画全体",))
        for collection, kind in collections_of(Plan).items():
            heading = () if kind is Element else (record_label(kind, "ja"),)
            for child in self._children(plan.key, collection):
                self._walk(child, heading, ())

    def _walk(self, node: Node, headings: tuple[str, ...], names: tuple[str, ...]) -> None:
        """``headings`` are the bands above the record, ``names`` the records between them and it."""
        words = self._words[node.key in self._new]
        if isinstance(node, Element) and not names and self._opens_band(node):
            gone = "" if node.key in self._new else GONE
            headings = (*headings, words.called(node) + gone)
            self._put(node, headings, (node.label[:LONGEST] or words.level(node),))
        else:
            # Under a band that says what kind it is, a record is called by its name alone.
            plain = not names and not isinstance(node, Element | Placement | Chapter | Table | Activity)
            names = (*names, (plain and words.short_title(node)) or words.called(node))
            self._put(node, headings, names)
        for collection in collections_of(type(node)):
            for child in self._children(node.key, collection):
                self._walk(child, headings, names)

    def _opens_band(self, element: Element) -> bool:
        """A project is a row under the band of its measure; all above it have bands of their own."""
        return self._kinds[element.level] is not LevelKind.PROJECT

    def _put(self, node: Node, headings: tuple[str, ...], names: tuple[str, ...]) -> None:
        goal, *below = headings or names
        self._spots[node.key] = Spot((len(self._spots), 0), goal, " / ".join(below), "\n".join(names))

    def _children(self, key: Key, collection: str) -> Iterator[Node]:
        """The new edition's children, and behind the one they followed those that are gone."""
        now: tuple[Node, ...] = getattr(self._new.get(key), collection, ())
        then: tuple[Node, ...] = getattr(self._old.get(key), collection, ())
        stays = {child.key for child in now}
        followers: dict[Key, list[Node]] = {}
        before = ""
        for child in then:
            if child.key in stays:
                before = child.key
            elif child.key not in self._new:
                followers.setdefault(before, []).append(child)
        yield from followers.get("", ())
        for child in now:
            yield child
            yield from followers.get(child.key, ())

    def _place_indicators(self, plan: Plan) -> None:
        """An indicator is read where ``plan`` prints it first, unless it has its place already."""
        printed: dict[Key, list[Key]] = {}
        for _, placement in placements(plan):
            printed.setdefault(placement.indicator, []).append(placement.key)
        for key, (first, *others) in printed.items():
            if not self._spots[key].at[1]:
                self._follow(key, self._spots[first], len(others))

    def _follow(self, key: Key, spot: Spot, others: int) -> None:
        """Put an indicator with its values behind the KPI at ``spot``."""
        place = spot.place + (f"（ほか{others}か所）" if others else "")
        self._spots[key] = replace(spot, at=(spot.at[0], 1), place=place)
        for number, observation in enumerate(self._children(key, "observations"), 2):
            own = self._spots[observation.key].place.rpartition("\n")[2]
            self._spots[observation.key] = replace(spot, at=(spot.at[0], number), place=f"{place}\n{own}")
