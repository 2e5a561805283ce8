"""What a person asks of 現状と推計: up to which year, and the years of the pyramids."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from sosei.reports.population.known import Known
from sosei.values import Problem
from sosei.web.population.years import horizons, one_of

_TWO = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """``until``: the last year of what is computed; ``years``: one or two years of pyramids."""

    until: int
    years: tuple[int, ...]

    @property
    def query(self) -> str:
        """What leads to the same page, as a query."""
        return "&".join([f"until={self.until}", *(f"year={year}" for year in self.years)])


def pyramid_years(known: Known) -> tuple[int, ...]:
    """The years of which there are pyramids: of the census before the projection, of the projection, of its extension."""
    base = known.projection.years[0]
    census = () if known.counted is None else (year for year in known.counted.years if year < base)
    return (*census, *known.projection.years, *horizons(known)[1:])


def asked(query: QueryDict, known: Known) -> Asked:
    """What a query asks; without one, the furthest year and the pyramids of the first and last published year.

    Raises Problem for a year that is not there and for more than two years of pyramids.
    """
    ends = horizons(known)
    until = one_of(query["until"], ends) if query.get("until") else ends[-1]
    given = [each for each in query.getlist("year") if each]
    if len(given) > _TWO:
        raise Problem(
            f"人口ピラミッドは二つの年までです（{len(given)} 指定されました）。二つを選んでください",
            f"pyramids of at most two years stand side by side ({len(given)} were given); choose two",
        )
    chosen = [one_of(each, pyramid_years(known)) for each in given]
    years = chosen or [known.projection.years[0], known.projection.years[-1]]
    return Asked(until, tuple(dict.fromkeys(years)))
