"""Records come, go and move: each act with everything that hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sosei.plan.base import Key, Node
from sosei.plan.indicator import Indicator
from sosei.plan.keys import new_key
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Move, Operation, Remove, Set, WorkingCopy
from sosei.plan.reading import load_node
from sosei.plan.record import Erratum, Waiver
from sosei.plan.walk import children_of, collections_of, index, nodes
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.writing.editors import Around, Typed
from sosei.web.writing.fields import editor_of, field_names, required
from sosei.web.writing.labels import label_of
from sosei.web.writing.marks import unmarked
from sosei.web.writing.saving import read, record_in

LAST = "last"


def add(  # noqa: PLR0913 - where, what and by whom
    actor: Actor, draft: Draft, parent: Key, collection: str, typed: Typed, *, key: Key, after: str = LAST
) -> Key:
    """Put a new record into ``collection`` of ``parent``, behind ``after`` (empty: first); its key.

    ``key`` was drawn when the form was shown: the same form sent twice adds one record; sent again with
    other texts (after the back button) it adds another.  Raises Problem for what cannot be kept.
    """
    document = draft_document(draft)
    holder = record_in(document, parent)
    kind = collections_of(type(holder)).get(collection)
    if kind is None:
        raise Problem("そこには追加できません", "nothing can be added there")
    around = Around(document)
    data = {"key": key, **typed_data(kind, typed, around)}
    there = index(document).get(key)
    if there is not None:
        present = data_of(there)
        if all(present.get(name) == value for name, value in data.items()):
            return key
        data["key"] = new_key()
    load_node(kind, data)
    to = location(holder, collection, after)
    acts.operate(actor, draft, [*around.first, *unmarked(holder, collection), Add(to=to, record=data)])
    made: Key = data["key"]
    return made


def typed_data(kind: type[Node], typed: Typed, around: Around) -> dict[str, Any]:
    """The fields of a new record of ``kind`` that are typed; raises Problem where a needed one is empty."""
    blank = kind.model_construct(key="new")
    found = {}
    for name in field_names(kind):
        if not any(each == name or each.startswith(f"{name}.") for each in typed):
            continue
        value = read(editor_of(blank, name), name, typed, None, around)
        if value is not None:
            found[name] = value
    for name in required(kind):
        if name not in found:
            label = label_of(name)
            raise Problem(f"「{label.ja}」を書いてください", f'"{label.en}" is needed')
    return found


def location(holder: Node, collection: str, after: str) -> Location:
    """The place behind ``after`` in ``collection`` of ``holder``: at the end for LAST or for one that is gone."""
    if collection not in collections_of(type(holder)):
        raise Problem("そこには置けません", "it cannot stand there")
    keys = [each.key for each in getattr(holder, collection)]
    if after == "":
        return Location(parent=holder.key, collection=collection)
    if after not in keys:
        after = keys[-1] if keys else ""
    return Location(parent=holder.key, collection=collection, after=after or None)


def move(actor: Actor, draft: Draft, key: Key, parent: Key, collection: str, after: str) -> None:
    """Put the record ``key`` behind ``after`` in ``collection`` of ``parent``; nothing where it stands there."""
    document = draft_document(draft)
    record_in(document, key)
    holder = record_in(document, parent)
    to = location(holder, collection, after)
    old = location_of(document, key)
    if to.after == key or to == old:
        return
    acts.operate(actor, draft, [*unmarked(holder, collection), Move(key=key, old=old, to=to)])


def step(actor: Actor, draft: Draft, key: Key, down: bool) -> bool:
    """Move the record one place up or down among its siblings; False where it is the last there."""
    document = draft_document(draft)
    record_in(document, key)
    old = location_of(document, key)
    siblings = [each.key for each in getattr(index(document)[old.parent], old.collection)]
    at = siblings.index(key)
    if not 0 <= at + (1 if down else -1) < len(siblings):
        return False
    after = siblings[at + 1] if down else (siblings[at - 2] if at >= 2 else "")
    move(actor, draft, key, old.parent, old.collection, after)
    return True


def remove(actor: Actor, draft: Draft, key: Key, reason: str = "") -> None:
    """Take the record ``key`` out with all it holds; what points at it is loosened in the same act."""
    document = draft_document(draft)
    record_in(document, key)
    acts.operate(actor, draft, removal(document, [key], reason))


def removal(document: Plan, keys: list[Key], reason: str = "") -> list[Operation]:
    """What takes the records ``keys`` out, after what points at them was loosened.

    Raises Problem where something cannot be without one of them (a placement without its indicator, a
    formula without a term).
    """
    known = index(document)
    gone = {node.key for key in keys for node in nodes(known[key])}
    made: list[Operation] = []
    for node in known.values():
        if node.key not in gone:
            made += _loosened(node, gone, reason, document)
    holders = {child.key: (node, name) for node in known.values() for name, child in children_of(node)}
    siblings: dict[tuple[Key, str], list[Key]] = {}
    for key in keys:
        holder, collection = holders[key]
        order = siblings.setdefault(
            (holder.key, collection), [each.key for each in getattr(holder, collection)]
        )
        at = order.index(key)
        after = order[at - 1] if at else None
        order.remove(key)
        made.append(
            Remove(
                old=Location(parent=holder.key, collection=collection, after=after),
                record=data_of(known[key]),
                reason=reason,
            )
        )
    return made


def location_of(document: Plan, key: Key) -> Location:
    """Where the record ``key`` stands."""
    if key == document.key:
        raise Problem("計画そのものは動かせません", "the plan itself cannot be moved or removed")
    return WorkingCopy(document).location(key)


def _loosened(node: Node, gone: set[Key], reason: str, document: Plan) -> Iterator[Operation]:
    """What takes the names of records that go out of one that stays.

    An erratum or a waiver of one record goes with it: without its place a waiver would hold for the whole plan.
    """
    if (isinstance(node, Erratum) and node.about in gone) or (isinstance(node, Waiver) and node.at in gone):
        yield Remove(old=location_of(document, node.key), record=data_of(node), reason=reason)
        return
    for name in _pointing(type(node)):
        value = getattr(node, name)
        if not _points(name, value, gone):
            continue
        if name in required(type(node)) or name == "formula":
            raise _needed(node, name)
        old, new = data_of(node)[name], None
        if name in _KEEPING:
            new = [each for each in old if not _names_one(name, each, gone)] or None
        yield Set(key=node.key, field=name, old=old, new=new, reason=reason)


_SINGLE = ("indicator", "table", "part_of", "breakdown_of", "continues", "about", "at")
_KEEPING = ("divisions", "anchors", "joint_readings")


@lru_cache(maxsize=64)
def _pointing(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind of record that name other records."""
    inner = collections_of(kind)
    names = (*_SINGLE, *_KEEPING, "formula")
    return tuple(name for name in kind.model_fields if name in names and name not in inner)


def _points(name: str, value: Any, gone: set[Key]) -> bool:
    if name == "formula":
        return value is not None and any(term.indicator in gone for term in value.terms)
    if name == "anchors":
        return any(each.at in gone for each in value)
    if name == "joint_readings":
        return any(_cell_of(cell.place) in gone for each in value for cell in each.options[each.chosen].cells)
    return any(each in gone for each in value) if name == "divisions" else value in gone


def _names_one(name: str, each: Any, gone: set[Key]) -> bool:
    """Whether an entry of a list, as plan data, names a record that goes."""
    if name == "anchors":
        return each["at"] in gone
    if name == "joint_readings":
        return any(_cell_of(cell["place"]) in gone for option in each["options"] for cell in option["cells"])
    return each in gone


def _cell_of(place: str) -> Key:
    return place.partition(".")[0]


def _needed(node: Node, name: str) -> Problem:
    title = getattr(node, "name", "") or node.key
    label = label_of(name)
    kind = "指標" if isinstance(node, Indicator) else "掲載箇所"
    return Problem(
        f"{kind}「{title}」の{label.ja}に使われているので削除できません。先にそちらを書き換えてください",
        f'it is used by "{title}" ({label.en}); change that first',
    )
