"""Which years get columns in a workbook of a plan."""

from __future__ import annotations

from datetime import date

from sosei.plan.model import Plan as Document
from sosei.plan.walk import observed_years
from sosei.values import When, YearKind

_PAST = 5  # years before the period: the period before


def coming_years(document: Document) -> tuple[When, ...]:
    """The year after the last one with values, as far as the period goes: its values are written next."""
    if document.period is None:
        return ()
    first, last = document.period.first.year, document.period.last.year
    years = observed_years(document)
    following = max(first, years[-1] + 1) if years else first
    return _fiscal(range(following, min(following, last) + 1))


def target_years(document: Document) -> tuple[When, ...]:
    """The years of the period before its last, whose targets are those on the way."""
    if document.period is None:
        return ()
    return _fiscal(range(document.period.first.year, document.period.last.year))


def past_years(document: Document, today: date) -> tuple[When, ...]:
    """The years that may have values: those of the plan, and those from the period before up to last year."""
    now = today.year - (today.month < 4)
    first, last = now, now
    if document.period is not None:
        first, last = document.period.first.year, document.period.last.year
    shown = {*observed_years(document), *range(first - _PAST, min(now, last + 1))}
    return _fiscal(sorted(shown))


def _fiscal(years: range | list[int]) -> tuple[When, ...]:
    return tuple(When(year=year, kind=YearKind.FISCAL) for year in years)
