"""Exact rounding of ratios: fractions in, printed decimals out, never a float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sosei.scheme.model import RoundingMode


def rounded(value: Fraction, digits: int, mode: RoundingMode) -> Decimal:
    """``value`` with ``digits`` decimals; half away from zero, or cut towards zero."""
    scaled = abs(value) * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if mode is RoundingMode.HALF_UP and 2 * rest >= scaled.denominator:
        whole += 1
    if value < 0:
        whole = -whole
    return Decimal(f"{whole}E-{digits}")  # from text: no context precision cuts it


def percent(value: Fraction, digits: int, mode: RoundingMode) -> Decimal:
    """A ratio as a percentage with ``digits`` decimals: 3032/2953 gives 103."""
    return rounded(value * 100, digits, mode)
