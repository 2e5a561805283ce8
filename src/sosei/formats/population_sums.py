"""Tables of totals and age groups without sex: the result tables of IPSS and small CSV files made from them.

Three layouts: a column for each year, the group in the title (``kekkahyo1``, ``2_1`` to ``2_4``); a
column for each group and year (``pop2020``, ``young2050``); a row for each year with the groups in columns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sosei.formats.population_areas import kind_of, not_there
from sosei.formats.population_collect import hidden_unknown
from sosei.formats.population_grid import Grid, Line, shown
from sosei.formats.population_labels import Age, NoAge, read_age, read_code, read_year
from sosei.formats.population_origins import EDITIONS, IPSS
from sosei.formats.population_reading import Area, Group, Kind, Reading, Sums, check_parts
from sosei.population.panel import Origin
from sosei.values import Problem, Words
from sosei.values.folding import compact

_SEARCHED = 30
_LEAST_YEARS = 3
_CODES = frozenset(["コード", "団体コード", "市区町村コード", "code", "area"])
_NAMES = frozenset(["市区町村", "市区町村名", "団体名", "地域", "地域名", "都道府県", "都道府県名", "name"])
_KINDS = {kind.value: kind for kind in Kind}
_GROUPS = {
    **dict.fromkeys(["総数", "総人口", "人口", "計", "total", "pop", "population"], Group.TOTAL),
    **dict.fromkeys(["年少", "年少人口", "young", "age0_14"], Group.YOUNG),
    **dict.fromkeys(["生産年齢", "生産年齢人口", "working", "age15_64"], Group.WORKING),
    **dict.fromkeys(["老年", "老年人口", "高齢者", "elderly", "age65plus"], Group.OLD),
    **dict.fromkeys(["後期老年", "後期高齢者", "age75plus"], Group.OLDEST),
}
_AGES = {
    Age(0, 14): Group.YOUNG,
    Age(15, 64): Group.WORKING,
    Age(65, None): Group.OLD,
    Age(75, None): Group.OLDEST,
}
_TITLES = re.compile(r"75歳以上|65歳以上|15[~-]64歳|0[~-]14歳|年少人口|生産年齢人口|老年人口|総人口|人口総数")
_HIGHEST_SHARE = 300  # percent, or an index with 100 in the base year
_GROUP_YEAR = re.compile(r"(.+?)_?((?:19|20)\d\d)年?")


@dataclass(frozen=True, slots=True)
class SumsHeader:
    """Where the headings stand, and the group and year of each column of figures; 0 where a row says the year."""

    line: int
    after: int
    code: int
    names: tuple[int, ...]
    kind: int | None
    year: int | None
    figures: dict[int, tuple[Group, int]]


def group_of(text: str) -> Group | None:
    """The group that a heading names: 0～14歳, 老年人口, 総数 ...; None where it names none."""
    found = _GROUPS.get(compact(text).lower()[:40])
    if found is not None:
        return found
    age = read_age(text)
    return Group.TOTAL if age is NoAge.TOTAL else _AGES.get(age) if isinstance(age, Age) else None


def find_sums(grid: Grid) -> SumsHeader | None:
    """The headings of such a table; None where there are none."""
    for at, line in enumerate(grid.lines[:_SEARCHED]):
        headings = grid.lines[max(0, at - 2) : at + 1]
        found = _year_columns(line.cells)
        if len(found) >= _LEAST_YEARS:
            group = _titled_group(grid, at)
            figures = {column: (group, year) for year, column in found.items()}
            return _header(grid, at, headings, figures, None)
        figures = _grouped(line.cells)
        years = [
            column
            for column, cell in enumerate(line.cells)
            if compact(cell).lower() in ("年", "年次", "year")
        ]
        whole = any(group is Group.TOTAL for group, _ in figures.values())
        if whole and all(year for _, year in figures.values()):
            return _header(grid, at, headings, figures, None)
        if whole and years and len(figures) > 1 and not any(year for _, year in figures.values()):
            return _header(grid, at, headings, figures, years[0])
    return None


def _year_columns(cells: Sequence[str]) -> dict[int, int]:
    """The first run of rising years in a line; the years of indices beside it are another run."""
    found: dict[int, int] = {}
    for column, cell in enumerate(cells):
        year = _year_of(cell)
        if year is not None:
            if found and year <= max(found):
                break
            found[year] = column
    return found


def _year_of(cell: str) -> int | None:
    """2020年, 令和2年, or both in one cell: 2020年(令和2年)."""
    head = re.match(r"(?:19|20)\d\d年?(?=[(（\n]|$)", compact(cell))
    return read_year(head[0]) if head else read_year(cell)


def _grouped(cells: Sequence[str]) -> dict[int, tuple[Group, int]]:
    found: dict[int, tuple[Group, int]] = {}
    for column, cell in enumerate(cells):
        match = _GROUP_YEAR.fullmatch(compact(cell).lower())
        if match and (group := group_of(match[1])) is not None:
            found[column] = (group, int(match[2]))
        elif (group := group_of(cell)) is not None:
            found[column] = (group, 0)
    return found


def _titled_group(grid: Grid, at: int) -> Group:
    """The group the title names; a title without one is that of the total."""
    title = "".join(compact(cell) for line in grid.lines[:at] for cell in line.cells) + compact(grid.sheet)
    named = _TITLES.search(title)
    return (group_of(named[0]) if named else None) or Group.TOTAL


def _header(
    grid: Grid,
    at: int,
    headings: Sequence[Line],
    figures: dict[int, tuple[Group, int]],
    year: int | None,
) -> SumsHeader | None:
    names: list[int] = []
    code = kind = None
    for line in headings:
        for column, cell in enumerate(line.cells):
            name = compact(cell).lower()
            if name in _CODES:
                code = column
            elif name in _NAMES:
                names.append(column)
            elif name in ("市などの別", "区分"):
                kind = column
    first = min(figures)
    if code is None:
        code = _code_by_content(grid.lines[at + 1 :], first)
    if code is None:
        return None
    if not names:
        names = [column for column in range(first) if column not in (code, kind, year)]
    return SumsHeader(grid.lines[at].number, at + 1, code, tuple(sorted(set(names))), kind, year, figures)


def _code_by_content(lines: Sequence[Line], before: int) -> int | None:
    """The column left of the figures whose cells are codes, where no heading says it."""
    for column in range(before):
        texts = [line.cells[column].strip() for line in lines[:20] if column < len(line.cells)]
        codes = [text for text in texts if text and read_code(text)]
        if codes and len(codes) >= 0.8 * len([text for text in texts if text]):
            return column
    return None


def read_sums(grid: Grid, header: SumsHeader, only: Collection[str] | None = None) -> Reading:
    """The totals and groups of the table, of the areas ``only`` where given.  Raises Problem."""
    values: dict[tuple[str, int, Group], float] = {}
    areas: dict[str, Area] = {}
    for line in grid.lines[header.after :]:
        text = line.cells[header.code].strip() if header.code < len(line.cells) else ""
        code = read_code(text)
        if code is None:
            if text[:1].isdigit():
                raise grid.problem(
                    (line.number, header.code),
                    f"コード「{shown(text)}」が団体コードではありません（5桁か、検査数字の合う6桁が必要です）",
                    f'"{shown(text)}" is no code of an area (five digits, or six with the right check digit)',
                )
            continue
        if only is not None and code not in only:
            continue
        areas.setdefault(code, _area(line, code, header))
        for key, value in _figures(grid, header, line, code):
            if key in values:
                raise grid.problem(
                    (line.number, header.code),
                    f"コード {code} の{key[1]}年が二度あります",
                    f"the code {code} has the year {key[1]} twice",
                )
            values[key] = value
    if not values:
        if only:
            raise not_there(grid.file, only)
        raise grid.problem((header.line, None), "人口の行がありません", "there are no rows of population")
    _refuse_shares(grid, header, values)
    years = {year for _, year, _ in values}
    sums = Sums(tuple(areas.values()), values, _origin(grid, years))
    said = check_sums(sums, grid.file)
    if header.kind is not None and only is None:
        _check_parts(sums, grid.file)
    return Reading(sums=sums, areas=sums.areas, remarks=(*grid.remarks, *said))


def _check_parts(sums: Sums, file: str) -> None:
    """Raise Problem where a prefecture or designated city is not the sum of its parts."""
    for year in sums.years:
        for group in Group:
            people = {area.code: sums.values.get((area.code, year, group)) for area in sums.areas}
            given = {code: count for code, count in people.items() if count is not None}
            if len(given) == len(people):
                when = Words(f"{year}年（{group.words.ja}）", f"{year} ({group.words.en})")
                check_parts(given, sums.areas, file, when)


def _refuse_shares(grid: Grid, header: SumsHeader, values: Mapping[tuple[str, int, Group], float]) -> None:
    """Raise Problem for a table of shares or indices: small figures, not whole.  Titles name them beside persons."""
    if max(values.values()) <= _HIGHEST_SHARE and not all(value.is_integer() for value in values.values()):
        raise grid.problem(
            (header.line, None),
            "割合か指数の表です。人数の表を選んでください",
            "this is a table of shares or indices; choose the table of persons",
        )


def _area(line: Line, code: str, header: SumsHeader) -> Area:
    parts = [line.cells[column].strip() for column in header.names if column < len(line.cells)]
    name = next((part for part in reversed(parts) if part and not part.isascii()), "")
    kind = (
        line.cells[header.kind].strip() if header.kind is not None and header.kind < len(line.cells) else ""
    )
    return Area(code, name, _KINDS.get(compact(kind).lower()) or kind_of(code, name))


def _figures(
    grid: Grid, header: SumsHeader, line: Line, code: str
) -> Iterable[tuple[tuple[str, int, Group], float]]:
    said: int | None = None
    if header.year is not None:
        text = line.cells[header.year].strip() if header.year < len(line.cells) else ""
        said = read_year(text)
        if said is None:
            raise grid.problem(
                (line.number, header.year),
                f"年「{shown(text)}」が読めません",
                f'the year "{shown(text)}" cannot be read',
            )
    for column, (group, year) in header.figures.items():
        if column < len(line.cells) and line.cells[column].strip():
            yield (code, said or year, group), grid.number(line, column, group.words.ja)


def _origin(grid: Grid, years: set[int]) -> Origin:
    title = compact("".join(cell for line in grid.lines[:6] for cell in line.cells))
    edition = EDITIONS.get(min(years)) if len(years) > _LEAST_YEARS and max(years) > 2025 else None
    if edition is None and "地域別将来推計" not in title:
        return Origin(grid.file, "", "", "entered")
    edition = edition or ""
    return Origin(IPSS.format(edition), "総人口と年齢区分別人口", edition, "published")


def check_sums(sums: Sums, file: str) -> tuple[Words, ...]:
    """Raise Problem where the three groups do not make the total; else what is to be said of them.

    In the census year from which a projection starts the total may hold people of unknown age.
    """
    names = {area.code: area.name or area.code for area in sums.areas}
    unknown: dict[int, float] = {}
    for (code, year, group), total in sums.values.items():
        if group is not Group.TOTAL:
            continue
        parts = [sums.values.get((code, year, part)) for part in (Group.YOUNG, Group.WORKING, Group.OLD)]
        known = [part for part in parts if part is not None]
        summed = sum(known)
        hidden = hidden_unknown(total, summed) if len(known) == 3 and year in EDITIONS else 0.0
        # The three may be rounded each by itself.
        if (len(known) == 3 and abs(summed + hidden - total) > 2) or summed > total + 2:
            raise Problem(
                f"{file}: {names[code]}の{year}年の総数は {total:,.0f} ですが、年齢区分の和は {summed:,.0f} です",
                f"{file}: the total of {names[code]} in {year} is {total:,.0f}, "
                f"but its age groups add up to {summed:,.0f}",
            )
        if hidden > 2:
            unknown[year] = unknown.get(year, 0.0) + 1
    return tuple(
        Words(
            f"{year}年の総数は {areas:,.0f} 地域で年齢区分の和より大きく、差は年齢不詳の人です。按分していません",
            f"in {year} the total of {areas:,.0f} areas exceeds the sum of the age groups by people of unknown age; "
            "they are not spread over the groups",
        )
        for year, areas in unknown.items()
    )


def join_sums(readings: Sequence[Reading]) -> Reading:
    """Several tables of one projection (総人口, 0～14歳, 15～64歳, 65歳以上) as one.  Raises Problem.

    A figure that two tables hold must be the same in both.
    """
    found = [reading.sums for reading in readings if reading.sums is not None]
    values: dict[tuple[str, int, Group], float] = {}
    areas: dict[str, Area] = {}
    for sums in found:
        for area in sums.areas:
            known = areas.get(area.code)
            areas[area.code] = area if known is None or not known.name else known
        for key, value in sums.values.items():
            if values.setdefault(key, value) != value:
                code, year, group = key
                raise Problem(
                    f"{areas[code].name or code}の{year}年の{group.words.ja}が二つの表で違います"
                    f"（{values[key]:,.0f} と {value:,.0f}）",
                    f"{areas[code].name or code}, {year}, {group.words.en}: two tables differ "
                    f"({values[key]:,.0f} and {value:,.0f})",
                )
    joined = replace(found[0], areas=tuple(areas.values()), values=values)
    said = check_sums(joined, found[0].origin.source)
    remarks = [remark for reading in readings for remark in reading.remarks]
    return Reading(sums=joined, areas=joined.areas, remarks=tuple(dict.fromkeys([*remarks, *said])))
