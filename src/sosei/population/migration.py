"""移動: how people come and go within a step.

Every kind says the same two things of a step: which share of an area's own starting population it adds
(``own``), and how many persons come independently of it (``coming``).  Arrays are ``[step, sex, age,
area]``; the age is that at the start of the step; an axis of length 1 stands for all, but for that of the
steps, which is always whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Protocol, Self

import numpy as np

from sosei.population.panel import Array
from sosei.values import Problem

Each = Callable[[Array], Array]
At = int | slice
"""A step, or all steps at once."""
Direction = Literal["in", "out", "both"]
Timing = Literal["start", "survivors"]
"""Whom the out-rate is taken of: the population at the start of the step, or those who survive it."""


class Flows(NamedTuple):
    """Persons by starting age: gross flows where they are known, else the net of the rest."""

    into: Array | float
    out: Array | float
    net: Array | float


class Migration(Protocol):
    """A kind of migration."""

    @property
    def may_take(self) -> bool:
        """Whether ``coming`` may be negative."""

    @property
    def coupled(self) -> bool:
        """Whether an area's migrants depend on the other areas of the run."""

    def own(self, survival: Array) -> Array | float:
        """What is added per person of the starting population, ``[step, sex, age, area]``."""

    def coming(self, at: At, start: Array, survival: Array) -> Array | None:
        """Persons who come whatever the area's own population; ``start`` is the population at the start."""

    def flows(self, start: Array, survival: Array) -> Flows:
        """The flows of all steps, ``start`` being ``[step, sex, age, area]``."""

    def stored(self, start: Array, survival: Array) -> Migration:
        """The same kind with the pool of a run kept, so that areas can be run alone."""

    def each(self, change: Each) -> Migration:
        """The same kind with ``change`` made to every array that has a step axis."""

    def scaled(self, factor: Array, direction: Direction) -> Migration:
        """Movement multiplied by ``factor`` ``[step, sex, age, 1]``: those who come, who leave, or both."""


class _Alone:
    """An area by itself: nothing to keep of the others."""

    coupled = False

    def stored(self, start: Array, survival: Array) -> Self:  # noqa: ARG002 - the protocol
        """Itself."""
        return self


@dataclass(frozen=True, eq=False)
class Zero(_Alone):
    """封鎖人口: no net migration at any age."""

    may_take = False

    def own(self, survival: Array) -> float:  # noqa: ARG002 - the protocol
        """Nothing."""
        return 0.0

    def coming(self, at: At, start: Array, survival: Array) -> None:
        """Nobody."""

    def flows(self, start: Array, survival: Array) -> Flows:  # noqa: ARG002
        """None."""
        return Flows(0.0, 0.0, 0.0)

    def each(self, change: Each) -> Zero:  # noqa: ARG002
        """Itself."""
        return self

    def scaled(self, factor: Array, direction: Direction) -> Zero:  # noqa: ARG002
        """Itself."""
        return self


@dataclass(frozen=True, eq=False)
class NetRate(_Alone):
    """純移動率: net migrants per person of the starting population, for each step."""

    rate: Array
    may_take = False

    def own(self, survival: Array) -> Array:  # noqa: ARG002
        """The rate."""
        return self.rate

    def coming(self, at: At, start: Array, survival: Array) -> None:
        """Nobody beside the rate."""

    def flows(self, start: Array, survival: Array) -> Flows:  # noqa: ARG002
        """Net only: a net rate does not say who came and who left."""
        return Flows(0.0, 0.0, start * self.rate)

    def each(self, change: Each) -> NetRate:
        """With ``change`` made to the rates."""
        return NetRate(change(self.rate))

    def scaled(self, factor: Array, direction: Direction) -> NetRate:
        """Gains count as those who come, losses as those who leave."""
        return NetRate(_scaled_net(self.rate, factor, direction))


@dataclass(frozen=True, eq=False)
class GrossPool:
    """転出率と配分率: people leave into a pool, and each area takes its share of the pool.

    ``out_rate`` and ``share`` are ``[step, sex, age, area]``.  ``pool`` (persons, ``[step, sex, age, 1 or
    area]``) is a stored one; without it the pool is what leaves the areas of the run, plus
    ``international`` where given.  Shape of the method: 令和5年推計 of 社人研.
    """

    out_rate: Array
    share: Array
    pool: Array | None = None
    international: Array | None = None
    timing: Timing = "start"
    may_take = False

    @property
    def coupled(self) -> bool:
        """Without a stored pool the areas feed each other."""
        return self.pool is None

    def stored(self, start: Array, survival: Array) -> GrossPool:
        """With the pool of the run kept."""
        return replace(self, pool=self.pool_of(slice(None), start, survival), international=None)

    def own(self, survival: Array) -> Array:
        """Those who leave, as a negative rate."""
        return -self.out_rate * survival if self.timing == "survivors" else -self.out_rate

    def coming(self, at: At, start: Array, survival: Array) -> Array:
        """The area's share of the pool."""
        return self.share[at] * self.pool_of(at, start, survival)

    def pool_of(self, at: At, start: Array, survival: Array) -> Array:
        """全国プール: the persons to be shared out, last axis 1 (or area where a stored pool differs)."""
        if self.pool is not None:
            return self.pool[at]
        base = start * survival if self.timing == "survivors" else start
        pool: Array = (self.out_rate[at] * base).sum(axis=-1, keepdims=True)
        return pool if self.international is None else pool + self.international[at]

    def flows(self, start: Array, survival: Array) -> Flows:
        """Both gross flows."""
        every = slice(None)
        return Flows(self.coming(every, start, survival), -start * self.own(survival), 0.0)

    def each(self, change: Each) -> GrossPool:
        """With ``change`` made to rates, shares and pools."""
        return replace(
            self,
            out_rate=change(self.out_rate),
            share=change(self.share),
            pool=None if self.pool is None else change(self.pool),
            international=None if self.international is None else change(self.international),
        )

    def scaled(self, factor: Array, direction: Direction) -> GrossPool:
        """Out-rates and shares multiplied; a pool of the run follows, a stored one does not."""
        return replace(
            self,
            out_rate=self.out_rate if direction == "in" else self.out_rate * factor,
            share=self.share if direction == "out" else self.share * factor,
        )


@dataclass(frozen=True, eq=False)
class NetCount(_Alone):
    """移動数: net migrants cell by cell, ``[step, sex, age, area]`` persons.

    Counts empty a shrinking cell sooner or later: what they would take below zero is clipped and reported.
    """

    persons: Array

    @classmethod
    def spread(cls, total: Array, profile: Array) -> NetCount:
        """``total`` migrants a step ``[step, area]``, spread by ``profile`` ``[sex, age, 1 or area]``.

        The profile adds up to 1 over sex and age.  Raises Problem where it does not.
        """
        shares = profile.sum(axis=(0, 1))
        if not np.allclose(shares, 1, rtol=0, atol=1e-9):
            raise Problem(
                f"移動数の年齢別の割合の合計が 1 になりません（{float(shares.flat[0])}）",
                f"the age profile of the net migrants adds up to {float(shares.flat[0])}, not to 1",
            )
        return cls(total[:, None, None, :] * profile)

    @property
    def may_take(self) -> bool:
        """Whether anybody leaves by count."""
        return bool((self.persons < 0).any())

    def own(self, survival: Array) -> float:  # noqa: ARG002
        """Nothing depends on the population."""
        return 0.0

    def coming(self, at: At, start: Array, survival: Array) -> Array:  # noqa: ARG002
        """The counts."""
        return self.persons[at]

    def flows(self, start: Array, survival: Array) -> Flows:  # noqa: ARG002
        """Net only."""
        return Flows(0.0, 0.0, self.persons)

    def each(self, change: Each) -> NetCount:
        """With ``change`` made to the counts."""
        return NetCount(change(self.persons))

    def scaled(self, factor: Array, direction: Direction) -> NetCount:
        """The counts multiplied: gains as those who come, losses as those who leave."""
        return NetCount(_scaled_net(self.persons, factor, direction))


@dataclass(frozen=True, eq=False)
class Sum:
    """Several kinds at once."""

    parts: tuple[Migration, ...]

    @property
    def may_take(self) -> bool:
        """Whether one of them may."""
        return any(part.may_take for part in self.parts)

    @property
    def coupled(self) -> bool:
        """Whether one of them is."""
        return any(part.coupled for part in self.parts)

    def stored(self, start: Array, survival: Array) -> Sum:
        """With the pools of all parts kept."""
        return Sum(tuple(part.stored(start, survival) for part in self.parts))

    def own(self, survival: Array) -> Array | float:
        """The rates of all parts together."""
        total: Array | float = 0.0
        for part in self.parts:
            total = total + part.own(survival)
        return total

    def coming(self, at: At, start: Array, survival: Array) -> Array | None:
        """Those who come by all parts."""
        total: Array | None = None
        for part in self.parts:
            found = part.coming(at, start, survival)
            if found is not None:
                total = found if total is None else total + found
        return total

    def flows(self, start: Array, survival: Array) -> Flows:
        """The flows of all parts."""
        into: Array | float = 0.0
        out: Array | float = 0.0
        net: Array | float = 0.0
        for part in self.parts:
            found = part.flows(start, survival)
            into, out, net = into + found.into, out + found.out, net + found.net
        return Flows(into, out, net)

    def each(self, change: Each) -> Sum:
        """With ``change`` made to every part."""
        return Sum(tuple(part.each(change) for part in self.parts))

    def scaled(self, factor: Array, direction: Direction) -> Sum:
        """With every part multiplied."""
        return Sum(tuple(part.scaled(factor, direction) for part in self.parts))


def _scaled_net(net: Array, factor: Array, direction: Direction) -> Array:
    if direction == "both":
        return net * factor
    chosen = net > 0 if direction == "in" else net < 0
    return np.where(chosen, net * factor, net)
