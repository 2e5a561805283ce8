"""What is done to the tree: elements come, move, go and are numbered anew, each as one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node
from sosei.plan.indicator import Indicator
from sosei.plan.keys import new_key
from sosei.plan.model import Element, Level, Plan
from sosei.plan.operations import Add, Move, Operation, Set
from sosei.plan.reading import load_node
from sosei.plan.walk import elements, index, nodes
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.writing.editors import LONGEST_LINE, text_of
from sosei.web.writing.marks import unmarked
from sosei.web.writing.saving import operations_for, record_in
from sosei.web.writing.structure import location, location_of, removal
from sosei.web.writing.tree_numbering import Renumbered

MOST_LINES = 200
_WITHOUT_CONTENT: Mapping[str, tuple[Node, ...]] = dict.fromkeys(
    ("tables", "placements", "activities", "children"), ()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewElement:
    """An element to be added; ``key`` was drawn when the form was shown."""

    key: Key
    label: str
    name: str


def levels_below(document: Plan, holder: Node) -> list[Level]:
    """The levels whose elements may stand in ``holder`` (an element, or the plan), the nearest first."""
    levels = list(document.levels)
    if isinstance(holder, Element):
        at = next(n for n, level in enumerate(levels) if level.code == holder.level)
        return levels[at + 1 :]
    return levels


def collection_in(holder: Node) -> str:
    """The list of ``holder`` that holds elements."""
    return "children" if isinstance(holder, Element) else "elements"


def holder_of(document: Plan, key: Key) -> Plan | Element:
    """The plan or the element ``key``, where elements can be put; raises Problem where there is none."""
    node = record_in(document, key)
    if not isinstance(node, Plan | Element):
        raise Problem("そこには追加できません", "nothing can be added there")
    return node


def element_of(document: Plan, key: Key) -> Element:
    """The element ``key``; raises Problem where there is none."""
    node = record_in(document, key)
    if not isinstance(node, Element):
        raise Problem("その項目は計画の構成にありません", "there is no such item in the plan's structure")
    return node


def add_elements(
    actor: Actor, draft: Draft, parent: Key, after: Key, level: str, rows: Sequence[NewElement]
) -> list[Key]:
    """Put elements of ``level`` into ``parent`` behind ``after`` (empty: first; gone: last), in order; their keys.

    The same form sent twice adds them once; sent again with other texts (after the back button) it adds
    those again.  Raises Problem where one has neither label nor name, or cannot stand there.
    """
    document = draft_document(draft)
    holder = holder_of(document, parent)
    if level not in {each.code for each in levels_below(document, holder)}:
        raise Problem(
            "その階層はここには置けません。階層を選び直してください",
            "that level cannot stand here; choose another level",
        )
    if len(rows) > MOST_LINES:
        raise Problem(
            f"一度に加えられるのは{MOST_LINES}件までです（{len(rows)}件ありました）",
            f"at most {MOST_LINES} can be added at once ({len(rows)} were sent)",
        )
    rows = [_checked(row) for row in rows]
    if not rows:
        raise Problem("加えるものを一つは書いてください", "write at least one to add")
    collection = collection_in(holder)
    known = index(document)
    at = location(holder, collection, after)
    number = _number_before(getattr(holder, collection), at.after, level)
    made: list[Operation] = []
    keys: list[Key] = []
    for row in rows:
        there = known.get(row.key)
        if isinstance(there, Element) and (there.label, there.name, there.level) == (
            row.label,
            row.name,
            level,
        ):
            keys.append(row.key)
            continue
        key = new_key() if there is not None else row.key
        number += 1
        data = {"key": key, "level": level, "no": number, "label": row.label, "name": row.name}
        data = {field: value for field, value in data.items() if value != ""}
        load_node(Element, data)
        made.append(Add(to=at, record=data))
        at = at.model_copy(update={"after": key})
        keys.append(key)
    if made:
        words = Words(f"{len(made)}件をまとめて追加", f"{len(made)} added at once")
        summary = acts.Summary(words=words) if len(made) > 1 else None
        acts.operate(actor, draft, [*unmarked(holder, collection), *made], summary=summary)
    return keys


def _checked(row: NewElement) -> NewElement:
    label, name = (text_of(text, LONGEST_LINE).strip(" \t\n　") for text in (row.label, row.name))
    if not label and not name:
        raise Problem("「番号の表記」か「名称」を書いてください", "write a label or a name")
    return replace(row, label=label, name=name)


def _number_before(siblings: Sequence[Element], after: Key | None, level: str) -> int:
    """The place number of the last sibling of ``level`` up to ``after``; 0 where there is none."""
    number = 0
    for each in siblings if after is not None else ():
        if each.level == level and each.no is not None:
            number = each.no
        if each.key == after:
            break
    return number


def move_element(actor: Actor, draft: Draft, key: Key, parent: Key, after: Key) -> None:
    """Put the element ``key`` into ``parent`` behind ``after``; nothing where it stands there.

    A KPI that names a printed table above its old place, and not above the new one, loses the table.
    """
    document = draft_document(draft)
    element, holder = element_of(document, key), holder_of(document, parent)
    if element.level not in {each.code for each in levels_below(document, holder)} or _is_inside(
        element, parent
    ):
        raise Problem(
            "そこへは移せません。別の場所を選んでください", "it cannot go there; choose another place"
        )
    collection = collection_in(holder)
    to, old = location(holder, collection, after), location_of(document, key)
    if to.after == key or to == old:
        return
    made = [
        *unmarked(holder, collection),
        *_tables_left(document, element, holder),
        Move(key=key, old=old, to=to),
    ]
    acts.operate(actor, draft, made)


def _is_inside(element: Element, key: Key) -> bool:
    return any(node.key == key for node in nodes(element))


def _tables_left(document: Plan, element: Element, holder: Plan | Element) -> Iterator[Operation]:
    """What takes the tables out of reach from the placements of an element that goes into ``holder``."""
    path: Sequence[Element] = next(
        (placed.path for placed in elements(document) if placed.element is holder), ()
    )
    inside = [node for node in nodes(element) if isinstance(node, Element)]
    reached = {table.key for each in (*path, *inside) for table in each.tables}
    for each in inside:
        for placement in each.placements:
            if placement.table is not None and placement.table not in reached:
                yield Set(key=placement.key, field="table", old=placement.table, new=None)


def places_for(document: Plan, element: Element) -> list[Plan | Element]:
    """What ``element`` may be put into: the plan, and every element of a level above that is not inside it."""
    inside = {node.key for node in nodes(element)}
    order = {level.code: n for n, level in enumerate(document.levels)}
    found = [
        placed.element
        for placed in elements(document)
        if placed.element.key not in inside and order[placed.element.level] < order[element.level]
    ]
    return [document, *found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lone:
    """The indicators that would stand nowhere: those that may go too, those that a calculation needs."""

    free: Sequence[Indicator]
    needed: Sequence[Indicator]


def left_alone(document: Plan, element: Element) -> Lone:
    """The indicators that stand in ``element`` and below it, and nowhere else."""
    inside = {node.key for node in nodes(element)}
    here: dict[Key, bool] = {}
    for placed in elements(document):
        for placement in placed.element.placements:
            is_inside = placed.element.key in inside
            here[placement.indicator] = here.get(placement.indicator, True) and is_inside
    lone = {key for key, only in here.items() if only}
    staying = [each for each in document.indicators if each.key not in lone]
    needed: set[Key] = set()
    while terms := {term.indicator for each in staying if each.formula for term in each.formula.terms} & (
        lone - needed
    ):
        needed |= terms
        staying = [each for each in document.indicators if each.key in needed]
    both = [each for each in document.indicators if each.key in lone]
    return Lone(
        free=[each for each in both if each.key not in needed],
        needed=[each for each in both if each.key in needed],
    )


def remove_element(actor: Actor, draft: Draft, key: Key, reason: str, *, with_indicators: bool) -> None:
    """Take the element out with all it holds, and its indicators that then stand nowhere, as one act."""
    document = draft_document(draft)
    element = element_of(document, key)
    also = [each.key for each in left_alone(document, element).free] if with_indicators else []
    acts.operate(actor, draft, removal(document, [key, *also], reason))


def renumber(actor: Actor, draft: Draft, lines: Sequence[Renumbered]) -> int:
    """Give the elements their new labels and place numbers; how many changed."""
    document = draft_document(draft)
    changed = [each for each in lines if each.is_changed]
    made: list[Operation] = []
    for each in changed:
        own = each.element.model_copy(
            update=_WITHOUT_CONTENT
        )  # whose data is small, however much hangs on it
        if each.label != own.label:
            made += operations_for(document, own, "label", each.label)
        if each.no != own.no:
            made += operations_for(document, own, "no", each.no)
    if made:
        words = Words(f"{len(changed)}件の番号を振り直し", f"{len(changed)} numbered anew")
        acts.operate(actor, draft, made, summary=acts.Summary(words=words))
    return len(changed)
