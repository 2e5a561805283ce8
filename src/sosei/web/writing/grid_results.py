"""What stands beside the values of a grid of years: the rates that the plan's scheme computes, findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sosei.checks.finding import Finding, Words
from sosei.plan.base import Key
from sosei.plan.indicator import Placement
from sosei.plan.model import Plan
from sosei.plan.walk import Placed, by_key, index, placements
from sosei.scheme.case import case_of, unconfirmed_in
from sosei.scheme.evaluate import evaluate_case
from sosei.scheme.presets import scheme_of
from sosei.scheme.result import Result
from sosei.values import parse_year_label
from sosei.web.writing.partial import findings_near


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What the scheme makes of a placement's year; ``is_other_...`` where something else is printed."""

    owner: Key
    year: int
    text: str
    grade: str
    is_other_rate: bool
    is_other_grade: bool
    reason: Words

    @property
    def rate(self) -> Words:
        """計算 103%, with what differs from the printed rate; why there is none."""
        if self.reason.ja:
            return self.reason
        return _said(self.text, self.is_other_rate)

    @property
    def class_(self) -> Words:
        """計算 A, with what differs from the printed class; empty where the scheme has no classes."""
        return _said(self.grade, self.is_other_grade)


def _said(text: str, is_other: bool) -> Words:
    if not text:
        return Words("", "")
    if is_other:
        return Words(f"計算 {text}（印字と違います）", f"computed {text} (printed otherwise)")
    return Words(f"計算 {text}", f"computed {text}")


class Results:
    """The computed rates of one plan."""

    def __init__(self, document: Plan) -> None:
        self.document = document
        self.indicators = by_key(document)

    @cached_property
    def placed(self) -> dict[Key, Placed]:
        """Every placement with its place."""
        return {placement.key: placed for placed, placement in placements(self.document)}

    @cached_property
    def _unconfirmed(self) -> frozenset[str]:
        return unconfirmed_in(self.document)

    def of(self, owner: Key, years: Iterable[int]) -> dict[int, Computed]:
        """What the scheme makes of the placement ``owner`` in each of ``years``; nothing for anything else."""
        placed = self.placed.get(owner)
        if placed is None or placed.placement is None:
            return {}
        placement = placed.placement
        indicator = self.indicators[placement.indicator]
        case = case_of(placed, placement, indicator, self.document, self._unconfirmed)
        return {
            year: _computed(evaluate_case(case, scheme_of(self.document, year), year))
            for year in years
            if year in case.actuals or year in case.printed or year in case.grades
        }

    def beside(self, owners: Iterable[Key]) -> list[Key]:
        """The placements ``owners`` and those that show the same indicators."""
        known = set(owners)
        shown = {key if key in self.indicators else self._indicator(key) for key in known}
        return [key for key, placed in self.placed.items() if placed.placement.indicator in shown]  # type: ignore[union-attr]

    def _indicator(self, key: Key) -> Key:
        placed = self.placed.get(key)
        return placed.placement.indicator if placed and placed.placement else ""


def _computed(result: Result) -> Computed:
    is_blank = result.no_rate is not None and not result.text.strip("-－ ")
    return Computed(
        owner=result.placement,
        year=result.year,
        text=result.text,
        grade=result.grade or "",
        is_other_rate=result.agrees is False,
        is_other_grade=bool(result.grade) and result.grade_agrees is False,
        reason=Words(result.reason("ja"), result.reason("en")) if is_blank else Words("", ""),
    )


def findings_of(document: Plan, owners: Sequence[Key]) -> dict[tuple[Key, int], list[Finding]]:
    """What the review says of single years of ``owners`` (placements, or indicators alone), heaviest first."""
    known = index(document)
    at: dict[Key, Key] = {}  # which owner shows a record
    years: dict[Key, int] = {}
    for owner in owners:
        node = known.get(owner)
        if node is None:
            continue
        indicator = known[node.indicator] if isinstance(node, Placement) else node
        inside = (*getattr(node, "printed", ()), *getattr(indicator, "observations", ()))
        years |= {each.key: when.year for each in inside if (when := each.year.effective)}
        for each in (node, indicator, *inside):
            at.setdefault(each.key, owner)
    found: dict[tuple[Key, int], list[Finding]] = {}
    for finding in findings_near(document, at) if at else ():
        for place in finding.places:
            year = years.get(place.key) or _year_in(place.field)
            if place.key in at and year is not None:
                said = found.setdefault((at[place.key], year), [])
                if finding not in said:
                    said.append(finding)
    return found


def _year_in(field: str) -> int | None:
    """The year in a finding's place: 2024 of actual:R6."""
    _, _, text = field.partition(":")
    when = parse_year_label(text).effective if text else None
    return when.year if when else None
