"""Who changed on screen what a workbook changes too, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sosei.plan.base import Key
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.store import operation_of
from sosei.web.workbooks.merging import Both

_Spot = tuple[Key, str]
_ANY, _NEW, _PLACE = "*", "*new", "*place"  # no field is called so


def writers_told(draft: Draft, both: Sequence[Both]) -> list[Both]:
    """``both``, each with the last who wrote it in the draft, and when."""
    if not both:
        return []
    last: dict[_Spot, DraftOperation] = {}
    for row in draft.operations.select_related("by").order_by("no"):
        last |= dict.fromkeys(_touched(operation_of(row)), row)
    return [_told(each, last) for each in both]


def _told(both: Both, last: dict[_Spot, DraftOperation]) -> Both:
    rows = [last[spot] for spot in _asked(both) if spot in last]
    row = max(rows, key=lambda each: each.no, default=None)
    if row is None:
        return both
    return replace(both, who=row.by.name if row.by else "", at=row.at)


def _asked(both: Both) -> Iterator[_Spot]:
    for operation in both.operations:
        match operation:
            case Set():
                yield from ((operation.key, operation.field), (operation.key, _NEW))
            case Move():
                yield operation.key, _PLACE
            case Remove():
                yield from ((key, _ANY) for key in _keys(operation.record))
            case Add() if both.written:
                yield both.written["key"], _ANY


def _touched(operation: Operation) -> Iterator[_Spot]:
    match operation:
        case Set():
            yield from ((operation.key, operation.field), (operation.key, _ANY))
        case Move():
            yield from ((operation.key, _PLACE), (operation.key, _ANY))
            yield from ((operation.old.parent, _ANY), (operation.to.parent, _ANY))
        case Add():
            yield operation.to.parent, _ANY
            for key in _keys(operation.record):
                yield from ((key, _NEW), (key, _PLACE), (key, _ANY))
        case Remove():
            yield operation.old.parent, _ANY
            yield from ((key, _ANY) for key in _keys(operation.record))


def _keys(data: Any) -> Iterator[Key]:
    """The keys of a record and all it holds."""
    if isinstance(data, dict):
        if isinstance(data.get("key"), str):
            yield data["key"]
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from _keys(each)
