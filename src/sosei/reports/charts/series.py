"""A line of actual values over time with markers, and targets as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from sosei.reports.charts import svg
from sosei.reports.charts.furniture import (
    common_target,
    empty_picture,
    furniture,
    goal_number,
    not_from_zero,
    number,
    picture,
    target_diamond,
    target_line,
    zero_line,
)
from sosei.reports.charts.layout import CAP, DIAMOND, TEXT, Frame, at_axis, frame
from sosei.reports.charts.lettering import Placed, spread, text_width
from sosei.reports.charts.model import Figure, Size, YearChart
from sosei.reports.charts.palette import LINE, PAPER

NATURAL = Size(480, 270)

_MARKER = 4
_GAP = Fraction(8)
_NEAR = 24  # a target line so close above a marker may lie under its number
Stroke = tuple[svg.Spot, svg.Spot]


def series(chart: YearChart, prefix: str, size: Size = NATURAL) -> str:
    """The chart as an SVG document.

    The line breaks where a year has no value; a lone year is a marker.  ``prefix`` begins the ids.
    Raises Problem for a prefix that is no plain word and for a size below 300 x 160.
    """
    if chart.is_empty:
        return empty_picture(chart, prefix, size)
    area = frame(chart, size, from_zero=chart.from_zero)
    actual = _runs(area, [point.actual for point in chart.points])
    targets = _runs(area, [point.target or Figure() for point in chart.points])
    parts = [
        *furniture(area, svg.line((0, 0), (24, 0), stroke=LINE, stroke_width=2) + _marker((12, 0))),
        *zero_line(area),
        *common_target(area),
        *(part for run in targets if len(run) > 1 for part in target_line(*run)),
        *(target_diamond(spot) for run in targets for spot in run),
        *(svg.polyline(run, stroke=LINE, stroke_width=2) for run in actual if len(run) > 1),
        *(_marker(spot) for run in actual for spot in run),
        *_numbers(area, [*actual, *targets]),
        *goal_number(area),
    ]
    return picture(chart, prefix, size, parts, "" if area.axis.has_zero else not_from_zero(chart))


def _runs(area: Frame, figures: Sequence[Figure]) -> list[list[svg.Spot]]:
    return svg.stretches(
        None if figure.value is None else (middle, area.y(figure.value))
        for middle, figure in zip(area.middles, figures, strict=True)
    )


def _marker(middle: svg.Spot) -> str:
    return svg.circle(middle, _MARKER, fill=LINE, stroke=PAPER, stroke_width=1)


def _numbers(area: Frame, runs: Sequence[Sequence[svg.Spot]]) -> list[str]:
    texts = [at_axis(point.actual, area.chart, area.unit)[0] for point in area.chart.points]
    strokes = [pair for run in runs for pair in pairwise(run)]
    strokes += [((x, y - DIAMOND), (x, y + DIAMOND)) for run in runs for x, y in run]
    target = area.chart.target
    if target is not None and target.value is not None:
        y = area.y(target.value)
        strokes.append(((area.left, y), (area.right, y)))
    row = spread(texts, area.middles, TEXT, area.left, area.right)
    return [_number(area, each, strokes) for each in row]


def _number(area: Frame, placed: Placed, strokes: Sequence[Stroke]) -> str:
    """The number above or below its marker or above the target line, where the fewest lines run through it."""
    point = area.chart.points[placed.index]
    y = area.base if point.actual.value is None else area.y(point.actual.value)
    half = text_width(placed.text, TEXT) / 2
    feet = [y - _GAP, y + _GAP + CAP]
    target = area.chart.target
    if target is not None and target.value is not None and y - _NEAR < area.y(target.value) < y:
        feet.append(area.y(target.value) - _GAP / 2)
    feet = [foot for foot in feet if foot <= area.bottom - 2] or feet[:1]
    hits = [
        sum(
            _crosses(stroke, (placed.middle - half, foot - CAP - 1), (placed.middle + half, foot + 1))
            for stroke in strokes
        )
        for foot in feet
    ]
    foot = feet[hits.index(min(hits))]
    return number((placed.middle, foot - Fraction(CAP, 2)), placed.text)


def _crosses(stroke: Stroke, corner: svg.Spot, opposite: svg.Spot) -> bool:
    """Whether a stroke running from left to right touches the box between two corners."""
    (x1, y1), (x2, y2) = stroke
    left, right = max(x1, corner[0]), min(x2, opposite[0])
    if left > right:
        return False
    heights: tuple[svg.Length, ...] = (y1, y2)
    if x1 != x2:
        slope = Fraction(y2 - y1) / Fraction(x2 - x1)
        heights = (y1 + slope * (left - x1), y1 + slope * (right - x1))
    return min(heights) <= opposite[1] and max(heights) >= corner[1]
