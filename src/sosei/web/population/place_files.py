"""A file read for one place: the figures of the municipality (or of the nation) in it, or one sentence why not."""

from __future__ import annotations

from dataclasses import replace

from sosei.formats.population import read_population
from sosei.formats.population_examples import NATION, city_of, national, population
from sosei.formats.population_origins import CENSUS, REGISTER
from sosei.formats.population_reading import Area, Reading
from sosei.reports.population.known import no_totals
from sosei.values import Problem
from sosei.web.people.models import Municipality
from sosei.web.population.facts import area_of
from sosei.web.population.kept import load_reading, origin_of
from sosei.web.population.models import Place, PopulationTable

_BY_AGE = (Place.PROJECTION, Place.NATION)
_SEVERAL_YEARS = (Place.PROJECTION, Place.NATION, Place.NEWER)
_NATION_FROM = 50_000_000  # persons: no prefecture comes near


def area_for(place: str, municipality: Municipality) -> Area:
    """Whose figures stand at ``place``."""
    return NATION if place == Place.NATION else area_of(municipality)


def read_for(place: str, area: Area, data: bytes, name: str) -> Reading:
    """The figures of ``area`` in the file ``data`` called ``name``, fit for ``place``.

    Raises Problem, with one sentence that begins with the file, for a file that no reader knows, figures that
    disagree, another area's figures, and a table that lacks what the place needs.
    """
    only = None if place == Place.NATION else {area.code}
    try:
        reading = read_population(data, name, only, area)
        found = called(reading, _code_in(reading, place, area), area)
        _must_fit(found, place)
    except Problem as problem:
        if problem.ja.startswith(name):
            raise
        raise Problem(f"{name}: {problem.ja}", f"{name}: {problem.en}") from None
    return found


def called(reading: Reading, code: str, area: Area) -> Reading:
    """The figures of the area ``code`` alone, called as ``area`` is."""
    panel, sums = reading.panel, reading.sums
    if panel is not None:
        panel = replace(panel.area(code), areas=(area.code,), names=(area.name,))
    if sums is not None:
        own = {
            (area.code, year, group): people
            for (at, year, group), people in sums.values.items()
            if at == code
        }
        sums = replace(sums, areas=(area,), values=own)
    unknown = {
        (area.code, year, sex): people
        for (at, year, sex), people in (reading.unknown or {}).items()
        if at == code
    }
    return Reading(panel, (area,), sums, unknown, None, reading.remarks)


def shipped_reading(place: str, municipality: Municipality) -> Reading | None:
    """What comes along with the program for ``place``."""
    if place == Place.NATION:
        return Reading(panel=national(), areas=(NATION,))
    area = area_of(municipality)
    city = city_of(area.code)
    if city is None:
        return None
    facts = population(city)
    shipped = {
        Place.PROJECTION.value: Reading(panel=facts.h30, areas=(facts.area,)),
        Place.CENSUS.value: facts.census,
        Place.NEWER.value: Reading(sums=facts.r5, areas=(facts.area,)),
    }.get(place)
    return None if shipped is None else called(shipped, area.code, area)


def reading_at(place: str, row: PopulationTable | None, municipality: Municipality) -> Reading | None:
    """What is in use at ``place``: the table ``row``, else what comes along."""
    return load_reading(row.content) if row is not None else shipped_reading(place, municipality)


def years_of(reading: Reading) -> tuple[int, ...]:
    """The years of a table, in order."""
    if reading.panel is not None:
        return reading.panel.years
    return reading.sums.years if reading.sums is not None else ()


def looks_like(reading: Reading, this_year: int) -> Place | None:
    """The place that the table's source, size and years speak for; None where they speak for none."""
    source = origin_of(reading).source
    totals = reading.totals_of(reading.areas[0].code)
    if "『日本の将来推計人口" in source or max(totals.values()) >= _NATION_FROM:
        return Place.NATION
    if source.startswith(REGISTER) or "地域・年齢別人口" in source:
        return Place.REGISTER
    if source.startswith(CENSUS):
        return Place.CENSUS
    if max(totals) > this_year:
        return Place.PROJECTION if reading.panel is not None else Place.NEWER
    return None


def _code_in(reading: Reading, place: str, area: Area) -> str:
    """The code under which the file has the figures of ``area``."""
    areas = reading.areas or (reading.sums.areas if reading.sums is not None else ())
    codes = [each.code for each in areas]
    if area.code in codes:
        return area.code
    if place == Place.NATION:
        if len(codes) == 1:
            return codes[0]
        raise Problem(
            f"{len(codes)} 地域の表で、全国（コード 00000）の行がありません。全国だけの表を選んでください",
            f"the table has {len(codes)} areas and none is the nation (code 00000); choose one of the nation alone",
        )
    other = areas[0] if areas else Area("", "")
    raise Problem(
        f"{other.name}（{other.code}）の表です。{area.name}（{area.code}）の表を選んでください",
        f"this is a table of {other.name} ({other.code}); choose one of {area.name} ({area.code})",
    )


def _must_fit(reading: Reading, place: str) -> None:
    """Raise Problem where the table lacks what ``place`` needs."""
    if place in _BY_AGE and reading.panel is None:
        raise Problem(
            "総人口や年齢3区分だけの表です。ここには男女・5歳階級別の人口の表が必要です",
            "this is a table of totals or age groups only; one by sex and five-year age groups is needed here",
        )
    totals = reading.totals_of(reading.areas[0].code)
    if not totals:
        raise no_totals()
    if place in _SEVERAL_YEARS and len(totals) < 2:
        raise Problem(
            f"{next(iter(totals))}年だけの表です。ここには複数の年の推計が必要です",
            f"the table has {next(iter(totals))} alone; a projection of several years is needed here",
        )
    if not any(totals.values()):
        raise Problem("人口がすべて0です。表を確かめてください", "every figure is 0; check the table")
