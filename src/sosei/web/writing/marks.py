"""What a plan says of a field's old text goes when the text is written anew."""

from __future__ import annotations

from sosei.plan.base import Node
from sosei.plan.operations import Operation, Set
from sosei.plan.writing import data_of


def unmarked(node: Node, name: str, reason: str = "") -> list[Operation]:
    """What takes the marks of the field ``name`` of ``node`` away: that it is not printed, that it is our
    reading, how the source has it, an open doubt about it.
    """
    data = data_of(node)
    made: list[Operation] = []
    for mark in ("not_printed", "interpreted"):
        if name in data.get(mark, ()):
            rest = [each for each in data[mark] if each != name]
            made.append(Set(key=node.key, field=mark, old=data[mark], new=rest or None, reason=reason))
    if name in data.get("as_read", {}):
        texts = {field: text for field, text in data["as_read"].items() if field != name}
        made.append(Set(key=node.key, field="as_read", old=data["as_read"], new=texts or None, reason=reason))
    doubts = data.get("doubts", [])
    if any(doubt["field"] == name and not doubt.get("confirmed") for doubt in doubts):
        sure = [{**each, "confirmed": True} if each["field"] == name else each for each in doubts]
        made.append(Set(key=node.key, field="doubts", old=doubts, new=sure, reason=reason))
    return made
