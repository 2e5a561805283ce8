"""Axis steps, units for large numbers, and the spacing of texts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.reports.charts.lettering import clean, shorten, spread, text_width, two_lines
from sosei.reports.charts.scale import axis_unit, nice_axis, reduced, tick_texts
from sosei.values import HouseStyle


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ("812 901", "0 200 400 600 800 1000"),
        ("5", "0 1 2 3 4 5"),
        ("1", "0 1"),
        ("2 3", "0 1 2 3"),
        ("0.7", "0 0.2 0.4 0.6 0.8"),
        ("1.80 1.66", "0 0.5 1 1.5 2"),
        ("-212 55", "-300 -200 -100 0 100"),
        ("-212 -5", "-250 -200 -150 -100 -50 0"),
        ("0", "0 1"),
        ("124155000000", "0 50000000000 100000000000 150000000000"),
        ("0.0000001", "0 0.000001"),
    ],
)
def test_ticks_are_exact_and_include_zero(values: str, ticks: str) -> None:
    axis = nice_axis([Decimal(each) for each in values.split()])
    assert list(axis.ticks) == [Decimal(each) for each in ticks.split()]


def test_an_axis_may_leave_out_zero_unless_all_values_are_equal() -> None:
    assert nice_axis([Decimal(30478), Decimal(28700)], from_zero=False).low == 28500
    assert nice_axis([Decimal(7), Decimal(7)], from_zero=False).low == 0


@given(
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**17), max_value=10**17), min_size=1
    ),
    st.booleans(),
)
def test_an_axis_holds_its_values_in_few_nice_steps(values: list[Decimal], from_zero: bool) -> None:
    axis = nice_axis(values, from_zero=from_zero)
    assert axis.low <= min(values)
    assert max(values) <= axis.high
    assert 1 <= len(axis.ticks) - 1 <= 7
    assert axis.step.normalize().as_tuple().digits in {(1,), (2,), (5,)}
    assert (axis.ticks[0], axis.ticks[-1]) == (axis.low, axis.high)
    if from_zero:
        assert Decimal(0) in axis.ticks


@pytest.mark.parametrize(
    ("unit", "largest", "name", "shift"),
    [
        ("人", "9999999", "人", 0),
        ("人", "10000000", "万人", -4),
        ("円", "50000000000", "億円", -8),
        ("円", "135000000000", "億円", -8),
        ("千円", "3032", "千円", 0),
        ("千円", "30320000", "億円", -5),
        ("百万円", "50000000", "億円", -2),
        ("億円", "20000000", "兆円", -4),
        ("", "10000000", "万", -4),
    ],
)
def test_large_numbers_get_a_larger_unit(unit: str, largest: str, name: str, shift: int) -> None:
    found = axis_unit(unit, Decimal(largest))
    assert (found.name, found.shift) == (name, shift)


def test_a_reduced_number_is_rounded_to_one_decimal_and_says_whether_it_is_exact() -> None:
    unit = axis_unit("円", Decimal("2E+11"))
    assert reduced(Decimal(124155000000), unit) == (Decimal("1241.6"), False)
    assert reduced(Decimal(124160000000), unit) == (Decimal("1241.6"), True)
    assert reduced(Decimal(120000000000), unit) == (Decimal(1200), True)
    assert str(reduced(Decimal(120000000000), unit)[0]) == "1200"


def test_tick_texts_share_their_decimals_and_follow_the_house_style() -> None:
    axis = nice_axis([Decimal("-1.2"), Decimal("0.4")])
    assert tick_texts(axis, axis_unit("%", Decimal(2)), HouseStyle(minus="△", wide_single_digit=True)) == (
        *("△1.5", "△1.0", "△0.5"),
        *("0.0", "0.5"),
    )


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("転入\n者数 ", "転入 者数"),
        ("a\x00b", "a〓b"),
        ("\u200b", "〓"),
        ("\ue000", "〓"),
        ("髙﨑", "髙﨑"),
        ("", ""),
    ],
)
def test_texts_are_made_harmless(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("転入者数", 40, "転入者数"),
        ("転入者数", 39, "転入…"),
        ("転入者数", 10, ""),
        ("転入 者数", 40, "転入…"),
    ],
)
def test_shortening_ends_in_an_ellipsis(text: str, room: int, short: str) -> None:
    assert shorten(text, 10, Fraction(room)) == short


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("あいうえ（かきくけこ）さし", 70, ("あいうえ（か", "きくけこ）さし")),
        ("年齢別の人口（シナリオの比較）", 140, ("年齢別の人口", "（シナリオの比較）")),
        ("人口・世帯の推移、見通し", 85, ("人口・世帯の", "推移、見通し")),
        ("あいうえお、かきくけこ", 70, ("あいうえお、", "かきくけこ")),
        ("阿蘇市の2045年の人口ピラミッド", 140, ("阿蘇市の2045年の", "人口ピラミッド")),
        ("阿蘇市の人口は2045年", 85, ("阿蘇市の人口は", "2045年")),
        ("population pyramids of 2070", 140, ("population", "pyramids of 2070")),
        ("total population by scenario", 160, ("total population", "by scenario")),
        ("population pyramids of 2070 by scenario", 100, ("population", "pyramids of 20…")),
        ("antidisestablishmentarianism", 140, ("antidisestablis", "hmentarianism")),
        ("国勢調査人口推計結果", 70, ("国勢調査人", "口推計結果")),
        ("ア" * 10, 60, ("ア" * 5, "ア" * 5)),
        ("転入者数", 40, ("転入者数",)),
        ("転入", 5, ("転", "")),
    ],
)
def test_two_lines_are_about_equal_and_keep_words_and_marks_whole(
    text: str, room: int, lines: tuple[str, ...]
) -> None:
    assert two_lines(text, 10, Fraction(room)) == lines


@given(
    st.lists(st.sampled_from(["", "R6", "令和６年度", "1,234,567", "とても長い年度の名前" * 3]), max_size=30),
    st.integers(min_value=20, max_value=400),
)
def test_a_row_of_texts_never_overlaps_and_keeps_its_last(texts: list[str], width: int) -> None:
    step = Fraction(width, max(1, len(texts)))
    row = spread(texts, [step * (2 * k + 1) / 2 for k in range(len(texts))], 10, Fraction(0), Fraction(width))
    ends = [
        (each.middle - text_width(each.text, 10) / 2, each.middle + text_width(each.text, 10) / 2)
        for each in row
    ]
    assert all(left >= 0 and right <= width for left, right in ends)
    assert all(a[1] < b[0] for a, b in pairwise(ends))
    shown = [index for index, text in enumerate(texts) if text]
    if shown and text_width(texts[shown[-1]], 10) <= width:
        assert row[-1].index == shown[-1]
