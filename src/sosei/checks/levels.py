"""Baseline and target of a row side by side: whether they can be compared, and which way is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sosei.checks.amounts import step
from sosei.checks.dossier import Row
from sosei.plan.indicator import Direction, Value
from sosei.values import Kind, Qualifier, Quantity, fold
from sosei.values.folding import compact

_UPWARD = {Direction.RAISE, Direction.AT_LEAST}
_DOWNWARD = {Direction.LOWER, Direction.AT_MOST}
_FLOOR = {Qualifier.AT_LEAST, Qualifier.MORE_THAN}
_CEILING = {Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.WITHIN}
_CHANGE = {Qualifier.INCREASE, Qualifier.DECREASE}
_PERCENT = ("%", "パーセント", "ポイント", "割")


@dataclass(frozen=True, slots=True)
class Levels:
    """Baseline and target as numbers without scale; ``periods`` are the years that each covers, None
    where nothing is printed of it.
    """

    baseline: Fraction
    target: Fraction
    periods: tuple[int | None, int | None]

    @property
    def same_period(self) -> bool:
        """Whether both stand for the same length of time; a bare number beside ／年 is taken for a year's."""
        first, second = (period or 1 for period in self.periods)
        return self.periods[0] == self.periods[1] or first == second == 1

    @property
    def a_year(self) -> tuple[Fraction, Fraction] | None:
        """Baseline and target for one year; None where one of them does not say its period."""
        first, second = self.periods
        if not first or not second:
            return None
        return self.baseline / first, self.target / second

    @property
    def better(self) -> int:
        """1 where the target lies above the baseline, -1 below it, 0 where they are equal."""
        return (self.target > self.baseline) - (self.target < self.baseline)


def levels_of(row: Row) -> Levels | None:
    """The numbers of a row; None where one is missing, or they are of different units or kinds."""
    baseline, target = row.placement.baseline, row.placement.target
    if baseline is None or target is None:
        return None
    first, second = baseline.quantity, target.quantity
    if first.kind is not Kind.NUMBER or second.kind is not Kind.NUMBER:
        return None
    if first.base is None or second.base is None or not _alike(first, second):
        return None
    return Levels(Fraction(first.base[0]), Fraction(second.base[0]), (years_of(baseline), years_of(target)))


def years_of(value: Value) -> int | None:
    """The number of years that a value adds up: 4 for 36件／4か年; None where nothing says so."""
    per = value.quantity.per
    if per is not None:
        return per.count if per.unit == "年" else None
    span = value.span
    if span is None or not span.cumulative or span.last.year < span.first.year:
        return None
    return span.last.year - span.first.year + 1


def is_relative(quantity: Quantity) -> bool:
    """Whether the number is a share: %, ポイント, 割."""
    return fold(quantity.unit).startswith(_PERCENT)


def aim(row: Row) -> int:
    """1 where more is better, -1 where less is, 0 where nobody has said so."""
    if bound(row):
        return bound(row)
    if row.indicator.direction in _UPWARD:
        return 1
    return -1 if row.indicator.direction in _DOWNWARD else 0


def bound(row: Row) -> int:
    """What the words at the target say: 1 for 以上, -1 for 以下 and 未満, 0 where there are none."""
    words = set(row.target.qualifiers) if row.target else set()
    if words & _FLOOR:
        return 1
    return -1 if words & _CEILING else 0


def is_bounded(row: Row) -> bool:
    """Whether the target is a limit to keep to, not a height to reach."""
    return bool(bound(row)) or row.indicator.direction in (Direction.AT_LEAST, Direction.AT_MOST)


def is_unconfirmed(row: Row, *fields: str) -> bool:
    """Whether one of these cells, or what its indicator is, has an open doubt."""
    return any(row.placement.doubt(field) for field in (*fields, "indicator"))


def own_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows without those that repeat baseline and target of the same indicator."""
    seen: set[tuple[str, str, str]] = set()
    kept: list[Row] = []
    for row in rows:
        mark = (row.indicator.key, compact(str(row.baseline)), compact(str(row.target)))
        if mark not in seen:
            seen.add(mark)
            kept.append(row)
    return kept


def same_number(first: Quantity, second: Quantity) -> bool:
    """Whether two printed values can be one number, one of them printed less exactly."""
    if first.base is None or second.base is None:
        return compact(str(first)) == compact(str(second))
    widest = max(step(first), step(second))
    apart = abs(Fraction(first.base[0]) - Fraction(second.base[0]))
    exact = step(first) == step(second)
    return apart == 0 if exact else apart < widest


def _alike(first: Quantity, second: Quantity) -> bool:
    units = {compact(first.unit), compact(second.unit)} - {""}
    changes = [_CHANGE & set(quantity.qualifiers) for quantity in (first, second)]
    pers = [quantity.per.unit for quantity in (first, second) if quantity.per is not None]
    odd = any(unit != "年" for unit in pers) and len(pers) < 2
    return len(units) < 2 and changes[0] == changes[1] and len(set(pers)) < 2 and not odd
