"""A scheme (評価方式): the eleven decisions a municipality makes when it computes achievement, as data.

Each table of a scheme file is one class here; every field has a default, so that a scheme says only
what is its own.  The defaults together are: the actual of the year over the final target, half up,
no decimals, no class.  Numbers are percent unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, model_validator

from sosei.plan.base import Model
from sosei.plan.indicator import Counting, Direction, Role
from sosei.scheme.choices import (
    ActualUse,
    ClassOf,
    ClassOn,
    DigitsFrom,
    DirectionChoice,
    LowerRule,
    Mean,
    OutsideKind,
    Over,
    Parts,
    QuantityKind,
    Repeated,
    RoundingMode,
    RunningTotalStart,
    ShareOf,
    StartFrom,
    TargetMissing,
    TargetUse,
    When,
)
from sosei.scheme.reasons import NO_VALUE_NAMES
from sosei.values import Problem, parse_fiscal_year_option
from sosei.values.exact import PLAIN


def _exact(value: object) -> object:
    """A whole number as Decimal too; a fraction comes from the file as text, so that no float is made."""
    if isinstance(value, str) and PLAIN.match(value):
        return Decimal(value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _year(value: object) -> object:
    return parse_fiscal_year_option(value).year if isinstance(value, str) else value


def _several(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,) if isinstance(value, str | int) else value


Number = Annotated[Decimal, BeforeValidator(_exact)]
FiscalYear = Annotated[int, BeforeValidator(_year), Field(ge=1868, le=2200)]


class Table(Model):
    """A table of a scheme file; a name that is a Python word stands under the file's own name."""

    model_config = ConfigDict(populate_by_name=True)


class Period(Table):
    """The fiscal years over which pace, path and elapsed share run, both included."""

    first: FiscalYear
    last: FiscalYear

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise Problem("period: first が last より後です", "period: first is later than last")
        return self


class Words(Table):
    """What is printed where the result is a word."""

    reached: str = "達成"
    missed: str = "未達成"
    partly: str = "一部達成"
    improved: str = "改善"
    same: str = "同じ"
    worse: str = "悪化"
    excess: str = "超過"


class QuantityRule(Table):
    """Decisions 1 and 2.  ``divide_by_elapsed`` makes the rate itself one over the elapsed period."""

    kind: QuantityKind = QuantityKind.RATIO
    lower: LowerRule = LowerRule.AS_IS
    direction: DirectionChoice = DirectionChoice.INDICATOR
    divide_by_elapsed: bool = False
    parts: Parts = Parts.NONE
    words: Words = Words()


class TargetRule(Table):
    """Decision 3.  ``digits`` rounds a computed path half up; left out, the path stays exact."""

    use: TargetUse = TargetUse.FINAL
    missing: TargetMissing = TargetMissing.NONE
    digits: int | None = Field(default=None, ge=0, le=6)


class ActualRule(Table):
    """Decision 4."""

    use: ActualUse = ActualUse.THIS_YEAR
    bracket_older: bool = True


class StartRule(Table):
    """Decision 5."""

    origin: StartFrom = Field(default=StartFrom.BASELINE, alias="from")
    running_total: RunningTotalStart = RunningTotalStart.ZERO


class Limits(Table):
    """Decision 6.  A text stands for the number beyond its limit; without ``floor`` that is 0, without
    ``cap`` 100.  Classes and means see the rate before the limits.
    """

    floor: Number | None = None
    cap: Number | None = None
    below_text: str = ""
    above_text: str = ""


class Rounding(Table):
    """Decision 7: how a percentage is cut to its printed digits, and with which signs it is printed."""

    mode: RoundingMode = RoundingMode.HALF_UP
    digits: int = Field(default=0, ge=0, le=6)
    digits_from: DigitsFrom = DigitsFrom.FIXED
    bare: tuple[Number, ...] = ()
    minus: str = Field(default="-", min_length=1)
    grouping: bool = False
    suffix: str = "%"


class Band(Table):
    """One class: its label and what must hold, all of it; with nothing said, the rest."""

    label: str
    at_least: Number | None = Field(default=None, alias="from")
    above: Number | None = None
    at_most: Number | None = Field(default=None, alias="to")
    below: Number | None = None
    when: Annotated[tuple[Annotated[When, Strict(False)], ...], BeforeValidator(_several)] = ()


class Tolerance(Table):
    """How far from the start still counts as the same: percent of it, or points (its own unit)."""

    percent: Number | None = None
    points: Number | None = None
    inclusive: bool = True

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.percent is None) == (self.points is None):
            raise Problem(
                "tolerance には percent と points のどちらか一つを書きます",
                "tolerance takes either percent or points",
            )
        return self


class ClassRule(Table):
    """Decision 8.

    ``unit_percent`` False: the bands are in plain numbers (0.8 for 80 %).  ``none`` is printed where
    there is no rate; ``reached`` and ``missed`` where there is none but it is known whether the target
    was reached.
    """

    on: ClassOn = ClassOn.RATE
    of: ClassOf = ClassOf.UNROUNDED
    unit_percent: bool = True
    bands: tuple[Band, ...] = ()
    steps: tuple[Band, ...] = ()
    tolerance: Tolerance | None = None
    full_at_hundred: tuple[Band, ...] = ()
    none: str = ""
    reached: str = ""
    missed: str = ""
    first_years_without: int = Field(default=0, ge=0)


class NoValueRule(Table):
    """Decision 9: how one reason for having no rate is shown and counted.

    ``reached`` and ``missed`` are printed instead of ``symbol`` where it is known all the same whether
    the target was reached (100% for 0 accidents where 0 was the target).
    """

    symbol: str = "-"
    reached: str = ""
    missed: str = ""
    counts: bool = False
    grade: str = Field(default="", alias="class")
    ask_again: str = ""


class PointBand(Table):
    """A class of a place, from the best down: its label and the least it takes; without, the rest."""

    label: str
    at_least: Number | None = Field(default=None, alias="from")


class RollUpRule(Table):
    """Decision 10.

    ``of`` rounded: the means are those of the rates as printed.  ``bands`` give a place its class from the mean (percent, or points) where there is one, else from
    the share in percent; ``point_bands`` from the sum of points.
    """

    share_of: ShareOf = ShareOf.REACHED
    good: tuple[str, ...] = ()
    over: Over = Over.KNOWN
    mean: Mean = Mean.NONE
    of: ClassOf = ClassOf.UNROUNDED
    points: dict[str, Number] = Field(default_factory=dict)
    point_bands: tuple[PointBand, ...] = ()
    bands: tuple[PointBand, ...] = ()
    worst: bool = False
    repeated: Repeated = Repeated.EACH
    rounding: Rounding = Rounding(digits=1)


class OutsideRule(Table):
    """Decision 11."""

    kind: OutsideKind = OutsideKind.OPINION
    scale: tuple[str, ...] = ()


class EffectRule(Table):
    """Effect classes of grant projects, proposed by rule; a person's judgement always stands above."""

    bands: tuple[Band, ...] = ()


def _known_reason(name: str) -> str:
    if name not in NO_VALUE_NAMES:
        allowed = ", ".join(NO_VALUE_NAMES)
        raise Problem(
            f"値がない理由「{name}」はありません（使えるもの: {allowed}）",
            f'there is no reason "{name}" (allowed: {allowed})',
        )
    return name


def _only(words: Iterable[str]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """A check that every text given is one of ``words``."""
    known = tuple(map(str, words))
    allowed = ", ".join(known)

    def check(given: tuple[str, ...]) -> tuple[str, ...]:
        for word in given:
            if word not in known:
                raise Problem(
                    f"「{word}」は使えません（使えるもの: {allowed}）",
                    f'"{word}" is not allowed (allowed: {allowed})',
                )
        return given

    return check


NoValue = dict[Annotated[str, AfterValidator(_known_reason)], NoValueRule]
Choice = Annotated[tuple[str, ...], BeforeValidator(_several)]
Years = Annotated[tuple[FiscalYear, ...], BeforeValidator(_several)]
_ROLE_WORDS = (*(role.label for role in Role), *Role)
_DIRECTION_WORDS = tuple(each for each in Direction if each is not Direction.UNDECIDED)


class Tables(Table):
    """The tables that an override may hold too; there None means: as in the scheme."""

    period: Period | None = None
    quantity: QuantityRule | None = None
    target: TargetRule | None = None
    actual: ActualRule | None = None
    start: StartRule | None = None
    limits: Limits | None = None
    rounding: Rounding | None = None
    grade: ClassRule | None = Field(default=None, alias="class")
    no_value: NoValue = Field(default_factory=dict)
    effect: EffectRule | None = None


class Override(Tables):
    """Other decisions for the rows that all the given words choose; each takes one text or several.

    ``name``, ``id``, ``place`` and ``indicator`` may hold ``*`` for any characters.  A row whose
    direction is undecided has the one its figures tell, so that no row is chosen by ``undecided``.
    """

    role: Annotated[Choice, AfterValidator(_only(_ROLE_WORDS))] = ()
    level: Choice = ()
    place: Choice = ()
    indicator: Choice = ()
    name: Choice = ()
    id: Choice = ()
    unit: Choice = ()
    direction: Annotated[Choice, AfterValidator(_only(_DIRECTION_WORDS))] = ()
    counting: Annotated[Choice, AfterValidator(_only(Counting))] = ()
    year: Years = ()


class Scheme(Table):
    """A municipality's way of computing achievement.

    ``first_year`` (``from`` in the file) is the first fiscal year this edition is for: earlier
    years keep what was published and are not computed again.
    """

    name: str = Field(min_length=1)
    source: str = ""
    edition: int = Field(default=1, ge=1)
    first_year: FiscalYear | None = Field(default=None, alias="from")
    note: str = ""
    period: Period | None = None
    quantity: QuantityRule = QuantityRule()
    target: TargetRule = TargetRule()
    actual: ActualRule = ActualRule()
    start: StartRule = StartRule()
    limits: Limits = Limits()
    rounding: Rounding = Rounding()
    grade: ClassRule = Field(default=ClassRule(), alias="class")
    no_value: NoValue = Field(default_factory=dict)
    rollup: RollUpRule = RollUpRule()
    outside: OutsideRule = OutsideRule()
    effect: EffectRule = EffectRule()
    override: tuple[Override, ...] = ()

    @cached_property
    def made(self) -> dict[Any, Any]:
        """What is worked out once from this scheme: the rules by the overrides that apply (see rules.py)."""
        return {}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other decisions; nothing worked out from the old ones goes with it."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("made", None)
        return copied

    @property
    def share(self) -> Rounding:
        """How shares of the roll-up are rounded."""
        return self.rollup.rounding
