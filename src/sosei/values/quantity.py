"""A quantity (値) as a municipality prints it: the text and the exact number side by side.

The text is what stands in the cell, to the character.  Everything else is a
reading of it.  ``str(quantity)`` gives the text back, always.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar

from sosei.values.exact import PlainDecimal
from sosei.values.problem import Problem
from sosei.values.scales import POWERS, scaled


class Kind(StrEnum):
    """What a cell holds."""

    NUMBER = "number"  # one exact number
    COMPOSITE = "composite"  # several numbers in one cell, see ``parts``
    RANGE = "range"  # from ... to, see ``parts``
    TEXT = "text"  # a word that is the value: 設置, 維持
    ABSENT = "absent"  # no value, see ``reason``
    DAMAGED = "damaged"  # something stood here that cannot be read with certainty


class Reason(StrEnum):
    """Why there is no number (値がない理由)."""

    NO_BASELINE = "no_baseline"  # ― in a baseline column
    NO_TARGET = "no_target"  # no target was set
    NOT_MEASURED = "not_measured"  # - : not measured, or not measurable, this year
    NOT_DUE = "not_due"  # blank: the year has not come
    COUNTING = "counting"  # 集計中, 調査中
    NOT_PUBLISHED = "not_published"  # 未集計, 未公表
    STARTS_LATER = "starts_later"  # 次年度以降
    ENDED = "ended"  # 終了, 廃止
    UNKNOWN = "unknown"  # … , 不明: absent, and the source does not say why


class Qualifier(StrEnum):
    """A word that bounds or colours a number; the value is the word as folded."""

    AT_LEAST = "以上"
    AT_MOST = "以下"
    LESS_THAN = "未満"
    MORE_THAN = "超"
    WITHIN = "以内"
    BRACKET = "台"  # 25,000人台: the band that starts at the number
    ABOUT = "約"
    ROUGHLY = "程度"
    TOTAL = "延べ"
    CUMULATIVE = "累計"
    INCREASE = "増加"
    DECREASE = "減少"
    PROVISIONAL = "速報"
    EXPECTED = "見込"
    ESTIMATED = "推計"
    FINAL = "確定"


class PartRole(StrEnum):
    """What a part of a composite value is to the whole."""

    TOTAL = "total"  # 49人 in 49人（夏版27人 春版22人）
    BREAKDOWN = "breakdown"  # 夏版27人
    YEAR = "year"  # 19 in 19(65)
    RUNNING_TOTAL = "running_total"  # 65 in 19(65)
    FROM = "from"
    TO = "to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Per:
    """A quantity's own period (／年, /4年, ／１か年, 年 in 年3回): the words as printed and its length.

    ``count`` is the number of units of ``unit`` (年, 月, 週, 日); 1 where no count is printed.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    text: str
    count: int = 1
    unit: str = "年"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value as printed and as read.

    ``text``        the characters as printed, never changed.
    ``number``      exact, in the printed scale: 2812 for 2,812千円, 1241.55 for
                    1,241億5,500万円, -10 for △10人; its exponent keeps the printed digits (7.70).
                    Only where there is one number to speak of (also the total of a composite).
    ``scale``       千, 万, 百万, 億 ... as printed before the unit, or "".
    ``unit``        the unit as printed, without scale, period and qualifier: 円, 人（社）, 人／ha, ㎥.
    ``qualifiers``  in the order printed.
    ``per``         own period, where a slash (16件／年) or a word before (年3回) means one.
    ``label``       words before the number that name it: 夏版, 宿泊者数, 全国.
    ``parts``       of a composite or a range, in the order printed; ``main`` is the index of the
                    part that stands for the whole, None where nobody has decided.
    ``reason``      only with kind ABSENT.
    ``mark``        a note mark printed at the value: (※), *, 注1.
    ``bracketed``   the whole value stands in brackets (elsewhere: an older year's value).
    ``year``        a year printed in brackets at the value, as printed: H28 in 12件（H28）.
    ``note``        what a reader must know of this reading (a damaged cell).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    text: str
    kind: Kind = Kind.NUMBER
    number: Annotated[Decimal, PlainDecimal()] | None = None
    scale: str = ""
    unit: str = ""
    qualifiers: tuple[Qualifier, ...] = ()
    per: Per | None = None
    label: str = ""
    role: PartRole | None = None
    parts: tuple[Quantity, ...] = ()
    main: int | None = None
    reason: Reason | None = None
    mark: str = ""
    bracketed: bool = False
    year: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if fault := self._fault():
            raise Problem(f"値「{self.text}」の{fault[0]}", f'of the value "{self.text}", {fault[1]}')

    def _fault(self) -> tuple[str, str] | None:
        """What does not fit together in this reading, in Japanese and English; None where all does."""
        if self.kind is Kind.NUMBER and self.number is None:
            return "数（number）がありません", "the number is missing"
        if self.kind in (Kind.TEXT, Kind.ABSENT, Kind.DAMAGED, Kind.RANGE) and self.number is not None:
            return f"種類は {self.kind} なのに数があります", f"the kind is {self.kind} but there is a number"
        if (self.kind is Kind.ABSENT) != (self.reason is not None):
            return "値がない理由（reason）が種類と合いません", "kind and reason do not go together"
        if (self.kind in (Kind.COMPOSITE, Kind.RANGE)) != (len(self.parts) > 1):
            return "部分（parts）が種類と合いません", "kind and parts do not go together"
        if self.main is not None and not 0 <= self.main < len(self.parts):
            return (
                f"main の {self.main} 番の部分がありません",
                f"there is no part number {self.main} for main",
            )
        return None

    def __str__(self) -> str:
        return self.text

    @property
    def is_absent(self) -> bool:
        """Whether there is no value; ``reason`` says why."""
        return self.kind is Kind.ABSENT

    @property
    def printed_unit(self) -> str:
        """Scale and unit as they stand together in print: 千円."""
        return self.scale + self.unit

    @property
    def decimals(self) -> int | None:
        """How many digits are printed after the point: 2 for 7.70%, 0 for 15%.

        None without a number, and where the number is spread over scales (1,241億5,500万円).
        """
        if self.number is None:
            return None
        exponent = self.number.as_tuple().exponent
        if not isinstance(exponent, int):  # the exponent of NaN and infinity, which no parser makes
            return None
        if exponent < 0 and not any(point in self.text for point in ".．"):
            return None
        return max(0, -exponent)

    @property
    def base(self) -> tuple[Decimal, str] | None:
        """The number without scale, and its unit: 2812000 and 円 for 2,812千円.

        None without a number, and where the scale is none we know.
        """
        if self.number is None or self.scale not in POWERS:
            return None
        return scaled(self.number, self.scale), self.unit

    @property
    def main_part(self) -> Quantity | None:
        """The part that stands for the whole; None where nobody has decided."""
        return None if self.main is None else self.parts[self.main]
