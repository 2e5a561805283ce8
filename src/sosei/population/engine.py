"""コーホート要因法: from a base population and assumptions, step by step, all areas at once.

Ages above the first group (shapes ``[sex, age, area]``, i an area, S survival, m what migration adds):

    P[a+1](t+w) = P[a](t) * (S[a] + own[a]) + coming[a]
    P[A](t+w)   = the same of the last two groups together

then the children by the women at the end, then control totals, then extra movers.  The equations are those
of 社人研『日本の地域別将来推計人口』.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sosei.population.ages import AgeScheme
from sosei.population.assumptions import Assumptions
from sosei.population.panel import SEX_WORDS, SEXES, Array, Panel
from sosei.values import Problem, Words


class Clip(NamedTuple):
    """A cell that would have fallen below zero: area, sex, age and year at the end of the step, persons added."""

    area: str
    sex: str
    age: int
    year: int
    persons: float

    def words(self) -> Words:
        """The clip in one sentence."""
        who = SEX_WORDS[self.sex]
        return Words(
            f"{self.area} {self.year}年 {who.ja} {self.age}歳からの階級が負になるため 0 にしました"
            f"（{self.persons:.3f}人を調整）",
            f"{self.area} {self.year} {who.en}, group from {self.age}: would be negative, set to 0 "
            f"({self.persons:.3f} persons adjusted)",
        )


class Course(NamedTuple):
    """A run: ``values`` ``[step + 1, sex, age, area]``; what was clipped or adjusted, by end age, or None."""

    values: Array
    clipped: Array | None
    adjusted: Array | None


class Recurrence:
    """The recurrence of ``assumptions``, made ready once and run for any base.

    ``run`` takes ``[..., sex, age, area]`` and gives ``[step + 1, ..., sex, age, area]``.
    """

    def __init__(self, assumptions: Assumptions) -> None:
        self._given = assumptions
        self.retained = np.ascontiguousarray(
            assumptions.survival + assumptions.migration.own(assumptions.survival)
        )
        self._may_fall = bool((self.retained < 0).any()) or assumptions.migration.may_take

    def run(self, base: Array) -> Course:
        """All steps from ``base``."""
        given = self._given
        values = np.empty((len(given.starts) + 1, *base.shape))
        values[0] = base
        clipped = np.zeros_like(values[1:]) if self._may_fall else None
        adjusted = None if given.totals is None else np.zeros_like(values[1:])
        buffer = np.empty((*base.shape[:-2], base.shape[-1]))
        for step in range(len(given.starts)):
            start, end = values[step], values[step + 1]
            self._move(step, start, end, buffer)
            if clipped is not None:
                _clip(end[..., 1:, :], clipped[step][..., 1:, :])
            given.fertility.bear(step, given.ages, start, end)
            if given.totals is not None and adjusted is not None:
                _control(end, given.totals[step], adjusted[step])
            if given.arrivals is not None:
                end += given.arrivals[step]
        return Course(values, clipped, adjusted)

    def _move(self, step: int, start: Array, end: Array, buffer: Array) -> None:
        """Survival and migration of everybody who is there at the start."""
        given, retained = self._given, self.retained[step]
        np.multiply(start[..., :-1, :], retained[..., :-1, :], out=end[..., 1:, :])
        np.multiply(start[..., -1, :], retained[..., -1, :], out=buffer)
        end[..., -1, :] += buffer
        coming = given.migration.coming(step, start, given.survival[step])
        if coming is not None:
            end[..., 1:, :] += coming[..., :-1, :]
            end[..., -1, :] += coming[..., -1, :]


@dataclass(frozen=True, eq=False)
class Projection:
    """将来推計: the population of every year, with the assumptions and all that was clipped or adjusted.

    ``clipped`` and ``adjusted`` are ``[step, sex, age, area]`` persons by age at the end of the step; None
    where nothing could be.
    """

    panel: Panel
    assumptions: Assumptions
    clipped: Array | None = None
    adjusted: Array | None = None

    @cached_property
    def clips(self) -> tuple[Clip, ...]:
        """Every cell that was clipped."""
        if self.clipped is None:
            return ()
        return tuple(
            Clip(
                self.panel.areas[area],
                SEXES[sex],
                self.panel.ages.lower[age],
                self.panel.years[step + 1],
                float(self.clipped[step, sex, age, area]),
            )
            for step, sex, age, area in np.argwhere(self.clipped > 0).tolist()
        )

    def alone(self, code: str) -> tuple[Panel, Assumptions]:
        """The base and the assumptions of one area, with the pools of this run kept."""
        given = self.assumptions
        kept = replace(given, migration=given.migration.stored(self.panel.values[:-1], given.survival))
        return self.panel.at(self.panel.years[0]).area(code), kept.area(code)


def project(base: Panel, assumptions: Assumptions, until: int | None = None) -> Projection:
    """The projection from ``base`` (one year) to ``until`` (default: the last step).

    Its panel carries the sources of both, so that what is derived or extended says so.

    Raises Problem where base and assumptions do not fit: ages, areas, years.
    """
    _check_fit(base, assumptions)
    given = assumptions.between(base.years[0], assumptions.ends[-1] if until is None else until)
    with np.errstate(over="ignore", invalid="ignore"):  # the panel names a cell that is no number
        course = Recurrence(given).run(base.values[0])
    sources = tuple(dict.fromkeys((*base.sources, *given.sources)))
    panel = replace(base, values=course.values, years=(base.years[0], *given.ends), sources=sources)
    return Projection(panel, given, course.clipped, course.adjusted)


def _check_fit(base: Panel, assumptions: Assumptions) -> None:
    if len(base.years) != 1:
        raise Problem(
            f"基準人口は一つの年だけにしてください（{len(base.years)} 年分があります）",
            f"the base population must be of one year ({len(base.years)} are there)",
        )
    if base.ages != assumptions.ages:
        raise Problem(
            f"年齢階級が合いません（基準人口は{_ages(base.ages)[0]}、仮定値は{_ages(assumptions.ages)[0]}）",
            f"the age groups differ (base population {_ages(base.ages)[1]}, assumptions {_ages(assumptions.ages)[1]})",
        )
    if base.areas != assumptions.areas:
        odd = next(iter(set(base.areas) ^ set(assumptions.areas)), "")
        raise Problem(
            f"基準人口と仮定値の地域が合いません（{odd or '順序が違います'}）",
            f"the areas of base population and assumptions differ ({odd or 'in their order'})",
        )


def _ages(ages: AgeScheme) -> tuple[str, str]:
    return f"{ages.width}歳きざみ{ages.labels('ja')[-1]}まで", f"by {ages.width} to {ages.labels('en')[-1]}"


def _clip(cells: Array, clipped: Array) -> None:
    """Set what is below zero to zero and note it."""
    below = np.minimum(cells, 0)
    clipped -= below
    cells -= below


def _control(end: Array, totals: Array, adjusted: Array) -> None:
    """一律補正: scale every sex and age to its total over the areas; NaN is no total, and nobody is not scaled."""
    sums = end.sum(axis=-1)
    factor = np.divide(totals, sums, out=np.ones_like(sums), where=(sums > 0) & ~np.isnan(totals))
    adjusted += end * (factor - 1)[..., None]
    end *= factor[..., None]
