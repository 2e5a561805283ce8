"""Lists: sex and age in each row, the figure in one column or in a column for each year.

The census 1980-2015, the national projection, and a municipality's own sheet (年, 性別, 年齢, 人口).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sosei.formats.population_areas import kind_of, not_there
from sosei.formats.population_collect import Collector, People, scheme_of
from sosei.formats.population_grid import Grid, Line, shown
from sosei.formats.population_labels import Age, NoAge, Sex, read_age, read_code, read_sex, read_year
from sosei.formats.population_origins import CENSUS
from sosei.formats.population_reading import Area, Reading
from sosei.population.panel import Origin
from sosei.values import Problem
from sosei.values.folding import compact

_SEARCHED = 30
_FIELDS = {
    **dict.fromkeys(
        ["コード", "団体コード", "市区町村コード", "地域コード", "全国地方公共団体コード", "code", "area"],
        "code",
    ),
    **dict.fromkeys(["地域", "地域名", "市区町村", "市区町村名", "団体名", "名称", "name"], "name"),
    **dict.fromkeys(["年", "年次", "西暦", "調査年", "year"], "year"),
    **dict.fromkeys(["性別", "性", "男女", "男女別", "sex"], "sex"),
    **dict.fromkeys(["年齢", "年齢階級", "年齢区分", "年齢別", "age"], "age"),
    **dict.fromkeys(["人口", "人数", "値", "人口(人)", "人数(人)", "value", "population"], "value"),
}


@dataclass(frozen=True, slots=True)
class LongHeader:
    """Where the headings stand, the columns of fields, and a column for each year where there is no year field."""

    line: int
    after: int
    fields: dict[str, int]
    years: dict[int, int]


def find_long(grid: Grid) -> LongHeader | None:
    """The headings of a long table; None where there are none."""
    for at, line in enumerate(grid.lines[:_SEARCHED]):
        fields: dict[str, int] = {}
        for column, cell in enumerate(line.cells):
            name = _FIELDS.get(compact(cell).lower()[:40])
            if name is not None:
                fields.setdefault(name, column)
        if "sex" not in fields or "age" not in fields:
            continue
        if "year" in fields and "value" in fields:
            return LongHeader(line.number, at + 1, fields, {})
        years = {year: column for column, cell in enumerate(line.cells) if (year := read_year(cell))}
        if years:
            return LongHeader(line.number, at + 1, fields, years)
    return None


_Key = tuple[str, int, Sex]


@dataclass(slots=True)
class _Cells:
    """The figures by area, year and sex, then by age, each with its line."""

    grid: Grid
    figures: dict[_Key, dict[Age | NoAge, tuple[float, int]]] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    def put(self, key: _Key, age: Age | NoAge, value: float, line: int) -> None:
        by_age = self.figures.setdefault(key, {})
        if age in by_age:
            raise self.grid.problem(
                (line, None),
                f"同じ地域・年・性別・年齢の行が {by_age[age][1]} 行目にもあります。一つにしてください",
                f"the same area, year, sex and age is also in line {by_age[age][1]}; leave only one",
            )
        by_age[age] = (value, line)


def read_long(grid: Grid, header: LongHeader, own: Area, only: Collection[str] | None = None) -> Reading:
    """The people in the table; ``own`` is the area where the table names none.  Raises Problem."""
    cells = _Cells(grid)
    for line in grid.lines[header.after :]:
        _take(cells, header, line, own, only)
    if not cells.figures:
        if only:
            raise not_there(grid.file, only)
        raise grid.problem((header.line, None), "人口の行がありません", "there are no rows of population")
    return _collected(cells, header)


def _take(cells: _Cells, header: LongHeader, line: Line, own: Area, only: Collection[str] | None) -> None:
    grid, fields = cells.grid, header.fields
    area = own
    if "code" in fields:
        text = _text(line, fields["code"])
        code = read_code(text)
        if code is None:
            raise grid.problem(
                (line.number, fields["code"]),
                f"コード「{shown(text)}」が団体コードではありません（5桁か、検査数字の合う6桁が必要です）",
                f'"{shown(text)}" is no code of an area (five digits, or six with the right check digit)',
            )
        if only is not None and code not in only:
            return
        name = _text(line, fields["name"]) if "name" in fields else ""
        area = cells.areas.get(code) or Area(code, name, kind_of(code, name))
    sex, age = read_sex(_text(line, fields["sex"])), read_age(_text(line, fields["age"]))
    if age is None or sex is None:
        raise _unread(grid, line, fields, sex is None)
    cells.areas.setdefault(area.code, area)
    for year, column in _figures(grid, header, line):
        cells.put((area.code, year, sex), age, grid.number(line, column, "人口"), line.number)


def _text(line: Line, column: int) -> str:
    return line.cells[column].strip() if column < len(line.cells) else ""


def _unread(grid: Grid, line: Line, fields: dict[str, int], sex: bool) -> Problem:
    column = fields["sex" if sex else "age"]
    found = shown(_text(line, column))
    if sex:
        return grid.problem(
            (line.number, column),
            f"性別「{found}」が読めません。男、女、総数のどれかが必要です",
            f'the sex "{found}" cannot be read; 男, 女 or 総数 is needed',
        )
    return grid.problem(
        (line.number, column),
        f"年齢「{found}」が読めません。0～4歳、90歳以上、総数、年齢不詳のように書いてください",
        f'the age "{found}" cannot be read; write it as 0～4歳, 90歳以上, 総数 or 年齢不詳',
    )


def _figures(grid: Grid, header: LongHeader, line: Line) -> Iterator[tuple[int, int]]:
    """Each year of the row with the column of its figure."""
    if header.years:
        yield from header.years.items()
        return
    column = header.fields["year"]
    year = read_year(_text(line, column))
    if year is None:
        found = shown(_text(line, column))
        raise grid.problem(
            (line.number, column), f"年「{found}」が読めません", f'the year "{found}" cannot be read'
        )
    yield year, header.fields["value"]


def _collected(cells: _Cells, header: LongHeader) -> Reading:
    first = next(iter(cells.figures.values()))
    ages = _ages(first)
    line = next(iter(first.values()))[1]
    scheme = scheme_of(ages, cells.grid, line)
    written = _written(first, ages)
    collector = Collector(cells.grid, scheme, _origin(cells, header))
    for (code, year, sex), by_age in cells.figures.items():
        area = cells.areas[code]
        missing = [age for age in written if age not in by_age]
        if missing or len(by_age.keys() - {NoAge.TOTAL, NoAge.UNKNOWN}) != len(written):
            surplus = next((age for age in by_age if isinstance(age, Age) and age not in written), None)
            found = missing[0] if missing else surplus
            text = found.text if isinstance(found, Age) else ""
            raise cells.grid.problem(
                (next(iter(by_age.values()))[1], None),
                f"{area.name or code}の{year}年の年齢がほかと違います（{text}{'がありません' if missing else 'が余分です'}）",
                f"{area.name or code}, {year}: the ages differ from the others ({text} is {'missing' if missing else 'too much'})",
            )
        total, unknown = by_age.get(NoAge.TOTAL), by_age.get(NoAge.UNKNOWN)
        collector.add(
            area,
            year,
            sex,
            People(
                [by_age[age][0] for age in written],
                total[0] if total else None,
                unknown[0] if unknown else 0.0,
                next(iter(by_age.values()))[1],
            ),
        )
    return collector.finish(nest=False)


def _written(by_age: dict[Age | NoAge, tuple[float, int]], ages: list[Age]) -> list[Age]:
    """The ages as the file writes them, in the order of ``ages``."""
    found = sorted((age for age in by_age if isinstance(age, Age)), key=lambda age: age.lower)
    return found if len(found) == len(ages) else ages


def _ages(by_age: dict[Age | NoAge, tuple[float, int]]) -> list[Age]:
    """The age groups, from young to old; bare lower bounds (0, 5, 10 ... 90) stand for groups."""
    found = sorted((age for age in by_age if isinstance(age, Age)), key=lambda age: age.lower)
    lower = [age.lower for age in found]
    bare = all(age.upper == age.lower for age in found)
    if bare and len(found) > 1:
        width = lower[1] - lower[0]
        closed = [Age(low, low + width - 1) for low in lower[:-1]]
        return [*closed, Age(lower[-1], None)]
    return found


def _origin(cells: _Cells, header: LongHeader) -> Origin:
    unknown = any(NoAge.UNKNOWN in by_age for by_age in cells.figures.values())
    years = {year for _, year, _ in cells.figures}
    if header.years and "code" in header.fields and unknown and all(year % 5 == 0 for year in years):
        said = f"{min(years)}年" if len(years) == 1 else f"{min(years)}～{max(years)}年"
        return Origin(CENSUS, "男女・年齢（5歳階級）別人口", said, "published")
    return Origin(cells.grid.file, "", "", "entered")
