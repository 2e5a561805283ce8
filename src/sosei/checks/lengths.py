"""How long the stretch is that a value covers, and whether the values of a row cover the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sosei.checks.dossier import Row
from sosei.checks.say import shown
from sosei.plan.indicator import Counting
from sosei.scheme.quantity import years_of
from sosei.values import Kind, Quantity, Span, When, YearKind

_BY_YEAR = frozenset({Counting.ANNUAL, Counting.FISCAL_YEAR, Counting.CALENDAR_YEAR})
_RUNNING = ("累計", "累積")
_OF_ONE_YEAR = ("年間", "単年", "毎年", "各年", "年度累計", "年度内", "年度中")
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A number of a row and the years it covers.

    ``years`` is None where nothing is printed about it or it is no number of years; ``printed`` says
    whether a period stands at the value.
    """

    field: str
    quantity: Quantity
    years: Fraction | None
    printed: bool

    @property
    def per_year(self) -> Fraction | None:
        """The number without scale for one year; None where the length is not known."""
        base = self.quantity.base
        return None if base is None or not self.years else Fraction(base[0]) / self.years

    @property
    def per_year_text(self) -> str:
        """The number for one year with its unit: 9件; empty where the length is not known."""
        value, base = self.per_year, self.quantity.base
        return "" if value is None or base is None else shown(value, 1) + base[1]


def stretches(row: Row) -> list[Stretch]:
    """Baseline, target and actual of ``row`` that are numbers, with the years each covers."""
    return [_stretch(row, field, quantity) for field, quantity in row.values if quantity.base is not None]


def unequal(row: Row) -> bool:
    """Whether two numbers of ``row`` cover stretches of different length, as far as is known."""
    return len({each.years for each in stretches(row) if each.years is not None}) > 1


def is_running_total(row: Row) -> bool:
    """Whether the indicator adds up year after year, by its counting or its name (累計)."""
    name = row.placement.name
    if any(word in name for word in _OF_ONE_YEAR):
        return False
    return row.indicator.counting is Counting.CUMULATIVE or any(word in name for word in _RUNNING)


def says_running_total(row: Row) -> bool:
    """Whether the name itself says 累計 and means more than one year."""
    name = row.placement.name
    return any(word in name for word in _RUNNING) and not any(word in name for word in _OF_ONE_YEAR)


def span_of(row: Row, field: str) -> Span | None:
    """The span given for the baseline or the target of ``row``."""
    value = {"baseline": row.placement.baseline, "target": row.placement.target}.get(field)
    return value.span if value else None


def fiscal(when: When) -> int:
    """The fiscal year of ``when``: of 令和8年3月 2025; a calendar year keeps its number."""
    early = when.kind is YearKind.DATE and when.month is not None and when.month < 4
    return when.year - 1 if early else when.year


def _stretch(row: Row, field: str, quantity: Quantity) -> Stretch:
    span = span_of(row, field)
    if quantity.per is not None:
        return Stretch(field, quantity, years_of(quantity.per) or None, printed=True)
    if span is not None:
        years = span.last.year - span.first.year + 1
        return Stretch(field, quantity, Fraction(years) if years > 0 else None, printed=True)
    is_year = field.startswith("actual") and row.indicator.counting in _BY_YEAR
    return Stretch(field, quantity, _ONE if is_year and quantity.kind is Kind.NUMBER else None, printed=False)
