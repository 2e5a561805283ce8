"""What the forms of the tree send: lines that become elements, and the rows made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sosei.plan.base import Key
from sosei.plan.keys import new_key
from sosei.values import Problem
from sosei.web.writing.editors import LONGEST_LINE, Typed, text_of
from sosei.web.writing.tree_acts import MOST_LINES, NewElement
from sosei.web.writing.tree_labels import split_line
from sosei.web.writing.tree_numbering import labels_from

LONGEST_LINES = MOST_LINES * LONGEST_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the box as it was taken apart, ready to be added under ``key``."""

    key: Key
    label: str
    name: str


def lines_of(text: str, first: str) -> list[Line]:
    """The elements of a text with one on each line; raises Problem where it is too long or empty.

    A leading label is split off; where no line has one, they are numbered on from the label ``first``.
    """
    texts = [line for each in text_of(text, LONGEST_LINES).split("\n") if (line := each.strip(" 　\t"))]
    if not texts:
        raise Problem("一行に一つずつ書いてください", "write one on each line")
    if len(texts) > MOST_LINES:
        raise Problem(
            f"一度に加えられるのは{MOST_LINES}行までです（{len(texts)}行ありました）",
            f"at most {MOST_LINES} lines at once ({len(texts)} were sent)",
        )
    parts = [split_line(line) for line in texts]
    labels = [label for label, _ in parts]
    if not any(labels):
        labels = labels_from(first, len(parts))
    return [
        Line(key=new_key(), label=label, name=name) for label, (_, name) in zip(labels, parts, strict=True)
    ]


def rows_of(sent: Typed) -> Iterable[NewElement]:
    """The rows of a form: ``key.n``, ``label.n``, ``name.n``; a row with both left empty is none."""
    numbers = (name.removeprefix("key.") for name in sent if name.startswith("key."))
    known = sorted({int(n) for n in numbers if n.isascii() and n.isdecimal() and len(n) < 5})
    for n in known:
        label, name = sent.get(f"label.{n}", ""), sent.get(f"name.{n}", "")
        if label.strip() or name.strip():
            yield NewElement(key=sent[f"key.{n}"], label=label, name=name)
