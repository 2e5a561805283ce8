"""One number with the words around it: sign, qualifiers, scale, unit, period, label, marks."""

from __future__ import annotations

import re

from sosei.values.folding import LONG_DASHES, Folded
from sosei.values.numerals import read_numeral
from sosei.values.quantity import Per, Quantity
from sosei.values.words import Around, read_after, read_before

_DIGIT = re.compile("[0-9]")
_YEAR_DIGITS = re.compile(r"(?:1[89]|2[01])[0-9]{2}")
_SPANS_OF_YEARS = frozenset({"年", "年間", "年分"})


def read_single(folded: Folded, start: int, end: int) -> Quantity | None:
    """The one number between ``start`` and ``end``; None where there is none, several, or a doubt."""
    digit = _DIGIT.search(folded.text, start, end)
    if digit is None:
        return None
    first = digit.start()
    numeral = read_numeral(folded.text, first)
    if numeral is None or numeral.end > end:
        return None
    after = read_after(folded.text[numeral.end : end])
    if after is None:
        return None
    unit = _cut(folded, numeral.end, after)
    before = read_before(folded.text[start:first], bool(unit or numeral.scale))
    if before is None or (before.period and after.period):
        return None
    if before.negative and folded.original[folded.starts[first - 1]] in LONG_DASHES:
        return None
    label = _cut(folded, start, before)
    if unit in _SPANS_OF_YEARS and (label or _YEAR_DIGITS.fullmatch(folded.text[first : numeral.end])):
        return None  # 2024年 is a date, 小学1年 a form
    return Quantity(
        text=folded.cut(start, end),
        number=-numeral.number if before.negative and numeral.number else numeral.number,
        scale=numeral.scale,
        unit=unit,
        qualifiers=(*before.qualifiers, *after.qualifiers),
        per=_per(folded, start, before) or _per(folded, numeral.end, after),
        label=label,
        mark="".join([*_marks(folded, start, before), *_marks(folded, numeral.end, after)]),
        year=folded.cut(numeral.end + after.year.start, numeral.end + after.year.end) if after.year else "",
    )


def looks_like_year(folded: str) -> bool:
    """Whether the text is nothing but four digits in the range of years: 2020."""
    return bool(_YEAR_DIGITS.fullmatch(folded.strip()))


def _cut(folded: Folded, offset: int, around: Around) -> str:
    return folded.cut(offset + around.name.start, offset + around.name.end)


def _per(folded: Folded, offset: int, around: Around) -> Per | None:
    if around.period is None:
        return None
    place = around.period.place
    text = folded.cut(offset + place.start, offset + place.end)
    return Per(text=text, count=around.period.length, unit=around.period.unit)


def _marks(folded: Folded, offset: int, around: Around) -> list[str]:
    return [folded.cut(offset + mark.start, offset + mark.end) for mark in around.marks]
