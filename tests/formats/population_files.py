"""Small files in the layouts in which population is published, all figures made by one rule."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

import xlsxwriter

SEXES = ("male", "female")
YEARS = (2020, 2025, 2030, 2035, 2040, 2045, 2050)
AREAS = (
    ("43000", "a", "熊本県", ""),
    ("43100", "1", "熊本県", "熊本市"),
    ("43101", "0", "熊本県", "熊本市 中央区"),
    ("43102", "0", "熊本県", "熊本市 東区"),
    ("43203", "2", "熊本県", "人吉市"),
    ("43441", "3", "熊本県", "御船町"),
)
_SUMS = {"43000": ("43101", "43102", "43203", "43441"), "43100": ("43101", "43102")}


def people(code: str, year: int, sex: str, group: int) -> int:
    """The people in an age group; a prefecture and a designated city are the sums of their parts."""
    if code in _SUMS:
        return sum(people(part, year, sex, group) for part in _SUMS[code])
    return 100 + int(code) % 97 + 3 * group + (year - 1980) // 5 + (7 if sex == "female" else 0)


def ages(last: int, closed: str = "{}～{}歳", opened: str = "{}歳以上") -> list[str]:
    """The labels of groups of five years, the last one open."""
    return [closed.format(low, low + 4) for low in range(0, last, 5)] + [opened.format(last)]


def row(code: str, year: int, sex: str, groups: int) -> list[int]:
    """The people of one sex, or of ``both``, by age."""
    counted = [[people(code, year, one, at) for at in range(groups)] for one in SEXES]
    return [sum(pair) for pair in zip(*counted, strict=True)] if sex == "both" else counted[SEXES.index(sex)]


def csv_bytes(rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig") -> bytes:
    return "".join(",".join(map(str, cells)) + "\r\n" for cells in rows).encode(encoding)


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook; ``None`` in a row leaves a cell empty.  A name with __ stands for one with another sign."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(at, column, cell)
    return out.getvalue()


def h30_rows() -> list[list[object]]:
    """The results of the 2018 projection as CSV: ages to 90 and over, the sex behind each age."""
    heading: list[object] = ["コード", "市などの別", "都道府県", "市区町村", "年", "総数"]
    heading += [f"{age}/{sex}" for sex in "amf" for age in ages(90)]
    rows = [heading]
    for code, kind, prefecture, name in AREAS:
        for year in (2015, *YEARS[:-1]):
            counted = [row(code, year, sex, 19) for sex in ("both", *SEXES)]
            rows.append(
                [
                    int(code),
                    kind,
                    prefecture,
                    name,
                    f"{year}年",
                    sum(counted[0]),
                    *chain.from_iterable(counted),
                ]
            )
    return rows


Mend = Callable[[list[list[Any]]], object]


def r5_rows(before: int = 0) -> list[list[Any]]:
    """The results of the 2023 projection for all areas: two rows of headings, blocks with a blank between."""
    labels = ["総数", *ages(95, opened="{}歳～")]
    fields = [None] * before + ["コード", "市などの別", "都道府県", "市区町村", "年"]
    top = [
        *fields,
        "総数（男女計）",
        *[None] * 20,
        None,
        "男",
        *[None] * 20,
        None,
        "女",
        *[None] * 20,
        None,
        "指数",
        None,
    ]
    below = [*[None] * len(fields), *labels, None, *labels, None, *labels, None, None, None]
    rows: list[list[Any]] = [
        ["男女・年齢（5歳）階級別の推計結果"],
        [],
        [],
        [*top, None, "（再掲）"],
        [*below, "15～64歳", "65歳以上", "75歳以上"],
    ]
    for code, kind, prefecture, name in AREAS:
        for year in YEARS:
            cells: list[Any] = [None] * before + [int(code), kind, prefecture, name or None, f"{year}年"]
            for sex in ("both", *SEXES):
                counted = row(code, year, sex, 20)
                cells += [sum(counted), *counted, None]
            rows.append([*cells, 98.7, None, 5000, 3000, 1500])
    return rows


def prefecture_sheets() -> dict[str, list[list[Any]]]:
    """The workbook of a prefecture: a sheet for each area, three blocks side by side, 再掲 below."""
    sheets: dict[str, list[list[Any]]] = {}
    labels = ["総数", *ages(95)]
    for code, _, prefecture, name in AREAS:
        heading = [None, *[f"{year}年" for year in YEARS]]
        rows: list[list[Any]] = [
            [f"{code} {name or prefecture}"],
            [],
            ["男女計", *[None] * 8, "男", *[None] * 8, "女"],
            [*heading, None, *heading, None, *heading],
        ]
        for at, label in enumerate(labels):
            cells: list[Any] = []
            for sex in ("both", *SEXES):
                counted = [row(code, year, sex, 20) for year in YEARS]
                cells += [label, *[sum(one) if at == 0 else one[at - 1] for one in counted], None]
            rows.append(cells[:-1])
        rows += [["（再掲）"], ["0～14歳", 1, 2, 3, 4, 5, 6, 7], ["65歳以上", 1, 2, 3, 4, 5, 6, 7]]
        sheets[f"{int(code)}_{(name or prefecture).split()[-1]}"] = rows
    return sheets


def group_rows(title: str, low: int, high: int) -> list[list[Any]]:
    """A result table: title, blank, headings with indices of the same years beside, areas."""
    heading = ["コード", "市などの別", "都道府県", "市区町村"]
    years = [f"{year}年（令和{year - 2018}年）" for year in YEARS]
    rows: list[list[Any]] = [[title], [*[None] * 4, "人口（人）"], [*heading, *years, *years]]
    for code, kind, prefecture, name in AREAS:
        figures = [sum(row(code, year, "both", 20)[low:high]) for year in YEARS]
        rows.append([int(code), kind, prefecture, name, *figures, *[100.0] * 7])
    return rows


def census_rows() -> list[list[Any]]:
    """The census: sex and age down, years across, people of unknown age in 2015."""
    rows: list[list[Any]] = [["code", "sex", "age", 2010, 2015]]
    for code in ("43203", "43441"):
        for letter, sex in zip("MF", SEXES, strict=True):
            counted = [row(code, year, sex, 19) for year in (2010, 2015)]
            rows.append([code, letter, "総数", sum(counted[0]), sum(counted[1]) + 11])
            rows += [[code, letter, age, *pair] for age, *pair in zip(ages(90), *counted, strict=True)]
            rows.append([code, letter, "年齢不詳", 0, 11])
    return rows


def register_rows() -> list[list[Any]]:
    """住民基本台帳年齢階級別人口: the year in the title, a row for each sex, codes with check digit."""
    labels = ages(100, "{}歳～{}歳")
    rows: list[list[Any]] = [
        ["令和6年1月1日住民基本台帳年齢階級別人口（市区町村別）（総計）"],
        ["団体コード", "都道府県名", "市区町村名", "性別", "総数", *labels, "年齢不詳"],
    ]
    for code, prefecture, name in (
        ("430005", "熊本県", "-"),
        ("432032", "熊本県", "人吉市"),
        ("434418", "熊本県", "御船町"),
    ):
        parts = ("43203", "43441") if code == "430005" else (code[:5],)
        for word, sex in (("計", "both"), ("男", "male"), ("女", "female")):
            counted = [sum(c) for c in zip(*(row(part, 2020, sex, 21) for part in parts), strict=True)]
            rows.append([code, prefecture, name, word, sum(counted), *counted, "-"])
    return rows


def region_rows(older: bool = False) -> list[list[Any]]:
    """地域・年齢別人口: a row for each 町丁, in the present or the older layout, and one that sums them."""
    fields = (
        ["都道府県コード又は市区町村コード", "地域コード", "都道府県名", "市区町村名"]
        if older
        else ["全国地方公共団体コード", "地域コード", "地方公共団体名"]
    )
    labels = [f"{age}の{sex}" for age in ages(85, "{}-{}歳") for sex in ("男性", "女性")]
    rows: list[list[Any]] = [
        [*fields, "調査年月日", "地域名", "総人口", "男性", "女性", *labels, "世帯数", "備考"]
    ]
    regions = [("01", "九日町", 2020), ("02", "紺屋町", 2025), ("", "総計", 0)]
    for code, name, seed in regions:
        seeds = [2020, 2025] if not seed else [seed]
        male, female = (
            [sum(c) for c in zip(*(row("43203", s, sex, 18) for s in seeds), strict=True)] for sex in SEXES
        )
        paired = [count for pair in zip(male, female, strict=True) for count in pair]
        who = ["432032", code, "熊本県", "人吉市"] if older else ["432032", code, "人吉市"]
        rows.append([*who, "2024-10-01", name, sum(paired), sum(male), sum(female), *paired, 99, ""])
    return rows


def own_long_rows() -> list[list[Any]]:
    """A municipality's own long sheet, with full-width ages and era years."""
    rows: list[list[Any]] = [["本市の人口"], ["年", "性別", "年齢", "人口"]]
    for label, year in (("令和2年", 2020), ("R7", 2025)):
        for word, sex in (("男性", "male"), ("女性", "female")):
            names = ages(85, "{}-{}", "{}+")
            rows += [
                [label, word, name, f"{count:,}"]
                for name, count in zip(names, row("43203", year, sex, 18), strict=True)
            ]
    return rows


def own_wide_rows(one_heading: bool = False) -> list[list[Any]]:
    """A municipality's own sheet: ages down, years and sexes across, in one row of headings or two."""
    years = (2020, 2025)
    if one_heading:
        headings: list[list[Any]] = [
            ["年齢", *[f"{year}年{word}" for year in years for word in ("男", "女")]]
        ]
    else:
        headings = [[None, "2020年", None, "2025年", None], ["年齢", "男", "女", "男", "女"]]
    rows: list[list[Any]] = [["本市の人口"], *headings]
    names = [*ages(90, "{}～{}歳"), "年齢不詳"]
    counted = [row("43203", year, sex, 19) for year in years for sex in SEXES]
    for at, name in enumerate(names):
        rows.append([name, *[one[at] if at < 19 else 4 for one in counted]])
    rows.append(["総数", *[sum(one) + 4 for one in counted]])
    return rows
