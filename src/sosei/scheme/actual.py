"""Decision 4: which actual (実績値) goes into the calculation."""

from __future__ import annotations

from sosei.plan.indicator import Counting
from sosei.scheme.case import Case
from sosei.scheme.choices import ActualUse
from sosei.scheme.picked import Picked
from sosei.scheme.quantity import ZERO, Pair, pair_of, part, plus, years_of
from sosei.scheme.reasons import NoRate
from sosei.scheme.rules import Rules
from sosei.values import Kind, PartRole, Qualifier, Quantity, Reason, parse_year_label

_TOTAL_WORDS = ("累計", "累積")
_NOT_ADDED = frozenset({Counting.STOCK, Counting.PER_HEAD})


def pick_actual(case: Case, rules: Rules, year: int) -> Picked:
    """The actual that the scheme uses for ``year``.

    A provisional or expected value of the year counts as the year's value; ``provisional`` takes the
    value as first published where it was restated later.  ``forecast`` takes the value given for
    the last year of the period, else the year's own.
    """
    match rules.actual:
        case ActualUse.THIS_YEAR:
            return of_year(case, case.actuals.get(year), year)
        case ActualUse.RUNNING_TOTAL:
            return _running_total(case, rules, year)
        case ActualUse.LATEST:
            return _latest(case, year)
        case ActualUse.PROVISIONAL:
            return of_year(case, case.first_published.get(year) or case.actuals.get(year), year)
        case ActualUse.FORECAST:
            return _forecast(case, rules, year)


def is_total(case: Case, rules: Rules, actual: Picked) -> bool:
    """Whether the actual adds up the years since the start."""
    return (
        case.counting is Counting.CUMULATIVE
        or (rules.actual is ActualUse.RUNNING_TOTAL and case.counting not in _NOT_ADDED)
        or (actual.quantity is not None and Qualifier.CUMULATIVE in actual.quantity.qualifiers)
    )


def of_year(case: Case, quantity: Quantity | None, year: int) -> Picked:
    """A cell of ``year``; in brackets, or with an earlier year printed at it, it is an older value."""
    if quantity is None:
        return Picked(NoRate.NO_ACTUAL, None, year)
    if quantity.kind is Kind.COMPOSITE and case.counting is Counting.CUMULATIVE:
        quantity = part(quantity, PartRole.RUNNING_TOTAL)
    if quantity.bracketed or quantity.year:
        when = parse_year_label(quantity.year).effective if quantity.year else None
        older = quantity.bracketed if when is None else when.year < year
        return Picked(pair_of(quantity, case.unit), quantity, when.year if when else None, older)
    return Picked(pair_of(quantity, case.unit), quantity, year)


def _latest(case: Case, year: int) -> Picked:
    """The newest value up to ``year``; the year's own cell where there is none at all."""
    for each in sorted((y for y in case.actuals if y <= year), reverse=True):
        quantity = case.actuals[each]
        if not quantity.is_absent:
            picked = of_year(case, quantity, each)
            return picked._replace(older=picked.older or each < year)
    return of_year(case, case.actuals.get(year), year)


def _forecast(case: Case, rules: Rules, year: int) -> Picked:
    last = rules.period[1] if rules.period else max(case.actuals, default=year)
    quantity = case.actuals.get(last)
    if quantity is None or quantity.is_absent:
        return of_year(case, case.actuals.get(year), year)
    return of_year(case, quantity, last)


def _running_total(case: Case, rules: Rules, year: int) -> Picked:
    """The total since the start: as printed (19(65), 累計), else the years added up.

    What stands at a point in time (stock) and averages (per_head) have no total: the year's value is
    taken.  A value over more than one year (17件／2か年) may hold years that are added as well, and
    nobody can tell how far back it reaches, so it makes no total.
    """
    this = case.actuals.get(year)
    if case.counting in _NOT_ADDED or this is None or this.is_absent or this.kind is Kind.TEXT:
        return of_year(case, this, year)
    total = part(this, PartRole.RUNNING_TOTAL)
    printed = total is not this or Qualifier.CUMULATIVE in this.qualifiers
    if printed or case.counting is Counting.CUMULATIVE or any(word in case.name for word in _TOTAL_WORDS):
        return of_year(case, total, year)
    first = rules.period[0] if rules.period else min(case.actuals)
    added: Pair = ZERO
    for each in range(min(first, year), year + 1):
        value = _share_of_total(case, each)
        if isinstance(value, NoRate):
            return Picked(value, this, year)
        added = plus(added, value)
    return Picked(added, this, year, how="sum")


def _share_of_total(case: Case, year: int) -> Pair | NoRate:
    quantity = case.actuals.get(year)
    if quantity is None:
        return NoRate.TOTAL_INCOMPLETE
    if quantity.is_absent:
        return ZERO if quantity.reason is Reason.STARTS_LATER else NoRate.TOTAL_INCOMPLETE
    if quantity.per is not None and (span := years_of(quantity.per)) is not None and span > 1:
        return NoRate.SPANS_YEARS
    return pair_of(quantity, case.unit)
