"""人口ピラミッド: one or two on one scale, side by side or one under the other, men to the left, women to the right."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from sosei.reports.charts import svg
from sosei.reports.charts.layout import CAP, LINE_HEIGHT, PAD, TEXT, check_size
from sosei.reports.charts.lettering import Placed, clean, spread, text_width, two_lines
from sosei.reports.charts.model import Size
from sosei.reports.charts.palette import BAR, GRID, LINE, MUTED
from sosei.reports.charts.population_frame import NATURAL, STYLE, exact, foot, head, head_height, picture
from sosei.reports.charts.population_model import Pyramid, Pyramids
from sosei.reports.charts.population_words import describe
from sosei.reports.charts.scale import Axis, axis_unit, nice_axis, tick_texts

_Span = tuple[Fraction, Fraction]
"""Where something begins, and its length."""
_ROW = 14
_LOWEST = 80  # of all rows together
_BETWEEN = 24
_SIDE_BY_SIDE = 480  # the least width that has room for two beside each other


def pyramids_size(chart: Pyramids, width: int = NATURAL.width) -> Size:
    """The size, ``width`` wide, at which every age has a row for its label.

    Two pyramids stand one under the other in a narrow one.
    """
    down = 1 if width >= _SIDE_BY_SIDE else len(chart.pyramids)
    _, room = _shared(_inside(width), len(chart.pyramids) // down)[0]
    one = max(_ROW * len(chart.ages), _LOWEST) + (3 + _name_lines(chart, room)) * LINE_HEIGHT
    top = head_height(chart, Size(width, NATURAL.height), ()) + LINE_HEIGHT
    return Size(width, top + down * (one + _BETWEEN) - _BETWEEN + PAD)


def pyramids(chart: Pyramids, prefix: str, size: Size | None = None) -> str:
    """The chart as an SVG document.  Raises Problem for a size below 300 x 160."""
    size = size or pyramids_size(chart)
    check_size(size)
    figures = [value for each in chart.pyramids for value in (*each.male, *each.female)]
    axis = nice_axis([exact(value) for value in figures] or [Decimal(0)], intervals=3)
    top = Fraction(head_height(chart, size, ()) + LINE_HEIGHT)
    parts = head(chart, size, ())
    if unit := axis_unit(clean(chart.unit), axis.high).name:
        parts.append(svg.text((PAD, top - 4), chart.say(f"単位：{unit}", f"Unit: {unit}"), TEXT))
    for each, (across, down) in zip(chart.pyramids, _places(chart, size, top), strict=True):
        parts += _Place(chart, axis, across, down).draw(each)
    return picture(chart, describe(chart), prefix, size, parts)


def _places(chart: Pyramids, size: Size, top: Fraction) -> list[tuple[_Span, _Span]]:
    """Across and down, where each pyramid lies below ``top``.

    One under the other only where the height is there too: a low picture would leave the rows nothing.
    """
    count = len(chart.pyramids)
    wide, high = _inside(size.width), (top, size.height - PAD - top)
    if size.width < _SIDE_BY_SIDE and size.height >= pyramids_size(chart, size.width).height:
        return [(wide, down) for down in _shared(high, count)]
    return [(across, high) for across in _shared(wide, count)]


def _inside(width: int) -> _Span:
    return Fraction(PAD), Fraction(width - 2 * PAD)


def _name(pyramid: Pyramid, room: Fraction) -> tuple[str, ...]:
    return two_lines(clean(pyramid.name), TEXT, room)


def _name_lines(chart: Pyramids, room: Fraction) -> int:
    """How many lines the longest name takes; all pyramids leave as many, so that their rows are level."""
    return max(len(_name(each, room)) for each in chart.pyramids)


def _shared(span: _Span, count: int) -> list[_Span]:
    """``count`` equal parts of ``span``, apart from each other."""
    start, length = span
    one = (length - _BETWEEN * (count - 1)) / count
    return [(start + at * (one + _BETWEEN), one) for at in range(count)]


class _Place:
    """One pyramid in its part of the picture."""

    def __init__(self, chart: Pyramids, axis: Axis, across: _Span, down: _Span) -> None:
        self.chart, self.axis, self.across = chart, axis, across
        left, width = across
        gap = max((text_width(clean(age), TEXT) for age in chart.ages), default=Fraction(0)) + 8
        self.middle = left + width / 2
        self.inner = gap / 2
        self.reach = (width - gap) / 2 - 12
        self.top = down[0] + (1 + _name_lines(chart, width)) * LINE_HEIGHT
        self.bottom = down[0] + down[1] - LINE_HEIGHT
        self.row = (self.bottom - self.top) / max(len(chart.ages), 1)

    def draw(self, pyramid: Pyramid) -> list[str]:
        """Name, sexes, grid, bars and the ages between them."""
        sexes = (self.chart.say("男", "male"), self.chart.say("女", "female"))
        return [
            *self._named(pyramid),
            *(
                svg.text((self._x(side, self.reach / 2), self.top - 4), word, TEXT, text_anchor="middle")
                for side, word in zip((-1, 1), sexes, strict=True)
            ),
            *self._grid(),
            *self._bars(-1, pyramid.male, BAR),
            *self._bars(1, pyramid.female, LINE),
            *self._ages(),
        ]

    def _named(self, pyramid: Pyramid) -> list[str]:
        lines = _name(pyramid, self.across[1])
        feet = (self.top - LINE_HEIGHT * above - 4 for above in range(len(lines), 0, -1))
        return [
            svg.text((self.middle, foot), line, TEXT, text_anchor="middle", font_weight="bold")
            for foot, line in zip(feet, lines, strict=True)
        ]

    def _x(self, side: int, distance: Fraction) -> Fraction:
        return self.middle + side * (self.inner + distance)

    def _length(self, value: float) -> Fraction:
        return self.reach * self.axis.share(exact(value))

    def _grid(self) -> list[str]:
        drawn = []
        for side in (-1, 1):
            for number, tick in enumerate(self.axis.ticks):
                x = self._x(side, self._length(float(tick)))
                line = (x, self.top), (x, self.bottom)
                drawn.append(svg.line(*line, stroke=GRID if number else MUTED, stroke_width=1))
        line_of_labels = self.bottom + LINE_HEIGHT - 3
        for each in self._scale():
            for x in (each.middle, 2 * self.middle - each.middle):
                drawn.append(svg.text((x, line_of_labels), each.text, TEXT, text_anchor="middle"))
        return drawn

    def _scale(self) -> tuple[Placed, ...]:
        """The labels under the men, zero always among them; those under the women are their mirror image."""
        outwards = tick_texts(self.axis, axis_unit(clean(self.chart.unit), self.axis.high), STYLE)
        places = [self._x(-1, self._length(float(tick))) for tick in self.axis.ticks]
        ends = self._x(-1, self.reach + 12), self._x(-1, Fraction(-4))
        return spread(outwards[::-1], places[::-1], TEXT, *ends)

    def _bars(self, side: int, values: Sequence[float], fill: str) -> list[str]:
        drawn = []
        for at, value in enumerate(values):
            long = self._length(value)
            left = self._x(side, long if side < 0 else Fraction(0))
            top = self.bottom - self.row * (at + 1) + 1
            drawn.append(svg.rect(left, top, long, self.row - 2, fill=fill))
        return drawn

    def _ages(self) -> list[str]:
        """Every age's label, or every second, third, ... where the rows are low."""
        every = 1
        while self.row * every < CAP + 3:
            every += 1
        return [
            svg.text(
                (self.middle, foot(self.bottom - self.row * (2 * at + 1) / 2)),
                clean(age),
                TEXT,
                text_anchor="middle",
            )
            for at, age in enumerate(self.chart.ages)
            if at % every == 0
        ]
