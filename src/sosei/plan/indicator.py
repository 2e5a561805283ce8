"""Indicators (指標), the places where they stand, and the values observed."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sosei.plan.base import Key, Model, Node
from sosei.values import Problem, Quantity, Span, YearLabel


class Role(StrEnum):
    """What an indicator is at a place."""

    NUMERIC_TARGET = "numeric_target"
    KPI = "kpi"
    PROJECT_KPI = "project_kpi"

    @property
    def label(self) -> str:
        """As printed: 数値目標, KPI, 事業KPI."""
        return {"numeric_target": "数値目標", "kpi": "KPI", "project_kpi": "事業KPI"}[self.value]


class Direction(StrEnum):
    """Which way is better (望ましい向き)."""

    RAISE = "raise"
    LOWER = "lower"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"
    RANK = "rank"
    DO = "do"
    TEXT = "text"
    UNDECIDED = "undecided"


class Counting(StrEnum):
    """How the indicator is counted (数え方)."""

    STOCK = "stock"  # at a date
    FISCAL_YEAR = "fiscal_year"  # flow per 年度
    CALENDAR_YEAR = "calendar_year"  # flow per 暦年
    ANNUAL = "annual"  # flow per year, and the source does not say which
    CUMULATIVE = "cumulative"  # running total
    PER_HEAD = "per_head"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """How firm an observed value is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    FORECAST = "forecast"


class Difference(StrEnum):
    """How a placement's printed value differs from the adopted one."""

    PRECISION = "precision"  # 3.5億円 / 354,831,799円
    SUFFIX = "suffix"  # 33件／年 / 33件
    CONFLICT = "conflict"  # 15,473人 / 15,579人


class Term(Model):
    """One term of a formula: ``factor`` times the value of ``indicator``."""

    indicator: Key
    factor: int = 1


class Formula(Model):
    """How a derived indicator follows from others (転入者数-転出者数)."""

    text: str
    terms: tuple[Term, ...] = Field(min_length=1)


class EarlierValue(Model):
    """A value that was right when published and was later restated (確報, 遡及改定)."""

    quantity: Quantity
    published: YearLabel | None = None
    reason: str = ""


class Observation(Node):
    """The one adopted value of an indicator for a year (実績値)."""

    year: YearLabel
    quantity: Quantity
    status: Status = Status.FINAL
    source: str = ""
    earlier: tuple[EarlierValue, ...] = ()

    @model_validator(mode="after")
    def _year_is_read(self) -> Self:
        if self.year.effective is None:
            raise Problem(
                f"実績の年「{self.year.text}」が読めません",
                f'the year "{self.year.text}" of an observation cannot be read',
            )
        return self


class Indicator(Node):
    """An indicator, once, however often it is printed (指標).

    ``counting_period`` the words of the source (各年10月1日時点); ``published_month`` 1-12 and
    ``lag_years`` say when a year's value is known.  ``part_of`` うち書き of another indicator;
    ``breakdown_of`` one of several that make up another; ``continues`` the indicator this one
    replaces after a change of unit, counting or source.
    """

    name: str
    unit: str = ""
    direction: Direction = Direction.UNDECIDED
    counting: Counting = Counting.UNKNOWN
    source: str = ""
    counting_period: str = ""
    published_month: int | None = Field(default=None, ge=1, le=12)
    lag_years: int | None = Field(default=None, ge=0)
    definition: str = ""
    formula: Formula | None = None
    part_of: Key | None = None
    breakdown_of: Key | None = None
    continues: Key | None = None
    divisions: tuple[Key, ...] = ()
    observations: tuple[Observation, ...] = ()

    @model_validator(mode="after")
    def _one_value_a_year(self) -> Self:
        seen: set[tuple[int, str]] = set()
        for observation in self.observations:
            when = observation.year.effective
            assert when is not None  # noqa: S101  (checked by Observation)
            year = (when.year, when.kind.value)
            if year in seen:
                raise Problem(
                    f"指標「{self.name}」の{observation.year.text}の実績が二つあります（採用値は一つです）",
                    f'indicator "{self.name}" has two adopted values for {observation.year.text}',
                )
            seen.add(year)
        return self


class Value(Model):
    """A baseline or a target: the quantity with its own year, span and source."""

    quantity: Quantity
    year: YearLabel | None = None
    span: Span | None = None
    source: str = ""


class PrintedYear(Node):
    """What a placement prints for a year: its own value where it differs, rate and class as published."""

    year: YearLabel
    actual: Quantity | None = None
    difference: Difference | None = None
    rate: Quantity | None = None
    grade: str = ""

    @model_validator(mode="after")
    def _a_difference_has_its_value(self) -> Self:
        if (self.actual is None) != (self.difference is None):
            raise Problem(
                "掲載箇所の値（actual）と違いの種類（difference）は必ず両方書きます",
                "a placement's own actual and the kind of difference go together",
            )
        return self


class Placement(Node):
    """One place where an indicator is printed (掲載箇所): role, printed name, baseline, targets.

    ``name_suffix`` is printed in the name cell but describes a value (（令和２年～令和４年度の累計）).
    ``target`` is the final target; ``path`` holds yearly or interim targets with their years.
    """

    indicator: Key
    role: Role
    name: str
    name_suffix: str = ""
    table: Key | None = None
    baseline: Value | None = None
    target: Value | None = None
    path: tuple[Value, ...] = ()
    printed: tuple[PrintedYear, ...] = ()
