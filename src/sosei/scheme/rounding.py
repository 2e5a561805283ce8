"""Exact rounding of ratios: fractions in, printed decimals out, never a float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from sosei.scheme.choices import RoundingMode


def whole(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """The quotient as a whole number; ``denominator`` positive.  Half away from zero, half to even, or
    cut towards zero.
    """
    if numerator < 0:
        return -whole(-numerator, denominator, mode)
    quotient, rest = divmod(numerator, denominator)
    if mode is RoundingMode.CUT:
        return quotient
    twice = 2 * rest
    if twice > denominator or (twice == denominator and (mode is RoundingMode.HALF_UP or quotient % 2)):
        return quotient + 1
    return quotient


@lru_cache(maxsize=65536)
def decimal(digits_and_all: int, digits: int) -> Decimal:
    """``decimal(925, 1)`` is 92.5; made from text, so that no context precision cuts it."""
    return Decimal(f"{digits_and_all}E-{digits}")


def rounded(value: Fraction, digits: int, mode: RoundingMode) -> Decimal:
    """``value`` with ``digits`` decimals."""
    return decimal(whole(value.numerator * 10**digits, value.denominator, mode), digits)


def percent(value: Fraction, digits: int, mode: RoundingMode) -> Decimal:
    """A ratio as a percentage with ``digits`` decimals: 3032/2953 gives 103."""
    return rounded(value * 100, digits, mode)
