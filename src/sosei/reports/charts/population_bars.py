"""Bars of a population: age groups stacked, components of change, contributions to a difference."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sosei.reports.charts import svg
from sosei.reports.charts.layout import CAP, DIAMOND, LINE_HEIGHT, TEXT
from sosei.reports.charts.lettering import spread, text_width
from sosei.reports.charts.model import Size
from sosei.reports.charts.palette import BAR, GRID, INK, LINE, MUTED, PAPER
from sosei.reports.charts.population_frame import (
    NATURAL,
    Entry,
    Plot,
    divider,
    empty_picture,
    foot,
    furniture,
    halo,
    labels,
    picture,
    plot,
    signed,
    zero_line,
)
from sosei.reports.charts.population_model import Contribution, Flow, Flows, GroupBars
from sosei.reports.charts.population_words import describe, group_names, percent

_WIDEST = 44
_DOT = 5  # half of a dot of a line, with its edge
_SHARE = Fraction(4, 5)
_HEADROOM = 1.1
"""How much higher than the bars beside it the area is where a line divides census and projection: for its words."""
_FILLS = ((LINE, PAPER), (BAR, PAPER), (GRID, INK))
"""The fill of a part and the text on it: dark, middle and light, so that they differ without colour too."""
_PARTS = (BAR, GRID, LINE)
_SUM: dict[str, svg.Length | str] = {"fill": INK, "stroke": PAPER, "stroke_width": 1}


def group_bars(chart: GroupBars, prefix: str, size: Size = NATURAL) -> str:
    """年齢3区分, stacked from the young up; the share of each stands inside, the total above."""
    names = group_names(chart.language)
    entries = [(name, _sign(_FILLS[at][0])) for at, name in enumerate(names)]
    totals = [sum(groups) for groups in chart.groups]
    at = chart.years.index(chart.projected_from) if chart.projected_from in chart.years[1:] else None
    divided = [] if at is None else [_HEADROOM * each for each in totals[at - 1 : at + 1]]
    area = plot(chart, entries, [*totals, *divided], size)
    middles, width = _slots(area, len(chart.years))
    parts = furniture(chart, area, entries)
    for middle, groups in zip(middles, chart.groups, strict=True):
        parts += _stack(area, (middle, width), groups)
    if at is not None:
        parts += divider(chart, area, (middles[at - 1] + middles[at]) / 2)
    parts.append(zero_line(area))
    texts = [area.number(total) for total in totals]
    for each in spread(texts, middles, TEXT, area.left, area.right):
        parts.append(halo((each.middle, area.y(totals[each.index]) - 5), each.text))
    parts += labels([str(year) for year in chart.years], middles, area)
    return picture(chart, describe(chart), prefix, size, parts)


def _stack(area: Plot, place: tuple[Fraction, Fraction], groups: Sequence[float]) -> list[str]:
    """One bar in its parts, each with its share where it fits."""
    middle, width = place
    total = sum(groups)
    drawn, below = [], 0.0
    for value, (fill, ink) in zip(groups, _FILLS, strict=True):
        top, bottom = area.y(below + value), area.y(below)
        drawn.append(_box(middle - width / 2, top, (width, bottom - top), fill))
        share = percent(value, total)
        if bottom - top >= CAP + 6 and text_width(share, TEXT) <= width - 1:
            drawn.append(
                svg.text((middle, foot((top + bottom) / 2)), share, TEXT, fill=ink, text_anchor="middle")
            )
        below += value
    return drawn


def flows(chart: Flows, prefix: str, size: Size = NATURAL) -> str:
    """Births and those who come above zero, deaths and those who leave below; natural and social change as lines."""
    if not chart.flows:
        return empty_picture(chart, describe(chart), prefix, size)
    gross = any(flow.into is not None or flow.out is not None for flow in chart.flows)
    entries = _flow_entries(chart, gross=gross)
    tops = [flow.births + (flow.into or 0) for flow in chart.flows]
    lows = [-flow.deaths - (flow.out or 0) for flow in chart.flows]
    changes = [value for flow in chart.flows for value in (flow.natural, flow.net)]
    area = plot(chart, entries, [*tops, *lows, *changes], size)
    middles, width = _slots(area, len(chart.flows))
    parts = furniture(chart, area, entries)
    for middle, flow in zip(middles, chart.flows, strict=True):
        parts += _flow(area, (middle, width), flow)
    parts.append(zero_line(area))
    for values, dashes, square in (
        ([flow.natural for flow in chart.flows], "", False),
        ([flow.net for flow in chart.flows], "5 3", True),
    ):
        parts += _change(area, middles, values, dashes, square=square)
    parts += _outside(area, middles, tops, lows, [(flow.natural, flow.net) for flow in chart.flows])
    parts += labels([flow.label for flow in chart.flows], middles, area)
    return picture(chart, describe(chart), prefix, size, parts)


def _flow_entries(chart: Flows, *, gross: bool) -> list[Entry]:
    bars = [(chart.say("出生", "births"), _sign(BAR)), (chart.say("死亡", "deaths"), _sign(GRID))]
    if gross:
        bars += [(chart.say("転入", "in"), _sign(LINE)), (chart.say("転出", "out"), _sign(MUTED))]
    natural = _line_sign("", square=False)
    social = _line_sign("5 3", square=True)
    return [
        *bars,
        (chart.say("自然増減", "natural change"), natural),
        (chart.say("社会増減", "social change"), social),
    ]


def _flow(area: Plot, place: tuple[Fraction, Fraction], flow: Flow) -> list[str]:
    middle, width = place
    left, into, out = middle - width / 2, flow.into or 0, flow.out or 0
    spans = (
        (0.0, flow.births, BAR),
        (flow.births, flow.births + into, LINE),
        (-flow.deaths, 0.0, GRID),
        (-flow.deaths - out, -flow.deaths, MUTED),
    )
    return [
        _box(left, area.y(high), (width, area.y(low) - area.y(high)), fill)
        for low, high, fill in spans
        if high > low
    ]


def _change(
    area: Plot, middles: Sequence[Fraction], values: Sequence[float], dashes: str, *, square: bool
) -> list[str]:
    spots: list[svg.Spot] = [(x, area.y(value)) for x, value in zip(middles, values, strict=True)]
    dashed: dict[str, svg.Length | str] = {"stroke_dasharray": dashes} if dashes else {}
    return [
        svg.polyline(spots, stroke=PAPER, stroke_width=4),
        svg.polyline(spots, stroke=INK, stroke_width=2, **dashed),
        *(_dot(spot, square=square) for spot in spots),
    ]


def _dot(spot: svg.Spot, *, square: bool) -> str:
    x, y = spot
    if square:
        return svg.rect(x - 4, y - 4, 8, 8, fill=PAPER, stroke=INK, stroke_width=2)
    return svg.circle(spot, 4, fill=INK, stroke=PAPER, stroke_width=1)


def _line_sign(dashes: str, *, square: bool) -> str:
    dashed: dict[str, svg.Length | str] = {"stroke_dasharray": dashes} if dashes else {}
    return svg.polyline([(0, 0), (24, 0)], stroke=INK, stroke_width=2, **dashed) + _dot(
        (12, 0), square=square
    )


def contribution(chart: Contribution, prefix: str, size: Size = NATURAL) -> str:
    """What each part adds, stacked from zero (losses downwards), with a diamond at the sum of all."""
    if not chart.parts:
        return empty_picture(chart, describe(chart), prefix, size)
    entries = [(part.name, _sign(_PARTS[at % 3])) for at, part in enumerate(chart.parts)]
    entries.append((chart.say("計", "sum"), svg.diamond((12, 0), DIAMOND, **_SUM)))
    by_year = [[part.values[at] for part in chart.parts] for at in range(len(chart.years))]
    tops = [sum(value for value in values if value > 0) for values in by_year]
    lows = [sum(value for value in values if value < 0) for values in by_year]
    area = plot(chart, entries, [*tops, *lows], size)
    middles, width = _slots(area, len(chart.years))
    parts = furniture(chart, area, entries)
    for middle, values in zip(middles, by_year, strict=True):
        up = down = 0.0
        for at, value in enumerate(values):
            low, high = (up, up + value) if value > 0 else (down + value, down)
            up, down = (high, down) if value > 0 else (up, low)
            top = area.y(high)
            parts.append(_box(middle - width / 2, top, (width, area.y(low) - top), _PARTS[at % 3]))
    parts.append(zero_line(area))
    sums = [sum(values) for values in by_year]
    parts += [
        svg.diamond((x, area.y(value)), DIAMOND, **_SUM) for x, value in zip(middles, sums, strict=True)
    ]
    for each in spread([signed(value) for value in sums], middles, TEXT, area.left, area.right):
        beyond = tops[each.index] if sums[each.index] >= 0 else lows[each.index]
        shift = -DIAMOND - 4 if sums[each.index] >= 0 else DIAMOND + CAP + 4
        parts.append(halo((each.middle, area.y(beyond) + shift), each.text))
    parts += labels([str(year) for year in chart.years], middles, area)
    return picture(chart, describe(chart), prefix, size, parts)


def _outside(
    area: Plot,
    middles: Sequence[Fraction],
    tops: Sequence[float],
    lows: Sequence[float],
    dots: Sequence[Sequence[float]],
) -> list[str]:
    """The numbers beyond the ends of bars that reach up and down, and beyond the dots of lines that lie there."""
    drawn = []
    for values, step in ((tops, -1), (lows, 1)):
        texts = [area.number(abs(value)) for value in values]
        for each in spread(texts, middles, TEXT, area.left, area.right):
            foot = _beside_dots(area, values[each.index], step, dots[each.index])
            drawn.append(halo((each.middle, foot), each.text))
    return drawn


def _beside_dots(area: Plot, value: float, step: int, dots: Sequence[float]) -> Fraction:
    """The foot of a number above (-1) or below (1) ``value``, moved past a dot in its way where there is room."""
    rise = -5 if step < 0 else LINE_HEIGHT - 3
    foot = area.y(value) + rise
    for y in sorted((area.y(dot) for dot in dots), key=lambda y: step * y):
        moved = y + rise + step * _DOT
        if foot - CAP - _DOT < y < foot + _DOT and area.top + CAP < moved < area.bottom:
            foot = moved
    return foot


def _slots(area: Plot, count: int) -> tuple[list[Fraction], Fraction]:
    """The middle of each slot and the width of a bar in it."""
    slot = (area.right - area.left) / max(count, 1)
    return [area.left + slot * (2 * at + 1) / 2 for at in range(count)], min(slot * _SHARE, Fraction(_WIDEST))


def _box(left: Fraction, top: Fraction, size: tuple[Fraction, Fraction], fill: str) -> str:
    """A part of a bar: a light one has an edge that is seen on paper."""
    edge = MUTED if fill == GRID else PAPER
    return svg.rect(left, top, size[0], size[1], fill=fill, stroke=edge, stroke_width=1)


def _sign(fill: str) -> str:
    return _box(Fraction(5), Fraction(-5), (Fraction(14), Fraction(10)), fill)
