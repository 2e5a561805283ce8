"""How far the projection of 2018 was off (group 8 of the validation), and the bands made from it."""

from __future__ import annotations

import numpy as np
import pytest

from sosei.population.backtest import Score, from_csv, score, to_csv
from sosei.population.fan import fan, stored_scores
from sosei.values import Problem
from tests.population.shared import population_data
from tools import backtest

# Size in 2015: areas; 2020 sd and median of the absolute error; 2030 sd; 2045 sd and mean; in percent.
# 那珂川市 counts among 30,000-100,000: its code changed between the projections, not its people.
KNOWN = {
    0: (28, 7.1, 4.7, 11.2, 21.5, -9.4),
    1_000: (103, 5.2, 2.5, 8.7, 14.9, -8.6),
    3_000: (118, 4.2, 1.5, 9.6, 12.4, -6.7),
    5_000: (230, 2.3, 1.4, 4.8, 9.2, -4.7),
    10_000: (429, 2.0, 1.2, 4.5, 8.2, -2.1),
    30_000: (521, 1.8, 1.0, 3.9, 6.7, -1.6),
    100_000: (295, 1.8, 1.0, 3.7, 6.0, -1.9),
    300_000: (74, 1.5, 0.8, 3.2, 5.1, -1.9),
}


def of(size: int, ahead: int) -> Score:
    return next(row for row in stored_scores() if (row.size_from, row.years_ahead) == (size, ahead))


@pytest.mark.parametrize("size", KNOWN)
def test_the_stored_errors(size: int) -> None:
    five, fifteen, thirty = of(size, 5), of(size, 15), of(size, 30)
    found = (five.areas, five.sd, five.median_abs, fifteen.sd, thirty.sd, thirty.mean)
    assert found == pytest.approx(KNOWN[size], abs=0.051)
    assert five.against == "census"
    assert thirty.against == "projection"


@pytest.mark.slow
def test_the_stored_errors_are_those_of_the_data() -> None:
    assert to_csv(backtest.scores(population_data()), backtest.NOTES) == backtest.STORED.read_text("utf-8")


def test_a_score_by_hand() -> None:
    base = np.array([500.0, 800.0, 2000.0])
    (only,) = score(base, np.array([110.0, 90.0, 100.0]), np.array([100.0, 100.0, 100.0]), 5, "census")
    assert (only.size_from, only.areas) == (0, 2)
    assert (only.mean, only.sd, only.median_abs) == pytest.approx((0, 200**0.5, 10))
    assert only.ratios[2] == pytest.approx((100 / 110 + 100 / 90) / 2)
    (back,) = from_csv(to_csv([only], ["説明"]))
    assert (back.size_from, back.years_ahead, back.against, back.areas) == (0, 5, "census", 2)
    assert (back.mean, back.sd, back.median_abs) == pytest.approx((0, 200**0.5, 10), abs=1e-4)
    assert back.ratios == pytest.approx(only.ratios, abs=1e-6)


def test_bands_lie_inside_each_other_and_widen() -> None:
    years = (2015, 2020, 2025, 2030, 2035, 2040, 2045)
    for size in (500.0, 2e3, 4e3, 7e3, 2e4, 5e4, 2e5, 1e6):
        bands = fan(years, np.full(7, size), 2015).bands
        assert (np.diff(bands, axis=0)[:, 1:] > 0).all()
        assert (bands[:, 0] == size).all()
        widths = bands[4] - bands[0]
        # 28 areas below 1,000 people are few: from 5 to 10 years their band stays as wide as it is.
        assert (np.diff(widths) > -0.01 * size).all()
        assert widths[-1] > 2 * widths[1]


def test_between_two_horizons_the_bands_are_interpolated() -> None:
    bands = fan((2020, 2025, 2027, 2030), np.full(4, 20_000.0), 2020).bands
    assert bands[:, 2] == pytest.approx(0.6 * bands[:, 1] + 0.4 * bands[:, 3])


def test_the_band_of_aso_from_2018() -> None:
    totals = np.array([27018.0, 25564, 17817])
    found = fan((2015, 2020, 2045), totals, 2015)
    low, high = found.band(80)
    assert low[1] == pytest.approx(25564 * of(10_000, 5).ratios[0])
    assert high[2] == pytest.approx(17817 * of(10_000, 30).ratios[4])
    inner = found.band(50)
    assert low[2] < inner[0][2] < inner[1][2] < high[2]
    assert "10,000人以上30,000人未満の429市区町村" in found.words.ja
    assert "429 municipalities with 10,000 or more and fewer than 30,000 people" in found.words.en


@pytest.mark.parametrize("size", [500.0, 20_000.0, 1e6])
def test_how_the_bands_were_made_is_one_sentence_and_what_else_must_be_known_is_apart(size: float) -> None:
    found = fan((2015, 2020, 2045, 2050), np.full(4, size), 2015)
    for words in (found.words, *found.remarks):
        assert words.ja.count("。") == 1
        assert words.ja.endswith("。")
        assert words.en.count(". ") == 0
        assert words.en.endswith(".")
    said = " ".join(each.en for each in found.remarks)
    assert "those from the real population may be larger" in said
    assert ("Projections of this size came out too low" in said) == (
        of(int(max(s for s in KNOWN if s <= size)), 30).ratios[2] > 1.01
    )


def test_a_prefecture_is_told_that_the_bands_are_those_of_municipalities() -> None:
    years, totals = (2015, 2045), np.full(2, 1.7e6)
    prefecture, city = fan(years, totals, 2015, is_municipality=False), fan(years, totals, 2015)
    assert [each.ja for each in prefecture.remarks if "都道府県や全国" in each.ja]
    assert not [each.ja for each in city.remarks if "都道府県や全国" in each.ja]


@pytest.mark.parametrize(
    ("year", "is_municipality", "ja", "en"),
    [
        (
            2020,
            True,
            "同じ規模の市区町村の10のうち8ほどで、2020年の国勢調査が",
            "of this size the census of 2020",
        ),
        (2025, True, "次の推計を後の値としています", "the next projection stands for it"),
        (2045, False, "人口の多い市区町村の10のうち8ほどで、後の値が", "of 10 large municipalities"),
    ],
)
def test_the_wide_band_in_plain_words(year: int, is_municipality: bool, ja: str, en: str) -> None:
    found = fan((2015, 2020, 2025, 2045), np.full(4, 1e6), 2015, is_municipality=is_municipality)
    said = found.how_sure(year)
    assert ja in said.ja
    assert en in said.en


def test_beyond_the_data_no_band_is_made_up() -> None:
    found = fan((2010, 2015, 2045, 2050, 2070), np.full(5, 20_000.0), 2015)
    assert found.years == (2015, 2045)
    assert found.bands.shape == (5, 2)
    assert found.beyond == (2050, 2070)
    assert "30年より先（2050年から）は比べるものがないため" in found.remarks[-1].ja
    assert "no band is shown" in found.remarks[-1].en
    within = fan((2015, 2045), np.full(2, 20_000.0), 2015)
    assert not [each for each in within.remarks if "no band" in each.en]


@pytest.mark.parametrize(("years", "totals"), [((2020, 2025), (1.0, 1.0)), ((2015, 2020), (0.0, 1.0))])
def test_bands_need_people_in_the_base_year(years: tuple[int, ...], totals: tuple[float, ...]) -> None:
    with pytest.raises(Problem, match="base year"):
        fan(years, np.array(totals), 2015)
