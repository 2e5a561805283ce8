"""Tables with an area in each row and the ages in columns.

The results of IPSS for all areas (``suikei_kekka``, 2018 as CSV, 2023 as a workbook), the register's
ages by municipality (住民基本台帳年齢階級別人口) and 地域・年齢別人口 of the municipal open data set: what
differs is how the columns say sex and age, so everything is found by headings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sosei.formats.population_areas import not_there
from sosei.formats.population_collect import Collector, People, scheme_of
from sosei.formats.population_grid import Grid, Line, shown
from sosei.formats.population_labels import Age, NoAge, Sex, read_age, read_code, read_sex, read_year
from sosei.formats.population_origins import EDITIONS, origin_of_rows
from sosei.formats.population_reading import Area, Kind, Reading
from sosei.values.folding import compact

_SEARCHED = 30
_CODES = frozenset(
    [
        "コード",
        "団体コード",
        "地域コード",
        "市区町村コード",
        "全国地方公共団体コード",
        "都道府県コード又は市区町村コード",
        "code",
        "area",
    ]
)
_FIELDS = {
    **dict.fromkeys(["市などの別", "市区町村の別", "区分"], "kind"),
    **dict.fromkeys(["都道府県", "都道府県名", "pref"], "prefecture"),
    **dict.fromkeys(
        ["市区町村", "市区町村名", "地方公共団体名", "市町村名", "団体名", "name", "地域名称"], "name"
    ),
    **dict.fromkeys(["年", "年次", "西暦", "調査年", "調査年月日", "year"], "year"),
    **dict.fromkeys(["性別", "性", "男女", "sex"], "sex"),
}
_KINDS = {kind.value: kind for kind in Kind}
_SUFFIX = re.compile(r"(.+?)[/／_ 　]([amf男女計])")
_OF_SEX = re.compile(r"(.+?)の(男性|女性|男|女)")


@dataclass(slots=True)
class Block:
    """The columns of one sex: its ages in order, its total and its unknown."""

    sex: Sex | None
    ages: list[Age] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    total: int | None = None
    unknown: int | None = None

    @property
    def closed(self) -> bool:
        """Whether the open age group has come."""
        return bool(self.ages) and self.ages[-1].upper is None

    def takes(self, age: Age) -> bool:
        """Whether ``age`` goes on where the block has got to."""
        return (
            not self.closed and age.lower == (self.ages[-1].upper or 0) + 1 if self.ages else age.lower == 0
        )


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand, the columns of fields, and the blocks of ages."""

    line: int
    after: int
    fields: dict[str, int]
    blocks: tuple[Block, ...]


def find_rows(grid: Grid) -> Header | None:
    """The headings of such a table among the first lines; None where there are none."""
    lines = grid.lines[:_SEARCHED]
    for at, line in enumerate(lines):
        ages = sum(isinstance(_label(cell)[0], Age) for cell in line.cells)
        if ages < 10:
            continue
        titles = [row.cells for row in lines[max(0, at - 2) : at]]
        fields = _fields([*titles, line.cells])
        if "code" in fields and ("year" in fields or "sex" in fields):
            blocks = _blocks(line.cells, titles)
            if blocks:
                return Header(line.number, at + 1, fields, blocks)
    return None


def _fields(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for cells in rows:
        for column, cell in enumerate(cells):
            name = compact(cell).lower()[:40]
            if name in _CODES:
                # 地域コード of the open data set numbers regions inside the municipality.
                regions = name == "地域コード" and "code" in found
                found["region" if regions else "code"] = column
            elif name == "地域名":
                found["region_name"] = column
            elif name in _FIELDS:
                found.setdefault(_FIELDS[name], column)
    return found


def _label(cell: str) -> tuple[Age | NoAge | None, Sex | None]:
    """What a heading says: the age, and the sex where it says one too (0～4歳/m, 0-4歳の男性)."""
    name = compact(cell)
    match = _OF_SEX.fullmatch(name) or _SUFFIX.fullmatch(name)
    if match and (sex := read_sex(match[2])) is not None:
        return read_age(match[1]), sex
    if name in ("男性", "女性"):
        return NoAge.TOTAL, read_sex(name)
    return read_age(name), None


def _blocks(cells: Sequence[str], titles: Sequence[Sequence[str]]) -> tuple[Block, ...]:
    labels = [_label(cell) for cell in cells]
    if any(isinstance(age, Age) and sex for age, sex in labels):
        return _named_blocks(labels)
    return _blocks_in_order(labels, titles)


def _named_blocks(labels: Sequence[tuple[Age | NoAge | None, Sex | None]]) -> tuple[Block, ...]:
    """Columns that say their sex themselves; a bare total is that of both."""
    blocks: dict[Sex, Block] = {}
    for column, (age, said) in enumerate(labels):
        if age is None:
            continue
        block = blocks.setdefault(said or Sex.BOTH, Block(said or Sex.BOTH))
        if age is NoAge.TOTAL:
            block.total = column
        elif age is NoAge.UNKNOWN:
            block.unknown = column
        elif isinstance(age, Age) and (said is not None):
            block.ages.append(age)
            block.columns.append(column)
    return tuple(block for block in blocks.values() if block.ages)


def _blocks_in_order(
    labels: Sequence[tuple[Age | NoAge | None, Sex | None]], titles: Sequence[Sequence[str]]
) -> tuple[Block, ...]:
    """Columns that repeat the same ages for both sexes, males, females; what follows an open age is no block."""
    blocks: list[Block] = []
    total: int | None = None
    for column, (age, _) in enumerate(labels):
        if age is NoAge.TOTAL:
            total = column
        elif age is NoAge.UNKNOWN and blocks and blocks[-1].closed and blocks[-1].unknown is None:
            blocks[-1].unknown = column
        elif isinstance(age, Age):
            if blocks and blocks[-1].takes(age):
                blocks[-1].ages.append(age)
                blocks[-1].columns.append(column)
            elif age.lower == 0 and (age.upper or 0) < 5:
                blocks.append(Block(_titled(titles, column), [age], [column], total))
                total = None
    if len(blocks) == 3 and any(block.sex is None for block in blocks):
        for block, sex in zip(blocks, (Sex.BOTH, Sex.MALE, Sex.FEMALE), strict=True):
            block.sex = sex
    return tuple(blocks)


def _titled(titles: Sequence[Sequence[str]], column: int) -> Sex | None:
    """The sex written above the column, or above one to its left."""
    for cells in reversed(titles):
        for cell in reversed(cells[: column + 1]):
            if (sex := read_sex(cell.strip("（）() "))) is not None:
                return sex
    return None


def read_rows_table(grid: Grid, header: Header, only: Collection[str] | None = None) -> Reading:
    """The people in the table, of the areas ``only`` (five digits) where given.  Raises Problem."""
    ages = scheme_of(header.blocks[0].ages, grid, header.line)
    for block in header.blocks[1:]:
        if block.ages != header.blocks[0].ages:
            scheme_of(block.ages, grid, header.line)
            raise grid.problem(
                (header.line, None),
                "男女で年齢の列が違います",
                "the columns of ages differ between the sexes",
            )
    year = _year_of_titles(grid, header) if "year" not in header.fields else None
    census = EDITIONS if "kind" in header.fields else ()
    collector = Collector(grid, ages, origin_of_rows(grid, ages), census)
    reader = _Reader(grid, header, collector, year, [age.text for age in header.blocks[0].ages])
    for line in grid.lines[header.after :]:
        reader.take(line, only)
    if only and not reader.collector.rows:
        raise not_there(grid.file, only)
    return reader.collector.finish(nest=only is None)


def _year_of_titles(grid: Grid, header: Header) -> int:
    for line in grid.lines[: header.after]:
        for cell in line.cells:
            found = re.search(r"(?:令和|平成|昭和)\s*(?:元|[0-9０-９]+)\s*年|(?:19|20)[0-9]{2}\s*年", cell)
            if found and (year := read_year(found[0])) is not None:
                return year
    raise grid.problem(
        (header.line, None),
        "何年の人口かが分かりません。「年」の列か、表題に「令和6年1月1日」のような年が必要です",
        "the year is not said; a column 年 or a title with a year such as 令和6年1月1日 is needed",
    )


@dataclass(slots=True)
class _Reader:
    grid: Grid
    header: Header
    collector: Collector
    year: int | None
    ages: list[str]

    def take(self, line: Line, only: Collection[str] | None) -> None:
        text = self._text(line, "code")
        code = read_code(text)
        if code is None:
            if text and any(cell.strip().isdigit() for cell in line.cells[:2]):
                raise self.grid.problem(
                    (line.number, self.header.fields["code"]),
                    f"コード「{shown(text)}」が団体コードではありません（5桁か、検査数字の合う6桁が必要です）",
                    f'"{shown(text)}" is no code of an area (five digits, or six with the right check digit)',
                )
            return  # a note below the table, or a blank row between prefectures
        if only is not None and code not in only:
            return
        area = self._area(line, code)
        year = self._year(line)
        said = self._sex(line)
        for block in self.header.blocks:
            sex = said or block.sex
            if sex is None:
                raise self.grid.problem(
                    (self.header.line, None),
                    "男女の別が見出しにありません",
                    "the headings do not say which sex the columns count",
                )
            self.collector.add(area, year, sex, self._people(line, block))

    def _people(self, line: Line, block: Block) -> People:
        counts = self.grid.counts(line, block.columns, self.ages)
        total = None if block.total is None else self.grid.number(line, block.total, "総数")
        unknown = 0.0
        if (
            block.unknown is not None
            and block.unknown < len(line.cells)
            and line.cells[block.unknown].strip()
        ):
            unknown = self.grid.number(line, block.unknown, "年齢不詳")
        return People(counts, total, unknown, line.number)

    def _text(self, line: Line, name: str) -> str:
        column = self.header.fields.get(name)
        return line.cells[column].strip() if column is not None and column < len(line.cells) else ""

    def _area(self, line: Line, code: str) -> Area:
        name = self._text(line, "name") or self._text(line, "prefecture")
        kind = self._text(line, "kind")
        return Area(code, " ".join(name.split()), _KINDS.get(compact(kind).lower()))

    def _year(self, line: Line) -> int:
        if self.year is not None:
            return self.year
        text = self._text(line, "year")
        year = read_year(text)
        if year is None:
            raise self.grid.problem(
                (line.number, self.header.fields["year"]),
                f"年「{shown(text)}」が読めません",
                f'the year "{shown(text)}" cannot be read',
            )
        return year

    def _sex(self, line: Line) -> Sex | None:
        if "sex" not in self.header.fields:
            return None
        text = self._text(line, "sex")
        sex = read_sex(text)
        if sex is None:
            raise self.grid.problem(
                (line.number, self.header.fields["sex"]),
                f"性別「{shown(text)}」が読めません。男、女、総数のどれかが必要です",
                f'the sex "{shown(text)}" cannot be read; 男, 女 or 総数 is needed',
            )
        return sex
