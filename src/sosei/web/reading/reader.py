"""A plan laid out for reading: what many pages ask for, gathered once and kept with the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sosei.checks.finding import Words
from sosei.plan import walk
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element, Level, LevelKind, Plan
from sosei.plan.record import Note
from sosei.plan.walk import Placed
from sosei.scheme.evaluate import Result, evaluate
from sosei.scheme.model import Scheme
from sosei.scheme.presets import scheme_of
from sosei.values import JointAlternatives
from sosei.web.reading.words import KINDS

SHOWN = 40  # characters of a text that stands in for a name


class Elapsed(NamedTuple):
    """How much of the plan's time is over at the end of a year: ``done`` of ``years``, from ``first`` to
    ``last``; ``from_report`` where the plan names no period and the year columns of its report stand in.
    """

    done: int
    years: int
    first: int
    last: int
    from_report: bool


class Reader:
    """A plan with its records by key, its tree in order, and the results of each year it has values for.

    Results are worked out the first time somebody asks for a year, so one object may serve every
    page of an edition.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.indicators: Mapping[str, Indicator] = walk.by_key(plan)
        self.divisions: Mapping[str, str] = {division.key: division.name for division in plan.divisions}
        self.levels: Mapping[str, Level] = {level.code: level for level in plan.levels}
        self.years: Sequence[int] = walk.observed_years(plan)
        self.elements: Sequence[Placed] = list(walk.elements(plan))
        self.placed: Mapping[str, Placed] = {placed.element.key: placed for placed in self.elements}
        self._results: dict[int, Mapping[str, Result]] = {}
        self._schemes: dict[int | None, Scheme] = {}

    @property
    def latest(self) -> int | None:
        """The latest year with values; None where there are none yet."""
        return self.years[-1] if self.years else None

    @cached_property
    def placements(self) -> Sequence[tuple[Placed, Placement]]:
        """Every placement in file order with the place it stands at."""
        return [
            (Placed(placed.path, placement), placement)
            for placed in self.elements
            for placement in placed.element.placements
        ]

    @cached_property
    def placements_of(self) -> Mapping[str, Sequence[tuple[Placed, Placement]]]:
        """The placements of each indicator, by its key, in file order."""
        found: defaultdict[str, list[tuple[Placed, Placement]]] = defaultdict(list)
        for placed, placement in self.placements:
            found[placement.indicator].append((placed, placement))
        return found

    @cached_property
    def notes_at(self) -> Mapping[str, Sequence[Note]]:
        """The notes hung on each record, by its key, each once."""
        found: defaultdict[str, list[Note]] = defaultdict(list)
        for note in self.plan.notes:
            for key in dict.fromkeys(anchor.at for anchor in note.anchors):
                found[key].append(note)
        return found

    @cached_property
    def joint_at(self) -> Mapping[str, Sequence[tuple[JointAlternatives, str]]]:
        """The joint readings that nobody has confirmed, by the record of each cell that differs in them."""
        found: defaultdict[str, list[tuple[JointAlternatives, str]]] = defaultdict(list)
        for group in self.plan.joint_readings:
            for place in () if group.confirmed else sorted(group.places):
                if group.alternatives_for(place):
                    found[place.partition(".")[0]].append((group, place))
        return found

    def scheme(self, year: int | None) -> Scheme:
        """The way of evaluating that is in force in ``year``."""
        if year not in self._schemes:
            self._schemes[year] = scheme_of(self.plan, year)
        return self._schemes[year]

    def results(self, year: int | None) -> Mapping[str, Result]:
        """The results of ``year`` by placement; none for no year."""
        if year is None:
            return {}
        if year not in self._results:
            self._results[year] = evaluate(self.plan, year, self.scheme(year))
        return self._results[year]

    def kind(self, element: Element) -> LevelKind:
        """What an element is: goal, measure, project ..."""
        return self.levels[element.level].kind

    def keys_of(self, indicator: str) -> set[str]:
        """The records that make up an indicator: itself, its values, its placements and what they print."""
        uses = (placement for _, placement in self.placements_of.get(indicator, ()))
        return {node.key for each in (self.indicators[indicator], *uses) for node in walk.nodes(each)}

    def goal(self, placed: Placed) -> Element:
        """The goal a place belongs to: the outermost element where no level is one of goals."""
        return next((e for e in placed.path if self.kind(e) is LevelKind.GOAL), placed.path[0])

    def measure(self, placed: Placed) -> Element | None:
        """The measure a place belongs to; None at a goal."""
        return next((e for e in reversed(placed.path) if self.kind(e) is LevelKind.MEASURE), None)

    def in_charge(self, placed: Placed, indicator: Indicator) -> tuple[str, ...]:
        """The names of the divisions of a row: the indicator's own, else those of the nearest place, else
        those of the other places where the indicator stands.
        """
        found = (indicator.divisions, *_divisions_upwards(placed), self._elsewhere.get(indicator.key, ()))
        keys = next((each for each in found if each), ())
        return tuple(dict.fromkeys(self.divisions[key] for key in keys))

    @cached_property
    def _elsewhere(self) -> Mapping[str, tuple[str, ...]]:
        """The divisions of all places of each indicator, by its key."""
        return {
            key: tuple(
                division
                for placed, _ in uses
                for division in next(filter(None, _divisions_upwards(placed)), ())
            )
            for key, uses in self.placements_of.items()
        }

    def elapsed(self, year: int | None) -> Elapsed | None:
        """How much of the plan's time is over at the end of ``year``; None where no period is known or
        the year lies before it.
        """
        span = self._span
        if span is None or year is None or year < span[0]:
            return None
        first, last, from_report = span
        return Elapsed(min(year, last) - first + 1, last - first + 1, first, last, from_report)

    @cached_property
    def _span(self) -> tuple[int, int, bool] | None:
        period = self.plan.period
        if period is not None and period.first.year <= period.last.year:
            return period.first.year, period.last.year, False
        columns = [
            when.year for report in self.plan.reports for each in report.years if (when := each.effective)
        ]
        return (min(columns), max(columns), True) if len(set(columns)) > 1 else None


def title_of(element: Element) -> str:
    """The element's name; where the source prints none, the beginning of what was done there."""
    if element.name:
        return element.name
    for activity in element.activities:
        if activity.done:
            text = " ".join(activity.done.text.split())
            return text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return ""


def level_words(reader: Reader, element: Element) -> Words:
    """What the element's level is called: the municipality's word, in English what it is."""
    level = reader.levels[element.level]
    return Words(level.name, KINDS[level.kind].en)


def _divisions_upwards(placed: Placed) -> Iterator[tuple[str, ...]]:
    return (element.divisions for element in reversed(placed.path))
