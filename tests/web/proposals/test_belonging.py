"""What belongs to a division: the rule as a table on a small plan."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from sosei.plan.indicator import Indicator, Placement, Role
from sosei.plan.model import Element, Level, LevelKind, Plan
from sosei.plan.operations import Add, Location, Move, Operation, Remove, Set
from sosei.plan.record import Municipality
from sosei.values import Problem
from sosei.web.proposals.belonging import belongings, must_belong
from sosei.web.proposals.own import counts_of, own_groups

GOAL, MEASURE, FIRST, SECOND = "g000000001", "m000000001", "p000000001", "p000000002"
AT_GOAL, AT_MEASURE, AT_FIRST = "k000000001", "k000000002", "k000000003"
ONE, TWO = "i000000001", "i000000002"
NAMES = {
    GOAL: "goal",
    MEASURE: "measure",
    FIRST: "first",
    SECOND: "second",
    AT_GOAL: "at-goal",
    AT_MEASURE: "at-measure",
    AT_FIRST: "at-first",
    ONE: "one",
    TWO: "two",
}


def _placement(key: str, indicator: str) -> Placement:
    return Placement(key=key, indicator=indicator, role=Role.KPI, name=indicator)


def _plan() -> Plan:
    """A goal with a measure of two projects; indicator ``one`` at goal and measure, ``two`` at a project."""
    projects = (
        Element(key=FIRST, level="p", name="事業一", placements=(_placement(AT_FIRST, TWO),)),
        Element(key=SECOND, level="p", name="事業二"),
    )
    measure = Element(
        key=MEASURE, level="m", name="施策", placements=(_placement(AT_MEASURE, ONE),), children=projects
    )
    goal = Element(
        key=GOAL, level="g", name="目標", placements=(_placement(AT_GOAL, ONE),), children=(measure,)
    )
    return Plan(
        key="plan000001",
        municipality=Municipality(code="432032", name="人吉市", prefecture="熊本県"),
        levels=(
            Level(code="g", name="基本目標", kind=LevelKind.GOAL),
            Level(code="m", name="施策", kind=LevelKind.MEASURE),
            Level(code="p", name="事業", kind=LevelKind.PROJECT),
        ),
        elements=(goal,),
        indicators=(Indicator(key=ONE, name="一"), Indicator(key=TWO, name="二")),
    )


A, B = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("answers", "ours"),
    [
        ({}, ""),
        ({FIRST: [A]}, "measure first at-measure at-first one two"),
        ({FIRST: [B]}, ""),
        ({FIRST: [A, B]}, "measure first at-measure at-first one two"),
        ({FIRST: [A], MEASURE: [B]}, "first at-first two"),
        ({MEASURE: [A]}, "measure first second at-measure at-first one two"),
        ({MEASURE: [A], SECOND: [B]}, "measure first at-measure at-first one two"),
        ({GOAL: [A]}, "goal measure first second at-goal at-measure at-first one two"),
        ({GOAL: [A], MEASURE: [B]}, "goal at-goal one"),
        ({ONE: [A]}, "at-goal at-measure one"),
        ({ONE: [A], FIRST: [B]}, "at-goal at-measure one"),
        ({ONE: [B], FIRST: [A]}, "measure first at-measure at-first two"),
    ],
)
def test_whose_is_what(answers: dict[str, list[UUID]], ours: str) -> None:
    found = belongings(_plan(), answers)
    assert {NAMES[key] for key in found.of(A)} == set(ours.split())


def test_every_division_that_something_belongs_to_is_asked() -> None:
    assert belongings(_plan(), {FIRST: [A], ONE: [B], "x000000001": [uuid4()]}).divisions == {A, B}


@pytest.mark.parametrize(
    ("operation", "may"),
    [
        (Set(key=FIRST, field="name"), True),
        (Set(key=SECOND, field="name"), False),
        (Add(to=Location(parent=FIRST, collection="placements"), record={"key": "n000000001"}), True),
        (Add(to=Location(parent=GOAL, collection="children"), record={"key": "n000000001"}), False),
        (Remove(old=Location(parent=MEASURE, collection="children"), record={"key": FIRST}), True),
        (Remove(old=Location(parent=MEASURE, collection="children"), record={"key": SECOND}), False),
        (
            Move(
                key=FIRST,
                old=Location(parent=MEASURE, collection="children"),
                to=Location(parent=GOAL, collection="children"),
            ),
            False,
        ),
    ],
)
def test_a_proposal_stays_inside(operation: Operation, may: bool) -> None:
    own = {FIRST, MEASURE}
    if may:
        must_belong(operation, own)
    else:
        with pytest.raises(Problem):
            must_belong(operation, own)


def test_the_page_shows_goal_and_measure_and_nothing_empty() -> None:
    plan = _plan()
    (group,) = own_groups(plan, belongings(plan, {FIRST: [A], MEASURE: [B]}).of(A), "ja")
    assert (group.goal, group.measure) == ("基本目標「目標」", "施策「施策」")
    (shown,) = group.elements
    assert (shown.element.key, shown.is_project, shown.takes_projects) == (FIRST, True, False)
    assert counts_of([group]) == (1, 1)
    assert own_groups(plan, (), "ja") == []
