"""Axis ticks in steps of 1, 2 or 5, and the unit in which large numbers are printed; exact throughout."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from sosei.values import HouseStyle, format_number

_EXACT = Context(prec=80)
_FINEST = Decimal("0.000001")
_MANY = Decimal(10_000_000)
_FEW = Decimal(1_000_000)
_POWERS = {"千": 3, "万": 4, "百万": 6, "千万": 7, "億": 8, "十億": 9, "百億": 10, "千億": 11, "兆": 12}
_OWN_POWER = re.compile("|".join(sorted(_POWERS, key=len, reverse=True)))
_LARGER = (("万", 4), ("億", 8), ("兆", 12), ("京", 16))


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``low`` to ``high``, both multiples of ``step``."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The values that get a grid line, lowest first."""
        count = int((self.high - self.low) / self.step)
        return tuple(_EXACT.add(self.low, _EXACT.multiply(self.step, Decimal(k))) for k in range(count + 1))

    @property
    def has_zero(self) -> bool:
        """Whether zero lies on the axis."""
        return self.low <= 0 <= self.high

    def share(self, value: Decimal) -> Fraction:
        """Where ``value`` lies: 0 at ``low``, 1 at ``high``."""
        return (Fraction(value) - Fraction(self.low)) / (Fraction(self.high) - Fraction(self.low))


@dataclass(frozen=True, slots=True)
class AxisUnit:
    """The unit at the axis.  A number ``n`` is printed there as ``n`` times ten to the ``shift``."""

    name: str
    shift: int = 0


def nice_axis(values: Sequence[Decimal], *, from_zero: bool = True, intervals: int = 5) -> Axis:
    """An axis that holds ``values`` (and zero, unless ``from_zero`` is false) in at most ``intervals`` + 1 steps.

    The step is 1, 2 or 5 times a power of ten, a whole number for whole numbers, and never finer
    than a millionth.  Equal values always get an axis with zero.
    """
    with_zero = from_zero or len(set(values)) < 2
    low = min(*values, Decimal(0)) if with_zero else min(values)
    high = max(*values, Decimal(0)) if with_zero else max(values)
    if low == high:
        return Axis(Decimal(0), Decimal(1), Decimal(1))
    step = _step((Fraction(high) - Fraction(low)) / intervals)
    if all(value == value.to_integral_value() for value in values):
        step = max(step, Decimal(1))
    first = math.floor(Fraction(low) / Fraction(step))
    last = max(math.ceil(Fraction(high) / Fraction(step)), first + 1)
    return Axis(_EXACT.multiply(step, Decimal(first)), _EXACT.multiply(step, Decimal(last)), step)


def axis_unit(unit: str, largest: Decimal) -> AxisUnit:
    """``unit``, or a larger one (万人, 億円) where ``largest`` would have more than seven digits; then six at most."""
    own = _OWN_POWER.match(unit)
    power = _POWERS[own.group()] if own else 0
    base = unit[own.end() :] if own else unit
    if largest < _MANY:
        return AxisUnit(unit)
    for word, larger in _LARGER:
        if larger > power and largest.scaleb(power - larger, _EXACT) < _FEW:
            return AxisUnit(word + base, power - larger)
    return AxisUnit(unit)


def tick_texts(axis: Axis, unit: AxisUnit, style: HouseStyle) -> tuple[str, ...]:
    """The ticks as printed, all with the same number of decimals."""
    exponent = axis.step.scaleb(unit.shift, _EXACT).normalize(_EXACT).as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    plain = replace(style, decimals=decimals, wide_single_digit=False)
    return tuple(format_number(tick.scaleb(unit.shift, _EXACT), plain) for tick in axis.ticks)


def reduced(value: Decimal, unit: AxisUnit) -> tuple[Decimal, bool]:
    """``value`` in ``unit``, rounded half up to one decimal, and whether that is still exact."""
    exact = value.scaleb(unit.shift, _EXACT)
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP, context=_EXACT)
    if rounded == rounded.to_integral_value():
        rounded = rounded.quantize(Decimal(1), context=_EXACT)
    return rounded, rounded == exact


def _step(least: Fraction) -> Decimal:
    """The smallest of 1, 2, 5 times a power of ten that is not below ``least``."""
    exponent = _EXACT.divide(Decimal(least.numerator), Decimal(least.denominator)).adjusted()
    for digit in (1, 2, 5, 10):
        step = Decimal(digit).scaleb(exponent, _EXACT)
        if Fraction(step) >= least:
            break
    return max(step, _FINEST)
