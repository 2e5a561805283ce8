"""The plan (総合戦略): one document that holds a strategy, its tree, its indicators and its record.

The Pydantic models of this room are the only definition of a plan's fields; the JSON Schema
comes from them.  Field order here is the order in the file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from sosei.plan import links
from sosei.plan.base import Key, Model, Node, Prose
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.record import (
    Chapter,
    Contact,
    ContentsLine,
    Council,
    Edition,
    Erratum,
    Municipality,
    Note,
    Opinion,
    PlanPeriod,
    PopulationFact,
    Predecessor,
    Projection,
    Reference,
    ReportHead,
    Source,
    Verification,
    Waiver,
)
from sosei.values import JointAlternatives, Quantity, YearLabel

FORMAT: Final = "sosei-plan"
VERSION: Final = 1


class LevelKind(StrEnum):
    """What the elements of a level are, whatever the municipality calls them."""

    GOAL = "goal"  # 基本目標
    DIRECTION = "direction"  # 基本的方向
    POLICY = "policy"  # 政策
    MEASURE = "measure"  # 施策
    PROJECT = "project"  # 具体的な事業, 事務事業


class Level(Model):
    """A level of the tree with the municipality's own name for it."""

    code: str = Field(min_length=1)
    name: str
    kind: LevelKind


class Shown(StrEnum):
    """What the plan's documents show beside the rate."""

    CLASS = "class"  # 評価区分
    READINGS = "readings"  # other readings of the same figures: progress, pace ...


class Division(Node):
    """A division (担当課) under the name it had when the plan was adopted."""

    name: str


class ColumnField(StrEnum):
    """What a column of a printed table holds."""

    NAME = "name"
    BASELINE = "baseline"
    TARGET = "target"
    ACTUAL = "actual"
    RATE = "rate"
    DONE = "done"
    KPI = "kpi"
    EVALUATION = "evaluation"
    DIVISION = "division"


class TableColumn(Model):
    """One column: its heading as printed and, for values, the year it stands for."""

    field: ColumnField
    heading: str
    year: YearLabel | None = None


class Table(Node):
    """A printed table: the headings over its columns (基準値(R 4) (R 6 計算)) and its source line."""

    title: str = ""
    columns: tuple[TableColumn, ...] = ()
    source: str = ""


class Activity(Node):
    """What was done in a year (取組内容), how it went (評価・課題), what comes next, and the money."""

    year: YearLabel
    done: Prose | None = None
    evaluation: Prose | None = None
    issues: Prose | None = None
    next: Prose | None = None
    budget: Quantity | None = None
    settlement: Quantity | None = None
    divisions: tuple[Key, ...] = ()


class Element(Node):
    """A node of the tree: 基本目標, 基本的方向, 施策, 具体的な事業 ... (``level`` names which).

    ``no`` restarts inside its parent and ``label`` is the number as printed (施策①, No.8);
    neither identifies anything.  ``name`` is optional: the source may print none.
    """

    level: str
    no: int | None = Field(default=None, ge=0)
    label: str = ""
    name: str = ""
    description: Prose | None = None
    divisions: tuple[Key, ...] = ()
    tables: tuple[Table, ...] = ()
    placements: tuple[Placement, ...] = ()
    activities: tuple[Activity, ...] = ()
    children: tuple[Element, ...] = ()


class Plan(Node):
    """A whole plan, self-contained: what is adopted, compared, evaluated, checked and printed.

    ``scheme`` names a shipped way of evaluating; ``schemes`` holds the plan's own instead, one TOML
    text an edition, each saying with ``from`` the fiscal year it begins with.  ``shows`` is what the
    documents print beside the rate.
    """

    format: Literal["sosei-plan"] = FORMAT
    version: Literal[1] = VERSION
    title: str = ""
    catchphrase: str = ""
    no: int | None = Field(default=None, ge=1)
    municipality: Municipality
    period: PlanPeriod | None = None
    adopted: YearLabel | None = None
    colophon: str = ""
    contact: Contact | None = None
    sources: tuple[Source, ...] = ()
    editions: tuple[Edition, ...] = ()
    predecessors: tuple[Predecessor, ...] = ()
    references: tuple[Reference, ...] = ()
    contents: tuple[ContentsLine, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    councils: tuple[Council, ...] = ()
    verifications: tuple[Verification, ...] = ()
    population: tuple[PopulationFact, ...] = ()
    projections: tuple[Projection, ...] = ()
    reports: tuple[ReportHead, ...] = ()
    divisions: tuple[Division, ...] = ()
    scheme: str = ""
    schemes: tuple[str, ...] = ()
    shows: tuple[Shown, ...] = ()
    levels: tuple[Level, ...] = ()
    elements: tuple[Element, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    notes: tuple[Note, ...] = ()
    joint_readings: tuple[JointAlternatives, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    errata: tuple[Erratum, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @model_validator(mode="after")
    def _links_hold(self) -> Self:
        links.check(self)
        return self
