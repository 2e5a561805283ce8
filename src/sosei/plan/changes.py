"""The difference between two editions in words a person reads: what, where, old, new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sosei.plan.base import Node
from sosei.plan.difference import difference
from sosei.plan.model import Element, Plan
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.plan.walk import children_of


class ChangeKind(StrEnum):
    """What happened to a record."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a comparison (新旧対照): the record with its place, the field, old and new text."""

    kind: ChangeKind
    key: str
    place: str
    title: str
    field: str
    old: str
    new: str
    reason: str = ""


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``, in the order of the operations that make it."""
    before, after = _places(old), _places(new)
    return tuple(_change(operation, before, after) for operation in difference(old, new))


def _change(
    operation: Operation, before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> Change:
    match operation:
        case Set():
            place, title = after[operation.key]
            return Change(
                ChangeKind.CHANGED,
                operation.key,
                place,
                title,
                operation.field,
                text_of(operation.old),
                text_of(operation.new),
                operation.reason,
            )
        case Add():
            key = operation.record["key"]
            place, title = after[key]
            return Change(ChangeKind.ADDED, key, place, title, "", "", title, operation.reason)
        case Remove():
            key = operation.record["key"]
            place, title = before[key]
            return Change(ChangeKind.REMOVED, key, place, title, "", title, "", operation.reason)
        case Move():
            old_place, title = before[operation.key]
            place, _ = after[operation.key]
            return Change(
                ChangeKind.MOVED, operation.key, place, title, "", old_place, place, operation.reason
            )


def text_of(value: Any) -> str:
    """A field's value as a person reads it: a quantity or a text by its text, lists joined."""
    if value is None:
        return ""
    if isinstance(value, dict):
        if "quantity" in value:
            parts = [value["quantity"], value.get("year"), value.get("span")]
            return " ".join(text_of(part) for part in parts if part)
        if "text" in value:
            return str(value["text"])
        return "、".join(f"{name}: {text_of(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "、".join(text_of(inner) for inner in value)
    return str(value)


def _places(plan: Plan) -> dict[str, tuple[str, str]]:
    """Every record's place (path of labels) and title."""
    return dict(_walk(plan, "", ""))


def _walk(node: Node, place: str, above: str) -> Iterator[tuple[str, tuple[str, str]]]:
    title = _title(node) or above
    yield node.key, (place, title)
    if isinstance(node, Element) and node.label:
        place = f"{place}/{node.label}" if place else node.label
    for _, child in children_of(node):
        yield from _walk(child, place, title)


def _title(node: Node) -> str:
    for field in ("name", "title", "term", "what", "label"):
        text = getattr(node, field, "")
        if text:
            return str(text)
    year = getattr(node, "year", None)
    return str(year.text) if year else ""
