"""The population facts that come with the program: the two example cities and the national projection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sosei.formats.population import read_population
from sosei.formats.population_origins import CENSUS, EDITIONS, IPSS, IPSS_NATION
from sosei.formats.population_reading import Area, Kind, Reading, Sums
from sosei.population.panel import Origin, Panel
from sosei.values import Problem, Words

CITIES = {
    "aso": Area("43214", "阿蘇市", Kind.CITY),
    "hitoyoshi": Area("43203", "人吉市", Kind.CITY),
}
NATION = Area("00000", "全国")
_TERMS = Words("公共データ利用規約（第1.0版）", "Public Data License 1.0")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is published of a city.

    ``census``  1980-2015 by sex and age, ages unknown apart (``unknown``).
    ``h30``     the projection of 2018, 2015 (base) to 2045 by sex and age.
    ``r5``      the projection of 2023, 2020 (base) to 2050: totals and three age groups, both sexes together.
    """

    area: Area
    census: Reading
    h30: Panel
    r5: Sums


def city_of(code: str) -> str | None:
    """The name of the example city with the 団体コード ``code`` (five digits); None for any other place."""
    return next((name for name, area in CITIES.items() if area.code == code), None)


@cache
def population(city: str) -> Facts:
    """The facts of ``aso`` or ``hitoyoshi``.  Raises Problem for another name."""
    if city not in CITIES:
        raise Problem(
            f"例の都市「{city[:40]}」はありません。あるのは {'、'.join(CITIES)} です",
            f'there is no example city "{city[:40]}"; there are {", ".join(CITIES)}',
        )
    area = CITIES[city]
    census = _read(city, "census.csv", area)
    table = Origin(
        CENSUS,
        "男女・年齢（5歳階級）別人口",
        "1980～2015年",
        "published",
        Words("CC BY 4.0: aiseed.dev", "CC BY 4.0: aiseed.dev"),
    )
    h30, r5 = _panel(_read(city, "ipss_h30.csv", area)), _read(city, "ipss_r5.csv", area).sums
    if r5 is None:
        raise _missing()
    return Facts(
        area,
        replace(census, panel=_named(_panel(census), area, table), areas=(area,)),
        _named(h30, area, _projection(2015, "男女・年齢別推計結果")),
        replace(r5, areas=(area,), origin=_projection(2020, "総人口と年齢3区分別人口")),
    )


@cache
def national() -> Panel:
    """The national projection of 2017 (medium fertility and mortality), 2015-2065, by sex and age to 100 and over."""
    origin = Origin(IPSS_NATION, "男女・年齢（5歳階級）別人口", "出生中位・死亡中位", "published", _TERMS)
    return _named(_panel(_read("national", "ipss_h29.csv", NATION)), NATION, origin)


def _projection(base: int, table: str) -> Origin:
    return Origin(IPSS.format(EDITIONS[base]), table, EDITIONS[base], "published", _TERMS)


def _named(panel: Panel, area: Area, origin: Origin) -> Panel:
    return replace(panel, areas=(area.code,), names=(area.name,), sources=(origin,))


def _panel(reading: Reading) -> Panel:
    if reading.panel is None:
        raise _missing()
    return reading.panel


def _read(folder: str, name: str, area: Area) -> Reading:
    """The file inside the installed package, or beside the source tree."""
    package = Path(__file__).parents[1]
    for root in (package / "examples", package.parents[1] / "examples"):
        path = root / folder / "population" / name
        if path.is_file():
            return read_population(path.read_bytes(), name, own=area)
    raise _missing()


def _missing() -> Problem:
    return Problem(
        "例の人口のファイルが見つかりません。Sosei を入れ直してください",
        "the example files of population are missing; install Sosei again",
    )
