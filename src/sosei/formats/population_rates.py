"""Assumptions of a projection in a long CSV: ``area,from,to,kind,sex,age,value``."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sosei.formats.population_long import LongFile
from sosei.formats.population_plain import BOTH, MOST_PERSONS, twice
from sosei.population.assumptions import Assumptions
from sosei.population.fertility import ChildWoman
from sosei.population.migration import GrossPool, Migration, NetRate, Sum, Timing, Zero
from sosei.population.panel import SEXES, Array, Origin, Panel

COLUMNS = ("area", "from", "to", "kind", "sex", "age", "value")
_BY_AGE = ("survival", "net_migration", "out_rate", "in_share", "pool")
_OF_ALL = ("cwr", "male_share_0_4")
KINDS = (*_BY_AGE, *_OF_ALL)
_REQUIRED = ("survival", *_OF_ALL)
_AT_MOST_ONE = ("out_rate", "in_share", "male_share_0_4")
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
    is that of the areas of the run.  Raises Problem with file and line for anything wrong or missing.
    """
    file = LongFile(data, name, COLUMNS)
    tables = _tables(file, base.ages.width)
    starts = _starts(file, tables, base)
    for kind in _REQUIRED:
        if kind not in tables:
            raise file.lacking(f"{kind} の行がありません", f"there is no row of {kind}")
    fill = _Filling(file, base, starts)
    survival = fill.by_age("survival", tables["survival"])
    cwr, male = (fill.of_all(kind, tables[kind]) for kind in _OF_ALL)
    assumptions = Assumptions(
        starts=starts,
        ages=base.ages,
        areas=base.areas,
        survival=survival,
        migration=_migration(file, tables, fill, timing),
        fertility=ChildWoman(cwr, male),
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
        code = area if kind == "pool" and not area else file.area(line, area)
        if code in cells:
            raise twice(file, line, cells[code].line, f"{area} {since} {kind} {sex} {age}")
        cells[code] = Cell(_value(file, line, kind, text), line)
    return tables


def _row(file: LongFile, line: int, of: tuple[int, str, str, str]) -> _Row:
    start, kind, sex, age = of
    if kind in _OF_ALL:
        file.one_of(line, "sex", sex, (BOTH,))
        file.one_of(line, "age", age or "0", ("0", "15") if kind == "cwr" else ("0",))
        return start, BOTH, 0
    file.one_of(line, "sex", sex, SEXES)
    return start, sex, file.whole(line, "age", age)


def _value(file: LongFile, line: int, kind: str, text: str) -> float:
    value = file.number(line, "value", text)
    if kind != "net_migration" and value < 0:
        raise file.problem(
            line, f"{kind} が負の数（{text}）です", f"{kind} is negative ({text}); it must be 0 or more"
        )
    if kind == "pool" and value > MOST_PERSONS:
        raise file.problem(
            line, f"pool が大きすぎます（{file.shown(text)}）", f"pool is too large ({file.shown(text)})"
        )
    if kind != "pool" and abs(value) > _LARGEST:
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

    def of_all(self, kind: str, table: Table) -> Array:
        """``[step, area]``."""
        return np.array([self._line(kind, table, (start, BOTH, 0), self.base.areas) for start in self.starts])

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


def _migration(file: LongFile, tables: dict[str, Table], fill: _Filling, timing: Timing) -> Migration:
    parts: list[Migration] = []
    if "net_migration" in tables:
        parts.append(NetRate(fill.by_age("net_migration", tables["net_migration"])))
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


def _gross(file: LongFile, tables: dict[str, Table], fill: _Filling, timing: Timing) -> GrossPool:
    out_rate, share = (fill.by_age(kind, tables[kind]) for kind in ("out_rate", "in_share"))
    if "pool" in tables:
        found = {area for cells in tables["pool"].values() for area in cells}
        of_all = tuple(found) if len(found) == 1 and not found & set(fill.base.areas) else ()
        return GrossPool(out_rate, share, fill.by_age("pool", tables["pool"], of_all), timing=timing)
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
