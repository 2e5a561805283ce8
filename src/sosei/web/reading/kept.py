"""A plan laid out for reading and its first page, kept with the plan."""

from __future__ import annotations

from sosei.plan.model import Plan
from sosei.web.reading.keeping import kept
from sosei.web.reading.overview import Overview, overview
from sosei.web.reading.reader import Reader

_KEPT = 32  # plans; each is held with its results, some megabytes for a large one


@kept(_KEPT)
def reader_of(plan: Plan) -> Reader:
    """The plan laid out for reading."""
    return Reader(plan)


@kept(_KEPT)
def overview_of(plan: Plan, year: int | None) -> Overview:
    """The plan's first page with the figures of ``year``."""
    return overview(reader_of(plan), year)
