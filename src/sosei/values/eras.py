"""The eras (元号) since 1868, with the exact days on which they begin and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """An era: its name, its letter, its first and last day.

    ``outlives_itself`` where plans printed during the era name years beyond its end, because
    nobody knew it would end: the population visions of 2015 look ahead to 平成72年 (2060).
    """

    name: str
    letter: str
    first: date
    last: date
    outlives_itself: bool = False

    def year(self, number: int) -> int:
        """The Gregorian year of the era's year ``number``."""
        return self.first.year + number - 1

    def covers(self, start: date, end: date) -> bool:
        """Whether a day from ``start`` to ``end`` may be named by this era."""
        return (start <= self.last and end >= self.first) or (self.outlives_itself and start > self.last)


# 明治45年7月30日 is also the first day of 大正, 大正15年12月25日 the first of 昭和; both names are
# right.  明治 is counted from 25 January 1868, the day it was later declared to have begun.
ERAS = (
    Era(name="明治", letter="M", first=date(1868, 1, 25), last=date(1912, 7, 30)),
    Era(name="大正", letter="T", first=date(1912, 7, 30), last=date(1926, 12, 25)),
    Era(name="昭和", letter="S", first=date(1926, 12, 25), last=date(1989, 1, 7)),
    Era(name="平成", letter="H", first=date(1989, 1, 8), last=date(2019, 4, 30), outlives_itself=True),
    Era(name="令和", letter="R", first=date(2019, 5, 1), last=date.max),
)

_BY_NAME = {key: era for era in ERAS for key in (era.name, era.name[0], era.letter)}


def era_named(name: str) -> Era:
    """The era by name, first character or letter: 令和, 令, R.  Raises KeyError for any other."""
    return _BY_NAME[name]


def era_on(day: date) -> Era | None:
    """The era in force on ``day``; None before 明治."""
    return next((era for era in reversed(ERAS) if era.first <= day), None)
