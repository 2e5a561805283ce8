"""What a division types becomes a proposal's operations: a field changed, a record added, a record removed.

The fields and the way of typing them are the officer's (``writing``); which fields a division may propose
for is said here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sosei.checks.finding import Words
from sosei.plan.base import Node
from sosei.plan.indicator import Indicator, Placement, Role
from sosei.plan.keys import new_key
from sosei.plan.model import Element, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Operation, Set
from sosei.plan.reading import load_node
from sosei.plan.walk import kind_in
from sosei.values import Problem
from sosei.web.proposals.fresh import field_of
from sosei.web.proposals.proposing import Written
from sosei.web.writing.editors import Around, Typed
from sosei.web.writing.fields import editor_of, required
from sosei.web.writing.forms import FieldForm, Sent, field_form, json_text
from sosei.web.writing.labels import label_of
from sosei.web.writing.outcome import Outcome, State
from sosei.web.writing.saving import operations_for, read
from sosei.web.writing.structure import LAST, location, removal

FIELDS: Mapping[type[Node], tuple[str, ...]] = {
    Element: ("name", "description", "divisions"),
    Placement: ("name", "name_suffix", "baseline", "target", "path"),
    Indicator: (
        "name",
        "unit",
        "direction",
        "counting",
        "definition",
        "source",
        "counting_period",
        "published_month",
        "lag_years",
        "divisions",
    ),
}
"""The fields that a division may propose for; the tree and its numbering are the officer's."""

KPI, PROJECT = "kpi", "project"
_ADDED: Mapping[str, Sequence[tuple[type[Node], tuple[str, ...]]]] = {
    KPI: (
        (Indicator, ("name", "unit", "direction", "counting")),
        (Placement, ("baseline", "target")),
        (Indicator, ("definition", "source")),
    ),
    PROJECT: ((Element, ("name", "description")),),
}
Data = dict[str, Any]
_NEEDED = frozenset({"name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reason, and the proposal's key: a new one, or that of the proposal written anew."""

    key: UUID
    reason: str


class Stale(Problem):
    """The value changed while somebody wrote against it."""


class FieldProblem(Problem):
    """What is typed in one ``field`` of a new record cannot be kept."""

    def __init__(self, field: str, problem: Problem) -> None:
        super().__init__(problem.ja, problem.en)
        self.field = field


def changed(document: Document, node: Node, field: str, typed: Typed, was: str, why: Why) -> Written:
    """A proposal that ``field`` of ``node`` says what is typed, against the value ``was`` (JSON text).

    Raises Stale where another value stands there by now, Problem for what cannot be kept or changes nothing.
    """
    now = field_of(node, field)
    around = Around(document)
    new = read(editor_of(node, field), field, typed, now, around)
    if new is None and field in required(type(node)):
        raise Problem("この項目は空にできません", "this cannot be left empty")
    if json_text(now) != was:
        raise Stale(
            "書いているあいだに下書きの値が変わりました。今の値を見て、もう一度保存してください",
            "the draft changed while you were writing; look at the present value, then save again",
        )
    if json_text(new) == json_text(now):
        raise Problem(
            "今の値と同じです。変える内容を書いてください",
            "this is the present value; write what is to change",
        )
    operations = [*around.first, *operations_for(document, node, field, new)]
    return Written(key=why.key, operations=operations, about=(node.key, field), reason=why.reason)


def added(
    document: Document, kind: str, into: Element, typed: Typed, before: Sequence[Operation], why: Why
) -> Written:
    """A proposal of a new KPI or project in ``into``; the records keep the keys they had ``before``."""
    around = Around(document)
    found = {
        each: {"key": new_key(), **_keys(before, each), **_typed(each, fields, typed, around)}
        for each, fields in _by_kind(kind).items()
    }
    made = _project(document, into, found) if kind == PROJECT else _kpi(document, into, found)
    return Written(
        key=why.key,
        operations=[*around.first, *made],
        about=(made[-1].record["key"], ""),
        reason=why.reason,
    )


def removed(document: Document, node: Node, why: Why) -> Written:
    """A proposal to take ``node`` out with all it holds."""
    operations = removal(document, [node.key])
    return Written(key=why.key, operations=operations, about=(node.key, ""), reason=why.reason)


def change_form(
    document: Document, node: Node, field: str, before: Sequence[Operation] = (), sent: Sent | None = None
) -> FieldForm:
    """The form of one field: with the present value, or with what was proposed before."""
    now = field_of(node, field)
    value = next(
        (
            each.new
            for each in before
            if isinstance(each, Set) and (each.key, each.field) == (node.key, field)
        ),
        now,
    )
    must = field in required(type(node))
    form = field_form(node, field, value, Around(document), sent=sent, must=must)
    return form if sent else replace(form, was=json_text(now))


def addition_form(
    document: Document,
    kind: str,
    before: Sequence[Operation] = (),
    sent: Typed | None = None,
    wrong: FieldProblem | None = None,
) -> list[FieldForm]:
    """The fields of a new KPI or project: with what was proposed before, or with what was ``sent``."""
    around = Around(document)
    records = {kind_of(each): each.record for each in before if isinstance(each, Add)}
    found = []
    for each, fields in _ADDED[kind]:
        blank = each.model_construct(key="new")
        data = records.get(each, {})
        for name in fields:
            form = field_form(blank, name, data.get(name), around, must=name in _NEEDED)
            found.append(_as_sent(form, sent, wrong) if sent else form)
    return found


def _as_sent(form: FieldForm, sent: Typed, wrong: FieldProblem | None) -> FieldForm:
    shown = replace(
        form.shown,
        inputs=[
            replace(each, value=sent.get(each.name, each.value), heard=None) for each in form.shown.inputs
        ],
    )
    if wrong is None or wrong.field != form.field:
        return replace(form, shown=shown)
    outcome = Outcome(state=State.PROBLEM, message=Words(wrong.ja, wrong.en))
    return replace(form, shown=shown, outcome=outcome)


def heard(node: Node, field: str, typed: Typed) -> list[tuple[Words, Words]]:
    """What the texts typed for a field are read as, each under the name of its part."""
    found = editor_of(node, field).heard(field, typed)
    return [(label_of(name.rpartition(".")[2]), words) for name, words in found.items()]


def heard_of(form: FieldForm) -> list[tuple[Words, Words]]:
    """The same of a form as it is shown."""
    return [
        (each.label or form.label, each.heard) for each in form.shown.all if each.heard and not form.is_wrong
    ]


def quiet(form: FieldForm) -> FieldForm:
    """The form without what its texts are read as."""
    shown = replace(
        form.shown,
        inputs=[replace(each, heard=None) for each in form.shown.inputs],
        rows=[[replace(each, heard=None) for each in row] for row in form.shown.rows],
    )
    return replace(form, shown=shown)


def project_level(document: Document) -> str:
    """The code of the plan's level of projects; raises Problem where it has none."""
    found = next((each.code for each in document.levels if each.kind is LevelKind.PROJECT), None)
    if found is None:
        raise Problem("この計画には事業の階層がありません", "this plan has no level of projects")
    return found


def _project(document: Document, into: Element, found: Mapping[type[Node], Data]) -> list[Add]:
    record = {**found[Element], "level": project_level(document)}
    load_node(Element, record)
    return [Add(to=location(into, "children", LAST), record=record)]


def _kpi(document: Document, into: Element, found: Mapping[type[Node], Data]) -> list[Add]:
    indicator = found[Indicator]
    record = {
        **found[Placement],
        "indicator": indicator["key"],
        "role": _role(document, into).value,
        "name": indicator["name"],
    }
    load_node(Indicator, indicator)
    load_node(Placement, record)
    return [
        Add(to=location(document, "indicators", LAST), record=indicator),
        Add(to=location(into, "placements", LAST), record=record),
    ]


def _keys(before: Sequence[Operation], kind: type[Node]) -> Data:
    """The key that a record of ``kind`` had in an earlier writing of the proposal."""
    found = [each.record["key"] for each in before if isinstance(each, Add) and kind_of(each) is kind]
    return {"key": found[0]} if found else {}


def kind_of(operation: Add) -> type[Node]:
    """What a new record is."""
    return kind_in(Document, operation.to.collection)


def _role(document: Document, into: Element) -> Role:
    """What an indicator is at this level: 数値目標 of a goal, KPI of a measure, 事業KPI of a project."""
    kind = next(each.kind for each in document.levels if each.code == into.level)
    return {LevelKind.GOAL: Role.NUMERIC_TARGET, LevelKind.PROJECT: Role.PROJECT_KPI}.get(kind, Role.KPI)


def _by_kind(kind: str) -> dict[type[Node], tuple[str, ...]]:
    found: dict[type[Node], tuple[str, ...]] = {}
    for each, fields in _ADDED[kind]:
        found[each] = (*found.get(each, ()), *fields)
    return found


def _typed(kind: type[Node], fields: Sequence[str], typed: Typed, around: Around) -> Data:
    """The fields of a new record as plan data; raises FieldProblem."""
    blank = kind.model_construct(key="new")
    found = {}
    for name in fields:
        try:
            value = read(editor_of(blank, name), name, typed, None, around)
        except Problem as problem:
            raise FieldProblem(name, problem) from None
        if value is not None:
            found[name] = value
        elif name in _NEEDED:
            label = label_of(name)
            empty = Problem(f"「{label.ja}」を書いてください", f'"{label.en}" is needed')
            raise FieldProblem(name, empty)
    return found
