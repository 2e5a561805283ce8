"""The records that a record holds, as its page lists them and lets one add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node
from sosei.plan.keys import new_key
from sosei.plan.labels import record_label
from sosei.plan.model import Plan
from sosei.plan.walk import collections_of
from sosei.plan.wording import Wording
from sosei.plan.writing import data_of
from sosei.web.writing.editors import Around
from sosei.web.writing.fields import required
from sosei.web.writing.forms import FieldForm, Sent, field_form, typed_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One of them: what it is called, a line of what it says."""

    key: Key
    title: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One of its lists: ``new`` is the key for the next record, drawn when the page is made, so that a
    form sent twice adds once; ``fields`` are those that a new one needs.
    """

    parent: Key
    collection: str
    label: Words
    held: Sequence[Held]
    new: Key
    fields: Sequence[FieldForm]


def holdings(
    document: Plan, node: Node, words: Wording, sent: Sent | None = None, sent_to: str = ""
) -> list[Holding]:
    """Every list of records inside ``node``, with what was ``sent`` for a new one in ``sent_to`` kept."""
    return [
        holding(document, node, name, words, sent if name == sent_to else None)
        for name in collections_of(type(node))
    ]


def holding(document: Plan, node: Node, collection: str, words: Wording, sent: Sent | None = None) -> Holding:
    """The list ``collection`` of ``node``."""
    kind = collections_of(type(node))[collection]
    new = new_key()
    return Holding(
        parent=node.key,
        collection=collection,
        label=Words(record_label(kind, "ja"), record_label(kind, "en")),
        held=[
            Held(key=each.key, title=words.called(each), line=_line(each, words))
            for each in getattr(node, collection)
        ],
        new=new,
        fields=blank_form(document, kind, sent, new),
    )


def blank_form(
    document: Plan, kind: type[Node], sent: Sent | None = None, key: Key = "new"
) -> list[FieldForm]:
    """The fields that a new record of ``kind`` cannot be without, with what was ``sent`` of them kept."""
    around = Around(document)
    blank = kind.model_construct(key=key)
    forms = [field_form(blank, name, None, around, must=True) for name in required(kind)]
    return [replace(each, shown=typed_over(each.shown, sent.typed)) for each in forms] if sent else forms


def _line(node: Node, words: Wording) -> str:
    """The first texts of a record beside its title."""
    title = words.called(node)
    texts = [
        words.field(node, name) for name in data_of(node) if name in type(node).model_fields and name != "key"
    ]
    return "　".join(text for text in texts if text and text not in title)[:80]
