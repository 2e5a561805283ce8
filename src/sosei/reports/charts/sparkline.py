"""A tiny line of a few years, to stand beside an input field or in a table's cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from sosei.reports.charts import svg
from sosei.reports.charts.model import Figure, Size, YearChart
from sosei.reports.charts.palette import LINE, TARGET
from sosei.reports.charts.words import describe, no_data
from sosei.values import Problem

NATURAL = Size(100, 24)
NOTE = "縦の幅は値の範囲に合わせた概形です。"
_NOTE_EN = " The height is fitted to the values: an outline only."

_PAD = 4
_LEAST_SHARE = Fraction(1, 5)
_STROKE = Fraction(3, 2)
_LEAST = (40, 12)


def sparkline(chart: YearChart, prefix: str, size: Size = NATURAL) -> str:
    """The line as an SVG document without axis, numbers or title; the last value is a larger dot.

    The height spans the values and the target, but at least a fifth of the largest of them, so that
    small changes stay small.  The ground is transparent.  Raises Problem for a size below 40 x 12.
    """
    if size.width < _LEAST[0] or size.height < _LEAST[1]:
        raise Problem(
            f"スパークラインの大きさは40×12以上にしてください（{size.width}×{size.height}）",
            f"a sparkline is at least 40 by 12, not {size.width} by {size.height}",
        )
    note = _NOTE_EN if chart.language == "en" else NOTE
    words = (chart.title, (chart.description or describe(chart)) + ("" if chart.is_empty else note))
    if chart.is_empty:
        spot = (Fraction(size.width, 2), Fraction(size.height, 2) + 3)
        nothing = svg.text(spot, no_data(chart.language), 8, text_anchor="middle")
        return svg.picture(size, prefix, words, [nothing], chart.language)
    return svg.picture(size, prefix, words, _marks(chart, size), chart.language)


def _marks(chart: YearChart, size: Size) -> list[str]:
    low, high = _span(chart.values)
    step = Fraction(size.width - 2 * _PAD, max(1, len(chart.points) - 1))
    first = size.width - _PAD - step * (len(chart.points) - 1)

    def runs(figures: Iterable[Figure | None]) -> list[list[svg.Spot]]:
        return svg.stretches(
            None if figure is None or figure.value is None else (first + step * index, y(figure.value))
            for index, figure in enumerate(figures)
        )

    def y(value: Decimal) -> Fraction:
        return size.height - _PAD - (Fraction(value) - low) / (high - low) * (size.height - 2 * _PAD)

    actual = runs(point.actual for point in chart.points)
    if chart.target and chart.target.value is not None:
        level = y(chart.target.value)
        targets: list[list[svg.Spot]] = [[(_PAD, level), (size.width - _PAD, level)]]
    else:
        targets = runs(point.target for point in chart.points)
    dots = [dot for run in actual for dot in run]
    return [
        *(
            svg.polyline(run, stroke=TARGET, stroke_width=1, stroke_dasharray="3 2")
            for run in targets
            if run[1:]
        ),
        *(svg.diamond(run[0], 3, fill=TARGET) for run in targets if not run[1:]),
        *(svg.polyline(run, stroke=LINE, stroke_width=_STROKE) for run in actual if run[1:]),
        *(svg.circle(dot, _STROKE, fill=LINE) for dot in dots[:-1]),
        *(svg.circle(dot, 3, fill=LINE) for dot in dots[-1:]),
    ]


def _span(values: Sequence[Decimal]) -> tuple[Fraction, Fraction]:
    low, high = Fraction(min(values)), Fraction(max(values))
    least = max(abs(low), abs(high)) * _LEAST_SHARE or Fraction(1)
    spare = max(Fraction(0), least - (high - low)) / 2
    return low - spare, high + spare
