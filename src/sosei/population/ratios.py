"""Ratios derived from a published projection, for want of the 仮定値表: flagged as derived, wherever they go.

The method, by name "national cohort ratio": S is the cohort ratio of the national projection (so it holds
the nation's net immigration too), n is the published cohort ratio of the area less S, child-woman ratio and
male share are those of the published table.  The last two groups share one ratio.  The engine returns the
published figures, but for cells that are reached from none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sosei.population.assumptions import Assumptions, for_the_pair
from sosei.population.fertility import ChildWoman
from sosei.population.migration import NetRate
from sosei.population.panel import SEX_WORDS, SEXES, Array, Origin, Panel
from sosei.values import Problem, Words

METHOD = Words(
    "率は、もとにする推計の人口から逆算したもので、公表された仮定値表の値ではありません"
    "（生残率は全国推計のコーホート比、純移動率は地域のコーホート比との差）。",
    "The rates are derived from the base projection and are not the published assumptions (survival is the cohort "
    "ratio of the national projection, net migration the difference from the area's cohort ratio).",
)


class Unreached(NamedTuple):
    """Persons in a published cell whose cohort was zero before: area, sex, age and year of the cell."""

    area: str
    sex: str
    age: int
    year: int
    persons: float

    def words(self) -> Words:
        """In one sentence."""
        who = SEX_WORDS[self.sex]
        return Words(
            f"{self.area} {self.year}年 {who.ja} {self.age}歳からの階級の{self.persons:g}人は、"
            "元の人口が 0 のため率では再現できません",
            f"{self.area} {self.year} {who.en}, group from {self.age}: {self.persons:g} persons cannot be reached "
            "by a rate, because the cohort was zero",
        )


@dataclass(frozen=True, eq=False)
class Derived:
    """The assumptions, and the published cells that no rate reaches."""

    assumptions: Assumptions
    unreached: tuple[Unreached, ...]


def cohort_ratios(panel: Panel) -> tuple[Array, NDArray[np.bool_]]:
    """Persons at the end over persons at the start, ``[step, sex, age, area]``, and which have a base.

    The last two groups have one ratio together.  Where the base is zero the ratio is 0.
    """
    ends = panel.values[1:, :, 1:]
    base = panel.values[:-1, :, :-1].copy()
    base[:, :, -1] += panel.values[:-1, :, -1]
    known = base > 0
    ratio = np.divide(ends, base, out=np.zeros_like(base), where=known)
    return for_the_pair(ratio), for_the_pair(known.astype(np.float64)) > 0


def derive(published: Panel, nation: Panel) -> Derived:
    """Assumptions that return ``published``; ``nation`` is the national projection, one area.

    The nation may have more age groups and later years.  Raises Problem where a year or an age is missing.
    """
    check_steps(published)
    _check_nation(nation, published)
    ours, known = cohort_ratios(published)
    survival = national_survival(nation, published)
    rate = np.where(known, ours - survival, 0.0)
    note = Origin("", "", "", "derived", METHOD)
    assumptions = Assumptions(
        starts=published.years[:-1],
        ages=published.ages,
        areas=published.areas,
        survival=survival,
        migration=NetRate(rate),
        fertility=ChildWoman(published.child_woman_ratio()[1:], male_share(published)[1:]),
        sources=(*published.sources, *nation.sources, note),
    )
    return Derived(assumptions, _unreached(published, known))


def national_survival(nation: Panel, like: Panel) -> Array:
    """The nation's cohort ratios for the steps and ages of ``like``, ``[step, sex, age, 1]``."""
    ratio, _ = cohort_ratios(nation_like(nation, like.years, like.ages.lower[-1]))
    return ratio


def nation_like(nation: Panel, years: tuple[int, ...], oldest: int) -> Panel:
    """The national projection of ``years``, its open group from ``oldest``.

    Raises Problem for several areas and where a year or an age is missing.
    """
    if len(nation.areas) != 1:
        raise Problem(
            f"全国推計は全国だけの表にしてください（{len(nation.areas)} 地域があります）",
            f"the national projection must be of the nation alone (there are {len(nation.areas)} areas)",
        )
    try:
        fitting = nation.with_open_group(oldest)
        values = np.concatenate([fitting.at(year).values for year in years])
    except Problem as problem:
        raise Problem(f"全国推計に{problem.ja}", f"national projection: {problem.en}") from None
    return replace(fitting, values=values, years=years)


def male_share(panel: Panel) -> Array:
    """0～4歳の男の割合, ``[year, area]``; one half where there are no children."""
    boys, girls = panel.values[:, 0, 0], panel.values[:, 1, 0]
    children = boys + girls
    return np.divide(boys, children, out=np.full_like(children, 0.5), where=children > 0)


def check_steps(panel: Panel) -> None:
    """Raise Problem where ``panel`` does not go step by step."""
    gaps = [b for a, b in zip(panel.years, panel.years[1:], strict=False) if b != a + panel.ages.width]
    if gaps or len(panel.years) < 2:
        raise Problem(
            f"率を逆算するには{panel.ages.width}年ごとの人口が必要です（{'、'.join(map(str, panel.years))}年）",
            f"ratios need the population of every {panel.ages.width} years "
            f"(found {', '.join(map(str, panel.years))})",
        )


def _check_nation(nation: Panel, like: Panel) -> None:
    """Raise Problem where the nation's years or ages do not carry those of ``like``."""
    ours, theirs = like.ages, nation.ages
    if theirs.width != ours.width or theirs.lower[-1] < ours.lower[-1]:
        raise Problem(
            f"推計の年齢は{ours.width}歳きざみで{ours.lower[-1]}歳以上まで、全国の推計は{theirs.width}歳きざみで"
            f"{theirs.lower[-1]}歳以上までです。きざみが同じで、同じ年齢以上まである全国の推計が必要です",
            f"the projection has ages of {ours.width} years up to {ours.lower[-1]} and over, the national one of "
            f"{theirs.width} up to {theirs.lower[-1]} and over; a national projection with the same steps of age, "
            "up to the same age at least, is needed",
        )
    if missing := [str(year) for year in like.years if year not in nation.years]:
        raise Problem(
            f"全国の推計に{'、'.join(missing)}年がありません（あるのは{nation.years[0]}～{nation.years[-1]}年）。"
            "推計と同じ年のある全国の推計が必要です",
            f"the national projection lacks {', '.join(missing)} (it goes from {nation.years[0]} to "
            f"{nation.years[-1]}); one with the years of the projection is needed",
        )


def _unreached(panel: Panel, known: NDArray[np.bool_]) -> tuple[Unreached, ...]:
    ends = panel.values[1:, :, 1:]
    missed = (ends > 0) & ~known[:, :, :-1]
    return tuple(
        Unreached(
            panel.areas[area],
            SEXES[sex],
            panel.ages.lower[age + 1],
            panel.years[step + 1],
            float(ends[step, sex, age, area]),
        )
        for step, sex, age, area in np.argwhere(missed).tolist()
    )
