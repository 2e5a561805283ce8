"""モンテカルロ: many runs with shaken rates, for comparing scenarios; no claim on how precise a projection is.

One area at a time with the draws as last axis, so that a state stays in the processor's cache.  The random
numbers of an area come from the seed and its code: scenarios are shaken alike, alone or with all of Japan.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from sosei.population.ages import AgeScheme
from sosei.population.assumptions import Assumptions
from sosei.population.engine import Recurrence, project
from sosei.population.panel import THREE_GROUPS, Array, Panel
from sosei.population.scenario_files import shipped
from sosei.values import Problem

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The bounds of fans of 80 % and 50 %, and the middle."""
BOUNDS = (0.1, 0.5, 0.9)
"""What a comparison of scenarios shows of the draws."""
DRAWS, SEED = 1000, 1
_STEP = 5  # years, to which the sizes of shocks that come along belong


@dataclass(frozen=True, slots=True)
class Shocks:
    """How strongly rates vary (``presets/draws.toml``).

    ``fertility``: standard deviation of the logarithm of the children of a step; ``migration``: of the net
    rate of a step at the most mobile ages; ``persistence``: correlation with the step before; ``mobility``:
    relative mobility from each lower bound of the starting age on.
    """

    fertility: float
    migration: float
    persistence: float
    mobility: tuple[tuple[int, float], ...]

    def profile(self, ages: AgeScheme) -> Array:
        """The standard deviation of the net rate by starting age, ``[age]``."""
        bounds = [bound for bound, _ in self.mobility]
        at = np.searchsorted(bounds, ages.lower, side="right") - 1
        return self.migration * np.array([size for _, size in self.mobility])[at]


@dataclass(frozen=True, eq=False)
class Draws:
    """Quantiles over the draws.

    ``total`` ``[quantile, year, area]`` and ``groups`` (年齢3区分) ``[quantile, year, 3, area]``, persons;
    ``clipped`` ``[area]``: persons added on average, over all steps, to cells that fell below zero.
    """

    quantiles: tuple[float, ...]
    years: tuple[int, ...]
    areas: tuple[str, ...]
    total: Array
    groups: Array
    clipped: Array


@dataclass(frozen=True, eq=False)
class Shaken:
    """One area under one scenario over the draws, at ``BOUNDS``, persons, ``[quantile, year]``.

    ``total``: the population; ``apart``: how much more than under the first scenario, draw by draw.
    """

    total: Array
    apart: Array


@cache
def shipped_shocks() -> Shocks:
    """The sizes that come along."""
    data = tomllib.loads(shipped("draws.toml"))
    mobility = tuple(sorted((int(age), float(size)) for age, size in data.pop("mobility").items()))
    return Shocks(mobility=mobility, **data)


def draw(
    base: Panel, assumptions: Assumptions, shocks: Shocks | None = None, draws: int = DRAWS, seed: int = SEED
) -> Draws:
    """``draws`` runs of every area with shaken fertility and migration.

    A pool of the run is taken from the run without shocks.  Raises Problem for control totals, which shaken
    areas cannot share, where base and assumptions do not fit, and without ``shocks`` for other than five-year steps.
    """
    kept, size = _kept(base, assumptions), shocks or _shipped_for(base)
    years = (base.years[0], *kept.ends)
    shape = (len(QUANTILES), len(years))
    result = np.empty((*shape, 1 + len(THREE_GROUPS), len(base.areas)))
    clipped = np.zeros(len(base.areas))
    for place, code in enumerate(base.areas):
        noise = _noise(seed, code, (len(kept.starts), 2, draws), size.persistence)
        run = _Shaking(kept.area(code), size, noise)
        result[..., place] = run.quantiles(base.values[0, :, :, place])
        clipped[place] = run.clipped / draws
    return Draws(
        quantiles=QUANTILES,
        years=years,
        areas=base.areas,
        total=result[:, :, 0],
        groups=result[:, :, 1:],
        clipped=clipped,
    )


def _shipped_for(base: Panel) -> Shocks:
    """The sizes that come along.  Raises Problem for steps to which they do not belong."""
    if base.ages.width != _STEP:
        raise Problem(
            f"率を揺らす計算は、{_STEP}歳きざみの推計だけにできます（{base.ages.width}歳きざみです）",
            f"rates are shaken in five-year steps only (this has steps of {base.ages.width})",
        )
    return shipped_shocks()


def _kept(base: Panel, assumptions: Assumptions) -> Assumptions:
    """The assumptions of the run without shocks, with the pool that it keeps."""
    if assumptions.totals is not None:
        raise Problem(
            "全国値への補正がある推計では、率を揺らす計算はできません",
            "a run with control totals cannot be shaken",
        )
    plain = project(base, assumptions)
    given = plain.assumptions
    return replace(given, migration=given.migration.stored(plain.panel.values[:-1], given.survival))


def totals_of_draws(
    base: Panel, assumptions: Assumptions, shocks: Shocks | None = None, draws: int = DRAWS, seed: int = SEED
) -> Array:
    """The total of one area in every draw, ``[year, draw]``: what ``draw`` gives the quantiles of.

    A draw is the same one under every scenario, so two of them may be set against each other draw by draw.
    Raises Problem as ``draw`` does, and for more than one area.
    """
    if len(base.areas) != 1:
        raise Problem(
            "率を揺らした計算を一つずつ比べられるのは、一つの地域だけです",
            "draws are compared one by one for one area only",
        )
    kept, size = _kept(base, assumptions), shocks or _shipped_for(base)
    noise = _noise(seed, base.areas[0], (len(kept.starts), 2, draws), size.persistence)
    return np.asarray(_Shaking(kept, size, noise).sums(base.values[0, :, :, 0])[:, 0])


def shaken(
    base: Panel, scenarios: Sequence[Assumptions], draws: int = DRAWS, seed: int = SEED
) -> tuple[Shaken, ...]:
    """Every one of ``scenarios`` under the same draws, set against the first.

    Raises Problem as ``totals_of_draws`` does.
    """
    found = [totals_of_draws(base, each, draws=draws, seed=seed) for each in scenarios]
    return tuple(
        Shaken(np.quantile(each, BOUNDS, axis=1), np.quantile(each - found[0], BOUNDS, axis=1))
        for each in found
    )


def _noise(seed: int, code: str, shape: tuple[int, int, int], persistence: float) -> Array:
    """Standard normal numbers ``[step, fertility or migration, draw]``, each step correlated with the last."""
    generator = np.random.default_rng([seed, *code.encode()])
    noise = generator.standard_normal(shape)
    fresh = (1 - persistence**2) ** 0.5
    for step in range(1, shape[0]):
        noise[step] *= fresh
        noise[step] += persistence * noise[step - 1]
    return noise


class _Shaking:
    """All draws of one area."""

    def __init__(self, given: Assumptions, shocks: Shocks, noise: Array) -> None:
        self._given, self._noise = given, noise
        self._retained = Recurrence(given).retained  # [step, sex, age, 1]
        self._spread = shocks.profile(given.ages)[:, None]  # [age, 1]
        self._births = np.exp(shocks.fertility * noise[:, 0])
        self.clipped = 0.0

    def quantiles(self, base: Array) -> Array:
        """``[quantile, year, total and three groups]`` from ``base`` ``[sex, age]``."""
        groups, draws = self.sums(base), self._noise.shape[-1]
        groups.sort(axis=-1)
        places = np.array(QUANTILES) * (draws - 1)
        below = np.floor(places).astype(int)
        above, weight = np.minimum(below + 1, draws - 1), places - below
        found = groups[..., below] * (1 - weight) + groups[..., above] * weight
        return np.asarray(np.moveaxis(found, -1, 0))

    def sums(self, base: Array) -> Array:
        """``[year, total and three groups, draw]`` from ``base`` ``[sex, age]``."""
        given, noise = self._given, self._noise
        draws = noise.shape[-1]
        start = np.repeat(base[:, :, None], draws, axis=2)
        end, rate = np.empty_like(start), np.empty_like(start)
        groups = np.empty((len(given.starts) + 1, 1 + len(THREE_GROUPS), draws))
        self._sum(start, groups[0])
        for step in range(len(given.starts)):
            np.multiply(self._spread, noise[step, 1], out=rate[0])
            self._add_rates(step, rate)
            np.multiply(start[:, :-1], rate[:, :-1], out=end[:, 1:])
            end[:, -1] += start[:, -1] * rate[:, -1]
            self._finish(step, start, end)
            self._sum(end, groups[step + 1])
            start, end = end, start
        return groups

    def _add_rates(self, step: int, rate: Array) -> None:
        """Both sexes' rates: the same shock on each sex's own."""
        np.add(rate[0], self._retained[step, 1], out=rate[1])
        rate[0] += self._retained[step, 0]

    def _finish(self, step: int, start: Array, end: Array) -> None:
        """Those who come, no cell below zero, children, extra movers."""
        given = self._given
        coming = given.migration.coming(step, start, given.survival[step])
        if coming is not None:
            end[:, 1:] += coming[:, :-1]
            end[:, -1] += coming[:, -1]
        if end[:, 1:].min() < 0:
            self.clipped -= float(np.minimum(end[:, 1:], 0).sum())
            np.maximum(end[:, 1:], 0, out=end[:, 1:])
        given.fertility.bear(step, given.ages, start, end)
        end[:, 0] *= self._births[step]
        if given.arrivals is not None:
            end += given.arrivals[step]

    def _sum(self, state: Array, into: Array) -> None:
        """Total and three groups of ``state`` into ``into`` ``[4, draw]``."""
        ages = self._given.ages
        for place, (low, high) in enumerate(THREE_GROUPS, 1):
            chosen = state[:, ages.index(low) : None if high is None else ages.index(high)]
            np.sum(chosen, axis=(0, 1), out=into[place])
        np.sum(into[1:], axis=0, out=into[0])
