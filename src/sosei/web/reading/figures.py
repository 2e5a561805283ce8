"""The numbers of one row that may stand in one picture: same unit, same length of time.

28件/3か年, 17件／１か年 and 36件／4か年 side by side would say the opposite of what happened, so values
over different spans are drawn per year, and what cannot be brought to one measure is left out with
its reason.  The printed texts stand in the tables beside every picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sosei.checks.finding import Words
from sosei.plan import walk
from sosei.plan.indicator import Direction, Indicator, Placement, Value
from sosei.reports.charts import Comparison, Figure, Point, YearChart
from sosei.scheme.choices import RoundingMode
from sosei.scheme.quantity import Pair, pair_of, printed_unit, same_unit
from sosei.scheme.rounding import rounded
from sosei.values import HouseStyle, Qualifier, Quantity, Span, format_number
from sosei.web.reading.difficult import length, says_length
from sosei.web.reading.words import ACTUAL, BASELINE, TARGET, label_words, short_year

_LIMIT = Decimal("1E+18")  # a chart takes no number as large as this
_STRICT = frozenset({Qualifier.LESS_THAN, Qualifier.MORE_THAN})
_LOWER_IS_BETTER = {
    Direction.RAISE: False,
    Direction.AT_LEAST: False,
    Direction.LOWER: True,
    Direction.AT_MOST: True,
}
_PER_YEAR = Words("1年あたり", "per year")
_OTHER_UNIT = Words("単位が違うため図に含めません", "is in another unit and is left out of the picture")
_NO_LENGTH = Words(
    "何年分の値か分からないため図に含めません", "covers an unknown span and is left out of the picture"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a picture: its label, the text and number to draw, the text as printed, its year."""

    label: Words
    figure: Figure
    printed: str
    year: int | None


@dataclass(frozen=True, slots=True)
class YearMark:
    """A year of a picture: its actual value and its text as printed, and a target of its own where it has one."""

    year: int
    label: Words
    actual: Figure
    printed: str = ""
    target: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The figures of a placement, brought to one unit and one length of time.

    ``shown`` is the year that a comparison speaks of.
    ``target`` is the one target for all years; years with targets of their own have them in ``years``.
    ``left_out`` says of each value that is not drawn why.
    """

    name: str
    unit: str
    per_year: bool
    lower_is_better: bool | None
    baseline: Mark | None
    target: Mark | None
    years: tuple[YearMark, ...]
    shown: int | None = None
    left_out: tuple[Words, ...] = ()

    @property
    def place_of_baseline(self) -> int:
        """Before which of the years the baseline stands: the first, unless its own year is later."""
        year = self.baseline.year if self.baseline else None
        return 0 if year is None else sum(mark.year < year for mark in self.years)

    @property
    def has_year_targets(self) -> bool:
        """Whether any year has a target of its own."""
        return any(mark.target is not None for mark in self.years)

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """The numbers of the years in order, for a small line."""
        return tuple(mark.actual.value for mark in self.years)

    @property
    def has_actuals(self) -> bool:
        """Whether any year has a number; where none has, a picture shows the baseline alone."""
        return any(mark.actual.value is not None for mark in self.years)

    @property
    def has_numbers(self) -> bool:
        """Whether there is any number to draw."""
        marks = (self.baseline, self.target)
        return any(m is not None and m.figure.value is not None for m in marks) or any(
            each.actual.value is not None or (each.target is not None and each.target.value is not None)
            for each in self.years
        )

    def chart(self, language: str, *, baseline: bool = True) -> YearChart:
        """The row over the years, the baseline among them where there is one."""
        points = [
            Point(
                label=m.label.of(language),
                actual=m.actual,
                target=m.target if self.has_year_targets else None,
            )
            for m in self.years
        ]
        if baseline and self.baseline is not None and self.baseline.figure.value is not None:
            points.insert(
                self.place_of_baseline,
                Point(label=self.baseline.label.of(language), actual=self.baseline.figure),
            )
        target = self.target.figure if self.target is not None and not self.has_year_targets else None
        return YearChart(
            title=self.title(language),
            points=tuple(points),
            unit=self.unit,
            target=target,
            actual_name=(ACTUAL if self.has_actuals else BASELINE).of(language),
            target_name=TARGET.of(language),
            lower_is_better=self.lower_is_better,
            language=language,
        )

    def comparison(self, language: str) -> Comparison:
        """The shown year against baseline and target."""
        latest = next((mark.actual for mark in self.years if mark.year == self.shown), Figure())
        return Comparison(
            title=self.title(language),
            unit=self.unit,
            baseline=self.baseline.figure if self.baseline else Figure(),
            actual=latest,
            target=self.target.figure if self.target else Figure(),
            lower_is_better=self.lower_is_better,
            language=language,
        )

    def title(self, language: str) -> str:
        """The row's name, and that the figures are per year where they are."""
        if not self.per_year:
            return self.name
        words = _PER_YEAR.of(language)
        return f"{self.name} ({words})" if language == "en" else f"{self.name}（{words}）"


@dataclass(frozen=True, slots=True)
class _Cell:
    name: Words
    quantity: Quantity
    span: Span | None = None


def trend_of(
    placement: Placement, indicator: Indicator, direction: Direction, *, until: int | None = None
) -> Trend:
    """The figures of ``placement`` with its own printed values where it has them, up to the year ``until``."""
    actuals = {
        when.year: _Cell(short_year(when.year), value_at(placement, indicator, when.year) or each.quantity)
        for each in indicator.observations
        if (when := each.year.effective) and (until is None or when.year <= until)
    }
    baseline, target = _cell(BASELINE, placement.baseline), _cell(TARGET, placement.target)
    path = {
        when.year: _Cell(TARGET, each.quantity, each.span)
        for each in placement.path
        if each.year and (when := each.year.effective)
    }
    cells = [cell for cell in (target, *actuals.values(), baseline, *path.values()) if cell is not None]
    drawing = _Drawing(cells, indicator.unit)
    years = sorted({*actuals, *path})
    marks = tuple(
        YearMark(
            year,
            short_year(year),
            drawing.figure(actuals.get(year)),
            actuals[year].quantity.text if year in actuals else "",
            drawing.figure(path[year]) if year in path else None,
        )
        for year in years
    )
    return Trend(
        name=placement.name + placement.name_suffix,
        unit=drawing.unit,
        per_year=drawing.per_year,
        lower_is_better=_lower_is_better(placement, direction),
        baseline=drawing.mark(baseline, _baseline_label(placement.baseline), placement.baseline),
        target=drawing.mark(
            target, label_words(placement.target.year if placement.target else None), placement.target
        ),
        years=marks,
        shown=max(actuals, default=None) if until is None else until,
        left_out=tuple(drawing.left_out(cells)),
    )


def value_at(placement: Placement, indicator: Indicator, year: int) -> Quantity | None:
    """What the placement shows for a year: its own printed value, else the adopted one."""
    entry = walk.printed(placement, year)
    if entry and entry.actual:
        return entry.actual
    observation = walk.observed(indicator, year)
    return observation.quantity if observation else None


class _Drawing:
    """One unit and one length of time for all the cells of a row."""

    def __init__(self, cells: list[_Cell], unit: str) -> None:
        self.row_unit = unit
        numbers = [cell for cell in cells if isinstance(pair_of(cell.quantity, unit), tuple)]
        first = numbers[0].quantity if numbers else None
        self.first = first
        self.unit, self.one = printed_unit(first, unit)
        lengths = {length(cell.quantity, cell.span) for cell in numbers}
        self.per_year = bool(lengths - {Fraction(1)})

    def figure(self, cell: _Cell | None) -> Figure:
        """The number to draw with its text; without one the printed text as the reason."""
        if cell is None:
            return Figure()
        number = self._number(cell)
        printed = cell.quantity.text.strip()
        if number is None or self._why_not(cell) is not None:
            return Figure(text=printed)
        if not self.per_year:
            value = rounded(number, 6, RoundingMode.HALF_UP).normalize()
            return Figure(value=value + 0, text=printed) if abs(value) < _LIMIT else Figure(text=printed)
        value = rounded(number, 1, RoundingMode.HALF_UP)
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        if abs(value) >= _LIMIT:
            return Figure(text=printed)
        return Figure(value=value, text=format_number(value, HouseStyle()) + self.unit)

    def mark(self, cell: _Cell | None, label: Words, value: Value | None) -> Mark | None:
        """A value with its label; None for a cell that is not there."""
        if cell is None:
            return None
        when = value.year.effective if value is not None and value.year else None
        return Mark(label, self.figure(cell), cell.quantity.text, when.year if when else None)

    def left_out(self, cells: list[_Cell]) -> Iterator[Words]:
        """What is said of each number that cannot be drawn."""
        for cell in cells:
            why = self._why_not(cell)
            if why is not None:
                yield Words(
                    f"{cell.name.ja}（{cell.quantity.text}）は{why.ja}。",
                    f"{cell.name.en} ({cell.quantity.text}) {why.en}.",
                )

    def _pair(self, cell: _Cell) -> Pair | None:
        found = pair_of(cell.quantity, self.row_unit)
        return found if isinstance(found, tuple) else None

    def _why_not(self, cell: _Cell) -> Words | None:
        if self._pair(cell) is None:
            return None
        if self.first is not None and not same_unit(self.first, cell.quantity):
            return _OTHER_UNIT
        if self.per_year and not self._has_length(cell):
            return _NO_LENGTH
        return None

    def _has_length(self, cell: _Cell) -> bool:
        """Whether it is known how many years a value adds up: a year's actual is one, a baseline must say."""
        is_silent = cell.name is BASELINE and not says_length(cell.quantity, cell.span)
        return not is_silent and length(cell.quantity, cell.span) is not None

    def _number(self, cell: _Cell) -> Fraction | None:
        pair = self._pair(cell)
        if pair is None:
            return None
        number = Fraction(*pair) / self.one
        span = length(cell.quantity, cell.span)
        return number / span if self.per_year and span else number


def _cell(name: Words, value: Value | None) -> _Cell | None:
    return _Cell(name, value.quantity, value.span) if value is not None else None


def _baseline_label(value: Value | None) -> Words:
    label = label_words(value.year if value else None)
    if not label.ja:
        return BASELINE
    return Words(f"{BASELINE.ja} {label.ja}", f"{BASELINE.en} {label.en}")


def _lower_is_better(placement: Placement, direction: Direction) -> bool | None:
    """Which way is better; None where a strict or worded target lets no picture speak of reaching it."""
    targets = [value.quantity for value in (placement.target, *placement.path) if value is not None]
    if any(_STRICT.intersection(target.qualifiers) for target in targets):
        return None
    return _LOWER_IS_BETTER.get(direction)
