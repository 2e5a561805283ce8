"""Numbering elements of a plan: the next label among siblings, and numbering a whole level anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sosei.plan.base import Key
from sosei.plan.model import Element, Plan
from sosei.plan.walk import Placed, elements
from sosei.values import Problem
from sosei.web.writing.tree_labels import AGAIN, Pattern, number_of, pattern_of


class Range(StrEnum):
    """Where numbers begin anew."""

    PARENT = "parent"  # inside each parent
    THROUGH = "through"  # nowhere: they run through the plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """An element that gets another label, or another place number only (``no``)."""

    element: Element
    place: str
    label: str
    no: int | None

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return (self.label, self.no) != (self.element.label, self.element.no)


def above(path: Sequence[Element]) -> tuple[int | None, ...]:
    """The numbers of the elements above the last one of ``path``, its parent's first."""
    return tuple(number_of(each.label) for each in reversed(path[:-1]))


def usual(document: Plan, level: str) -> Pattern | None:
    """The pattern that most labels of ``level`` follow; None where none has a number."""
    found = Counter(
        read[0]
        for placed in elements(document)
        if placed.element.level == level and (read := pattern_of(placed.element.label, above(placed.path)))
    )
    return found.most_common(1)[0][0] if found else None


def usual_range(document: Plan, level: str) -> Range:
    """Whether the labels of ``level`` begin anew in each parent, as they stand."""
    groups: dict[Key, list[int]] = {}
    for placed in elements(document):
        number = number_of(placed.element.label)
        if placed.element.level == level and number is not None:
            groups.setdefault(_parent(placed), []).append(number)
    firsts = [numbers[0] for numbers in groups.values()]
    return Range.THROUGH if len(firsts) > 1 and len(set(firsts)) == len(firsts) else Range.PARENT


def next_label(document: Plan, path: Sequence[Element], level: str, after: Key) -> str:
    """The label that a new element of ``level`` below ``path`` (outermost first) would get behind ``after``.

    Empty where its siblings have none, or where nothing tells.
    """
    children = path[-1].children if path else document.elements
    keys = [each.key for each in children]
    at = keys.index(after) + 1 if after in keys else 0
    numbers = tuple(number_of(each.label) for each in reversed(path))
    before = [each for each in children[:at] if each.level == level and AGAIN not in each.label]
    behind = [each for each in children[at:] if each.level == level and AGAIN not in each.label]
    for sibling, step in ((before[-1:], 1), (behind[:1], 0)):
        if sibling:
            read = pattern_of(sibling[0].label, numbers)
            return _told(read[0], read[1] + step, numbers) if read else ""
    pattern = usual(document, level)
    return _told(pattern, _first(document, level), numbers) if pattern else ""


def _first(document: Plan, level: str) -> int:
    """The number that a first child gets: 1, or the next one where numbers run through the plan."""
    if usual_range(document, level) is Range.PARENT:
        return 1
    numbers = [
        number_of(placed.element.label) for placed in elements(document) if placed.element.level == level
    ]
    return max((each for each in numbers if each is not None), default=0) + 1


def _told(pattern: Pattern, number: int, numbers: Sequence[int | None]) -> str:
    try:
        return pattern.label(number, numbers)
    except Problem:
        return ""


def labels_from(first: str, count: int) -> list[str]:
    """``count`` labels that follow each other from ``first``; empty ones where it has no number to count on."""
    read = pattern_of(first)
    if read is None:
        return [""] * count
    return [_told(read[0], read[1] + n, ()) for n in range(count)]


def first_label(document: Plan, level: str) -> str:
    """The label with which ``level`` would begin, numbered as most of it is; empty where none has a number."""
    pattern = usual(document, level)
    first = next((placed for placed in elements(document) if placed.element.level == level), None)
    return _told(pattern, 1, above(first.path)) if pattern and first else ""


def renumbering(document: Plan, level: str, first: str, within: Range, *, along: bool) -> list[Renumbered]:
    """Every element of ``level`` with its new label, the first one's being ``first``, in the plan's order.

    ``along``: elements below whose labels name one of the changed numbers (1-(2)) follow.  Raises Problem
    where ``first`` has no number, where the signs do not suffice, or where a parent has no number.
    """
    placed = list(elements(document))
    begin = next((each for each in placed if each.element.level == level), None)
    if begin is None:
        raise Problem("この階層の項目はまだありません", "there is nothing of this level yet")
    read = pattern_of(first, above(begin.path))
    if read is None:
        raise Problem(
            f"「{first[:40]}」に番号がありません。施策①、1-(1)、No.1、ア のように書いてください",
            f'"{first[:40]}" has no number; write 施策①, 1-(1), No.1 or ア',
        )
    return list(_Run(level, *read, within, along=along).lines(placed))


class _Run:
    def __init__(self, level: str, pattern: Pattern, start: int, within: Range, *, along: bool) -> None:
        self.level, self.pattern, self.start, self.within, self.along = level, pattern, start, within, along
        self.new: dict[Key, int | None] = {}
        self.counts: Counter[Key] = Counter()
        self.places: Counter[Key] = Counter()

    def lines(self, placed: Sequence[Placed]) -> Sequence[Renumbered]:
        found = []
        for each in placed:
            element = each.element
            numbers = tuple(self.new[e.key] for e in reversed(each.path[:-1]))
            self.new[element.key] = number_of(element.label)
            if element.level == self.level and AGAIN not in element.label:
                found.append(self._own(each, numbers))
            elif self.along and any(e.level == self.level for e in each.path[:-1]):
                read = pattern_of(element.label, above(each.path))
                if read and read[0].has_slots:
                    found.append(_line(each, read[0].label(read[1], numbers), element.no))
        return found

    def _own(self, placed: Placed, numbers: Sequence[int | None]) -> Renumbered:
        parent = _parent(placed)
        group = parent if self.within is Range.PARENT else ""
        number = self.start + self.counts[group]
        self.counts[group] += 1
        self.places[parent] += 1
        self.new[placed.element.key] = number
        return _line(placed, self.pattern.label(number, numbers), self.places[parent])


def _line(placed: Placed, label: str, no: int | None) -> Renumbered:
    above_labels = "/".join(each.label for each in placed.path[:-1] if each.label)
    return Renumbered(element=placed.element, place=above_labels, label=label, no=no)


def _parent(placed: Placed) -> Key:
    return placed.path[-2].key if len(placed.path) > 1 else ""
