"""Every field of every record has a Japanese name."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

from sosei.plan.base import Doubt, Model, Node, Prose
from sosei.plan.labels import FIELD_LABELS
from sosei.plan.model import Level, Plan
from sosei.plan.record import Municipality
from sosei.plan.walk import collections_of

HEAD = {"key", "format", "version"}
UNTYPED = {Doubt, Level, Municipality, Prose}  # no form shows their parts by these names


def fields(kind: type[Node]) -> set[str]:
    found = set(kind.model_fields) - set(collections_of(kind))
    for inner in collections_of(kind).values():
        found |= fields(inner) if inner is not kind else set()
    return found


def parts(kind: type[Model]) -> set[str]:
    """The fields of the values inside a record, and of the values inside those."""
    found: set[str] = set()
    for hint in get_type_hints(kind).values():
        for inner in models_in(hint):
            if inner is not kind and inner not in UNTYPED:
                found |= parts(inner) | (set() if issubclass(inner, Node) else set(inner.model_fields))
    return found


def models_in(hint: Any) -> list[type[Model]]:
    if isinstance(hint, type) and issubclass(hint, Model):
        return [hint]
    return [each for inner in get_args(hint) for each in models_in(inner)]


def test_every_field_has_a_japanese_name_and_none_is_left_over() -> None:
    assert (fields(Plan) | parts(Plan)) - HEAD == set(FIELD_LABELS)
