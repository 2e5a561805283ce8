"""Achievement of a year, computed by the scheme and held beside what was printed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from sosei.plan import walk
from sosei.plan.model import Plan
from sosei.plan.record import ReachedCount
from sosei.scheme.case import Case, case_of, unconfirmed_in
from sosei.scheme.model import Rounding, Scheme
from sosei.scheme.outcome import outcome_of, quick_outcome
from sosei.scheme.quantity import amount
from sosei.scheme.reasons import NoRate
from sosei.scheme.result import Result
from sosei.scheme.rounding import percent
from sosei.scheme.rules import rules_for

__all__ = ["NoRate", "Result", "amount", "evaluate", "evaluate_case", "evaluate_cases", "share"]


def evaluate_case(case: Case, scheme: Scheme, year: int) -> Result:
    """The result of one row for the fiscal year that starts in ``year``; never raises for a value."""
    rules = rules_for(case, scheme, year)
    return Result(case, rules, year, quick_outcome(case, rules, year) or outcome_of(case, rules, year))


def evaluate_cases(cases: Iterable[Case], scheme: Scheme, year: int) -> list[Result]:
    """The results of many rows, in their order."""
    return [evaluate_case(case, scheme, year) for case in cases]


def evaluate(plan: Plan, year: int, scheme: Scheme) -> dict[str, Result]:
    """The results for the year that starts in ``year``, by placement; only placements with a target,
    and those for which a rate was published.
    """
    indicators = walk.by_key(plan)
    unconfirmed = unconfirmed_in(plan)
    results = {}
    for placed, placement in walk.placements(plan):
        entry = walk.printed(placement, year)
        if placement.target is None and not placement.path and (entry is None or entry.rate is None):
            continue
        case = case_of(placed, placement, indicators[placement.indicator], plan, unconfirmed)
        results[placement.key] = evaluate_case(case, scheme, year)
    return results


def share(count: ReachedCount, rounding: Rounding) -> Decimal | None:
    """The share of reached indicators in percent; None where there is none to count."""
    if count.total == 0:
        return None
    return percent(Fraction(count.reached, count.total), rounding.digits, rounding.mode)
