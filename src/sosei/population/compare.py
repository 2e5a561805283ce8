"""シナリオの比較: scenario x year, with index, difference and ratio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sosei.population.panel import Panel
from sosei.values import Problem


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A scenario's population by year (persons, unrounded) and what it is beside others.

    ``index``: the base year = 100.  ``difference`` and ``ratio`` (percent) against the first scenario.  None
    where there is nothing to divide by.
    """

    scenario: str
    population: tuple[float, ...]
    index: tuple[float | None, ...]
    difference: tuple[float, ...]
    ratio: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One area under several scenarios, the first being what the others are measured by."""

    area: str
    years: tuple[int, ...]
    rows: tuple[ComparisonRow, ...]


def check_names(names: Sequence[str]) -> None:
    """Raise Problem where two scenarios have one name: a table by names would show only one of them."""
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Problem(
            f"シナリオ「{twice}」が二つあります。名前を変えるか、どちらかを外してください",
            f'there are two scenarios called "{twice}"; rename or leave out one of them',
        )


def compare(scenarios: Mapping[str, Panel], area: str) -> Comparison:
    """The table of ``area`` under ``scenarios``, by their names.

    Raises Problem where there is no scenario, an area is missing, or the years differ.
    """
    if not scenarios:
        raise Problem("比べるシナリオがありません", "there is no scenario to compare")
    panels = {name: panel.area(area) for name, panel in scenarios.items()}
    first = next(iter(panels.values()))
    odd = next((name for name, panel in panels.items() if panel.years != first.years), None)
    if odd is not None:
        raise Problem(
            f"シナリオ「{odd}」の年が他と合いません。同じ年まで推計してください",
            f'the years of the scenario "{odd}" differ from the others; project all to the same year',
        )
    reference = tuple(first.total()[:, 0].tolist())
    rows = tuple(_row(name, tuple(panel.total()[:, 0].tolist()), reference) for name, panel in panels.items())
    return Comparison(area, first.years, rows)


def _row(name: str, population: tuple[float, ...], reference: tuple[float, ...]) -> ComparisonRow:
    pairs = list(zip(population, reference, strict=True))
    return ComparisonRow(
        scenario=name,
        population=population,
        index=tuple(_percent(value, population[0]) for value in population),
        difference=tuple(value - other for value, other in pairs),
        ratio=tuple(_percent(value, other) for value, other in pairs),
    )


def _percent(value: float, of: float) -> float | None:
    return value / of * 100 if of > 0 else None
