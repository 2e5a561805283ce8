"""Numerals as printed: digits, grouping, scales (1万8740, 1,241億5,500万).  Works on folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sosei.values.scales import POWERS, unscaled

# Python's decimals compute with 28 digits unless told otherwise; a longer number would be rounded
# by the first sum anybody makes with it, so it is left as text.
MAX_DIGITS = 28

_NUMERAL = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(?![,.]?[0-9])")
# 百 alone only before words of which one counts hundreds: 3百貨店 are three, not 300.
_SCALE = re.compile(r" ?((?:[十百千]?[万億兆]|千|百(?=[円人件名]|$)))")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral found in folded text: where it ends, its number in the printed scale, the scale."""

    end: int
    number: Decimal
    scale: str


@dataclass(frozen=True, slots=True)
class _Group:
    """One stretch of digits and the scale behind it."""

    number: Decimal
    scale: str
    end: int


def read_numeral(folded: str, start: int) -> Numeral | None:
    """The numeral that starts at ``start``; None where the digits there are no plain number.

    Several scaled groups are one number in the largest scale: 1,241億5,500万 is 1241.55 億,
    3億5千万 is 3.5 億.  With an unscaled tail they are the plain number: 1万8740 is 18740.
    """
    group = _read_group(folded, start)
    if group is None:
        return None
    first, rest = group, []
    while group.scale and folded[group.end : group.end + 1].isdecimal():
        group = _read_group(folded, group.end)
        if group is None:
            return None
        rest.append(group)
    if not rest:
        return Numeral(first.end, first.number, first.scale)
    total = _total([first, *rest])
    if total is None:
        return None
    end = rest[-1].end
    if not rest[-1].scale:
        return Numeral(end, total, "")
    return Numeral(end, unscaled(total, first.scale), first.scale)


def _read_group(folded: str, start: int) -> _Group | None:
    match = _NUMERAL.match(folded, start)
    if match is None:
        return None
    digits = match[1].replace(",", "")
    if len(digits) > MAX_DIGITS or (digits[0] == "0" and len(digits) > 1):  # 0120 is no value
        return None
    number = Decimal(digits + (match[2] or ""))
    if len(number.as_tuple().digits) > MAX_DIGITS or len(match[2] or "") > MAX_DIGITS:
        return None
    scale = _SCALE.match(folded, match.end())
    return _Group(number, scale[1], scale.end()) if scale else _Group(number, "", match.end())


def _total(groups: list[_Group]) -> Decimal | None:
    """The groups added up; None where one does not fit below the scale before it (1万20000)."""
    total = 0
    below: int | None = None
    for group in groups:
        if group.number.as_tuple().exponent != 0:
            return None
        factor: int = 10 ** POWERS[group.scale]
        value = int(group.number) * factor
        if below is not None and value >= below:
            return None
        below = factor
        total += value
    return Decimal(total) if len(str(total)) <= MAX_DIGITS else None
