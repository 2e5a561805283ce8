"""The identity of every step, and what holds whatever the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.population.ages import AgeScheme
from sosei.population.apply import with_movers
from sosei.population.assumptions import Assumptions
from sosei.population.components import components
from sosei.population.engine import project
from sosei.population.fertility import ChildWoman, Fertility
from sosei.population.migration import NetRate, Zero
from sosei.population.panel import Panel
from sosei.population.scenario import Movers
from sosei.population.scenario_files import compositions
from tests.population.cases import (
    FIVE,
    ONE,
    age_specific,
    assumptions,
    child_woman,
    counts,
    migrations,
    net_rate,
    panel,
    survival,
)


@pytest.mark.parametrize("ages", [FIVE, ONE, AgeScheme(5, 11), AgeScheme(5, 21)])
@pytest.mark.parametrize("fertility", ["ratio", "ratio with births", "by age"])
@pytest.mark.parametrize("kind", migrations(FIVE, 1, 1))
def test_every_person_is_accounted_for(kind: str, fertility: str, ages: AgeScheme) -> None:
    base = panel(ages=ages)
    bearing: dict[str, Fertility] = {
        "ratio": child_woman(4, 3),
        "ratio with births": child_woman(4, 3, births=True),
        "by age": age_specific(ages, 4, 3),
    }
    given_ = replace(assumptions(base, migration=migrations(ages, 4, 3)[kind]), fertility=bearing[fertility])
    given_ = with_movers(
        given_, Movers(families=2, composition=compositions()["couple-30s-child"], since=2022)
    )
    found = project(base, given_)
    parts = components(found)
    assert np.abs(parts.residual()).max() <= 1e-9 * found.panel.total().max()
    assert (found.panel.values >= 0).all()
    assert parts.arrivals.sum() > 0


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), most=st.floats(0, 2), areas=st.integers(1, 5))
def test_nothing_is_clipped_in_silence(seed: int, most: float, areas: int) -> None:
    base = panel(areas, seed=seed)
    found = project(base, assumptions(base, migration=net_rate(FIVE, 4, areas, seed, most)))
    parts = components(found)
    assert (found.panel.values >= 0).all()
    assert np.abs(parts.residual()).max() <= 1e-9 * max(1.0, found.panel.total().max())
    assert parts.clipped.sum() == pytest.approx(sum(clip.persons for clip in found.clips))


def test_a_clip_says_where_and_how_many() -> None:
    base = panel(1)
    given_ = assumptions(base, 1, counts(FIVE, 1, 1, -38_000.0))  # 1,000 from every cell
    found = project(base, given_)
    clip = found.clips[0]
    start = base.values[0, 0, 0, 0]
    assert (clip.area, clip.sex, clip.age, clip.year) == ("00001", "male", 5, 2025)
    assert clip.persons == pytest.approx(1000 - start * given_.survival[0, 0, 0, 0])
    assert "00001 2025年 男 5歳" in clip.words().ja
    assert len(found.clips) == 2 * (FIVE.groups - 1)


def test_control_totals_are_met_and_shown_as_adjustment() -> None:
    base = panel()
    given_ = assumptions(base, migration=net_rate(FIVE, 4, 3))
    free = project(base, given_)
    totals = free.panel.values[1:].sum(axis=-1) * 1.01
    totals[2, 0, 3] = np.nan  # no total: left alone
    found = project(base, replace(given_, totals=totals))
    sums = found.panel.values[1:].sum(axis=-1)
    met = ~np.isnan(totals)
    assert sums[met] == pytest.approx(totals[met], rel=1e-12)
    parts = components(found)
    assert parts.adjustment[2, 0, 3].tolist() == [0, 0, 0]
    assert parts.adjustment[0].sum() == pytest.approx(0.01 * free.panel.total()[1].sum())
    assert np.abs(parts.residual()).max() < 1e-6


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), families=st.floats(0.1, 500))
def test_twice_the_movers_have_twice_the_effect(seed: int, families: float) -> None:
    base = panel(2, seed=seed)
    given_ = assumptions(base, 6, net_rate(FIVE, 6, 2, seed))
    couple = compositions()["couple-30s-child"]

    def effect(of: float) -> np.ndarray:
        moved = with_movers(given_, Movers(families=of, composition=couple, since=2021))
        return project(base, moved).panel.values - project(base, given_).panel.values

    assert effect(2 * families) == pytest.approx(2 * effect(families), rel=1e-6, abs=1e-6)


def test_a_closed_population_with_constant_rates_becomes_stable() -> None:
    base = panel(1)
    steps = 400
    given_ = assumptions(base, steps)
    found = project(base, given_).panel.values[..., 0].reshape(steps + 1, -1)
    assert isinstance(given_.fertility, ChildWoman)
    growth = found[-1].sum() / found[-2].sum()
    assert growth == pytest.approx(_dominant(given_.survival[0, :, :, 0], 0.19, 0.5127), rel=1e-9)
    shares = found[-1] / found[-1].sum()
    assert shares == pytest.approx(found[-2] / found[-2].sum(), abs=1e-12)


def _dominant(alive: np.ndarray, cwr: float, male: float) -> float:
    """The dominant eigenvalue of the step as a matrix on [male ages, female ages]."""
    groups = alive.shape[1]
    matrix = np.zeros((2 * groups, 2 * groups))
    for sex in range(2):
        for age in range(groups):
            matrix[sex * groups + min(age + 1, groups - 1), sex * groups + age] = alive[sex, age]
    women = matrix[groups + 3 : groups + 10].sum(axis=0)
    matrix[0], matrix[groups] = women * cwr * male, women * cwr * (1 - male)
    return float(np.abs(np.linalg.eigvals(matrix)).max())


def test_one_year_and_five_year_steps_agree_on_a_stationary_population() -> None:
    """Births that replace themselves: the same rates by single years and by five give the same, standing still."""
    yearly = survival(ONE, 1, 1)[0, :, :, 0]
    alive = np.cumprod(np.concatenate([np.ones((2, 1)), yearly[:, :-1]], axis=1), axis=1)
    alive[:, -1] /= 1 - yearly[:, -1]  # the open group in its own balance
    people = 100 * alive
    single = Panel(people[None, :, :, None], (2020,), ONE, ("00001",), ("サンプル",))
    grouped = Panel(_by_five(people)[None, :, :, None], (2020,), FIVE, ("00001",), ("サンプル",))
    for base, steps in ((single, 25), (grouped, 5)):
        found = project(base, _standing(base, steps))
        assert found.panel.values[-1] == pytest.approx(base.values[0], rel=1e-9)


def _by_five(people: np.ndarray) -> np.ndarray:
    closed = people[:, :90].reshape(2, 18, 5).sum(axis=2)
    return np.concatenate([closed, people[:, 90:]], axis=1)


def _standing(base: Panel, steps: int) -> Assumptions:
    """Assumptions under which ``base`` does not change."""
    state, ages = base.values[0, :, :, 0], base.ages
    stay = np.empty_like(state)
    stay[:, :-2] = state[:, 1:-1] / state[:, :-2]
    stay[:, -2:] = (state[:, -1] / state[:, -2:].sum(axis=1))[:, None]
    women = state[1, ages.mothers].sum()
    children = state[:, 0].sum()
    ratio = ChildWoman(np.full((steps, 1), children / women), np.full((steps, 1), state[0, 0] / children))
    held = np.tile(stay[None, :, :, None], (steps, 1, 1, 1))
    return replace(assumptions(base, steps, Zero()), survival=held, fertility=ratio)


def test_births_by_age_are_those_of_the_mean_of_women_split_and_survived() -> None:
    base = panel(1)
    given_ = replace(assumptions(base, 1), fertility=age_specific(FIVE, 1, 1, tfr=2.0))
    found = project(base, given_).panel.values[..., 0]
    women = (found[0, 1, 4:8] + found[1, 1, 4:8]).sum() / 2
    births = 5 * women * 0.1
    assert found[1, :, 0].tolist() == pytest.approx(
        [births * 105.2 / 205.2 * 0.997, births * 100 / 205.2 * 0.997]
    )
    assert components(project(base, given_)).births.sum() == pytest.approx(births)


def test_a_net_rate_needs_no_gross_flows() -> None:
    base = panel()
    parts = components(project(base, assumptions(base, migration=NetRate(np.full((4, 2, 19, 3), -0.01)))))
    assert parts.into.sum() == parts.out.sum() == 0
    assert parts.social()[0] == pytest.approx(-0.01 * base.total()[0])


@pytest.mark.parametrize("fertility", [child_woman(1, 3), age_specific(FIVE, 1, 3)])
def test_children_come_of_nothing_that_stood_in_their_place(fertility: Fertility) -> None:
    start = panel().values[0]
    end = start * 0.9
    end[:, 0] = np.nan
    fertility.bear(0, FIVE, start, end)
    assert (end[:, 0] > 0).all()
