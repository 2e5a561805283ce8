from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sosei.formats.population_examples import population
from sosei.formats.population_reading import Area, Reading
from sosei.web.population.kept import dump_reading, load_reading

ASO = Area("43214", "阿蘇市")


def test_a_kept_census_comes_back_with_every_figure() -> None:
    census = population("aso").census
    again = load_reading(dump_reading(census, ASO))
    assert again.panel is not None
    assert census.panel is not None
    assert (again.panel.values == census.panel.values).all()
    assert again.panel.years == census.panel.years
    assert again.panel.ages == census.panel.ages
    assert again.panel.sources == census.panel.sources
    assert again.totals_of("43214") == census.totals_of("43214")
    assert dump_reading(again, ASO) == dump_reading(census, ASO)


def test_kept_sums_come_back_with_every_figure() -> None:
    sums = population("aso").r5
    again = load_reading(dump_reading(Reading(sums=sums), ASO))
    assert again.sums is not None
    assert again.sums.values == sums.values
    assert again.sums.origin == sums.origin


@pytest.mark.django_db
def test_an_example_city_has_its_figures_without_a_file(cities: dict[str, Any]) -> None:
    from sosei.web.population.facts import facts_of

    facts = facts_of(cities["aso"])
    assert facts.known is not None
    assert sorted(facts.shipped) == ["census", "nation", "newer", "projection"]
    assert facts.known.printed == ()


@pytest.mark.django_db
def test_what_the_adopted_plan_prints_stands_beside(
    cities: dict[str, Any], adopted: Callable[[str], Any]
) -> None:
    from sosei.web.population.facts import facts_of

    before = facts_of(cities["aso"])
    adopted("aso")
    after = facts_of(cities["aso"])
    assert after.known is not None
    assert (2070, 10272.0) in [(each.year, each.value) for each in after.known.printed]
    assert before.mark != after.mark


@pytest.mark.django_db
def test_an_own_table_takes_the_place_of_the_one_that_comes_along(cities: dict[str, Any]) -> None:
    from sosei.web.population.facts import area_of, facts_of
    from sosei.web.population.models import Place, PopulationTable

    hitoyoshi = population("hitoyoshi").h30
    area = area_of(cities["aso"])
    other = Reading(panel=hitoyoshi.pick((0,)))
    assert other.panel is not None
    content = dump_reading(other, Area("43203", area.name)).replace("43203", area.code)
    PopulationTable.objects.create(
        municipality=cities["aso"], place=Place.PROJECTION, content=content, name="own.csv", sha256="0" * 64
    )
    facts = facts_of(cities["aso"])
    assert facts.known is not None
    assert facts.known.projection.total()[0, 0] == hitoyoshi.total()[0, 0]
    assert "projection" not in facts.shipped


@pytest.mark.django_db
def test_an_older_projection_of_sums_is_left_aside_and_said(cities: dict[str, Any]) -> None:
    from sosei.web.population.facts import area_of, facts_of
    from sosei.web.population.models import Place, PopulationTable

    old = Reading(panel=population("aso").h30)
    PopulationTable.objects.create(
        municipality=cities["aso"],
        place=Place.NEWER,
        content=dump_reading(old, area_of(cities["aso"])),
        name="old.csv",
        sha256="0" * 64,
    )
    facts = facts_of(cities["aso"])
    assert facts.known is not None
    assert facts.known.newer is None
    assert "2015年からの推計" in facts.remarks[0].ja


@pytest.mark.django_db
def test_a_municipality_without_figures_is_told_what_to_do(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    from sosei.web.people.models import Municipality

    other = Municipality.objects.create(code="990019", name="創生市")
    answer = signed_in("officer", other).get("/990019/population/")
    assert answer.status_code == 200
    assert "人口の表がまだありません" in answer.content.decode()
