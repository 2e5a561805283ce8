"""How a chart with axes lies in its picture: rows from the top, the plotting area, and values in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sosei.reports.charts.lettering import clean, number_text, shorten, text_width, two_lines
from sosei.reports.charts.model import Figure, Size, YearChart
from sosei.reports.charts.scale import Axis, AxisUnit, axis_unit, nice_axis, reduced, tick_texts
from sosei.values import Problem, format_number

TEXT = 11  # font size of everything but the title
LINE_HEIGHT = 16
TITLE, TITLE_HEIGHT = 14, 20
PAD = 10
CAP = 8  # how high a digit of size TEXT stands above its foot
DIAMOND = 5  # from the middle of a target's sign to its tips
SYMBOL, SYMBOL_GAP, ITEM_GAP = 24, 5, 16  # of the legend

_TARGET_ROOM = 84
_TICK_GAP = 6
_HEADROOM = 18  # for the number beyond the outermost mark
_NARROWEST, _LOWEST = 300, 160


@dataclass(frozen=True, slots=True)
class Frame:
    """The plotting area of a chart and how values and years lie in it."""

    chart: YearChart
    size: Size
    axis: Axis
    unit: AxisUnit
    left: Fraction
    right: Fraction
    top: Fraction
    bottom: Fraction

    @property
    def slot(self) -> Fraction:
        """The width each year has."""
        return (self.right - self.left) / len(self.chart.points)

    @property
    def middles(self) -> tuple[Fraction, ...]:
        """The middle of each year's slot."""
        return tuple(self.left + self.slot * (2 * k + 1) / 2 for k in range(len(self.chart.points)))

    @property
    def base(self) -> Fraction:
        """Where zero lies, or the end of the axis nearest to it."""
        return self.y(min(max(Decimal(0), self.axis.low), self.axis.high))

    @property
    def goal_left(self) -> Fraction:
        """Where the target's number at the right of the area begins."""
        return self.right + _goal_gap(self.chart)

    def y(self, value: Decimal) -> Fraction:
        """The height at which ``value`` lies."""
        low = self.bottom - (0 if self.axis.low == 0 else _HEADROOM)
        high = self.top + _HEADROOM
        return low - (low - high) * self.axis.share(value)


def frame(chart: YearChart, size: Size, *, from_zero: bool) -> Frame:
    """The layout of ``chart``, which must not be empty.  Raises Problem for a size that is too small."""
    check_size(size)
    axis = nice_axis(chart.values, from_zero=from_zero)
    unit = axis_unit(clean(chart.unit), max(map(abs, chart.values)))
    ticks = max(text_width(tick, TEXT) for tick in tick_texts(axis, unit, chart.style))
    goal_room = text_width(goal_text(chart, unit), TEXT) + _goal_gap(chart)
    rows = len(title_lines(chart, size)) * TITLE_HEIGHT + LINE_HEIGHT * (
        1 + legend_stands_alone(chart, size, unit)
    )
    feet = LINE_HEIGHT * (1 if axis.has_zero else 2)
    return Frame(
        chart=chart,
        size=size,
        axis=axis,
        unit=unit,
        left=PAD + ticks + _TICK_GAP,
        right=Fraction(size.width - PAD) - goal_room,
        top=Fraction(PAD + rows),
        bottom=Fraction(size.height - PAD - feet),
    )


def check_size(size: Size) -> None:
    """Raise Problem where a chart with axes would not be legible."""
    if size.width < _NARROWEST or size.height < _LOWEST:
        raise Problem(
            f"グラフの大きさは{_NARROWEST}×{_LOWEST}以上にしてください（{size.width}×{size.height}）",
            f"a chart is at least {_NARROWEST} by {_LOWEST}, not {size.width} by {size.height}",
        )


def title_lines(chart: YearChart, size: Size) -> tuple[str, ...]:
    """The title in no, one or two lines."""
    lines = two_lines(clean(chart.title), TITLE, Fraction(size.width - 2 * PAD))
    return tuple(each for each in lines if each)


def legend_names(chart: YearChart, size: Size) -> tuple[str, str]:
    """What the legend calls actual and target values; empty what is not drawn, both where only actual is."""
    targets = [chart.target, *(point.target for point in chart.points)]
    if all(target is None or target.value is None for target in targets):
        return "", ""
    room = Fraction(size.width - 2 * PAD - ITEM_GAP, 2) - SYMBOL - SYMBOL_GAP
    has_actual = any(point.actual.value is not None for point in chart.points)
    actual = shorten(clean(chart.actual_name), TEXT, room) if has_actual else ""
    return actual, shorten(clean(chart.target_name), TEXT, room)


def legend_width(names: tuple[str, ...]) -> Fraction:
    """The width of a legend with these names, empty ones left out."""
    widths = [SYMBOL + SYMBOL_GAP + text_width(name, TEXT) for name in names if name]
    return sum(widths, Fraction(ITEM_GAP * max(0, len(widths) - 1)))


def legend_stands_alone(chart: YearChart, size: Size, unit: AxisUnit) -> bool:
    """Whether unit and legend do not fit one row."""
    names, words = legend_names(chart, size), unit_text(chart, size, unit)
    needed = text_width(words, TEXT) + ITEM_GAP + legend_width(names)
    return any(names) and bool(words) and needed > size.width - 2 * PAD


def unit_text(chart: YearChart, size: Size, unit: AxisUnit) -> str:
    """What stands above the axis: 「単位：億円（四捨五入）」; empty for a bare number."""
    figures = [point.actual for point in chart.points] + ([chart.target] if chart.target else [])
    is_exact = all(at_axis(each, chart, unit)[1] for each in figures)
    if chart.language == "en":
        words = f"Unit: {unit.name}{'' if is_exact else ' (rounded)'}" if unit.name else ""
    else:
        words = f"単位：{unit.name}{'' if is_exact else '（四捨五入）'}" if unit.name else ""
    return shorten(words, TEXT, Fraction(size.width - 2 * PAD))


def goal(chart: YearChart) -> Figure | None:
    """The target whose number stands at the right: the common one, or that of the last year."""
    return chart.target or chart.points[-1].target


def _goal_gap(chart: YearChart) -> int:
    """The room between the area and the target's number, where there is one: for the diamond of a line."""
    figure = goal(chart)
    if figure is None or figure.value is None:
        return 0
    return 2 * DIAMOND + 3 if chart.target else 6


def goal_text(chart: YearChart, unit: AxisUnit) -> str:
    """The target's number; where it is too long the plain number, else nothing: a number is never cut."""
    figure = goal(chart)
    if figure is None or figure.value is None:
        return ""
    texts = (at_axis(each, chart, unit)[0] for each in (figure, Figure(value=figure.value)))
    return next((each for each in texts if text_width(each, TEXT) <= _TARGET_ROOM), "")


def at_axis(figure: Figure, chart: YearChart, unit: AxisUnit) -> tuple[str, bool]:
    """A figure's number as it stands in the picture, and whether it is exact.

    As printed; in a larger unit where the axis has one, rounded to one decimal.  Empty without a
    value and where rounding would leave nothing.
    """
    if figure.value is None:
        return "", True
    if not unit.shift:
        return number_text(figure.text, figure.value, unit.name, chart.style), True
    value, is_exact = reduced(figure.value, unit)
    if value == 0 and not is_exact:
        return "", True
    return format_number(value, chart.style), is_exact
