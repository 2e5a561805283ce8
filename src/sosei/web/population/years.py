"""The years that a page of the population can be asked for: those in which a step of the projection ends."""

from __future__ import annotations

from collections.abc import Sequence

from sosei.reports.population.known import Known
from sosei.values import Problem, quoted

UNTIL = 2070
"""The year up to which a population vision looks ahead, unless another is asked for."""
LATEST = 2100
"""The last year that any page goes to."""
_APART = 5
"""Years between two ends of an extension to choose from, also where the steps are of one year."""


def ends(known: Known, most: int = UNTIL) -> tuple[int, ...]:
    """The year in which each step ends, up to ``most`` and to the last published one at least."""
    panel = known.projection
    base, width = panel.years[0], panel.ages.width
    return tuple(range(base + width, max(most, panel.years[-1]) + 1, width))


def years_to(known: Known, until: int) -> tuple[int, ...]:
    """The base year and the ends of the steps up to ``until``: the years of a run that goes so far."""
    return (known.projection.years[0], *(year for year in ends(known, until) if year <= until))


def horizons(known: Known) -> tuple[int, ...]:
    """How far the published projection may be carried on: not at all, and five years at a time to ``UNTIL``."""
    last = known.projection.years[-1]
    return tuple(year for year in ends(known) if year >= last and (year - last) % _APART == 0)


def usual_until(known: Known) -> int:
    """The last year unless another is asked for: ``UNTIL``, or the end of a step before it."""
    years = ends(known)
    return max((year for year in years if year <= UNTIL), default=years[0])


def one_of(text: str, among: Sequence[int]) -> int:
    """The year of ``among`` that ``text`` names.  Raises Problem for anything else."""
    found = next((year for year in among if str(year) == text), None)
    if found is None:
        shown = quoted(text, 20)
        raise Problem(
            f"「{shown}」年は選べません。{'、'.join(map(str, among))} から選んでください",
            f'the year "{shown}" is not there; choose one of {", ".join(map(str, among))}',
        )
    return found
