"""The review of what one writes at, while one writes: one measure with what hangs on it, not the whole plan.

The whole plan's review takes a second for a large plan; what it finds across measures (twins, counts,
numbering) stands on the page of findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sosei.checks.finding import Family, Finding
from sosei.checks.registry import Rule, rules
from sosei.checks.review import review, review_year
from sosei.plan.base import Key
from sosei.plan.indicator import Indicator
from sosei.plan.model import Element, Plan

# What needs the whole plan to say something true: two families, and rules of one spelling beside another
# or of a name that its measure explains.
_WHOLE = frozenset({Family.TWINS, Family.COUNTS})
_WHOLE_CODES = frozenset({"ABS12", "EDT11", "EDT18"})

# What counts through the plan (基準値のない指標が12件) is said of one record by what the rule looks for.
_COUNTING_CODES = frozenset({"PER07", "UNT02", "UNT03", "UNT05", "UNT08"})


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.family not in _WHOLE and rule.code not in _WHOLE_CODES)


def findings_near(document: Plan, keys: Iterable[Key]) -> list[Finding]:
    """What the review finds at the records ``keys`` and nowhere else, heaviest first.

    Of the plan's own record everything is said that the whole review says there.
    """
    wanted = set(keys)
    if document.key in wanted:
        found = review(document, review_year(document, None)).findings
        return [each for each in found if any(place.key in wanted for place in each.places)]
    part, near = part_of(document, wanted)
    found = review(part, review_year(document, None), _rules()).findings
    return [
        _of_one_record(each)
        for each in found
        if any(place.key in wanted for place in each.places)
        and all(place.key in near for place in each.places)
    ]


def _of_one_record(finding: Finding) -> Finding:
    counts = finding.family is Family.MISSING or finding.code in _COUNTING_CODES
    return replace(finding, message=finding.rule.title) if counts else finding


def part_of(document: Plan, wanted: set[Key]) -> tuple[Plan, set[Key]]:
    """``document`` with only what holds one of ``wanted`` or is shown there, and the keys of that."""
    indicators = {each.key for each in document.indicators if _touches(each, wanted)}
    elements = tuple(filter(None, (_cut(each, wanted, indicators) for each in document.elements)))
    placed = [placement for element in elements for each in _all(element) for placement in each.placements]
    indicators |= {each.indicator for each in placed}
    near = wanted | indicators | {each.key for each in placed}
    near |= {
        node.key for each in document.indicators if each.key in indicators for node in (*each.observations,)
    }
    indicators |= _linked(document, indicators)
    part = document.model_copy(
        update={
            "elements": elements,
            "indicators": tuple(each for each in document.indicators if each.key in indicators),
        }
    )
    return part, near


def _cut(element: Element, wanted: set[Key], indicators: set[Key]) -> Element | None:
    """The element with what of it is wanted; None where that is nothing."""
    children = tuple(filter(None, (_cut(each, wanted, indicators) for each in element.children)))
    if element.key in wanted:
        return element
    activities = tuple(each for each in element.activities if each.key in wanted)
    placements = tuple(
        each for each in element.placements if each.key in wanted or each.indicator in indicators
    )
    if not (children or activities or placements):
        return None
    return element.model_copy(
        update={"children": children, "activities": activities, "placements": placements}
    )


def _linked(document: Plan, indicators: set[Key]) -> set[Key]:
    """The indicators that those name."""
    found: set[Key] = set()
    for each in document.indicators:
        if each.key in indicators:
            found |= {link for link in (each.part_of, each.breakdown_of, each.continues) if link}
            found |= {term.indicator for term in each.formula.terms} if each.formula else set()
    return found | _linked(document, found) if found - indicators else found


def _all(element: Element) -> Iterable[Element]:
    yield element
    for child in element.children:
        yield from _all(child)


def _touches(indicator: Indicator, wanted: set[Key]) -> bool:
    return indicator.key in wanted or any(each.key in wanted for each in indicator.observations)
