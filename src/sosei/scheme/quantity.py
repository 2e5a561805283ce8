"""Numbers of a cell as exact pairs, and the formulas that make a rate of them.

A number is a pair of whole numbers, numerator and positive denominator: exact, and much quicker
than a Fraction, which the result makes when somebody asks for it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sosei.scheme.choices import LowerRule
from sosei.scheme.reasons import NoRate
from sosei.values import Kind, PartRole, Per, Quantity, Reason, fold, parse_quantity
from sosei.values.scales import POWERS

Pair = tuple[int, int]
ZERO: Pair = (0, 1)

_SAME_UNITS = {"名": "人", "箇所": "か所", "ヶ所": "か所", "ヵ所": "か所", "カ所": "か所", "ケ所": "か所"}
_YEARS = {"年": Fraction(1), "月": Fraction(1, 12)}
_POINTS = {"ポイント": "%", "%ポイント": "%", "pt": "%"}


def amount(quantity: Quantity) -> tuple[Decimal, str] | NoRate:
    """The number to calculate with, in the base unit (円 for 億円); or why there is none."""
    if quantity.kind is Kind.ABSENT:
        return NoRate.NO_TARGET if quantity.reason is Reason.NO_TARGET else NoRate.NO_ACTUAL
    if quantity.kind is Kind.COMPOSITE:
        main = quantity.main_part
        return NoRate.PARTS_UNDECIDED if main is None else amount(main)
    return quantity.base or NoRate.NO_NUMBER


def pair_of(quantity: Quantity, unit: str) -> Pair | NoRate:
    """The number as a pair; a bare one counts in the row's ``unit`` with its scale (千円)."""
    if quantity.kind is Kind.NUMBER and not quantity.scale and (quantity.unit or not unit):
        return quantity.number.as_integer_ratio() if quantity.number is not None else NoRate.NO_NUMBER
    found = amount(quantity)
    if isinstance(found, NoRate):
        return found
    number, printed_unit = found
    if printed_unit or quantity.scale or not unit:
        return number.as_integer_ratio()
    numerator, denominator = number.as_integer_ratio()
    return numerator * _unit_of_row(unit)[1], denominator


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two values can be divided; a bare number fits any unit, 名 is 人, ポイント is %."""
    first, second = _unit(one), _unit(other)
    return first == second or not first or not second or _plain_unit(first) == _plain_unit(second)


def part(quantity: Quantity, role: PartRole) -> Quantity:
    """The part of a composite with ``role`` (the total in 19(65)); the quantity itself where there is none."""
    return next((each for each in quantity.parts if each.role is role), quantity)


def _unit(quantity: Quantity) -> str:
    if quantity.kind is Kind.COMPOSITE and quantity.main_part:
        return quantity.main_part.unit
    return quantity.unit


def _plain_unit(unit: str) -> str:
    folded = fold(unit)
    return _SAME_UNITS.get(folded) or _POINTS.get(folded) or folded


def printed_unit(quantity: Quantity | None, unit: str) -> tuple[str, int]:
    """The unit printed at a value, else the row's ``unit``, and what one of it is: 億円 and 100000000."""
    if quantity is None:
        return unit, _unit_of_row(unit)[1]
    shown = quantity.main_part or quantity
    if not shown.printed_unit:
        return unit, _unit_of_row(unit)[1]
    return shown.scale + (shown.unit or _unit_of_row(unit)[0]), 10 ** POWERS.get(shown.scale, 0)


def years_of(per: Per) -> Fraction | None:
    """How many years a value's own period (／4か年) is long; None for weeks and days."""
    unit = _YEARS.get(per.unit)
    return None if unit is None else per.count * unit


_UNITS: dict[str, tuple[str, int]] = {}


def _unit_of_row(unit: str) -> tuple[str, int]:
    """The unit without its scale, and the scale as a number: 円 and 1000 for 千円."""
    if unit not in _UNITS:
        one = parse_quantity(f"1{unit}").base
        _UNITS[unit] = (one[1], int(one[0])) if one and one[0] == int(one[0]) else (unit, 1)
    return _UNITS[unit]


def plus(one: Pair, other: Pair) -> Pair:
    """The sum."""
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def minus(one: Pair, other: Pair) -> Pair:
    """The difference."""
    return one[0] * other[1] - other[0] * one[1], one[1] * other[1]


def times(one: Pair, other: Pair) -> Pair:
    """The product."""
    return one[0] * other[0], one[1] * other[1]


def over(one: Pair, other: Pair) -> Pair:
    """The quotient; ``other`` is not 0."""
    numerator, denominator = one[0] * other[1], one[1] * other[0]
    return (numerator, denominator) if denominator > 0 else (-numerator, -denominator)


def compare(one: Pair, other: Pair) -> int:
    """Below 0, 0 or above 0 as ``one`` is smaller, equal or greater."""
    return one[0] * other[1] - other[0] * one[1]


def fraction(value: Pair) -> Fraction:
    """The pair as a Fraction."""
    return Fraction(value[0], value[1])


def ratio(actual: Pair, target: Pair) -> Pair | NoRate:
    """actual / target.  To a target of 0 there is no ratio, and to a negative one none with a meaning."""
    if target[0] <= 0:
        return NoRate.NEGATIVE if target[0] else NoRate.TARGET_ZERO
    return actual[0] * target[1], actual[1] * target[0]


def lower_ratio(rule: LowerRule, actual: Pair, target: Pair, baseline: Pair | None) -> Pair | NoRate:
    """The ratio where less is better, by the scheme's variant."""
    if rule is LowerRule.RELATIVE_CUT:
        return relative_cut(actual, baseline)
    plain = ratio(actual, target)
    if isinstance(plain, NoRate) or rule is LowerRule.AS_IS:
        return plain
    if rule is LowerRule.TWO_MINUS:
        return 2 * plain[1] - plain[0], plain[1]
    if rule is LowerRule.EXCESS:
        return plain[0] - plain[1], plain[1]
    if actual[0] <= 0:
        return NoRate.NEGATIVE if actual[0] else NoRate.ACTUAL_ZERO
    return target[0] * actual[1], target[1] * actual[0]


def relative_cut(actual: Pair, baseline: Pair | None) -> Pair | NoRate:
    """By how much of the baseline the actual lies below it."""
    if baseline is None:
        return NoRate.NO_BASELINE
    if baseline[0] <= 0:
        return NoRate.NEGATIVE if baseline[0] else NoRate.BASELINE_ZERO
    return over(minus(baseline, actual), baseline)


def progress(actual: Pair, start: Pair, target: Pair) -> Pair | NoRate:
    """(actual - start) / (target - start); one formula for raising and lowering."""
    way = target[0] * start[1] - start[0] * target[1]
    if way == 0:
        return NoRate.BASELINE_IS_TARGET
    numerator = (actual[0] * start[1] - start[0] * actual[1]) * target[1]
    denominator = way * actual[1]
    return (numerator, denominator) if denominator > 0 else (-numerator, -denominator)
