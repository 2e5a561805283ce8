"""What a chart shows: a few plain records, every number with the text it is printed as."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sosei.values import HouseStyle, Problem, format_number

_LARGEST = Decimal("1E+18")
_NO_TEXT = "－"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number and its printed text; without a value the text is the reason (「－」, 「未公表」).

    Raises Problem for NaN, infinity and numbers of 100京 and more.
    """

    value: Decimal | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and not (self.value.is_finite() and abs(self.value) < _LARGEST):
            raise Problem(
                f"グラフにできる数は100京未満です（{self.value}）",
                f"a chart takes numbers below 1E+18, not {self.value}",
            )


NOTHING = Figure()


def printed(figure: Figure) -> str:
    """A figure's text; the plain number where it has a value but no text, 「－」 where it has neither."""
    if figure.text:
        return figure.text
    return _NO_TEXT if figure.value is None else format_number(figure.value, HouseStyle())


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One year: its label on the axis, the actual value, and a target of that very year if there is one."""

    label: str
    actual: Figure = NOTHING
    target: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChart:
    """Actual values over years, for ``bar``, ``series`` and ``sparkline``.

    ``target``           one target for all years, drawn as a line; a target of a single year stands in
                         its Point instead.  Both at once raise Problem.
    ``lower_is_better``  None where the wanted direction is not known: nothing is then said of reaching.
    ``from_zero``        False lets the axis of ``series`` leave out zero; the chart then says so.
                         Bars always start at zero.
    ``language``         ``"en"`` writes the chart's own words in English; any other, in Japanese.
    ``description``      the alternative text; empty: ``describe`` writes it.
    """

    title: str
    points: tuple[Point, ...] = ()
    unit: str = ""
    target: Figure | None = None
    description: str = ""
    actual_name: str = "実績値"
    target_name: str = "目標値"
    lower_is_better: bool | None = None
    from_zero: bool = True
    style: HouseStyle = field(default_factory=HouseStyle)
    language: str = "ja"

    def __post_init__(self) -> None:
        if self.target is not None and self.has_yearly_targets:
            raise Problem(
                "目標値は、全年度に共通の1つか年度ごとのどちらか一方だけを指定します",
                "give either one target for all years or targets by year, not both",
            )

    @property
    def has_yearly_targets(self) -> bool:
        """Whether any year has a target of its own."""
        return any(point.target is not None for point in self.points)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """All known numbers, actual and target, in no particular order."""
        figures = [point.actual for point in self.points]
        figures += [point.target for point in self.points if point.target]
        figures += [self.target] if self.target else []
        return tuple(figure.value for figure in figures if figure.value is not None)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no year at all, or no number."""
        return not self.points or not self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One actual value against its baseline and target, for ``bullet``.  Any of the three may be missing."""

    title: str
    unit: str = ""
    baseline: Figure = NOTHING
    actual: Figure = NOTHING
    target: Figure = NOTHING
    lower_is_better: bool | None = None
    description: str = ""
    language: str = "ja"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in user units: CSS pixels on a screen, 0.75 pt in print at natural size."""

    width: int
    height: int
