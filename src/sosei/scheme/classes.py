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
    if given := given_class(result):
        return given
    if has_no_class_yet(rules, year):
        return grade.none
    if isinstance(outcome, NoRate) and not needs_no_rate(result, outcome):
        return _without_rate(result)
    if rules.on is ClassOn.REACHED and not rules.steps:
        return result.verdict_word or grade.none
    band = result.band
    return grade.none if band is None or isinstance(band, NoRate) else band.band.label


def given_class(result: Result) -> str:
    """The class the scheme gives for the reason why there is no rate (いの町: ended is ×), or no step
    that can be told; empty for none.
    """
    outcome = result.outcome
    if outcome is NoRate.EARLIER_EDITION or result.rules.on is ClassOn.JUDGED:
        return ""
    if lacks_baseline(result):
        return result.no_value.grade
    if not isinstance(outcome, NoRate) or (outcome is NoRate.NO_BASELINE and needs_no_rate(result, outcome)):
        return ""
    return result.no_value.grade


def lacks_baseline(result: Result) -> bool:
    """Whether there is no class because the steps ask for a baseline that is not there."""
    outcome = result.outcome
    if isinstance(outcome, NoRate) and not needs_no_rate(result, outcome):
        return False
    if outcome is NoRate.EARLIER_EDITION or result.rules.on is ClassOn.JUDGED:
        return False
    return result.band is NoRate.NO_BASELINE


def class_band(result: Result) -> Bounds | NoRate | None:
    """The band or step that decides the class; None where none holds.

    NO_BASELINE where a step cannot be told without one: what stands below it is not decided either.
    """
    rules = result.rules
    value = class_value(result)
    on_steps = rules.on in (ClassOn.STEPS, ClassOn.REACHED)
    if isinstance(value, NoRate) and not on_steps:
        return None
    for bounds in rules.steps if on_steps else bands_for(result):
        has_limits = bounds.low is not None or bounds.high is not None
        if has_limits and (isinstance(value, NoRate) or not bounds.holds(value)):
            continue
        holds = not bounds.when or result.standing.meets(bounds.when)
        if holds is not False:
            return bounds if holds else NoRate.NO_BASELINE
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
    """What the bands look at: the rate, rounded as it is printed where the scheme says so, or the pace
    made of it.
    """
    rules, outcome = result.rules, result.outcome
    if isinstance(outcome, NoRate):
        return outcome
    if rules.scheme.grade.of is ClassOf.ROUNDED:
        outcome = result.rounded(outcome)
    if rules.on is ClassOn.PACE and not rules.scheme.quantity.divide_by_elapsed:
        elapsed = rules.elapsed(result.year)
        if elapsed is None:
            return NoRate.NO_PERIOD
        outcome = over(outcome, elapsed)
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
