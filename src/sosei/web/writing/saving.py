"""Saving what was typed: each field by itself, against the value its form was made with.

Two officers may write at the same record: only a field that both changed is refused, with both values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node
from sosei.plan.indicator import Indicator
from sosei.plan.keys import new_key
from sosei.plan.model import Plan
from sosei.plan.operations import Operation, Refusal, Set
from sosei.plan.reading import load_node
from sosei.plan.walk import index
from sosei.plan.wording import Wording
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.meaning import MEANING, MeaningChange, meaning_kept
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document, operation_of
from sosei.web.site.language import language
from sosei.web.writing.anchors import anchors_moved
from sosei.web.writing.editors import Around, Editor, Typed
from sosei.web.writing.fields import editor_of, field_names, required
from sosei.web.writing.forms import json_text
from sosei.web.writing.marks import unmarked
from sosei.web.writing.outcome import Outcome, State

LONGEST_WAS = 2_000_000  # characters of a form's own value


def save(
    actor: Actor, draft: Draft, key: Key, typed: Typed, was: Mapping[str, str], reason: str = ""
) -> dict[str, Outcome]:
    """Save the fields named in ``was`` of the record ``key``; what became of each.

    Raises Problem where the record is gone.
    """
    found = {}
    for name in was:
        node = record_in(draft_document(draft), key)
        if name not in field_names(type(node)):
            continue
        try:
            found[name] = _save(actor, draft, _Sent(node, name, typed, was[name], reason))
        except Refusal:
            found[name] = conflict(draft, key, name, was[name])
        except Problem as problem:
            successor = new_key() if isinstance(problem, MeaningChange) else ""
            message = Words(problem.ja, problem.en)
            found[name] = Outcome(state=State.PROBLEM, message=message, successor=successor)
    return found


def record_in(document: Plan, key: Key) -> Node:
    """The record ``key``; raises Problem where somebody removed it."""
    node = index(document).get(key)
    if node is None:
        raise Problem(
            "この項目は、ほかの人が削除したので下書きにありません。「変更の記録」から戻してもらってください",
            "somebody removed this record from the draft; it can be brought back from the list of changes",
        )
    return node


@dataclass(frozen=True, slots=True)
class _Sent:
    """One field as it was sent."""

    node: Node
    name: str
    typed: Typed
    was: str
    reason: str


def _save(actor: Actor, draft: Draft, sent: _Sent) -> Outcome:
    node, name, typed = sent.node, sent.name, sent.typed
    document = draft_document(draft)
    editor = editor_of(node, name)
    around = Around(document)
    before = _value(sent.was)
    new = read(editor, name, typed, before, around)
    if new is None and name in required(type(node)):
        raise Problem("この項目は空にできません", "this cannot be left empty")
    now = data_of(node).get(name)
    heard = editor.heard(name, typed)
    if json_text(new) == json_text(before) or json_text(new) == json_text(now):
        return Outcome(state=State.SAME, was=json_text(now), heard=heard)
    if json_text(now) != json_text(before):
        return conflict(draft, node.key, name, sent.was)
    if isinstance(node, Indicator) and name in MEANING:
        stated = {name: new} if new else {}
        meaning_kept(draft, load_node(Indicator, {"key": node.key, "name": node.name, **stated}), name)
    made = [*around.first, *operations_for(document, node, name, new, sent.reason)]
    acts.operate(actor, draft, made)
    remarks = around.remarks
    message = Words("".join(w.ja for w in remarks), " ".join(w.en for w in remarks)) if remarks else None
    return Outcome(state=State.SAVED, was=json_text(new), heard=heard, message=message)


def read(editor: Editor, name: str, typed: Typed, before: Any, around: Around) -> Any:
    """What is typed as plan data; raises Problem, also where the form's own value is damaged."""
    try:
        return editor.read(name, typed, before, around)
    except (TypeError, KeyError, AttributeError, IndexError, ValidationError):
        raise _damaged() from None


def operations_for(document: Plan, node: Node, name: str, new: Any, reason: str = "") -> list[Operation]:
    """What gives the field ``name`` of ``node`` the value ``new``.

    What was said of the old text goes with it: that it is not printed, how the source has it, a doubt
    about its reading; and the notes that hang on it move with their words.
    """
    old = data_of(node).get(name)
    made = [*unmarked(node, name, reason), Set(key=node.key, field=name, old=old, new=new, reason=reason)]
    return [*made, *anchors_moved(document, node.key, name, old, new)]


def conflict(draft: Draft, key: Key, name: str, was: str) -> Outcome:
    """Both values of a field that somebody else changed meanwhile."""
    document = draft_document(draft)
    node = record_in(document, key)
    words = Wording(document, language())
    value = data_of(node).get(name)
    shown = editor_of(node, name).shown(name, value, Around(document))
    return Outcome(
        state=State.CONFLICT,
        was=json_text(value),
        theirs=words.field(node, name),
        opened=_shown_of(node, words, name, was),
        inputs={each.name: each.value for each in shown.all},
        who=_last_writer(draft, key, name),
    )


def _shown_of(node: Node, words: Wording, name: str, was: str) -> str:
    """An earlier value as a person reads it; empty for none and for what is no value."""
    try:
        data = {**data_of(node), name: _value(was), "not_printed": []}
        return words.field(load_node(type(node), {key: each for key, each in data.items() if each}), name)
    except (Problem, KeyError):
        return ""


def _last_writer(draft: Draft, key: Key, name: str) -> str:
    for row in draft.operations.filter(operation__contains=key).select_related("by").order_by("-no")[:50]:
        operation = operation_of(row)
        if isinstance(operation, Set) and (operation.key, operation.field) == (key, name):
            return row.by.name if row.by else ""
    return ""


def _value(text: str) -> Any:
    try:
        if len(text) > LONGEST_WAS:
            raise ValueError
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged() from None


def _damaged() -> Problem:
    return Problem(
        "画面の値が壊れています。ページを読み込み直してください",
        "the form's own value is damaged; load the page again",
    )
