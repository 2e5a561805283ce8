"""The review of what one writes at, while one writes: one measure with what hangs on it, not the whole plan.

The whole plan's review takes a second for a large plan; what it finds across measures (twins, counts,
numbering) stands on the page of findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sosei.checks.finding import Family, Finding
from sosei.checks.registry import rules
from sosei.checks.review import review, review_year
from sosei.plan.base import Key
from sosei.plan.indicator import Indicator, Term
from sosei.plan.model import Element, Plan

# Families that need the whole plan to say something true.
_WHOLE = frozenset({Family.TWINS, Family.COUNTS})


@lru_cache(maxsize=1)
def _rules() -> tuple[object, ...]:
    return tuple(rule for rule in rules() if rule.family not in _WHOLE)


def findings_near(document: Plan, keys: Iterable[Key]) -> list[Finding]:
    """What the review finds at the records ``keys``, heaviest first."""
    wanted = set(keys)
    part = part_of(document, wanted)
    found = review(part, review_year(part, None), _rules()).findings  # type: ignore[arg-type]
    return [each for each in found if any(place.key in wanted for place in each.places)]


def part_of(document: Plan, keys: set[Key]) -> Plan:
    """``document`` with only the elements that hold one of ``keys``, or an indicator of theirs."""
    indicators = {each.key for each in document.indicators if _touches(each, keys)}
    elements = tuple(filter(None, (_cut(each, keys, indicators) for each in document.elements)))
    used = indicators | {
        placement.indicator
        for element in elements
        for placed in _all(element)
        for placement in placed.placements
    }
    used |= {term.indicator for each in document.indicators if each.key in used for term in _terms(each)}
    used |= {
        link
        for each in document.indicators
        if each.key in used
        for link in (each.part_of, each.breakdown_of, each.continues)
        if link
    }
    return document.model_copy(
        update={
            "elements": elements,
            "indicators": tuple(each for each in document.indicators if each.key in used),
        }
    )


def _cut(element: Element, keys: set[Key], indicators: set[Key]) -> Element | None:
    """The element without the children that have nothing to do with ``keys``; None where itself has not."""
    own = [
        element.key,
        *(each.key for each in element.placements),
        *(each.key for each in element.activities),
    ]
    children = tuple(filter(None, (_cut(each, keys, indicators) for each in element.children)))
    if keys & set(own) or any(each.indicator in indicators for each in element.placements):
        projects = tuple(each for each in element.children if not each.children)
        kept = {each.key for each in children}
        return element.model_copy(
            update={"children": (*children, *(each for each in projects if each.key not in kept))}
        )
    return element.model_copy(update={"children": children, "placements": ()}) if children else None


def _all(element: Element) -> Iterable[Element]:
    yield element
    for child in element.children:
        yield from _all(child)


def _touches(indicator: Indicator, keys: set[Key]) -> bool:
    return indicator.key in keys or any(each.key in keys for each in indicator.observations)


def _terms(indicator: Indicator) -> Iterable[Term]:
    return indicator.formula.terms if indicator.formula else ()
