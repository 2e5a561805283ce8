"""Bars are as high as their values, lines break at gaps, targets lie where they belong, texts keep apart."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from sosei.reports.charts import Point, YearChart, bar, series, sparkline
from sosei.reports.charts.palette import BAR, GRID, LINE, MUTED, PAPER, TARGET
from tests.reports.charts.pictures import PICTURES, YEARS, box, figure, marks, number, points, texts


def zero(picture: str) -> float:
    return number(marks(picture, "line", stroke=MUTED)[0], "y1")


def test_bars_stand_on_zero_and_are_as_high_as_their_values() -> None:
    picture = PICTURES["bar plain"]
    bars = marks(picture, "rect", fill=BAR)
    assert [number(each, "y") + number(each, "height") for each in bars] == pytest.approx(
        [zero(picture)] * 5, abs=0.02
    )
    heights = [number(each, "height") for each in bars]
    assert [h / heights[0] for h in heights] == pytest.approx(
        [v / 812 for v in (812, 790, 845, 901, 870)], abs=1e-3
    )


def test_negative_bars_hang_from_zero_by_the_same_measure() -> None:
    picture = PICTURES["bar negative"]
    low, lower, high, nought = marks(picture, "rect", fill=BAR)
    assert number(low, "y") == number(lower, "y") == pytest.approx(zero(picture), abs=0.02)
    assert number(high, "y") + number(high, "height") == pytest.approx(zero(picture), abs=0.02)
    assert number(low, "height") / number(high, "height") == pytest.approx(212 / 20, rel=0.01)
    assert number(low, "height") / number(lower, "height") == pytest.approx(212 / 145, rel=0.01)
    assert number(nought, "height") == 3
    assert number(nought, "y") < zero(picture) < number(nought, "y") + 3


def test_a_tiny_value_is_seen_and_is_not_zero() -> None:
    tiny, large = marks(bar(YearChart(title="件数", points=points([1, 999999])), "k"), "rect", fill=BAR)
    assert number(tiny, "height") == 1
    assert number(large, "height") > 100


def test_a_missing_year_is_a_gap_with_its_reason() -> None:
    chart = YearChart(
        title="件数",
        points=(*points([10, None]), Point(label="R4", actual=figure(None, "集計中")), *points([30])),
    )
    assert len(marks(bar(chart, "k"), "rect", fill=BAR)) == 2
    assert {"－", "集計中"} <= set(texts(bar(chart, "k"))) & set(texts(series(chart, "k")))
    assert not marks(series(chart, "k"), "polyline", stroke=LINE)


def test_a_reason_too_long_for_its_year_is_a_dash() -> None:
    reason = "調査の見直しのため実施していません"
    chart = YearChart(
        title="件数",
        points=tuple(Point(label=f"R{k}", actual=figure(None, reason)) for k in range(8)),
        target=figure(1),
    )
    assert reason not in texts(bar(chart, "k"))
    assert "－" in texts(bar(chart, "k"))


def test_a_line_is_broken_where_years_are_missing() -> None:
    picture = PICTURES["series gaps"]
    (line,) = marks(picture, "polyline", stroke=LINE)
    assert len(line.get("points", "").split()) == 2
    assert len(marks(picture, "circle", fill=LINE)) == 3


@pytest.mark.parametrize("kind", ["bar", "series"])
def test_the_target_line_is_dashed_ends_in_a_diamond_and_lies_at_its_value(kind: str) -> None:
    picture = PICTURES[f"{kind} plain"]
    (line,) = marks(picture, "polyline", stroke=TARGET)
    assert line.get("stroke-dasharray")
    (tip,) = marks(picture, "polygon", fill=TARGET)
    level = box(line).top
    assert box(line).bottom == level == (box(tip).top + box(tip).bottom) / 2
    ticks = sorted(number(each, "y1") for each in marks(picture, "line", stroke=GRID))
    assert level == pytest.approx(ticks[-1] - (ticks[-1] - ticks[0]) * 900 / 1000, abs=0.02)
    (words,) = [each for each in marks(picture, "text", font_weight="bold") if each.text == "900"]
    assert number(words, "x") > box(tip).right
    assert number(words, "y") == pytest.approx(level, abs=5)


def test_targets_by_year_are_diamonds_over_their_years() -> None:
    picture = PICTURES["bar ten"]
    tips = [box(each) for each in marks(picture, "polygon", fill=TARGET)]
    assert len(tips) == 10
    steps = [a.top - b.top for a, b in pairwise(tips)]
    assert steps == pytest.approx([steps[0]] * 9, abs=0.02)
    first = box(marks(picture, "rect", fill=BAR)[0])
    assert (tips[0].left + tips[0].right) == pytest.approx(first.left + first.right, abs=0.03)


def test_actual_lines_are_solid_and_have_a_marker_for_every_value() -> None:
    (line,) = marks(PICTURES["series plain"], "polyline", stroke=LINE)
    assert line.get("stroke-dasharray") is None
    spots = {tuple(map(float, pair.split(","))) for pair in line.get("points", "").split()}
    assert spots == {
        (number(e, "cx"), number(e, "cy")) for e in marks(PICTURES["series plain"], "circle", fill=LINE)
    }


def test_a_legend_stands_only_where_two_kinds_are_drawn_and_in_the_order_of_drawing() -> None:
    both = texts(PICTURES["bar plain"])
    assert both.index("実績値") < both.index("目標値")
    assert not {"実績値", "目標値"} & set(texts(PICTURES["bar one"]))
    assert "実績値" not in texts(PICTURES["bar planned"])
    assert "目標値" in texts(PICTURES["bar planned"])


def test_the_unit_stands_at_the_axis_and_numbers_have_commas() -> None:
    assert {"単位：人", "1,000", "812", "900"} <= set(texts(PICTURES["bar plain"]))
    assert {"単位：億円（四捨五入）", "1,500", "1,241.6", "1,350"} <= set(texts(PICTURES["bar huge"]))


def test_an_axis_without_zero_says_so_and_only_lines_may_have_one() -> None:
    note = "※縦軸は0から始まっていません"
    assert note in texts(PICTURES["series cut"])
    assert note in PICTURES["series cut"].split("</desc>", maxsplit=1)[0]
    assert "0" not in texts(PICTURES["series cut"])
    assert note not in PICTURES["bar cut"]
    assert "0" in texts(PICTURES["bar cut"])
    assert note not in PICTURES["series plain"]


@pytest.mark.parametrize("kind", ["bar", "series"])
@pytest.mark.parametrize("name", YEARS)
def test_texts_of_a_chart_do_not_touch(kind: str, name: str) -> None:
    found = marks(PICTURES[f"{kind} {name}"], "text")
    for (one, a), (other, b) in combinations([(each.text, box(each)) for each in found], 2):
        is_apart = a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
        assert is_apart, (one, other)


@pytest.mark.parametrize("name", [name for name in YEARS if name != "planned"])
def test_numbers_do_not_touch_a_target_sign(name: str) -> None:
    tips = [box(each) for each in marks(PICTURES[f"bar {name}"], "polygon", fill=TARGET)]
    inside = [box(each) for each in marks(PICTURES[f"bar {name}"], "text", fill=PAPER)]
    outside = [box(each) for each in marks(PICTURES[f"bar {name}"], "text", stroke=PAPER)]
    for a in inside + outside:
        for b in tips:
            assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top


def test_long_labels_are_shortened_and_crowded_ones_left_out_but_never_the_last() -> None:
    labels = [f"令和{k}年度（速報値・見込みを含む）" for k in range(2, 10)]
    chart = YearChart(title="件数", points=tuple(Point(label=each, actual=figure(1)) for each in labels))
    shown = [each for each in texts(bar(chart, "k")) if each.startswith("令和")]
    assert 1 < len(shown) < 8
    assert all(each.endswith("…") for each in shown)
    assert shown[-1].startswith("令和9年度")


def test_a_dense_chart_shows_all_numbers_upright() -> None:
    numbers = [812345 + k for k in range(10)]
    picture = bar(YearChart(title="件数", points=points(numbers)), "k")
    turned = [each.text for each in marks(picture, "text", fill=PAPER) if each.get("transform")]
    assert turned == [f"{each:,}" for each in numbers]


def test_a_long_title_takes_two_lines_and_no_more() -> None:
    title = "住民基本台帳に基づく人口の年次推移（各年度末現在、外国人住民を含む、" * 4
    picture = bar(YearChart(title=title, points=points([1])), "k")
    lines = [each.text or "" for each in marks(picture, "text", font_size="14")]
    assert len(lines) == 2
    assert title.startswith(lines[0])
    assert lines[1].endswith("…")
    assert f">{title}</title>" in picture


def test_a_sparkline_keeps_small_changes_small() -> None:
    def rise(*numbers: int) -> float:
        (line,) = marks(
            sparkline(YearChart(title="値", points=points(numbers)), "k"), "polyline", stroke=LINE
        )
        return box(line).bottom - box(line).top

    assert rise(100, 101) == pytest.approx(16 * 0.01 / 0.202, abs=0.3)
    assert rise(0, 101) == 16


def test_the_last_dot_of_a_sparkline_is_the_largest_and_gaps_are_gaps() -> None:
    picture = PICTURES["sparkline gaps"]
    radii = [number(each, "r") for each in marks(picture, "circle", fill=LINE)]
    assert radii == [1.5, 1.5, 3]
    assert len(marks(picture, "polyline", stroke=LINE)) == 1
    assert len(marks(picture, "polyline", stroke=TARGET)) == 1
