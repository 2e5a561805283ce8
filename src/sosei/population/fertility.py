"""出生: children of the first age group at the end of a step, by child-woman ratio or by fertility rates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np

from sosei.population.ages import AgeScheme
from sosei.population.panel import Array

SEX_RATIO_AT_BIRTH = 105.2
"""出生性比: boys per 100 girls, as the national projection of 平成29年 uses it."""


class Births(NamedTuple):
    """Births, and those of them who die before the end of the step; both ``[step, sex, area]``."""

    born: Array
    dead: Array


class Fertility(Protocol):
    """A way to the children of a step."""

    def bear(self, step: int, ages: AgeScheme, start: Array, end: Array) -> None:
        """Write the first age group of ``end`` ``[..., sex, age, area]`` from the women in both."""

    def births(self, ages: AgeScheme, start: Array, end: Array) -> Births:
        """Births of all steps, ``start`` and ``end`` being ``[step, sex, age, area]``."""

    def each(self, change: Callable[[Array], Array]) -> Fertility:
        """The same with ``change`` made to every array that has a step axis."""


@dataclass(frozen=True, eq=False)
class ChildWoman:
    """子ども女性比: children 0-4 over women 15-49, both at the END of the step, and the male share of 0-4.

    ``cwr`` and ``male_share`` are ``[step, 1 or area]``.  The ratio already holds the death and the
    migration of young children.  ``birth_survival`` ``[step, sex, 1 or area]`` serves only to say how many
    births stand behind the children (births = children / survival); without it births are the children.
    """

    cwr: Array
    male_share: Array
    birth_survival: Array | None = None

    def bear(self, step: int, ages: AgeScheme, start: Array, end: Array) -> None:  # noqa: ARG002
        """Children from the women at the end."""
        women = end[..., 1, ages.mothers, :].sum(axis=-2)
        women *= self.cwr[step]
        boys, girls = end[..., 0, 0, :], end[..., 1, 0, :]
        np.multiply(women, self.male_share[step], out=boys)
        np.subtract(women, boys, out=girls)

    def births(self, ages: AgeScheme, start: Array, end: Array) -> Births:  # noqa: ARG002
        """The children, or where the survival of births is known the births behind them."""
        women = end[:, 1, ages.mothers].sum(axis=1)
        children = women * self.cwr
        by_sex = np.stack([children * self.male_share, children * (1 - self.male_share)], axis=1)
        if self.birth_survival is None:
            return Births(by_sex, np.zeros_like(by_sex))
        born = by_sex / self.birth_survival
        return Births(born, born * (1 - self.birth_survival))

    def each(self, change: Callable[[Array], Array]) -> ChildWoman:
        """With ``change`` made to ratios and shares."""
        survival = None if self.birth_survival is None else change(self.birth_survival)
        return ChildWoman(change(self.cwr), change(self.male_share), survival)


@dataclass(frozen=True, eq=False)
class AgeSpecific:
    """年齢別出生率: births a year per woman of a group, the women being the mean of start and end.

    ``rate`` is ``[step, age, 1 or area]`` over all age groups, ``birth_survival`` ``[step, sex, 1 or area]``
    from birth to the first group at the end of the step.  Newborn children do not move.  The first group
    bears no children (at the end of the step it is what is sought), whatever its rate.
    """

    rate: Array
    birth_survival: Array
    sex_ratio: float = SEX_RATIO_AT_BIRTH

    def bear(self, step: int, ages: AgeScheme, start: Array, end: Array) -> None:
        """Births, split by sex and survived to the end of the step."""
        women = (start[..., 1, 1:, :] + end[..., 1, 1:, :]) / 2
        births = ages.width * (women * self.rate[step, 1:]).sum(axis=-2)
        for sex, share in enumerate(self._shares()):
            end[..., sex, 0, :] = births * share * self.birth_survival[step][sex]

    def births(self, ages: AgeScheme, start: Array, end: Array) -> Births:
        """Births by sex."""
        women = (start[:, 1, 1:] + end[:, 1, 1:]) / 2
        births = ages.width * (women * self.rate[:, 1:]).sum(axis=1)
        born = np.stack([births * share for share in self._shares()], axis=1)
        return Births(born, born * (1 - self.birth_survival))

    def total_rate(self, ages: AgeScheme) -> Array:
        """合計特殊出生率 of each step, ``[step, 1 or area]``."""
        return np.asarray(ages.width * self.rate[:, 1:].sum(axis=1))

    def each(self, change: Callable[[Array], Array]) -> AgeSpecific:
        """With ``change`` made to rates and survival."""
        return replace(self, rate=change(self.rate), birth_survival=change(self.birth_survival))

    def _shares(self) -> tuple[float, float]:
        boys = self.sex_ratio / (100 + self.sex_ratio)
        return boys, 1 - boys
