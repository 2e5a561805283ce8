"""Years (年度・暦年・時点) as municipalities write them, and as they are counted.

Inside, every year is Gregorian.  A fiscal year (年度) is named by the year in
which its April falls: 令和6年度 = 2024, 1 April 2024 to 31 March 2025.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class YearKind(StrEnum):
    """What sort of year a label names."""

    FISCAL = "fiscal"  # 年度
    CALENDAR = "calendar"  # 暦年: 令和6年, 2024年
    UNSTATED = "unstated"  # R6: the source does not say which
    DATE = "date"  # a moment: 令和7年8月末時点, 令和6年10月1日


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A year, or a moment precise to the month or the day.

    ``month`` and ``day`` only with kind DATE; ``end`` marks 末 (8月末, 年度末, 年末).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    year: int
    kind: YearKind = YearKind.UNSTATED
    month: int | None = None
    day: int | None = None
    end: bool = False

    @property
    def first_day(self) -> date:
        """The day on which it begins; an unstated year is taken for a fiscal one."""
        match self.kind:
            case YearKind.DATE:
                return date(self.year, self.month or 1, self.day or 1)
            case YearKind.CALENDAR:
                return date(self.year, 1, 1)
            case _:
                return date(self.year, 4, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends; an unstated year is taken for a fiscal one."""
        match self.kind:
            case YearKind.DATE:
                month = self.month or 12
                return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])
            case YearKind.CALENDAR:
                return date(self.year, 12, 31)
            case _:
                return date(self.year + 1, 3, 31)

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Order in time: by the first day (the last where it is 末), the shorter stretch first."""
        return (self.last_day if self.end else self.first_day, self.last_day, self.kind.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one year to another, both included (令和２年～令和４年度の累計).

    ``cumulative`` where the words say that the value adds the years up.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    text: str
    first: When
    last: When
    cumulative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLabel:
    """The year a value belongs to: as printed, and as read.

    ``when``      the year of the data; None where the text cannot be read.
    ``computed``  the year in which the value is worked out, where a second one is printed
                  (基準値(R 4) (R 6 計算)).
    ``by_note``   the year the value really belongs to, where a note corrects the heading.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    text: str
    when: When | None = None
    computed: When | None = None
    by_note: When | None = None

    @property
    def effective(self) -> When | None:
        """The year to calculate with: the note's where there is one."""
        return self.by_note or self.when

    def __str__(self) -> str:
        return self.text
