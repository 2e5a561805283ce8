"""The KPI一覧 of a plan: every indicator of goals and measures with its figures, as content."""

from __future__ import annotations

from collections.abc import Iterable

from sosei.plan import walk
from sosei.plan.indicator import Direction, Indicator, Placement, Role, Value
from sosei.plan.model import Plan
from sosei.plan.record import Note, NoteKind
from sosei.plan.wording import year_text
from sosei.reports.charts import Comparison, Figure
from sosei.reports.content import KpiList, KpiListGroup, KpiListRow
from sosei.reports.progress import actual_text, beside_rate, footer_of, need_values, rate_cell
from sosei.scheme.evaluate import NoRate, Result, amount, evaluate
from sosei.scheme.presets import scheme_of
from sosei.values import Quantity, When, era_text


def kpi_list(plan: Plan, when: When | None) -> KpiList:
    """The list with the values up to the fiscal year ``when``; None: every year the plan has values for.

    Raises Problem where the plan has no value for the year asked for.
    """
    if when is not None:
        need_values(plan, when)
    return _KpiList(plan, when).list()


class _KpiList:
    def __init__(self, plan: Plan, when: When | None) -> None:
        self.plan = plan
        self.indicators = walk.by_key(plan)
        self.years = [year for year in walk.observed_years(plan) if when is None or year <= when.year]
        self.results: dict[str, Result] = (
            evaluate(plan, self.years[-1], scheme_of(plan, self.years[-1])) if self.years else {}
        )
        self.divisions = {division.key: division.name for division in plan.divisions}
        self.notes = _value_notes(plan)

    def list(self) -> KpiList:
        plan = self.plan
        title = plan.title or next((report.title for report in plan.reports), "")
        return KpiList(
            title="重要業績評価指標（KPI）一覧",
            municipality=plan.municipality.name,
            subtitle=title,
            years=tuple(f"{era_text(When(year=year), short=True)}実績" for year in self.years),
            groups=tuple(self._groups()),
            footer=footer_of(plan),
        )

    def _groups(self) -> Iterable[KpiListGroup]:
        for placed in walk.elements(self.plan):
            rows = tuple(
                self._row(placed, placement)
                for placement in placed.element.placements
                if placement.role is not Role.PROJECT_KPI
            )
            if rows:
                goal, *below = placed.path
                yield KpiListGroup(
                    goal=_heading(goal.label, goal.name),
                    measure=" / ".join(_heading(e.label, e.name) for e in below),
                    rows=rows,
                )

    def _row(self, placed: walk.Placed, placement: Placement) -> KpiListRow:
        indicator = self.indicators[placement.indicator]
        result = self.results.get(placement.key)
        rate, note = rate_cell(result)
        beside = beside_rate(result, self.plan.shows)
        return KpiListRow(
            role=placement.role.label,
            name=placement.name + placement.name_suffix,
            baseline=_text(placement.baseline),
            baseline_year=_year(placement.baseline),
            target=_text(placement.target),
            target_year=_year(placement.target),
            actuals=tuple(actual_text(placement, indicator, year) for year in self.years),
            rate=rate,
            rate_note="\n".join(line for line in (note, *beside.readings) if line),
            grade=beside.grade,
            division=self._division(placed, indicator),
            comparison=self._comparison(placement, indicator),
            notes=self.notes.get(placement.key, ()),
        )

    def _division(self, placed: walk.Placed, indicator: Indicator) -> str:
        """The indicator's own divisions, else the nearest element's above it that has any."""
        for keys in (indicator.divisions, *(e.divisions for e in reversed(placed.path))):
            if keys:
                return "、".join(self.divisions[key] for key in keys)
        return ""

    def _comparison(self, placement: Placement, indicator: Indicator) -> Comparison | None:
        """The row's chart, all numbers in the base unit; None where there is neither target nor actual."""
        last = self.years[-1] if self.years else None
        observation = walk.observed(indicator, last) if last is not None else None
        entry = walk.printed(placement, last) if last is not None else None
        actual = entry.actual if entry and entry.actual else observation.quantity if observation else None
        target = _figure(placement.target.quantity if placement.target else None)
        compared = _figure(actual)
        if target.value is None and compared.value is None:
            return None
        return Comparison(
            title=placement.name,
            unit=indicator.unit,
            baseline=_figure(placement.baseline.quantity if placement.baseline else None),
            actual=compared,
            target=target,
            lower_is_better=_LOWER.get(indicator.direction),
        )


_LOWER = {Direction.RAISE: False, Direction.LOWER: True}  # any other direction promises neither


def _figure(quantity: Quantity | None) -> Figure:
    found = amount(quantity) if quantity else NoRate.NO_NUMBER
    return Figure(value=None if isinstance(found, NoRate) else found[0], text=str(quantity or ""))


def _value_notes(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Notes on values, by the placement they are hung on."""
    found: dict[str, tuple[str, ...]] = {}
    for note in plan.notes:
        if note.kind is NoteKind.VALUE:
            for anchor in note.anchors:
                found[anchor.at] = (*found.get(anchor.at, ()), _note_text(note))
    return found


def _note_text(note: Note) -> str:
    return f"{note.mark} {note.text}" if note.mark else str(note.text)


def _heading(label: str, name: str) -> str:
    return " ".join(part for part in (label, name) if part)


def _text(value: Value | None) -> str:
    return str(value.quantity) if value else ""


def _year(value: Value | None) -> str:
    return year_text(value.year) if value and value.year else ""
