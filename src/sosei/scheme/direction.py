"""Decision 2: which way is better, as the row says or as its figures tell."""

from __future__ import annotations

from sosei.plan.indicator import Direction
from sosei.scheme.case import Case
from sosei.scheme.choices import DirectionChoice
from sosei.scheme.quantity import compare, pair_of, same_unit
from sosei.values import Kind, Qualifier, Quantity

_UPPER = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.WITHIN})
_AT_LEAST = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
_LOWER_IS_BETTER = frozenset({Direction.LOWER, Direction.AT_MOST, Direction.RANK})


def direction_in(case: Case, choice: DirectionChoice) -> Direction:
    """The direction the scheme settles; by default the row's own."""
    return direction_of(case) if choice is DirectionChoice.INDICATOR else Direction(choice.value)


def direction_of(case: Case) -> Direction:
    """The row's direction; where it says none, what baseline and target tell.

    A range is kept within, 位 is a rank, a word is done or not.  25人以下 under a baseline that is
    higher is to be lowered, else kept; in the same way 80%以上 is raised or kept.  Baseline and target
    alike: keep at least; no baseline: raise.
    """
    if case.direction is not Direction.UNDECIDED:
        return case.direction
    target = case.target or (case.targets[max(case.targets)] if case.targets else None)
    if target is None:
        return Direction.RAISE
    if target.kind is Kind.RANGE:
        return Direction.WITHIN
    if target.kind is Kind.TEXT:
        return Direction.TEXT
    if target.unit == "位" or (not target.unit and case.unit == "位"):
        return Direction.RANK
    way = _way(case.baseline, target, case.unit)
    if any(qualifier in _UPPER for qualifier in target.qualifiers):
        return Direction.LOWER if way < 0 else Direction.AT_MOST
    if way == 0 or (way < 0 and any(qualifier in _AT_LEAST for qualifier in target.qualifiers)):
        return Direction.AT_LEAST
    return Direction.LOWER if way < 0 else Direction.RAISE


def is_lower(direction: Direction) -> bool:
    """Whether less is better."""
    return direction in _LOWER_IS_BETTER


def _way(baseline: Quantity | None, target: Quantity, unit: str) -> int:
    """Above 0 where the target lies above the baseline or there is none to compare with, below 0 below it."""
    if baseline is None or not same_unit(baseline, target):
        return 1
    start, end = pair_of(baseline, unit), pair_of(target, unit)
    return compare(end, start) if isinstance(start, tuple) and isinstance(end, tuple) else 1
