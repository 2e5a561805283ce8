"""One row to evaluate: everything the rules of a scheme may look at, from a plan or from a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sosei.plan.indicator import Counting, Direction, Indicator, Placement, Value
from sosei.plan.model import Plan
from sosei.plan.walk import Placed
from sosei.values import Problem, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A class that a person decided over the computed one; the reason is required (判断)."""

    grade: str
    reason: str
    by: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise Problem(
                f"区分「{self.grade}」を人が決めるときは理由が必要です",
                f'a class decided by a person ("{self.grade}") needs a reason',
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A row's inputs, values as printed and read.  Years are fiscal years, Gregorian (R6 is 2024).

    ``indicator``    what identifies the indicator over several rows (再掲); the name where it is empty.
    ``place``        the path of labels: 基本目標１/施策①; ``level`` the name of the level it stands on.
    ``replaced``     the baseline restated after a revision of the statistics.
    ``targets``      targets of a year, interim targets, or the target as it stood in a year.
    ``actuals``      the year's values; ``first_published`` those that were restated later.
    ``printed``      the rate as published, ``grades`` the class as published.
    ``unconfirmed``  readings nobody has confirmed: target, baseline, or actual:2024.
    ``period``       first and last year of the plan, for a scheme that names none.
    """

    id: str = ""
    name: str = ""
    indicator: str = ""
    place: str = ""
    level: str = ""
    role: str = ""
    unit: str = ""
    direction: Direction = Direction.UNDECIDED
    counting: Counting = Counting.UNKNOWN
    baseline: Quantity | None = None
    baseline_year: int | None = None
    replaced: Quantity | None = None
    target: Quantity | None = None
    targets: Mapping[int, Quantity] = field(default_factory=dict)
    actuals: Mapping[int, Quantity] = field(default_factory=dict)
    first_published: Mapping[int, Quantity] = field(default_factory=dict)
    printed: Mapping[int, Quantity] = field(default_factory=dict)
    grades: Mapping[int, str] = field(default_factory=dict)
    judged: Mapping[int, Judgement] = field(default_factory=dict)
    unconfirmed: frozenset[str] = frozenset()
    period: tuple[int, int] | None = None


def case_of(
    placed: Placed,
    placement: Placement,
    indicator: Indicator,
    plan: Plan | None = None,
    unconfirmed: frozenset[str] = frozenset(),
) -> Case:
    """The case of a placement; ``plan`` gives the names of levels and the period.

    ``unconfirmed`` holds the places of joint readings that nobody has confirmed, see ``unconfirmed_in``.
    """
    entries = {when.year: entry for entry in placement.printed if (when := entry.year.effective)}
    observed = {when.year: each for each in indicator.observations if (when := each.year.effective)}
    own = {year: entry.actual for year, entry in entries.items() if entry.actual}
    levels = {level.code: level.name for level in plan.levels} if plan else {}
    period = plan.period if plan else None
    return Case(
        id=placement.key,
        name=placement.name,
        indicator=indicator.key,
        place=placed.place,
        level=levels.get(placed.element.level, placed.element.level),
        role=placement.role.label,
        unit=indicator.unit,
        direction=indicator.direction,
        counting=indicator.counting,
        baseline=_quantity(placement.baseline),
        baseline_year=_year(placement.baseline),
        target=_quantity(placement.target),
        targets={year: value.quantity for value in placement.path if (year := _year(value)) is not None},
        actuals={year: each.quantity for year, each in observed.items()} | own,
        first_published={year: each.earlier[0].quantity for year, each in observed.items() if each.earlier},
        printed={year: entry.rate for year, entry in entries.items() if entry.rate},
        grades={year: entry.grade for year, entry in entries.items() if entry.grade},
        unconfirmed=frozenset(_in_doubt(placement, indicator, unconfirmed)),
        period=(period.first.year, period.last.year) if period else None,
    )


def unconfirmed_in(plan: Plan) -> frozenset[str]:
    """The cells of joint readings that nobody has confirmed and that differ between the options."""
    return frozenset(
        cell.place
        for group in plan.joint_readings
        if not group.confirmed
        for cell in group.options[group.chosen].cells
        if len({*group.alternatives_for(cell.place), cell.text}) > 1
    )


def _in_doubt(placement: Placement, indicator: Indicator, unconfirmed: frozenset[str]) -> Iterator[str]:
    if placement.doubt("target") or placement.doubt("indicator") or f"{placement.key}.target" in unconfirmed:
        yield "target"
    if placement.doubt("baseline") or f"{placement.key}.baseline" in unconfirmed:
        yield "baseline"
    for each in indicator.observations:
        when = each.year.effective
        if when and (each.doubt("quantity") or f"{each.key}.quantity" in unconfirmed):
            yield f"actual:{when.year}"


def _quantity(value: Value | None) -> Quantity | None:
    return value.quantity if value else None


def _year(value: Value | None) -> int | None:
    when = value.year.effective if value and value.year else None
    return when.year if when else None
