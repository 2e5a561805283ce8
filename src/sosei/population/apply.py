"""A scenario put on assumptions: new assumptions, nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from sosei.population.ages import PUBLISHED_WIDTH
from sosei.population.assumptions import Assumptions
from sosei.population.extension import continue_nation, hold_last
from sosei.population.fertility import AgeSpecific, ChildWoman, Fertility
from sosei.population.migration import Migration, Zero
from sosei.population.panel import SEXES, Array, Origin, Panel
from sosei.population.scenario import Band, FertilityPath, Movers, Scenario
from sosei.values import Problem, Words


def apply(
    scenario: Scenario, base: Panel, given: Assumptions, until: int | None = None, nation: Panel | None = None
) -> Assumptions:
    """``given`` as ``scenario`` changes it, up to ``until`` (default: the last step).

    ``base`` gives the base year and each area's own child-woman ratio in it.  ``nation`` is the national
    projection, needed where the scenario follows it beyond the last step.  Raises Problem where it is not
    there, and where fertility cannot be changed as asked.
    """
    changed = _extended(scenario, given, given.ends[-1] if until is None else until, nation)
    if scenario.fertility is not None:
        changed = replace(changed, fertility=_fertility(scenario.fertility, base, changed))
    changed = replace(changed, migration=_migration(scenario, changed))
    for movers in scenario.movers:
        changed = with_movers(changed, movers)
    note = Words(scenario.name.ja, scenario.name.en)
    origin = Origin(scenario.source.source, scenario.source.table, scenario.source.edition, "entered", note)
    return replace(changed, sources=(*changed.sources, origin))


def along(points: dict[int, float], years: tuple[int, ...]) -> Array:
    """The path through ``points`` at ``years``: straight between points, held before the first and after the last."""
    known = sorted(points)
    return np.interp(years, known, [points[year] for year in known])


def with_fertility_to(base: Panel, given: Assumptions, tfr: float, by: int, constant: float) -> Assumptions:
    """``given`` with a TFR that goes straight from each area's own to ``tfr`` in ``by`` and stays there."""
    path = FertilityPath(tfr={by: tfr}, constant=constant)
    return replace(given, fertility=_fertility(path, base, given))


def with_movers(given: Assumptions, movers: Movers) -> Assumptions:
    """``given`` with extra movers in every step whose years they come in."""
    width = given.ages.width
    last = given.ends[-1] if movers.until is None else movers.until
    years = [
        max(0, min(end, last) - max(start + 1, movers.since) + 1)
        for start, end in zip(given.starts, given.ends, strict=True)
    ]
    arrivals = np.zeros((len(years), len(SEXES), given.ages.groups, len(given.areas)))
    families = movers.families * np.array(years, dtype=np.float64)[:, None]
    for member in movers.composition.members:
        ages = range(member.age, member.age + PUBLISHED_WIDTH, width)
        for age, (sex, persons) in product(ages, member.by_sex()):
            arrivals[:, sex, min(age // width, given.ages.groups - 1)] += persons * families / len(ages)
    before = 0.0 if given.arrivals is None else given.arrivals
    return replace(given, arrivals=arrivals + before)


def with_out_closed(
    given: Assumptions, share: float, ages: tuple[int, int | None], since: int
) -> Assumptions:
    """``given`` with ``share`` of those who leave staying, of starting ``ages``, in steps that end after ``since``."""
    factor = np.ones((len(given.starts), len(SEXES), given.ages.groups, 1))
    later = [end > since for end in given.ends]
    factor[np.ix_(later, [True] * len(SEXES), _chosen(given, ages))] = 1 - share
    return replace(given, migration=given.migration.scaled(factor, "out"))


def _extended(scenario: Scenario, given: Assumptions, until: int, nation: Panel | None) -> Assumptions:
    if until <= given.ends[-1]:
        return given.between(given.starts[0], until)
    if not scenario.follows_nation:
        return hold_last(given, until)
    if nation is None:
        raise Problem(
            f"「{scenario.name.ja}」で{given.ends[-1]}年より先を求めるには、全国推計が必要です",
            f'"{scenario.name.en}" needs the national projection to go beyond {given.ends[-1]}',
        )
    return continue_nation(given, nation, until)


def _fertility(path: FertilityPath, base: Panel, given: Assumptions) -> Fertility:
    fertility = given.fertility
    if isinstance(fertility, AgeSpecific):
        if path.tfr is None:
            raise Problem(
                "年齢別出生率による推計の出生の仮定は、子ども女性比ではなく合計特殊出生率（tfr）で書いてください",
                "fertility by age is changed by a total fertility rate (tfr), not by a child-woman ratio",
            )
        own = fertility.total_rate(given.ages)
        wanted = _from_own(path.tfr, given.starts[0], given.ends, own[0])
        change = np.divide(
            wanted, own, out=np.zeros(np.broadcast_shapes(wanted.shape, own.shape)), where=own > 0
        )
        return replace(fertility, rate=fertility.rate * change[:, None])
    if not isinstance(fertility, ChildWoman):
        raise TypeError(fertility)
    # The constant is of children 0-4; a first group of one year holds the births of one year of the five.
    factor = 1.0 if path.cwr is not None else path.factor * PUBLISHED_WIDTH / given.ages.width
    points = {year: value / factor for year, value in (path.cwr or path.tfr or {}).items()}
    own = base.child_woman_ratio()[0]
    return replace(fertility, cwr=_from_own(points, base.years[0], given.ends, own))


def _from_own(points: dict[int, float], year: int, years: tuple[int, ...], own: Array) -> Array:
    """The path at ``years`` for each area, from its ``own`` value in ``year`` on: ``[step, area]``."""
    first = min(points)
    if first <= year:
        return np.repeat(along(points, years)[:, None], len(own), axis=1)
    weight = np.clip((np.array(years) - year) / (first - year), 0, 1)[:, None]
    return np.asarray(own * (1 - weight) + along(points, years)[:, None] * weight)


def _migration(scenario: Scenario, given: Assumptions) -> Migration:
    if scenario.migration.closed:
        return Zero()
    migration = given.migration
    for band in scenario.migration.bands:
        migration = migration.scaled(_factor(band, given), band.direction)
    return migration


def _factor(band: Band, given: Assumptions) -> Array:
    """The multiplier of ``band``, ``[step, sex, age, 1]``; 1 outside it."""
    factor = np.ones((len(given.starts), len(SEXES), given.ages.groups, 1))
    sexes = [band.sex in (sex, "both") for sex in SEXES]
    inside = np.ix_([True] * len(given.starts), sexes, _chosen(given, band.ages))
    factor[inside] = along(band.points, given.ends)[:, None, None, None]
    return factor


def _chosen(given: Assumptions, ages: tuple[int, int | None]) -> list[bool]:
    low, high = ages
    width, last = given.ages.width, given.ages.lower[-1]
    if any(age is not None and age < last and age % width for age in ages):
        raise Problem(
            f"移動の倍率の年齢（{low}歳から{'' if high is None else f'{high}歳未満'}）が、{width}歳きざみの年齢階級の境目に合いません",
            f"ages {low} to {'the oldest' if high is None else f'before {high}'} of a multiplier of migration are no "
            f"bounds of groups of {width} years",
        )
    return [low <= age and (high is None or age < high) for age in given.ages.lower]
