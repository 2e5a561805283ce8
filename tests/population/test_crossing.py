"""When one age group overtakes another."""

from __future__ import annotations

import pytest

from sosei.population.crossing import Crossing, overtakes


@pytest.mark.parametrize(
    ("rising", "other", "year", "between"),
    [
        ((0, 10, 20), (10, 10, 10), 2025, (2025, 2030)),  # level first, then above
        ((0, 0, 20), (10, 10, 10), 2027.5, (2025, 2030)),
        ((0, 20, 0), (10, 10, 10), 2022.5, (2020, 2025)),
        ((4, 5, 6), (10, 8, 2), 2025 + 5 * 3 / 7, (2025, 2030)),
    ],
)
def test_the_crossing_lies_on_straight_lines(
    rising: tuple[float, ...], other: tuple[float, ...], year: float, between: tuple[int, int]
) -> None:
    crossing = overtakes((2020, 2025, 2030), rising, other)
    assert crossing is not None
    assert crossing.year == pytest.approx(year)
    assert (crossing.before, crossing.after) == between


def test_year_and_value_by_hand() -> None:
    crossing = overtakes((2020, 2030), (100, 200), (150, 100))
    assert crossing is not None
    assert crossing.year == pytest.approx(2020 + 10 * 50 / 150)
    assert crossing.value == pytest.approx(100 + 100 * 50 / 150) == pytest.approx(150 - 50 * 50 / 150)


@pytest.mark.parametrize("rising", [(11, 12, 13), (1, 2, 3), (10, 10, 10), (20, 15, 5)])
def test_what_never_overtakes_does_not_cross(rising: tuple[float, ...]) -> None:
    assert overtakes((2020, 2025, 2030), rising, (10, 10, 10)) is None


def test_of_two_crossings_the_last_counts() -> None:
    crossing = overtakes((2000, 2005, 2010, 2015), (0, 20, 0, 20), (10, 10, 10, 10))
    assert crossing is not None
    assert crossing.after == 2015


def test_one_year_does_not_cross() -> None:
    assert overtakes((2020,), (5,), (1,)) is None


@pytest.mark.parametrize(
    ("year", "about"), [(1992.86, 1993), (2039.29, 2039), (1988.5, 1989), (2025.0, 2025)]
)
def test_a_crossing_is_told_by_the_nearest_year(year: float, about: int) -> None:
    assert Crossing(year, 1.0, 1900, 2100).about == about
