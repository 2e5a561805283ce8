"""Where the number of a bar stands, so that it touches neither a target's sign nor its neighbour."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sosei.reports.charts.furniture import number
from sosei.reports.charts.layout import CAP, DIAMOND, TEXT, Frame, at_axis
from sosei.reports.charts.lettering import Placed, spread, text_width
from sosei.reports.charts.palette import INK, PAPER

_GAP = 4
_HALF = Fraction(CAP, 2)
_SIGN = DIAMOND + 2  # what a target's sign needs to either side


def numbers(area: Frame, width: Fraction) -> list[str]:
    """The numbers of all bars, which are ``width`` wide.

    Level beyond the bars' ends while all have room; else upright; else, for very thin bars, only
    every second, third, ... number, above its neighbours.
    """
    texts = [at_axis(point.actual, area.chart, area.unit)[0] for point in area.chart.points]
    row = spread(texts, area.middles, TEXT, area.left, area.right)
    if len(row) == len([text for text in texts if text]):
        return [_Number(area, each, width).level() for each in row]
    if width >= CAP + _GAP:
        places = zip(area.middles, texts, strict=True)
        every = [Placed(index, middle, text) for index, (middle, text) in enumerate(places) if text]
        return [_Number(area, each, width).narrow() for each in every]
    return [_Number(area, each, width).above_neighbours() for each in row]


class _Number:
    """One number at its bar.  Distances run from the zero line in the direction the bar grows."""

    def __init__(self, area: Frame, placed: Placed, width: Fraction) -> None:
        point = area.chart.points[placed.index]
        value = point.actual.value or Decimal(0)
        target = area.chart.target or point.target
        self.area, self.placed, self.width = area, placed, width
        self.away = 1 if value < 0 else -1
        self.end = self._distance(area.y(value))
        self.room = self._distance(area.bottom if value < 0 else area.top)
        self.goal = None if target is None or target.value is None else self._distance(area.y(target.value))
        self.has_own_target = point.target is not None

    def level(self) -> str:
        """Beyond the end of the bar; where the target lies there inside the bar; else past the target.

        Past a year's own target that is not reached it would seem to be the target's number: there
        it stands upright.
        """
        outside, inside = self.end + _GAP + _HALF, self.end - _GAP - _HALF
        if self._is_free(outside - _HALF, outside + _HALF):
            return self._draw(outside, INK)
        if self._holds() and self._is_free(inside - _HALF, inside + _HALF):
            return self._draw(inside, PAPER)
        if self.goal is None or (self.has_own_target and self.goal > self.end):
            return self.upright()
        return self._draw(self.goal + DIAMOND + 1 + _HALF, INK)

    def narrow(self) -> str:
        """Level where the number is no wider than its bar, else upright."""
        return self.level() if text_width(self.placed.text, TEXT) <= self.width else self.upright()

    def upright(self) -> str:
        """Upright inside the bar, near its end or behind the target's sign, or beyond; else not at all."""
        half = text_width(self.placed.text, TEXT) / 2
        goal = self.goal if self.goal is not None else self.end
        places = (
            (self.end - _GAP - half, PAPER),
            (min(self.end, goal) - _SIGN - half, PAPER),
            (self.end + _GAP + half, INK),
        )
        for middle, colour in places:
            is_inside = half + 2 <= middle if colour == PAPER else middle + half <= self.room
            if is_inside and self._is_free(middle - half, middle + half):
                return self._draw(middle, colour, turned=True)
        return ""

    def above_neighbours(self) -> str:
        """Beyond the ends of all bars the number spans."""
        half = text_width(self.placed.text, TEXT) / 2
        ends = [
            self._distance(self.area.y(point.actual.value))
            for middle, point in zip(self.area.middles, self.area.chart.points, strict=True)
            if point.actual.value is not None and abs(middle - self.placed.middle) < half + self.width / 2
        ]
        return self._draw(max(self.end, *ends) + _GAP + _HALF, INK)

    def _distance(self, y: Fraction) -> Fraction:
        return (y - self.area.base) * self.away

    def _is_free(self, near: Fraction, far: Fraction) -> bool:
        return self.goal is None or far <= self.goal - _SIGN or self.goal + _SIGN <= near

    def _holds(self) -> bool:
        is_wide = text_width(self.placed.text, TEXT) <= self.width - 2
        is_centred = self.placed.middle == self.area.middles[self.placed.index]
        return is_wide and is_centred and self.end >= CAP + 2 * _GAP

    def _draw(self, distance: Fraction, colour: str, *, turned: bool = False) -> str:
        middle = (self.placed.middle, self.area.base + distance * self.away)
        return number(middle, self.placed.text, fill=colour, turned=turned)
