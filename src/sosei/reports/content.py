"""What stands in a document, before any layout: plain rows of text that PDF and Excel both print.

All figures are texts by now, exactly as they are to appear.  Nothing here knows a font, a sheet
or a plan; the modules that fill these records do.
"""

from __future__ import annotations

from dataclasses import dataclass

from sosei.reports.charts import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One 数値目標 or KPI of a table.

    ``actuals`` has one text for each year of the report.  ``note`` stands small with the rate, a
    line each: a recomputed rate that differs, the class, other readings.
    """

    name: str
    baseline: str = ""
    target: str = ""
    actuals: tuple[str, ...] = ()
    rate: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTable:
    """A table of 数値目標 or KPI with its column headings: name, baseline, target, years ..., rate."""

    headings: tuple[str, ...]
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectKpi:
    """A KPI inside a project's row."""

    name: str
    actuals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """One 具体的な事業: what was done, its KPIs (none, one or several), evaluation, divisions."""

    done: str
    kpis: tuple[ProjectKpi, ...] = ()
    evaluation: str = ""
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTable:
    """The project table: done, KPI, years ..., evaluation, division."""

    headings: tuple[str, ...]
    rows: tuple[ProjectRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSection:
    """A 施策 with its tables; ``goal_targets`` only where a goal begins."""

    goal_label: str
    goal_name: str
    measure_label: str
    measure_name: str
    goal_targets: IndicatorTable | None = None
    kpis: IndicatorTable | None = None
    projects: ProjectTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """A whole 事業進捗報告.

    ``label``    the box at the top right (【資料２-②】), may be empty.
    ``years``    how many year columns the tables have.
    ``remarks``  sentences on differences between printed and recomputed rates.
    ``footer``   where the figures come from and what is a summary.
    """

    title: str
    municipality: str
    label: str = ""
    years: int = 1
    sections: tuple[MeasureSection, ...] = ()
    remarks: tuple[str, ...] = ()
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiListRow:
    """One indicator of the KPI list (KPI一覧).

    ``rate_note`` stands small below the rate, a line each; ``grade`` is the class (評価区分).
    ``notes`` are the note marks' texts that belong to this row's values; ``comparison`` is the row's chart.
    """

    role: str  # 数値目標, KPI
    name: str
    baseline: str = ""
    baseline_year: str = ""
    target: str = ""
    target_year: str = ""
    actuals: tuple[str, ...] = ()
    rate: str = ""
    rate_note: str = ""
    grade: str = ""
    division: str = ""
    comparison: Comparison | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiListGroup:
    """The indicators of one place: a goal itself (``measure`` empty) or a measure."""

    goal: str  # 基本目標１ 安心して働くことができる仕事をつくる
    measure: str = ""  # 施策① 地域企業の生産性革命の実現
    rows: tuple[KpiListRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiList:
    """A whole KPI一覧; ``years`` are the headings of the year columns (none: no actuals yet)."""

    title: str
    municipality: str
    subtitle: str = ""
    years: tuple[str, ...] = ()
    groups: tuple[KpiListGroup, ...] = ()
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPoint:
    """One finding in the part of one division.

    ``places`` are lines ``where: text`` of this division (all of them where there are only a few);
    ``elsewhere`` names the divisions that have the other places.
    """

    code: str
    severity: str
    message: str
    places: tuple[str, ...] = ()
    elsewhere: str = ""
    why: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPart:
    """What one division is sent."""

    division: str
    points: tuple[ReviewPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport:
    """The result of a review (点検結果), division by division.

    ``counts`` has a row for each family with findings and one for all: name, then a number for each of
    ``severities``.  ``waived`` are the rules that the plan switched off, with their reasons.
    """

    title: str
    municipality: str
    subtitle: str
    severities: tuple[str, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    parts: tuple[ReviewPart, ...]
    waived: tuple[str, ...] = ()
    footer: str = ""
