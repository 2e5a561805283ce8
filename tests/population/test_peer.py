"""The engine against the peer in plain Python: to a millionth of a person where nothing is clipped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.formats.population_plain import read_population
from sosei.formats.population_rates import read_rates
from sosei.population.ages import AgeScheme
from sosei.population.engine import project
from sosei.population.migration import Timing
from sosei.population.panel import SEXES
from sosei.population.ratios import derive
from tests.population.peer import peer
from tests.population.plain import base_text, rates_text
from tests.population.shared import h29_nation, h30

KINDS = ("net_migration", "out_rate", "in_share", "pool")
COUNTS = ("net_count", "net_profile")


def _files(
    seed: int, areas: int, steps: int, kinds: tuple[str, ...], ages: AgeScheme, by_births: bool
) -> tuple[str, str]:
    random = np.random.default_rng(seed)
    base, rates = ["area,year,sex,age,value"], ["area,from,to,kind,sex,age,value"]
    codes = [f"{n:05}" for n in range(1, areas + 1)]
    for code in codes:
        base += [f"{code},2020,{s},{a},{random.uniform(50, 900)!r}" for s in SEXES for a in ages.lower]
    for start in range(2020, 2020 + steps * ages.width, ages.width):
        for sex in SEXES:
            for age in ages.lower:
                share = random.dirichlet(np.ones(areas))
                for place, code in enumerate(codes):
                    values = {
                        "survival": random.uniform(0.4, 1),
                        "net_migration": random.uniform(-0.1, 0.1),
                        "out_rate": random.uniform(0, 0.2),
                        "in_share": share[place],
                        "pool": random.uniform(0, 100),
                        "net_count": random.uniform(0, 5),
                        "net_profile": 1 / (2 * ages.groups),
                    }
                    rates += [
                        f"{code},{start},{start + ages.width},{kind},{sex},{age},{float(values[kind])!r}"
                        for kind in ("survival", *kinds)
                    ]
        for code in codes:
            of_all = f"{code},{start},{start + ages.width}"
            if "net_profile" in kinds:
                rates.append(f"{of_all},net_total,both,,{random.uniform(0, 300)!r}")
            if by_births:
                mothers = [age for age in ages.lower if 15 <= age < 50]
                rates += [f"{of_all},fertility,female,{a},{random.uniform(0, 0.1)!r}" for a in mothers]
                rates += [f"{of_all},birth_survival,{sex},,{random.uniform(0.9, 1)!r}" for sex in SEXES]
                continue
            rates.append(f"{of_all},cwr,both,,{random.uniform(0.05, 0.4)!r}")
            rates.append(f"{of_all},male_share_0_4,both,0,0.5127")
    return "\n".join(base), "\n".join(rates)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    areas=st.integers(1, 4),
    steps=st.integers(1, 4),
    kinds=st.sampled_from([(), KINDS[:1], KINDS[1:3], KINDS[:3], KINDS[1:], KINDS, COUNTS, KINDS + COUNTS]),
    ages=st.sampled_from([AgeScheme(5, 11), AgeScheme(5, 19), AgeScheme(5, 21), AgeScheme(1, 55)]),
    timing=st.sampled_from(["start", "survivors"]),
    by_births=st.booleans(),
)
def test_the_engine_agrees_with_the_peer(
    *,
    seed: int,
    areas: int,
    steps: int,
    kinds: tuple[str, ...],
    ages: AgeScheme,
    timing: Timing,
    by_births: bool,
) -> None:
    base, rates = _files(seed, areas, steps, kinds, ages, by_births)
    until = 2020 + steps * ages.width
    panel = read_population(base.encode(), "BASE.csv")
    given_rates = read_rates(rates.encode(), "RATES.csv", panel, timing).assumptions
    found = project(panel, given_rates, until)
    expected = peer(base, rates, until, on_survivors=timing == "survivors")
    assert not found.clips
    rows = {(row.area, row.year, row.sex, row.age): row.value for row in found.panel.to_rows()}
    assert rows.keys() == expected.keys()
    assert max(abs(rows[key] - expected[key]) for key in rows) < 1e-6


@pytest.mark.parametrize("code", ["43203", "43214", "43404", "13362"])
def test_the_peer_returns_published_figures_too(code: str) -> None:
    published = h30().area(code)
    derived = derive(published, h29_nation())
    found = peer(base_text(published.at(2015)), rates_text(derived.assumptions), 2045)
    unreached = {(cell.year, cell.sex) for cell in derived.unreached}
    for row in published.to_rows():
        if all(row.year < year or row.sex != sex for year, sex in unreached):
            assert found[row.area, row.year, row.sex, row.age] == pytest.approx(row.value, abs=0.5)
