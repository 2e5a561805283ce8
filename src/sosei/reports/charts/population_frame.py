"""What the charts of a population draw alike: title, legend in rows, unit, grid, and texts that keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sosei.reports.charts import svg
from sosei.reports.charts.layout import (
    CAP,
    ITEM_GAP,
    LINE_HEIGHT,
    PAD,
    SYMBOL,
    SYMBOL_GAP,
    TEXT,
    TITLE,
    TITLE_HEIGHT,
    check_size,
)
from sosei.reports.charts.lettering import clean, shorten, spread, text_width, two_lines
from sosei.reports.charts.model import Size
from sosei.reports.charts.palette import GRID, INK, MUTED, PAPER
from sosei.reports.charts.population_model import Headed
from sosei.reports.charts.scale import Axis, AxisUnit, axis_unit, nice_axis, reduced, tick_texts
from sosei.reports.charts.words import no_data
from sosei.values import HouseStyle, format_number

NATURAL = Size(640, 360)
STYLE = HouseStyle()
Entry = tuple[str, str]
"""A name of the legend and its sign, drawn in 24 x 10 around y = 0."""

_TICK_GAP = 6
_HEADROOM = 18
_SHORTEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Plot:
    """The plotting area: where it lies and how values lie in it."""

    size: Size
    axis: Axis
    unit: AxisUnit
    left: Fraction
    right: Fraction
    top: Fraction
    bottom: Fraction

    def y(self, value: float) -> Fraction:
        """The height at which ``value`` lies."""
        low = self.bottom - (0 if self.axis.low == 0 else _HEADROOM)
        high = self.top + _HEADROOM
        return low - (low - high) * self.axis.share(exact(value))

    @property
    def base(self) -> Fraction:
        """Where zero lies."""
        return self.y(0)

    def number(self, value: float) -> str:
        """``value`` as it stands in the picture: whole persons, or in the axis's larger unit."""
        if not self.unit.shift:
            return whole(value)
        return format_number(reduced(exact(value), self.unit)[0], STYLE)


def exact(value: float) -> Decimal:
    """A number as a decimal, cleared of what floating point leaves behind."""
    return Decimal(str(round(value, 6)))


def persons(value: float) -> int:
    """Whole persons, halves away from zero as spreadsheets round."""
    size = int(abs(round(value, 6)) + 0.5)
    return -size if value < 0 else size


def whole(value: float) -> str:
    """``persons`` with thousands commas."""
    return format_number(Decimal(persons(value)), STYLE)


def signed(value: float) -> str:
    """Whole persons of a change, with its sign."""
    text = whole(value)
    return f"+{text}" if value > 0 and text != "0" else text


def plot(chart: Headed, entries: Sequence[Entry], values: Iterable[float], size: Size) -> Plot:
    """The area under title and legend.  Raises Problem for a size below 300 x 160."""
    check_size(size)
    found = [exact(value) for value in values] or [Decimal(0)]
    axis = nice_axis(found)
    unit = axis_unit(clean(chart.unit), max(map(abs, found)))
    ticks = max(text_width(tick, TEXT) for tick in tick_texts(axis, unit, STYLE))
    top = PAD + len(_title_lines(chart, size)) * TITLE_HEIGHT + LINE_HEIGHT * (len(_rows(entries, size)) + 1)
    return Plot(
        size=size,
        axis=axis,
        unit=unit,
        left=PAD + ticks + _TICK_GAP,
        right=Fraction(size.width - PAD),
        top=Fraction(top),
        bottom=Fraction(size.height - PAD - LINE_HEIGHT),
    )


def furniture(chart: Headed, area: Plot, entries: Sequence[Entry]) -> list[str]:
    """Title, legend, unit and grid."""
    return [*head(chart, area.size, entries), *_unit(chart, area), *_grid(area)]


def head(chart: Headed, size: Size, entries: Sequence[Entry]) -> list[str]:
    """Title and legend."""
    lines = _title_lines(chart, size)
    drawn = [
        svg.text((PAD, PAD + TITLE_HEIGHT * k + 12), each, TITLE, font_weight="bold")
        for k, each in enumerate(lines)
    ]
    middle = PAD + TITLE_HEIGHT * len(lines) + Fraction(LINE_HEIGHT, 2)
    for row in _rows(entries, size):
        x = Fraction(PAD)
        for name, sign in row:
            at = f"translate({svg.length(x)} {svg.length(middle)})"
            drawn += [
                svg.element("g", sign, transform=at),
                svg.text((x + SYMBOL + SYMBOL_GAP, foot(middle)), name, TEXT),
            ]
            x += _entry_width(name) + ITEM_GAP
        middle += LINE_HEIGHT
    return drawn


def head_height(chart: Headed, size: Size, entries: Sequence[Entry]) -> int:
    """How high title and legend are."""
    return PAD + len(_title_lines(chart, size)) * TITLE_HEIGHT + LINE_HEIGHT * len(_rows(entries, size))


def picture(chart: Headed, words: str, prefix: str, size: Size, parts: Iterable[str]) -> str:
    """The document: paper, then ``parts``; ``words`` are the description."""
    paper = svg.rect(0, 0, size.width, size.height, fill=PAPER)
    return svg.picture(size, prefix, (chart.title, words), [paper, *parts], chart.language)


def empty_picture(chart: Headed, words: str, prefix: str, size: Size) -> str:
    """A picture of the same size that says there are no data."""
    check_size(size)
    middle = (Fraction(size.width, 2), Fraction(size.height, 2) + TITLE)
    message = svg.text(middle, no_data(chart.language), TITLE, fill=MUTED, text_anchor="middle")
    return picture(chart, words, prefix, size, [*head(chart, size, ()), message])


def labels(texts: Sequence[str], middles: Sequence[Fraction], area: Plot) -> list[str]:
    """The labels under the area: all, or every second, third, ..., the last always."""
    row = spread(
        [clean(text) for text in texts], middles, TEXT, Fraction(PAD), Fraction(area.size.width - PAD)
    )
    line = area.bottom + LINE_HEIGHT
    return [svg.text((each.middle, line), each.text, TEXT, text_anchor="middle") for each in row]


def zero_line(area: Plot) -> str:
    """The line at zero."""
    return svg.line((area.left, area.base), (area.right, area.base), stroke=MUTED, stroke_width=1)


def foot(middle: svg.Length) -> svg.Length:
    """The foot of a text whose digits stand around ``middle``."""
    return middle + Fraction(CAP, 2)


def halo(spot: svg.Spot, content: str, anchor: str = "middle") -> str:
    """A text set off from the lines behind it; ``spot`` is its foot."""
    paint: dict[str, svg.Length | str] = {"stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round"}
    return svg.text(spot, content, TEXT, text_anchor=anchor, fill=INK, paint_order="stroke", **paint)


def divider(chart: Headed, area: Plot, x: Fraction) -> list[str]:
    """The line between census and projection, with what stands on either side."""
    line = svg.line((x, area.top), (x, area.bottom), stroke=MUTED, stroke_width=1, stroke_dasharray="1 3")
    high = area.top + CAP
    before, after = chart.say("実績", "census"), chart.say("推計", "projection")
    drawn = [line]
    if x - text_width(before, TEXT) - 6 > area.left:
        drawn.append(svg.text((x - 5, high), before, TEXT, text_anchor="end", fill=MUTED))
    if x + text_width(after, TEXT) + 6 < area.right:
        drawn.append(svg.text((x + 5, high), after, TEXT, fill=MUTED))
    return drawn


def _title_lines(chart: Headed, size: Size) -> tuple[str, ...]:
    lines = two_lines(clean(chart.title), TITLE, Fraction(size.width - 2 * PAD))
    return tuple(each for each in lines if each)


def _rows(entries: Sequence[Entry], size: Size) -> list[list[Entry]]:
    """The legend in as many rows as it needs; a name too long for a row is shortened."""
    room = Fraction(size.width - 2 * PAD)
    rows: list[list[Entry]] = []
    used = room + 1
    for name, sign in entries:
        fitting = shorten(clean(name), TEXT, max(room - SYMBOL - SYMBOL_GAP, Fraction(_SHORTEST_NAME)))
        width = _entry_width(fitting)
        if used + ITEM_GAP + width > room:
            rows.append([])
            used = Fraction(-ITEM_GAP)
        rows[-1].append((fitting, sign))
        used += ITEM_GAP + width
    return rows


def _entry_width(name: str) -> Fraction:
    return SYMBOL + SYMBOL_GAP + text_width(name, TEXT)


def _unit(chart: Headed, area: Plot) -> list[str]:
    if not area.unit.name:
        return []
    words = chart.say(f"単位：{area.unit.name}", f"Unit: {area.unit.name}")
    return [svg.text((PAD, area.top - 3), shorten(words, TEXT, Fraction(area.size.width - 2 * PAD)), TEXT)]


def _grid(area: Plot) -> list[str]:
    drawn = []
    for tick, words in zip(area.axis.ticks, tick_texts(area.axis, area.unit, STYLE), strict=True):
        y = area.y(float(tick))
        drawn.append(svg.line((area.left, y), (area.right, y), stroke=GRID, stroke_width=1))
        drawn.append(svg.text((area.left - _TICK_GAP, foot(y)), words, TEXT, text_anchor="end"))
    return drawn
