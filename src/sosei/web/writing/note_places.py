"""Where notes (注) hang: the record, its field, and in a text the word before the mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node, Prose
from sosei.plan.model import Element, Plan
from sosei.plan.record import Anchor, Note
from sosei.plan.walk import children_of, nodes
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.values.folding import compact
from sosei.web.writing.compound import Group
from sosei.web.writing.editors import Amount, Line, Paragraphs
from sosei.web.writing.fields import editor_of, field_names
from sosei.web.writing.forms import json_text
from sosei.web.writing.labels import label_of
from sosei.web.writing.tree_numbering import labels_from

MOST_FOUND = 50
"""Records that a search for a place shows."""

MOST_OFFERED = 40
_BEFORE, _AFTER = 18, 10
_DIGIT = re.compile(r"[0-9０-９①-⑳]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """One place of a note: the words around it where it stands in a text; ``sign`` is it as JSON text."""

    anchor: Anchor
    sign: str
    where: str
    field: Words
    before: str = ""
    after: str = ""
    is_element: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A note with its places; ``is_doubled``: another note has the same numbered mark."""

    note: Note
    title: str
    hung: Sequence[Hung]
    is_doubled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hangable:
    """A field that a note can hang on; ``text`` is None where it is a value and not a text."""

    name: str
    label: Words
    text: str | None
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A place of a word in a text: ``offset`` is behind it."""

    offset: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A record that a search found."""

    key: Key
    where: str


class Several(Exception):  # noqa: N818 - no error: the person has to choose
    """The word stands at several places."""

    def __init__(self, places: Sequence[Occurrence]) -> None:
        super().__init__()
        self.places = places


class Places:
    """The records of a plan with what holds them."""

    def __init__(self, document: Plan, words: Wording) -> None:
        self.document, self.words = document, words

    @cached_property
    def _all(self) -> tuple[dict[Key, Node], dict[Key, Node]]:
        known = {node.key: node for node in nodes(self.document)}
        above = {child.key: node for node in known.values() for _, child in children_of(node)}
        return known, above

    def node(self, key: Key) -> Node | None:
        """The record ``key``."""
        return self._all[0].get(key)

    def where(self, key: Key) -> str:
        """The record with the labels of what is above it: 基本目標1 › 施策① › KPI「…」."""
        known, above = self._all
        titles = [self.words.called(known[key])]
        at = above.get(key)
        while at is not None and not isinstance(at, Plan):
            titles.append(getattr(at, "label", "") or self.words.called(at))
            at = above.get(at.key)
        return " › ".join(reversed(titles))

    def hung(self, anchor: Anchor) -> Hung:
        """An anchor in words."""
        node = self._all[0][anchor.at]
        text = text_in(node, anchor.field)
        before = after = ""
        if text is not None and anchor.offset is not None:
            before, after = around(text, anchor.offset)
        return Hung(
            anchor=anchor,
            sign=json_text(anchor.model_dump(mode="json", exclude_defaults=True)),
            where=self.where(anchor.at),
            field=label_of(anchor.field),
            before=before,
            after=after,
            is_element=isinstance(node, Element),
        )

    def found(self, asked: str) -> list[Target]:
        """Records on which notes hang, whose name has every word of ``asked``."""
        sought = [each for part in asked.split() if (each := compact(part))]
        if not sought:
            return []
        found: list[Target] = []
        for node in self._all[0].values():
            title = self.words.called(node)
            if isinstance(node, Plan | Note) or not all(each in compact(title) for each in sought):
                continue
            if hangable(node, self.words):
                found.append(Target(key=node.key, where=self.where(node.key)))
            if len(found) == MOST_FOUND:
                break
        return found


def listed(document: Plan, words: Wording) -> list[NoteLine]:
    """Every note with its places, in the plan's order."""
    places = Places(document, words)
    marks = Counter(compact(each.mark) for each in document.notes if _DIGIT.search(each.mark))
    return [
        NoteLine(
            note=note,
            title=words.called(note),
            hung=[places.hung(each) for each in note.anchors],
            is_doubled=marks[compact(note.mark)] > 1,
        )
        for note in document.notes
    ]


def hangable(node: Node, words: Wording) -> list[Hangable]:
    """The fields of ``node`` that say something a note could hang on."""
    found = []
    for name in field_names(type(node)):
        if getattr(node, name) in (None, "", ()):
            continue
        editor = editor_of(node, name)
        text = text_in(node, name) if isinstance(editor, Line | Paragraphs) else None
        if text is not None or isinstance(editor, Amount | Group) or name == "paragraphs":
            found.append(Hangable(name=name, label=label_of(name), text=text, shown=words.field(node, name)))
    return found


def text_in(node: Node, field: str) -> str | None:
    """The text of a field; None where it is none."""
    value = getattr(node, field)
    if isinstance(value, Prose):
        return value.text
    return value if isinstance(value, str) else None


def around(text: str, offset: int) -> tuple[str, str]:
    """A few characters before and behind the place ``offset`` of ``text``."""
    start = max(0, offset - _BEFORE)
    before = ("…" if start else "") + text[start:offset]
    after = text[offset : offset + _AFTER] + ("…" if offset + _AFTER < len(text) else "")
    return before.replace("\n", " "), after.replace("\n", " ")


def occurrences(text: str, word: str) -> list[Occurrence]:
    """The places of ``word`` in ``text``."""
    found = []
    for match in re.finditer(re.escape(word), text):
        before, after = around(text, match.end())
        found.append(Occurrence(offset=match.end(), before=before, after=after))
        if len(found) == MOST_OFFERED:
            break
    return found


def anchor_at(node: Node, words: Wording, sent: Mapping[str, str]) -> Anchor:
    """The place that a person named: ``field``, ``word`` and, of several, ``offset``.

    Without a word the mark stands at the end of the text.  Raises Problem for what is not there, Several
    where the word stands more than once and none was chosen.
    """
    field = next((each for each in hangable(node, words) if each.name == sent.get("field", "")), None)
    if field is None:
        raise Problem("注を付ける欄を選んでください", "choose the field that the note hangs on")
    if field.text is None:
        return Anchor(at=node.key, field=field.name)
    word = sent.get("word", "").strip(" \t\r\n　")
    if not word:
        return Anchor(at=node.key, field=field.name, offset=len(field.text))
    places = occurrences(field.text, word)
    if not places:
        raise Problem(
            f"「{word[:40]}」は「{field.label.ja}」にありません。文中のとおりに書いてください",
            f'"{word[:40]}" is not in "{field.label.en}"; write it as it stands there',
        )
    if len(places) > 1:
        places = [each for each in places if str(each.offset) == sent.get("offset", "")] or places
    if len(places) > 1:
        raise Several(places)
    return Anchor(at=node.key, field=field.name, offset=places[0].offset)


def next_mark(document: Plan) -> str:
    """The mark of a new note: the last one counted on, or the same again where it has no number."""
    last = document.notes[-1].mark if document.notes else "注1"
    if not document.notes or not _DIGIT.search(last):
        return last
    return labels_from(last, 2)[1] or last


def in_order(document: Plan) -> Iterator[Note]:
    """The notes in the order of their first places; those that hang nowhere last."""
    order = {node.key: n for n, node in enumerate(nodes(document))}
    kinds = {node.key: type(node) for node in nodes(document)}

    def place(note: Note) -> tuple[bool, int, int, int]:
        spots = [
            (order[each.at], list(kinds[each.at].model_fields).index(each.field), each.offset or 0)
            for each in note.anchors
        ]
        return (not spots, *min(spots, default=(0, 0, 0)))

    yield from sorted(document.notes, key=place)


def renumbered(document: Plan, first: str, kind: str) -> list[tuple[Note, str]]:
    """The notes of ``kind`` (empty: all) in order of place, each with its new mark; the first is ``first``.

    Raises Problem where ``first`` has no number to count on.
    """
    chosen = [each for each in in_order(document) if not kind or each.kind == kind]
    marks = labels_from(first, len(chosen))
    if not all(marks):
        raise Problem(
            f"「{first[:30]}」からは番号を続けられません。注1、※1、（注1）のように書いてください",
            f'"{first[:30]}" cannot be counted on; write 注1, ※1 or （注1）',
        )
    return list(zip(chosen, marks, strict=True))
