"""What of a plan belongs to a division on a day: the one rule that a change request goes by (担当課の範囲).

* An element belongs to who answers for it; where nobody does, to who answers for the nearest element
  above; where nobody does either, a measure belongs to who carries it out: who answers for something
  below it.
* An indicator belongs to who answers for it; where nobody does, to those to whom its places belong.
* A placement belongs to those to whom its element or its indicator belongs by itself.

主担当 and 関係課 both count: any of them may propose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sosei.plan.base import Key
from sosei.plan.model import Element, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.plan.walk import Placed, elements, placements
from sosei.values import Problem
from sosei.web.people.models import Municipality
from sosei.web.people.responsible import responsible

Divisions = frozenset[UUID]
_NOBODY: Divisions = frozenset()


@dataclass(frozen=True, slots=True)
class Belongings:
    """To which divisions each record belongs; a record that belongs to nobody is in no mapping."""

    elements: Mapping[Key, Divisions]
    indicators: Mapping[Key, Divisions]
    placements: Mapping[Key, Divisions]

    def of(self, division: UUID) -> frozenset[Key]:
        """The records of ``division``."""
        found = (self.elements, self.indicators, self.placements)
        return frozenset(key for each in found for key, who in each.items() if division in who)

    @property
    def divisions(self) -> Divisions:
        """Every division that something belongs to."""
        found = (self.elements, self.indicators)
        return frozenset(division for each in found for who in each.values() for division in who)


def belongings(document: Document, answers: Mapping[Key, Collection[UUID]]) -> Belongings:
    """To whom the records of ``document`` belong; ``answers`` says who answers for which record itself."""
    own = {key: frozenset(who) for key, who in answers.items() if who}
    measures = {level.code for level in document.levels if level.kind is LevelKind.MEASURE}
    by_element = {
        placed.element.key: who
        for placed in elements(document)
        if (who := _element(placed, own) or (_carrying(placed, own, measures)))
    }
    places: dict[Key, Divisions] = {}
    by_placement: dict[Key, Divisions] = {}
    for placed, placement in placements(document):
        here = by_element.get(placed.element.key, _NOBODY)
        places[placement.indicator] = places.get(placement.indicator, _NOBODY) | here
        if who := here | own.get(placement.indicator, _NOBODY):
            by_placement[placement.key] = who
    by_indicator = {
        each.key: who
        for each in document.indicators
        if (who := own.get(each.key) or places.get(each.key, _NOBODY))
    }
    return Belongings(by_element, by_indicator, by_placement)


def belongings_on(municipality: Municipality, document: Document, on: date) -> Belongings:
    """The same by the assignments of ``municipality`` in force on ``on``."""
    found = responsible(municipality, None, on)
    return belongings(document, {key: [each.division for each in who] for key, who in found.items()})


def must_belong(operation: Operation, own: Collection[Key]) -> None:
    """Raises Problem unless ``operation`` is about a record in ``own``, or puts a new one into such a record."""
    if not all(key in own for key in _touched(operation)):
        raise Problem(
            "この課の担当ではないところです。自分の課が担当する施策・事業・指標だけを提案できます",
            "this is not the division's; it may propose for its own measures, projects and indicators only",
        )


def _touched(operation: Operation) -> Iterator[Key]:
    match operation:
        case Set():
            yield operation.key
        case Add():
            yield operation.to.parent
        case Move():
            yield from (operation.key, operation.to.parent)
        case Remove():
            yield operation.record["key"]


def _element(placed: Placed, own: Mapping[Key, Divisions]) -> Divisions:
    return next((own[each.key] for each in reversed(placed.path) if each.key in own), _NOBODY)


def _carrying(placed: Placed, own: Mapping[Key, Divisions], measures: Collection[str]) -> Divisions:
    """Who answers for something below a measure."""
    if placed.element.level not in measures:
        return _NOBODY
    return frozenset().union(*(own.get(each.key, _NOBODY) for each in _below(placed.element)))


def _below(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _below(child)
