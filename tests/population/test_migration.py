"""Kinds of migration, beyond the last step, and draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sosei.population.assumptions import Assumptions, for_the_pair
from sosei.population.components import components
from sosei.population.draws import QUANTILES, Shocks, draw, shipped_shocks
from sosei.population.engine import project
from sosei.population.extension import continue_nation, hold_last
from sosei.population.fertility import ChildWoman
from sosei.population.migration import GrossPool, Migration, NetCount, Sum, Zero
from sosei.population.panel import Panel
from sosei.population.ratios import cohort_ratios, derive
from sosei.values import Problem
from tests.population.cases import (
    FIVE,
    age_specific,
    assumptions,
    counts,
    gross,
    migrations,
    net_rate,
    panel,
)


@pytest.mark.parametrize("kind", ["gross", "gross of survivors"])
def test_who_leaves_an_area_arrives_in_another(kind: str) -> None:
    base = panel(5)
    parts = components(project(base, assumptions(base, migration=migrations(FIVE, 4, 5)[kind])))
    assert parts.into.sum(axis=-1) == pytest.approx(parts.out.sum(axis=-1))
    assert parts.social().sum(axis=-1) == pytest.approx([0] * 4, abs=1e-9)


def test_the_international_part_comes_to_the_pool() -> None:
    base, flows = panel(), gross(FIVE, 4, 3)
    abroad = np.full((4, 2, 19, 1), 2.0)
    with_abroad = replace(flows, international=abroad)
    parts = components(project(base, assumptions(base, migration=with_abroad)))
    assert parts.social().sum(axis=-1) == pytest.approx([2.0 * 38] * 4)


def test_an_area_run_alone_with_the_pool_kept_is_the_same() -> None:
    base = panel(4)
    everywhere = project(
        base, assumptions(base, migration=Sum((gross(FIVE, 4, 4), net_rate(FIVE, 4, 4, most=0.02))))
    )
    alone, given = everywhere.alone("00003")
    assert project(alone, given).panel.values == pytest.approx(
        everywhere.panel.area("00003").values, rel=1e-12
    )
    with pytest.raises(Problem, match="cannot be run alone"):
        everywhere.assumptions.area("00003")


def test_a_share_of_the_pool_brings_people_where_nobody_is() -> None:
    base = panel(2)
    values = base.values.copy()
    values[0, 0, 4, 0] = 0
    empty = replace(base, values=values)
    found = project(empty, assumptions(empty, migration=gross(FIVE, 4, 2)))
    assert found.panel.values[1, 0, 5, 0] > 0


def test_parts_add_up() -> None:
    base = panel()
    parts: tuple[Migration, ...] = (net_rate(FIVE, 4, 3), counts(FIVE, 4, 3), Zero())
    both = components(project(base, assumptions(base, migration=Sum(parts))))
    rate = both.population[0] * np.asarray(parts[0].own(np.ones(1)))[0]
    assert both.net[0].sum() == pytest.approx(rate.sum() - 60)


def test_a_profile_must_add_up() -> None:
    with pytest.raises(Problem, match="adds up to"):
        NetCount.spread(np.ones((1, 1)), np.full((2, 19, 1), 0.1))


def test_one_ratio_for_the_last_two_groups_or_two() -> None:
    base = panel(1)
    given = assumptions(base, 1)
    two = given.survival.copy()
    two[..., -2:, :] = [[0.4], [0.1]]
    start = base.values[0, :, -2:, 0]
    found = project(base, replace(given, survival=two)).panel.values[1, :, -1, 0]
    assert found == pytest.approx(start @ [0.4, 0.1])
    one = for_the_pair(two[..., :-1, :])
    found = project(base, replace(given, survival=one)).panel.values[1, :, -1, 0]
    assert found == pytest.approx(0.4 * start.sum(axis=1))


def test_periods_with_a_gap_and_wrong_shapes_are_refused() -> None:
    given = assumptions(panel(1), 2)
    with pytest.raises(Problem, match="one from 2025 is needed"):
        replace(given, starts=(2020, 2030))
    with pytest.raises(Problem, match="wrong shape"):
        replace(given, survival=given.survival[:1])
    with pytest.raises(Problem, match="extra movers are negative"):
        replace(given, arrivals=np.full((2, 2, 19, 1), -1.0))
    with pytest.raises(Problem, match="no assumptions for 9"):
        given.area("9")


def test_a_population_beyond_all_numbers_is_named() -> None:
    base = panel(1)
    given = assumptions(base)
    with pytest.raises(Problem, match="2025 male 0-4: the population is inf"):
        project(base, replace(given, fertility=ChildWoman(np.full((4, 1), 1e308), np.full((4, 1), 0.5))))


def test_base_and_assumptions_must_fit() -> None:
    base = panel(2)
    given = assumptions(base)
    with pytest.raises(Problem, match="the areas of base population and assumptions differ"):
        project(panel(3), given)
    with pytest.raises(Problem, match="the age groups differ"):
        project(base.with_open_group(85), given)
    with pytest.raises(Problem, match="must be of one year"):
        project(project(base, given).panel, given)
    with pytest.raises(Problem, match="no assumptions begin in 2015"):
        project(replace(base, years=(2015,)), given)


@pytest.mark.parametrize("kind", migrations(FIVE, 1, 1))
def test_the_last_step_can_be_held_whatever_the_migration(kind: str) -> None:
    base = panel()
    given = assumptions(base, migration=migrations(FIVE, 4, 3)[kind])
    held = hold_last(given, 2060)
    assert held.starts == tuple(range(2020, 2060, 5))
    assert held.held_from == 2040
    assert held.sources[-1].note.ja == "2040年より先は最後の期間の率を固定して延長"
    long, short = project(base, held), project(base, given)
    assert np.array_equal(long.panel.values[:5], short.panel.values)
    last = given.between(2035, 2040)
    again = project(replace(long.panel.at(2040)), replace(last, starts=(2040,)))
    assert again.panel.values[1] == pytest.approx(long.panel.at(2045).values[0])


def test_what_cannot_be_extended_says_why() -> None:
    base = panel()
    given = assumptions(base)
    assert hold_last(given, 2040) is given
    with pytest.raises(Problem, match="cannot be extended to 2043"):
        hold_last(given, 2043)
    totals = np.ones((4, 2, 19))
    with pytest.raises(Problem, match="control totals cannot be extended"):
        hold_last(replace(given, totals=totals), 2050)
    by_age = replace(given, fertility=age_specific(FIVE, 4, 3))
    nation = replace(panel(1), years=(2035,))
    with pytest.raises(Problem, match="child-woman ratio can follow the nation"):
        continue_nation(by_age, nation, 2045)


def _nation(years: tuple[int, ...]) -> Panel:
    """A nation whose old survive better with every step."""
    base = panel(1, seed=9)
    given = assumptions(base, len(years) - 1)
    better = given.survival ** np.linspace(1, 0.5, len(years) - 1)[:, None, None, None]
    return project(base, replace(given, survival=better)).panel


def test_the_nations_change_is_followed() -> None:
    base = panel()
    given = assumptions(base, migration=net_rate(FIVE, 4, 3, most=0.01))
    nation = _nation((2020, 2025, 2030, 2035, 2040, 2045, 2050))
    followed, held = continue_nation(given, nation, 2050), hold_last(given, 2050)
    assert np.array_equal(followed.survival[:4], held.survival[:4])
    assert (followed.survival[4:, :, 10:] > held.survival[4:, :, 10:]).all()
    ratio = nation.child_woman_ratio()[:, 0]
    assert isinstance(followed.fertility, ChildWoman)
    assert followed.fertility.cwr[5, 0] == pytest.approx(0.19 * ratio[6] / ratio[4])
    assert continue_nation(given, nation, 2040) is given


def test_derived_ratios_return_what_they_were_derived_from_and_say_so() -> None:
    base = panel(3)
    published = project(base, assumptions(base, migration=gross(FIVE, 4, 3))).panel
    derived = derive(published, _nation((2020, 2025, 2030, 2035, 2040)))
    found = project(base, derived.assumptions).panel
    assert found.values == pytest.approx(published.values)
    assert found.sources[-1].how == "derived"
    assert derived.assumptions.sources[-1].how == "derived"
    assert "仮定値表の値ではありません" in derived.assumptions.sources[-1].note.ja
    assert derived.unreached == ()


def test_cells_reached_from_none_are_named() -> None:
    base = panel(1)
    published = project(base, assumptions(base, 2)).panel
    values = published.values.copy()
    values[0, 1, 3, 0] = 0
    derived = derive(replace(published, values=values), _nation((2020, 2025, 2030)))
    (cell,) = derived.unreached
    assert (cell.area, cell.sex, cell.age, cell.year) == ("00001", "female", 20, 2025)
    assert "率では再現できません" in cell.words().ja
    ratio, known = cohort_ratios(replace(published, values=values))
    assert ratio[0, 1, 3, 0] == known[0, 1, 3, 0] == 0
    with pytest.raises(Problem, match="every 5 years"):
        derive(published.at(2020), _nation((2020, 2025)))


def test_draws_without_shocks_are_the_projection() -> None:
    base = panel(2)
    given = assumptions(base, migration=gross(FIVE, 4, 2))
    still = Shocks(0, 0, 0.5, ((0, 1.0),))
    found = draw(base, given, still, draws=7)
    plain = project(base, given).panel
    for quantile in range(len(QUANTILES)):
        assert found.total[quantile] == pytest.approx(plain.total())
        assert found.groups[quantile] == pytest.approx(plain.three_groups())


@pytest.mark.parametrize("kind", migrations(FIVE, 1, 1))
def test_draws_lie_around_the_projection_and_do_not_depend_on_the_others(kind: str) -> None:
    base = panel(3)
    given = assumptions(base, migration=migrations(FIVE, 4, 3)[kind])
    everywhere = project(base, given)
    found = draw(base, given, draws=400)
    assert (np.diff(found.total, axis=0)[:, 1:] > 0).all()
    assert found.total[2, -1] == pytest.approx(everywhere.panel.total()[-1], rel=0.03)
    alone = draw(*everywhere.alone("00002"), draws=400)
    assert alone.total[..., 0] == pytest.approx(found.total[..., 1])
    assert np.array_equal(draw(base, given, draws=400).total, found.total)
    assert not np.array_equal(draw(base, given, draws=400, seed=2).total, found.total)


def test_scenarios_are_shaken_alike() -> None:
    """More families, the same draws: every quantile is higher, by about as much."""
    base = panel(1)
    given = assumptions(base)
    more = replace(given, arrivals=np.full((4, 2, 19, 1), 3.0))
    gap = draw(base, more, draws=300).total[:, -1, 0] - draw(base, given, draws=300).total[:, -1, 0]
    plain = project(base, more).panel.total()[-1, 0] - project(base, given).panel.total()[-1, 0]
    assert gap == pytest.approx(plain, rel=0.2)


def test_draws_that_would_empty_a_cell_are_counted() -> None:
    base = panel(1)
    wild = replace(shipped_shocks(), migration=1.0)
    found = draw(base, assumptions(base), wild, draws=100)
    assert found.clipped[0] > 0
    assert (found.total >= 0).all()
    with pytest.raises(Problem, match="cannot be shaken"):
        draw(base, replace(assumptions(base), totals=np.ones((4, 2, 19))))


def test_a_stored_pool_does_not_follow_the_run() -> None:
    base = panel()
    flows = gross(FIVE, 4, 3)
    stored = GrossPool(flows.out_rate, flows.share, np.full((4, 2, 19, 1), 40.0))
    given: Assumptions = assumptions(base, migration=stored)
    assert not given.migration.coupled
    assert components(project(base, given)).into[0].sum() == pytest.approx(40 * 38)
