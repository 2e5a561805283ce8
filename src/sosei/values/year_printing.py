"""Printing years and moments: 令和6年度, R6, 2024年度, 令和6年度（2024年度）."""

from __future__ import annotations

from datetime import date

from sosei.values.eras import Era, era_on
from sosei.values.style import widen_single
from sosei.values.years import When, YearKind

_WORDS = {YearKind.FISCAL: "年度", YearKind.CALENDAR: "年", YearKind.UNSTATED: "", YearKind.DATE: "年"}


def era_text(when: When, *, short: bool = False, wide: bool = False) -> str:
    """``when`` in the Japanese calendar: 令和6年度, 令和元年度, 令和7年8月末.

    ``short`` gives R6 (a year of any kind) and R6.10.1; ``wide`` prints numbers of one digit
    full-width (令和６年度).  A year whose kind is unstated stays R6, for 令和6年 would say more than
    the source does.  Before 明治 the year is printed in the Western calendar.
    """
    era = _era(when)
    if era is None:
        return western_text(when)
    number = str(when.year - era.first.year + 1)
    if short or when.kind is YearKind.UNSTATED:
        return era.letter + ".".join([number, *_month_and_day(when)]) + _end(when)
    number = "元" if number == "1" else number
    return era.name + _in_words(when, number, wide=wide)


def western_text(when: When) -> str:
    """``when`` in the Western calendar: 2024年度, 2024年, 2024, 2024年10月1日."""
    return _in_words(when, str(when.year), wide=False)


def both_text(when: When) -> str:
    """``when`` in both calendars: 令和6年度（2024年度）, 令和7年（2025年）8月末."""
    era = _era(when)
    if era is None:
        return western_text(when)
    number = str(when.year - era.first.year + 1)
    word = _WORDS[when.kind]
    if when.kind is YearKind.UNSTATED:
        year = f"{era.letter}{number}（{when.year}）"
    else:
        year = f"{era.name}{'元' if number == '1' else number}{word}（{when.year}{word}）"
    return year + _in_words(when, "", wide=False).removeprefix(word)


def _in_words(when: When, year: str, *, wide: bool) -> str:
    numbers = [year, *_month_and_day(when)]
    if wide:
        numbers = [widen_single(number) for number in numbers]
    words = [_WORDS[when.kind], "月", "日"]
    return "".join(number + word for number, word in zip(numbers, words, strict=False)) + _end(when)


def _month_and_day(when: When) -> list[str]:
    return [str(number) for number in (when.month, when.day) if number is not None]


def _end(when: When) -> str:
    return "末" if when.end else ""


def _era(when: When) -> Era | None:
    """The era that names a year: in force at the end of a calendar year, in the middle of a fiscal one.

    So 2019年度 is 令和元年度, as the government had it printed, and 1988年度 昭和63年度.
    """
    match when.kind:
        case YearKind.DATE | YearKind.CALENDAR:
            return era_on(when.last_day)
        case _:
            return era_on(date(when.year, 10, 1))
