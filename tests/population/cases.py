"""Invented populations and assumptions (サンプル), large enough to go wrong and small enough to read."""

from __future__ import annotations

import numpy as np

from sosei.population.ages import AgeScheme
from sosei.population.assumptions import Assumptions
from sosei.population.fertility import AgeSpecific, ChildWoman
from sosei.population.migration import GrossPool, Migration, NetCount, NetRate, Sum, Zero
from sosei.population.panel import Array, Panel

FIVE = AgeScheme(5, 19)
ONE = AgeScheme(1, 91)


def panel(areas: int = 3, ages: AgeScheme = FIVE, seed: int = 1, year: int = 2020) -> Panel:
    """A base population."""
    values = np.random.default_rng(seed).uniform(5, 500, (1, 2, ages.groups, areas))
    codes = tuple(f"{n:05}" for n in range(1, areas + 1))
    return Panel(values, (year,), ages, codes, tuple(f"サンプル{code}" for code in codes))


def survival(ages: AgeScheme, steps: int, areas: int) -> Array:
    """Falling with age, from nearly 1 to about a quarter in five years."""
    by_age = np.exp(-ages.width * 0.0004 * np.exp(0.075 * np.array(ages.lower)))
    sexes = np.stack([by_age**1.3, by_age])
    return np.tile(sexes[None, :, :, None], (steps, 1, 1, areas))


def net_rate(ages: AgeScheme, steps: int, areas: int, seed: int = 2, most: float = 0.1) -> NetRate:
    """Net rates between plus and minus ``most``."""
    return NetRate(np.random.default_rng(seed).uniform(-most, most, (steps, 2, ages.groups, areas)))


def gross(ages: AgeScheme, steps: int, areas: int, seed: int = 3) -> GrossPool:
    """Out-rates up to a fifth and shares that add up to 1."""
    random = np.random.default_rng(seed)
    out_rate = random.uniform(0, 0.2, (steps, 2, ages.groups, areas))
    share = random.uniform(0.1, 1, (steps, 2, ages.groups, areas))
    return GrossPool(out_rate, share / share.sum(axis=-1, keepdims=True))


def counts(ages: AgeScheme, steps: int, areas: int, total: float = -20.0) -> NetCount:
    """Net counts spread evenly."""
    profile = np.full((2, ages.groups, 1), 1 / (2 * ages.groups))
    return NetCount.spread(np.full((steps, areas), total), profile)


def migrations(ages: AgeScheme, steps: int, areas: int) -> dict[str, Migration]:
    """Every kind."""
    net, pool = net_rate(ages, steps, areas), gross(ages, steps, areas)
    return {
        "zero": Zero(),
        "net": net,
        "gross": pool,
        "gross of survivors": GrossPool(pool.out_rate, pool.share, timing="survivors"),
        "stored pool": GrossPool(pool.out_rate, pool.share, np.full((steps, 2, ages.groups, 1), 40.0)),
        "counts": counts(ages, steps, areas),
        "sum": Sum((net, pool, counts(ages, steps, areas, 12.0))),
    }


def child_woman(steps: int, areas: int, births: bool = False) -> ChildWoman:
    """About the nation's of 2015."""
    alive = np.full((steps, 2, areas), 0.997) if births else None
    return ChildWoman(np.full((steps, areas), 0.19), np.full((steps, areas), 0.5127), alive)


def age_specific(ages: AgeScheme, steps: int, areas: int, tfr: float = 1.5) -> AgeSpecific:
    """Births at 20-39 alone, all ages alike."""
    rate = np.zeros((steps, ages.groups, areas))
    rate[:, ages.index(20) : ages.index(40)] = tfr / 20
    return AgeSpecific(rate, np.full((steps, 2, areas), 0.997))


def assumptions(base: Panel, steps: int = 4, migration: Migration | None = None) -> Assumptions:
    """For ``base``, by child-woman ratio."""
    ages, areas = base.ages, len(base.areas)
    return Assumptions(
        starts=tuple(base.years[0] + ages.width * step for step in range(steps)),
        ages=ages,
        areas=base.areas,
        survival=survival(ages, steps, areas),
        migration=Zero() if migration is None else migration,
        fertility=child_woman(steps, areas),
    )
