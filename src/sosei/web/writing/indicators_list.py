"""The indicators of a draft as a list, with those picked out that miss something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sosei.checks.finding import Words
from sosei.plan.base import Key
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Plan
from sosei.plan.walk import Placed, placements
from sosei.web.reading.searching import folded


class Missing(StrEnum):
    """What the indicators of a list miss."""

    PLACE = "place"
    SOURCE = "source"
    VALUES = "values"
    UNIT = "unit"

    @property
    def label(self) -> Words:
        """立っていない指標, 資料なし ..."""
        return _LABELS[self]


_LABELS: Mapping[Missing, Words] = {
    Missing.PLACE: Words("どこにも掲載されていない", "Stands nowhere"),
    Missing.SOURCE: Words("資料なし", "No source"),
    Missing.VALUES: Words("実績なし", "No values"),
    Missing.UNIT: Words("単位なし", "No unit"),
}
_MISS: Mapping[Missing, Callable[[Indicator], bool]] = {
    Missing.SOURCE: lambda each: not each.source,
    Missing.VALUES: lambda each: not each.observations,
    Missing.UNIT: lambda each: not each.unit,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A place where an indicator stands."""

    placed: Placed
    placement: Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """An indicator with the places where it stands."""

    indicator: Indicator
    places: Sequence[Standing]


def standing(document: Plan) -> dict[Key, list[Standing]]:
    """The places of every indicator that stands somewhere."""
    found: dict[Key, list[Standing]] = {}
    for placed, placement in placements(document):
        found.setdefault(placement.indicator, []).append(Standing(placed, placement))
    return found


def lines(document: Plan, asked: str = "", missing: Missing | None = None) -> list[ListLine]:
    """The indicators in the plan's order whose name, unit or source holds every word of ``asked``."""
    words = folded(asked).split()
    where = standing(document)
    return [
        ListLine(indicator=each, places=where.get(each.key, ()))
        for each in document.indicators
        if _misses(each, where, missing) and _holds(each, words)
    ]


def missing_counts(document: Plan) -> list[tuple[Missing, int]]:
    """How many indicators miss each thing."""
    where = standing(document)
    return [
        (missing, sum(_misses(each, where, missing) for each in document.indicators)) for missing in Missing
    ]


def _misses(indicator: Indicator, where: Mapping[Key, object], missing: Missing | None) -> bool:
    if missing is Missing.PLACE:
        return indicator.key not in where
    return missing is None or _MISS[missing](indicator)


def _holds(indicator: Indicator, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = folded(f"{indicator.name} {indicator.unit} {indicator.source}")
    return all(word in text for word in words)
