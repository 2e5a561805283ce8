"""Lines over years, each with its own dashes and markers: total with fan, age groups, scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from sosei.reports.charts import svg
from sosei.reports.charts.layout import CAP, DIAMOND, TEXT
from sosei.reports.charts.lettering import clean, text_width
from sosei.reports.charts.model import Size
from sosei.reports.charts.palette import BAND, BAR, INK, LINE, MUTED, PAPER, WIDE_BAND
from sosei.reports.charts.population_frame import (
    NATURAL,
    Entry,
    Plot,
    divider,
    empty_picture,
    exact,
    furniture,
    halo,
    labels,
    picture,
    plot,
    zero_line,
)
from sosei.reports.charts.population_model import Band, Curve, Look, Mark, YearLines
from sosei.reports.charts.population_words import describe

_SIDE = 18  # room left and right of the first and last year
_MARKER = Fraction(7, 2)
_GAP = 7
_FARTHEST = 9  # gaps between a spot and its text
_STEP, _LEAST_NAMED = 5, 4  # years: of a census and of a projection
_ROW = Fraction(CAP + 5)
_COLUMN_FROM = 3  # lines that end together: their last numbers stand in a column beside them, in their order


@dataclass(frozen=True, slots=True)
class _Paint:
    colour: str
    dashes: str
    marker: str  # circle, square, triangle, diamond
    hollow: bool = False


_PAINT: dict[Look, _Paint] = {
    "history": _Paint(INK, "", "circle"),
    "register": _Paint(MUTED, "4 3", "circle", hollow=True),
    "published": _Paint(LINE, "", "square"),
    "earlier": _Paint(MUTED, "2 2", "triangle"),
    "ours": _Paint(BAR, "7 4", "diamond", hollow=True),
    "printed": _Paint(INK, "9 3 2 3", "square", hollow=True),
    "first": _Paint(LINE, "", "circle"),
    "second": _Paint(BAR, "7 4", "square"),
    "third": _Paint(MUTED, "2 2", "triangle"),
    "fourth": _Paint(INK, "9 3 2 3", "diamond"),
    "fifth": _Paint(LINE, "4 3", "circle", hollow=True),
}


def lines(chart: YearLines, prefix: str, size: Size = NATURAL) -> str:
    """The chart as an SVG document; years stand at distances in proportion to time.

    Raises Problem for a prefix that is no plain word and for a size below 300 x 160.
    """
    values = list(_values(chart))
    if not values:
        return empty_picture(chart, describe(chart), prefix, size)
    entries = _entries(chart)
    area = plot(chart, entries, values, size)
    at = _Places(chart, area)
    parts = [
        *(svg.polygon(ring, fill=WIDE_BAND if band.wide else BAND) for band, ring in at.rings()),
        *furniture(chart, area, entries),
        zero_line(area),
        *_edges(at),
        *(divider(chart, area, at.before(chart.projected_from)) if chart.projected_from else ()),
        *(part for curve in chart.curves for part in _curve(at, curve)),
        *(
            svg.diamond(at.spot(mark), DIAMOND, fill=INK, stroke=PAPER, stroke_width=1)
            for mark in chart.marks
        ),
        *_texts(chart, at),
        *labels([str(year) for year in at.named], [at.x(year) for year in at.named], area),
    ]
    return picture(chart, describe(chart), prefix, size, parts)


def _values(chart: YearLines) -> Iterator[float]:
    for values in (
        *(curve.values for curve in chart.curves),
        *(side for band in chart.bands for side in (band.low, band.high)),
    ):
        yield from (value for value in values if value is not None)


def _entries(chart: YearLines) -> list[Entry]:
    lines_ = [
        (curve.name, _stroke([(0, 0), (24, 0)], _PAINT[curve.look]) + _marker((12, 0), _PAINT[curve.look]))
        for curve in chart.curves
    ]
    bands = [
        (
            band.name,
            svg.rect(0, -5, 24, 10, fill=WIDE_BAND if band.wide else BAND)
            + svg.line((0, -5), (24, -5), **_edge(band))
            + svg.line((0, 5), (24, 5), **_edge(band)),
        )
        for band in chart.bands
    ]
    return lines_ + bands


def _edge(band: Band) -> dict[str, svg.Length | str]:
    edge: dict[str, svg.Length | str] = {"stroke": BAR, "stroke_width": 1}
    return edge | ({"stroke_dasharray": "1 2"} if band.wide else {})


def _last_values(chart: YearLines) -> list[float]:
    """The values in the last year, the highest first, where so many lines end there that they need a column."""
    ends = {value for curve in chart.curves if (value := curve.values[-1]) is not None}
    values = sorted(ends, reverse=True)
    return values if len(values) >= _COLUMN_FROM else []


class _Places:
    """Where the years and values of a chart lie."""

    def __init__(self, chart: YearLines, area: Plot) -> None:
        self.chart, self.area = chart, area
        room = int((area.bottom - area.top - CAP - 3) / _ROW)
        self.last = _last_values(chart) if room >= len(chart.curves) else []
        texts = [area.number(value) for value in self.last]
        self.column = max((text_width(text, TEXT) for text in texts), default=Fraction(0))
        self.middles = [self.x(year) for year in chart.years]

    @property
    def named(self) -> Sequence[int]:
        """The years that the axis names: those of five-year steps where others lie between them, else all."""
        steps = [year for year in self.chart.years if year % _STEP == 0]
        is_close = any(later - earlier < _STEP for earlier, later in pairwise(self.chart.years))
        return steps if is_close and len(steps) >= _LEAST_NAMED else self.chart.years

    def x(self, year: float) -> Fraction:
        """The place of a year; the one year of a chart lies in the middle."""
        first, last = self.chart.years[0], self.chart.years[-1]
        left, right = self.area.left + _SIDE, self.area.right - max(Fraction(_SIDE), self.column + 2 * _GAP)
        share = Fraction(exact(year) - first) / (last - first) if last > first else Fraction(1, 2)
        return left + (right - left) * share

    def before(self, year: int) -> Fraction:
        """Half way between ``year`` and the one before it."""
        earlier = max((each for each in self.chart.years if each < year), default=year)
        return (self.x(year) + self.x(earlier)) / 2

    def spot(self, mark: Mark) -> svg.Spot:
        """The place of a mark."""
        return self.x(mark.year), self.area.y(mark.value)

    def runs(self, values: Sequence[float | None]) -> list[list[svg.Spot]]:
        """The unbroken stretches of a line: years without a value between two others do not break it.

        Census and projection have their own years on one axis, so a gap tells only of the other's years.
        """
        found: list[svg.Spot] = [
            (x, self.area.y(value))
            for x, value in zip(self.middles, values, strict=True)
            if value is not None
        ]
        return [found] if found else []

    def rings(self) -> list[tuple[Band, list[svg.Spot]]]:
        """The bands, the wide ones first, as closed figures."""
        rings = []
        for band in sorted(self.chart.bands, key=lambda band: not band.wide):
            high, low = self.runs(band.high), self.runs(band.low)
            if high and low and len(high[0]) > 1:
                rings.append((band, [*high[0], *reversed(low[0])]))
        return rings


def _edges(at: _Places) -> list[str]:
    return [
        svg.polyline(run, **_edge(band))
        for band in at.chart.bands
        for side in (band.low, band.high)
        for run in at.runs(side)
        if len(run) > 1
    ]


def _curve(at: _Places, curve: Curve) -> list[str]:
    paint = _PAINT[curve.look]
    drawn = []
    for run in at.runs(curve.values):
        if len(run) > 1:
            drawn.append(_stroke(run, paint))
        drawn += [_marker(spot, paint) for spot in run]
    return drawn


def _stroke(run: Sequence[svg.Spot], paint: _Paint) -> str:
    dashes: dict[str, svg.Length | str] = {"stroke_dasharray": paint.dashes} if paint.dashes else {}
    return svg.polyline(run, stroke=paint.colour, stroke_width=2, **dashes)


def _marker(middle: svg.Spot, paint: _Paint) -> str:
    x, y = middle
    half = _MARKER
    fill, edge = (PAPER, paint.colour) if paint.hollow else (paint.colour, PAPER)
    look: dict[str, svg.Length | str] = {"fill": fill, "stroke": edge, "stroke_width": 1}
    match paint.marker:
        case "circle":
            return svg.circle(middle, half, **look)
        case "square":
            return svg.rect(x - half, y - half, 2 * half, 2 * half, **look)
        case "triangle":
            return svg.polygon(
                [(x, y - half - 1), (x + half + 1, y + half), (x - half - 1, y + half)], **look
            )
        case _:
            return svg.diamond(middle, half + 1, **look)


@dataclass(frozen=True, slots=True)
class _Box:
    left: Fraction
    top: Fraction
    right: Fraction
    bottom: Fraction

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _texts(chart: YearLines, at: _Places) -> list[str]:
    """The words of the marks and the numbers at both ends of each line, where there is room for them."""
    wanted = [(at.spot(mark), mark.text) for mark in chart.marks] + _ends(chart, at)
    strokes = [
        _around(pair)
        for curve in chart.curves
        for run in at.runs(curve.values)
        for one, other in pairwise(run)
        for pair in _cut(one, other)
    ]
    taken = _column(at)
    beside = len(taken)
    placed: list[tuple[svg.Spot, str]] = []
    for spot, content in wanted:
        found = _free(at.area, (Fraction(spot[0]), Fraction(spot[1])), clean(content), taken, strokes)
        if found is not None:
            taken.append(found)
            placed.append((spot, clean(content)))
    middles = [((box.left + box.right) / 2, box.bottom - 1) for box in taken[beside:]]
    texts = _in_order(placed, middles, len(chart.marks))
    ends = zip(taken[:beside], at.last, strict=True)
    return [
        *(halo((box.right, box.bottom - 1), at.area.number(value), "end") for box, value in ends),
        *(halo(middle, text) for middle, text in zip(middles, texts, strict=True)),
    ]


def _in_order(placed: Sequence[tuple[svg.Spot, str]], middles: Sequence[svg.Spot], marks: int) -> list[str]:
    """The texts for ``middles``, so that of the numbers at one year the higher one stands above the lower."""
    texts = [text for _, text in placed]
    for x in {spot[0] for spot, _ in placed[marks:]}:
        at = [place for place, (spot, _) in enumerate(placed) if place >= marks and spot[0] == x]
        falling = sorted(at, key=lambda place: placed[place][0][1])
        for where, which in zip(sorted(at, key=lambda place: middles[place][1]), falling, strict=True):
            texts[where] = placed[which][1]
    return texts


def _column(at: _Places) -> list[_Box]:
    """Boxes for the numbers of the last year, each as near its line as the others allow, the highest on top."""
    height = _ROW
    tops: list[Fraction] = []
    for value in at.last:
        top = max(Fraction(at.area.y(value)) - height / 2, at.area.top + CAP + 3)
        tops.append(max(top, tops[-1] + height) if tops else top)
    lowest = Fraction(at.area.bottom)
    for place in reversed(range(len(tops))):
        lowest = tops[place] = min(tops[place], lowest - height)
    return [_Box(at.area.right - at.column, top, Fraction(at.area.right), top + height) for top in tops]


def _ends(chart: YearLines, at: _Places) -> list[tuple[svg.Spot, str]]:
    found: list[tuple[svg.Spot, str]] = []
    for curve in chart.curves:
        known = [(x, value) for x, value in zip(at.middles, curve.values, strict=True) if value is not None]
        last = [] if at.last and curve.values[-1] is not None else known[-1:]
        for x, value in [*last, *known[:1]]:
            end: tuple[svg.Spot, str] = ((x, at.area.y(value)), at.area.number(value))
            if end not in found:  # where one line goes on from another
                found.append(end)
    return found


def _cut(one: svg.Spot, other: svg.Spot) -> list[tuple[svg.Spot, svg.Spot]]:
    """A stroke in short pieces, whose boxes lie close around it."""
    pieces = 6
    spots = [
        (
            one[0] + (other[0] - one[0]) * Fraction(k, pieces),
            one[1] + (other[1] - one[1]) * Fraction(k, pieces),
        )
        for k in range(pieces + 1)
    ]
    return list(pairwise(spots))


def _around(pair: tuple[svg.Spot, svg.Spot]) -> _Box:
    (x1, y1), (x2, y2) = pair
    return _Box(
        Fraction(min(x1, x2)), Fraction(min(y1, y2)) - 1, Fraction(max(x1, x2)), Fraction(max(y1, y2)) + 1
    )


def _free(
    area: Plot, spot: tuple[Fraction, Fraction], content: str, taken: Sequence[_Box], strokes: Sequence[_Box]
) -> _Box | None:
    """A box for a text near ``spot`` that meets no other text, and as few lines as can be; None: no room."""
    x, y = spot
    width, height = text_width(content, TEXT), Fraction(CAP + 3)
    tall, wide = _FARTHEST * _GAP + height, width + _GAP
    # A text lies within this of its spot, wherever it is moved; the left edge of the area may push it right.
    reach = _Box(min(x, area.right) - wide, y - tall, max(x, area.left) + wide, y + tall)
    near = [stroke for stroke in strokes if reach.meets(stroke)]
    best: tuple[int, _Box] | None = None
    for dy in (-1, 1, -2, 2, -4, 4, -6, 6, -_FARTHEST):
        y_top = y + dy * _GAP - (height if dy < 0 else 0)
        for dx in (-width / 2, Fraction(-4), -width + 4, Fraction(_GAP), -width - _GAP):
            left = min(max(x + dx, area.left), area.right - width)
            box = _Box(left, y_top, left + width, y_top + height)
            if box.top < area.top + CAP + 3 or box.bottom > area.bottom or any(map(box.meets, taken)):
                continue
            hits = sum(map(box.meets, near))
            if not hits:
                return box
            if best is None or hits < best[0]:
                best = (hits, box)
    return best[1] if best else None
