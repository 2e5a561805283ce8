"""Achievement of a year, computed by the scheme and held beside what was printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sosei.plan import walk
from sosei.plan.indicator import Indicator, Observation, Placement
from sosei.plan.model import Plan
from sosei.plan.record import ReachedCount
from sosei.scheme.model import DigitsFrom, Rounding, Scheme
from sosei.scheme.rounding import percent
from sosei.values import Kind, Quantity, Reason
from sosei.values.exact import plain


class NoRate(StrEnum):
    """Why there is no rate."""

    NO_TARGET = "no_target"
    NO_ACTUAL = "no_actual"
    NO_NUMBER = "no_number"
    PARTS_UNDECIDED = "parts_undecided"
    UNITS_DIFFER = "units_differ"
    TARGET_ZERO = "target_zero"
    UNCONFIRMED = "unconfirmed"


REASONS: dict[NoRate, tuple[str, str]] = {
    NoRate.NO_TARGET: ("目標値がありません", "there is no target"),
    NoRate.NO_ACTUAL: ("実績値がありません", "there is no actual value"),
    NoRate.NO_NUMBER: ("数として読めない値です", "a value is no number"),
    NoRate.PARTS_UNDECIDED: (
        "複数の値のどれを使うか決まっていません",
        "no main part of a composite is decided",
    ),
    NoRate.UNITS_DIFFER: ("目標値と実績値の単位が違います", "target and actual have different units"),
    NoRate.TARGET_ZERO: ("目標値が0のため割合を計算できません", "the target is 0, so there is no ratio"),
    NoRate.UNCONFIRMED: ("読み取りが確認されていません", "a reading is not confirmed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The rate of one placement for a year.

    ``ratio`` exact (1 is 100 %), ``rate`` in percent with its printed digits; both None where
    ``no_rate`` says why.  ``printed`` is the rate as published, None where none was.
    """

    placement: str
    ratio: Fraction | None = None
    rate: Decimal | None = None
    no_rate: NoRate | None = None
    printed: Quantity | None = None

    @property
    def text(self) -> str:
        """The recomputed rate as it would be printed: 103%, or - where there is none."""
        return "-" if self.rate is None else f"{plain(self.rate)}%"

    @property
    def agrees(self) -> bool | None:
        """Whether the published rate is the recomputed one; None where none was published."""
        if self.printed is None:
            return None
        return self.printed.number == self.rate

    def reason(self, language: str) -> str:
        """Why there is no rate, in words; empty where there is one."""
        return REASONS[self.no_rate][language == "en"] if self.no_rate else ""


def evaluate(plan: Plan, year: int, scheme: Scheme) -> dict[str, Result]:
    """The results for the year that starts in ``year``, by placement; only placements with a target,
    and those for which a rate was published.
    """
    indicators = walk.by_key(plan)
    unconfirmed = _unconfirmed(plan)
    results = {}
    for _, placement in walk.placements(plan):
        entry = walk.printed(placement, year)
        printed = entry.rate if entry else None
        if placement.target is None and printed is None:
            continue
        ratio = _ratio(placement, indicators[placement.indicator], year, unconfirmed)
        results[placement.key] = _result(placement.key, ratio, printed, scheme.rounding)
    return results


def share(count: ReachedCount, rounding: Rounding) -> Decimal | None:
    """The share of reached indicators in percent; None where there is none to count."""
    if count.total == 0:
        return None
    return percent(Fraction(count.reached, count.total), rounding.digits, rounding.mode)


def _result(key: str, ratio: Fraction | NoRate, printed: Quantity | None, rounding: Rounding) -> Result:
    if isinstance(ratio, NoRate):
        return Result(placement=key, no_rate=ratio, printed=printed)
    digits = rounding.digits
    if rounding.digits_from is DigitsFrom.PRINTED and printed is not None and printed.decimals is not None:
        digits = printed.decimals
    return Result(placement=key, ratio=ratio, rate=percent(ratio, digits, rounding.mode), printed=printed)


def _ratio(
    placement: Placement, indicator: Indicator, year: int, unconfirmed: frozenset[str]
) -> Fraction | NoRate:
    if placement.target is None:
        return NoRate.NO_TARGET
    observation = walk.observed(indicator, year)
    entry = walk.printed(placement, year)
    actual = entry.actual if entry and entry.actual else observation.quantity if observation else None
    if actual is None:
        return NoRate.NO_ACTUAL
    if _in_doubt(placement, observation, unconfirmed):
        return NoRate.UNCONFIRMED
    of_target, of_actual = amount(placement.target.quantity), amount(actual)
    if isinstance(of_target, NoRate):
        return NoRate.NO_TARGET if of_target is NoRate.NO_ACTUAL else of_target
    if isinstance(of_actual, NoRate):
        return of_actual
    if of_target[1] != of_actual[1]:
        return NoRate.UNITS_DIFFER
    if of_target[0] == 0:
        return NoRate.TARGET_ZERO
    return Fraction(of_actual[0]) / Fraction(of_target[0])


def amount(quantity: Quantity) -> tuple[Decimal, str] | NoRate:
    """The number to calculate with, in the base unit (円 for 億円); or why there is none."""
    if quantity.kind is Kind.ABSENT:
        return NoRate.NO_TARGET if quantity.reason is Reason.NO_TARGET else NoRate.NO_ACTUAL
    if quantity.kind is Kind.COMPOSITE:
        main = quantity.main_part
        return NoRate.PARTS_UNDECIDED if main is None else amount(main)
    return quantity.base or NoRate.NO_NUMBER


def _in_doubt(placement: Placement, observation: Observation | None, unconfirmed: frozenset[str]) -> bool:
    """Whether a reading that the rate needs waits for a person; the baseline is not needed here."""
    return bool(
        placement.doubt("target")
        or placement.doubt("indicator")
        or f"{placement.key}.target" in unconfirmed
        or (observation and (observation.doubt("quantity") or f"{observation.key}.quantity" in unconfirmed))
    )


def _unconfirmed(plan: Plan) -> frozenset[str]:
    """The cells of joint readings that nobody has confirmed and that differ between the options."""
    return frozenset(
        cell.place
        for group in plan.joint_readings
        if not group.confirmed
        for cell in group.options[group.chosen].cells
        if len({*group.alternatives_for(cell.place), cell.text}) > 1
    )
