"""仮定値: what a projection runs on, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sosei.population.ages import AgeScheme
from sosei.population.fertility import Fertility
from sosei.population.migration import Migration
from sosei.population.panel import SEXES, Array, Origin
from sosei.values import Problem


@dataclass(frozen=True, eq=False)
class Assumptions:
    """仮定値: survival, migration and fertility for the steps that begin in ``starts``.

    ``survival`` is ``[step, sex, age, area]``, the share of a group alive at the end of the step; the last
    two groups flow into the open one, each by its own row (see ``for_the_pair``).  ``totals`` ``[step, sex,
    age]`` are control totals over the areas of the run at the end of each step (NaN: none).  ``arrivals`` ``[step, sex,
    age, area]`` are extra movers at the age they have when they arrive, at the end of a step and after its
    children are counted.  Beyond ``held_from`` the rates are an extension of ours.  Raises Problem for gaps between steps and for wrong shapes.
    """

    starts: tuple[int, ...]
    ages: AgeScheme
    areas: tuple[str, ...]
    survival: Array
    migration: Migration
    fertility: Fertility
    totals: Array | None = None
    arrivals: Array | None = None
    held_from: int | None = None
    sources: tuple[Origin, ...] = ()

    def __post_init__(self) -> None:
        for before, after in zip(self.starts, self.starts[1:], strict=False):
            if after != before + self.ages.width:
                raise Problem(
                    f"仮定値の期間が続いていません（{before}年から始まる期間の次が{after}年からです。"
                    f"{before + self.ages.width}年からの期間が必要です）",
                    f"the periods of the assumptions do not follow on each other (after that from {before} comes "
                    f"one from {after}; one from {before + self.ages.width} is needed)",
                )
        wanted = (len(self.starts), len(SEXES), self.ages.groups, len(self.areas))
        if not self.starts or not _fits(self.survival.shape, wanted):
            raise Problem(
                f"生残率の表の大きさが合いません（{wanted} のところ {self.survival.shape}）",
                f"the table of survival has the wrong shape (should be {wanted}, is {self.survival.shape})",
            )
        if self.arrivals is not None and (self.arrivals < 0).any():
            raise Problem(
                "追加の移住者が負の人数です。転出は移動率で与えてください",
                "extra movers are negative; people who leave are given by migration rates",
            )

    @property
    def ends(self) -> tuple[int, ...]:
        """The year in which each step ends."""
        return tuple(start + self.ages.width for start in self.starts)

    def step_to(self, year: int) -> int:
        """The step that ends in ``year``.  Raises Problem where none does."""
        if year not in self.ends:
            raise Problem(
                f"{year}年で終わる期間の仮定値がありません（{self.ends[0]}年から{self.ends[-1]}年まで"
                f"{self.ages.width}年ごとです）",
                f"no assumptions lead to {year} (they go from {self.ends[0]} to {self.ends[-1]} by "
                f"{self.ages.width} years)",
            )
        return self.ends.index(year)

    def steps(self, change: Callable[[Array], Array], starts: tuple[int, ...]) -> Assumptions:
        """With ``change`` made to every array along its step axis, for steps that begin in ``starts``."""
        return replace(
            self,
            starts=starts,
            survival=change(self.survival),
            migration=self.migration.each(change),
            fertility=self.fertility.each(change),
            totals=None if self.totals is None else change(self.totals),
            arrivals=None if self.arrivals is None else change(self.arrivals),
        )

    def between(self, start: int, end: int) -> Assumptions:
        """The steps from ``start`` to ``end`` alone.  Raises Problem where they are not all there."""
        if start not in self.starts:
            raise Problem(
                f"{start}年から始まる期間の仮定値がありません（最初の期間は{self.starts[0]}年からです）",
                f"no assumptions begin in {start} (the first begin in {self.starts[0]})",
            )
        first, last = self.starts.index(start), self.step_to(end)
        return self.steps(lambda array: array[first : last + 1], self.starts[first : last + 1])

    def area(self, code: str) -> Assumptions:
        """The assumptions of one area, without control totals, which hold for all areas together.

        Raises Problem where the code is not there, and where the area's migrants come from the other
        areas of the run (``Projection.alone`` keeps the pool for that).
        """
        if self.migration.coupled and len(self.areas) > 1:
            raise Problem(
                "転入が他の地域の転出から決まる仮定値のため、一つの地域だけでは推計できません。"
                "全地域の推計から全国プールを保存してください",
                "in-migration depends on the other areas, so one area cannot be run alone; keep the pool of a "
                "run of all areas first",
            )
        if code not in self.areas:
            raise Problem(f"団体コード {code} の仮定値がありません", f"there are no assumptions for {code}")
        place = self.areas.index(code)

        def only(array: Array) -> Array:
            return array if array.shape[-1] == 1 else array[..., place : place + 1]

        chosen = replace(self, totals=None).steps(only, self.starts)
        return replace(chosen, areas=(code,))


def _fits(shape: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Whether an array of ``shape`` stands for ``wanted``: every step its own, else 1 for all."""
    if len(shape) != len(wanted) or shape[0] != wanted[0]:
        return False
    return all(size in (1, full) for size, full in zip(shape[1:], wanted[1:], strict=True))


def for_the_pair(values: Array) -> Array:
    """One ratio for the last two groups together: ``values`` without the open group, its last row repeated.

    社人研 publishes one ratio for 85歳以上 → 90歳以上; life tables give one for each group.
    """
    return np.concatenate([values, values[..., -1:, :]], axis=-2)
