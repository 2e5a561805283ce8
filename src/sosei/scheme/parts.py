"""Several numbers in one cell (男 80, 女 84): which part of the actual belongs to which of the target."""

from __future__ import annotations

from typing import NamedTuple

from sosei.scheme.case import Case
from sosei.scheme.quantity import Pair, pair_of
from sosei.values import Kind, PartRole, Quantity


class Part(NamedTuple):
    """A pair of parts; ``label`` is empty where the cells name none."""

    label: str
    target: Pair
    actual: Pair
    target_quantity: Quantity
    actual_quantity: Quantity


def parts_of(case: Case, target: Quantity | None, actual: Quantity | None) -> tuple[Part, ...]:
    """The parts by their labels where both cells name them alike, else in order; empty where they do not fit.

    The parts of a total (49人（夏版27人 春版22人）) are no targets of their own, only lists are.
    """
    if target is None or actual is None or not _is_list(target) or not _is_list(actual):
        return ()
    if len(target.parts) != len(actual.parts):
        return ()
    by_label = {each.label: each for each in actual.parts}
    named = set(by_label) == {each.label for each in target.parts} and len(by_label) == len(target.parts)
    found = []
    for wanted, beside in zip(target.parts, actual.parts, strict=True):
        got = by_label[wanted.label] if named else beside
        numbers = pair_of(wanted, case.unit), pair_of(got, case.unit)
        if not isinstance(numbers[0], tuple) or not isinstance(numbers[1], tuple):
            return ()
        found.append(Part(wanted.label or got.label, numbers[0], numbers[1], wanted, got))
    return tuple(found)


def _is_list(quantity: Quantity) -> bool:
    return (
        quantity.kind is Kind.COMPOSITE
        and quantity.main is None
        and not any(each.role in (PartRole.TOTAL, PartRole.YEAR) for each in quantity.parts)
    )
