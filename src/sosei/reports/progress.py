"""The 事業進捗報告 of a plan and a year, as content for PDF and Excel."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from sosei.plan import walk
from sosei.plan.indicator import Indicator, Placement, Role
from sosei.plan.model import ColumnField, Element, LevelKind, Plan, Shown, Table
from sosei.plan.record import ReportHead
from sosei.reports.content import (
    IndicatorRow,
    IndicatorTable,
    MeasureSection,
    ProgressReport,
    ProjectKpi,
    ProjectRow,
    ProjectTable,
)
from sosei.scheme.evaluate import Result, evaluate
from sosei.scheme.presets import scheme_of
from sosei.values import Problem, When, YearKind, YearLabel, era_text

Results = Mapping[str, Result]


def progress_report(plan: Plan, when: When) -> ProgressReport:
    """The report for the fiscal year ``when``; raises Problem where the plan has no value for it."""
    return _Progress(plan, when).report()


class _Progress:
    """What every part of the report needs: indicators, results, divisions, years."""

    def __init__(self, plan: Plan, when: When) -> None:
        need_values(plan, when)
        self.plan = plan
        self.when = when
        self.indicators = walk.by_key(plan)
        self.results = evaluate(plan, when.year, scheme_of(plan, when.year))
        self.divisions = {division.key: division.name for division in plan.divisions}
        self.kinds = {level.code: level.kind for level in plan.levels}
        self.head = next((r for r in plan.reports if _year(r.year) == when.year), None)
        self.years = years_of(plan, when, self.head)

    def report(self) -> ProgressReport:
        sections = tuple(s for goal in self.plan.elements for s in self._goal(goal))
        title = f"事業進捗報告（{era_text(When(year=self.when.year, kind=YearKind.FISCAL), wide=True)}分）"
        return ProgressReport(
            title=self.head.title if self.head else title,
            municipality=self.plan.municipality.name,
            label=self.head.label if self.head else "",
            years=len(self.years),
            sections=sections,
            remarks=tuple(differences(self.plan, self.results)),
            footer=footer_of(self.plan),
        )

    def _goal(self, goal: Element) -> Iterable[MeasureSection]:
        measures = [path for path in _below(goal) if self._kind(path) is LevelKind.MEASURE]
        targets = self._indicator_table(goal, Role.NUMERIC_TARGET, "指標名")
        for number, measure in enumerate(measures):
            yield MeasureSection(
                goal_label=goal.label,
                goal_name=goal.name,
                measure_label=measure.label,
                measure_name=measure.name,
                goal_targets=targets if number == 0 else None,
                kpis=self._indicator_table(measure, Role.KPI, "重要業績評価指標（KPI）"),
                projects=self._projects(measure),
            )
        if not measures:
            yield MeasureSection(
                goal_label=goal.label,
                goal_name=goal.name,
                measure_label="",
                measure_name="",
                goal_targets=targets,
            )

    def _kind(self, element: Element) -> LevelKind:
        return self.kinds[element.level]

    def _indicator_table(self, element: Element, role: Role, name: str) -> IndicatorTable | None:
        placements = [p for p in element.placements if p.role is role]
        if not placements:
            return None
        table = next((t for t in element.tables if t.key == placements[0].table), None)
        default = (name, "基準値", "目標値", *self._year_headings(), "達成率")
        rows = tuple(self._indicator_row(placement) for placement in placements)
        return IndicatorTable(headings=_headings(table, default), rows=rows)

    def _indicator_row(self, placement: Placement) -> IndicatorRow:
        result = self.results.get(placement.key)
        rate, note = rate_cell(result)
        beside = beside_rate(result, self.plan.shows)
        return IndicatorRow(
            name=placement.name + placement.name_suffix,
            baseline=str(placement.baseline.quantity) if placement.baseline else "",
            target=str(placement.target.quantity) if placement.target else "",
            actuals=self._actuals(placement),
            rate=rate,
            note="\n".join(
                line for line in (note, beside.grade and f"評価 {beside.grade}", *beside.readings) if line
            ),
        )

    def _actuals(self, placement: Placement) -> tuple[str, ...]:
        indicator = self.indicators[placement.indicator]
        return tuple(
            actual_text(placement, indicator, year) if year <= self.when.year else "" for year in self.years
        )

    def _projects(self, measure: Element) -> ProjectTable | None:
        projects = [child for child in _below(measure) if self._kind(child) is LevelKind.PROJECT]
        if not projects:
            return None
        table = next((t for t in measure.tables if any(c.field is ColumnField.DONE for c in t.columns)), None)
        default = ("取組内容", "KPI", *self._year_headings(), "評価・課題", "担当課")
        rows = tuple(self._project_row(project) for project in projects)
        return ProjectTable(headings=_headings(table, default), rows=rows)

    def _project_row(self, project: Element) -> ProjectRow:
        activity = next((a for a in project.activities if _year(a.year) == self.when.year), None)
        done = str(activity.done) if activity and activity.done else ""
        return ProjectRow(
            done=f"{project.name}\n{done}" if project.name else done,
            kpis=tuple(
                ProjectKpi(name=p.name + p.name_suffix, actuals=self._actuals(p)) for p in project.placements
            ),
            evaluation="\n".join(
                str(text) for text in (activity and activity.evaluation, activity and activity.issues) if text
            ),
            divisions=tuple(self.divisions[key] for key in project.divisions),
        )

    def _year_headings(self) -> tuple[str, ...]:
        return tuple(f"{era_text(When(year=year), short=True)}実績" for year in self.years)


def latest_year(plan: Plan) -> When:
    """The latest fiscal year with values; raises Problem where there is none."""
    years = walk.observed_years(plan)
    if not years:
        raise Problem(
            "この計画にはまだ実績がありません（実績のある年度: なし）",
            "this plan has no values yet (years with values: none)",
        )
    return When(year=years[-1], kind=YearKind.FISCAL)


def need_values(plan: Plan, when: When) -> None:
    """Raise Problem where no indicator of ``plan`` has a value for the year of ``when``."""
    years = walk.observed_years(plan)
    if when.year not in years:
        wanted = era_text(When(year=when.year), short=True)
        have = "、".join(era_text(When(year=year), short=True) for year in years)
        raise Problem(
            f"{wanted} の実績がありません（実績のある年度: {have or 'なし'}）",
            f"there are no values for {wanted} (years with values: {have or 'none'})",
        )


def years_of(plan: Plan, when: When, head: ReportHead | None) -> tuple[int, ...]:
    """The years the report has columns for: those printed, else of the plan's period, else one."""
    if head and head.years:
        return tuple(year for label in head.years if (year := _year(label)) is not None)
    if plan.period and plan.period.first.year <= when.year <= plan.period.last.year:
        return tuple(range(plan.period.first.year, plan.period.last.year + 1))
    return (when.year,)


def actual_text(placement: Placement, indicator: Indicator, year: int) -> str:
    """What the placement shows for a year: its own printed value, else the adopted one."""
    entry = walk.printed(placement, year)
    if entry and entry.actual:
        return str(entry.actual)
    observation = walk.observed(indicator, year)
    return str(observation.quantity) if observation else ""


def rate_cell(result: Result | None) -> tuple[str, str]:
    """The rate as the municipality prints it, and what the recomputed one says where it differs."""
    if result is None:
        return "", ""
    if result.printed is None:
        return result.text, ""
    return str(result.printed), "" if result.agrees else f"再計算 {result.text}"


class Beside(NamedTuple):
    """What stands beside a rate: the class, and other readings of the same figures, a line each."""

    grade: str = ""
    readings: tuple[str, ...] = ()


# What a reading is called in a narrow cell, and what the document's foot says of it.
_READINGS = {
    "ratio": ("目標比", "実績値÷目標値"),
    "target_over_actual": ("目標÷実績", "目標値÷実績値"),
    "progress": ("進捗", "基準値から目標値までの進み"),
    "pace": ("ペース", "進捗÷経過した期間の割合"),
    "period_adjusted": ("期間調整", "目標値を実績値と同じ長さの期間に直した割合"),
}


def beside_rate(result: Result | None, shows: Container[Shown]) -> Beside:
    """The class and the readings of a result, as far as the plan asks for them and they have a value.

    Where target and actual cover different spans, progress and pace would mislead and are left out.
    """
    if result is None:
        return Beside()
    grade = (result.grade or "") if Shown.CLASS in shows else ""
    if Shown.READINGS not in shows:
        return Beside(grade)
    readings = [r for r in result.readings() if r.kind in _READINGS and r.rate is not None]
    if any(reading.kind == "period_adjusted" for reading in readings):
        readings = [reading for reading in readings if reading.kind not in ("progress", "pace")]
    lines = [f"{_READINGS[r.kind][0]} {r.text}" for r in readings if r.ratio != result.ratio]
    return Beside(grade, tuple(lines))


def footer_of(plan: Plan) -> str:
    """Where the figures come from and what is a summary; what the readings mean where they are shown."""
    said = [source.statement for source in plan.sources if source.statement]
    if Shown.READINGS in plan.shows:
        said.append(
            "達成率の下の値: " + "、".join(f"{name}＝{what}" for name, what in _READINGS.values()) + "。"
        )
    return " ".join(said)


def differences(plan: Plan, results: Results) -> Iterable[str]:
    """A sentence for every published rate that the scheme does not give."""
    for placed, placement in walk.placements(plan):
        result = results.get(placement.key)
        if result and result.agrees is False:
            reason = result.reason("ja")
            again = f"再計算では{result.text}" + (f"（{reason}）" if reason else "")
            yield f"{placed.place}「{placement.name}」の達成率は印字が{result.printed}、{again}です。"


def _below(element: Element) -> Iterable[Element]:
    """Every element under ``element``, in file order."""
    for child in element.children:
        yield child
        yield from _below(child)


def _headings(table: Table | None, default: tuple[str, ...]) -> tuple[str, ...]:
    """The headings as printed where the source has all of them, else the usual ones."""
    printed = tuple(column.heading for column in table.columns) if table else ()
    return printed if len(printed) == len(default) and all(printed) else default


def _year(label: YearLabel) -> int | None:
    when = label.effective
    return when.year if when else None
