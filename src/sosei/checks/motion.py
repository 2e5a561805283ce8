"""How far a row has come from its baseline to its target, beside the rate that is shown for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sosei.checks.dossier import Dossier, Row
from sosei.checks.lengths import unequal
from sosei.plan.indicator import Direction
from sosei.scheme.choices import QuantityKind
from sosei.values import Kind, Quantity, fold

_KEPT = frozenset({Direction.AT_LEAST, Direction.AT_MOST, Direction.WITHIN, Direction.DO, Direction.TEXT})
LESS = frozenset({Direction.LOWER, Direction.RANK})


@dataclass(frozen=True, slots=True)
class Motion:
    """A row that is to be moved and has a rate: rate in percent, as shown, and the way from the baseline.

    ``progress`` is 1 at the target, 0 at the baseline, negative where the value became worse; None
    without a baseline.
    """

    row: Row
    rate: Decimal
    rate_text: str
    progress: Fraction | None

    @property
    def ja(self) -> str:
        """The row in a sentence: name 15件→14件（47%）."""
        start = f"{self.row.baseline}→" if self.progress is not None else ""
        return f"{self.row.name} {start}{self.row.actual}（{self.rate_text}）"

    @property
    def en(self) -> str:
        """The row in an English sentence."""
        start = f"{self.row.baseline} → " if self.progress is not None else ""
        return f"{self.row.name} {start}{self.row.actual} ({self.rate_text})"


def motions(dossier: Dossier) -> Sequence[Motion]:
    """The motion of each indicator that has a target, an actual of the year and a rate.

    Indicators whose values cover periods of different length are left out (PER01 tells), and those
    that are only to be kept.
    """
    return dossier.gathered(_motions)


def _motions(dossier: Dossier) -> Sequence[Motion]:
    found = (
        next((motion for row in rows if (motion := _motion(row)) is not None), None)
        for rows in dossier.rows_of_indicator.values()
    )
    return tuple(motion for motion in found if motion is not None)


def _motion(row: Row) -> Motion | None:
    target, actual = row.target, row.actual
    if target is None or actual is None or row.indicator.direction in _KEPT:
        return None
    if actual.bracketed or actual.year or not _alike(target, actual) or unequal(row):
        return None
    rate = _rate(row)
    if rate is None:
        return None
    start = row.baseline
    if start is None or start.is_absent:
        return Motion(row, *rate, None)
    way = _progress(row, start, target, actual)
    return None if way is None else Motion(row, *rate, way)


def _rate(row: Row) -> tuple[Decimal, str] | None:
    """The rate in percent and as shown: the printed one, else the ratio that the scheme makes."""
    if row.rate is not None:
        number = row.rate.number
        return None if number is None or fold(row.rate.unit) not in ("%", "") else (number, str(row.rate))
    result = row.result
    if result is None or result.rate is None or result.rules.kind is not QuantityKind.RATIO:
        return None
    return None if result.is_excess else (result.rate, result.number_text)


def _progress(row: Row, start: Quantity, target: Quantity, actual: Quantity) -> Fraction | None:
    """None where the target is no step forward from the baseline."""
    if not _alike(start, target) or start.base is None or target.base is None or actual.base is None:
        return None
    way = Fraction(target.base[0]) - Fraction(start.base[0])
    less = row.indicator.direction in LESS
    against = row.indicator.direction is not Direction.UNDECIDED and (way < 0) != less
    if not way or against:
        return None
    return (Fraction(actual.base[0]) - Fraction(start.base[0])) / way


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether both are single numbers in one unit (a missing unit fits any)."""
    if one.kind is not Kind.NUMBER or other.kind is not Kind.NUMBER:
        return False
    if one.base is None or other.base is None:
        return False
    units = {fold(one.unit), fold(other.unit)} - {""}
    return len(units) < 2
