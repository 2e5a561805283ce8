"""The number itself: the exact rate of one row and year, or why there is none."""

from __future__ import annotations

from fractions import Fraction

from sosei.plan.indicator import Counting, Direction
from sosei.scheme.actual import pick_actual
from sosei.scheme.case import Case
from sosei.scheme.choices import LowerRule, Parts, QuantityKind
from sosei.scheme.direction import direction_in, is_lower
from sosei.scheme.parts import parts_of
from sosei.scheme.picked import Picked
from sosei.scheme.quantity import (
    Pair,
    compare,
    lower_ratio,
    minus,
    over,
    printed_unit,
    progress,
    ratio,
    same_unit,
)
from sosei.scheme.reasons import NoRate
from sosei.scheme.rules import Rules
from sosei.scheme.target import origin, pick_start, pick_target
from sosei.values import Kind, Qualifier, Quantity

_NOTHING = Picked(NoRate.NO_BASELINE)
_NUMBER = Kind.NUMBER
_CUMULATIVE = Counting.CUMULATIVE


def quick_outcome(case: Case, rules: Rules, year: int) -> Pair | None:
    """The same as ``outcome_of`` for the commonest row: plain numbers of one unit, the final target, this
    year's value, nothing in doubt.  None for any other row.  It exists for speed alone.
    """
    if not rules.is_quick or case.unconfirmed or year < rules.first_year:
        return None
    target, actual = case.target, case.actuals.get(year)
    if target is None or actual is None or not _are_plain(target, actual) or case.unit == "位":
        return None
    unit = target.unit
    assert target.number is not None  # noqa: S101  (a plain value has one)
    assert actual.number is not None  # noqa: S101
    wanted, got = target.number.as_integer_ratio(), actual.number.as_integer_ratio()
    if rules.kind is QuantityKind.PROGRESS:
        return None if _is_marked(case, actual) else _quick_progress(case, wanted, got, unit)
    if wanted[0] <= 0 or case.direction is Direction.RANK:
        return None
    if rules.lower is not LowerRule.AS_IS:
        lower = _quick_lower(case, wanted, unit)
        if lower is None or rules.lower is LowerRule.RELATIVE_CUT:
            return None
        if lower:
            found = lower_ratio(rules.lower, got, wanted, None)
            return found if type(found) is tuple else None
    return got[0] * wanted[1], got[1] * wanted[0]


def _are_plain(target: Quantity, actual: Quantity) -> bool:
    """Whether both are bare numbers of one unit and of the year itself."""
    return (
        target.kind is _NUMBER
        and actual.kind is _NUMBER
        and target.unit == actual.unit != "位"
        and not (target.scale or actual.scale or actual.bracketed or actual.year)
    )


def _quick_start(case: Case, unit: str) -> Pair | None:
    """The baseline, where it is a plain number of the same unit."""
    baseline = case.baseline
    if baseline is None or baseline.number is None or baseline.kind is not _NUMBER or baseline.scale:
        return None
    return baseline.number.as_integer_ratio() if baseline.unit == unit else None


def _quick_lower(case: Case, target: Pair, unit: str) -> bool | None:
    """Whether less is better; None where that takes a closer look."""
    stated = case.direction
    if stated is not Direction.UNDECIDED:
        return stated is Direction.LOWER or stated is Direction.AT_MOST
    if case.target is None or case.target.qualifiers:
        return None
    start = _quick_start(case, unit)
    return None if start is None else target[0] * start[1] < start[0] * target[1]


def _quick_progress(case: Case, target: Pair, actual: Pair, unit: str) -> Pair | None:
    """Progress; a running total starts elsewhere and is left out, and so is a baseline beyond the target."""
    start = _quick_start(case, unit)
    if start is None or case.counting is _CUMULATIVE:
        return None
    way = target[0] * start[1] - start[0] * target[1]
    if way == 0 or (case.direction is not Direction.UNDECIDED and (way > 0) == is_lower(case.direction)):
        return None
    numerator = (actual[0] * start[1] - start[0] * actual[1]) * target[1]
    return (numerator, way * actual[1]) if way > 0 else (-numerator, -way * actual[1])


def _is_marked(case: Case, actual: Quantity) -> bool:
    """Whether words at the values (累計, 以下) call for a closer look."""
    if case.target is not None and case.target.qualifiers and case.direction is Direction.UNDECIDED:
        return True
    return Qualifier.CUMULATIVE in actual.qualifiers


def outcome_of(case: Case, rules: Rules, year: int) -> Pair | NoRate:
    """The exact rate as a pair (1 is 100 %), or why there is none."""
    actual = pick_actual(case, rules, year)
    start = pick_start(case, rules, year, actual)
    target = pick_target(case, rules, year, start)
    if fault := _hindrance(case, rules, year, target, actual):
        return fault
    wanted, got = target.value, actual.value
    if isinstance(wanted, NoRate) or isinstance(got, NoRate):
        return _of_parts(case, rules, year, target, actual, start)
    one, other = target.quantity, actual.quantity
    if one and other and one.unit != other.unit and not same_unit(one, other):
        return NoRate.UNITS_DIFFER
    if _is_rank(case, rules, target):
        return NoRate.RANK
    return _in_unit(case, rules, one, _rate(case, rules, year, (wanted, got), start))


def _hindrance(case: Case, rules: Rules, year: int, target: Picked, actual: Picked) -> NoRate | None:
    """What stands against a rate before any number is looked at."""
    if year < rules.first_year:
        return NoRate.EARLIER_EDITION
    kind = rules.kind
    if kind is QuantityKind.JUDGED:
        return NoRate.JUDGED
    if target.value is NoRate.NO_TARGET and kind is not QuantityKind.DIRECTION:
        return NoRate.NO_TARGET
    if actual.quantity is None or actual.quantity.is_absent:
        return NoRate.NO_ACTUAL
    if case.unconfirmed and in_doubt(case, rules, actual):
        return NoRate.UNCONFIRMED
    if case.baseline_year is not None and is_same_measurement(case, rules, actual):
        return NoRate.SAME_MEASUREMENT
    if kind is QuantityKind.DIRECTION:
        differs = origin(case, rules, year, actual).value is NoRate.UNITS_DIFFER
        return NoRate.UNITS_DIFFER if differs else NoRate.WORD
    return NoRate.WORD if kind is QuantityKind.REACHED else None


def in_doubt(case: Case, rules: Rules, actual: Picked) -> bool:
    """Whether a reading that the rate needs waits for a person."""
    needs_baseline = rules.kind in (QuantityKind.PROGRESS, QuantityKind.DIRECTION)
    return (
        "target" in case.unconfirmed
        or f"actual:{actual.year}" in case.unconfirmed
        or (needs_baseline and "baseline" in case.unconfirmed)
    )


def is_same_measurement(case: Case, rules: Rules, actual: Picked) -> bool:
    """Whether the actual is no newer than the baseline; looked at where the scheme has a rule for it."""
    return (
        NoRate.SAME_MEASUREMENT.value in rules.scheme.no_value
        and actual.year is not None
        and case.baseline_year is not None
        and actual.year <= case.baseline_year
    )


def _is_rank(case: Case, rules: Rules, target: Picked) -> bool:
    choice = rules.scheme.quantity.direction
    if choice == "rank" or case.direction is Direction.RANK:
        return True
    return target.quantity is not None and (target.quantity.unit or case.unit) == "位"


def _of_parts(
    case: Case, rules: Rules, year: int, target: Picked, actual: Picked, start: Picked
) -> Pair | NoRate:
    """The rate of several numbers in one cell by the scheme's rule; else why a value is no number."""
    how = rules.scheme.quantity.parts
    if how is Parts.MIN or how is Parts.MEAN:
        rates = [
            _in_unit(
                case,
                rules,
                each.target_quantity,
                _rate(case, rules, year, (each.target, each.actual), start),
            )
            for each in parts_of(case, target.quantity, actual.quantity)
        ]
        known = [rate for rate in rates if isinstance(rate, tuple)]
        if known and len(known) == len(rates):
            exact = [Fraction(*rate) for rate in known]
            one = min(exact) if how is Parts.MIN else sum(exact, Fraction(0)) / len(exact)
            return one.numerator, one.denominator
    if isinstance(target.value, NoRate):
        is_range = target.quantity is not None and target.quantity.kind is Kind.RANGE
        return NoRate.RANGE if is_range else target.value
    return actual.value


def _rate(case: Case, rules: Rules, year: int, numbers: tuple[Pair, Pair], start: Picked) -> Pair | NoRate:
    """The scheme's quantity from a target and an actual."""
    target, actual = numbers
    if rules.kind is QuantityKind.RATIO:
        found = _ratio(case, rules, target, actual)
    elif rules.kind is QuantityKind.GAP:
        return minus(actual, target)
    else:
        found = _progress(case, rules, target, actual, start)
    if rules.scheme.quantity.divide_by_elapsed and isinstance(found, tuple):
        elapsed = rules.elapsed(year)
        return NoRate.NO_PERIOD if elapsed is None else over(found, elapsed)
    return found


def _in_unit(case: Case, rules: Rules, target: Quantity | None, found: Pair | NoRate) -> Pair | NoRate:
    """A gap in the unit printed at the target (億円, 千人); any other quantity as it is."""
    if rules.kind is not QuantityKind.GAP or isinstance(found, NoRate):
        return found
    return found[0], found[1] * printed_unit(target, case.unit)[1]


def _ratio(case: Case, rules: Rules, target: Pair, actual: Pair) -> Pair | NoRate:
    if rules.lower is LowerRule.AS_IS or not is_lower(direction_in(case, rules.scheme.quantity.direction)):
        return ratio(actual, target)
    baseline = pick_start(case, rules, 0, _NOTHING).value
    if rules.lower is LowerRule.RELATIVE_CUT and baseline is NoRate.UNITS_DIFFER:
        return baseline
    return lower_ratio(rules.lower, actual, target, baseline if isinstance(baseline, tuple) else None)


def _progress(case: Case, rules: Rules, target: Pair, actual: Pair, start: Picked) -> Pair | NoRate:
    """Progress; none where the start is already beyond the target in the wished direction."""
    if isinstance(start.value, NoRate):
        return start.value
    way = compare(target, start.value)
    if way:
        direction = direction_in(case, rules.scheme.quantity.direction)
        if (way > 0) == is_lower(direction):
            return NoRate.BASELINE_BEYOND
    return progress(actual, start.value, target)
