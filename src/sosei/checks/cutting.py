"""Texts of any length: the review reads the beginning of each, and says so where it leaves something out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pydantic import BaseModel

from sosei.plan.base import Node
from sosei.plan.model import Plan

LONGEST = 20_000
"""Characters of one text that are read; a longer one is no text that a person wrote into a field."""


def readable(plan: Plan) -> tuple[Plan, tuple[Node, ...]]:
    """``plan`` with every text no longer than ``LONGEST``, and the records whose texts were cut."""
    cut: dict[str, Node] = {}
    return _shortened(plan, plan, cut), tuple(cut.values())


def _shortened(value: Any, holder: Node, cut: dict[str, Node]) -> Any:
    """``value`` itself where nothing in it is too long, else a copy."""
    match value:
        case str():
            if len(value) <= LONGEST:
                return value
            cut[holder.key] = holder
            return value[:LONGEST]
        case tuple():
            parts = [_shortened(part, holder, cut) for part in value]
            changed = any(part is not old for part, old in zip(parts, value, strict=True))
            return tuple(parts) if changed else value
        case dict():
            return {**value, **_changes(value, holder, cut)}
        case BaseModel():
            changes = _changes(value.__dict__, value if isinstance(value, Node) else holder, cut)
            return value.model_copy(update=changes) if changes else value
        case _ if is_dataclass(value) and not isinstance(value, type):
            changes = _changes(
                {field.name: getattr(value, field.name) for field in fields(value)}, holder, cut
            )
            return replace(value, **changes) if changes else value
        case _:
            return value


def _changes(parts: Mapping[str, Any], holder: Node, cut: dict[str, Node]) -> dict[str, Any]:
    """The parts that had to be cut."""
    return {
        name: short
        for name, part in parts.items()
        if (short := _shortened(part, holder, cut)) is not part and short != part
    }
