"""The published projection of every area, replayed: through ratios, through the plain files, and its own rules."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from sosei.population.engine import project
from sosei.population.extension import continue_nation, hold_last
from sosei.population.panel import Array, Panel
from sosei.population.ratios import Derived, derive, male_share
from tests.cli.test_commands import sosei
from tests.population.plain import base_text, rates_text
from tests.population.shared import h29_nation, h30, h30_kinds

# Sums over the regions of the published table, which the national table has too.
NATION = {2025: 122_544_103, 2030: 119_125_139, 2035: 115_215_698, 2040: 110_918_555, 2045: 106_421_185}
YEARS = (2015, 2020, 2025, 2030, 2035, 2040, 2045)


@pytest.fixture(scope="module")
def derived() -> Derived:
    return derive(h30(), h29_nation())


def _of_kind(kinds: str) -> tuple[int, ...]:
    found = h30_kinds()
    return tuple(place for place, code in enumerate(h30().areas) if found[code] in kinds)


def _regions() -> Panel:
    """The 47 prefectures, which make up the nation."""
    return h30().pick(_of_kind("a"))


def test_every_published_cell_comes_back_but_those_reached_from_none(derived: Derived) -> None:
    published = h30()
    found = project(published.at(2015), derived.assumptions)
    differs = np.abs(found.panel.values - published.values) > 0.5
    cells = {(cell.area, cell.sex) for cell in derived.unreached}
    at = {
        (published.areas[area], ("male", "female")[sex]) for _, sex, _, area in np.argwhere(differs).tolist()
    }
    assert len(derived.unreached) == 23
    assert len({area for area, _ in cells}) == 5
    assert {area for area, _ in at} == {area for area, _ in cells}
    assert np.abs(found.panel.values - published.values).max() == pytest.approx(12)
    assert not found.clips


@pytest.mark.slow
def test_the_plain_files_return_the_published_figures_of_all_areas(derived: Derived, tmp_path: Path) -> None:
    base, rates, out = (tmp_path / name for name in ("BASE.csv", "ASSUMPTIONS.csv", "OUT.csv"))
    published = h30()
    base.write_text(base_text(published.at(2015)), encoding="utf-8")
    rates.write_text(rates_text(derived.assumptions), encoding="utf-8")
    sosei("population", "project", "--base", base, "--assumptions", rates, "--to", "2045", "-o", out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["area", "year", "sex", "age", "value"]
    values = np.array([float(row[4]) for row in rows[1:]])
    found = values.reshape(len(published.areas), 7, 2, 19).transpose(1, 2, 3, 0)
    assert rows[1][:4] == [published.areas[0], "2015", "male", "0"]
    assert rows[-1][:4] == [published.areas[-1], "2045", "female", "90"]
    odd = {cell.area for cell in derived.unreached}
    plain = [place for place, code in enumerate(published.areas) if code not in odd]
    assert np.abs(found - published.values)[..., plain].max() < 0.5
    assert np.array_equal(found, project(published.at(2015), derived.assumptions).panel.values)


def test_the_regions_add_up_to_the_nation_in_every_cell() -> None:
    regions, nation = _regions(), h29_nation().with_open_group(90)
    sums = regions.values.sum(axis=-1)
    for year in YEARS:
        assert np.abs(sums[YEARS.index(year)] - nation.at(year).values[0, ..., 0]).max() < 1e-6
    totals = dict(zip(YEARS, sums.sum(axis=(1, 2)).round().astype(int).tolist(), strict=True))
    assert {year: totals[year] for year in NATION} == NATION


def test_the_relative_child_woman_ratio_is_held_and_the_male_share_is_one() -> None:
    published, nation = h30(), h29_nation().with_open_group(90)
    of_nation = np.concatenate([nation.at(year).child_woman_ratio() for year in YEARS])
    women = published.between(15, 50, "female")[1]
    large = women > 3000
    relative = published.child_woman_ratio()[:, large] / of_nation
    held = relative / relative[1]
    nine_in_ten = np.quantile(held, [0.05, 0.95], axis=1)  # the rest were disturbed: shelters, dormitories
    assert np.abs(nine_in_ten - 1).max() < 0.003
    children = published.between(0, 5)[1:]
    off = np.abs(male_share(published)[1:] - 0.5127)
    beyond_rounding = off - 0.5 / np.maximum(children, 1)
    assert beyond_rounding[children > 1500].max() < 0.0002


def test_a_designated_city_is_the_sum_of_its_wards() -> None:
    published, kinds = h30(), h30_kinds()
    whole = 0
    for place, code in enumerate(published.areas):
        if kinds[code] != "1":
            continue
        after = range(place + 1, len(published.areas))
        end = next((at for at in after if kinds[published.areas[at]] != "0"), len(published.areas))
        if end > place + 1:  # eight cities stand in the table without their wards
            wards = published.pick(tuple(range(place + 1, end)))
            assert np.array_equal(wards.values.sum(axis=-1), published.area(code).values[..., 0]), code
            whole += 1
    assert whole == 12


@pytest.mark.parametrize(("code", "in_2070"), [("43214", 11_612), ("43203", 13_227)])
def test_beyond_the_last_step_its_rates_are_held(code: str, in_2070: int, derived: Derived) -> None:
    held = hold_last(derived.assumptions.area(code), 2070)
    assert round(project(h30().at(2015).area(code), held).panel.total()[-1, 0]) == in_2070


def test_holding_the_last_step_stops_the_improvement_of_mortality() -> None:
    """Sums of the extended municipalities against the national projection, percent, as the bias is stated."""
    units = h30().pick(tuple(p for p in _of_kind("0123") if not _wards_of_a_city(h30().areas[p])))
    missing = h30().area("07000")  # 福島県 has no municipalities in this table
    nation = h29_nation().with_open_group(90)
    totals: dict[int, Array] = {}
    for panel in (units, missing):
        given = hold_last(derive(panel, h29_nation()).assumptions, 2065)
        found = project(panel.at(2015), given).panel
        for year in (2050, 2055, 2060, 2065):
            totals[year] = totals.get(year, np.zeros((2, 19))) + found.at(year).values.sum(axis=-1)[0]
    bias = {year: (totals[year].sum() / nation.at(year).values.sum() - 1) * 100 for year in totals}
    assert bias == pytest.approx({2050: 0.01, 2055: -0.18, 2060: -0.54, 2065: -0.95}, abs=0.02)
    oldest = totals[2065][:, -1].sum() / nation.at(2065).values[0, :, -1].sum() - 1
    assert oldest * 100 == pytest.approx(-12.2, abs=0.1)


def _wards_of_a_city(code: str) -> bool:
    """Whether the unit is a ward whose city is in the table too (the 23 wards of Tokyo stand by themselves)."""
    return h30_kinds()[code] == "0" and not code.startswith("131")


def test_following_the_nation_ends_on_its_totals() -> None:
    regions, nation = _regions(), h29_nation()
    given = continue_nation(derive(regions, nation).assumptions, nation, 2065, control=True)
    found = project(regions.at(2015), given).panel
    fitting = nation.with_open_group(90)
    for year in (2050, 2065):
        assert found.at(year).values.sum(axis=-1) == pytest.approx(fitting.at(year).values[..., 0], rel=1e-9)
    free = project(regions.at(2015), continue_nation(derive(regions, nation).assumptions, nation, 2065)).panel
    oldest = free.at(2065).values[0, :, -1].sum() / fitting.at(2065).values[0, :, -1].sum() - 1
    assert abs(oldest) < 0.03  # against 12 % where the last step is held
