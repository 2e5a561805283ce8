"""Decisions 3 and 5: which target (目標値), and where the way to it begins (基準値)."""

from __future__ import annotations

from sosei.scheme.actual import is_total, of_year
from sosei.scheme.case import Case
from sosei.scheme.choices import RoundingMode, RunningTotalStart, StartFrom, TargetMissing, TargetUse
from sosei.scheme.picked import Picked
from sosei.scheme.quantity import ZERO, Pair, minus, pair_of, plus, same_unit, times
from sosei.scheme.reasons import NoRate
from sosei.scheme.rounding import whole
from sosei.scheme.rules import Rules
from sosei.values import Qualifier, Quantity


def pick_target(case: Case, rules: Rules, year: int, start: Picked) -> Picked:
    """The target that the scheme uses for ``year``; ``start`` is where a straight path begins."""
    match rules.target:
        case TargetUse.FINAL:
            return _given(case, case.target)
        case TargetUse.YEAR:
            return _of_year(case, rules, year, year if year in case.targets else None)
        case TargetUse.INTERIM:
            return _of_year(case, rules, year, min((y for y in case.targets if y >= year), default=None))
        case TargetUse.IN_FORCE:
            return in_force(case, year)
        case TargetUse.STRAIGHT_PATH:
            return straight_path(case, rules, year, start)
        case TargetUse.ELAPSED_SHARE:
            return straight_path(case, rules, year, Picked(ZERO), how="share")


def in_force(case: Case, year: int) -> Picked:
    """The target as it stood in ``year``.

    A dated target holds from its year until the next dated one; before the first the first holds,
    after the last the undated final target, or the last where there is none.
    """
    if not case.targets:
        return _given(case, case.target)
    years = sorted(case.targets)
    if year > years[-1] and case.target is not None:
        return _given(case, case.target)
    held = max((y for y in years if y <= year), default=years[0])
    return _given(case, case.targets[held], held)


def straight_path(case: Case, rules: Rules, year: int, start: Picked, how: str = "path") -> Picked:
    """What is due at the end of ``year`` on the straight line from ``start`` to the final target."""
    final = _given(case, case.target)
    if isinstance(final.value, NoRate):
        return final
    elapsed = rules.elapsed(year)
    if elapsed is None:
        return final._replace(value=NoRate.NO_PERIOD)
    if isinstance(start.value, NoRate):
        return final._replace(value=start.value)
    due = plus(start.value, times(minus(final.value, start.value), elapsed))
    return Picked(_rounded(due, rules.scheme.target.digits), case.target, year, how=how)


def pick_start(case: Case, rules: Rules, year: int, actual: Picked) -> Picked:
    """Where progress begins: a running total by its own rule, anything else at ``origin``.

    A running total starts at zero, unless the scheme says otherwise or the baseline is itself marked
    as a total (累計) of the same series.
    """
    if rules.start is not StartFrom.ZERO and is_total(case, rules, actual):
        marked = case.baseline is not None and Qualifier.CUMULATIVE in case.baseline.qualifiers
        if rules.scheme.start.running_total is RunningTotalStart.ZERO and not marked:
            return Picked(ZERO, how="zero")
    return origin(case, rules, year, actual)


def origin(case: Case, rules: Rules, year: int, actual: Picked) -> Picked:
    """What better and worse are measured from; no number where its unit is not that of target and actual."""
    start = _origin(case, rules, year)
    beside = (case.target, actual.quantity)
    if isinstance(start.value, NoRate) or start.quantity is None:
        return start
    if all(each is None or same_unit(start.quantity, each) for each in beside):
        return start
    return start._replace(value=NoRate.UNITS_DIFFER)


def _origin(case: Case, rules: Rules, year: int) -> Picked:
    match rules.start:
        case StartFrom.ZERO:
            return Picked(ZERO, how="zero")
        case StartFrom.PREVIOUS_YEAR:
            picked = of_year(case, case.actuals.get(year - 1), year - 1)
            return picked._replace(value=_without(picked.value, NoRate.NO_BASELINE))
        case StartFrom.REPLACED if case.replaced is not None:
            return _start(case, case.replaced)
        case _:
            return _start(case, case.baseline)


def _start(case: Case, quantity: Quantity | None) -> Picked:
    if quantity is None:
        return Picked(NoRate.NO_BASELINE)
    value = pair_of(quantity, case.unit)
    return Picked(_without(value, NoRate.NO_BASELINE), quantity, case.baseline_year)


def _given(case: Case, quantity: Quantity | None, year: int | None = None) -> Picked:
    if quantity is None:
        return Picked(NoRate.NO_TARGET)
    return Picked(_without(pair_of(quantity, case.unit), NoRate.NO_TARGET), quantity, year)


def _without(value: Pair | NoRate, missing: NoRate) -> Pair | NoRate:
    """A blank cell, named as what is missing there."""
    return missing if value is NoRate.NO_ACTUAL or value is NoRate.NO_TARGET else value


def _of_year(case: Case, rules: Rules, year: int, found: int | None) -> Picked:
    """A dated target; in the last year of the period the final target is that of the year."""
    if found is not None and not case.targets[found].is_absent:
        return _given(case, case.targets[found], found)
    is_last = rules.period is not None and year >= rules.period[1]
    if is_last or rules.scheme.target.missing is TargetMissing.FINAL:
        return _given(case, case.target)
    return Picked(NoRate.NO_TARGET)


def _rounded(value: Pair, digits: int | None) -> Pair:
    if digits is None:
        return value
    power = 10**digits
    return whole(value[0] * power, value[1], RoundingMode.HALF_UP), power
