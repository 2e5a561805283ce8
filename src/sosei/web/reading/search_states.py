"""Which states of a municipality's plans are looked through, and the texts in them that hold the words.

Editions are searched in the table of texts (two queries for all of them), drafts in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from sosei.web.people.models import Municipality
from sosei.web.plans import models
from sosei.web.plans.opened import Opened
from sosei.web.reading.list_rows import draft_rows
from sosei.web.reading.search import GROUPS, group_of
from sosei.web.reading.searching import SearchRow

_FIELDS = tuple(field.name for field in fields(SearchRow))
_RANK = {group.code: place for place, group in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A text that holds all the words: the state of the plan, the group it belongs to, its row.

    ``same`` joins what is one result; ``pk`` names the row where it still is in the table; ``more`` is
    how many places of the same indicator were left out.
    """

    state: Opened
    group: str
    order: int
    same: str
    pk: UUID | None = None
    row: SearchRow | None = None
    more: int = 0


def states_of(municipality: Municipality, *, drafts: bool, older: bool) -> list[Opened]:
    """Plan by plan: the current edition, then the open draft and the older editions where wanted."""
    editions = _by_plan(models.Edition.objects.filter(municipality=municipality).defer("data"))
    open_drafts = (
        models.Draft.objects.filter(municipality=municipality, is_open=True).defer("start") if drafts else ()
    )
    begun = _by_plan(open_drafts)
    found: list[Opened] = []
    for plan in models.Plan.objects.filter(municipality=municipality):
        plan.municipality = municipality
        current, *others = editions.get(plan.pk, [None])
        if current is not None:
            found.append(Opened(plan, "current", edition=current))
        found += [Opened(plan, "draft", draft=draft) for draft in begun.get(plan.pk, ())]
        found += [Opened(plan, f"e{edition.no}", edition=edition) for edition in others if older]
    return found


def _by_plan(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(row)
    return found


def hits_in(municipality: Municipality, states: Sequence[Opened], words: Sequence[str]) -> list[Hit]:
    """Every text of ``states`` that holds all of ``words``, group by group, state by state, in the plan's
    order; an indicator found by its name stands once, however many places print it.
    """
    found = [*_in_editions(municipality, states, words), *_in_drafts(states, words)]
    rank = {id(state): place for place, state in enumerate(states)}
    found.sort(key=lambda hit: (_RANK[hit.group], rank[id(hit.state)], hit.order))
    return list(_once(found))


def _in_editions(municipality: Municipality, states: Sequence[Opened], words: Sequence[str]) -> Iterator[Hit]:
    by_edition = {state.edition.pk: state for state in states if state.edition is not None}
    rows = models.SearchRow.objects.filter(municipality=municipality, edition__in=by_edition)
    for word in words:
        rows = rows.filter(folded__contains=word)
    brief = rows.order_by().values_list("pk", "edition_id", "order", "kind", "field", "owner")
    for pk, edition, order, kind, field, owner in brief:
        yield Hit(
            state=by_edition[edition],
            group=group_of(kind, field).code,
            order=order,
            same=_same(kind, field, owner, order),
            pk=pk,
        )


def _in_drafts(states: Sequence[Opened], words: Sequence[str]) -> Iterator[Hit]:
    for state in states:
        if state.draft is None:
            continue
        for row in draft_rows(state.document).search:
            if all(word in row.folded for word in words):
                yield Hit(
                    state=state,
                    group=group_of(row.kind, row.field).code,
                    order=row.order,
                    same=_same(row.kind, row.field, row.owner, row.order),
                    row=row,
                )


def _same(kind: str, field: str, owner: str, order: int) -> str:
    """What makes several texts one result: an indicator's name, wherever it is printed."""
    is_name = kind in ("placement", "indicator") and field == "name"
    return owner if is_name else str(order)


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    for _, in_state in groupby(hits, key=lambda hit: (hit.group, id(hit.state))):
        found: dict[str, list[Hit]] = {}
        for hit in in_state:
            found.setdefault(hit.same, []).append(hit)
        for same in found.values():
            yield replace(same[0], more=len(same) - 1)


def with_rows(hits: Sequence[Hit]) -> list[Hit]:
    """The hits of a page with their rows, fetched in one query."""
    wanted = [hit.pk for hit in hits if hit.pk is not None]
    rows = models.SearchRow.objects.in_bulk(wanted) if wanted else {}
    return [
        hit
        if hit.pk is None
        else replace(hit, row=SearchRow(**{name: getattr(rows[hit.pk], name) for name in _FIELDS}))
        for hit in hits
        if hit.pk is None or hit.pk in rows
    ]
