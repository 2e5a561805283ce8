"""The facts of the two example cities and of the nation, as published and as cut out of the whole tables."""

from __future__ import annotations

import numpy as np
import pytest

from sosei.formats.population import read_population
from sosei.formats.population_examples import CITIES, national, population
from sosei.formats.population_reading import Group, nested, once
from sosei.values import Problem
from tests.conftest import ROOT
from tests.population.shared import population_data
from tools import population_facts


def test_the_published_figures_of_aso() -> None:
    facts = population("aso")
    assert facts.h30.years == (2015, 2020, 2025, 2030, 2035, 2040, 2045)
    assert facts.h30.total()[:, 0].tolist() == [27018, 25564, 23992, 22417, 20886, 19377, 17817]
    assert facts.r5.series("43214") == {
        2020: 24930, 2025: 23124, 2030: 21403, 2035: 19760, 2040: 18203, 2045: 16648, 2050: 15160
    }  # fmt: skip
    groups = [facts.r5.series("43214", group)[2050] for group in (Group.YOUNG, Group.WORKING, Group.OLD)]
    assert groups == [1438, 6563, 7159]
    assert facts.census.totals_of("43214")[2015] == 27018
    assert facts.census.unknown_of("43214", 2015) == 3


def test_the_published_figures_of_hitoyoshi() -> None:
    facts = population("hitoyoshi")
    totals = facts.h30.total()[:, 0]
    assert (totals[0], totals[-1]) == (33880, 21632)
    assert (facts.r5.series("43203")[2020], facts.r5.series("43203")[2050]) == (31108, 19186)
    assert facts.census.totals_of("43203")[1980] == 42236
    assert facts.h30.values[0].sum() == facts.census.totals_of("43203")[2015]


def test_the_nation() -> None:
    panel = national()
    assert panel.ages.lower[-1] == 100
    assert dict(zip(panel.years, panel.total()[:, 0].tolist(), strict=True))[2045] == 106_421_185


def test_every_figure_has_its_source() -> None:
    for city in CITIES:
        facts = population(city)
        for panel in (facts.h30, facts.census.panel):
            assert panel is not None
            assert panel.names == (facts.area.name,)
            assert [origin.how for origin in panel.sources] == ["published"]
    assert "平成29年推計" in national().sources[0].source


def test_another_city_is_no_example() -> None:
    with pytest.raises(Problem, match="no example city"):
        population("../../etc/passwd")


@pytest.mark.slow
def test_the_facts_are_those_of_the_whole_tables() -> None:
    for name, data in population_facts.facts(population_data()).items():
        assert (ROOT / name).read_bytes() == data, name


@pytest.mark.slow
def test_the_whole_tables_read_and_add_up() -> None:
    data = population_data()
    reading = read_population((data / "ipss_h30_results_all.csv").read_bytes(), "h30.csv")
    panel = reading.panel
    assert panel is not None
    assert (
        len(nested(reading.areas)) == 46 + 12
    )  # 福島県 has no municipalities, eight designated cities no wards
    at = [panel.areas.index(code) for code in once(reading.areas)]
    regions = panel.values[..., at].sum(axis=3)
    nation = national().with_open_group(90).values[: len(panel.years), :, :, 0]
    assert np.abs(regions - nation).max() < 1e-6


@pytest.mark.slow
def test_the_census_of_all_municipalities() -> None:
    data = (population_data() / "census_1980_2015_sex_age5_all.csv.gz").read_bytes()
    reading = read_population(data, "census.csv.gz")
    assert reading.panel is not None
    unknown = sum(people for (_, year, _), people in (reading.unknown or {}).items() if year == 2015)
    assert len(reading.panel.areas) == 1741
    assert reading.panel.total()[-1].sum() + unknown == 127_094_745
