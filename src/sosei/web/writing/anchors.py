"""Notes hang on a word of a text: where the text is rewritten, their anchors move with the word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from sosei.plan.base import Key
from sosei.plan.model import Plan
from sosei.plan.operations import Operation, Set
from sosei.plan.writing import data_of


def anchors_moved(document: Plan, key: Key, field: str, old: Any, new: Any) -> list[Operation]:
    """What moves the anchors in the text ``field`` of ``key`` when it changes from ``old`` to ``new``."""
    before, after = _text(old), _text(new)
    if before is None:
        return []
    made: list[Operation] = []
    for note in document.notes:
        if not any(
            each.at == key and each.field == field and each.offset is not None for each in note.anchors
        ):
            continue
        olds = data_of(note)["anchors"]
        news = [
            {**each, "offset": moved(before, after or "", each["offset"])}
            if each["at"] == key and each["field"] == field and each.get("offset") is not None
            else each
            for each in olds
        ]
        if news != olds:
            made.append(Set(key=note.key, field="anchors", old=olds, new=news))
    return made


def moved(before: str, after: str, offset: int) -> int:
    """Where the place behind ``before[:offset]`` stands in ``after``; the nearest, where its word is gone."""
    for tag, start, end, to, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if start < offset <= end or (offset == 0 and start == 0):
            return to + (offset - start) if tag == "equal" else min(until, len(after))
    return min(offset, len(after))


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    return value.get("text") if isinstance(value, dict) else None
