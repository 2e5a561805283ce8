"""Proposals as a person reads them: where, what, old and new with what changed marked, what stands now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node
from sosei.plan.changes import ChangeKind
from sosei.plan.holding import described, held
from sosei.plan.indicator import Placement
from sosei.plan.model import Element
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Operation, Remove, Set
from sosei.plan.reading import load_node
from sosei.plan.sharing import own_data
from sosei.plan.walk import Placed, elements, index, kind_in, nodes
from sosei.plan.wording import Wording
from sosei.reports.comparison_content import Runs
from sosei.reports.marking import marked
from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.plans.history import KIND_WORDS
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document, draft_document_at
from sosei.web.proposals.fresh import Clash, clash, sign
from sosei.web.proposals.models import Proposal
from sosei.web.proposals.standing import Standing, standings
from sosei.web.proposals.states import (
    IN_DIVISION,
    STATE_CHIPS,
    STATE_WORDS,
    UNDECIDED,
    ProposalState,
    Step,
    may,
)
from sosei.web.proposals.stored import main_of, operations_of
from sosei.web.proposals.typed import KPI, PROJECT
from sosei.web.site.language import language

_KIND_OF: Mapping[type[Operation], ChangeKind] = {
    Set: ChangeKind.CHANGED,
    Add: ChangeKind.ADDED,
    Remove: ChangeKind.REMOVED,
}
_GONE = Words("対象が下書きからなくなりました", "what it is about is gone from the draft")
_CHANGED: Mapping[type[Operation], Words] = {
    Set: Words("提案のあとに値が変わりました", "the value changed since it was proposed"),
    Add: Words("もう下書きにあります", "it stands in the draft already"),
    Remove: Words("提案のあとに中身が変わりました", "what it takes out changed since it was proposed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A proposal whose old value no longer stands: what happened, what stands there now.

    ``over`` is the sign that accepting it anyway is asked with; empty where it cannot be written at all.
    """

    why: Words
    present: str
    over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One proposal; ``field`` is empty where a whole record comes or goes.

    ``old`` and ``new`` are the texts with what changes marked.  ``group`` names the goal and measure it stands under, ``into`` is the element that a new record stands in
    (empty: no new record), ``order`` is the place's in the plan.
    """

    proposal: Proposal
    standing: Standing
    kind: ChangeKind
    place: str
    group: str
    title: str
    field: str
    into: Key
    is_element: bool
    old_text: str
    new_text: str
    old: Runs
    new: Runs
    order: int
    conflict: Conflict | None = None

    @property
    def word(self) -> Words:
        """What is proposed, in a word."""
        return KIND_WORDS[self.kind]

    @property
    def state(self) -> Words:
        """Where it is, in a word."""
        return STATE_WORDS[self.standing.state]

    @property
    def chip(self) -> str:
        """The look of that word."""
        return STATE_CHIPS[self.standing.state]

    @property
    def new_kind(self) -> str:
        """Which form a new record was written with."""
        return PROJECT if self.is_element else KPI

    @property
    def spot(self) -> tuple[Key, str]:
        """The record and field: proposals with the same one stand together."""
        return self.proposal.key, self.proposal.field

    @property
    def can(self) -> Mapping[str, bool]:
        """Which steps are open to it, by name."""
        return {step.value: may(self.standing.state, step) for step in Step}

    @property
    def waits(self) -> bool:
        """Whether the officer has to decide."""
        return self.standing.state is ProposalState.SENT

    @property
    def is_inside(self) -> bool:
        """Whether it has not left the division."""
        return self.standing.state in IN_DIVISION

    @property
    def division(self) -> str:
        """The division under its name of today."""
        return self.proposal.asked.division.name_on(today())


def told(draft: Draft, proposals: Collection[Proposal]) -> list[Told]:
    """``proposals`` on ``draft`` in the order of the plan, those on one place together, older first."""
    if not proposals:
        return []
    telling = _Telling(draft)
    found = standings(draft, proposals)
    rows = [telling.told(each, found[each.pk]) for each in proposals]
    return sorted(rows, key=lambda each: (each.order, each.spot, each.proposal.at))


class _Places:
    """Where each record of a plan stands: path of labels, goal and measure, place in the order."""

    def __init__(self, document: Document) -> None:
        self.labels: dict[Key, str] = {}
        self.groups: dict[Key, str] = {}
        self.orders: dict[Key, int] = {}
        for placed in elements(document):
            self._enter(placed, placed.element.key)
            for placement in placed.element.placements:
                self._enter(placed, placement.key)
                self._enter(placed, placement.indicator)

    def _enter(self, placed: Placed, key: Key) -> None:
        if key not in self.orders:
            self.labels[key] = placed.place
            self.groups[key] = " › ".join(f"{each.label} {each.name}".strip() for each in placed.path[:2])
            self.orders[key] = len(self.orders)


class _Telling:
    """The draft as it stands, and the words for it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        document = draft_document(draft)
        self.known = index(document)
        self.words = Wording(document, language())
        self.places = _Places(document)

    def told(self, proposal: Proposal, standing: Standing) -> Told:
        operations = operations_of(proposal)
        main = main_of(proposal, operations)
        words, places, node = self._node(main, proposal.seen_id)
        at = _place_of(main)
        old, new = _texts(words, node, main, operations)
        old_runs, new_runs = marked(old, new)
        return Told(
            proposal=proposal,
            standing=standing,
            kind=_KIND_OF[type(main)],
            place=places.labels.get(at, ""),
            group=places.groups.get(at, ""),
            title=words.called(node),
            field=proposal.field,
            is_element=isinstance(node, Element),
            into=main.to.parent if isinstance(main, Add) else "",
            old_text=old,
            new_text=new,
            old=old_runs,
            new=new_runs,
            order=places.orders.get(at, len(places.orders)),
            conflict=self._conflict(main) if standing.state in UNDECIDED else None,
        )

    def _node(self, main: Operation, seen: UUID | None) -> tuple[Wording, _Places, Node]:
        """The record that a proposal is about, with the words of the plan that has it."""
        if _place_of(main) in self.known:
            node = _of_record(main) or self.known[_place_of(main)]
            return self.words, self.places, node
        before = draft_document_at(self.draft.pk, seen)
        node = _of_record(main) or index(before)[_place_of(main)]
        return Wording(before, language()), _Places(before), node

    def _conflict(self, main: Operation) -> Conflict | None:
        """What keeps the proposal from being accepted as it is; None: nothing."""
        match clash(self.known, main):
            case Clash.GONE:
                return Conflict(why=_GONE, present="", over="")
            case Clash.CHANGED:
                over = "" if isinstance(main, Add) else sign(self.known, main)
                return Conflict(why=_CHANGED[type(main)], present=self._present(main), over=over)
        return None

    def _present(self, main: Operation) -> str:
        match main:
            case Set():
                return self.words.field(self.known[main.key], main.field)
            case Remove():
                return held_text(self.words, self.known[main.record["key"]])
        return ""


def _of_record(main: Operation) -> Node | None:
    """The record that comes or goes; None where a record is changed."""
    match main:
        case Add():
            return _loaded(main.to.collection, main.record)
        case Remove():
            return _loaded(main.old.collection, main.record)
    return None


def _texts(words: Wording, node: Node, main: Operation, operations: Sequence[Operation]) -> tuple[str, str]:
    match main:
        case Set():
            return _shown(words, node, main.field, main.old), _shown(words, node, main.field, main.new)
        case Remove():
            return held_text(words, node), ""
    return "", _whole(words, node, operations)


def _place_of(operation: Operation) -> Key:
    """The record that says where the proposal stands in the plan."""
    match operation:
        case Add():
            return operation.to.parent
        case Remove():
            return operation.old.parent
    return operation.key


def _loaded(collection: str, record: dict[str, Any]) -> Node:
    return load_node(kind_in(Document, collection), record)


def _shown(words: Wording, node: Node, field: str, value: Any) -> str:
    """What the field says with ``value``; empty for none, and for what the plan no longer takes."""
    data = {**own_data(node), field: value, "not_printed": []}
    try:
        other = load_node(type(node), {name: each for name, each in data.items() if each is not None})
    except Problem:
        return ""
    return words.field(other, field)


def held_text(words: Wording, node: Node) -> str:
    """A record with what it holds; of its indicators, which stay in the plan, only their places."""
    return held(words, node, apart={each.indicator for each in nodes(node) if isinstance(each, Placement)})


def _whole(words: Wording, node: Node, operations: Sequence[Operation]) -> str:
    """A record that comes, with the indicator that comes along."""
    along = [
        _loaded(each.to.collection, each.record)
        for each in operations
        if isinstance(each, Add) and each.to.collection == "indicators"
    ]
    lines = [held(words, node, apart={each.key for each in along})]
    lines += [line for each in along for line in described(words, each)]
    return "\n".join(lines)
