"""Population by year, sex, age and area: the one shape in which figures come in and go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sosei.population.ages import AgeScheme
from sosei.values import Problem, Words

Array = NDArray[np.float64]
SEXES = ("male", "female")
SEX_WORDS = {"male": Words("男", "male"), "female": Words("女", "female")}
THREE_GROUPS = ((0, 15), (15, 65), (65, None))
"""年齢3区分: 年少, 生産年齢, 老年, as lower bound and the bound before which the group ends."""

How = Literal["published", "derived", "entered"]
NO_NOTE = Words("", "")
MOST_PERSONS = 1e10
"""More people than there are on earth: a figure in another unit, or a slip."""
INSTITUTE = "社会保障・人口問題研究所"
"""社人研 as sources name it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """出典: where figures come from, and whether they are as published, derived by us or entered by hand."""

    source: str
    table: str
    edition: str
    how: How
    note: Words = NO_NOTE

    @property
    def is_of_institute(self) -> bool:
        """Whether it names 社人研."""
        return INSTITUTE in self.source


class Row(NamedTuple):
    """One figure with its place; ``age`` is the lower bound of the group."""

    area: str
    year: int
    sex: str
    age: int
    value: float


@dataclass(frozen=True, eq=False)
class Panel:
    """Persons by year, sex, age and area.

    ``values`` is ``[year, sex, age, area]`` float64, persons, area last and contiguous, read-only.
    ``areas`` are codes, ``names`` stand beside them.  Raises Problem for a wrong shape, a code twice,
    years out of order, and a figure that is negative or no number.
    """

    values: Array
    years: tuple[int, ...]
    ages: AgeScheme
    areas: tuple[str, ...]
    names: tuple[str, ...]
    sources: tuple[Origin, ...] = ()

    def __post_init__(self) -> None:
        values = np.ascontiguousarray(self.values, dtype=np.float64)
        if values.flags.writeable:
            values = values.copy() if values is self.values else values
            values.flags.writeable = False
        object.__setattr__(self, "values", values)
        self._check_labels()
        self._check_figures()

    def at(self, year: int) -> Panel:
        """The panel of ``year`` alone.  Raises Problem where there is none."""
        if year not in self.years:
            has_ja, has_en = "、".join(map(str, self.years)), ", ".join(map(str, self.years))
            raise Problem(
                f"{year}年の人口がありません（あるのは{has_ja}年です）",
                f"there is no population of {year} (there is {has_en})",
            )
        place = self.years.index(year)
        return replace(self, values=self.values[place : place + 1], years=(year,))

    def area(self, code: str) -> Panel:
        """The panel of one area.  Raises Problem where the code is not there."""
        if code not in self.areas:
            raise Problem(
                f"団体コード {code} の地域がありません。コードを確かめてください",
                f"there is no area with the code {code}; check the code",
            )
        return self.pick((self.areas.index(code),))

    def pick(self, places: tuple[int, ...]) -> Panel:
        """The panel of the areas at ``places``, in that order."""
        return replace(
            self,
            values=self.values[..., list(places)],
            areas=tuple(self.areas[place] for place in places),
            names=tuple(self.names[place] for place in places),
        )

    def total(self) -> Array:
        """総数: ``[year, area]``."""
        return np.asarray(self.values.sum(axis=(1, 2)))

    def between(self, low: int, high: int | None = None, sex: str | None = None) -> Array:
        """Persons from age ``low`` to before ``high`` (None: and over), ``[year, area]``."""
        ages = slice(self.ages.index(low), None if high is None else self.ages.index(high))
        sexes = slice(None) if sex is None else slice(SEXES.index(sex), SEXES.index(sex) + 1)
        return np.asarray(self.values[:, sexes, ages].sum(axis=(1, 2)))

    def three_groups(self) -> Array:
        """年齢3区分 (0-14, 15-64, 65 and over): ``[year, 3, area]``."""
        return np.stack([self.between(low, high) for low, high in THREE_GROUPS], axis=1)

    def child_woman_ratio(self) -> Array:
        """子ども女性比: children of the first group over women 15-49, ``[year, area]``; 0 without women."""
        children: Array = self.values[:, :, 0].sum(axis=1)
        women: Array = self.values[:, 1, self.ages.mothers].sum(axis=1)
        return np.divide(children, women, out=np.zeros_like(children), where=women > 0)

    def with_open_group(self, lower: int) -> Panel:
        """The same persons with the open group beginning at ``lower``.  Raises Problem where it is older."""
        place = self.ages.index(lower)
        values = np.concatenate(
            [self.values[:, :, :place], self.values[:, :, place:].sum(axis=2, keepdims=True)], axis=2
        )
        return replace(self, values=values, ages=AgeScheme(self.ages.width, place + 1))

    def in_groups_of(self, width: int) -> Panel:
        """The same persons in age groups of ``width`` years; the open group begins at the last bound of such a group.

        Raises Problem where the groups are no parts of such groups.
        """
        if width == self.ages.width:
            return self
        if width % self.ages.width:
            raise Problem(
                f"{self.ages.width}歳きざみの人口は{width}歳きざみにまとめられません",
                f"people in groups of {self.ages.width} years cannot be put into groups of {width}",
            )
        oldest = self.ages.lower[-1] // width
        starts = [low // self.ages.width for low in range(0, (oldest + 1) * width, width)]
        values = np.add.reduceat(self.values, starts, axis=2)
        return replace(self, values=values, ages=AgeScheme(width, oldest + 1))

    def to_rows(self) -> Iterator[Row]:
        """Every figure with its place: area by area, year by year, male before female, young before old."""
        lower = self.ages.lower
        for place, area in enumerate(self.areas):
            for year, by_sex in zip(self.years, self.values[..., place].tolist(), strict=True):
                for sex, by_age in zip(SEXES, by_sex, strict=True):
                    for age, value in zip(lower, by_age, strict=True):
                        yield Row(area, year, sex, age, value)

    def place_words(self, place: tuple[int, ...]) -> Words:
        """Where in the panel the indices ``[year, sex, age, area]`` point."""
        year, sex, age, area = place
        name = f"{self.areas[area]} {self.names[area]}".strip()
        who = SEX_WORDS[SEXES[sex]]
        return Words(
            f"{name} {self.years[year]}年 {who.ja} {self.ages.labels('ja')[age]}",
            f"{name} {self.years[year]} {who.en} {self.ages.labels('en')[age]}",
        )

    def _check_labels(self) -> None:
        wanted = (len(self.years), len(SEXES), self.ages.groups, len(self.areas))
        if self.values.shape != wanted or len(self.names) != len(self.areas):
            raise Problem(
                f"人口の表の大きさが合いません（年・性・年齢・地域が {wanted} のところ {self.values.shape}、"
                f"地域名 {len(self.names)} 件）",
                f"the table of the population has the wrong shape (year, sex, age, area should be {wanted}, "
                f"found {self.values.shape} and {len(self.names)} names)",
            )
        if len(set(self.areas)) != len(self.areas):
            twice = next(code for code in self.areas if self.areas.count(code) > 1)
            raise Problem(
                f"団体コード {twice} の地域が二つあります。どちらかのコードを直してください",
                f"two areas have the code {twice}; correct one of them",
            )
        if any(later <= earlier for earlier, later in zip(self.years, self.years[1:], strict=False)):
            raise Problem(
                "人口の年が古い順に並んでいません", "the years of the population are not in ascending order"
            )

    def _check_figures(self) -> None:
        bad = ~(self.values >= 0) | np.isinf(self.values)
        if not bad.any():
            return
        first = tuple(int(i) for i in np.argwhere(bad)[0])
        where, found = self.place_words(first), float(self.values[first])
        raise Problem(
            f"{where.ja}の人口が {found} です。0 以上の数にしてください",
            f"{where.en}: the population is {found}; it must be a number of 0 or more",
        )
