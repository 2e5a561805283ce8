"""What bar and series draw alike: title, legend, unit, grid, year labels, reasons, and the target."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from sosei.reports.charts import svg
from sosei.reports.charts.layout import (
    CAP,
    DIAMOND,
    ITEM_GAP,
    LINE_HEIGHT,
    PAD,
    SYMBOL,
    SYMBOL_GAP,
    TEXT,
    TITLE,
    TITLE_HEIGHT,
    Frame,
    check_size,
    goal,
    goal_text,
    legend_names,
    legend_stands_alone,
    legend_width,
    title_lines,
    unit_text,
)
from sosei.reports.charts.lettering import clean, shorten, spread, text_width
from sosei.reports.charts.model import Size, YearChart
from sosei.reports.charts.palette import GRID, INK, MUTED, PAPER, TARGET
from sosei.reports.charts.scale import tick_texts
from sosei.reports.charts.words import describe, no_data

NOT_FROM_ZERO = "※縦軸は0から始まっていません"
_NOT_FROM_ZERO_EN = "The axis does not begin at 0"

_DASHES = "6 4"
_LABEL_EMS = 10  # a year's label may be so long before it is shortened


def picture(chart: YearChart, prefix: str, size: Size, parts: Iterable[str], note: str = "") -> str:
    """The document: paper, then ``parts``; ``note`` is added to the description."""
    paper = svg.rect(0, 0, size.width, size.height, fill=PAPER)
    words = (chart.title, (chart.description or describe(chart)) + note)
    return svg.picture(size, prefix, words, [paper, *parts], chart.language)


def empty_picture(chart: YearChart, prefix: str, size: Size) -> str:
    """A picture of the same size that says there are no data."""
    check_size(size)
    middle = (Fraction(size.width, 2), Fraction(size.height, 2) + TITLE)
    message = svg.text(middle, no_data(chart.language), TITLE, fill=MUTED, text_anchor="middle")
    return picture(chart, prefix, size, [*_title(chart, size), message])


def not_from_zero(chart: YearChart) -> str:
    """What stands under an axis that leaves out zero."""
    return _NOT_FROM_ZERO_EN if chart.language == "en" else NOT_FROM_ZERO


def furniture(area: Frame, sample: str) -> list[str]:
    """Everything behind the marks.  ``sample`` is the legend's sign for actual values, in 24 x 10 around y = 0."""
    return [
        *_title(area.chart, area.size),
        *_legend(area, sample),
        *_grid(area),
        *_years(area),
        *_reasons(area),
    ]


def number(middle: svg.Spot, content: str, *, fill: str = INK, turned: bool = False) -> str:
    """A number around ``middle``, upright if ``turned``; set off from lines behind it unless inside a bar."""
    x, y = middle
    attributes: dict[str, svg.Length | str] = {"text_anchor": "middle", "fill": fill}
    if fill == INK:
        attributes |= {
            "stroke": PAPER,
            "stroke_width": 3,
            "stroke_linejoin": "round",
            "paint_order": "stroke",
        }
    if turned:
        attributes["transform"] = f"rotate(-90 {svg.length(x)} {svg.length(y)})"
    return svg.text((x, _foot(y)), content, TEXT, **attributes)


def zero_line(area: Frame) -> list[str]:
    """The line at zero, where the axis has it."""
    if not area.axis.has_zero:
        return []
    return [svg.line((area.left, area.base), (area.right, area.base), stroke=MUTED, stroke_width=1)]


def target_line(*spots: svg.Spot) -> list[str]:
    """A dashed line through ``spots``, set off from what lies behind it."""
    return [
        svg.polyline(spots, stroke=PAPER, stroke_width=4),
        svg.polyline(spots, stroke=TARGET, stroke_width=2, stroke_dasharray=_DASHES),
    ]


def target_diamond(middle: svg.Spot) -> str:
    """The sign of a target, set off from what lies behind it."""
    return svg.diamond(middle, DIAMOND, fill=TARGET, stroke=PAPER, stroke_width=1)


def common_target(area: Frame) -> list[str]:
    """The dashed line of the one target, ending in a diamond."""
    target = area.chart.target
    if target is None or target.value is None:
        return []
    end = (area.right + DIAMOND, area.y(target.value))
    return [*target_line((area.left, end[1]), end), target_diamond(end)]


def goal_number(area: Frame) -> list[str]:
    """The number of the one target, or of the last year's target, at the right of the area."""
    figure = goal(area.chart)
    if figure is None or figure.value is None:
        return []
    spot = (area.goal_left, _foot(area.y(figure.value)))
    return [svg.text(spot, goal_text(area.chart, area.unit), TEXT, font_weight="bold")]


def _foot(middle: svg.Length) -> svg.Length:
    return middle + Fraction(CAP, 2)


def _title(chart: YearChart, size: Size) -> list[str]:
    return [
        svg.text((PAD, PAD + TITLE_HEIGHT * k + 12), each, TITLE, font_weight="bold")
        for k, each in enumerate(title_lines(chart, size))
    ]


def _legend(area: Frame, sample: str) -> list[str]:
    """The legend at the right, the unit at the left above the axis; in two rows if need be."""
    chart, size = area.chart, area.size
    target_sample = "".join(target_line((0, 0), (SYMBOL, 0))) + target_diamond((Fraction(SYMBOL, 2), 0))
    names = legend_names(chart, size)
    words = unit_text(chart, size, area.unit)
    middle = PAD + TITLE_HEIGHT * len(title_lines(chart, size)) + Fraction(LINE_HEIGHT, 2) - 2
    x = size.width - PAD - legend_width(names)
    drawn: list[str] = []
    for name, sign in zip(names, (sample, target_sample), strict=True):
        if name:
            drawn.append(svg.element("g", sign, transform=f"translate({svg.length(x)} {svg.length(middle)})"))
            drawn.append(svg.text((x + SYMBOL + SYMBOL_GAP, _foot(middle)), name, TEXT))
            x += SYMBOL + SYMBOL_GAP + text_width(name, TEXT) + ITEM_GAP
    if words:
        row = LINE_HEIGHT * legend_stands_alone(chart, size, area.unit)
        drawn.append(svg.text((PAD, _foot(middle + row)), words, TEXT))
    return drawn


def _grid(area: Frame) -> list[str]:
    drawn = []
    for tick, words in zip(area.axis.ticks, tick_texts(area.axis, area.unit, area.chart.style), strict=True):
        y = area.y(tick)
        drawn.append(svg.line((area.left, y), (area.right, y), stroke=GRID, stroke_width=1))
        drawn.append(svg.text((area.left - 6, _foot(y)), words, TEXT, text_anchor="end"))
    return drawn


def _years(area: Frame) -> list[str]:
    room = max(area.slot, Fraction(_LABEL_EMS * TEXT))
    labels = [shorten(clean(point.label), TEXT, room) for point in area.chart.points]
    foot = area.bottom + LINE_HEIGHT
    drawn = [
        svg.text((each.middle, foot), each.text, TEXT, text_anchor="middle")
        for each in spread(labels, area.middles, TEXT, Fraction(PAD), Fraction(area.size.width - PAD))
    ]
    if not area.axis.has_zero:
        drawn.append(svg.text((PAD, foot + LINE_HEIGHT), not_from_zero(area.chart), TEXT))
    return drawn


def _reasons(area: Frame) -> list[str]:
    """Where a year has no value: the reason as printed, or 「－」 where it is too long."""
    texts = []
    for point in area.chart.points:
        reason = clean(point.actual.text) or "－"
        fits = text_width(reason, TEXT) <= area.slot - 4
        texts.append("" if point.actual.value is not None else reason if fits else "－")
    foot = area.base - 6 if area.axis.high > 0 else area.base + LINE_HEIGHT
    return [
        svg.text((each.middle, foot), each.text, TEXT, fill=MUTED, text_anchor="middle")
        for each in spread(texts, area.middles, TEXT, area.left, area.right)
    ]
