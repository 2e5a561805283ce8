"""Targets: exact where linear, halved where not, and what cannot be reached."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.population.assumptions import Assumptions
from sosei.population.engine import project
from sosei.population.extension import hold_last
from sosei.population.levers import Families, Lever, OutClosed, TotalFertility, amount_text
from sosei.population.panel import Panel
from sosei.population.ratios import derive
from sosei.population.scenario_files import compositions
from sosei.population.solve import Status, solve
from sosei.values import Problem
from tests.population.cases import FIVE, assumptions, counts, net_rate, panel
from tests.population.shared import h29_nation, h30

LEVERS: dict[str, Lever] = {"families": Families(), "tfr": TotalFertility(2030), "out": OutClosed((10, 40))}


def _hitoyoshi() -> tuple[Panel, Assumptions]:
    published = h30().area("43203")
    given_ = derive(published, h29_nation()).assumptions
    return published.at(2015), hold_last(given_, 2070)


def test_hitoyoshi_needs_so_many_families() -> None:
    base, given_ = _hitoyoshi()
    near, far = solve(Families(), base, given_, {2045: 22_000, 2070: 22_000})
    assert (round(near.amount or 0, 2), round(far.amount or 0, 1)) == (3.73, 47.1)
    assert near.exact
    assert near.clipped == 0
    assert far.exact
    assert "各期間の終わりに到着し" in near.convention.ja
    assert "2045年より先" not in near.convention.ja
    assert "2045年より先は、最後の期間の率をもとに延長" in far.convention.ja
    assert near.words().ja.startswith("2045年に22,000人に達するには、")


def test_a_share_is_said_in_percent() -> None:
    base, given_ = _hitoyoshi()
    (near,) = solve(OutClosed(), base, given_, {2045: 22_000})
    assert near.amount == pytest.approx(0.0424, abs=0.00005)
    assert (
        near.words().ja
        == "2045年に22,000人に達するには、抑える転出の割合が4.24％必要です（ない場合は21,632人）"
    )
    assert near.words().en.startswith("22,000 persons in 2045 need 4.24 %: share of out-migration closed")
    (far,) = solve(TotalFertility(2030), base, given_, {2070: 22_000})
    assert far.words().ja.endswith("合計特殊出生率だけでは達しません（最大の3.00でも16,309人）")


def test_a_family_a_year_adds_so_many() -> None:
    base, given_ = _hitoyoshi()
    one = project(base, Families().put(1, base, given_)).panel.total()[:, 0]
    none = project(base, given_).panel.total()[:, 0]
    added = dict(zip((2045, 2070), (one - none)[[6, 11]], strict=True))
    assert added == pytest.approx({2045: 98.7, 2070: 186.1}, abs=0.05)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), name=st.sampled_from(sorted(LEVERS)), share=st.floats(0.05, 0.95))
def test_the_answer_reaches_the_target(seed: int, name: str, share: float) -> None:
    lever = LEVERS[name]
    base = panel(1, seed=seed)
    given_ = assumptions(base, 8, net_rate(FIVE, 8, 1, seed))
    without = project(base, given_).panel.total()[-1, 0]
    most = lever.highest or 40.0
    best = project(base, lever.put(most, base, given_)).panel.total()[-1, 0]
    target = without + share * (best - without)
    (answer,) = solve(lever, base, given_, {2060: target})
    if target <= without:
        assert answer.status is Status.ALREADY
        return
    assert answer.status is Status.SOLVED
    found = project(base, lever.put(answer.amount or 0, base, given_)).panel.total()[-1, 0]
    assert found == pytest.approx(target, abs=1e-5)
    assert answer.population == pytest.approx(target, abs=1e-5)


def test_a_target_below_what_comes_anyway_needs_nothing() -> None:
    base = panel(1)
    (answer,) = solve(Families(), base, assumptions(base), {2040: 10})
    assert (answer.status, answer.amount) == (Status.ALREADY, 0)
    assert "追加の取組がなくても" in answer.words().ja


@pytest.mark.parametrize(
    ("lever", "most"), [(TotalFertility(2030), 3.0), (OutClosed(), 1.0), (Families(highest=5), 5)]
)
def test_what_cannot_be_reached_is_an_answer_with_the_best_there_is(lever: Lever, most: float) -> None:
    base = panel(1)
    given_ = assumptions(base, migration=net_rate(FIVE, 4, 1))
    (answer,) = solve(lever, base, given_, {2040: 10_000_000})
    assert (answer.status, answer.amount) == (Status.UNREACHABLE, most)
    best = project(base, lever.put(most, base, given_)).panel.total()[-1, 0]
    assert answer.population == pytest.approx(best)
    assert "達しません" in answer.words().ja
    assert "cannot be reached" in answer.words().en


def test_families_who_come_too_late_help_nothing() -> None:
    base = panel(1)
    (answer,) = solve(Families(since=2050), base, assumptions(base), {2040: 100_000})
    assert (answer.status, answer.amount) == (Status.UNREACHABLE, None)


def test_where_cells_are_clipped_the_target_is_still_met() -> None:
    """Counts that empty cells bend the line; the answer is found by halving."""
    base = panel(1)
    couple = Families(compositions()["couple-20s"])
    given_ = assumptions(base, 6, counts(FIVE, 6, 1, -4000.0))
    assert project(base, given_).clips
    target = project(base, given_).panel.total()[-1, 0] + 900
    (answer,) = solve(couple, base, given_, {2050: target})
    assert not answer.exact
    assert answer.clipped > 0
    assert answer.population == pytest.approx(target, abs=1e-5)


def test_nonsense_is_refused() -> None:
    base, two = panel(1), panel(2)
    with pytest.raises(Problem, match="for one area"):
        solve(Families(), two, assumptions(two), {2040: 10})
    with pytest.raises(Problem, match="no assumptions lead to 2041"):
        solve(Families(), base, assumptions(base), {2041: 10})
    for target in (-1.0, np.nan, np.inf, 1e11):
        with pytest.raises(Problem, match="the target is"):
            solve(Families(), base, assumptions(base), {2040: target})


def test_a_gain_does_not_shrink_when_losses_are_closed() -> None:
    base = panel(1)
    given_ = assumptions(base, migration=net_rate(FIVE, 4, 1))
    closed = OutClosed().put(1.0, base, given_)
    rate = np.asarray(given_.migration.own(given_.survival))
    assert np.array_equal(closed.migration.own(closed.survival), np.maximum(rate, 0))
    later = replace(OutClosed(), since=2030).put(1.0, base, given_)
    assert np.array_equal(np.asarray(later.migration.own(later.survival))[:2], rate[:2])


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0.00000424, "0.00000424"),
        (0.0424, "0.0424"),
        (3.727, "3.73"),
        (3, "3.00"),
        (47.08, "47.1"),
        (49.98, "50.0"),
        (999.4, "999"),
        (999.7, "1,000"),
        (6291.3, "6,291"),
    ],
)
def test_amounts_are_written_as_people_write_them(amount: float, text: str) -> None:
    assert amount_text(amount) == text
