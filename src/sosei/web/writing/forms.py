"""A record of a draft as a form: each field with its value, how it is read, what became of it when saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sosei.checks.finding import Words
from sosei.plan.base import Doubt, Node
from sosei.plan.model import Plan
from sosei.plan.writing import data_of
from sosei.web.writing.compound import Rows
from sosei.web.writing.editors import Around, Input, Shown, Typed
from sosei.web.writing.fields import editor_of, field_names, required
from sosei.web.writing.labels import label_of
from sosei.web.writing.outcome import Outcome, State

_DAMAGE = "〓□\ufffd"


def json_text(value: Any) -> str:
    """A value of plan data as JSON text, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldForm:
    """One field: ``was`` is the value it is made with, as JSON text; ``outcome`` what saving came to.

    ``doubt`` is an open doubt of the transcription, ``as_read`` the text as it stands in the source,
    ``is_damaged`` where a character of it could not be read (〓).
    """

    key: str
    field: str
    label: Words
    shown: Shown
    was: str
    is_required: bool = False
    outcome: Outcome | None = None
    findings: Sequence[Any] = ()
    doubt: Doubt | None = None
    as_read: str = ""
    is_damaged: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed could not be saved."""
        return self.outcome is not None and self.outcome.state in (State.PROBLEM, State.CONFLICT)

    @property
    def is_single(self) -> bool:
        """Whether the field's label is that of its only input."""
        return len(self.shown.inputs) == 1 and not self.shown.rows

    @property
    def id(self) -> str:
        """What the field's elements are called on the page."""
        return f"{self.key}-{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a form sent: the typed texts, and what became of each field."""

    typed: Typed
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)


def record_form(
    document: Plan, node: Node, fields: Iterable[str] | None = None, sent: Sent | None = None
) -> list[FieldForm]:
    """The ``fields`` of ``node`` (all that can be typed, where None), with what was ``sent`` kept."""
    data = data_of(node)
    around = Around(document)
    must = required(type(node))
    return [
        field_form(node, name, data.get(name), around, sent=sent, must=name in must)
        for name in (field_names(type(node)) if fields is None else fields)
    ]


def field_form(
    node: Node, name: str, value: Any, around: Around, *, sent: Sent | None = None, must: bool = False
) -> FieldForm:
    """One field of ``node`` whose value as plan data is ``value``."""
    editor = editor_of(node, name)
    outcome = sent.outcomes.get(name) if sent else None
    shown_value = value
    if sent and outcome and isinstance(editor, Rows):
        rows = [*(value or ())]
        highest = max((int(n) for n in _numbers(sent.typed, name)), default=-1)
        shown_value = [*rows, *[None] * (highest + 1 - len(rows))]
    shown = editor.shown(name, shown_value, around)
    if sent and outcome and outcome.state in (State.PROBLEM, State.CONFLICT):
        shown = typed_over(shown, sent.typed)
    was = outcome.was if outcome and outcome.was is not None else json_text(value)
    return FieldForm(
        key=node.key,
        field=name,
        label=label_of(name),
        shown=shown,
        was=was,
        is_required=must,
        outcome=outcome,
        doubt=node.doubt(name),
        as_read=node.as_read.get(name, ""),
        is_damaged=any(mark in was for mark in _DAMAGE),
    )


def typed_over(shown: Shown, typed: Typed) -> Shown:
    """``shown`` with the texts that were typed."""

    def over(each: Input) -> Input:
        return replace(each, value=typed.get(each.name, each.value), heard=None)

    return replace(
        shown,
        inputs=[over(each) for each in shown.inputs],
        rows=[[over(each) for each in row] for row in shown.rows],
    )


def _numbers(typed: Typed, name: str) -> Iterable[str]:
    for each in typed:
        if each.startswith(f"{name}."):
            number = each.split(".")[1]
            if number.isascii() and number.isdecimal() and len(number) < 4:
                yield number
