"""What is published of a municipality's population, from whichever files, in the form that documents need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sosei.formats.population_examples import national, population
from sosei.formats.population_reading import Group, Reading, Sums
from sosei.plan.model import Plan
from sosei.population.panel import Origin, Panel
from sosei.population.scenario import Scenario
from sosei.population.scenario_files import named_on
from sosei.values import Problem

_GROUPS = (Group.YOUNG, Group.WORKING, Group.OLD)
Groups = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Published totals by year, with the three age groups of those years that have them.

    ``panel`` holds the same by sex and age where that is known, without people of unknown age.
    """

    totals: Mapping[int, float]
    groups: Mapping[int, Groups]
    origin: Origin
    panel: Panel | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A population that a plan prints, with how the plan says it came about and what it was made from."""

    year: int
    value: float
    method: str = ""
    basis: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Known:
    """Everything published that the documents of one municipality stand on.

    ``projection``  by sex and age, its first year the base; ``nation`` the national projection beside it.
    ``census``      totals with people of unknown age, groups without them; None where no file was given.
    ``newer``       a later projection of which only sums are there, its first year the base.
    ``register``    住民基本台帳: people on 1 January, at another level than the census.
    ``printed``     what the municipality's plan prints.
    """

    code: str
    name: str
    projection: Panel
    nation: Panel
    census: Series | None = None
    newer: Series | None = None
    register: Series | None = None
    printed: tuple[Printed, ...] = ()

    def named(self, scenario: Scenario) -> Scenario:
        """``scenario`` by its name on this projection."""
        return named_on(scenario, self.projection.sources[0])

    @property
    def counted(self) -> Panel | None:
        """The census by sex and age, where it has the age groups of the projection."""
        panel = None if self.census is None else self.census.panel
        return panel if panel is not None and panel.ages == self.projection.ages else None


def known_example(city: str, plan: Plan | None = None) -> Known:
    """The example ``aso`` or ``hitoyoshi``, with what its ``plan`` prints.  Raises Problem for another name."""
    facts = population(city)
    return Known(
        code=facts.area.code,
        name=facts.area.name,
        projection=facts.h30,
        nation=national(),
        census=series_of(facts.census, facts.area.code),
        newer=_of_sums(facts.r5, facts.area.code),
        printed=() if plan is None else printed_in(plan),
    )


def series_of(reading: Reading, code: str) -> Series:
    """The series of one area in a file.  Raises Problem where the area is not in it."""
    if reading.panel is None:
        if reading.sums is None or all(area != code for area, *_ in reading.sums.values):
            raise not_in_file(code)
        if not reading.sums.series(code):
            raise no_totals()
        return _of_sums(reading.sums, code)
    panel = reading.panel.area(code)
    groups = panel.three_groups()[:, :, 0].tolist()
    by_year = {year: _three(values) for year, values in zip(panel.years, groups, strict=True)}
    return Series(totals=reading.totals_of(code), groups=by_year, origin=panel.sources[0], panel=panel)


def printed_in(plan: Plan) -> tuple[Printed, ...]:
    """The points with a figure of every projection that ``plan`` prints."""
    return tuple(
        Printed(
            year=point.year.effective.year,
            value=float(point.quantity.number),
            method=projection.method,
            basis=projection.basis,
        )
        for projection in plan.projections
        for point in projection.points
        if point.quantity is not None
        and point.quantity.number is not None
        and point.year.effective is not None
    )


def _of_sums(sums: Sums, code: str) -> Series:
    parts = [sums.series(code, group) for group in _GROUPS]
    groups = {
        year: _three([part[year] for part in parts])
        for year in parts[0]
        if all(year in part for part in parts)
    }
    return Series(totals=sums.series(code), groups=groups, origin=sums.origin)


def _three(values: list[float]) -> Groups:
    young, working, old = values
    return young, working, old


def no_totals() -> Problem:
    """That a file has age groups alone, as each of the institute's result tables 2 does."""
    return Problem(
        "総人口がありません。総人口の表を選ぶか、総人口の表（社人研の結果表1）と年齢区分の表（結果表2）を、"
        "一つの Excel ブックのシートにまとめてください",
        "there are no totals; choose a table of totals, or put it (result table 1 of IPSS) and the tables of age "
        "groups (result tables 2) into one workbook as its sheets",
    )


def not_in_file(code: str) -> Problem:
    """That a file has no figures of the area ``code``."""
    return Problem(
        f"団体コード {code} の人口がファイルにありません。コードを確かめてください",
        f"the file has no population of the code {code}; check the code",
    )
