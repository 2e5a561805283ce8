"""What is computed of a municipality: the published projection replayed, extended, and changed by scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sosei.population.apply import apply
from sosei.population.assumptions import Assumptions
from sosei.population.compare import Comparison, check_names, compare
from sosei.population.components import Components, components
from sosei.population.engine import Projection, project
from sosei.population.extension import hold_last
from sosei.population.fan import Fan, fan
from sosei.population.impact import STAGES, Impact, decline_stages, impact
from sosei.population.panel import Panel
from sosei.population.ratios import derive
from sosei.population.rounding import whole_persons
from sosei.population.scenario import Scenario
from sosei.population.scenario_files import preset_scenario
from sosei.reports.population.known import Groups, Known, Series
from sosei.values import Words

PATTERN1 = "pattern1"
STANDARD = (PATTERN1, "simulation1", "simulation2")
"""パターン1 and the two simulations, in the order in which each adds to the one before."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """A municipality's projections up to ``until``, one for each scenario, with the rates they run on.

    The first scenario is what the others are measured by.  The rates are derived from the published
    projection; beyond its last year those of its last step are held, unless a scenario says otherwise.
    """

    known: Known
    until: int
    scenarios: tuple[Scenario, ...]
    base: Panel
    assumptions: Assumptions
    runs: tuple[Projection, ...]

    @property
    def published_to(self) -> int:
        """The last year of the published projection by sex and age."""
        return self.known.projection.years[-1]

    @property
    def last_published(self) -> int:
        """The last year of the runs that is published."""
        return min(self.published_to, self.until)

    @property
    def is_extended(self) -> bool:
        """Whether the runs go on beyond what is published."""
        return self.until > self.published_to

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the runs, the base first."""
        return self.runs[0].panel.years

    @cached_property
    def held(self) -> Panel:
        """The published projection as it is, and beyond its last year carried on with the rates of its last step."""
        published = self.known.projection
        if not self.is_extended:
            kept = sum(year <= self.until for year in published.years)
            return replace(published, values=published.values[:kept], years=published.years[:kept])
        last = self.published_to
        beyond = project(published.at(last), self.assumptions.between(last, self.until)).panel
        values = np.concatenate([published.values, beyond.values[1:]])
        return replace(published, values=values, years=(*published.years, *beyond.years[1:]))

    @cached_property
    def main(self) -> Series:
        """The newest published projection: of sums where there is one, else that by sex and age."""
        return self.known.newer or published_series(self.known.projection)

    @cached_property
    def counted(self) -> dict[int, float]:
        """The census by year; empty without one.

        It goes on to the base year of the newest projection, where that is one of the institute's: they begin
        with a census.
        """
        census, main = self.known.census, self.main
        if census is None:
            return {}
        people = dict(census.totals)
        if main.origin.is_of_institute:
            first = min(main.totals)
            people.setdefault(first, main.totals[first])
        return dict(sorted(people.items()))

    @cached_property
    def grouped(self) -> Series:
        """The newest published projection that has the three age groups of all its years."""
        main = self.main
        return main if set(main.groups) >= set(main.totals) else published_series(self.known.projection)

    @cached_property
    def missed(self) -> tuple[int, float]:
        """What the derived rates cannot return: cells reached from none, and persons in the last published year.

        A rate cannot make people of an age of which there were none, which small places have.
        """
        found = derive(self.known.projection, self.known.nation)
        base = self.known.projection.at(self.known.projection.years[0])
        again = project(base, found.assumptions).panel.total()[-1, 0]
        return len(found.unreached), float(self.known.projection.total()[-1, 0] - again)

    @cached_property
    def fan(self) -> Fan:
        """The bands around the newest published projection."""
        years = tuple(self.main.totals)
        totals = np.array(list(self.main.totals.values()))
        return fan(years, totals, years[0], is_municipality=not self.known.code.endswith("000"))

    def comparison(self, language: str) -> Comparison:
        """The scenarios' totals by year."""
        names = [scenario.name.of(language) for scenario in self.scenarios]
        check_names(names)
        return compare({name: run.panel for name, run in zip(names, self.runs, strict=True)}, self.known.code)

    def groups(self, at: int) -> dict[int, Groups]:
        """年齢3区分 of a run in whole persons that add up to its total, by year."""
        return whole_groups(self.runs[at].panel)

    def parts(self, at: int | None) -> Components:
        """Births, deaths and migration of a run; None: of the published projection as its rates give it, extended."""
        return components(project(self.base, self.assumptions) if at is None else self.runs[at])

    def standard_runs(self) -> tuple[Panel, Panel, Panel] | None:
        """パターン1 and both simulations, where all three are there."""
        by_id = {scenario.id: run.panel for scenario, run in zip(self.scenarios, self.runs, strict=True)}
        if not all(name in by_id for name in STANDARD):
            return None
        return by_id[STANDARD[0]], by_id[STANDARD[1]], by_id[STANDARD[2]]

    def impact(self, year: int) -> Impact | None:
        """影響度 in ``year``, where the standard scenarios are there."""
        runs = self.standard_runs()
        return None if runs is None else impact(*runs, year)[0]

    def stages(self) -> tuple[tuple[int, Words], ...]:
        """人口減少段階 of the published projection with its extension, for each year after the base."""
        found = decline_stages(self.held)[0]
        return tuple((year, STAGES[stage]) for year, stage in zip(self.years[1:], found, strict=True))


def outlook(known: Known, until: int, scenarios: Sequence[Scenario] | None = None) -> Outlook:
    """The runs of ``scenarios`` (default: the standard ones) up to ``until``.

    Raises Problem for a year that no step ends in and for a scenario that cannot be applied.
    """
    chosen = tuple(map(known.named, scenarios or map(preset_scenario, STANDARD)))
    published = known.projection
    given = derive(published, known.nation).assumptions
    base = published.at(published.years[0])
    runs = tuple(project(base, apply(each, base, given, until, known.nation)) for each in chosen)
    carried = hold_last(given, until) if until > given.ends[-1] else given
    assumptions = carried.between(base.years[0], until)
    return Outlook(known, until, chosen, base, assumptions, runs)


def published_series(panel: Panel) -> Series:
    """Totals and groups of a panel of one area."""
    totals = dict(zip(panel.years, panel.total()[:, 0].tolist(), strict=True))
    groups = {
        year: (young, working, old)
        for year, (young, working, old) in zip(
            panel.years, panel.three_groups()[:, :, 0].tolist(), strict=True
        )
    }
    return Series(totals=totals, groups=groups, origin=panel.sources[0])


def whole_groups(panel: Panel) -> dict[int, Groups]:
    """年齢3区分 of one area in whole persons, from cells rounded so that all sums fit."""
    cells = whole_persons(panel)[..., 0].sum(axis=1)
    young, old = panel.ages.index(15), panel.ages.index(65)
    return {
        year: (float(row[:young].sum()), float(row[young:old].sum()), float(row[old:].sum()))
        for year, row in zip(panel.years, cells, strict=True)
    }
