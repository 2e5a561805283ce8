"""Bars of actual values by year with a target line or a target mark for each year."""

from __future__ import annotations

from fractions import Fraction

from sosei.reports.charts import svg
from sosei.reports.charts.bar_numbers import numbers
from sosei.reports.charts.furniture import (
    common_target,
    empty_picture,
    furniture,
    goal_number,
    picture,
    target_diamond,
    target_line,
    zero_line,
)
from sosei.reports.charts.layout import Frame, frame
from sosei.reports.charts.model import Size, YearChart
from sosei.reports.charts.palette import BAR

NATURAL = Size(480, 270)

_WIDEST = 56
_ZERO_MARK = 3  # how thick a value of zero is drawn
_THINNEST = 1


def bar(chart: YearChart, prefix: str, size: Size = NATURAL) -> str:
    """The chart as an SVG document.

    Bars start at zero and are as high as their values; zero is a thin mark on the zero line, a year
    without value a gap with its reason.  ``prefix`` begins the ids.  Raises Problem for a prefix
    that is no plain word and for a size below 300 x 160.
    """
    if chart.is_empty:
        return empty_picture(chart, prefix, size)
    area = frame(chart, size, from_zero=True)
    indices = range(len(chart.points))
    parts = [
        *furniture(area, svg.rect(10, -5, 14, 10, fill=BAR)),
        *(_bar(area, index) for index in indices),
        *zero_line(area),
        *common_target(area),
        *(part for index in indices for part in _own_target(area, index)),
        *(_zero(area, index) for index in indices),
        *numbers(area, _width(area)),
        *goal_number(area),
    ]
    return picture(chart, prefix, size, parts)


def _width(area: Frame) -> Fraction:
    return min(area.slot * 7 / 10, Fraction(_WIDEST))


def _bar(area: Frame, index: int) -> str:
    value = area.chart.points[index].actual.value
    if not value:
        return ""
    height = max(abs(area.y(value) - area.base), Fraction(_THINNEST))
    top = area.base - height if value > 0 else area.base
    return svg.rect(area.middles[index] - _width(area) / 2, top, _width(area), height, fill=BAR)


def _zero(area: Frame, index: int) -> str:
    """The mark of a true zero, above all lines so that a target of zero does not hide it."""
    if area.chart.points[index].actual.value != 0:
        return ""
    left, top = area.middles[index] - _width(area) / 2, area.base - Fraction(_ZERO_MARK, 2)
    return svg.rect(left, top, _width(area), _ZERO_MARK, fill=BAR)


def _own_target(area: Frame, index: int) -> list[str]:
    target = area.chart.points[index].target
    if target is None or target.value is None:
        return []
    middle, y = area.middles[index], area.y(target.value)
    half = min(_width(area) / 2 + 6, area.slot / 2)
    return [*target_line((middle - half, y), (middle + half, y)), target_diamond((middle, y))]
