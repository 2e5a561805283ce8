"""目標人口からの逆算: how much of a lever reaches a population in a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from sosei.population.assumptions import Assumptions
from sosei.population.engine import Projection, project
from sosei.population.levers import Lever
from sosei.population.panel import MOST_PERSONS, Panel
from sosei.values import Problem, Words

_EXACT = 1e-6  # persons
_HALVINGS = 60


class Status(Enum):
    """What came of the search."""

    SOLVED = "solved"
    ALREADY = "already"
    """The target is reached without any of it."""
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """逆算の答え: ``amount`` of the lever gives ``population`` in ``year``.

    Where the target cannot be reached, ``amount`` is the most there can be (None where more does not help)
    and ``population`` what it gives.  ``without`` is the population without the lever.  ``exact``: by
    proportion, else by halving to less than a millionth of a person.
    ``clipped``: persons added to cells that would have fallen below zero on the way.
    """

    lever: Lever
    year: int
    target: float
    status: Status
    amount: float | None
    population: float
    without: float
    exact: bool
    clipped: float
    convention: Words

    @property
    def amount_words(self) -> Words | None:
        """``amount`` as people write it, with its unit."""
        return None if self.amount is None else self.lever.words(self.amount)

    def words(self) -> Words:
        """The answer in one sentence; the convention stands apart."""
        goal = Words(f"{self.year}年に{self.target:,.0f}人", f"{self.target:,.0f} persons in {self.year}")
        if self.status is Status.ALREADY:
            return Words(
                f"{goal.ja}には、追加の取組がなくても達します（{self.without:,.0f}人）",
                f"{goal.en} are reached without it ({self.without:,.0f})",
            )
        what, amount = self.lever.what, self.amount_words
        if self.status is Status.UNREACHABLE or amount is None:
            most = "最大でも" if amount is None else f"最大の{amount.ja}でも"
            return Words(
                f"{goal.ja}には、{what.ja}だけでは達しません（{most}{self.population:,.0f}人）",
                f"{goal.en} cannot be reached by the {what.en} alone (at most {self.population:,.0f}"
                f"{f', with {amount.en}' if amount else ''})",
            )
        return Words(
            f"{goal.ja}に達するには、{what.ja}が{amount.ja}必要です（ない場合は{self.without:,.0f}人）",
            f"{goal.en} need {amount.en}: {what.en} (without it {self.without:,.0f})",
        )


def solve(lever: Lever, base: Panel, given: Assumptions, targets: Mapping[int, float]) -> tuple[Answer, ...]:
    """One answer for each year of ``targets`` (persons by year), for the one area of ``base``.

    Exact by proportion where the population is linear in the lever, by halving where it is not or where
    cells are clipped.  Raises Problem for several areas, a year that no step ends in, or a target that is
    negative or no number.
    """
    if len(base.areas) != 1:
        raise Problem(
            f"逆算は一つの地域について行います（{len(base.areas)} 地域が指定されました）",
            f"a target is sought for one area ({len(base.areas)} were given)",
        )
    return tuple(_Search(lever, base, given, year, target).answer() for year, target in targets.items())


class _Search:
    """One target in one year."""

    def __init__(self, lever: Lever, base: Panel, given: Assumptions, year: int, target: float) -> None:
        if not 0 <= target <= MOST_PERSONS:
            raise Problem(
                f"目標人口が {target:g} です。0 以上 {MOST_PERSONS:,.0f} 以下の数にしてください",
                f"the target is {target:g}; it must be a number from 0 to {MOST_PERSONS:,.0f}",
            )
        self._lever, self._base, self._year, self._target = lever, base, year, target
        self._steps = given.between(base.years[0], year)
        self._without = _total(self._run(self._steps))

    def answer(self) -> Answer:
        """By proportion or by halving."""
        if self._without >= self._target:
            return self._said(Status.ALREADY, 0.0 if self._lever.linear else None)
        return self._by_proportion() if self._lever.linear else self._by_halving(self._lever.highest or 1.0)

    def _by_proportion(self) -> Answer:
        effect = self._reached(1.0) - self._without
        highest = self._lever.highest
        if effect <= 0:
            return self._said(Status.UNREACHABLE, None)
        amount = (self._target - self._without) / effect
        if highest is not None and amount > highest:
            return self._said(Status.UNREACHABLE, highest)
        if abs(self._reached(amount) - self._target) <= _EXACT:
            return self._said(Status.SOLVED, amount)
        while self._reached(amount) < self._target:  # cells were clipped: not quite a straight line
            amount *= 2
        return self._by_halving(amount if highest is None else min(amount, highest))

    def _by_halving(self, highest: float) -> Answer:
        if self._reached(highest) < self._target:
            return self._said(Status.UNREACHABLE, highest, exact=False)
        amount = _halved(self._reached, self._target, highest)
        return self._said(Status.SOLVED, amount, exact=False)

    def _reached(self, amount: float) -> float:
        return _total(self._run(self._lever.put(amount, self._base, self._steps)))

    def _run(self, given: Assumptions) -> Projection:
        return project(self._base, given, self._year)

    def _said(self, status: Status, amount: float | None, exact: bool = True) -> Answer:
        given = self._lever.put(amount, self._base, self._steps) if amount else self._steps
        found = self._run(given)
        return Answer(
            lever=self._lever,
            year=self._year,
            target=self._target,
            status=status,
            amount=amount,
            population=_total(found),
            without=self._without,
            exact=exact,
            clipped=sum(clip.persons for clip in found.clips),
            convention=self._convention(),
        )

    def _convention(self) -> Words:
        """The lever's, and how the last published step is gone beyond."""
        convention, held_from = self._lever.convention(self._steps), self._steps.held_from
        if held_from is None or self._year <= held_from:
            return convention
        return Words(
            f"{convention.ja}。{held_from}年より先は、最後の期間の率をもとに延長",
            f"{convention.en}; beyond {held_from} the rates of the last step are carried on",
        )


def _total(found: Projection) -> float:
    return float(found.panel.values[-1].sum())


def _halved(reached: Callable[[float], float], target: float, high: float) -> float:
    """Where between 0 and ``high`` the target is reached to a millionth of a person, never short of it.

    More of the lever means more people.
    """
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = reached(middle)
        if found < target:
            low = middle
            continue
        high = middle
        if found - target <= _EXACT:
            break
    return high
