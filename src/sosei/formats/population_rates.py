"""Assumptions of a projection in a long CSV: ``area,from,to,kind,sex,age,value``."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sosei.formats.population_long import LongFile
from sosei.formats.population_plain import BOTH, twice
from sosei.population.ages import CHILDBEARING
from sosei.population.assumptions import Assumptions
from sosei.population.fertility import AgeSpecific, ChildWoman, Fertility
from sosei.population.migration import GrossPool, Migration, NetCount, NetRate, Sum, Timing, Zero
from sosei.population.panel import MOST_PERSONS, SEXES, Array, Origin, Panel

COLUMNS = ("area", "from", "to", "kind", "sex", "age", "value")
_BY_AGE = (
    "survival",
    "net_migration",
    "out_rate",
    "in_share",
    "pool",
    "net_count",
    "net_profile",
    "fertility",
)
_BY_SEX = ("birth_survival",)
_OF_ALL = ("cwr", "male_share_0_4", "net_total")
_CHILD_WOMAN, _BY_BIRTHS = ("cwr", "male_share_0_4"), ("fertility", "birth_survival")
KINDS = (*_BY_AGE, *_BY_SEX, *_OF_ALL)
_SIGNED = ("net_migration", "net_count", "net_total", "net_profile")
_PERSONS = ("pool", "net_count", "net_total")
_AT_MOST_ONE = ("out_rate", "in_share", "male_share_0_4", "fertility", "birth_survival")
_FOR_ALL = ("pool", "net_profile")
"""Kinds that may stand once for all areas, under a code of their own or none."""
_SHARE_TOLERANCE = 1e-4
_LARGEST = 50.0
"""No rate per person is larger; cohorts of a few people may grow several times over where a dormitory opens."""


class Cell(NamedTuple):
    """A value and the line it stands in."""

    value: float
    line: int


_Row = tuple[int, str, int]  # start, sex, age
Table = dict[_Row, dict[str, Cell]]


class Rates(NamedTuple):
    """Assumptions as read, and how many areas of the file the base does not have."""

    assumptions: Assumptions
    unused: int


def read_rates(data: bytes, name: str, base: Panel, timing: Timing = "start") -> Rates:
    """The assumptions in ``data`` for the areas of ``base``, from its year as far as they go.

    ``survival`` and rates carry the age of the group that starts the step; the last two groups flow into
    the open one, each with its own row.  ``cwr`` and ``male_share_0_4`` have ``both`` as sex and no age (or
    0).  ``pool`` stands under each area, or under one code of its own (or none) for all; without it the pool
    is that of the areas of the run.  ``net_count`` are net migrants of the step, persons; or ``net_total``
    (``both``, no age), spread by ``net_profile``, which adds up to 1 and may stand under one code for all.
    Instead of ``cwr`` and ``male_share_0_4``: ``fertility`` (``female``, births a year per woman, ages 15-49)
    and ``birth_survival`` (each sex, no age: alive at the end of the step), boys and girls as in the national
    projection.  All kinds of migration add up.  Raises Problem with file and line for anything wrong or missing.
    """
    file = LongFile(data, name, COLUMNS)
    tables = _tables(file, base.ages.width)
    starts = _starts(file, tables, base)
    _need(file, tables, "survival")
    fill = _Filling(file, base, starts)
    survival = fill.by_age("survival", tables["survival"])
    assumptions = Assumptions(
        starts=starts,
        ages=base.ages,
        areas=base.areas,
        survival=survival,
        migration=_migration(file, tables, fill, timing),
        fertility=_fertility(file, tables, fill),
        sources=(Origin(name, "", "", "entered"),),
    )
    own = set(base.areas)
    others = {area for cells in tables["survival"].values() for area in cells if area not in own}
    return Rates(assumptions, len(others))


def _tables(file: LongFile, width: int) -> dict[str, Table]:
    """Every value by kind, then by start, sex and age, then by area."""
    tables: dict[str, Table] = {}
    for line, (area, since, to, kind, sex, age, text) in file.rows():
        start, end = file.whole(line, "from", since), file.whole(line, "to", to)
        if end - start != width:
            raise file.problem(
                line,
                f"期間が{start}年から{end}年です。{width}年にしてください",
                f"the period goes from {start} to {end}; it must be of {width} years",
            )
        file.one_of(line, "kind", kind, KINDS)
        row = _row(file, line, (start, kind, sex, age))
        cells = tables.setdefault(kind, {}).setdefault(row, {})
        code = area if kind in _FOR_ALL and not area else file.area(line, area)
        if code in cells:
            raise twice(file, line, cells[code].line, f"{area} {since} {kind} {sex} {age}")
        cells[code] = Cell(_value(file, line, kind, text), line)
    return tables


def _row(file: LongFile, line: int, of: tuple[int, str, str, str]) -> _Row:
    start, kind, sex, age = of
    if kind in _BY_SEX:
        file.one_of(line, "sex", sex, SEXES)
        file.one_of(line, "age", age or "0", ("0",))
        return start, sex, 0
    if kind == "fertility":
        file.one_of(line, "sex", sex, ("female",))
        low, high = CHILDBEARING
        if not low <= file.whole(line, "age", age) < high:
            raise file.problem(
                line,
                f"fertility の年齢が {age} 歳です。15～49歳の階級だけにしてください",
                f"fertility has age {age}; it goes from the group of 15 to that of 49",
            )
    if kind in _OF_ALL:
        file.one_of(line, "sex", sex, (BOTH,))
        file.one_of(line, "age", age or "0", ("0", "15") if kind == "cwr" else ("0",))
        return start, BOTH, 0
    file.one_of(line, "sex", sex, SEXES)
    return start, sex, file.whole(line, "age", age)


def _value(file: LongFile, line: int, kind: str, text: str) -> float:
    value = file.number(line, "value", text)
    if kind not in _SIGNED and value < 0:
        raise file.problem(
            line, f"{kind} が負の数（{text}）です", f"{kind} is negative ({text}); it must be 0 or more"
        )
    if kind in _PERSONS and abs(value) > MOST_PERSONS:
        shown = file.shown(text)
        raise file.problem(line, f"{kind} が大きすぎます（{shown}）", f"{kind} is too large ({shown})")
    if kind not in _PERSONS and abs(value) > _LARGEST:
        raise file.problem(
            line,
            f"{kind} が大きすぎます（{text}）。百分率ではなく、1 人あたりの率にしてください",
            f"{kind} is too large ({text}); it is a rate per person, not a percentage",
        )
    if kind in _AT_MOST_ONE and value > 1:
        raise file.problem(
            line, f"{kind} が 1 を超えています（{text}）", f"{kind} is above 1 ({text}); it is a share"
        )
    return value


def _starts(file: LongFile, tables: dict[str, Table], base: Panel) -> tuple[int, ...]:
    """The steps from the base year on, without a gap."""
    width, first = base.ages.width, base.years[0]
    lines = {
        start: next(iter(cells.values())).line
        for table in tables.values()
        for (start, _, _), cells in table.items()
    }
    starts = sorted(start for start in lines if start >= first)
    if not starts or starts[0] != first:
        raise file.lacking(
            f"基準人口の{first}年から始まる期間の行がありません",
            f"no row begins in {first}, the year of the base population",
        )
    for before, found in pairwise(starts):
        if found != before + width:
            raise file.problem(
                lines[found],
                f"{found}年からの期間が、前の期間の終わり（{before + width}年）から続いていません",
                f"the period from {found} does not follow on the one before, which ends in {before + width}",
            )
    return tuple(starts)


class _Filling:
    """Arrays from tables, each cell of them there or named as missing."""

    def __init__(self, file: LongFile, base: Panel, starts: tuple[int, ...]) -> None:
        self._file, self.base, self.starts = file, base, starts

    def by_age(self, kind: str, table: Table, areas: tuple[str, ...] = ()) -> Array:
        """``[step, sex, age, area]``."""
        areas = areas or self.base.areas
        self._check_ages(kind, table)
        return np.array(
            [
                [
                    [self._line(kind, table, (start, sex, age), areas) for age in self.base.ages.lower]
                    for sex in SEXES
                ]
                for start in self.starts
            ]
        )

    def own_or_of_all(self, kind: str, table: Table) -> Array:
        """``[step, sex, age, 1 or area]``: under one code of its own for all, else under each area."""
        found = {area for cells in table.values() for area in cells}
        only = tuple(found) if len(found) == 1 and not found & set(self.base.areas) else ()
        return self.by_age(kind, table, only)

    def of_all(self, kind: str, table: Table) -> Array:
        """``[step, area]``."""
        return np.array([self._line(kind, table, (start, BOTH, 0), self.base.areas) for start in self.starts])

    def by_sex(self, kind: str, table: Table) -> Array:
        """``[step, sex, area]``."""
        return np.array(
            [
                [self._line(kind, table, (start, sex, 0), self.base.areas) for sex in SEXES]
                for start in self.starts
            ]
        )

    def of_mothers(self, kind: str, table: Table) -> Array:
        """``[step, age, area]``, none but of ages 15-49."""
        self._check_ages(kind, table)
        ages, areas = self.base.ages, self.base.areas
        values = np.zeros((len(self.starts), ages.groups, len(areas)))
        for step, start in enumerate(self.starts):
            for place in range(ages.groups)[ages.mothers]:
                values[step, place] = self._line(kind, table, (start, "female", ages.lower[place]), areas)
        return values

    def _check_ages(self, kind: str, table: Table) -> None:
        known = set(self.base.ages.lower)
        for (_, _, age), cells in table.items():
            if age not in known:
                raise self._file.problem(
                    next(iter(cells.values())).line,
                    f"{kind} の年齢 {age} は基準人口の階級（{', '.join(map(str, self.base.ages.lower))}）にありません",
                    f"{kind} has age {age}, which is no group of the base population "
                    f"({', '.join(map(str, self.base.ages.lower))})",
                )

    def _line(self, kind: str, table: Table, row: _Row, areas: tuple[str, ...]) -> list[float]:
        cells = table.get(row, {})
        try:
            return [cells[area].value for area in areas]
        except KeyError as missing:
            start, sex, age = row
            what = f"{missing.args[0]} {start}～{start + self.base.ages.width}年 {kind} {sex} {age}"
            raise self._file.lacking(
                f"{what} の行がありません", f"there is no row for {what.replace('～', '-').replace('年', '')}"
            ) from None


def _need(file: LongFile, tables: dict[str, Table], *kinds: str) -> None:
    for kind in kinds:
        if kind not in tables:
            raise file.lacking(f"{kind} の行がありません", f"there is no row of {kind}")


def _fertility(file: LongFile, tables: dict[str, Table], fill: _Filling) -> Fertility:
    """By child-woman ratio, or by births and their survival."""
    births = [kind for kind in _BY_BIRTHS if kind in tables]
    if not births:
        _need(file, tables, *_CHILD_WOMAN)
        return ChildWoman(*(fill.of_all(kind, tables[kind]) for kind in _CHILD_WOMAN))
    ratios = [kind for kind in _CHILD_WOMAN if kind in tables]
    if ratios:
        raise file.lacking(
            f"{births[0]} と {ratios[0]} の両方があります。出生はどちらかで与えてください",
            f"there are both {births[0]} and {ratios[0]}; give births by one of them",
        )
    _need(file, tables, *_BY_BIRTHS)
    return AgeSpecific(
        fill.of_mothers("fertility", tables["fertility"]),
        fill.by_sex("birth_survival", tables["birth_survival"]),
    )


def _migration(file: LongFile, tables: dict[str, Table], fill: _Filling, timing: Timing) -> Migration:
    parts: list[Migration] = []
    if "net_migration" in tables:
        parts.append(NetRate(fill.by_age("net_migration", tables["net_migration"])))
    if "net_count" in tables:
        parts.append(NetCount(fill.by_age("net_count", tables["net_count"])))
    if "net_total" in tables or "net_profile" in tables:
        _need(file, tables, "net_total", "net_profile")
        parts.append(_spread(file, tables, fill))
    if gross := [kind for kind in ("out_rate", "in_share", "pool") if kind in tables]:
        for kind in ("out_rate", "in_share"):
            if kind not in tables:
                raise file.lacking(
                    f"{gross[0]} があるのに {kind} の行がありません",
                    f"there is {gross[0]}, but no row of {kind}",
                )
        parts.append(_gross(file, tables, fill, timing))
    if len(parts) == 1:
        return parts[0]
    return Sum(tuple(parts)) if parts else Zero()


def _spread(file: LongFile, tables: dict[str, Table], fill: _Filling) -> NetCount:
    """A total of net migrants, spread over sexes and ages."""
    total = fill.of_all("net_total", tables["net_total"])
    profile = fill.own_or_of_all("net_profile", tables["net_profile"])
    sums = profile.sum(axis=(1, 2))
    if (np.abs(sums - 1) > _SHARE_TOLERANCE).any():
        step = int(np.argwhere(np.abs(sums - 1) > _SHARE_TOLERANCE)[0][0])
        found = sums[step][np.abs(sums[step] - 1) > _SHARE_TOLERANCE][0]
        raise file.lacking(
            f"net_profile の男女・全年齢の合計が 1 になりません（{fill.starts[step]}年からの期間: {found:g}）",
            f"net_profile adds up to {found:g} over sexes and ages, not to 1 (the period from {fill.starts[step]})",
        )
    return NetCount(total[:, None, None, :] * profile)


def _gross(file: LongFile, tables: dict[str, Table], fill: _Filling, timing: Timing) -> GrossPool:
    out_rate, share = (fill.by_age(kind, tables[kind]) for kind in ("out_rate", "in_share"))
    if "pool" in tables:
        return GrossPool(out_rate, share, fill.own_or_of_all("pool", tables["pool"]), timing=timing)
    _check_shares(file, out_rate, share, fill)
    return GrossPool(out_rate, share, timing=timing)


def _check_shares(file: LongFile, out_rate: Array, share: Array, fill: _Filling) -> None:
    """Without a stored pool, all who leave must arrive somewhere."""
    sums = share.sum(axis=-1)
    wrong = (np.abs(sums - 1) > _SHARE_TOLERANCE) & (out_rate > 0).any(axis=-1)
    if wrong.any():
        step, sex, age = np.argwhere(wrong)[0].tolist()
        where = f"{fill.starts[step]} {SEXES[sex]} {fill.base.ages.lower[age]}"
        raise file.lacking(
            f"in_share の全地域の合計が 1 になりません（{where}: {sums[step, sex, age]:g}）。"
            "一部の地域だけの推計には pool の行が必要です",
            f"in_share adds up to {sums[step, sex, age]:g} over the areas, not to 1 ({where}); "
            "a run of some areas needs rows of pool",
        )
