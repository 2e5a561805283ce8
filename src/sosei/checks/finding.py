"""What a rule finds: the strings that disagree, where they stand, why it matters, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sosei.values import Words

if TYPE_CHECKING:
    from sosei.checks.registry import Rule

__all__ = ["Family", "Finding", "Found", "Place", "Severity", "Words"]


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # two printed figures cannot both be right
    WARNING = "warning"  # somebody must look at the source or decide
    INFO = "info"  # a reader may be misled or slowed down

    @property
    def label(self) -> Words:
        """誤り, 要確認, 参考."""
        return {
            "error": Words("誤り", "error"),
            "warning": Words("要確認", "to be checked"),
            "info": Words("参考", "for information"),
        }[self.value]

    @property
    def weight(self) -> int:
        """0 for the heaviest: the order in which findings are read."""
        return list(Severity).index(self)


class Family(StrEnum):
    """The twelve families of checks; the value is the beginning of their rules' codes."""

    ARITHMETIC = "SUM"
    RATE = "RAT"
    COUNTS = "CNT"
    TWINS = "TWN"
    TARGET = "TGT"
    PERIOD = "PER"
    DIRECTION = "DIR"
    MISLEADING = "MIS"
    UNITS = "UNT"
    MISSING = "ABS"
    TEXT = "TXT"
    EDITORIAL = "EDT"

    @property
    def label(self) -> Words:
        """What a person calls the family."""
        return _FAMILIES[self]


_FAMILIES = {
    Family.ARITHMETIC: Words("数値どうしの計算", "arithmetic between cells"),
    Family.RATE: Words("達成率の検算", "printed rate against recomputed"),
    Family.COUNTS: Words("文中の件数", "counts in prose against rows"),
    Family.TWINS: Words("同じ指標の食い違い", "same indicator, two values"),
    Family.TARGET: Words("目標値と基準値", "target against baseline"),
    Family.PERIOD: Words("期間と年", "periods"),
    Family.DIRECTION: Words("望ましい向き", "direction"),
    Family.MISLEADING: Words("誤解を招く達成率", "rate that misleads"),
    Family.UNITS: Words("単位と桁", "units and digits"),
    Family.MISSING: Words("欠けているもの", "missing"),
    Family.TEXT: Words("文章と数値", "text against number"),
    Family.EDITORIAL: Words("表記", "editorial"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands, as a person finds it.

    ``key``        the record that holds it (a placement, element, activity, chapter ...).
    ``page``       the source's page, where it is known.
    ``path``       the printed labels: 基本目標１/施策①, 第1章/2.
    ``indicator``  the indicator's name as printed there; empty where the place is none.
    ``field``      baseline, target, actual:R6, printed:R6, name, done, evaluation ...
    ``text``       the string there that takes part in the disagreement.
    ``divisions``  the divisions (担当課) that answer for the place.
    """

    key: str
    field: str
    text: str
    page: int | None = None
    path: str = ""
    indicator: str = ""
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule yields: the message that names the strings, the places, and a severity of its own
    where this case weighs more or less than the rule's.
    """

    message: Words
    places: tuple[Place, ...]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the review: what a rule found, with what the rule says about it."""

    rule: Rule
    message: Words
    places: tuple[Place, ...]
    severity: Severity

    @property
    def code(self) -> str:
        """The rule's stable code."""
        return self.rule.code

    @property
    def family(self) -> Family:
        """The rule's family."""
        return self.rule.family

    @property
    def why(self) -> Words:
        """Why it matters."""
        return self.rule.why

    @property
    def mend(self) -> Words:
        """How to mend it."""
        return self.rule.mend
