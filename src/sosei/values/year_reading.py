"""Reading years and moments: 令和6年度(2024年度), R6, 令和7年8月末時点, and the headings they stand in.

Where a text contradicts itself (令和6年(2025年)) nothing is read; the text is kept.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date

from sosei.values.eras import era_named
from sosei.values.folding import compact
from sosei.values.problem import Problem
from sosei.values.years import Span, When, YearKind, YearLabel

_LONGEST = 100  # a longer text is no label

# All patterns run on folded text without white space.
_ERA_NAMES = "明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR]"
_YEAR = rf"(?:(?:{_ERA_NAMES})(?:[0-9]{{1,2}}|元)|(?:1[89]|2[01])[0-9]{{2}})"
_ERA_YEAR = re.compile(rf"({_ERA_NAMES})([0-9]{{1,2}}|元)")
_NAMED = re.compile(
    rf"(?P<first>{_YEAR})(?P<kind1>年度?)?"
    rf"(?:(?:\((?P<inner>{_YEAR})(?P<kind2>年度?)?\)|/(?P<other>{_YEAR}))(?P<kind3>年度?)?)?"
    r"(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)?(?P<end>末)?日?(?:時点|現在)?"
)
_POINTED = re.compile(
    rf"(?P<first>{_YEAR})(?P<point>[./-])(?P<month>[0-9]{{1,2}})(?:(?P=point)(?P<day>[0-9]{{1,2}}))?(?:時点|現在)?"
)
_KINDS = {"年度": YearKind.FISCAL, "年": YearKind.CALENDAR, None: YearKind.UNSTATED}

_JOINT = re.compile(r"~|から(?=.)|(?<=[0-9年度元)])-(?=[0-9MTSHR明大昭平令])")
_COUNT = r"\(?([1-9][0-9]?)(?:年間|[かヶケカヵ箇]年(?:間|度)?)\)?"
_SPAN_LENGTH = re.compile(rf"の?{_COUNT}$")
_COUNTED = re.compile(rf"(.+?)(まで|から)の?{_COUNT}$")
_SUM = re.compile(r"\(?の?(?:累計|合計|累積|通算)\)?$")
_ERA_HEAD = re.compile(rf"(?:{_ERA_NAMES})(?=[0-9元])")

_HEADING = "(?:(?:基準|(?:中間|最終)?目標|実績|現状|現況|計画|参考|確定|速報)値?|見込(?:み|値|み値)?)"
_BEFORE = re.compile(rf"^(?:(?:基準|目標|現状)年度?|{_HEADING})[:・]?(?=.)")
_AFTER = re.compile(rf"(?:の?{_HEADING}|\({_HEADING}\))$")
_COMPUTED = re.compile(r"\(([^()]+(?:\([^()]+\)[^()]*)?)(?:計算|算定|算出)\)$")


def parse_when(text: str) -> When | None:
    """The year or moment that ``text`` names; None for anything else, and where it contradicts itself.

    令和6年度(2024年度), R6, 2024(R6), 令和7年8月末時点, R6.10.1.  平成31年度 and 令和元年度 are the
    same fiscal year and give equal answers.
    """
    return _when(compact(text)) if len(text) <= _LONGEST else None


def parse_span(text: str) -> Span | None:
    """From one year to another: 令和２年～令和４年度の累計, R2~R7, 2025年までの5年間の累計.

    None for anything else, and where the end lies before the beginning.  A year without a word for
    its kind takes that of the other (2020-2025年度), an end without its era that of the beginning.
    """
    if len(text) > _LONGEST:
        return None
    words = compact(text)
    bare = _SUM.sub("", words)
    ends = _counted(bare) or _joined(_SPAN_LENGTH.sub("", bare).removesuffix("まで"))
    if ends is None or ends[0].first_day > ends[1].last_day:
        return None
    return Span(text=text, first=ends[0], last=ends[1], cumulative=bare != words)


def parse_year_label(text: str) -> YearLabel:
    """The year in a heading: 基準値(R 4) (R 6 計算), Ｒ6実績, 目標値(R10).  Any string is accepted.

    ``when`` is None where no year can be read.
    """
    if len(text) > _LONGEST:
        return YearLabel(text=text)
    words = compact(text)
    computed = None
    if match := _COMPUTED.search(words):
        computed = _when(match[1])
        words = words[: match.start()]
    words = _BEFORE.sub("", words)
    while match := _AFTER.search(words):
        words = words[: match.start()]
    return YearLabel(text=text, when=_when(words) or _when(_unwrapped(words)), computed=computed)


def parse_fiscal_year_option(text: str) -> When:
    """The fiscal year given on a command line: R6, 2024, 令和6年度.

    Raises Problem for anything else, a calendar year too.
    """
    when = parse_when(text.upper())
    if when is None or when.kind not in {YearKind.FISCAL, YearKind.UNSTATED} or when.end:
        raise Problem(
            f"「{text}」は年度として読めません。R6、2024、令和6年度 のように書いてください。",
            f'"{text}" is not a fiscal year; write R6, 2024 or 令和6年度.',
        )
    return replace(when, kind=YearKind.FISCAL)


def _when(words: str) -> When | None:
    if match := _NAMED.fullmatch(words):
        return _from_named(match)
    if match := _POINTED.fullmatch(words):
        return _from_pointed(match)
    return None


def _from_named(parts: re.Match[str]) -> When | None:
    kind = _KINDS[parts["kind1"] or parts["kind3"] or parts["kind2"]]
    if parts["month"]:
        if kind is not YearKind.CALENDAR:  # 令和6年度3月 lies in 2025, but not every writer means that
            return None
        kind = YearKind.DATE
    if parts["end"] and parts["day"]:
        return None
    shape = When(
        year=0, kind=kind, month=_int(parts["month"]), day=_int(parts["day"]), end=bool(parts["end"])
    )
    first = _dated(parts["first"], shape)
    second = parts["inner"] or parts["other"]
    return first if second is None or _dated(second, shape) == first else None


def _from_pointed(parts: re.Match[str]) -> When | None:
    if _ERA_YEAR.fullmatch(parts["first"]) and parts["day"] is None and parts["point"] != ".":
        return None  # R6/7 and R6-7 are as likely two years
    shape = When(year=0, kind=YearKind.DATE, month=_int(parts["month"]), day=_int(parts["day"]))
    return _dated(parts["first"], shape)


def _dated(year: str, shape: When) -> When | None:
    """``shape`` in the printed ``year``; None where that year, month or day does not exist."""
    match = _ERA_YEAR.fullmatch(year)
    if match is None:
        when = replace(shape, year=int(year))
        return when if _exists(when) else None
    era = era_named(match[1])
    number = 1 if match[2] == "元" else int(match[2])
    when = replace(shape, year=era.year(number))
    if number < 1 or not _exists(when):
        return None
    start, end = when.first_day, when.last_day
    if when.kind is YearKind.UNSTATED:  # S64 is right for the calendar year, H31 for either
        start = date(when.year, 1, 1)
    return when if era.covers(start, end) else None


def _exists(when: When) -> bool:
    if when.month is None:
        return True
    if not 1 <= when.month <= 12:
        return False
    return when.day is None or 1 <= when.day <= monthrange(when.year, when.month)[1]


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _counted(words: str) -> tuple[When, When] | None:
    """2025年までの5年間: the years are counted from the one that is named."""
    match = _COUNTED.fullmatch(words)
    named = _when(match[1]) if match else None
    if match is None or named is None or named.kind is YearKind.DATE or named.end:
        return None
    distance = int(match[3]) - 1
    if match[2] == "まで":
        return replace(named, year=named.year - distance), named
    return named, replace(named, year=named.year + distance)


def _joined(words: str) -> tuple[When, When] | None:
    """令和2年度～令和6年度, and with the era or the kind printed once: 令和2～6年度."""
    joints = [*_JOINT.finditer(words)]
    if len(joints) != 1:
        return None
    left, right = words[: joints[0].start()], words[joints[0].end() :]
    first = _when(left)
    last = _when(right)
    era = _ERA_HEAD.match(left)
    if last is None and era and joints[0][0] != "-":  # R6-10 is as likely a month
        last = _when(era[0] + right)
    if first is None or last is None:
        return None
    if first.kind is YearKind.UNSTATED and last.kind in {YearKind.FISCAL, YearKind.CALENDAR}:
        first = replace(first, kind=last.kind)
    elif last.kind is YearKind.UNSTATED and first.kind in {YearKind.FISCAL, YearKind.CALENDAR}:
        last = replace(last, kind=first.kind)
    return first, last


def _unwrapped(words: str) -> str:
    """``words`` without one pair of brackets around them."""
    return words[1:-1] if words[:1] in {"(", "[", "【", "〔"} else words
