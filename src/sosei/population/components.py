"""自然増減・社会増減: what a projection is made of, and the identity that must hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sosei.population.engine import Projection
from sosei.population.panel import Array


@dataclass(frozen=True, eq=False)
class Components:
    """The parts of every step, persons.

    By age at the START of the step ``[step, sex, age, area]``: ``deaths``, ``into``, ``out`` (gross flows
    where they are known) and ``net`` (migration of which only the net is known).  By sex ``[step, sex,
    area]``: ``births`` and ``infant_deaths``.  By age at the END: ``arrivals`` (extra movers),
    ``adjustment`` (control totals) and ``clipped`` (added to cells below zero).  Where fertility is a
    child-woman ratio without survival of births, ``births`` are the children 0-4 at the end, whose deaths
    and migration the ratio holds.
    """

    population: Array
    births: Array
    infant_deaths: Array
    deaths: Array
    into: Array
    out: Array
    net: Array
    arrivals: Array
    adjustment: Array
    clipped: Array

    def natural(self) -> Array:
        """自然増減: births − deaths, ``[step, area]``."""
        dead = self.infant_deaths.sum(axis=1) + self.deaths.sum(axis=(1, 2))
        return np.asarray(self.births.sum(axis=1) - dead)

    def social(self) -> Array:
        """社会増減: all who came − all who left, extra movers too, ``[step, area]``."""
        return np.asarray((self.into - self.out + self.net + self.arrivals).sum(axis=(1, 2)))

    def beside(self) -> Array:
        """調整: control totals and clipped cells, ``[step, area]``."""
        return np.asarray((self.adjustment + self.clipped).sum(axis=(1, 2)))

    def residual(self) -> Array:
        """P(t+w) − P(t) − (births − deaths + migration + adjustment), ``[step, area]``: zero but for rounding."""
        total = self.population.sum(axis=(1, 2))
        return np.asarray(np.diff(total, axis=0) - self.natural() - self.social() - self.beside())


def components(projection: Projection) -> Components:
    """The parts of ``projection``, each by its own equation and none as a remainder."""
    given, values = projection.assumptions, projection.panel.values
    start, end = values[:-1], values[1:]
    flows = given.migration.flows(start, given.survival)
    nobody = np.zeros_like(start)
    arrivals = nobody if given.arrivals is None else given.arrivals + nobody
    adjustment = nobody if projection.adjusted is None else projection.adjusted
    clipped = nobody if projection.clipped is None else projection.clipped
    counted = end - arrivals - adjustment  # as it stood when the children were counted
    births = given.fertility.births(given.ages, start, counted)
    return Components(
        population=values,
        births=births.born,
        infant_deaths=births.dead,
        deaths=start * (1 - given.survival),
        into=flows.into + nobody,
        out=flows.out + nobody,
        net=flows.net + nobody,
        arrivals=arrivals,
        adjustment=adjustment,
        clipped=clipped,
    )
