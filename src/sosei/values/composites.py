"""Several numbers in one cell: totals with their parts, lists, ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from sosei.values.folding import Folded
from sosei.values.numerals import read_numeral
from sosei.values.quantity import Kind, PartRole, Qualifier, Quantity
from sosei.values.scales import scaled
from sosei.values.singles import looks_like_year, read_single

_MOST_PARTS = 12
_DIGIT = re.compile("[0-9]")
_COMMA = re.compile(r"[、;]|(?<![0-9]),|,(?![0-9])")
_DOT = re.compile(r"(?<=[0-9])・(?=[0-9])")
_ANY_DOT = re.compile("・")
_CIRCLED = re.compile("[①-⑳]")
_TO = re.compile(r"~|から|(?<=[0-9A-Za-z%一-鿿ァ-ヺ])-(?=[0-9])")
_BOUND_TO = re.compile(r"(?<=以上)[、~]?(?=[0-9])|(?<=超)[、~]?(?=[0-9])")
_UPPER_BOUNDS = frozenset({Qualifier.LESS_THAN, Qualifier.AT_MOST, Qualifier.WITHIN})
# Counters after which the next number may follow without a space: 5組10人.
_COUNTERS = frozenset(["回", "組", "校", "社", "件", "団体", "世帯", "店舗", "地区", "施設"])
# A number in brackets that is named so stands beside the total, it is no part of it.
_BESIDE = re.compile(r"前年|昨年|前回|目標|計画|基準|予算|当初|全国|県|平均|同")

Stretch = tuple[int, int]
Parts = tuple[Quantity, ...]


def read_composite(folded: Folded, start: int, end: int) -> Quantity | None:
    """Several numbers between ``start`` and ``end``; None where they make no known form."""
    return (
        _read_total(folded, start, end) or _read_range(folded, start, end) or _read_list(folded, start, end)
    )


def _read_total(folded: Folded, start: int, end: int) -> Quantity | None:
    """A number with others in brackets: 49人（夏版27人 春版22人）, 19(65)."""
    opening = folded.text.rfind("(", start, end)
    if opening <= start or folded.text[end - 1] != ")" or not _DIGIT.search(folded.text, opening, end):
        return None
    outer = read_single(folded, start, opening)
    if outer is None:
        return None
    inner = read_single(folded, opening + 1, end - 1)
    parts = (inner,) if inner else _list_parts(folded, opening + 1, end - 1)
    if not parts:
        return None
    whole, part = _roles(outer, parts)
    parts = (replace(outer, role=whole), *(replace(each, role=part) for each in parts))
    if whole is None:
        return Quantity(text=folded.cut(start, end), kind=Kind.COMPOSITE, parts=parts)
    return replace(outer, text=folded.cut(start, end), kind=Kind.COMPOSITE, parts=parts, main=0)


def _roles(outer: Quantity, inner: Parts) -> tuple[PartRole, PartRole] | tuple[None, None]:
    """What a number and those in brackets behind it are to each other; None where the print leaves it open.

    Two bare numbers are a year and its running total when the second is not smaller, as in 19(65);
    65(19) may be a total with "of which this year" or a value with an older one, so it stays open.
    """
    total_and_parts = (PartRole.TOTAL, PartRole.BREAKDOWN)
    year_and_total = (PartRole.YEAR, PartRole.RUNNING_TOTAL)
    if any(part.unit and part.printed_unit != outer.printed_unit for part in inner):
        return None, None
    if len(inner) > 1:
        named = all(part.label and not _BESIDE.search(part.label) for part in inner)
        return total_and_parts if named or _value(outer) == sum(map(_value, inner)) else (None, None)
    (only,) = inner
    if Qualifier.CUMULATIVE in only.qualifiers:
        return year_and_total
    if only.label.startswith(("うち", "内")):
        return total_and_parts
    if only.label or only.qualifiers or only.year or looks_like_year(only.text):  # 1,500(2024)
        return None, None
    if 0 <= _value(outer) <= _value(only):
        return year_and_total
    return None, None


def _read_range(folded: Folded, start: int, end: int) -> Quantity | None:
    """From one number to another: 100～120人, 100人から120人, 100人以上120人未満."""
    if folded.text.endswith("まで", start, end):
        end -= len("まで")
    bounds = [*_BOUND_TO.finditer(folded.text, start, end)]
    joints = bounds or [*_TO.finditer(folded.text, start, end)]
    if len(joints) != 1:
        return None
    left, right = (start, joints[0].start()), (joints[0].end(), end)
    first, last = read_single(folded, *left), read_single(folded, *right)
    if first is None or last is None or last.label or first.per or first.mark or first.year:
        return None
    if bounds and not _UPPER_BOUNDS.intersection(last.qualifiers):
        return None
    if joints[0][0] == "-" and not last.unit:  # 10-15 may be a day, a number of a street, anything
        return None
    if looks_like_year(folded.text[slice(*left)]) and looks_like_year(folded.text[slice(*right)]):
        return None
    first = _with_unit_of(first, last)
    if first.unit != last.unit or _value(first) > _value(last):
        return None
    return Quantity(
        text="",
        kind=Kind.RANGE,
        scale=last.scale if first.scale == last.scale else "",
        unit=last.unit,
        per=last.per,
        label=first.label,
        parts=(replace(first, role=PartRole.FROM, label=""), replace(last, role=PartRole.TO)),
        mark=last.mark,
        year=last.year,
    )


def _with_unit_of(first: Quantity, last: Quantity) -> Quantity:
    """``first`` with the unit printed only once, behind ``last``: 3～5万人 is 3万人 to 5万人."""
    if first.unit or first.scale:
        return first
    shares_scale = first.number is not None and last.number is not None and first.number < last.number
    return replace(first, unit=last.unit, scale=last.scale if shares_scale else "")


def _read_list(folded: Folded, start: int, end: int) -> Quantity | None:
    """Numbers side by side: 5校 175名, 男 80, 女 84, 200・4,000."""
    parts = _list_parts(folded, start, end)
    return Quantity(text="", kind=Kind.COMPOSITE, parts=parts) if parts else None


def _list_parts(folded: Folded, start: int, end: int) -> Parts:
    for split in (_by_comma, _by_dot, _by_any_dot, _by_space):
        parts = [read_single(folded, *piece) for piece in split(folded.text, start, end)]
        known = tuple(part for part in parts if part is not None)
        if 1 < len(known) == len(parts) <= _MOST_PARTS:
            if split is _by_dot:
                return _with_units_apart(known)
            # 1、234 is as likely a mistyped 1,234 as two numbers.
            if all(part.unit or part.label for part in known):
                return known
    return ()


def _with_units_apart(parts: Parts) -> Parts:
    """200・4,000 回・人: the first unit belongs to the first number, the second to the second."""
    units = parts[-1].unit.replace("･", "・").split("・")
    if len(units) != len(parts) or any(part.unit for part in parts[:-1]):
        return parts
    return tuple(replace(part, unit=unit) for part, unit in zip(parts, units, strict=True))


def _by_comma(folded: str, start: int, end: int) -> list[Stretch]:
    return _split(_COMMA, folded, start, end)


def _by_dot(folded: str, start: int, end: int) -> list[Stretch]:
    return _split(_DOT, folded, start, end)


def _by_any_dot(folded: str, start: int, end: int) -> list[Stretch]:
    return _split(_ANY_DOT, folded, start, end)


def _split(separator: re.Pattern[str], folded: str, start: int, end: int) -> list[Stretch]:
    pieces = []
    for match in separator.finditer(folded, start, end):
        pieces.append((start, match.start()))
        start = match.end()
    return [*pieces, (start, end)]


def _by_space(folded: str, start: int, end: int) -> list[Stretch]:
    """Pieces with one number each, cut where the words between two numbers have a space."""
    pieces: list[Stretch] = []
    digit = _DIGIT.search(folded, start, end)
    while digit and len(pieces) <= _MOST_PARTS:
        numeral = read_numeral(folded, digit.start())
        if numeral is None:
            return []
        following = _DIGIT.search(folded, numeral.end, end)
        if following is None:
            break
        named = bool(folded[start : digit.start()].strip())
        cut = _cut_between(folded[numeral.end : following.start()], named)
        if cut is None:
            return []
        pieces.append((start, numeral.end + cut))
        start, digit = numeral.end + cut, following
    return [*pieces, (start, end)]


def _cut_between(words: str, named: bool) -> int | None:
    """Where the words between two numbers part into a unit and the next label; None if nowhere.

    After a space, they are the next label when the number before them has one (男 80 女 84),
    and else begin with a unit (5 校 175 名).
    """
    if words in _COUNTERS:
        return len(words)
    if circled := _CIRCLED.search(words):
        return circled.start()
    if words.startswith(" ") and named:
        return 0
    gap = words.find(" ", len(words) - len(words.lstrip()))
    return gap if gap >= 0 else (0 if words.startswith(" ") else None)


def _value(quantity: Quantity) -> Decimal:
    return scaled(quantity.number or Decimal(0), quantity.scale)
