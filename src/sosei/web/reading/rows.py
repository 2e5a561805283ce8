"""A plan as flat rows: what lists, search and comparison read instead of the document.

One row a placement, one a placement and year, one a text that somebody may look for.  They are
written when an edition is adopted and whenever the tables are rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sosei.checks.finding import Words
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element, Plan
from sosei.plan.walk import Placed
from sosei.scheme.evaluate import Result, amount
from sosei.scheme.reasons import REASONS, NoRate
from sosei.values import Quantity
from sosei.web.reading.difficult import difficulty
from sosei.web.reading.figures import trend_of, value_at
from sosei.web.reading.reader import Reader, title_of
from sosei.web.reading.searching import SearchRow, texts
from sosei.web.reading.spark import Spark
from sosei.web.reading.words import EMPTY, NO_VALUES

__all__ = ["FlatRows", "PlacementRow", "SearchRow", "YearRow", "flat_rows", "placement_row", "placement_rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRow:
    """One place where an indicator is printed, with the figures of the plan's latest year.

    ``order``      the place in the plan, from 0.
    ``key``        the placement; ``indicator`` and ``element`` the records it belongs to.
    ``role``       numeric_target, kpi or project_kpi.
    ``place``      the path of printed labels: 基本目標１/施策①.
    ``measure``    empty at a goal.
    ``direction``  as the plan states it (raise, lower ... undecided).
    ``baseline``, ``target``, ``actual``  as printed; ``actual_year`` is older than the latest year
                   where the row has no value for that, None where it has none at all.
    ``rate_text``  as published where it was, else as the scheme prints it; ``again`` what the scheme
                   gives where the published one differs.
    ``rate``       computed, rounded as it is printed; None where ``reason`` says why.
    ``grade``      the class shown; empty where the scheme gives none.
    ``reason``     a code (no_target, no_actual, counting ...) and ``no_rate`` the same in words; empty
                   where there is a rate or a word in its place.
    """

    order: int
    key: str
    indicator: str
    role: str
    name: str
    place: str
    element: str
    goal: str
    goal_label: str
    goal_name: str
    measure: str
    measure_label: str
    measure_name: str
    divisions: tuple[str, ...]
    unit: str
    direction: str
    baseline: str
    target: str
    actual: str
    actual_year: int | None
    rate_text: str
    again: str
    rate: Decimal | None
    grade: str
    reached: bool | None
    reason: str
    no_rate: Words
    difficult: bool
    spark: Spark


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A placement in one year: the value as printed there, its number in the base unit, rate and class."""

    placement: str
    year: int
    text: str
    number: Decimal | None
    rate_text: str
    rate: Decimal | None
    grade: str
    reached: bool | None


@dataclass(frozen=True, slots=True)
class FlatRows:
    """All the rows of a plan, made in one pass over its years."""

    placements: tuple[PlacementRow, ...]
    years: tuple[YearRow, ...]
    search: tuple[SearchRow, ...]


def flat_rows(plan: Plan) -> FlatRows:
    """Every row of ``plan``; each year is evaluated once."""
    reader = Reader(plan)
    return FlatRows(tuple(_placements(reader)), tuple(_years(reader)), tuple(texts(reader)))


def placement_rows(plan: Plan) -> list[PlacementRow]:
    """One row a placement, in the plan's order."""
    return list(_placements(Reader(plan)))


def year_rows(plan: Plan) -> list[YearRow]:
    """One row for each placement and year with a value or a printed rate, in the plan's order."""
    return list(_years(Reader(plan)))


def search_rows(plan: Plan) -> list[SearchRow]:
    """One row for each text of the plan that somebody may look for."""
    return list(texts(Reader(plan)))


def _placements(reader: Reader) -> Iterator[PlacementRow]:
    return (
        placement_row(reader, placed, placement, order=order)
        for order, (placed, placement) in enumerate(reader.placements)
    )


def placement_row(
    reader: Reader, placed: Placed, placement: Placement, *, year: int | None = None, order: int = 0
) -> PlacementRow:
    """The row of a placement with the figures of ``year``; without one, of the plan's latest."""
    year = reader.latest if year is None else year
    indicator = reader.indicators[placement.indicator]
    goal, measure = reader.goal(placed), reader.measure(placed)
    result = reader.results(year).get(placement.key)
    actual, actual_year = _actual(placement, indicator, year)
    code, why = why_no_rate(result, year)
    trend = trend_of(placement, indicator, indicator.direction, until=year)
    span = placement.baseline.span if placement.baseline else None
    return PlacementRow(
        order=order,
        key=placement.key,
        indicator=indicator.key,
        role=placement.role.value,
        name=placement.name + placement.name_suffix,
        place=placed.place,
        element=placed.element.key,
        goal=goal.key,
        goal_label=goal.label,
        goal_name=title_of(goal),
        **_measure(measure),
        divisions=reader.in_charge(placed, indicator),
        unit=indicator.unit,
        direction=indicator.direction.value,
        baseline=str(placement.baseline.quantity) if placement.baseline else "",
        target=str(placement.target.quantity) if placement.target else "",
        actual=actual,
        actual_year=actual_year,
        rate_text=rate_text(result),
        again=result.text if result is not None and result.agrees is False else "",
        rate=result.rate if result else None,
        grade=(result.grade or "") if result else "",
        reached=result.reached if result else None,
        reason=code,
        no_rate=why,
        difficult=difficulty(result, reader.elapsed(year), span).is_difficult if result else False,
        spark=Spark.of(trend),
    )


def rate_text(result: Result | None) -> str:
    """The rate as published where one was, else as the scheme prints it; empty without a result."""
    if result is None:
        return ""
    return result.text if result.printed is None else str(result.printed)


def why_no_rate(result: Result | None, year: int | None) -> tuple[str, Words]:
    """The code and the words of the reason why a row has no rate; empty where it has one, or a word
    (達成, 改善) stands in its place.
    """
    if year is None:
        return str(NoRate.NO_ACTUAL), NO_VALUES
    if result is None:
        return str(NoRate.NO_TARGET), Words(*REASONS[NoRate.NO_TARGET])
    is_word = result.no_rate is NoRate.WORD and result.cause == str(NoRate.WORD)
    if result.no_rate is None or (is_word and result.reached is not None):
        return "", EMPTY
    return result.cause, Words(result.reason("ja"), result.reason("en"))


def _actual(placement: Placement, indicator: Indicator, year: int | None) -> tuple[str, int | None]:
    """The value of ``year`` as printed at the place, else the newest one before it, with its year."""
    if year is None:
        return "", None
    found = value_at(placement, indicator, year)
    if found is not None:
        return str(found), year
    before = [
        when.year for each in indicator.observations if (when := each.year.effective) and when.year < year
    ]
    if not before:
        return "", None
    older = value_at(placement, indicator, max(before))
    return str(older), max(before)


def _measure(measure: Element | None) -> dict[str, str]:
    if measure is None:
        return {"measure": "", "measure_label": "", "measure_name": ""}
    return {"measure": measure.key, "measure_label": measure.label, "measure_name": title_of(measure)}


def _years(reader: Reader) -> Iterator[YearRow]:
    results = {year: reader.results(year) for year in reader.years}
    for _, placement in reader.placements:
        indicator = reader.indicators[placement.indicator]
        for year in reader.years:
            quantity = value_at(placement, indicator, year)
            result = results[year].get(placement.key)
            if quantity is None and (result is None or result.printed is None):
                continue
            yield YearRow(
                placement=placement.key,
                year=year,
                text=str(quantity) if quantity is not None else "",
                number=_number(quantity),
                rate_text=rate_text(result),
                rate=result.rate if result else None,
                grade=(result.grade or "") if result else "",
                reached=result.reached if result else None,
            )


def _number(quantity: Quantity | None) -> Decimal | None:
    found = amount(quantity) if quantity is not None else NoRate.NO_ACTUAL
    return None if isinstance(found, NoRate) else found[0]
