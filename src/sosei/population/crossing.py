"""逆転の年: when one age group overtakes another, between the years for which there are figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Crossing:
    """One line overtakes another: ``year`` and ``value`` on the straight line between two figures.

    ``before`` and ``after`` are the years of the two figures; they are what is known for certain.
    """

    year: float
    value: float
    before: int
    after: int

    @property
    def about(self) -> int:
        """The nearest whole year, as it is told: 1992.9 is about 1993."""
        return math.floor(self.year + 0.5)


def overtakes(years: Sequence[int], rising: Sequence[float], other: Sequence[float]) -> Crossing | None:
    """The last time ``rising`` goes from not above ``other`` to above it; None where it never does.

    All three have one entry a year, years ascending.
    """
    found = None
    for (start, r0, o0), (end, r1, o1) in pairwise(zip(years, rising, other, strict=True)):
        if r0 <= o0 and r1 > o1:
            share = (o0 - r0) / ((o0 - r0) + (r1 - o1))
            found = Crossing(start + share * (end - start), o0 + share * (o1 - o0), start, end)
    return found
