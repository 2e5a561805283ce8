"""Other readings of the same figures beside the chosen one, so that one rate misleads nobody.

10.82日 that stayed 10.82日 may be printed as 96% (of the target) although nothing moved (progress
0%), and 17件 in one year against 36件 in four as 47% although it is nearly twice the pace.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from sosei.scheme.actual import is_total
from sosei.scheme.choices import LowerRule
from sosei.scheme.direction import direction_in, is_lower
from sosei.scheme.parts import parts_of
from sosei.scheme.picked import Picked
from sosei.scheme.printing import in_formula, signed_text
from sosei.scheme.quantity import (
    Pair,
    compare,
    fraction,
    lower_ratio,
    over,
    pair_of,
    progress,
    ratio,
    same_unit,
    years_of,
)
from sosei.scheme.reasons import REASONS, NoRate
from sosei.scheme.rounding import decimal, whole
from sosei.scheme.target import pick_start

if TYPE_CHECKING:
    from sosei.scheme.result import Result
    from sosei.values import Quantity


class Reading(NamedTuple):
    """One way to read the figures.

    ``kind``   ratio, target_over_actual, progress, pace, period_adjusted or part.
    ``ratio``  exact, None where there is none; ``rate`` in percent with the scheme's digits.
    ``text``   as printed, - where there is none.
    ``ja``, ``en``  the calculation with its numbers, or why there is none.
    """

    kind: str
    ratio: Fraction | None
    rate: Decimal | None
    text: str
    ja: str
    en: str

    def sentence(self, language: str) -> str:
        """The calculation in ``language``."""
        return self.en if language == "en" else self.ja


def readings_of(result: Result) -> tuple[Reading, ...]:
    """Ratio, progress and pace always, with the reason where one has no value; the others where they apply."""
    return tuple(_readings(result))


def _readings(result: Result) -> Iterator[Reading]:
    case = result.case
    final = _final(result)
    actual = result.actual.value
    fault = _fault(result, final)
    start = pick_start(case, result.rules, result.year, result.actual)
    lower = is_lower(direction_in(case, result.rules.scheme.quantity.direction))
    way = _progress(fault, actual, start, final, lower)
    yield _ratio(result, fault, final)
    if lower and isinstance(actual, tuple) and isinstance(final, tuple) and fault is None:
        found = lower_ratio(LowerRule.TARGET_OVER_ACTUAL, actual, final, None)
        terms = f"{in_formula(final)} ÷ {in_formula(actual)}"
        yield _reading(
            result, "target_over_actual", found, f"目標値÷実績値: {terms}", f"target over actual: {terms}"
        )
    yield _reading(result, "progress", way, *_way_words(actual, start, final))
    yield _pace(result, way)
    yield from _adjusted(result, fault, final)
    for each in parts_of(case, case.target, result.actual.quantity):
        name = each.label or each.target_quantity.text
        terms = f"{name}: {in_formula(each.actual)} ÷ {in_formula(each.target)}"
        yield _reading(result, "part", ratio(each.actual, each.target), terms, terms)


def _final(result: Result) -> Pair | NoRate:
    """The final target, for every reading but the scheme's own; the one used where there is none."""
    if result.case.target is None:
        return result.target.value
    return pair_of(result.case.target, result.case.unit)


def _fault(result: Result, final: Pair | NoRate) -> NoRate | None:
    """What stands against every reading."""
    if result.no_rate in (NoRate.NO_ACTUAL, NoRate.UNCONFIRMED, NoRate.EARLIER_EDITION):
        return result.no_rate
    if isinstance(final, NoRate):
        return NoRate.NO_TARGET if final is NoRate.NO_ACTUAL else final
    if isinstance(result.actual.value, NoRate):
        return result.actual.value
    target, actual = result.case.target, result.actual.quantity
    if target is not None and actual is not None and not same_unit(target, actual):
        return NoRate.UNITS_DIFFER
    return None


def _reading(result: Result, kind: str, value: Pair | NoRate, ja: str, en: str) -> Reading:
    if isinstance(value, NoRate):
        return Reading(kind, None, None, "-", *REASONS[value])
    digits = result.digits
    rate = decimal(whole(value[0] * 100 * 10**digits, value[1], result.rules.mode), digits)
    text = signed_text(rate, result.rules.scheme.rounding) + "%"
    return Reading(kind, fraction(value), rate, text, f"{ja} = {text}", f"{en} = {text}")


def _ratio(result: Result, fault: NoRate | None, final: Pair | NoRate) -> Reading:
    actual = result.actual.value
    if fault or isinstance(final, NoRate) or isinstance(actual, NoRate):
        return _reading(result, "ratio", fault or NoRate.NO_NUMBER, "", "")
    terms = f"{in_formula(actual)} ÷ {in_formula(final)}"
    return _reading(
        result,
        "ratio",
        ratio(actual, final),
        f"最終の目標値に対する実績値: {terms}",
        f"actual to the final target: {terms}",
    )


def _progress(
    fault: NoRate | None, actual: Pair | NoRate, start: Picked, final: Pair | NoRate, lower: bool
) -> Pair | NoRate:
    if fault or isinstance(final, NoRate) or isinstance(actual, NoRate):
        return fault or NoRate.NO_NUMBER
    if isinstance(start.value, NoRate):
        return start.value
    way = compare(final, start.value)
    if way and (way > 0) == lower:
        return NoRate.BASELINE_BEYOND
    return progress(actual, start.value, final)


def _way_words(actual: Pair | NoRate, start: Picked, final: Pair | NoRate) -> tuple[str, str]:
    if isinstance(start.value, NoRate) or isinstance(actual, NoRate) or isinstance(final, NoRate):
        return "", ""
    begin = in_formula(start.value)
    terms = f"({in_formula(actual)} − {begin}) ÷ ({in_formula(final)} − {begin})"
    return f"基準からの進み: {terms}", f"progress from the baseline: {terms}"


def _pace(result: Result, way: Pair | NoRate) -> Reading:
    """Progress over the elapsed share of the period."""
    elapsed = result.rules.elapsed(result.year)
    if isinstance(way, NoRate) or elapsed is None:
        return _reading(result, "pace", way if isinstance(way, NoRate) else NoRate.NO_PERIOD, "", "")
    done, years = elapsed
    terms = f"{in_formula((way[0] * 100, way[1]))}% ÷ ({done}/{years})"
    return _reading(
        result,
        "pace",
        over(way, elapsed),
        f"経過した期間（{years}年のうち{done}年）に対する進み: {terms}",
        f"progress over the elapsed period ({done} of {years} years): {terms}",
    )


def _adjusted(result: Result, fault: NoRate | None, final: Pair | NoRate) -> Iterator[Reading]:
    """The ratio per year, where target and actual name different spans (17件／１か年, 36件／4か年)."""
    target, actual = result.case.target, result.actual
    if fault or target is None or actual.quantity is None or target.per is None:
        return
    if isinstance(final, NoRate) or isinstance(actual.value, NoRate):
        return
    wanted, got = years_of(target.per), _span_of(result, actual.quantity)
    if wanted is None or got is None or wanted == got:
        return
    per_target = over(final, wanted.as_integer_ratio())
    per_actual = over(actual.value, got.as_integer_ratio())
    terms = f"({in_formula(actual.value)} ÷ {_years(got)}) ÷ ({in_formula(final)} ÷ {_years(wanted)})"
    yield _reading(
        result,
        "period_adjusted",
        ratio(per_actual, per_target),
        f"1年あたりにそろえた割合（実績は{_years(got)}年分、目標は{_years(wanted)}年分）: {terms}",
        f"per year (the actual spans {_years(got)}, the target {_years(wanted)} years): {terms}",
    )


def _span_of(result: Result, actual: Quantity) -> Fraction | None:
    """How many years the actual spans: its own period; a running total those elapsed; else one."""
    if actual.per is not None:
        return years_of(actual.per)
    if is_total(result.case, result.rules, result.actual):
        elapsed = result.rules.elapsed(result.year)
        return Fraction(elapsed[0]) if elapsed else None
    return Fraction(1)


def _years(length: Fraction) -> str:
    return str(length)
