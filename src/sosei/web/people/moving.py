"""Moving responsibility from divisions to others on a day: which periods change and begin (knows no database).

A period is half open: from ``since`` to before ``until`` (None: open).  One whose two days are one was
never in force; that is how a period that lies wholly after the day is given up without losing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Period:
    """A division (any name for it) answers for one record: ``id`` is the row it stands in."""

    id: Any
    division: Any
    is_main: bool
    since: date
    until: date | None


class Begin(NamedTuple):
    """A period to be begun."""

    division: Any
    is_main: bool
    since: date
    until: date | None


class Moved(NamedTuple):
    """What changes for one record: the new ``until`` of rows, periods that begin, rows that leave."""

    until: Mapping[Any, date | None]
    begin: Sequence[Begin]
    leaving: Sequence[Period]


def move(periods: Iterable[Period], goes: Callable[[Period], Any | None], on: date) -> Moved:
    """Move one record's ``periods`` that last past ``on`` to the division that ``goes`` names (None: stays).

    Where the division is there already, or several of its predecessors were, it answers once, as 主担当
    on the days on which any of them was.
    """
    going = {period: target for period in periods if (target := goes(period)) is not None}
    until: dict[Any, date | None] = {period.id: max(on, period.since) for period in going}
    begin: list[Begin] = []
    for target in dict.fromkeys(going.values()):
        own = [each for each in periods if each.division == target and each not in going]
        gained = [
            Begin(target, each.is_main, max(on, each.since), each.until)
            for each, where in going.items()
            if where == target
        ]
        wanted = list(_levelled([*(Begin(target, e.is_main, e.since, e.until) for e in own), *gained]))
        for each in own:
            same = [w for w in wanted if w.since == each.since and w.is_main == each.is_main]
            for found in same[:1]:
                wanted.remove(found)
            end = same[0].until if same else each.since
            if end != each.until:
                until[each.id] = end
        begin += wanted
    return Moved(until, begin, list(going))


def _levelled(periods: Sequence[Begin]) -> Iterator[Begin]:
    """The periods of one division without overlap: 主担当 wherever one of them is, neighbours alike joined."""
    cuts = sorted({each.since for each in periods} | {each.until for each in periods if each.until})
    last: Begin | None = None
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        there = [e for e in periods if e.since <= start and (e.until is None or e.until > start)]
        if not there:
            continue
        is_main = any(each.is_main for each in there)
        if last is not None and last.until == start and last.is_main == is_main:
            last = last._replace(until=end)
            continue
        if last is not None:
            yield last
        last = Begin(there[0].division, is_main, start, end)
    if last is not None:
        yield last
