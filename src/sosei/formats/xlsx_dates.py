"""Dates and times of Excel: the text shown for a serial number, 和暦 included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from sosei.values import era_on

_LAST_DAY = 2_958_465  # 9999-12-31
_DAYS_1904 = 1462
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_YOUBI = "日月火水木金土"
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class _Moment:
    """A serial number taken apart; ``year`` to ``day`` by Excel's own calendar, where 1900 is a leap year."""

    serial: int
    year: int
    month: int
    day: int
    seconds: Decimal  # of the day, rounded to what the format shows
    elapsed: Decimal  # since serial 0

    @property
    def hour(self) -> int:
        return int(self.seconds) // 3600

    @property
    def weekday(self) -> int:
        return (self.serial + 6) % 7  # 0 is Sunday


class DateFormat:
    """A section with date or time letters; ``tokens`` as the format code was split into."""

    def __init__(self, tokens: Sequence[tuple[str, str]], date1904: bool, gannen: bool) -> None:
        self._tokens = _with_roles(tokens)
        self._1904 = date1904
        self._gannen = gannen
        self._half_day = any(kind == "ampm" for kind, _ in self._tokens)
        places = max((len(text) - 1 for kind, text in self._tokens if kind == "fraction"), default=0)
        self._step = Decimal(1).scaleb(-places)

    def shown(self, value: Decimal) -> str | None:
        """The text; None for a number that is no date of Excel's."""
        moment = self._moment(value)
        if moment is None:
            return None
        return "".join(self._part(kind, text, moment) for kind, text in self._tokens).strip(" ")

    def _moment(self, value: Decimal) -> _Moment | None:
        serial = value + (_DAYS_1904 if self._1904 else 0)
        if not 0 <= serial < _LAST_DAY + 1:
            return None
        elapsed = (serial * _DAY_SECONDS).quantize(self._step, ROUND_HALF_UP)
        days = int((elapsed / _DAY_SECONDS).to_integral_value(ROUND_FLOOR))
        if days > _LAST_DAY:
            return None
        year, month, day = _calendar(days)
        running = elapsed - (_DAYS_1904 * _DAY_SECONDS if self._1904 else 0)
        return _Moment(days, year, month, day, elapsed - days * _DAY_SECONDS, running)

    def _part(self, kind: str, text: str, moment: _Moment) -> str:
        if kind == "literal":
            return text
        if kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
            return str(int(moment.elapsed) // unit).zfill(len(text))
        if kind == "fraction":
            return "." + f"{moment.seconds % 1:f}".partition(".")[2].ljust(len(text) - 1, "0")
        if kind == "ampm":
            late = moment.hour >= 12
            first, _, second = text.partition("/")
            return second if late else first
        if kind == "minute":
            return str(int(moment.seconds) // 60 % 60).zfill(min(len(text), 2))
        if text[0] in "hs":
            return self._clock(text, moment)
        return self._calendar_part(text, moment)

    def _clock(self, text: str, moment: _Moment) -> str:
        number = int(moment.seconds) % 60
        if text[0] == "h":
            number = ((moment.hour + 11) % 12 + 1) if self._half_day else moment.hour
        return str(number).zfill(min(len(text), 2))

    def _calendar_part(self, text: str, moment: _Moment) -> str:
        width = len(text)
        match text[0]:
            case "y":
                return str(moment.year % 100).zfill(2) if width <= 2 else str(moment.year).zfill(4)
            case "m":
                return _named(_MONTHS[moment.month - 1], moment.month, width)
            case "d":
                return _named(_DAYS[moment.weekday], moment.day, width)
            case "a":
                return _YOUBI[moment.weekday] + "曜日" * (width > 3)
            case _:
                return self._era_part(text, moment)

    def _era_part(self, text: str, moment: _Moment) -> str:
        # 1900-01-00 and 1900-02-29 are days of Excel's only.
        day = 28 if moment.serial in (0, 60) else moment.day
        era = era_on(date(moment.year, moment.month, day))
        if era is None:
            return ""
        if text[0] == "g":
            return {1: era.letter, 2: era.name[0]}.get(len(text), era.name)
        number = moment.year - era.first.year + 1
        if number == 1 and self._gannen:
            return "元"
        return str(number).zfill(min(len(text), 2))


def _calendar(days: int) -> tuple[int, int, int]:
    if days == 0:
        return 1900, 1, 0
    if days == 60:
        return 1900, 2, 29
    found = date(1899, 12, 31 if days < 60 else 30) + timedelta(days)
    return found.year, found.month, found.day


def _named(name: str, number: int, width: int) -> str:
    """m, mm, mmm, mmmm, mmmmm (a day has no fifth)."""
    if width <= 2:
        return str(number).zfill(width)
    return {3: name[:3], 5: name[0]}.get(width, name)


def _with_roles(tokens: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The tokens with m told apart into month and minute, and .00 behind seconds made one token."""
    found: list[tuple[str, str]] = []
    for kind, text in tokens:
        if kind == "digit" and found and found[-1][0] in ("fraction", "point"):
            found[-1] = ("fraction", found[-1][1] + "0")
        elif (kind, text) == ("mark", ".") and _before(found)[:1] == "s":
            found.append(("point", "."))
        elif kind == "date":
            found.append(("date", text.lower()))
        elif kind in ("ampm", "elapsed"):
            found.append((kind, text))
        else:
            found.append(("literal", text))
    found = [("literal", text) if kind == "point" else (kind, text) for kind, text in found]
    return [
        ("minute", text) if kind == "date" and text in ("m", "mm") and _is_minute(found, at) else (kind, text)
        for at, (kind, text) in enumerate(found)
    ]


def _before(found: Sequence[tuple[str, str]]) -> str:
    return next((text for kind, text in reversed(found) if kind in ("date", "elapsed")), "")


def _is_minute(found: list[tuple[str, str]], at: int) -> bool:
    """An m behind hours or before seconds is a minute."""
    after = next((text for kind, text in found[at + 1 :] if kind in ("date", "elapsed")), "")
    return _before(found[:at])[:1] == "h" or after[:1] == "s"
