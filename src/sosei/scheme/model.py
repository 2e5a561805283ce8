"""A scheme (評価方式): the decisions a municipality makes when it computes achievement.

The fields follow the eleven decisions found in the practice of some 115 municipalities; the
values listed are those that are implemented.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from sosei.plan.base import Model


class Measure(StrEnum):
    """Decision 1: what is computed."""

    RATIO = "ratio"  # actual / target


class TargetChoice(StrEnum):
    """Decision 3: against which target."""

    FINAL = "final"


class ActualChoice(StrEnum):
    """Decision 4: which actual."""

    THIS_YEAR = "this_year"


class RoundingMode(StrEnum):
    """Decision 7: what happens to the digits beyond."""

    HALF_UP = "half_up"  # 四捨五入
    CUT = "cut"  # 切捨て


class DigitsFrom(StrEnum):
    """Decision 7: where the number of digits comes from."""

    FIXED = "fixed"
    PRINTED = "printed"  # as many as the cell's published rate shows; ``digits`` where none was published


class Rounding(Model):
    """How a percentage is cut to its printed digits."""

    mode: RoundingMode = RoundingMode.HALF_UP
    digits: int = Field(default=0, ge=0, le=6)
    digits_from: DigitsFrom = DigitsFrom.FIXED


class Scheme(Model):
    """A municipality's way of computing achievement; decisions 2, 5, 6 and 8 to 11 take their plain form.

    2 direction: the ratio is taken as it is, whichever way is better; 5 start: none; 6 limits:
    none; 8 class: none; 9 no value: no rate, with the reason; 10 roll-up: the ``share`` of reached
    indicators; 11 outside view: none.
    """

    name: str
    source: str = ""
    measure: Measure = Measure.RATIO
    target: TargetChoice = TargetChoice.FINAL
    actual: ActualChoice = ActualChoice.THIS_YEAR
    rounding: Rounding = Rounding()
    share: Rounding = Rounding(digits=1)
