"""Indicators that exist already: searched for, met by the same name, and where each of them stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Subquery

from sosei.plan.base import Key
from sosei.plan.indicator import Indicator
from sosei.plan.model import Plan as Document
from sosei.plan.walk import placements
from sosei.values.folding import compact
from sosei.web.people.models import Municipality
from sosei.web.plans.models import Edition, PlacementRow, Plan, RegisteredIndicator
from sosei.web.reading.searching import folded

MOST_FOUND = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An indicator that can be used: ``plan`` is the other plan it comes from, empty for this plan's own."""

    key: Key
    name: str
    unit: str
    source: str
    plan: str
    places: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found: the first of them, and how many there are."""

    offers: Sequence[Offer]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A place in the last edition of another plan."""

    plan: Plan
    edition: Edition
    row: PlacementRow


def search(plan: Plan, document: Document, asked: str) -> Found:
    """The indicators whose name, unit or source holds every word of ``asked``: this plan's, then other plans'."""
    words = folded(asked).split()
    if not words:
        return Found(offers=[], count=0)
    own = [each for each in document.indicators if _holds(words, each.name, each.unit, each.source)]
    others = [
        row
        for row in _of_other_plans(plan, {each.key for each in document.indicators})
        if _holds(words, row.name, row.definition)
    ]
    shown = own[:MOST_FOUND]
    where = _places(document, {each.key for each in shown})
    offers = [_own(each, where) for each in shown]
    offers += [_other(row) for row in others[: MOST_FOUND - len(offers)]]
    return Found(offers=offers, count=len(own) + len(others))


def same_name(plan: Plan, document: Document, name: str) -> list[Offer]:
    """The indicators of this plan and of other plans that are called so, but for width and white space."""
    wanted = compact(name)
    if not wanted:
        return []
    own = [each for each in document.indicators if compact(each.name) == wanted]
    where = _places(document, {each.key for each in own})
    others = [
        row
        for row in _of_other_plans(plan, {each.key for each in document.indicators})
        if compact(row.name) == wanted
    ]
    return [*(_own(each, where) for each in own), *map(_other, others)]


def registered(municipality: Municipality, key: Key) -> RegisteredIndicator | None:
    """The municipality's indicator ``key`` with the edition that defined it last."""
    rows = RegisteredIndicator.objects.filter(municipality=municipality, key=key)
    return rows.select_related("edition__plan").defer("edition__data").first()


def elsewhere(plan: Plan, key: Key) -> list[Elsewhere]:
    """Where the indicator stands in the last editions of other plans."""
    last = (
        Edition.objects.filter(plan=OuterRef("edition__plan"))
        .order_by()
        .values("plan")
        .annotate(last=Max("no"))
        .values("last")
    )
    rows = (
        PlacementRow.objects.filter(municipality=plan.municipality_id, indicator=key)
        .exclude(edition__plan=plan)
        .filter(edition__no=Subquery(last))
        .select_related("edition__plan")
        .defer("edition__data")
    )
    return [Elsewhere(plan=row.edition.plan, edition=row.edition, row=row) for row in rows]


def _of_other_plans(plan: Plan, known: Collection[Key]) -> list[RegisteredIndicator]:
    rows = RegisteredIndicator.objects.filter(municipality=plan.municipality_id)
    rows = rows.select_related("edition__plan").defer("edition__data")
    return [row for row in rows if row.key not in known]


def _holds(words: Sequence[str], *texts: str) -> bool:
    text = folded(" ".join(texts))
    return all(word in text for word in words)


def _places(document: Document, keys: Collection[Key]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = {}
    for placed, placement in placements(document) if keys else ():
        if placement.indicator in keys:
            found.setdefault(placement.indicator, []).append(placed.place or placed.element.name)
    return found


def _own(indicator: Indicator, where: dict[Key, list[str]]) -> Offer:
    return Offer(
        key=indicator.key,
        name=indicator.name,
        unit=indicator.unit,
        source=indicator.source,
        plan="",
        places=where.get(indicator.key, []),
    )


def _other(row: RegisteredIndicator) -> Offer:
    definition = Indicator.model_validate_json(row.definition)
    return Offer(
        key=row.key,
        name=row.name,
        unit=definition.unit,
        source=definition.source,
        plan=row.edition.plan.title,
        places=[],
    )
