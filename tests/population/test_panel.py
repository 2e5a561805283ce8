"""Age groups, panels and whole persons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sosei.population.ages import AgeScheme
from sosei.population.panel import Panel
from sosei.population.rounding import half_up, largest_remainder, whole_persons
from sosei.values import Problem
from tests.population.cases import FIVE, ONE, panel


def test_labels_are_those_of_the_tables() -> None:
    assert FIVE.labels("ja")[0] == "0～4歳"
    assert FIVE.labels("ja")[-2:] == ("85～89歳", "90歳以上")
    assert FIVE.labels("en")[-2:] == ("85-89", "90+")
    assert ONE.labels("ja")[:2] == ("0歳", "1歳")
    assert ONE.labels("en")[-1] == "90+"
    assert FIVE.lower[-1] == 90
    assert (FIVE.mothers, ONE.mothers) == (slice(3, 10), slice(15, 50))


@pytest.mark.parametrize(("width", "groups"), [(0, 19), (10, 10), (4, 20), (5, 10), (7, 12)])
def test_groups_that_cannot_count_mothers_are_refused(width: int, groups: int) -> None:
    with pytest.raises(Problem, match="age groups must be of 1 or 5 years"):
        AgeScheme(width, groups)


@pytest.mark.parametrize("lower", [3, 95, -5])
def test_no_group_begins_there(lower: int) -> None:
    with pytest.raises(Problem, match=f"no age group begins at {lower}"):
        FIVE.index(lower)


def test_views_of_a_panel() -> None:
    whole = panel(3)
    assert whole.total().shape == (1, 3)
    assert whole.three_groups().sum(axis=1) == pytest.approx(whole.total())
    assert whole.area("00002").total()[0, 0] == pytest.approx(whole.total()[0, 1])
    assert whole.between(65, None, "female") + whole.between(65, None, "male") == pytest.approx(
        whole.between(65)
    )
    older = whole.with_open_group(75)
    assert older.ages == AgeScheme(5, 16)
    assert older.total() == pytest.approx(whole.total())
    rows = list(whole.to_rows())
    assert len(rows) == 3 * 2 * 19
    assert rows[20] == ("00001", 2020, "female", 5, whole.values[0, 1, 1, 0])
    assert whole.values.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        whole.values[0, 0, 0, 0] = 1


@pytest.mark.parametrize(("oldest", "groups"), [(90, 19), (104, 21)])
def test_single_years_of_age_as_groups_of_five(oldest: int, groups: int) -> None:
    single = AgeScheme(1, oldest + 1)
    values = np.arange(2.0 * single.groups).reshape(1, 2, single.groups, 1)
    one = Panel(values, (2020,), single, ("00000",), ("",))
    five = one.in_groups_of(5)
    assert five.ages == AgeScheme(5, groups)
    assert five.values[0, 0, 3, 0] == 15 + 16 + 17 + 18 + 19
    assert five.total() == one.total()
    assert (five.three_groups() == one.three_groups()).all()
    assert five.in_groups_of(5) is five
    with pytest.raises(Problem, match="cannot be put into groups of 1"):
        five.in_groups_of(1)


def test_a_panel_keeps_what_it_was_made_of_apart() -> None:
    values = np.ones((1, 2, 19, 1))
    whole = Panel(values, (2020,), FIVE, ("00001",), ("サンプル",))
    values[:] = 7
    assert whole.total()[0, 0] == 38


def _made(values: np.ndarray, areas: tuple[str, ...] = ("1", "2"), years: tuple[int, ...] = (2020,)) -> Panel:
    return Panel(values, years, FIVE, areas, areas)


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf, -np.inf])
def test_a_figure_that_cannot_be_is_named_with_its_place(wrong: float) -> None:
    values = np.ones((1, 2, 19, 2))
    values[0, 1, 3, 1] = wrong
    with pytest.raises(Problem) as caught:
        _made(values)
    assert "2020年 女 15～19歳" in caught.value.ja
    assert f"2020 female 15-19: the population is {wrong}" in caught.value.en


def test_a_panel_whose_labels_do_not_fit_is_refused() -> None:
    ones = np.ones((1, 2, 19, 2))
    with pytest.raises(Problem, match="wrong shape"):
        _made(ones, ("1",))
    with pytest.raises(Problem, match="two areas have the code 1"):
        _made(ones, ("1", "1"))
    with pytest.raises(Problem, match="not in ascending order"):
        _made(np.ones((2, 2, 19, 2)), years=(2025, 2020))
    with pytest.raises(Problem, match="no area with the code 9"):
        _made(ones).area("9")
    with pytest.raises(Problem, match="no population of 2021"):
        _made(ones).at(2021)


def test_a_half_goes_up() -> None:
    assert half_up(np.array([0.5, 1.5, 2.5, 2.4999])).tolist() == [1, 2, 3, 2]


@pytest.mark.parametrize(
    ("values", "total", "expected"),
    [
        ([1.5, 1.5, 1.0], 4, [2, 1, 1]),
        ([0.2, 0.3, 0.4], 1, [0, 0, 1]),
        ([0.0, 0.0], 0, [0, 0]),
        ([2.0, 2.0], 5, [3, 2]),
        ([0.9, 0.9, 0.9], 2, [1, 1, 0]),
        ([3.4, 3.4], 6, [3, 3]),
    ],
)
def test_the_largest_remainders_go_up(values: list[float], total: int, expected: list[int]) -> None:
    assert largest_remainder(np.array(values), np.array(total)).tolist() == expected


@given(arrays(np.float64, (2, 2, 19, 3), elements=st.floats(0, 5000)))
def test_whole_persons_add_up(values: np.ndarray) -> None:
    made = Panel(values, (2020, 2025), FIVE, ("1", "2", "3"), ("", "", ""))
    whole = whole_persons(made)
    assert (whole >= 0).all()
    assert np.array_equal(whole.sum(axis=(1, 2)), half_up(made.total()))
    assert np.abs(whole - values).max() < 1.5
    assert np.abs(whole.sum(axis=2) - values.sum(axis=2)).max() <= 1
