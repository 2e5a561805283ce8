"""地域・年齢別人口 of the municipal open data set (自治体標準オープンデータセット), in both of its layouts.

A file has the regions of one municipality (町丁, 大字), each in a row; the municipality is their sum.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sosei.formats.population_areas import kind_of
from sosei.formats.population_collect import Collector, People, scheme_of
from sosei.formats.population_grid import Grid, Line, shown
from sosei.formats.population_labels import Sex, read_code, read_day, read_year
from sosei.formats.population_origins import register_note
from sosei.formats.population_reading import Area, Reading
from sosei.formats.population_rows import Block, Header
from sosei.population.panel import Origin, Panel
from sosei.values import Words
from sosei.values.folding import compact

_SUMS = frozenset(
    ["総計", "合計", "総数", "計", "全域", "全市", "全町", "全村", "市計", "町計", "村計", "区計"]
)


def is_regions(header: Header) -> bool:
    """Whether the rows are regions inside a municipality."""
    return "region_name" in header.fields


def read_regions(grid: Grid, header: Header) -> Reading:
    """The municipality as the sum of its regions, and the regions as ``parts``.  Raises Problem.

    A row that already sums the others is left out and said.
    """
    scheme = scheme_of(header.blocks[0].ages, grid, header.line)
    origin = Origin(
        f"{_owner(grid, header)}「地域・年齢別人口」",
        "自治体標準オープンデータセット",
        "",
        "published",
        register_note(_days(grid, header)),
    )
    collector = Collector(grid, scheme, origin)
    inside: list[tuple[str, str, Line]] = []
    sums: list[tuple[str, str, Line]] = []
    for line in grid.lines[header.after :]:
        region = _text(line, header, "region_name")
        code = read_code(_text(line, header, "code"))
        if code is None or not region:
            raise grid.problem(
                (line.number, header.fields["region_name"] if code else header.fields["code"]),
                "団体コードか地域名が読めません",
                "the code or the name of the region cannot be read",
            )
        (sums if compact(region) in _SUMS else inside).append((code, region, line))
    taken = inside or sums  # a file may hold the municipality as a whole alone
    codes = {code: _text(line, header, "name") for code, _, line in taken}
    if len(codes) > 1:
        raise grid.problem(
            (header.line, None),
            f"団体コードが {len(codes)} 種類あります。一つの市区町村の表が必要です",
            f"there are {len(codes)} codes; a table of one municipality is needed",
        )
    for _, region, line in taken:
        _take(collector, header, line, region)
    reading = collector.finish(nest=False)  # refuses a file without rows
    (code, name), *_ = codes.items()
    return _summed(
        reading, Area(code, name, kind_of(code, name)), [region for _, region, _ in sums if inside]
    )


def _take(collector: Collector, header: Header, line: Line, region: str) -> None:
    grid = collector.grid
    text = _text(line, header, "year")
    year = read_year(text)
    if year is None:
        raise grid.problem(
            (line.number, header.fields.get("year")),
            f"調査年月日「{shown(text)}」が読めません",
            f'the date of the survey "{shown(text)}" cannot be read',
        )
    code = _text(line, header, "region") or region
    rows = [(block.sex or Sex.BOTH, _people(grid, line, block)) for block in header.blocks]
    _check_whole(grid, header, line, sum(sum(people.counts) for sex, people in rows if sex is not Sex.BOTH))
    for sex, people in rows:
        collector.add(Area(f"{code}", region), year, sex, people)


def _check_whole(grid: Grid, header: Header, line: Line, summed: float) -> None:
    """Raise Problem where 総人口 is not what men and women add up to."""
    taken = {block.total for block in header.blocks}
    cells = grid.lines[header.after - 1].cells
    column = next(
        (at for at, cell in enumerate(cells) if compact(cell) == "総人口" and at not in taken), None
    )
    if column is None or column >= len(line.cells) or not line.cells[column].strip():
        return
    whole = grid.number(line, column, "総人口")
    if whole != summed:
        raise grid.problem(
            (line.number, column),
            f"総人口は {whole:,.0f} ですが、男女・年齢別の和は {summed:,.0f} です",
            f"the total is {whole:,.0f}, but men and women by age add up to {summed:,.0f}",
        )


def _people(grid: Grid, line: Line, block: Block) -> People:
    counts = grid.counts(line, block.columns, [age.text for age in block.ages])
    total = grid.number(line, block.total, "総数") if block.total is not None else None
    return People(counts, total, 0.0, line.number)


def _summed(reading: Reading, area: Area, sums: list[str]) -> Reading:
    parts = reading.panel
    if parts is None:
        return reading
    values = parts.values.sum(axis=3, keepdims=True)
    count = len(parts.areas)
    origins = tuple(replace(origin, how="derived" if count > 1 else origin.how) for origin in parts.sources)
    whole = Panel(np.asarray(values), parts.years, parts.ages, (area.code,), (area.name,), origins)
    said: list[Words] = []
    if count > 1:
        said.append(
            Words(f"{count:,} 地域の人口を合計しました", f"the population of {count:,} regions is added up")
        )
    if sums:
        said.append(
            Words(
                f"合計の行（{'、'.join(sorted(set(sums)))}）は二重になるため除きました",
                f"rows that are sums already ({', '.join(sorted(set(sums)))}) are left out",
            )
        )
    return replace(reading, panel=whole, areas=(area,), parts=parts, remarks=(*reading.remarks, *said))


def _text(line: Line, header: Header, name: str) -> str:
    column = header.fields.get(name)
    return line.cells[column].strip() if column is not None and column < len(line.cells) else ""


def _days(grid: Grid, header: Header) -> set[tuple[int, int]]:
    """Month and day of every date of the survey that says them."""
    found = (read_day(_text(line, header, "year")) for line in grid.lines[header.after :])
    return {day for day in found if day is not None}


def _owner(grid: Grid, header: Header) -> str:
    for line in grid.lines[header.after :]:
        if name := _text(line, header, "name"):
            return shown(name)
    return ""
