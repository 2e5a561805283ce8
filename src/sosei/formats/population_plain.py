"""The plain way in and out of the projection: long CSV files that anybody can make and read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sosei.formats.population_long import LongFile
from sosei.population.ages import AgeScheme
from sosei.population.panel import MOST_PERSONS, SEXES, Origin, Panel
from sosei.values import Problem

BASE_COLUMNS = ("area", "year", "sex", "age", "value")
BOTH = "both"
TOTALS = ("total", "総数")
"""What stands in the column ``age`` of a row that only repeats a sum."""
_TOLERANCE = 1e-6


class _Cell(NamedTuple):
    line: int
    value: float


_Key = tuple[str, int, str, int]
"""Area, year, sex (or both) and age (or all ages)."""
_ALL_AGES = -1


def read_population(data: bytes, name: str) -> Panel:
    """The base population in ``data``, of one year; see ``read_panel``.  Raises Problem for a second year."""
    return _read(data, name, one_year=True)


def read_panel(data: bytes, name: str) -> Panel:
    """The population in ``data``: columns ``area,year,sex,age,value``.

    ``sex`` is ``male`` or ``female``; ``age`` the lower bound of the group, the last group open.  Rows with
    ``both`` or with ``total`` (総数) as age repeat sums and are checked.  Raises Problem for anything that does
    not add up, with file and line.
    """
    return _read(data, name, one_year=False)


def is_plain(data: bytes) -> bool:
    """Whether ``data`` begins with the header of a plain population."""
    try:
        LongFile(data, "", BASE_COLUMNS)
    except Problem:
        return False
    return True


def _read(data: bytes, name: str, *, one_year: bool) -> Panel:
    file = LongFile(data, name, BASE_COLUMNS)
    cells: dict[_Key, _Cell] = {}
    sums: dict[_Key, _Cell] = {}
    years: set[int] = set()
    for line, (area, when, sex, age, value) in file.rows():
        year = file.whole(line, "year", when)
        if one_year and years and year not in years:
            only = min(years)
            raise file.problem(
                line,
                f"{year}年の行があります。基準人口は一つの年（{only}年）だけにしてください",
                f"the year is {year}; the base population must be of one year ({only})",
            )
        years.add(year)
        _take(file, line, (file.area(line, area), year, sex, age, value), cells, sums)
    if not years:
        raise file.lacking("人口の行がありません", "there is no row of population")
    ages = _scheme(file, cells)
    areas, when_all = tuple(dict.fromkeys(key[0] for key in cells)), tuple(sorted(years))
    values = [
        [[_row(file, cells, (areas, year, sex, age)) for age in ages.lower] for sex in SEXES]
        for year in when_all
    ]
    _check_sums(file, cells, sums)
    origin = Origin(name, "", "", "entered")
    return Panel(np.array(values), when_all, ages, areas, ("",) * len(areas), (origin,))


def population_csv(panel: Panel) -> bytes:
    """``panel`` as a long CSV, unrounded; every number reads back as the same float."""
    areas = {area: _quoted(area) for area in panel.areas}
    lines = [",".join(BASE_COLUMNS)]
    lines.extend(
        f"{areas[area]},{year},{sex},{age},{value!r}" for area, year, sex, age, value in panel.to_rows()
    )
    return ("\n".join(lines) + "\n").encode()


def clips_csv(rows: Iterable[tuple[str, str, int, int, float]]) -> bytes:
    """The report of clipped cells as CSV; a row is area, sex, age, year and persons added."""
    lines = ["area,year,sex,age,persons"]
    lines.extend(f"{_quoted(area)},{year},{sex},{age},{persons!r}" for area, sex, age, year, persons in rows)
    return ("\n".join(lines) + "\n").encode()


def twice(file: LongFile, line: int, first: int, what: str) -> Problem:
    """The sentence on a row that stands twice."""
    return file.problem(
        line,
        f"{what} の行は {first} 行目にもあります。同じコードの地域が二つないか確かめてください",
        f"the row {what} stands in line {first} too; see whether two areas have one code",
    )


def _take(
    file: LongFile,
    line: int,
    row: tuple[str, int, str, str, str],
    cells: dict[_Key, _Cell],
    sums: dict[_Key, _Cell],
) -> None:
    """One row into the cells, or into the sums that are only checked."""
    area, year, sex, age, text = row
    value = file.number(line, "value", text)
    if value < 0:
        raise file.problem(
            line,
            f"人口が負の数（{text}）です。0 以上にしてください",
            f"the population is negative ({text}); it must be 0 or more",
        )
    if value > MOST_PERSONS:
        raise file.problem(
            line,
            f"人口が大きすぎます（{file.shown(text)}）",
            f"the population is too large ({file.shown(text)})",
        )
    file.one_of(line, "sex", sex, (*SEXES, BOTH))
    lower = _ALL_AGES if age in TOTALS else file.whole(line, "age", age)
    table = sums if sex == BOTH or lower == _ALL_AGES else cells
    before = table.get((area, year, sex, lower))
    if before is not None:
        raise twice(file, line, before.line, f"{area} {year} {sex} {age}")
    table[area, year, sex, lower] = _Cell(line, value)


def _scheme(file: LongFile, cells: dict[_Key, _Cell]) -> AgeScheme:
    """The age groups the rows are of: steps of 1 or 5 years from 0."""
    found = sorted({key[3] for key in cells})
    if not found:
        raise file.lacking(
            "男女別・年齢別の行がありません。合計だけでは推計できません",
            "there is no row by sex and age; sums alone cannot be projected",
        )
    steps = Counter(later - earlier for earlier, later in pairwise(found))
    width = steps.most_common(1)[0][0] if steps else 0
    if width not in (1, 5):
        raise file.lacking(
            f"年齢階級が1歳または5歳きざみではありません（{_few(found)}）",
            f"the age groups are not of 1 or 5 years ({_few(found)})",
        )
    wanted = range(0, found[-1] + 1, width)
    odd = [age for age in found if age not in wanted]
    if odd:
        line = next(cell.line for key, cell in cells.items() if key[3] == odd[0])
        raise file.problem(
            line,
            f"年齢 {odd[0]} は{width}歳きざみの階級の下限ではありません",
            f"age {odd[0]} is not the lower bound of a group of {width} years",
        )
    missing = [age for age in wanted if age not in found]
    if missing:
        raise file.lacking(
            f"{_few(missing)}歳からの階級の行がありません", f"the groups from {_few(missing)} are missing"
        )
    try:
        return AgeScheme(width, len(found))
    except Problem as problem:
        raise file.lacking(problem.ja, problem.en) from None


def _row(file: LongFile, cells: dict[_Key, _Cell], of: tuple[tuple[str, ...], int, str, int]) -> list[float]:
    """The figures of all areas for a year, sex and age."""
    areas, year, sex, age = of
    try:
        return [cells[area, year, sex, age].value for area in areas]
    except KeyError as missing:
        area = missing.args[0][0]
        raise file.lacking(
            f"{area} {year}年 {sex} {age}歳からの階級の行がありません",
            f"there is no row for {area} {year} {sex} from age {age}",
        ) from None


def _check_sums(file: LongFile, cells: dict[_Key, _Cell], sums: dict[_Key, _Cell]) -> None:
    """Raise Problem where a row with a sum disagrees with the rows it sums."""
    if not sums:
        return
    added: dict[_Key, float] = {}
    for (area, year, sex, age), cell in cells.items():
        for sums_sex, sums_age in ((sex, _ALL_AGES), (BOTH, age), (BOTH, _ALL_AGES)):
            of = (area, year, sums_sex, sums_age)
            added[of] = added.get(of, 0.0) + cell.value
    for key, cell in sums.items():
        parts = added.get(key)
        if parts is None or abs(parts - cell.value) > _TOLERANCE * max(1.0, cell.value):
            area, year, sex, age = key
            what = f"{area} {year} {sex} {'total' if age == _ALL_AGES else age}"
            raise file.problem(
                cell.line,
                f"{what} が {cell.value:g} ですが、内訳の合計は {parts or 0:g} です",
                f"{what} is {cell.value:g}, but its parts add up to {parts or 0:g}",
            )


def _few(ages: list[int]) -> str:
    return ", ".join(map(str, ages[:5])) + (" …" if len(ages) > 5 else "")


def _quoted(text: str) -> str:
    if any(mark in text for mark in ',"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
