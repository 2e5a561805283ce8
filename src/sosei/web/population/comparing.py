"""Scenarios side by side: what an address asks for, and the pictures and tables that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from sosei.reports.population import sources
from sosei.reports.population.comparing import (
    ages_table,
    compared_notes,
    decline_table,
    draws_table,
    impact_table,
)
from sosei.reports.population.figures import (
    contribution_figure,
    scenario_figure,
    scenario_pyramid_figure,
)
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import STANDARD, Outlook
from sosei.reports.population.tables import component_table, group_table, scenario_table
from sosei.values import Problem
from sosei.web.population.choices import MOST, Choice, chosen
from sosei.web.population.exhibits import Exhibit
from sosei.web.population.running import furthest, run
from sosei.web.population.years import LATEST, ends, one_of, years_to

LEAST = 2


@dataclass(frozen=True, slots=True)
class Compared(Exhibit):
    """``shared`` are those notes of the table that stand under everything of the page."""

    shared: frozenset[str] = frozenset()

    @property
    def own_notes(self) -> tuple[str, ...]:
        """What must be read with this one: how its figures came about."""
        return tuple(note for note in self.table.notes if note not in self.shared)

    @property
    def is_ours(self) -> bool:
        """Whether nothing in it is published."""
        return self.key != "groups"

    @property
    def is_long(self) -> bool:
        """Whether a page shows it folded."""
        return self.key in ("components", "groups")


@dataclass(frozen=True)
class Asked:
    """What the address says: the scenarios, the first being what the others are measured by, and how they are shown.

    ``pair``: whose pyramids of ``year`` stand side by side.  ``draws``: with shaken rates.
    """

    known: Known
    choices: tuple[Choice, ...]
    until: int
    year: int
    pair: tuple[Choice, Choice]
    draws: bool

    @cached_property
    def made(self) -> Outlook:
        """The runs.  Raises Problem for a scenario that cannot run."""
        return run(self.known, self.until, [each.scenario for each in self.choices])

    @cached_property
    def query(self) -> str:
        """The whole state as an address has it."""
        first, second = self.pair
        parts = [("s", each.key) for each in self.choices]
        parts += [("base", self.choices[0].key), ("until", str(self.until)), ("year", str(self.year))]
        parts += [("left", first.key), ("right", second.key)]
        return urlencode([*parts, *([("draws", "1")] if self.draws else [])])

    @property
    def keys(self) -> tuple[str, ...]:
        """The scenarios as addresses name them."""
        return tuple(each.key for each in self.choices)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the runs, the base first."""
        return years_to(self.known, self.until)

    @property
    def missing(self) -> tuple[str, ...]:
        """The standard scenarios that impact and contribution need and that are not among those compared."""
        return tuple(name for name in STANDARD if name not in self.keys)


def asked(given: QueryDict, among: Sequence[Choice], known: Known) -> Asked:
    """What an address asks for; without scenarios the standard ones.  Raises Problem for what is not there."""
    choices = chosen(given.getlist("s") or STANDARD, among)
    if len(choices) < LEAST:
        raise Problem(
            f"比べるシナリオを{LEAST}つから{MOST}つまで選んでください",
            f"choose {LEAST} to {MOST} scenarios to compare",
        )
    base = given.get("base", "")
    base = base if base in (each.key for each in choices) else STANDARD[0]
    choices.sort(
        key=lambda each: each.key != base
    )  # where that is not compared either, the first stays the base
    wanted, looked_at = given.get("until"), given.get("year")
    until = (
        one_of(wanted, ends(known, LATEST))
        if wanted
        else furthest(known, [each.scenario for each in choices])
    )
    year = min(one_of(looked_at, years_to(known, LATEST)), until) if looked_at else until
    by_key = {each.key: each for each in choices}
    left = by_key.get(given.get("left", ""), choices[0])
    right = by_key.get(given.get("right", ""), next(each for each in choices[::-1] if each is not left))
    return Asked(known, tuple(choices), until, year, (left, right), bool(given.get("draws")))


def exhibits(wanted: Asked, language: str) -> dict[str, Compared]:
    """Everything that the page shows, by key.  Raises Problem for a scenario that cannot run."""
    made, year = wanted.made, wanted.year
    found = [
        Exhibit.of("totals", scenario_figure(made, language), language),
        Exhibit("scenarios", scenario_table(made, language)),
        Exhibit("ages", ages_table(made, year, language)),
        _pyramids(wanted, language),
    ]
    if not wanted.missing:
        found.append(Exhibit.of("contribution", contribution_figure(made, language), language))
        impact = impact_table(made, year, language)
        found += [Exhibit("impact", impact)] if impact is not None else []
    found += [
        Exhibit("stages", decline_table(made, language)),
        Exhibit("components", component_table(made, language)),
        Exhibit("groups", group_table(made, language)),
    ]
    if wanted.draws:
        found.append(Exhibit("draws", draws_table(made, year, language)))
    shared = tuple(note.of(language) for note in compared_notes(made))
    return {each.key: _compared(each, shared) for each in found}


def shared_notes(wanted: Asked, language: str) -> tuple[str, ...]:
    """What holds for everything of the page."""
    return tuple(note.of(language) for note in (*compared_notes(wanted.made), sources.NOT_A_FORECAST))


def _pyramids(wanted: Asked, language: str) -> Exhibit:
    """The pyramids of the chosen pair."""
    made = wanted.made
    at = [wanted.keys.index(each.key) for each in wanted.pair]
    two = replace(
        made,
        scenarios=tuple(made.scenarios[place] for place in at),
        runs=tuple(made.runs[place] for place in at),
    )
    return Exhibit.of("pyramids", scenario_pyramid_figure(two, wanted.year, language), language)


def _compared(exhibit: Exhibit, shared: Sequence[str]) -> Compared:
    """The exhibit with those of ``shared`` that do not stand under its table yet."""
    more = tuple(note for note in shared if note not in exhibit.table.notes)
    table = replace(exhibit.table, notes=(*exhibit.table.notes, *more))
    return Compared(exhibit.key, table, exhibit.chart, frozenset(shared))
