"""Changing one field of one record of a draft: what may be changed, how a typed text becomes a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node, Prose
from sosei.plan.indicator import Value
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Operation, Set
from sosei.plan.reading import load_node
from sosei.plan.walk import path_to
from sosei.plan.wording import Wording
from sosei.plan.writing import data_of
from sosei.values import Column, Problem, parse_quantity
from sosei.web.plans.history import place_of
from sosei.web.plans.uploaded import kept_text
from sosei.web.site.language import language
from sosei.web.writing.heard import quantity_words

_COLUMNS: Mapping[str, Column] = {"baseline": Column.BASELINE, "target": Column.TARGET}
_PROSE = ("description",)
_PLAIN = ("name", "label", "title", "catchphrase", "unit", "source", "definition")
_FIELDS = frozenset({*_COLUMNS, *_PROSE, *_PLAIN})
_LONG = ("description", "definition", "catchphrase")
LONGEST = 10_000


class Record:
    """A record of a draft of which something can be changed here."""

    def __init__(self, document: Document, path: tuple[Node, ...]) -> None:
        self.node = path[-1]
        self.words = Wording(document, language())
        self.key = self.node.key
        self.place = place_of(path)
        self.name = self.words.called(self.node)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields that can be changed here, in the order of the model, with their present values."""
        names = (name for name in type(self.node).model_fields if name in _FIELDS)
        return [(name, self.words.field(self.node, name)) for name in names]

    def spot(self, field: str) -> Spot | None:
        """One of those fields; None for any other."""
        if field not in dict(self.fields):
            return None
        value = getattr(self.node, field)
        return Spot(
            record=self,
            field=field,
            old=json_text(data_of(self.node).get(field)),
            text=value.quantity.text if isinstance(value, Value) else str(value or ""),
        )


def record_of(document: Document, key: Key) -> Record | None:
    """The record ``key``; None where there is none of which something can be changed here."""
    path = path_to(document, key)
    if not path:
        return None
    record = Record(document, path)
    return record if record.fields else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One field of one record, as a form shows it: ``old`` is its value as JSON text, ``text`` as one types it."""

    record: Record
    field: str
    old: str
    text: str

    @property
    def key(self) -> Key:
        """The record's key."""
        return self.record.key

    @property
    def shown(self) -> str:
        """The present value with its year and source."""
        return self.record.words.field(self.record.node, self.field)

    @property
    def is_quantity(self) -> bool:
        """Whether the text is a printed value, whose reading is shown before it is saved."""
        return self.field in _COLUMNS

    @property
    def is_long(self) -> bool:
        """Whether the text may have lines."""
        return self.field in _LONG

    def reading(self, text: str) -> Words:
        """What the printed value ``text`` is read as."""
        return quantity_words(parse_quantity(text, column=_COLUMNS[self.field]))

    def shown_of(self, old: str) -> str:
        """An earlier value (JSON text) as a person reads it; empty for none and for what is no value."""
        try:
            data = {**data_of(self.record.node), self.field: _old(old), "not_printed": []}
            node = load_node(type(self.record.node), {name: value for name, value in data.items() if value})
        except Problem:
            return ""
        return self.record.words.field(node, self.field)


def json_text(value: Any) -> str:
    """A field's value as JSON text, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def operations_for(document: Document, at: Spot, old: str, text: str, reason: str) -> list[Operation]:
    """What makes the field say ``text``, against the value ``old`` (JSON text) that the form was made with.

    A field marked as not printed in the source loses that mark.  Raises Problem for a text that cannot
    be kept, or an ``old`` that is no value.
    """
    node = path_to(document, at.key)[-1]
    new = _value(node, at.field, kept_text(text))
    made: list[Operation] = []
    if new is not None and at.field in node.not_printed:
        rest = [name for name in node.not_printed if name != at.field]
        made.append(
            Set(key=at.key, field="not_printed", old=list(node.not_printed), new=rest or None, reason=reason)
        )
    return [*made, Set(key=at.key, field=at.field, old=_old(old), new=new, reason=reason)]


def _old(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Problem(
            "画面の値が壊れています。ページを読み込み直してください",
            "the form's own value is damaged; load the page again",
        ) from None


def _value(node: Node, field: str, text: str) -> Any:
    """``text`` as plain data of the field; None for no value."""
    if not text.strip():
        if type(node).model_fields[field].is_required():
            raise Problem("この項目は空にできません", "this cannot be left empty")
        return None
    if field in _PROSE:
        return Prose(text=text).model_dump(mode="json", exclude_defaults=True)
    if field not in _COLUMNS:
        return text
    quantity = parse_quantity(text, column=_COLUMNS[field])
    before: Value | None = getattr(node, field)
    value = before.model_copy(update={"quantity": quantity}) if before else Value(quantity=quantity)
    return value.model_dump(mode="json", exclude_defaults=True)
