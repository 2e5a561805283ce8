"""The two example cities, from the data of this repository alone: replayed, extended, and asked for their targets."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from sosei.formats.population_examples import national, population
from sosei.population.engine import project
from sosei.population.extension import hold_last
from sosei.population.levers import Families
from sosei.population.ratios import derive
from sosei.population.solve import solve
from tests.cli.test_commands import sosei
from tests.population.peer import peer
from tests.population.plain import base_text, rates_text

CITIES = {"aso": (17_817, 11_612), "hitoyoshi": (21_632, 13_227)}
"""The population of 2045 as published, and that of 2070 with the last step held."""


@pytest.mark.parametrize("city", CITIES)
def test_the_published_projection_comes_back_through_the_plain_files(city: str, tmp_path: Path) -> None:
    published = population(city).h30
    derived = derive(published, national())
    base, rates, out = (tmp_path / name for name in ("BASE.csv", "ASSUMPTIONS.csv", "OUT.csv"))
    base.write_text(base_text(published.at(2015)), encoding="utf-8")
    rates.write_text(rates_text(derived.assumptions), encoding="utf-8")
    sosei("population", "project", "--base", base, "--assumptions", rates, "--to", "2045", "-o", out)
    with out.open(encoding="utf-8", newline="") as file:
        found = {
            (row["area"], int(row["year"]), row["sex"], int(row["age"])): float(row["value"])
            for row in csv.DictReader(file)
        }
    wanted = {(row.area, row.year, row.sex, row.age): row.value for row in published.to_rows()}
    assert found.keys() == wanted.keys()
    assert max(abs(found[key] - wanted[key]) for key in wanted) < 0.5
    assert not derived.unreached
    again = peer(base.read_text(encoding="utf-8"), rates.read_text(encoding="utf-8"), 2045)
    assert max(abs(found[key] - again[key]) for key in wanted) < 1e-6


@pytest.mark.parametrize("city", CITIES)
def test_beyond_2045_the_last_step_is_held(city: str) -> None:
    published = population(city).h30
    held = hold_last(derive(published, national()).assumptions, 2070)
    totals = project(published.at(2015), held).panel.total()[:, 0]
    assert np.round(totals[[6, 11]]).astype(int).tolist() == list(CITIES[city])


def test_hitoyoshi_needs_so_many_families_a_year() -> None:
    published = population("hitoyoshi").h30
    given = hold_last(derive(published, national()).assumptions, 2070)
    base = published.at(2015)
    near, far = solve(Families(), base, given, {2045: 22_000, 2070: 22_000})
    assert (round(near.amount or 0, 2), round(far.amount or 0, 1)) == (3.73, 47.1)
    one = project(base, Families().put(1, base, given)).panel.total()[:, 0]
    none = project(base, given).panel.total()[:, 0]
    assert (one - none)[[6, 11]].tolist() == pytest.approx([98.7, 186.1], abs=0.05)
    assert "各期間の終わりに到着し" in near.convention.ja
