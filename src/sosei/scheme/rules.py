"""The decisions that hold for one row and year: the scheme with its overrides, worked out once.

Rows that the same overrides choose share one ``Rules``; it is kept with the scheme, so that
evaluating 100,000 rows merges and prepares each combination a single time.
"""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatchcase

from pydantic import BaseModel

from sosei.plan.indicator import Role
from sosei.scheme.case import Case
from sosei.scheme.choices import (
    ActualUse,
    ClassOf,
    ClassOn,
    DirectionChoice,
    LowerRule,
    QuantityKind,
    StartFrom,
    TargetUse,
    When,
)
from sosei.scheme.direction import direction_of
from sosei.scheme.model import Band, Override, Scheme, Tables
from sosei.scheme.quantity import Pair

_ROLES = {role.value: role.label for role in Role}
_BY_PATTERN = ("place", "indicator", "name", "id")

Bound = tuple[int, int]


class Bounds:
    """A band ready to compare: ``low`` and ``high`` as (factor, limit), so that a pair lies above a
    limit where numerator x factor > limit x denominator.
    """

    __slots__ = ("band", "high", "high_strict", "low", "low_strict", "when")

    def __init__(self, band: Band, percent: bool) -> None:
        self.band = band
        self.low = _bound(band.above if band.at_least is None else band.at_least, percent)
        self.low_strict = band.at_least is None
        self.high = _bound(band.below if band.at_most is None else band.at_most, percent)
        self.high_strict = band.at_most is None
        self.when: tuple[When, ...] = band.when

    def holds(self, value: Pair) -> bool:
        """Whether ``value`` lies between the limits; ``when`` is for the judge to decide."""
        numerator, denominator = value
        if self.low is not None:
            above = numerator * self.low[0] - self.low[1] * denominator
            if above < 0 or (above == 0 and self.low_strict):
                return False
        if self.high is not None:
            above = numerator * self.high[0] - self.high[1] * denominator
            if above > 0 or (above == 0 and self.high_strict):
                return False
        return True


def _bound(limit: Decimal | None, percent: bool) -> Bound | None:
    if limit is None:
        return None
    numerator, denominator = limit.as_integer_ratio()
    return denominator * (100 if percent else 1), numerator


def _ladder(bands: tuple[Bounds, ...]) -> tuple[tuple[int, int, str], ...] | None:
    """Bands of which each says only ``from``, or nothing: (factor, limit, label); None for other bands."""
    steps = []
    for bounds in bands:
        is_step = bounds.high is None and not bounds.when and not (bounds.low and bounds.low_strict)
        if not is_step:
            return None
        factor, limit = bounds.low or (0, 0)
        steps.append((factor, limit, bounds.band.label))
    return tuple(steps)


class Rules:
    """A scheme without overrides, with what the arithmetic needs at hand."""

    __slots__ = (
        "actual",
        "bands",
        "digits",
        "effects",
        "first_year",
        "full",
        "is_plain",
        "is_quick",
        "kind",
        "ladder",
        "limited",
        "lower",
        "mode",
        "on",
        "period",
        "scale",
        "scheme",
        "start",
        "steps",
        "target",
    )

    def __init__(self, scheme: Scheme, period: tuple[int, int] | None) -> None:
        grade = scheme.grade
        self.scheme = scheme
        own = scheme.period
        self.period = (own.first, own.last) if own else period
        self.first_year: int = scheme.first_year or 0
        self.kind: QuantityKind = scheme.quantity.kind
        self.lower: LowerRule = scheme.quantity.lower
        self.target: TargetUse = scheme.target.use
        self.actual: ActualUse = scheme.actual.use
        self.start: StartFrom = scheme.start.origin
        self.mode = scheme.rounding.mode
        self.digits: int | None = scheme.rounding.digits if scheme.rounding.digits_from == "fixed" else None
        self.scale: int = 10**scheme.rounding.digits
        limits = scheme.limits
        self.limited = limits.floor is not None or limits.cap is not None
        self.on: ClassOn = grade.on
        # A gap is in the indicator's own unit, and so are its bands.
        in_percent = grade.unit_percent and self.kind is not QuantityKind.GAP
        self.bands = tuple(Bounds(band, in_percent) for band in grade.bands)
        self.steps = tuple(Bounds(band, in_percent) for band in (grade.steps or grade.bands))
        self.full = tuple(Bounds(band, in_percent) for band in grade.full_at_hundred)
        self.effects = tuple(Bounds(band, True) for band in scheme.effect.bands)
        quantity = scheme.quantity
        self.is_quick = (
            self.kind in (QuantityKind.RATIO, QuantityKind.PROGRESS)
            and self.target is TargetUse.FINAL
            and self.actual is ActualUse.THIS_YEAR
            and self.start is StartFrom.BASELINE
            and quantity.direction is DirectionChoice.INDICATOR
            and not quantity.divide_by_elapsed
            and "same_measurement" not in scheme.no_value
        )
        self.ladder = _ladder(self.bands)
        self.is_plain = (
            grade.on is ClassOn.RATE
            and grade.of is ClassOf.UNROUNDED
            and not self.full
            and not grade.first_years_without
            and self.ladder is not None
        )

    def elapsed(self, year: int) -> Pair | None:
        """The elapsed share of the period at the end of ``year``, at most 1; None before or without one."""
        if self.period is None:
            return None
        first, last = self.period
        return (min(year, last) - first + 1, last - first + 1) if year >= first else None


def rules_for(case: Case, scheme: Scheme, year: int) -> Rules:
    """The rules for one row and year."""
    made = scheme.made
    chosen: tuple[int, ...] = ()
    if scheme.override:
        chosen = tuple(n for n, each in enumerate(scheme.override) if applies(each, case, year))
    rules: Rules | None = made.get((chosen, case.period))
    if rules is None:
        rules = made[chosen, case.period] = Rules(merged(scheme, chosen), case.period)
    return rules


def merged(scheme: Scheme, chosen: tuple[int, ...]) -> Scheme:
    """``scheme`` with the chosen overrides laid over it, later ones above earlier ones."""
    for number in chosen:
        scheme = scheme.model_copy(update=_laid_over(scheme, scheme.override[number]))
    return scheme


def _laid_over(scheme: Scheme, override: Override) -> dict[str, object]:
    """The tables that ``override`` changes; in each only the names it writes down."""
    tables: dict[str, object] = {}
    for name in Tables.model_fields:
        above = getattr(override, name)
        below = getattr(scheme, name)
        if isinstance(above, dict):
            tables[name] = {**below, **above}
        elif isinstance(above, BaseModel):
            written = {field: getattr(above, field) for field in above.model_fields_set}
            tables[name] = below.model_copy(update=written) if isinstance(below, BaseModel) else above
    return tables


def applies(override: Override, case: Case, year: int) -> bool:
    """Whether every word that ``override`` gives chooses this row and year."""
    return (
        (not override.year or year in override.year)
        and (not override.role or case.role in {_ROLES.get(role, role) for role in override.role})
        and (not override.unit or case.unit in override.unit)
        and (not override.counting or case.counting.value in override.counting)
        and (not override.direction or direction_of(case).value in override.direction)
        and (not override.level or any(_on_level(case, level) for level in override.level))
        and all(_fits(getattr(case, name), getattr(override, name)) for name in _BY_PATTERN)
    )


def _fits(text: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or any(
        text == pattern or ("*" in pattern and fnmatchcase(text, pattern.replace("[", "[[]")))
        for pattern in patterns
    )


def _on_level(case: Case, level: str) -> bool:
    """By the level's name; in a table without levels by the label of the place (施策① is on 施策)."""
    return case.level == level if case.level else case.place.rpartition("/")[2].startswith(level)
