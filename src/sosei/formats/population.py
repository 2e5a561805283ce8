"""Population out of any file we know: the layout is found by its headings, never by its name or its cells."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from sosei.formats.population_areas import not_there
from sosei.formats.population_cross import Cross, find_cross, named_area, read_cross
from sosei.formats.population_grid import Grid, csv_grid, sheet_grid
from sosei.formats.population_large import peek, read_large
from sosei.formats.population_lists import find_long, read_long
from sosei.formats.population_reading import Area, Reading
from sosei.formats.population_regions import is_regions, read_regions
from sosei.formats.population_rows import find_rows, read_rows_table
from sosei.formats.population_sums import find_sums, join_sums, read_sums
from sosei.formats.xlsx_cells import read_book
from sosei.values import Problem, Words

LAYOUTS = Words(
    "社人研の推計結果（全国・都道府県別・結果表）、国勢調査、住民基本台帳の年齢別人口、地域・年齢別人口"
    "（自治体標準オープンデータセット）、年・性別・年齢・人口の縦の表、年齢を縦に男女と年を横に並べた表",
    "the results of IPSS (all areas, by prefecture, result tables), the census, the register by age, "
    "地域・年齢別人口 of the municipal open data set, a long table of year, sex, age and population, "
    "a table with ages down and sexes and years across",
)


def read_population(
    data: bytes, name: str, only: Collection[str] | None = None, own: Area | None = None
) -> Reading:
    """The people in the file ``data`` called ``name``.

    ``only``  codes of five digits: no other area is read, which is quick in a file of the whole country.
    ``own``   the area of a table that names none (a municipality's own sheet); else it is named like the file.

    Raises Problem, with one sentence that says the file, the sheet or line, what was found and what is
    needed, for a file of no known layout and for figures that disagree.
    """
    file = PurePath(name).name[:100] or "file"
    area = own or Area("", PurePath(file).stem[:60])
    if data.startswith(b"PK\x03\x04"):
        return _book(data, file, only, area)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        return _book(data, file, only, area)  # the workbook reader knows what to say of these
    reading = _table(csv_grid(data, file), only, area)
    if reading is None:
        raise _unknown(file)
    return reading


def _table(grid: Grid, only: Collection[str] | None, own: Area) -> Reading | None:
    """The people in one table; None where its headings are of no known layout."""
    if long := find_long(grid):
        return read_long(grid, long, own, only)
    if rows := find_rows(grid):
        return read_regions(grid, rows) if is_regions(rows) else read_rows_table(grid, rows, only)
    if sums := find_sums(grid):
        return read_sums(grid, sums, only)
    cross = find_cross(grid)
    return read_cross([(cross, own)]) if cross else None


def _book(data: bytes, file: str, only: Collection[str] | None, own: Area) -> Reading:
    try:
        first = peek(data, file)
        if first is not None and (find_rows(first) is not None):
            large = read_large(data, file)
            header = find_rows(large)
            if header is not None and not is_regions(header):
                return read_rows_table(large, header, only)
        book = read_book(data)
    except Problem as problem:
        if problem.ja.startswith(file):
            raise
        raise Problem(f"{file}: {problem.ja}", f"{file}: {problem.en}") from None
    grids = [sheet_grid(sheet, file, book.remarks) for sheet in book.sheets if not sheet.hidden]
    crosses = _named_crosses(grids, only)
    if crosses:
        return read_cross(crosses)
    if only is not None and any(named_area(grid.sheet) for grid in grids):
        raise not_there(file, only)
    return _first_table(grids, only, own, file)


def _named_crosses(grids: list[Grid], only: Collection[str] | None) -> list[tuple[Cross, Area]]:
    """The sheets named for areas (43214_阿蘇市) that hold a table by age."""
    found: list[tuple[Cross, Area]] = []
    for grid in grids:
        area = named_area(grid.sheet)
        if area is None or (only is not None and area.code not in only):
            continue
        cross = find_cross(grid)
        if cross is not None:
            found.append((cross, area))
    return found


def _first_table(grids: list[Grid], only: Collection[str] | None, own: Area, file: str) -> Reading:
    """The first sheet with a table; sheets of sums are joined, because 総人口 and its groups belong together."""
    readings: list[Reading] = []
    for grid in grids:
        reading = _table(grid, only, own)
        if reading is None:
            continue
        if reading.sums is None:
            return reading
        readings.append(reading)
    if not readings:
        raise _unknown(file)
    return join_sums(readings) if len(readings) > 1 else readings[0]


def _unknown(file: str) -> Problem:
    return Problem(
        f"{file}: 人口の表の見出しが見つかりません。読めるのは {LAYOUTS.ja} です",
        f"{file}: no headings of a table of population are found; known are {LAYOUTS.en}",
    )
