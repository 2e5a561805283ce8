"""Population pyramids: one scale, men left and women right, two beside each other or one under the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.reports.charts import Size
from sosei.reports.charts.palette import BAR, LINE
from sosei.reports.charts.population import Pyramid, Pyramids, draw, pyramids_size
from tests.reports.charts.pictures import drawn, marks, number, read, texts
from tests.reports.charts.population_pictures import AGES, CHARTS, FEMALE, MALE, PICTURES
from tests.reports.charts.test_population_charts import bars, check, check_apart, names, people


def test_pyramids_share_one_scale_men_left_women_right() -> None:
    picture = PICTURES["pyramids"]
    men, women = bars(picture, BAR), bars(picture, LINE)
    assert len(men) == len(women) == 2 * len(AGES)
    scale = (men[0].right - men[0].left) / MALE[0]
    widths = [each.right - each.left for each in men]
    assert widths == pytest.approx([value * scale for value in (*MALE, *FEMALE)], abs=0.03)
    assert all(man.right < woman.left for man, woman in zip(men, women, strict=True))
    assert men[0].top > men[18].top  # the young below
    assert set(AGES) <= set(texts(picture))
    assert len([each for each in texts(PICTURES["single ages"]) if each.endswith("歳")]) > 10


@pytest.mark.parametrize("width", [300, 308, 479])
def test_two_pyramids_stand_one_under_the_other_where_the_picture_is_narrow(width: int) -> None:
    chart = CHARTS["pyramids"]
    assert isinstance(chart, Pyramids)
    size = pyramids_size(chart, width)
    picture = draw(chart, "k", size)
    assert read(picture).get("viewBox") == f"0 0 {width} {size.height}"
    check(picture)
    check_apart(picture)
    men, women = bars(picture, BAR), bars(picture, LINE)
    rows = len(AGES)
    names = {each.text: place for each, place in drawn(picture) if each.text in {"2015年", "2045年"}}
    assert names["2015年"].bottom < men[rows - 1].top  # the oldest stand highest
    assert men[0].bottom < names["2045年"].top < names["2045年"].bottom < men[-1].top
    assert texts(picture).count(AGES[0]) == texts(picture).count(AGES[-1]) == 2
    assert len({each.left for each in women}) == 1  # on one line, so that the eye can compare
    scale = (men[0].right - men[0].left) / MALE[0]
    widths = [each.right - each.left for each in women]
    assert widths == pytest.approx([value * scale for value in (*FEMALE, *MALE)], abs=0.03)


def test_two_pyramids_stay_beside_each_other_where_the_picture_is_wide_or_low() -> None:
    chart = CHARTS["pyramids"]
    assert isinstance(chart, Pyramids)
    for size in (pyramids_size(chart), pyramids_size(chart, 480), Size(308, 260)):
        picture = draw(chart, "k", size)
        check(picture)
        assert len({each.top for each in bars(picture, BAR)}) == len(AGES)


def test_a_narrow_picture_of_one_pyramid_is_as_high_as_a_wide_one() -> None:
    for name in ("one pyramid", "single ages"):
        chart = CHARTS[name]
        assert isinstance(chart, Pyramids)
        picture = draw(chart, "k", pyramids_size(chart, 308))
        check(picture)
        check_apart(picture)
        assert texts(picture) == texts(PICTURES[name])
        assert pyramids_size(chart, 308).height == pyramids_size(chart).height


def test_a_long_name_takes_two_lines_and_the_rows_stay_level() -> None:
    names = ("Pattern 1", "Closed population (no net migration at any age)")
    each = tuple(Pyramid(name=name, male=MALE, female=FEMALE) for name in names)
    chart = Pyramids(title="", ages=AGES, pyramids=each)
    short = replace(chart, pyramids=(each[0], each[0]))
    for width, more in ((640, 1), (308, 2)):  # beside each other they share the line
        size = pyramids_size(chart, width)
        assert size.height == pyramids_size(short, width).height + more * 16
        picture = draw(chart, "k", size)
        check(picture)
        check_apart(picture)
        written = texts(picture)
        at = next(at for at, text in enumerate(written) if text.startswith("Closed"))
        assert " ".join(written[at : at + 2]) == names[1]
        heights = [bar.bottom - bar.top for bar in bars(picture, BAR)]
        assert max(heights) - min(heights) < 0.03
        assert len({bar.top for bar in bars(picture, BAR)}) == more * len(AGES)


@pytest.mark.parametrize("most", [9, 120, 1100, 1440, 52_000, 14_000_000])
def test_the_same_figures_stand_under_men_and_women_from_zero_out(most: float) -> None:
    one = Pyramid(name="2020年", male=(most,), female=(most,))
    picture = draw(Pyramids(title="", ages=("0～4歳",), pyramids=(one,)), "k", Size(300, 200))
    check(picture)
    written = marks(picture, "text")
    lowest = max(number(each, "y") for each in written)
    scale = [
        each.text
        for each in sorted(written, key=lambda each: number(each, "x"))
        if number(each, "y") == lowest
    ]
    assert scale == scale[::-1]
    assert scale.count("0") == 2
    assert len(scale) >= 4


@given(st.lists(st.tuples(people, people), min_size=1, max_size=21), names, st.sampled_from([300, 308, 640]))
def test_any_pyramids(cells: list[tuple[float, float]], name: str, width: int) -> None:
    male, female = zip(*cells, strict=True)
    ages = tuple(f"{5 * at}歳" for at in range(len(cells)))
    one, other = (
        Pyramid(name=name, male=men, female=women) for men, women in ((male, female), (female, male))
    )
    for each in ((one,), (one, other)):
        chart = Pyramids(title=name, ages=ages, pyramids=each)
        check(draw(chart, "k", pyramids_size(chart, width)))
