"""Whether the target is reached, and how the actual stands to target and start."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from sosei.plan.indicator import Direction
from sosei.scheme.actual import of_year
from sosei.scheme.case import Case
from sosei.scheme.choices import When
from sosei.scheme.direction import direction_in, is_lower
from sosei.scheme.model import Tolerance
from sosei.scheme.parts import parts_of
from sosei.scheme.picked import Picked
from sosei.scheme.quantity import Pair, compare, minus, pair_of, printed_unit, same_unit
from sosei.scheme.reasons import NoRate
from sosei.scheme.rules import Rules
from sosei.scheme.target import origin, pick_start, straight_path
from sosei.values import Kind, PartRole, Qualifier, Quantity, fold, same_text

_KEEP = re.compile("維持|継続|現状どおり|現状程度")
_STRICT_UP = re.compile("上回|超")
_STRICT_DOWN = re.compile("下回|未満")
_UP = re.compile("増|向上|上昇|拡大|延伸|高め|伸ば")
_DOWN = re.compile("減|低下|縮小|抑制|短縮|引き?下げ")
_BETTER = re.compile("改善")
_PREVIOUS = re.compile("前年|昨年|前回")
_START = re.compile("基準|現状|策定時|当初|現在")
_NOT_DONE = re.compile("未|なし|無し|検討|準備|調整|中止|予定|作業中|策定中|整備中|×|✕|いいえ")
_DONE = re.compile("達成|完了|済|実施|設置|策定|制定|導入|開設|開始|締結|整備|○|〇|◯|◎|有|はい")


WITH_START = frozenset(
    {
        When.ABOVE_BASELINE,
        When.IMPROVED,
        When.SAME,
        When.WITHIN_TOLERANCE,
        When.NOT_WORSE,
        When.WORSE,
    }
)
"""The steps that look at the baseline."""

_SAID = {"達成": True, "達成済": True, "達成済み": True, "未達成": False}


class Verdict(NamedTuple):
    """``reached`` None where it cannot be said; ``partly`` where only some parts of a target are reached."""

    reached: bool | None
    partly: bool = False


UNKNOWN = Verdict(None)


def verdict(case: Case, rules: Rules, year: int, target: Picked, actual: Picked) -> Verdict:
    """Whether ``actual`` reaches ``target``.

    未満 and 超 at the target are strict.  A word is reached by its meaning: 維持 against the baseline,
    前年より減少 against the year before, 設置 by being done.  Of several parts all must be reached.
    """
    wanted, got = target.quantity, actual.quantity
    if wanted is None or got is None or wanted.is_absent or got.is_absent:
        return UNKNOWN
    direction = direction_in(case, rules.scheme.quantity.direction)
    if target.how:
        return _of_numbers(target.value, actual.value, direction, ())
    if wanted.kind is Kind.TEXT:
        return Verdict(_of_word(case, rules, year, wanted, actual))
    if wanted.kind is Kind.RANGE:
        return Verdict(_within(case, wanted, actual))
    if got.kind is Kind.TEXT:
        return Verdict(_SAID.get(fold(got.text)))
    if parts := parts_of(case, wanted, got):
        each = [_reaches(p.target, p.actual, direction, p.target_quantity.qualifiers) for p in parts]
        return Verdict(all(each), any(each) and not all(each))
    if not same_unit(wanted, got):
        return UNKNOWN
    return _of_numbers(target.value, actual.value, direction, wanted.qualifiers)


def _of_numbers(
    target: Pair | NoRate, actual: Pair | NoRate, direction: Direction, qualifiers: tuple[Qualifier, ...]
) -> Verdict:
    if isinstance(target, NoRate) or isinstance(actual, NoRate):
        return UNKNOWN
    return Verdict(_reaches(target, actual, direction, qualifiers))


def _reaches(target: Pair, actual: Pair, direction: Direction, qualifiers: tuple[Qualifier, ...]) -> bool:
    """By number; a direction that was stated goes before a qualifier that contradicts it."""
    if direction is Direction.WITHIN:
        bound = abs(actual[0]), actual[1]
        return compare(bound, target) <= 0 if Qualifier.WITHIN in qualifiers else compare(actual, target) == 0
    beyond = -compare(actual, target) if is_lower(direction) else compare(actual, target)
    strict = Qualifier.LESS_THAN if is_lower(direction) else Qualifier.MORE_THAN
    return beyond > 0 or (beyond == 0 and strict not in qualifiers)


def _within(case: Case, target: Quantity, actual: Picked) -> bool | None:
    """Within a range, both ends included unless a word says otherwise (80未満)."""
    low, high = (
        next((p for p in target.parts if p.role is role), None) for role in (PartRole.FROM, PartRole.TO)
    )
    if low is None or high is None or isinstance(actual.value, NoRate):
        return None
    bounds = pair_of(low, case.unit), pair_of(high, case.unit)
    if isinstance(bounds[0], NoRate) or isinstance(bounds[1], NoRate):
        return None
    return _reaches(bounds[0], actual.value, Direction.RAISE, low.qualifiers) and _reaches(
        bounds[1], actual.value, Direction.LOWER, high.qualifiers
    )


def _of_word(case: Case, rules: Rules, year: int, target: Quantity, actual: Picked) -> bool | None:
    """A target in words against a number or a word."""
    text = fold(target.text)
    got = actual.quantity
    assert got is not None  # noqa: S101  (the caller has looked)
    if got.kind is Kind.TEXT:
        return _done(text, got.text)
    if isinstance(actual.value, NoRate):
        return None
    against = compared_with(case, rules, year, target, actual)
    if isinstance(against.value, NoRate):
        return None
    beyond = compare(actual.value, against.value)
    return _compared(text, beyond, is_lower(case.direction))


def compared_with(case: Case, rules: Rules, year: int, target: Quantity, actual: Picked) -> Picked:
    """What a target in words is compared with: last year's value (前年より減少), else the start (維持)."""
    if _PREVIOUS.search(target.text):
        return of_year(case, case.actuals.get(year - 1), year - 1)
    return origin(case, rules, year, actual)


def _compared(text: str, beyond: int, lower: bool) -> bool | None:
    """What the words of ``text`` say of a number that lies ``beyond`` (its sign) what they compare with."""
    tests = (
        (_KEEP, beyond <= 0 if lower else beyond >= 0),
        (re.compile("以上"), beyond >= 0),
        (re.compile("以下|以内"), beyond <= 0),
        (_STRICT_UP, beyond > 0),
        (_STRICT_DOWN, beyond < 0),
        (_UP, beyond > 0),
        (_DOWN, beyond < 0),
        (_BETTER, beyond < 0 if lower else beyond > 0),
    )
    return next((holds for words, holds in tests if words.search(text)), None)


def _done(target: str, actual: str) -> bool | None:
    """A word against a word: the same word, or one that says it is done, or that it is not."""
    if same_text(target, actual):
        return True
    said = fold(actual)
    if _NOT_DONE.search(said):
        return False
    return True if _DONE.search(said) or target in said else None


class Standing:
    """How an actual stands to target and start, asked step by step."""

    def __init__(self, case: Case, rules: Rules, year: int, target: Picked, actual: Picked) -> None:
        self.case, self.rules, self.year = case, rules, year
        self.target, self.actual = target, actual
        self.lower = is_lower(direction_in(case, rules.scheme.quantity.direction))

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the target is reached."""
        return verdict(self.case, self.rules, self.year, self.target, self.actual)

    def holds(self, when: When) -> bool:
        """Whether the step applies; False where what it needs is not known."""
        if when in _ON_VERDICT:
            return _ON_VERDICT[when](self)
        if when is When.STARTED:
            return self._started()
        if when is When.ABOVE_TARGET:
            return self._better_than(self.target)
        return self._on_path() if when is When.ON_PATH else self._against_start(when)

    def meets(self, steps: tuple[When, ...]) -> bool | None:
        """Whether all the steps apply; None where only a baseline that is not there could tell."""
        unknown = tuple(when for when in steps if when in WITH_START) if self._lacks_start else ()
        if not all(self.holds(when) for when in steps if when not in unknown):
            return False
        return None if unknown else True

    @cached_property
    def _lacks_start(self) -> bool:
        """Whether a number has no baseline to be compared with."""
        if not isinstance(self.actual.value, tuple):
            return False
        start = origin(self.case, self.rules, self.year, self.actual)
        return start.value in (NoRate.NO_BASELINE, NoRate.UNITS_DIFFER)

    @property
    def unit(self) -> int:
        """What one of the unit is that is printed at the target; where it is no number, at the actual."""
        wanted = self.target.quantity
        has_number = wanted is not None and wanted.kind in (Kind.NUMBER, Kind.RANGE)
        return printed_unit(wanted if has_number else self.actual.quantity, self.case.unit)[1]

    def _better(self, than: Pair) -> Pair:
        """By how much the actual is better: negative where it is worse."""
        assert isinstance(self.actual.value, tuple)  # noqa: S101  (the callers have looked)
        return minus(than, self.actual.value) if self.lower else minus(self.actual.value, than)

    def _better_than(self, than: Picked) -> bool:
        if isinstance(than.value, NoRate) or isinstance(self.actual.value, NoRate):
            return False
        if than.quantity and self.actual.quantity and not same_unit(than.quantity, self.actual.quantity):
            return False
        return self._better(than.value)[0] > 0

    def _on_path(self) -> bool:
        start = pick_start(self.case, self.rules, self.year, self.actual)
        due = straight_path(self.case, self.rules, self.year, start).value
        if isinstance(due, NoRate) or isinstance(self.actual.value, NoRate):
            return False
        return self._better(due)[0] >= 0

    def _started(self) -> bool:
        value, quantity = self.actual.value, self.actual.quantity
        if isinstance(value, tuple):
            return value[0] != 0
        return quantity is not None and quantity.kind is Kind.TEXT and not _NOT_DONE.search(quantity.text)

    @cached_property
    def _from_start(self) -> tuple[int, bool, bool] | None:
        """The sign of the gain on the start, and whether it is an improvement or a loss beyond the tolerance."""
        start = origin(self.case, self.rules, self.year, self.actual)
        if isinstance(start.value, NoRate) or isinstance(self.actual.value, NoRate):
            return None
        gap = self._better(start.value)
        tolerance = self.rules.scheme.grade.tolerance
        if tolerance is None:
            return gap[0], gap[0] > 0, gap[0] < 0
        width = tolerated(tolerance, start.value, self.unit)
        up = compare(gap, width)  # above 0: better by more than the tolerance
        down = compare((-gap[0], gap[1]), width)
        improved = up > 0 or (up == 0 and not tolerance.inclusive and gap[0] > 0)
        worse = down > 0 or (down == 0 and not tolerance.inclusive and gap[0] < 0)
        return gap[0], improved, worse

    def _against_start(self, when: When) -> bool:
        if self._from_start is None:
            return False
        gain, improved, worse = self._from_start
        if when is When.ABOVE_BASELINE:
            return gain > 0
        if when is When.IMPROVED:
            return improved
        if when is When.WORSE:
            return worse
        return not worse and not (when is When.SAME and improved)


def tolerated(tolerance: Tolerance | None, start: Pair, unit: int) -> Pair:
    """The width of what still counts as the same; points are in the indicator's ``unit`` (億円: 100000000)."""
    if tolerance is None:
        return 0, 1
    if tolerance.points is not None:
        numerator, denominator = tolerance.points.as_integer_ratio()
        return numerator * unit, denominator
    assert tolerance.percent is not None  # noqa: S101  (one of the two is given)
    numerator, denominator = tolerance.percent.as_integer_ratio()
    return abs(start[0]) * numerator, start[1] * denominator * 100


_ON_VERDICT: dict[When, Callable[[Standing], bool]] = {
    When.REST: lambda _: True,
    When.REACHED: lambda standing: standing.verdict.reached is True,
    When.PARTLY: lambda standing: standing.verdict.partly,
    When.MISSED: lambda standing: standing.verdict.reached is False and not standing.verdict.partly,
    When.NO_TARGET: lambda standing: standing.target.value is NoRate.NO_TARGET,
}
