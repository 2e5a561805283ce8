"""Which KPIs are called difficult (課題のあるKPI): one rule as data, and the same rule in words.

Headquarters and councils ask for a short list of what needs talking about (長岡市 資料1, 栗山町's
hearings, 美郷町's third class), and municipalities draw the line in three ways: the lowest class of
their own scale, worse than the baseline (山形県, 福岡市), below half (茨城県, 阿久比町, 富士市).  A
rate alone misleads where target and actual cover different spans or the period has just begun, so
what is on course is left out and named as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from sosei.checks.finding import Words
from sosei.plan.indicator import Direction
from sosei.scheme.choices import ClassOn, LowerRule, QuantityKind, When
from sosei.scheme.direction import direction_in, is_lower
from sosei.scheme.quantity import years_of
from sosei.scheme.readings import Reading
from sosei.scheme.result import Result
from sosei.values import Quantity, Span
from sosei.web.reading.reader import Elapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultRule:
    """The two numbers of the rule.

    ``rate_below``     percent: a rate below it makes a KPI difficult where the scheme has no classes.
    ``least_classes``  a scale with fewer classes says only reached or not, and is not looked at.
    """

    rate_below: Decimal = Decimal(50)
    least_classes: int = 3

    @property
    def words(self) -> Words:
        """The rule as a reader is told it."""
        return Words(
            "目標に達していない指標のうち、次のいずれかに当たるものです。"
            f"①評価区分が最も低い（{self.least_classes}段階以上の区分で評価する計画の場合）。"
            "②実績値が基準値より悪い。"
            f"③区分のない計画で、達成率が{self.rate_below}%未満（ただし、基準値からの進みが経過した期間の"
            "割合以上のものと、1年あたりにそろえると目標に届いているものを除く）。",
            "Indicators that have not reached their target and (1) are in the lowest class, where the plan"
            f" is evaluated in {self.least_classes} classes or more, (2) are worse than their baseline, or"
            f" (3) have a rate below {self.rate_below}% where there are no classes, unless their progress"
            " from the baseline keeps up with the time elapsed or they meet the target per year.",
        )


RULE: Final = DifficultRule()


@dataclass(frozen=True, slots=True)
class Difficulty:
    """``why`` a row is difficult, empty where it is not; ``on_course`` why a low rate does not make it so."""

    why: tuple[Words, ...] = ()
    on_course: Words | None = None

    @property
    def is_difficult(self) -> bool:
        """Whether the row is called difficult."""
        return bool(self.why)


NOT_DIFFICULT: Final = Difficulty()


def difficulty(
    result: Result, elapsed: Elapsed | None, baseline: Span | None = None, rule: DifficultRule = RULE
) -> Difficulty:
    """Whether a result is difficult, and why.

    ``elapsed`` is the plan's time that is over, ``baseline`` the years that the baseline adds up.
    """
    if result.reached is not False:
        return NOT_DIFFICULT
    why: list[Words] = []
    scale = scale_of(result)
    has_classes = len(scale) >= rule.least_classes
    if has_classes and result.grade == scale[-1]:
        why.append(Words(f"評価区分が最も低い「{result.grade}」", f'in the lowest class, "{result.grade}"'))
    if is_worse(result, baseline):
        why.append(Words("基準値より悪化", "worse than the baseline"))
    course = None
    rate = None if has_classes else _rate(result)
    if rate is not None and rate * 100 < Fraction(rule.rate_below):
        course = on_course(result, elapsed, baseline)
        if course is None:
            why.append(Words(f"達成率が{rule.rate_below}%未満", f"rate below {rule.rate_below}%"))
    return Difficulty(tuple(why), None if why else course)


def scale_of(result: Result) -> tuple[str, ...]:
    """The classes of the row's own scale from the best down; empty where there is none."""
    grade = result.rules.scheme.grade
    on_steps = grade.on in (ClassOn.STEPS, ClassOn.REACHED)
    bands = (grade.steps or grade.bands) if on_steps else grade.bands
    return tuple(dict.fromkeys(band.label for band in bands))


def is_worse(result: Result, baseline: Span | None) -> bool:
    """Whether the actual is worse than the baseline, both over the same length of time."""
    direction = direction_in(result.case, result.rules.scheme.quantity.direction)
    if direction in (Direction.WITHIN, Direction.DO):
        return False
    actual, start = result.actual.quantity, result.case.baseline
    if actual is None or start is None or "baseline" in result.case.unconfirmed:
        return False
    if not says_length(start, baseline) and spans_years(result.case.target):
        return False
    spans = length(start, baseline), length(actual, None)
    if spans[0] == spans[1]:
        return result.standing.holds(When.WORSE)
    return _is_worse_per_year(result, spans, is_lower(direction))


def _is_worse_per_year(result: Result, spans: tuple[Fraction | None, Fraction | None], lower: bool) -> bool:
    start, actual = result.start.value, result.actual.value
    if not isinstance(start, tuple) or not isinstance(actual, tuple) or spans[0] is None or spans[1] is None:
        return False
    gain = Fraction(*actual) / spans[1] - Fraction(*start) / spans[0]
    return gain > 0 if lower else gain < 0


def length(quantity: Quantity, span: Span | None) -> Fraction | None:
    """How many years a value adds up: its own period (／4か年), else its span; one where nothing is said.

    None for weeks and days.
    """
    if quantity.per is not None:
        return years_of(quantity.per)
    if span is not None and span.cumulative:
        return Fraction(span.last.year - span.first.year + 1)
    return Fraction(1)


def says_length(quantity: Quantity, span: Span | None) -> bool:
    """Whether a value says itself how many years it adds up."""
    return quantity.per is not None or (span is not None and span.cumulative)


def spans_years(target: Quantity | None) -> bool:
    """Whether a target is one over another time than a year (36件／4か年)."""
    return target is not None and length(target, None) != 1


def on_course(result: Result, elapsed: Elapsed | None, baseline: Span | None) -> Words | None:
    """What shows that a low rate is no cause for worry; None where nothing does."""
    readings = {reading.kind: reading for reading in result.readings()}
    adjusted = readings.get("period_adjusted")
    if adjusted is not None:
        if adjusted.ratio is None or adjusted.ratio < 1 or _lower(result):
            return None
        return Words(f"1年あたりにそろえると目標の{adjusted.text}", f"{adjusted.text} of the target per year")
    progress = readings["progress"]
    start = result.case.baseline
    if progress.ratio is None or elapsed is None or start is None or result.actual.quantity is None:
        return None
    if length(start, baseline) != length(result.actual.quantity, None):
        return None
    if progress.ratio < Fraction(elapsed.done, elapsed.years):
        return None
    return Words(
        f"基準値からの進みは{progress.text}で、{elapsed.years}年のうち{elapsed.done}年の経過に見合っている",
        f"progress from the baseline is {progress.text}, which keeps up with {elapsed.done} of"
        f" {elapsed.years} years",
    )


def _rate(result: Result) -> Fraction | None:
    """The scheme's own rate where a high one is good, else the share of the target; 1 is 100 %."""
    kind, scheme = result.rules.kind, result.rules.scheme
    plain = kind in (QuantityKind.RATIO, QuantityKind.PROGRESS)
    turned = (
        _lower(result) and kind is QuantityKind.RATIO and scheme.quantity.lower is not LowerRule.TWO_MINUS
    )
    if plain and not turned:
        return result.ratio
    wanted = "target_over_actual" if _lower(result) else "ratio"
    readings: dict[str, Reading] = {reading.kind: reading for reading in result.readings()}
    found = readings.get(wanted)
    return found.ratio if found else None


def _lower(result: Result) -> bool:
    return is_lower(direction_in(result.case, result.rules.scheme.quantity.direction))
