"""Tables with an age in each row, and year and sex over the columns.

The workbooks of IPSS for a prefecture (a sheet for each area, named by its code) and a municipality's
own sheet (年齢 x 男女 x 年), with year and sex in one heading or in two rows of headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sosei.formats.population_areas import kind_of
from sosei.formats.population_collect import Collector, People, scheme_of
from sosei.formats.population_grid import Grid, Line
from sosei.formats.population_labels import Age, NoAge, Sex, read_age, read_code, read_sex, read_year
from sosei.formats.population_origins import EDITIONS, IPSS
from sosei.formats.population_reading import Area, Kind, Reading
from sosei.population.panel import Origin
from sosei.values.folding import compact

_LEAST = 10
_SEARCHED = 60
_ABOVE = 4  # lines of headings over the first age
_SHEET = re.compile(r"(\d{4,6})[_ ＿](.+)")
_PREFECTURE_SHEET = re.compile(r"[0-4]\d00[_ ＿].+[都道府県]")  # 4300_熊本県 stands for 43000
_BOTH_IN_ONE = re.compile(r"(.*?\d年?(?:\d+月\d+日)?)[のー・_/ ()]*(男女計|総数|男性|女性|男|女|計)\)?")
_BOTH_TURNED = re.compile(r"(男女計|総数|男性|女性|男|女|計)[・_/ (]*(.*\d年?)\)?")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures."""

    at: int
    year: int
    sex: Sex


@dataclass(frozen=True, slots=True)
class Cross:
    """Where such a table stands in a sheet: the lines of ages with their label, and the columns of figures."""

    grid: Grid
    lines: tuple[tuple[Age | NoAge, Line], ...]
    columns: tuple[Column, ...]


def named_area(sheet: str) -> Area | None:
    """The area a sheet is named for (43214_阿蘇市); None where it is not named so."""
    match = _SHEET.fullmatch(sheet.strip())
    if match and _PREFECTURE_SHEET.fullmatch(sheet.strip()):
        return Area(f"{match[1][:2]}000", match[2], Kind.PREFECTURE)
    code = read_code(match[1]) if match else None
    if match is None or code is None:
        return None
    return Area(code, match[2], kind_of(code, match[2]))


def find_cross(grid: Grid) -> Cross | None:
    """The table in ``grid``; None where there is none.  Raises Problem where headings are half there."""
    labelled = _label_column(grid)
    if labelled is None:
        return None
    column, start = labelled
    lines = _age_lines(grid.lines[start:], column)
    columns = _columns(grid, start, [line for _, line in lines], column)
    return Cross(grid, lines, columns) if columns else None


def _label_column(grid: Grid) -> tuple[int, int] | None:
    """The leftmost column with ages down it, and the line of the first age or total."""
    for column in range(5):
        marks = [
            read_age(line.cells[column]) if column < len(line.cells) else None
            for line in grid.lines[:_SEARCHED]
        ]
        if sum(isinstance(mark, Age) for mark in marks) >= _LEAST:
            start = next(at for at, mark in enumerate(marks) if isinstance(mark, Age))
            return column, start - (start > 0 and marks[start - 1] is NoAge.TOTAL)
    return None


def _age_lines(lines: Sequence[Line], column: int) -> tuple[tuple[Age | NoAge, Line], ...]:
    """The lines of total, ages in order and unknown; what is repeated below them (再掲) is left out."""
    found: list[tuple[Age | NoAge, Line]] = []
    closed = False
    for line in lines:
        age = read_age(line.cells[column]) if column < len(line.cells) else None
        if age is None or (closed and isinstance(age, Age)):
            if closed:
                break
            continue
        if age is NoAge.TOTAL and any(known is NoAge.TOTAL for known, _ in found):
            break
        found.append((age, line))
        closed = closed or (isinstance(age, Age) and age.upper is None)
    return tuple(found)


def _columns(grid: Grid, start: int, lines: Sequence[Line], label: int) -> tuple[Column, ...]:
    """The columns with figures; Problem where no heading says their year or their sex."""
    headings = grid.lines[max(0, start - _ABOVE) : start]
    width = max((len(line.cells) for line in lines), default=0)
    filled = [at for at in range(label + 1, width) if _is_filled(lines, at)]
    if not filled:
        return ()
    years, sexes = _spread(headings, filled, _year_in), _spread(headings, filled, _sex_in)
    if not any(years.values()):
        above = (cell for line in grid.lines[:start] for cell in line.cells)
        years = dict.fromkeys(filled, next((year for cell in above if (year := _year_in(cell))), None))
    if not any(sexes.values()):
        sexes = _sexes_in_order([(at, years[at]) for at in filled])
    for found, ja, en in ((years, "何年の人口か", "the year"), (sexes, "男女の別", "the sex")):
        if not any(found.values()):
            raise grid.problem(
                (lines[0].number, filled[0]),
                f"{ja}が列の見出しにありません。年齢の表の上に「2020年」や「男」「女」のように書いてください",
                f"no heading says {en} of the columns; write it above the ages, such as 2020年, 男 and 女",
            )
    return tuple(
        Column(at, year, sex)
        for at in filled
        if (year := years[at]) is not None and (sex := sexes.get(at)) is not None
    )


def _is_filled(lines: Sequence[Line], at: int) -> bool:
    texts = [line.cells[at].strip() if at < len(line.cells) else "" for line in lines]
    return any(texts) and not sum(
        isinstance(read_age(text), Age) and not text.isdigit() for text in texts if text
    )


def _year_in(cell: str) -> int | None:
    match = _BOTH_IN_ONE.fullmatch(compact(cell)) or None
    if match:
        return read_year(match[1])
    turned = _BOTH_TURNED.fullmatch(compact(cell))
    return read_year(turned[2]) if turned else read_year(cell)


def _sex_in(cell: str) -> Sex | None:
    name = compact(cell)
    match = _BOTH_IN_ONE.fullmatch(name)
    if match:
        return read_sex(match[2])
    turned = _BOTH_TURNED.fullmatch(name)
    return read_sex(turned[1]) if turned else read_sex(name.strip("()（）"))


def _spread(
    headings: Sequence[Line], filled: Sequence[int], read: Callable[[str], _T | None]
) -> dict[int, _T | None]:
    """What the headings say of each column; a heading holds until the next one to its right."""
    for line in reversed(headings):
        marks = {at: value for at, cell in enumerate(line.cells) if (value := read(cell)) is not None}
        if marks:
            return {at: marks.get(max((m for m in marks if m <= at), default=-1)) for at in filled}
    return dict.fromkeys(filled)


def _sexes_in_order(columns: Sequence[tuple[int, int | None]]) -> dict[int, Sex | None]:
    """Three blocks of the same years are both sexes, males, females; two are males and females."""
    blocks: list[list[int]] = []
    before: int | None = None
    for at, year in columns:
        if before is None or year is None or year <= before:
            blocks.append([])
        blocks[-1].append(at)
        before = year
    order = {3: (Sex.BOTH, Sex.MALE, Sex.FEMALE), 2: (Sex.MALE, Sex.FEMALE)}.get(len(blocks), ())
    return {at: sex for block, sex in zip(blocks, order, strict=False) for at in block}


def read_cross(tables: Sequence[tuple[Cross, Area]]) -> Reading:
    """The people of all sheets, each an area.  Raises Problem."""
    first = tables[0][0]
    written = [age for age, _ in first.lines if isinstance(age, Age)]
    scheme = scheme_of(written, first.grid, first.lines[0][1].number)
    origin = _origin(tables)
    collector = Collector(first.grid, scheme, origin, EDITIONS if origin.how == "published" else ())
    for cross, area in tables:
        collector.grid = cross.grid
        ages = [age for age, _ in cross.lines if isinstance(age, Age)]
        if ages != written:
            scheme_of(ages, cross.grid, cross.lines[0][1].number)
            raise cross.grid.problem(
                (cross.lines[0][1].number, None),
                "年齢の階級がほかのシートと違います",
                "the age groups differ from those of the other sheets",
            )
        for column in cross.columns:
            collector.add(area, column.year, column.sex, _people(cross, column))
    return collector.finish()


def _people(cross: Cross, column: Column) -> People:
    counts: list[float] = []
    total: float | None = None
    unknown = 0.0
    for age, line in cross.lines:
        blank = column.at >= len(line.cells) or not line.cells[column.at].strip()
        if age is NoAge.UNKNOWN:
            unknown = 0.0 if blank else cross.grid.number(line, column.at, "年齢不詳")
        elif age is NoAge.TOTAL:
            total = None if blank else cross.grid.number(line, column.at, "総数")
        elif isinstance(age, Age):
            counts.append(cross.grid.number(line, column.at, age.text))
    return People(counts, total, unknown, cross.lines[0][1].number)


def _origin(tables: Sequence[tuple[Cross, Area]]) -> Origin:
    """Sheets named by code, from 2015 or 2020 on by five years, are the projections' own workbooks."""
    cross = tables[0][0]
    years = sorted({column.year for column in cross.columns})
    edition = EDITIONS.get(years[0])
    if edition and named_area(cross.grid.sheet) and len(years) > 3:
        return Origin(IPSS.format(edition), "男女・年齢別推計結果（市区町村別）", edition, "published")
    return Origin(cross.grid.file, "", "", "entered")
