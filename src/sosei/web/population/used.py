"""もとにした表: where each figure of the page comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosei.reports.population.sources import cited
from sosei.values import Words
from sosei.web.population.facts import Facts
from sosei.web.population.kept import load_reading, origin_of
from sosei.web.population.models import Place, PopulationTable
from sosei.web.population.places import ABOUT


@dataclass(frozen=True, slots=True)
class Used:
    """A table that the page stands on; ``row`` is the municipality's own, None where it comes with the program."""

    name: Words
    source: str
    row: PopulationTable | None
    is_left_aside: bool = False


def tables_used(facts: Facts) -> Iterator[Used]:
    """All tables there are, in the order of their places."""
    for place, about in ABOUT.items():
        row = facts.tables.get(place)
        origin = origin_of(load_reading(row.content)) if row else facts.shipped.get(place)
        if origin is not None:
            aside = place == Place.NEWER and facts.known is not None and facts.known.newer is None
            yield Used(about.name, cited(origin), row, aside)
