"""What is done to indicators and the places where they stand, each as one act."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node
from sosei.plan.indicator import Indicator, Placement, Role
from sosei.plan.keys import new_key
from sosei.plan.model import Element, LevelKind, Plan
from sosei.plan.operations import Add, Move, Operation, Set
from sosei.plan.reading import load_node
from sosei.plan.walk import elements, index
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.meaning import MEANING
from sosei.web.plans.models import Draft, RegisteredIndicator
from sosei.web.plans.store import draft_document, edition_document
from sosei.web.writing.compound import Divisions
from sosei.web.writing.editors import Around, Typed
from sosei.web.writing.fields import editor_of
from sosei.web.writing.marks import unmarked
from sosei.web.writing.saving import operations_for, read, record_in
from sosei.web.writing.structure import LAST, location, location_of, removal, typed_data

PLACED = ("role", "name_suffix", "baseline", "target")
"""The fields of a placement that a new one may say."""

_ROLES: Mapping[LevelKind, Role] = {
    LevelKind.GOAL: Role.NUMERIC_TARGET,
    LevelKind.PROJECT: Role.PROJECT_KPI,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Keys drawn when a form was shown, so that the same form sent twice writes once."""

    indicator: Key
    placement: Key

    @classmethod
    def drawn(cls) -> Keys:
        """New ones."""
        return cls(indicator=new_key(), placement=new_key())


def usual_role(document: Plan, element: Element) -> Role:
    """What an indicator usually is at ``element``: 数値目標 at a goal, 事業KPI at a project, else KPI."""
    kind = next(level.kind for level in document.levels if level.code == element.level)
    return _ROLES.get(kind, Role.KPI)


def add_new(actor: Actor, draft: Draft, element: Key, typed: Typed, keys: Keys) -> Key:
    """A new indicator that stands at ``element``, as one act; the placement's key.

    The same form sent twice writes once; sent again with other texts (after the back button) it makes
    another.  Raises Problem for what cannot be kept.
    """
    document = draft_document(draft)
    holder = element_in(document, element)
    around = Around(document)
    own = {name: text for name, text in typed.items() if _field(name) not in PLACED}
    indicator = {"key": keys.indicator, **typed_data(Indicator, own, around)}
    placement = {
        "key": keys.placement,
        "indicator": keys.indicator,
        "name": indicator["name"],
        **_placed(typed, around),
    }
    known = index(document)
    if _says(known.get(keys.indicator), indicator) and _says(known.get(keys.placement), placement):
        return keys.placement
    if keys.indicator in known or keys.placement in known:
        keys = Keys.drawn()
        indicator["key"] = keys.indicator
        placement |= {"key": keys.placement, "indicator": keys.indicator}
    acts.operate(
        actor,
        draft,
        [
            *around.first,
            *unmarked(document, "indicators"),
            _added(document, "indicators", Indicator, indicator),
            *unmarked(holder, "placements"),
            _added(holder, "placements", Placement, placement),
        ],
    )
    return keys.placement


def place(actor: Actor, draft: Draft, element: Key, indicator: Key, typed: Typed, key: Key) -> Key:
    """Let an indicator that the plan has stand at ``element`` as well; the placement's key."""
    document = draft_document(draft)
    holder = element_in(document, element)
    found = indicator_in(document, indicator)
    around = Around(document)
    data = {"key": key, "indicator": indicator, "name": found.name, **_placed(typed, around)}
    there = index(document).get(key)
    if _says(there, data):
        return key
    if there is not None:
        data["key"] = key = new_key()
    made = [*unmarked(holder, "placements"), _added(holder, "placements", Placement, data)]
    acts.operate(actor, draft, [*around.first, *made])
    return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An indicator taken from the registry: its placement's key, and what did not come along."""

    placement: Key
    left: Words | None


def take(actor: Actor, draft: Draft, element: Key, row: RegisteredIndicator, typed: Typed, key: Key) -> Taken:
    """Let another plan's indicator stand at ``element``: its definition under the same key, and the values
    that the other plan's last edition knows.  One that the plan has already is only placed.
    """
    document = draft_document(draft)
    if row.key in index(document):
        return Taken(placement=place(actor, draft, element, row.key, typed, key), left=None)
    holder = element_in(document, element)
    around = Around(document)
    data, left = _copied(row, around)
    placement = {"key": key, "indicator": row.key, "name": data["name"], **_placed(typed, around)}
    if key in index(document):
        placement["key"] = new_key()
    acts.operate(
        actor,
        draft,
        [
            *around.first,
            *unmarked(document, "indicators"),
            _added(document, "indicators", Indicator, data),
            *unmarked(holder, "placements"),
            _added(holder, "placements", Placement, placement),
        ],
    )
    return Taken(placement=placement["key"], left=left)


def _copied(row: RegisteredIndicator, around: Around) -> tuple[dict[str, Any], Words | None]:
    """The registered definition with its values, and what of it names records that this plan has not."""
    source = edition_document(row.edition)
    known = index(around.document)
    data: dict[str, Any] = json.loads(row.definition)
    for name in ("page", "remark"):  # of the other plan's source
        data.pop(name, None)
    left = []
    for name in ("part_of", "breakdown_of", "continues"):
        if data.get(name, row.key) not in known and data.pop(name, None):
            left.append(name)
    if any(term["indicator"] not in known for term in data.get("formula", {}).get("terms", ())):
        del data["formula"]
        left.append("formula")
    if keys := data.pop("divisions", ()):
        names = {each.key: each.name for each in source.divisions}
        typed = {"divisions": "、".join(names[each] for each in keys)}
        data["divisions"] = Divisions().read("divisions", typed, None, around)
    old = next((each for each in source.indicators if each.key == row.key), None)
    if old is not None and old.observations:
        values = [data_of(each) for each in old.observations]
        data["observations"] = [
            {name: value for name, value in each.items() if name not in ("page", "remark")}
            for each in values
            if each["key"] not in known
        ]
    if not left:
        return data, None
    return data, Words(
        "計算式や「うち書き」など、この計画にない指標を指す項目は入っていません",
        "what names indicators that this plan has not (formula, part of ...) was left out",
    )


def move_placement(actor: Actor, draft: Draft, key: Key, element: Key) -> None:
    """Put a placement at the end of another element; a printed table out of its reach is let go."""
    document = draft_document(draft)
    placement = placement_in(document, key)
    holder = element_in(document, element)
    old = location_of(document, key)
    if old.parent == holder.key:
        return
    made: list[Operation] = []
    way = next(placed.path for placed in elements(document) if placed.element.key == holder.key)
    if placement.table and placement.table not in {table.key for each in way for table in each.tables}:
        made.append(Set(key=key, field="table", old=placement.table, new=None))
    to = location(holder, "placements", LAST)
    acts.operate(actor, draft, [*unmarked(holder, "placements"), *made, Move(key=key, old=old, to=to)])


def remove_placement(actor: Actor, draft: Draft, key: Key, *, with_indicator: bool, reason: str = "") -> None:
    """Take a placement out, and its indicator with its values where that stands nowhere else."""
    document = draft_document(draft)
    placement = placement_in(document, key)
    keys = [key]
    if with_indicator and len(places_of_indicator(document, placement.indicator)) == 1:
        keys.append(placement.indicator)
    acts.operate(actor, draft, removal(document, keys, reason))


def continue_as_new(actor: Actor, draft: Draft, key: Key, typed: Typed, successor: Key) -> Key:
    """A new indicator says what ``key`` cannot, because that has values: its key.

    It has the definition of the old one, with unit, counting and source as typed, and no values; the
    plan's placements show it, the old one stays with its values.  Raises Problem where nothing differs.
    """
    document = draft_document(draft)
    old = indicator_in(document, key)
    there = index(document).get(successor)
    if isinstance(there, Indicator) and there.continues == key:
        return successor
    around = Around(document)
    data = {name: value for name, value in data_of(old).items() if name != "observations"}
    for name in MEANING:
        if name not in typed:
            continue
        value = read(editor_of(old, name), name, typed, data.get(name), around)
        if value != data.get(name):
            data = _restated(data, name, value)
    if all(data.get(name) == data_of(old).get(name) for name in MEANING):
        raise Problem(
            "単位・数え方・資料のどれも変わっていないので、引き継ぐ必要がありません",
            "neither unit, counting nor source differs, so there is nothing to continue",
        )
    data |= {"key": successor if there is None and successor else new_key(), "continues": key}
    load_node(Indicator, data)
    made: list[Operation] = [
        *unmarked(document, "indicators"),
        Add(to=location(document, "indicators", key), record=data),
    ]
    for placement in places_of_indicator(document, key):
        made += operations_for(document, placement, "indicator", data["key"])
        made += _printed_set_aside(placement)
    acts.operate(actor, draft, made)
    found: Key = data["key"]
    return found


def _printed_set_aside(placement: Placement) -> Iterator[Operation]:
    """What the place printed instead of the old indicator's values: it differs from nothing any more, so that
    its text goes into the remark of its year.
    """
    for entry in placement.printed:
        if entry.actual is None:
            continue
        old = data_of(entry)
        remark = f"前の指標の掲載値: {entry.actual}"
        yield Set(key=entry.key, field="actual", old=old["actual"], new=None)
        yield Set(key=entry.key, field="difference", old=old["difference"], new=None)
        yield Set(
            key=entry.key,
            field="remark",
            old=old.get("remark"),
            new="\n".join(filter(None, (entry.remark, remark))),
        )


def _restated(data: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """``data`` with a field said anew: what the source had there, and doubts about it, go."""
    rest = {field: each for field, each in data.items() if field != name}
    for mark in ("not_printed", "interpreted"):
        rest[mark] = [each for each in data.get(mark, ()) if each != name]
    rest["as_read"] = {field: text for field, text in data.get("as_read", {}).items() if field != name}
    rest["doubts"] = [each for each in data.get("doubts", ()) if each["field"] != name]
    rest[name] = value
    return {field: each for field, each in rest.items() if each not in (None, [], {})}


def places_of_indicator(document: Plan, key: Key) -> list[Placement]:
    """The placements that show the indicator, in the plan's order."""
    return [
        placement
        for placed in elements(document)
        for placement in placed.element.placements
        if placement.indicator == key
    ]


def element_in(document: Plan, key: Key) -> Element:
    """The element ``key``; raises Problem where there is none."""
    return _in(document, key, Element, Words("その項目", "such item"))


def placement_in(document: Plan, key: Key) -> Placement:
    """The placement ``key``; raises Problem where there is none."""
    return _in(document, key, Placement, Words("その掲載箇所", "such place"))


def indicator_in(document: Plan, key: Key) -> Indicator:
    """The indicator ``key``; raises Problem where there is none."""
    return _in(document, key, Indicator, Words("その指標", "such indicator"))


def _in(document: Plan, key: Key, kind: Any, what: Words) -> Any:
    node = record_in(document, key)
    if not isinstance(node, kind):
        raise Problem(f"{what.ja}は計画にありません", f"there is no {what.en} in the plan")
    return node


def _placed(typed: Typed, around: Around) -> dict[str, Any]:
    """The fields of a placement that are typed; a value of which only the year stands there is none."""
    none_yet = blank(Placement)
    found = {}
    for name in PLACED:
        if not any(_field(each) == name for each in typed):
            continue
        if f"{name}.quantity" in typed and not typed[f"{name}.quantity"].strip():
            continue
        value = read(editor_of(none_yet, name), name, typed, None, around)
        if value is not None:
            found[name] = value
    if "role" not in found:
        raise Problem("「役割」を選んでください", '"role" is needed')
    return found


def blank(kind: type[Node]) -> Node:
    """A record of ``kind`` that says nothing yet, for its editors."""
    return kind.model_construct(key="new")


def _field(name: str) -> str:
    return name.partition(".")[0]


def _says(node: Node | None, data: Mapping[str, Any]) -> bool:
    """Whether the record is there and says all of ``data``."""
    if node is None:
        return False
    present = data_of(node)
    return all(present.get(name) == value for name, value in data.items())


def _added(holder: Node, collection: str, kind: type[Node], data: dict[str, Any]) -> Add:
    load_node(kind, data)
    return Add(to=location(holder, collection, LAST), record=data)


def earlier_ones(document: Plan, key: Key) -> Iterator[Indicator]:
    """The indicators that ``key`` continues, the newest first."""
    known = {each.key: each for each in document.indicators}
    seen = {key}
    while (at := known[key].continues) is not None and at in known and at not in seen:
        seen.add(at)
        key = at
        yield known[at]
