"""Whose figures a table holds: the source, table and edition that its headings, years and ages tell."""

from __future__ import annotations

from collections.abc import Collection

from sosei.formats.population_grid import Grid
from sosei.population.ages import AgeScheme
from sosei.population.panel import Origin
from sosei.values import Words

IPSS_NAME = "国立社会保障・人口問題研究所"
IPSS = f"{IPSS_NAME}『日本の地域別将来推計人口（{{}}）』"
IPSS_NATION = f"{IPSS_NAME}『日本の将来推計人口（平成29年推計）』"
CENSUS = "総務省統計局『国勢調査』"
REGISTER = "総務省『住民基本台帳に基づく人口、人口動態及び世帯数』"
EDITIONS = {2015: "平成30（2018）年推計", 2020: "令和5（2023）年推計"}
REGISTER_NOTE = Words(
    "住民基本台帳の人口は1月1日現在で外国人住民を含みます。国勢調査（10月1日）とは水準が違うため、つなげて読めません",
    "register figures are for 1 January and include foreign residents; their level differs from the census "
    "(1 October), so they must not be read as one series",
)


def register_note(days: Collection[tuple[int, int]]) -> Words:
    """The note of register figures counted on these days (month and day); none said: 1 January, as is usual."""
    if set(days) <= {(1, 1)}:
        return REGISTER_NOTE
    ja = "、".join(f"{month}月{day}日" for month, day in sorted(days))
    en = ", ".join(f"{month:02}-{day:02}" for month, day in sorted(days))
    return Words(
        f"住民基本台帳の人口は{ja}現在で外国人住民を含みます。国勢調査とは水準が違うため、つなげて読めません",
        f"register figures are for {en} (month and day) and include foreign residents; their level differs from the "
        "census, so they must not be read as one series",
    )


def origin_of_rows(grid: Grid, ages: AgeScheme) -> Origin:
    """The origin of a table of areas in rows."""
    first = [cell for line in grid.lines[:6] for cell in line.cells]
    joined = "".join(first)
    if "住民基本台帳" in joined:
        return Origin(REGISTER, "市区町村別年齢階級別人口", "", "published", REGISTER_NOTE)
    if "市などの別" in joined:
        edition = EDITIONS[2015 if ages.lower[-1] == 90 else 2020]
        return Origin(IPSS.format(edition), "男女・年齢別推計結果", edition, "published")
    return Origin(grid.file, "", "", "entered")
