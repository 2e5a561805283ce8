"""The result of one row and year: rate and class at once, everything said about them on demand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from sosei.scheme.actual import pick_actual
from sosei.scheme.choices import LowerRule, Parts, QuantityKind, When
from sosei.scheme.classes import class_band, grade_of, lacks_baseline
from sosei.scheme.explain import explain
from sosei.scheme.judge import Standing, Verdict
from sosei.scheme.model import NoValueRule
from sosei.scheme.parts import parts_of
from sosei.scheme.printing import signed_text
from sosei.scheme.quantity import Pair, compare, fraction, printed_unit, ratio
from sosei.scheme.readings import Reading, readings_of
from sosei.scheme.reasons import ABSENCES, REASONS, NoRate
from sosei.scheme.rounding import decimal, whole
from sosei.scheme.target import pick_start, pick_target
from sosei.values import When as Year
from sosei.values import era_text, same_text

if TYPE_CHECKING:
    from sosei.scheme.case import Case, Judgement
    from sosei.scheme.picked import Picked
    from sosei.scheme.rules import Bounds, Rules
    from sosei.values import Quantity

_ABSENT = NoValueRule()


class Result:
    """The rate and class of one row for a year.

    ``outcome`` is the exact rate as numerator and denominator, or why there is none; ``rate`` the
    same in percent with its printed digits (a gap in the indicator's own unit); ``computed_grade``
    the class by the rules.  The rest is worked out when asked for.
    """

    __slots__ = ("__dict__", "case", "computed_grade", "outcome", "rate", "rules", "year")

    def __init__(self, case: Case, rules: Rules, year: int, outcome: Pair | NoRate) -> None:
        self.case = case
        self.rules = rules
        self.year = year
        self.outcome = outcome
        self.rate: Decimal | None = self._rate(outcome) if type(outcome) is tuple else None
        self.computed_grade = grade_of(self)

    @cached_property
    def actual(self) -> Picked:
        """The actual that was used."""
        return pick_actual(self.case, self.rules, self.year)

    @cached_property
    def start(self) -> Picked:
        """Where progress and a straight path begin."""
        return pick_start(self.case, self.rules, self.year, self.actual)

    @cached_property
    def target(self) -> Picked:
        """The target that was used."""
        return pick_target(self.case, self.rules, self.year, self.start)

    @property
    def placement(self) -> str:
        """The row's id; of a plan the key of the placement."""
        return self.case.id

    @property
    def ratio(self) -> Fraction | None:
        """The exact rate before limits and rounding, 1 is 100 %; None where ``no_rate`` says why."""
        return None if isinstance(self.outcome, NoRate) else fraction(self.outcome)

    @property
    def no_rate(self) -> NoRate | None:
        """Why there is no rate."""
        return self.outcome if isinstance(self.outcome, NoRate) else None

    @property
    def cause(self) -> str:
        """The finer reason why there is no rate: counting, ended ...; empty where there is one, unless it
        is a class by steps that has no baseline.
        """
        if self.no_rate in (None, NoRate.WORD) and lacks_baseline(self):
            return str(NoRate.NO_BASELINE)
        if self.no_rate is None:
            return ""
        value = self.actual if self.no_rate is NoRate.NO_ACTUAL else self.target
        if self.no_rate in (NoRate.NO_ACTUAL, NoRate.NO_TARGET) and value.quantity is not None:
            return str(value.quantity.reason or self.no_rate)
        return str(self.no_rate)

    @property
    def no_value(self) -> NoValueRule:
        """How the scheme shows and counts this reason; a blank cell is also found under not_due."""
        given = self.rules.scheme.no_value
        names = (self.cause, str(self.no_rate), "not_due" if self.actual.quantity is None else "")
        return next((given[name] for name in names if name in given), _ABSENT)

    def reason(self, language: str) -> str:
        """Why there is no rate, or no class by steps, in words; empty where nothing is missing."""
        missing = NoRate.NO_BASELINE if self.cause == NoRate.NO_BASELINE else self.no_rate
        if missing is None:
            return ""
        english = language == "en"
        said = REASONS[missing][english]
        quantity = self.actual.quantity if self.no_rate is NoRate.NO_ACTUAL else None
        if quantity is not None and quantity.reason is not None:
            absence = ABSENCES[quantity.reason][english]
            said += f" ({absence})" if english else f"（{absence}）"
        if again := self.no_value.ask_again:
            said += f"; ask again: {again}" if english else f"。次の確認: {again}"
        return said

    @property
    def judgement(self) -> Judgement | None:
        """The class a person decided, with the reason; None where nobody did."""
        return self.case.judged.get(self.year)

    @property
    def grade(self) -> str | None:
        """The class shown: the judged one where there is one, else the computed one."""
        judgement = self.judgement if self.case.judged else None
        return judgement.grade if judgement else self.computed_grade

    @property
    def printed(self) -> Quantity | None:
        """The rate as published; None where none was."""
        return self.case.printed.get(self.year)

    @property
    def printed_grade(self) -> str:
        """The class as published; empty where none was."""
        return self.case.grades.get(self.year, "")

    @property
    def agrees(self) -> bool | None:
        """Whether the published rate is the recomputed one; None where none was published."""
        if self.printed is None:
            return None
        if (word := self._word) is not None:
            return same_text(self.printed.text, word)
        if self.rate is None and same_text(self.printed.text, self._symbol):
            return True
        return self.printed.number == self.rate

    @property
    def grade_agrees(self) -> bool | None:
        """Whether the published class is the one shown; None where none was published."""
        return same_text(self.printed_grade, self.grade or "") if self.printed_grade else None

    @property
    def is_older(self) -> bool:
        """Whether the actual is an older year's value."""
        return self.actual.older

    @cached_property
    def band(self) -> Bounds | NoRate | None:
        """The band or step that decides the class, see ``class_band``."""
        return class_band(self)

    @cached_property
    def standing(self) -> Standing:
        """How the actual stands to target and start."""
        return Standing(self.case, self.rules, self.year, self.target, self.actual)

    @cached_property
    def _verdict(self) -> Verdict:
        if self.no_rate in (NoRate.UNCONFIRMED, NoRate.EARLIER_EDITION, NoRate.SAME_MEASUREMENT):
            return Verdict(None)
        return self.standing.verdict

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where it cannot be said.  Partly reached is not reached."""
        return self._verdict.reached

    @property
    def partly(self) -> bool:
        """Whether some parts of a composite target are reached and others are not."""
        return self._verdict.partly

    @property
    def verdict_word(self) -> str:
        """達成, 一部達成, 未達成 in the scheme's words; empty where it cannot be said."""
        words = self.rules.scheme.quantity.words
        if self.partly:
            return words.partly
        return {True: words.reached, False: words.missed, None: ""}[self.reached]

    @property
    def text(self) -> str:
        """The rate as the scheme prints it: 103%, 100%超, （75.0% R4）, 達成, or the symbol for none."""
        word = self._word
        if word is None:
            word = self._symbol if self.rate is None else self._number(self.rate)
        if self.is_older and self.rules.scheme.actual.bracket_older and self.no_rate is None:
            year = self.actual.year
            return f"（{word} {era_text(Year(year=year), short=True)}）" if year else f"（{word}）"
        return word

    @property
    def _symbol(self) -> str:
        rule = self.no_value
        if not rule.reached and not rule.missed:
            return rule.symbol
        return {True: rule.reached, False: rule.missed, None: ""}[self.reached] or rule.symbol

    @property
    def number_text(self) -> str:
        """The rate as a number, without the texts that may stand for it; empty where there is none."""
        return "" if self.rate is None else self._number(self.rate)

    @property
    def _word(self) -> str | None:
        """What is printed instead of a number; None where a number is."""
        scheme = self.rules.scheme
        if isinstance(self.outcome, NoRate):
            if self.outcome is NoRate.WORD:
                return (
                    self._direction_word()
                    if self.rules.kind is QuantityKind.DIRECTION
                    else self.verdict_word or None
                )
            return self._part_rates() if scheme.quantity.parts is Parts.EACH else None
        if text := self._limit_text(self.outcome):
            return text
        if self.is_excess:
            assert self.rate is not None  # noqa: S101  (an outcome has one)
            words = scheme.quantity.words
            return words.reached if self.outcome[0] <= 0 else self._number(self.rate) + words.excess
        return None

    def _limit_text(self, outcome: Pair) -> str:
        """What stands for a rate beyond the limits; empty within them."""
        limits = self.rules.scheme.limits
        if limits.below_text and compare(outcome, _limit(limits.floor, 0, self.rules)) < 0:
            return limits.below_text
        if limits.above_text and compare(outcome, _limit(limits.cap, 100, self.rules)) > 0:
            return limits.above_text
        return ""

    @property
    def is_excess(self) -> bool:
        """Whether the rate is an excess over the target (n%超過)."""
        return (
            self.rules.lower is LowerRule.EXCESS
            and self.rules.kind is QuantityKind.RATIO
            and self.standing.lower
        )

    def _direction_word(self) -> str | None:
        words = self.rules.scheme.quantity.words
        said = ((When.IMPROVED, words.improved), (When.SAME, words.same), (When.WORSE, words.worse))
        return next((word for when, word in said if self.standing.holds(when)), None)

    def _part_rates(self) -> str | None:
        rates = [
            ratio(each.actual, each.target)
            for each in parts_of(self.case, self.target.quantity, self.actual.quantity)
        ]
        texts = [
            self._limit_text(rate) or self._number(self._rate(rate))
            for rate in rates
            if isinstance(rate, tuple)
        ]
        return "・".join(texts) or None

    def _number(self, number: Decimal) -> str:
        rounding = self.rules.scheme.rounding
        text = signed_text(number, rounding)
        if self.rules.kind is not QuantityKind.GAP:
            return text + rounding.suffix
        return ("+" if number > 0 else "") + text + printed_unit(self.target.quantity, self.case.unit)[0]

    @property
    def digits(self) -> int:
        """How many decimals the rate is printed with."""
        digits = self.rules.digits
        if digits is None:
            printed = self.printed
            shown = printed.decimals if printed is not None else None
            return self.rules.scheme.rounding.digits if shown is None else shown
        return digits

    def _rate(self, outcome: Pair) -> Decimal:
        rules = self.rules
        if rules.limited:
            outcome = _limited(outcome, rules)
        digits = rules.digits
        if digits is None:
            digits = self.digits
            scale: int = 10**digits
        else:
            scale = rules.scale
        if rules.kind is not QuantityKind.GAP:
            scale *= 100
        return decimal(whole(outcome[0] * scale, outcome[1], rules.mode), digits)

    def rounded(self, outcome: Pair) -> Pair:
        """``outcome`` cut to the printed digits, as a pair again."""
        factor: int = 10**self.digits * (1 if self.rules.kind is QuantityKind.GAP else 100)
        return whole(outcome[0] * factor, outcome[1], self.rules.mode), factor

    @property
    def effect(self) -> str | None:
        """The effect class a rule proposes for a grant project; a person's judgement stands above it."""
        return proposed_effect(self)

    def explanation(self, language: str) -> str:
        """The worked calculation in words (計算の根拠)."""
        return explain(self, language)

    def readings(self) -> tuple[Reading, ...]:
        """Other ways to read the same figures, so that one rate misleads nobody."""
        return readings_of(self)


def proposed_effect(result: Result) -> str | None:
    """The first effect band that holds; None without bands or without an actual."""
    for bounds in result.rules.effects:
        has_limits = bounds.low is not None or bounds.high is not None
        if has_limits and (isinstance(result.outcome, NoRate) or not bounds.holds(result.outcome)):
            continue
        if result.actual.quantity is None or result.actual.quantity.is_absent:
            return None
        holds = result.standing.meets(bounds.when)
        if holds is not False:
            return bounds.band.label if holds else None
    return None


def _limit(limit: Decimal | None, otherwise: int, rules: Rules) -> Pair:
    """A limit as a pair: of a percentage its hundredth, of a gap itself."""
    numerator, denominator = (Decimal(otherwise) if limit is None else limit).as_integer_ratio()
    return numerator, denominator * (1 if rules.kind is QuantityKind.GAP else 100)


def _limited(outcome: Pair, rules: Rules) -> Pair:
    limits = rules.scheme.limits
    if limits.floor is not None and compare(outcome, low := _limit(limits.floor, 0, rules)) < 0:
        return low
    if limits.cap is not None and compare(outcome, high := _limit(limits.cap, 100, rules)) > 0:
        return high
    return outcome
