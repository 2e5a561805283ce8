"""One actual value against its baseline and target on one small horizontal bar, for tables."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sosei.reports.charts import svg
from sosei.reports.charts.lettering import text_width
from sosei.reports.charts.model import Comparison, Size
from sosei.reports.charts.palette import BAR, GRID, INK, MUTED, PAPER, TARGET
from sosei.reports.charts.words import describe, no_data
from sosei.values import Problem

NATURAL = Size(120, 18)
CLIPPED = "実績値は枠に収まらないため、棒の先を矢印で示しています。"
_CLIPPED_EN = " The actual value does not fit: the bar ends in an arrow."

_LEAST = (60, 18)
_EDGE = 6
_ARROW = 13
_ZERO_MARK = 4
_KEY_TEXT = 10


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values from ``low`` to ``high`` over the bar's length; heights in eighteenths of the picture's."""

    low: Fraction
    high: Fraction
    size: Size

    def x(self, value: Decimal) -> Fraction:
        share = (Fraction(value) - self.low) / (self.high - self.low)
        return _EDGE + share * (self.size.width - 2 * _EDGE)

    def y(self, eighteenths: int) -> Fraction:
        return Fraction(self.size.height * eighteenths, 18)


def bullet(chart: Comparison, prefix: str, size: Size = NATURAL) -> str:
    """The bar as an SVG document.

    The bar runs from zero to the actual value on a pale track; the target is a diamond above it with
    an arrow to the side that is wanted, the baseline a hollow triangle below it.  An actual value
    more than the span of zero, baseline and target beyond them ends in an arrow (with a target only).  Without actual value
    the track is only outlined.  The ground is transparent.  Raises Problem for a size below 60 x 18.
    """
    if size.width < _LEAST[0] or size.height < _LEAST[1]:
        raise Problem(
            f"比較棒の大きさは60×18以上にしてください（{size.width}×{size.height}）",
            f"a bullet is at least 60 by 18, not {size.width} by {size.height}",
        )
    description = chart.description or describe(chart)
    figures = (chart.baseline, chart.actual, chart.target)
    if all(figure.value is None for figure in figures):
        spot = (Fraction(size.width, 2), Fraction(size.height, 2) + 3)
        nothing = svg.text(spot, no_data(chart.language), 9, text_anchor="middle")
        return svg.picture(size, prefix, (chart.title, description), [nothing], chart.language)
    scale = _scale(chart, size)
    value = chart.actual.value
    clipped = value is not None and not scale.low <= Fraction(value) <= scale.high
    parts = [
        *_actual(scale, value),
        *_origin(scale),
        *_target(scale, chart),
        *_baseline(scale, chart.baseline.value),
    ]
    words = (_CLIPPED_EN if chart.language == "en" else CLIPPED) * clipped
    return svg.picture(size, prefix, (chart.title, description + words), parts, chart.language)


def bullet_key(prefix: str, language: str = "ja") -> str:
    """The signs of ``bullet`` explained in one line, to stand above or below a table that has them."""
    nought = Fraction(0)
    english = language == "en"
    items = (
        (20, svg.rect(0, -3, 20, 6, fill=BAR), "Actual" if english else "実績値"),
        (8, _diamond((Fraction(4), nought)), "Target" if english else "目標値"),
        (20, _rail(nought, Fraction(20), nought), "Way that is wanted" if english else "目指す方向"),
        (8, _triangle((Fraction(4), Fraction(-2))), "Baseline" if english else "基準値"),
        (
            24,
            "".join(_arrow(nought, Fraction(24), nought, Fraction(3))),
            "Beyond the frame" if english else "枠を超える値",
        ),
        (
            20,
            _outline(nought, Fraction(20), Fraction(-3), Fraction(6)),
            "No actual" if english else "実績値なし",
        ),
    )
    drawn: list[str] = []
    x = Fraction(4)
    for width, sign, name in items:
        drawn.append(svg.element("g", sign, transform=f"translate({svg.length(x)} 9)"))
        drawn.append(svg.text((x + width + 4, 13), name, _KEY_TEXT))
        x += width + 4 + text_width(name, _KEY_TEXT) + 14
    names = (", " if english else "、").join(name for _, _, name in items)
    words = ("比較棒の凡例", f"比較棒の記号：{names}。")
    if english:
        words = ("Key to the bars", f"Signs of the bars: {names}.")
    return svg.picture(Size(int(x), 18), prefix, words, drawn, language)


def _scale(chart: Comparison, size: Size) -> _Scale:
    marks = [Fraction(each.value) for each in (chart.baseline, chart.target) if each.value is not None]
    low, high = min([Fraction(0), *marks]), max([Fraction(0), *marks])
    if chart.actual.value is not None:
        actual, reach = Fraction(chart.actual.value), high - low
        if reach == 0 or chart.target.value is None:
            low, high = min(low, actual), max(high, actual)
        else:
            low, high = max(min(low, actual), low - reach), min(max(high, actual), high + reach)
    return _Scale(low, high if high > low else low + 1, size)


def _actual(scale: _Scale, value: Decimal | None) -> list[str]:
    top, height, end = scale.y(7), scale.y(6), scale.size.width - _EDGE
    if value is None:
        return [_outline(Fraction(_EDGE), Fraction(end), top, height)]
    track = svg.rect(_EDGE, top, end - _EDGE, height, fill=GRID)
    zero = scale.x(Decimal(0))
    if Fraction(value) > scale.high:
        return [track, *_arrow(zero, Fraction(scale.size.width), scale.y(10), height / 2)]
    if Fraction(value) < scale.low:
        return [track, *_arrow(zero, Fraction(0), scale.y(10), height / 2)]
    if value == 0:
        return [track, svg.rect(zero - Fraction(_ZERO_MARK, 2), top, _ZERO_MARK, height, fill=BAR)]
    start, stop = sorted((zero, scale.x(value)))
    return [track, svg.rect(start, top, max(stop - start, Fraction(1)), height, fill=BAR)]


def _outline(left: Fraction, right: Fraction, top: Fraction, height: Fraction) -> str:
    """The empty track where there is no actual value."""
    paint = {"fill": "none", "stroke": MUTED, "stroke_dasharray": "2 2"}
    return svg.rect(left, top, right - left, height, stroke_width=1, **paint)


def _arrow(start: Fraction, tip: Fraction, middle: Fraction, half: Fraction) -> list[str]:
    """A bar that runs out of the picture: broken, then ending in an arrow's head at ``tip``."""
    way = 1 if tip > start else -1
    neck = tip - way * _ARROW
    left, right = sorted((start, neck))
    return [
        svg.rect(left, middle - half, right - left, 2 * half, fill=BAR),
        svg.rect(min(neck, neck + way * 2), middle - half, 2, 2 * half, fill=PAPER),
        svg.rect(min(neck + way * 2, neck + way * 5), middle - half, 3, 2 * half, fill=BAR),
        svg.polygon(
            [(neck + way * 5, middle - half - 2), (tip, middle), (neck + way * 5, middle + half + 2)],
            fill=BAR,
        ),
    ]


def _origin(scale: _Scale) -> list[str]:
    zero = scale.x(Decimal(0))
    return [svg.line((zero, scale.y(5)), (zero, scale.y(15)), stroke=INK, stroke_width=1)]


def _target(scale: _Scale, chart: Comparison) -> list[str]:
    if chart.target.value is None:
        return []
    x, y = scale.x(chart.target.value), scale.y(3)
    if chart.lower_is_better is None:
        return [_diamond((x, y))]
    end = Fraction(0) if chart.lower_is_better else Fraction(scale.size.width)
    return [_rail(x, end, y), _diamond((x, y))]


def _rail(start: Fraction, end: Fraction, y: Fraction) -> str:
    """A thin arrow from the target to the side that is wanted."""
    way = 1 if end > start else -1
    head = svg.polygon([(end - way * 4, y - 2), (end, y), (end - way * 4, y + 2)], fill=TARGET)
    return svg.line((start, y), (end - way * 2, y), stroke=TARGET, stroke_width=1) + head


def _diamond(middle: tuple[Fraction, Fraction]) -> str:
    return svg.diamond(middle, 3, fill=TARGET)


def _baseline(scale: _Scale, value: Decimal | None) -> list[str]:
    return [] if value is None else [_triangle((scale.x(value), scale.y(13)))]


def _triangle(tip: tuple[Fraction, Fraction]) -> str:
    x, y = tip
    return svg.polygon([(x, y), (x + 3, y + 4), (x - 3, y + 4)], fill="none", stroke=MUTED, stroke_width=1)
