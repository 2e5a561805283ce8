"""The records of the current editions for which somebody answers: indicators, measures, projects ..."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sosei.plan.model import Element, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.walk import Placed, elements, placements
from sosei.web.people.models import Municipality
from sosei.web.plans.models import Edition, Plan
from sosei.web.plans.store import edition_document

INDICATOR = "indicator"
_ABOVE = {LevelKind.GOAL, LevelKind.DIRECTION, LevelKind.POLICY}
_SHOWN = 60  # characters of a text that stands in for a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of an edition: ``kind`` is "indicator" or a level's kind, ``level`` what the plan calls it.

    ``near`` are the records whose divisions answer where its own has none: where an indicator is printed,
    what carries a measure out.  ``asked``: somebody should answer for it (not for goals and directions,
    nor for an indicator that is printed nowhere).
    """

    plan_key: str
    key: str
    kind: str
    level: str
    place: str
    title: str
    near: tuple[str, ...] = ()
    asked: bool = True


def current_editions(municipality: Municipality) -> list[Edition]:
    """The last adopted edition of each plan, without its bytes."""
    plans = Plan.objects.filter(municipality=municipality)
    found = [plan.editions.defer("data").first() for plan in plans]
    return [edition for edition in found if edition is not None]


def records(municipality: Municipality) -> list[Record]:
    """Every record of the current editions, in the order of the plans."""
    return [each for edition in current_editions(municipality) for each in _records(edition.pk)]


def titles(municipality: Municipality, keys: Collection[str]) -> Mapping[str, Record]:
    """The records ``keys`` as the current editions have them, in their order; what no edition has is missing."""
    return {each.key: each for each in records(municipality) if each.key in keys}


@lru_cache(maxsize=64)
def _records(edition: UUID) -> Sequence[Record]:
    return tuple(_of(edition_document(Edition.objects.get(pk=edition))))


def _of(document: Document) -> Iterator[Record]:
    levels = {level.code: level for level in document.levels}
    uses: dict[str, list[Placed]] = {}
    for placed, placement in placements(document):
        uses.setdefault(placement.indicator, []).append(placed)
    names = {each.key: each.name for each in document.indicators}
    shown: set[str] = set()
    for placed in elements(document):
        element = placed.element
        kind = levels[element.level].kind
        yield Record(
            plan_key=document.key,
            key=element.key,
            kind=kind.value,
            level=levels[element.level].name,
            place=placed.place,
            title=_title(element, names),
            near=tuple(child.key for child in element.children) if kind is LevelKind.MEASURE else (),
            asked=kind not in _ABOVE,
        )
        for placement in element.placements:
            key = placement.indicator
            if key not in shown:
                shown.add(key)
                yield _indicator(document, key, names[key], uses[key])
    for key in sorted(names.keys() - shown):
        yield _indicator(document, key, names[key], [])


def _indicator(document: Document, key: str, name: str, uses: Sequence[Placed]) -> Record:
    return Record(
        plan_key=document.key,
        key=key,
        kind=INDICATOR,
        level="指標",
        place=uses[0].place if uses else "",
        title=name,
        near=tuple(dict.fromkeys(placed.element.key for placed in uses)),
        asked=bool(uses),
    )


def _title(element: Element, names: Mapping[str, str]) -> str:
    """The element's name; where the source prints none, what it is measured by or what was done there."""
    if element.name:
        return element.name
    texts = [each.done.text for each in element.activities if each.done]
    texts += [names.get(each.indicator, "") for each in element.placements]
    text = next((" ".join(text.split()) for text in texts if text.strip()), element.label)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
