"""What is known of a municipality's population: its own tables, else what comes along for the example cities."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sosei.formats.population_examples import city_of, national
from sosei.formats.population_reading import Area, Reading
from sosei.population.panel import Origin, Panel
from sosei.reports.population.known import Known, Printed, Series, known_example, printed_in, series_of
from sosei.values import Words
from sosei.web.people.models import Municipality
from sosei.web.plans.models import Edition
from sosei.web.plans.store import edition_document
from sosei.web.population.kept import load_reading
from sosei.web.population.models import Place, PopulationTable

_KEPT = 64


@dataclass(frozen=True, eq=False)
class Facts:
    """``known`` is None while there is no projection by sex and age to start from.

    ``tables``   the municipality's own tables in use, by place.
    ``shipped``  the origins of those that come along instead, by place.
    ``remarks``  what was left aside, and why.
    ``mark``     another for other figures.
    """

    known: Known | None
    tables: Mapping[str, PopulationTable]
    shipped: Mapping[str, Origin]
    remarks: tuple[Words, ...]
    mark: str


def area_of(municipality: Municipality) -> Area:
    """The municipality as tables of population name it: by five digits of its 団体コード."""
    return Area(municipality.code[:5], municipality.name)


def facts_of(municipality: Municipality, tried: Mapping[str, PopulationTable | None] | None = None) -> Facts:
    """The figures in use now, with what the newest adopted plan prints.

    ``tried`` are tables taken as if they were in use at their places, None as if none were.
    """
    rows = PopulationTable.objects.filter(municipality=municipality, replaced_at=None)
    tables = {
        place: row
        for place, row in {**{each.place: each for each in rows}, **(tried or {})}.items()
        if row is not None
    }
    edition = _printing_edition(municipality)
    keys = tuple(sorted((place, str(row.pk), row.content) for place, row in tables.items()))
    known, shipped, remarks = _known(municipality.code[:5], municipality.name, keys)
    if known is not None and edition is not None:
        known = replace(known, printed=_printed(edition))
    parts = [
        municipality.code,
        *(f"{place} {key}" for place, key, _ in keys),
        str(edition.pk) if edition else "",
    ]
    mark = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return Facts(known, tables, shipped, remarks, mark)


def _printing_edition(municipality: Municipality) -> Edition | None:
    """The newest adopted edition whose plan prints a population."""
    editions = Edition.objects.filter(municipality=municipality).defer("data").order_by("-adopted_on", "-no")
    newest: dict[object, Edition] = {}
    for edition in editions:
        newest.setdefault(edition.plan_id, edition)
    return next((each for each in newest.values() if _printed(each)), None)


def _printed(edition: Edition) -> tuple[Printed, ...]:
    return printed_in(edition_document(edition))


@lru_cache(maxsize=_KEPT)
def _known(
    code: str, name: str, tables: tuple[tuple[str, str, str], ...]
) -> tuple[Known | None, Mapping[str, Origin], tuple[Words, ...]]:
    own = {place: load_reading(content) for place, _, content in tables}
    city = city_of(code)
    base = known_example(city) if city else None
    projection = _panel(own, Place.PROJECTION) or (base.projection if base else None)
    nation = _panel(own, Place.NATION) or national()
    shipped: dict[str, Origin] = {} if Place.NATION in own else {Place.NATION: nation.sources[0]}
    if projection is None:
        return None, shipped, ()
    if nation.ages.width == 1:  # the nation is published by single years of age, too
        nation = nation.in_groups_of(projection.ages.width)
    census, newer, register = (
        _series(own, place, code) for place in (Place.CENSUS, Place.NEWER, Place.REGISTER)
    )
    if base is not None:
        if Place.PROJECTION not in own:
            shipped[Place.PROJECTION] = base.projection.sources[0]
        for place, here, there in ((Place.CENSUS, census, base.census), (Place.NEWER, newer, base.newer)):
            if here is None and there is not None:
                shipped[place] = there.origin
        census, newer = census or base.census, newer or base.newer
    remarks: tuple[Words, ...] = ()
    if newer is not None and min(newer.totals) <= projection.years[0]:
        remarks, newer = (_not_newer(newer, projection),), None
        shipped.pop(Place.NEWER, None)
    known = Known(
        code=code,
        name=name,
        projection=projection,
        nation=nation,
        census=census,
        newer=newer,
        register=register,
    )
    return known, shipped, remarks


def _panel(own: Mapping[str, Reading], place: Place) -> Panel | None:
    return own[place].panel if place in own else None


def _series(own: Mapping[str, Reading], place: Place, code: str) -> Series | None:
    return series_of(own[place], code) if place in own else None


def _not_newer(newer: Series, projection: Panel) -> Words:
    first, base = min(newer.totals), projection.years[0]
    return Words(
        f"「新しい推計の総人口」は{first}年からの推計で、もとにする推計（{base}年から）より新しくないため、使っていません。",
        f"The totals of a newer projection begin in {first}, which is not later than the base projection ({base}); "
        "they are left aside.",
    )
