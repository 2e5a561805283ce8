"""Decision 8: the class (区分) of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sosei.scheme.choices import ClassOf, ClassOn, QuantityKind
from sosei.scheme.quantity import Pair, over
from sosei.scheme.reasons import NoRate
from sosei.scheme.rules import Bounds, Rules
from sosei.values import fold

if TYPE_CHECKING:
    from sosei.scheme.result import Result


def grade_of(result: Result) -> str | None:
    """The computed class; None where the scheme gives none."""
    rules = result.rules
    outcome = result.outcome
    if rules.is_plain and isinstance(outcome, tuple):
        numerator, denominator = outcome
        for factor, limit, label in rules.ladder or ():
            if numerator * factor >= limit * denominator:
                return label
        return None
    return _grade(result, rules, outcome) or None


def _grade(result: Result, rules: Rules, outcome: Pair | NoRate) -> str:
    case, year, grade = result.case, result.year, rules.scheme.grade
    if outcome is NoRate.EARLIER_EDITION or rules.on is ClassOn.JUDGED:
        return case.grades.get(year, "")
    if isinstance(outcome, NoRate) and (given := result.no_value.grade):
        return given
    if has_no_class_yet(rules, year):
        return grade.none
    if isinstance(outcome, NoRate) and not needs_no_rate(result, outcome):
        return _without_rate(result)
    if rules.on is ClassOn.REACHED and not rules.steps:
        return result.verdict_word or grade.none
    band = class_band(result)
    return band.band.label if band else grade.none


def class_band(result: Result) -> Bounds | None:
    """The band or step that decides the class; None where none holds."""
    rules = result.rules
    value = class_value(result)
    on_steps = rules.on in (ClassOn.STEPS, ClassOn.REACHED)
    if isinstance(value, NoRate) and not on_steps:
        return None
    for bounds in rules.steps if on_steps else bands_for(result):
        has_limits = bounds.low is not None or bounds.high is not None
        if has_limits and (isinstance(value, NoRate) or not bounds.holds(value)):
            continue
        if not bounds.when or all(result.standing.holds(when) for when in bounds.when):
            return bounds
    return None


def bands_for(result: Result) -> tuple[Bounds, ...]:
    """The bands; other ones where the target is itself 100 and the scheme has them."""
    rules = result.rules
    target = result.target.value
    if not rules.full or not isinstance(target, tuple) or target[0] != 100 * target[1]:
        return rules.bands
    unit = (result.target.quantity.unit if result.target.quantity else "") or result.case.unit
    return rules.full if fold(unit) in ("", "%") else rules.bands


def class_value(result: Result) -> Pair | NoRate:
    """What the bands look at: the rate, rounded where the scheme says so, or the pace."""
    rules, outcome = result.rules, result.outcome
    if isinstance(outcome, NoRate):
        return outcome
    if rules.on is ClassOn.PACE and not rules.scheme.quantity.divide_by_elapsed:
        elapsed = rules.elapsed(result.year)
        if elapsed is None:
            return NoRate.NO_PERIOD
        outcome = over(outcome, elapsed)
    if rules.scheme.grade.of is ClassOf.ROUNDED:
        return result.rounded(outcome)
    return outcome


def needs_no_rate(result: Result, outcome: NoRate) -> bool:
    """Whether the class needs no rate: steps, reached or not, where there is an actual to look at."""
    if result.rules.on not in (ClassOn.STEPS, ClassOn.REACHED):
        return False
    return outcome not in (NoRate.NO_ACTUAL, NoRate.UNCONFIRMED, NoRate.SAME_MEASUREMENT) and (
        result.rules.kind is not QuantityKind.JUDGED
    )


def _without_rate(result: Result) -> str:
    """The class of a row without a rate: by reached or not where the scheme says so."""
    grade = result.rules.scheme.grade
    given = {True: grade.reached, False: grade.missed, None: ""}[result.reached]
    return given or grade.none


def has_no_class_yet(rules: Rules, year: int) -> bool:
    """Whether the scheme gives no class in this early a year of the period."""
    years = rules.scheme.grade.first_years_without
    return bool(years and rules.period and year - rules.period[0] < years)
