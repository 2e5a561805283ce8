"""Whatever is typed into whichever input of whichever record: kept as typed, or refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from sosei.plan.base import Node
from sosei.plan.model import Plan
from sosei.plan.operations import Set, apply
from sosei.plan.walk import nodes
from sosei.plan.writing import data_of, dump_plan
from sosei.values import Problem
from sosei.web.writing.compound import Group, Rows
from sosei.web.writing.editors import Amount, Around, Editor, Line, Paragraphs
from sosei.web.writing.fields import editor_of, field_names
from sosei.web.writing.forms import record_form
from tests.web.writing.hostile import HARMLESS, REFUSED, everything, texts_in

_FREE = (Line, Paragraphs, Amount)


@pytest.fixture(scope="module")
def plan(sample: Plan) -> Plan:
    return everything(sample)


def _one_of_each(plan: Plan) -> Iterator[Node]:
    seen: set[type[Node]] = set()
    for node in nodes(plan):
        if type(node) not in seen:
            seen.add(type(node))
            yield node


def _inputs(plan: Plan) -> Iterator[tuple[Node, str, dict[str, str], str]]:
    """Each input of each field, with what the field's other inputs hold."""
    around = Around(plan)
    for node in _one_of_each(plan):
        for name in field_names(type(node)):
            shown = editor_of(node, name).shown(name, data_of(node).get(name), around)
            typed = {each.name: each.value for each in shown.all}
            for each in shown.all:
                yield node, name, typed, each.name


def _leaf(editor: Editor, name: str, input_name: str) -> Editor:
    """The editor of one input of a field."""
    rest = input_name.removeprefix(name).strip(".").split(".")
    for part in filter(None, rest):
        if isinstance(editor, Rows):
            editor = editor.row
        elif isinstance(editor, Group):
            editor = editor.parts[part]
    return editor


def test_there_is_a_record_of_every_kind(plan: Plan) -> None:
    assert len(list(_one_of_each(plan))) == 25
    assert sum(1 for _ in _inputs(plan)) > 180


@pytest.mark.parametrize("what", HARMLESS)
def test_a_text_is_kept_as_typed_in_every_input_or_refused(plan: Plan, what: str) -> None:
    text = HARMLESS[what]
    free = kept = 0
    for node, name, typed, at in _inputs(plan):
        editor = editor_of(node, name)
        before = data_of(node).get(name)
        around = Around(plan)
        editor.heard(name, typed | {at: text})
        is_free = isinstance(_leaf(editor, name, at), _FREE)
        free += is_free
        try:
            new = editor.read(name, typed | {at: text}, before, around)
            if new == before:
                continue
            written = apply(plan, [*around.first, Set(key=node.key, field=name, old=before, new=new)])
        except Problem as problem:
            _one_sentence(problem)
            continue
        kept += is_free
        if is_free:
            assert text.strip(" \t\n　") in {each.strip(" \t\n　") for each in texts_in(new)}, (node, at)
        dump_plan(written)
        (field,) = record_form(written, next(n for n in nodes(written) if n.key == node.key), [name])
        again = {each.name: each.value for each in field.shown.all}
        assert editor.read(name, again, new, Around(written)) == new, (type(node), at)
    assert kept > free / 3


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_plan_can_hold_is_refused_in_one_sentence(plan: Plan, what: str) -> None:
    text = REFUSED[what]
    for node, name, typed, at in _inputs(plan):
        editor = editor_of(node, name)
        before = data_of(node).get(name)
        editor.heard(name, typed | {at: text})
        try:
            new = editor.read(name, typed | {at: text}, before, Around(plan))
        except Problem as problem:
            _one_sentence(problem)
            continue
        assert text not in json.dumps(new, ensure_ascii=False), (type(node), at)


def _one_sentence(problem: Problem) -> None:
    for said in (problem.ja, problem.en):
        assert 3 < len(said) < 400
        assert said.encode()
        assert "\n" not in said
        assert not any(ord(each) < 32 for each in said)
