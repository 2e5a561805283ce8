"""An edit shares what it leaves alone, and the plan is the one that reading all its data would give."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.plan.keys import new_key
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Move, Operation, Refusal, Remove, Set, WorkingCopy
from sosei.plan.reading import load_data, load_plan
from sosei.plan.sharing import built, own_data
from sosei.plan.walk import children_of, collections_of, index, nodes
from sosei.plan.writing import data_of, dump_plan
from sosei.values import Problem
from tests.conftest import EXAMPLES, ROOT, SAMPLE

PLANS = {
    "sample": load_plan(SAMPLE.read_bytes()),
    **{name: load_plan((ROOT / "examples" / name / "plan.json").read_bytes()) for name in EXAMPLES},
}
LOOSE = PLANS["sample"].model_copy(update={"notes": (), "joint_readings": ()})  # nothing hangs on one record


@pytest.mark.parametrize("name", PLANS)
def test_every_record_is_built_from_its_own_fields_and_what_it_holds(name: str) -> None:
    for node in nodes(PLANS[name]):
        inside = {each: getattr(node, each) for each in collections_of(type(node))}
        again = built(type(node), own_data(node), inside)
        assert again == node
        for (_, child), (_, before) in zip(children_of(again), children_of(node), strict=True):
            assert child is before


@settings(max_examples=10)
@given(st.sampled_from(sorted(PLANS)), st.integers(0, 10**9), st.integers(1, 15))
def test_sharing_gives_what_reading_the_whole_data_gives(name: str, seed: int, steps: int) -> None:
    _shares_as_it_reads(name, seed, steps)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.sampled_from(sorted(PLANS)), st.integers(0, 10**9), st.integers(1, 15))
def test_sharing_gives_what_reading_gives_in_many_examples(name: str, seed: int, steps: int) -> None:
    _shares_as_it_reads(name, seed, steps)


def _shares_as_it_reads(name: str, seed: int, steps: int) -> None:
    """Any edits, sound or not: the same bytes, or the same refusal in the same words."""
    rng = random.Random(seed)
    work = WorkingCopy(PLANS[name])
    data = data_of(PLANS[name])
    for _ in range(steps):
        made = _any_operation(work, rng)
        try:
            work.apply(made)
        except Refusal:
            assert work.record(work.key) == data
            continue
        data = work.record(work.key)
        if rng.random() < 0.4:
            _agrees(work.fork(), data)
    _agrees(work, data)


def _agrees(work: WorkingCopy, data: dict[str, Any]) -> None:
    whole, shared = _said_or_made(lambda: load_data(data)), _said_or_made(work.plan)
    assert shared == whole
    if isinstance(whole, Plan):
        assert dump_plan(work.plan()) == dump_plan(whole)


def _said_or_made(make: Callable[[], Plan]) -> Plan | tuple[str, str]:
    try:
        return make()
    except Problem as problem:
        return problem.ja, problem.en


def _any_operation(work: WorkingCopy, rng: random.Random) -> Operation:
    records = _records(work.record(work.key), Plan)
    key, kind, data = rng.choice(records)
    other, other_kind, other_data = rng.choice(records)
    match rng.choice(["set", "set", "swap", "add", "move", "remove"]):
        case "set":
            field = rng.choice([name for name in kind.model_fields if name not in collections_of(kind)])
            new = rng.choice([None, "", "新", 3, -1, [], ["x"], {"text": "文"}, data.get(field)])
            return Set(key=key, field=field, old=data.get(field), new=new)
        case "swap" if other_kind is kind:
            field = rng.choice([name for name in kind.model_fields if name not in collections_of(kind)])
            return Set(key=key, field=field, old=data.get(field), new=other_data.get(field))
        case "move" if key != work.key:
            siblings = [k for k, _, _ in records]
            to = Location(parent=other, collection=work.location(key).collection)
            return Move(key=key, old=work.location(key), to=rng.choice([to, _beside(work, siblings, rng)]))
        case "remove" if key != work.key:
            return Remove(old=work.location(key), record=data)
        case _ if key != work.key:
            return Add(to=work.location(key), record=_renewed(data, kind))
    return Set(key=key, field="remark", old=data.get("remark"), new="全体への注")


def _beside(work: WorkingCopy, keys: list[str], rng: random.Random) -> Location:
    key = rng.choice(keys)
    if key == work.key:
        return Location(parent=key, collection="elements")
    return work.location(key).model_copy(update={"after": key})


def _renewed(data: dict[str, Any], kind: Any) -> dict[str, Any]:
    kinds = collections_of(kind)
    return {
        name: [_renewed(child, kinds[name]) for child in value] if name in kinds else value
        for name, value in data.items()
    } | {"key": new_key()}


def _records(data: dict[str, Any], kind: Any) -> list[tuple[str, Any, dict[str, Any]]]:
    found = [(data["key"], kind, data)]
    for name, inner in collections_of(kind).items():
        for child in data.get(name, ()):
            found += _records(child, inner)
    return found


def test_what_is_left_alone_is_the_same_object() -> None:
    before = PLANS["hitoyoshi"]
    chosen = before.indicators[3]
    work = WorkingCopy(before)
    work.apply(Set(key=chosen.key, field="name", old=chosen.name, new="新しい名称"))
    after = work.plan()
    was, is_now = index(before), index(after)
    assert {key for key, node in is_now.items() if node is not was[key]} == {before.key, chosen.key}
    assert before.indicators[3].name == chosen.name


def test_a_fork_and_its_origin_do_not_meet() -> None:
    plan = LOOSE
    origin = WorkingCopy(plan)
    one, two = origin.fork(), origin.fork()
    first = plan.elements[0]
    one.apply(Set(key=first.key, field="name", old=first.name, new="一"))
    two.apply(Remove(old=two.location(first.children[0].key), record=two.record(first.children[0].key)))
    assert one.plan().elements[0].name == "一"
    assert len(two.plan().elements[0].children) == len(first.children) - 1
    assert origin.plan() == plan


def test_values_and_links_are_checked_when_all_is_done() -> None:
    """Two fields that go together are set one after the other."""
    plan = PLANS["hitoyoshi"]
    printed = next(node for node in nodes(plan) if getattr(node, "difference", None))
    data = own_data(printed)
    work = WorkingCopy(plan)
    work.apply(Set(key=printed.key, field="difference", old=data["difference"], new=None))
    with pytest.raises(Problem, match="go together"):
        work.plan()
    work.apply(Set(key=printed.key, field="actual", old=data["actual"], new=None))
    assert index(work.plan())[printed.key].actual is None  # type: ignore[attr-defined]


def test_a_default_written_out_is_the_same_value() -> None:
    plan = LOOSE
    first = plan.elements[0]
    text = {"text": "説明", "summary": False}
    work = WorkingCopy(plan)
    old = own_data(first).get("description")
    work.apply(Set(key=first.key, field="description", old=old, new=text))
    work.plan()
    work.apply(Set(key=first.key, field="description", old=text, new=old))
    added = {"key": new_key(), "level": first.level, "name": "新", "label": "", "children": []}
    at = work.location(first.key)
    work.apply(Add(to=at, record=added))
    work.plan()
    work.apply(Remove(old=at, record=added))
    assert work.plan() == plan
