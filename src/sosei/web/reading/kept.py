"""What is worked out from a plan, kept as long as the plan itself is kept in memory.

An edition never changes and a draft's plan is another object after each change, so that what was made
from the same object is never out of date.
"""

from __future__ import annotations

from functools import lru_cache

from sosei.plan.model import Plan
from sosei.web.reading.overview import Overview, overview
from sosei.web.reading.reader import Reader

_KEPT = 32  # plans; each is held with its results, some megabytes for a large one


class _Same:
    """A plan as a key: equal to itself alone, for comparing whole plans would read all of both."""

    __slots__ = ("plan",)

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.plan is self.plan

    def __hash__(self) -> int:
        return id(self.plan)


def reader_of(plan: Plan) -> Reader:
    """The plan laid out for reading."""
    return _reader(_Same(plan))


def overview_of(plan: Plan, year: int | None) -> Overview:
    """The plan's first page with the figures of ``year``."""
    return _overview(_Same(plan), year)


@lru_cache(maxsize=_KEPT)
def _reader(same: _Same) -> Reader:
    return Reader(same.plan)


@lru_cache(maxsize=_KEPT)
def _overview(same: _Same, year: int | None) -> Overview:
    return overview(_reader(same), year)
