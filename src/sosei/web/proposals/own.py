"""What a division is shown of a plan: its own elements and placements below goal and measure, in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sosei.plan.base import Key
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.walk import Placed, by_key, elements
from sosei.plan.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlacement:
    """A place where an indicator is printed; ``own_indicator``: the indicator itself is the division's too."""

    placement: Placement
    indicator: Indicator
    title: str
    own_indicator: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnElement:
    """An element with the placements in it that are the division's; ``is_own``: so is the element."""

    element: Element
    title: str
    is_own: bool
    is_project: bool
    takes_projects: bool
    placements: Sequence[OwnPlacement] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGroup:
    """What is the division's below one measure (or beside all measures of a goal)."""

    goal: str
    measure: str
    elements: Sequence[OwnElement]


def own_groups(document: Document, own: Collection[Key], language: str) -> list[OwnGroup]:
    """The records ``own`` as a page shows them; what holds nothing of them is left out."""
    looking = _Looking(document, own, Wording(document, language))
    found = [each for placed in elements(document) if (each := looking.at(placed))]
    return [
        OwnGroup(goal=goal, measure=measure, elements=[element for *_, element in group])
        for (goal, measure), group in groupby(found, key=lambda each: each[:2])
    ]


def counts_of(groups: Sequence[OwnGroup]) -> tuple[int, int]:
    """How many elements are the division's own, and how many places of indicators."""
    found = [each for group in groups for each in group.elements]
    return sum(each.is_own for each in found), sum(len(each.placements) for each in found)


class _Looking:
    def __init__(self, document: Document, own: Collection[Key], words: Wording) -> None:
        self.own, self.words = own, words
        self.indicators = by_key(document)
        self.kinds = {level.code: level.kind for level in document.levels}
        self.has_projects = LevelKind.PROJECT in self.kinds.values()

    def at(self, placed: Placed) -> tuple[str, str, OwnElement] | None:
        """The element under its goal and measure; None where nothing of it is the division's."""
        element = placed.element
        is_own = element.key in self.own
        inside = tuple(self._placements(element))
        if not is_own and not inside:
            return None
        kind = self.kinds[element.level]
        path = [self.words.called(each) for each in placed.path]
        shown = OwnElement(
            element=element,
            title=path[-1],
            is_own=is_own,
            is_project=kind is LevelKind.PROJECT,
            takes_projects=is_own and kind is LevelKind.MEASURE and self.has_projects,
            placements=inside,
        )
        measures = [
            name
            for each, name in zip(placed.path, path, strict=True)
            if self.kinds[each.level] is LevelKind.MEASURE
        ]
        return path[0], measures[-1] if measures else "", shown

    def _placements(self, element: Element) -> Iterator[OwnPlacement]:
        for placement in element.placements:
            if placement.key in self.own:
                yield OwnPlacement(
                    placement=placement,
                    indicator=self.indicators[placement.indicator],
                    title=self.words.called(placement),
                    own_indicator=placement.indicator in self.own,
                )
