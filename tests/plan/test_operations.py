"""Editing: operations apply only to what they were made against, and every one can be undone."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.plan.difference import difference
from sosei.plan.keys import new_key
from sosei.plan.model import Plan
from sosei.plan.operations import (
    Add,
    Location,
    Move,
    Operation,
    Refusal,
    Remove,
    Set,
    WorkingCopy,
    apply,
    apply_what_fits,
    inverse,
)
from sosei.plan.reading import load_plan
from sosei.plan.writing import dump_plan
from sosei.values import Problem
from tests.conftest import SAMPLE

PLAN = load_plan(SAMPLE.read_bytes())
TREE = PLAN.model_copy(update={"notes": (), "joint_readings": ()})  # nothing hangs on a single record
RENAME = Set(key="ameasure02", field="name", old="人材の育成", new="人材の確保と育成", reason="対象を広げた")
NEW = Add(
    to=Location(parent="agoal00001", collection="children", after="ameasure01"),
    record={"key": "ameasure03", "level": "measure", "no": 3, "label": "施策③", "name": "創業の支援"},
)
SWAP = Move(
    key="ameasure02",
    old=Location(parent="agoal00001", collection="children", after="ameasure01"),
    to=Location(parent="agoal00001", collection="children", after=None),
)
DROP = Remove(
    old=Location(parent="agoal00001", collection="children", after="ameasure01"),
    record={"key": "ameasure02", "level": "measure", "no": 2, "label": "施策②", "name": "人材の育成"},
)


CLEAR = Set(key="ameasure02", field="name", old="人材の育成", new="")


@pytest.mark.parametrize("operation", [RENAME, CLEAR, NEW, SWAP, DROP])
def test_undo_gives_the_same_bytes(operation: Operation) -> None:
    after = apply(PLAN, [operation])
    assert dump_plan(after) != dump_plan(PLAN)
    assert dump_plan(apply(after, [inverse(operation)])) == dump_plan(PLAN)


def test_operations_do_what_they_say() -> None:
    after = apply(PLAN, [RENAME, NEW, SWAP])
    assert [m.name for m in after.elements[0].children] == ["人材の確保と育成", "企業の支援", "創業の支援"]
    assert (
        apply(PLAN, [Set(key="aplan00001", field="catchphrase", old=None, new="明日へ")]).catchphrase
        == "明日へ"
    )
    assert apply(PLAN, [Set(key="aplan00001", field="title", old=PLAN.title, new=None)]).title == ""


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (RENAME.model_copy(update={"old": "人材"}), ('"人材"', '"人材の育成"')),
        (RENAME.model_copy(update={"key": "ameasure09"}), ("ameasure09", "gone")),
        (RENAME.model_copy(update={"field": "key"}), ("cannot be set",)),
        (RENAME.model_copy(update={"field": "children"}), ("cannot be set",)),
        (NEW.model_copy(update={"record": {**NEW.record, "key": "ameasure01"}}), ("in use",)),
        (
            NEW.model_copy(update={"to": Location(parent="agoal00001", collection="notes")}),
            ("no collection", "notes"),
        ),
        (
            NEW.model_copy(
                update={"to": Location(parent="agoal00001", collection="children", after="aproject01")}
            ),
            ("stand after", "gone"),
        ),
        (SWAP.model_copy(update={"old": Location(parent="aplan00001", collection="elements")}), ("moved",)),
        (
            SWAP.model_copy(
                update={"key": "ameasure01", "to": Location(parent="aproject01", collection="children")}
            ),
            ("cannot be moved",),
        ),
        (SWAP.model_copy(update={"key": "aplan00001"}), ("the plan itself",)),
        (DROP.model_copy(update={"record": {**DROP.record, "name": "人材"}}), ("has changed",)),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    operation: Operation, words: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal) as caught:
        apply(PLAN, [operation])
    for word in words:
        assert word in caught.value.en
    after, refused = apply_what_fits(PLAN, [operation, NEW])
    assert [refusal.operation for refusal in refused] == [operation]
    assert dump_plan(after) == dump_plan(apply(PLAN, [NEW]))


def test_two_officers_and_one_field() -> None:
    """Of two changes to one field the second is refused with both values; another field passes."""
    second = Set(key="ameasure02", field="name", old="人材の育成", new="人づくり")
    other = Set(key="ameasure02", field="no", old=2, new=5)
    after, (refusal,) = apply_what_fits(PLAN, [RENAME, second, other])
    assert (after.elements[0].children[1].name, after.elements[0].children[1].no) == ("人材の確保と育成", 5)
    assert refusal.found == "人材の確保と育成"


def test_links_are_checked_at_the_end() -> None:
    indicator = {"key": "aindicat02", "name": "相談件数"}
    add = Add(to=Location(parent="aplan00001", collection="indicators", after="aindicat01"), record=indicator)
    use = Set(key="aplacement", field="indicator", old="aindicat01", new="aindicat02")
    assert apply(PLAN, [use, add]).elements[0].placements[0].indicator == "aindicat02"
    with pytest.raises(Problem, match="aindicat02"):
        apply(PLAN, [use])


def test_operations_survive_json() -> None:
    for operation in (RENAME, NEW, SWAP, DROP):
        assert type(operation).model_validate_json(operation.model_dump_json()) == operation


def shaken(plan: Plan, seed: int, steps: int) -> Plan:
    """A plan some random edits away from ``plan``."""
    rng = random.Random(seed)
    work = WorkingCopy(plan)
    for _ in range(steps):
        _random_edit(work, rng)
    return work.plan()


def _random_edit(work: WorkingCopy, rng: random.Random) -> None:
    elements = _elements(work.record(TREE.key))
    key, data = rng.choice(elements)
    where = work.location(key)
    kind = rng.choice(["rename", "add", "move", "remove"])
    if kind == "rename":
        work.apply(Set(key=key, field="label", old=data.get("label"), new=f"施策{rng.random()}"))
    elif kind == "add":
        record = {"key": new_key(), "level": "measure", "name": "新"}
        record["children"] = [{"key": new_key(), "level": "project"}]  # type: ignore[assignment]
        work.apply(Add(to=where, record=record))
    elif kind == "move":
        inside = {inner for inner, _ in _elements({"elements": [data]})}
        targets = [other for other, _ in elements if other not in inside]
        if targets:
            parent = rng.choice(targets)
            siblings = [c["key"] for c in work.record(parent).get("children", []) if c["key"] != key]
            after = rng.choice([None, *siblings])
            to = Location(parent=parent, collection="children", after=after)
            work.apply(Move(key=key, old=where, to=to))
    elif len(elements) > 2 and where.parent != TREE.key:
        work.apply(Remove(old=where, record=data))


def _elements(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for element in data.get("elements", []) + data.get("children", []):
        found += [(element["key"], element), *_elements(element)]
    return found


@settings(max_examples=150)
@given(st.integers(0, 10**9), st.integers(0, 12))
def test_the_difference_leads_from_one_plan_to_the_other_and_back(seed: int, steps: int) -> None:
    new = shaken(TREE, seed, steps)
    operations = difference(TREE, new)
    assert dump_plan(apply(TREE, operations)) == dump_plan(new)
    back = [inverse(operation) for operation in reversed(operations)]
    assert dump_plan(apply(new, back)) == dump_plan(TREE)


def test_no_difference_is_no_operation() -> None:
    assert difference(PLAN, PLAN) == ()


def test_other_plans_are_not_compared(plans: dict[str, Plan]) -> None:
    with pytest.raises(Problem, match="different plans"):
        difference(plans["hitoyoshi"], plans["aso"])


def test_reordering_moves_as_little_as_can_be() -> None:
    plan = apply(PLAN, [NEW])
    first = plan.elements[0].model_copy(update={"children": plan.elements[0].children[::-1]})
    new = plan.model_copy(update={"elements": (first,)})
    assert [type(o).__name__ for o in difference(plan, new)] == ["Move", "Move"]
