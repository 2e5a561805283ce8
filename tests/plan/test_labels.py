"""Every field of every record has a Japanese name."""

from __future__ import annotations

from sosei.plan.base import Node
from sosei.plan.labels import FIELD_LABELS
from sosei.plan.model import Plan
from sosei.plan.walk import collections_of

HEAD = {"key", "format", "version"}


def fields(kind: type[Node]) -> set[str]:
    found = set(kind.model_fields) - set(collections_of(kind))
    for inner in collections_of(kind).values():
        found |= fields(inner) if inner is not kind else set()
    return found


def test_every_field_has_a_japanese_name_and_none_is_left_over() -> None:
    assert fields(Plan) - HEAD == set(FIELD_LABELS)
