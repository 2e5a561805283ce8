"""The plan's outline as its writing page shows it: every element with counts, branches open or closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sosei.plan.base import Key
from sosei.plan.model import Element, Level, Plan
from sosei.plan.walk import Placed, elements
from sosei.values.folding import compact
from sosei.web.writing.tree_acts import levels_below

MOST_OPEN = 60
"""Rows of the page as it is opened: of a larger plan fewer levels stand open."""

MOST_FOUND = 100
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An element: ``indicators`` stand in it and below, ``below`` are its children counted by level, ``rows``
    the children that are shown (None: closed), ``adds`` the levels it can hold, ``behind`` the sibling that
    it stands behind (empty: first).
    """

    key: Key
    parent: Key
    level: Level
    label: str
    name: str
    indicators: int
    divisions: str
    below: Sequence[tuple[str, int]]
    rows: Sequence[Row] | None
    adds: Sequence[Level]
    behind: Key
    is_last: bool
    is_found: bool = False

    @property
    def title(self) -> str:
        """Label and name, or what the level is called."""
        return " ".join(filter(None, (self.label, self.name))) or self.level.name


def name_of(element: Element) -> str:
    """The element's name; where there is none the beginning of what was done there."""
    if element.name:
        return element.name
    done = next((each.done.text for each in element.activities if each.done), "")
    line = " ".join(done[: 2 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


class Outline:
    """The tree of ``document``."""

    def __init__(self, document: Plan) -> None:
        self.document = document
        self._levels = {level.code: level for level in document.levels}
        self._divisions = {each.key: each.name for each in document.divisions}
        self._adds = {level.code: list(document.levels[n + 1 :]) for n, level in enumerate(document.levels)}

    def title(self, element: Element) -> str:
        """Label and name, or what the level is called."""
        return " ".join(filter(None, (element.label, name_of(element)))) or self._levels[element.level].name

    @cached_property
    def placed(self) -> dict[Key, Placed]:
        """Every element with those above it, in the plan's order."""
        return {placed.element.key: placed for placed in elements(self.document)}

    @cached_property
    def counts(self) -> dict[Key, int]:
        """How many indicators stand in each element and below."""
        found: Counter[Key] = Counter()
        for placed in self.placed.values():
            for each in placed.path:
                found[each.key] += len(placed.element.placements)
        return dict(found)

    def opened(self, asked: Iterable[Key] = ()) -> set[Key]:
        """What stands open: as many levels as fit, and the way to the elements ``asked``."""
        found: set[Key] = set()
        depth, number = list(self.document.elements), len(self.document.elements)
        while depth and number + sum(len(each.children) for each in depth) <= MOST_OPEN:
            found |= {each.key for each in depth}
            depth = [child for each in depth for child in each.children]
            number += len(depth)
        for key in asked:
            if key in self.placed:
                found |= {each.key for each in self.placed[key].path}
        return found

    def rows(self, opened: Collection[Key]) -> list[Row]:
        """The whole tree, with the branches ``opened``."""
        return self._rows(self.document.key, self.document.elements, opened)

    def branch(self, key: Key) -> list[Row]:
        """The children of the element ``key``, closed; raises KeyError where there is none."""
        return self._rows(key, self.placed[key].element.children, ())

    def row(self, key: Key) -> Row:
        """The element ``key`` alone, closed; raises KeyError where there is none."""
        path = self.placed[key].path
        parent, siblings = (path[-2].key, path[-2].children) if len(path) > 1 else self._top
        return next(each for each in self._rows(parent, siblings, ()) if each.key == key)

    @property
    def _top(self) -> tuple[Key, Sequence[Element]]:
        return self.document.key, self.document.elements

    def found(self, asked: str) -> list[Key]:
        """The elements whose label or name has every word of ``asked``, or some of them and those above the rest."""
        words = [word for each in asked.split() if (word := compact(each))]
        if not words:
            return []
        found = []
        for key, placed in self.placed.items():
            own = compact(f"{placed.element.label} {name_of(placed.element)}")
            whole = own + "".join(f" {compact(each.label)}" for each in placed.path[:-1])
            if any(word in own for word in words) and all(word in whole for word in words):
                found.append(key)
        return found

    def found_rows(self, keys: Sequence[Key]) -> list[Row]:
        """Only the elements ``keys`` and what leads to them."""
        ways = {each.key for key in keys for each in self.placed[key].path}
        leading = {each.key for key in keys for each in self.placed[key].path[:-1]}
        return self._rows(self.document.key, self.document.elements, leading, only=ways, found=set(keys))

    def _rows(
        self,
        parent: Key,
        siblings: Sequence[Element],
        opened: Collection[Key],
        only: Collection[Key] | None = None,
        found: Collection[Key] = (),
    ) -> list[Row]:
        return [
            Row(
                key=each.key,
                parent=parent,
                level=self._levels[each.level],
                label=each.label,
                name=name_of(each),
                indicators=self.counts[each.key],
                divisions="、".join(self._divisions[key] for key in each.divisions),
                below=self._below(each),
                rows=self._rows(each.key, each.children, opened, only, found) if each.key in opened else None,
                adds=self._adds[each.level],
                behind=siblings[n - 1].key if n else "",
                is_last=n == len(siblings) - 1,
                is_found=each.key in found,
            )
            for n, each in enumerate(siblings)
            if only is None or each.key in only
        ]

    def _below(self, element: Element) -> list[tuple[str, int]]:
        counted = Counter(child.level for child in element.children)
        return [(level.name, counted[level.code]) for level in self.document.levels if level.code in counted]


def usual_level(document: Plan, holder: Plan | Element) -> Level | None:
    """The level that a new element in ``holder`` probably has: that of its last child, else the next one down."""
    levels = levels_below(document, holder)
    children = holder.children if isinstance(holder, Element) else holder.elements
    last = children[-1].level if children else ""
    return next((each for each in levels if each.code == last), levels[0] if levels else None)


def usual_place(document: Plan, holder: Plan | Element, level: Level) -> Key:
    """What a new element of ``level`` stands behind: the last child of its level or a higher one (empty: first).

    A direction comes before the measures that stand beside it.
    """
    order = {each.code: n for n, each in enumerate(document.levels)}
    children = holder.children if isinstance(holder, Element) else holder.elements
    return next((each.key for each in reversed(children) if order[each.level] <= order[level.code]), "")
