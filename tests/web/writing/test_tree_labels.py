from __future__ import annotations

import pytest

from sosei.plan.model import Plan
from sosei.plan.reading import load_plan
from sosei.values import Problem
from sosei.web.writing.tree_labels import pattern_of, split_line
from sosei.web.writing.tree_numbering import (
    Range,
    first_label,
    labels_from,
    next_label,
    renumbering,
    usual_range,
)
from tests.checks.build import city, goal, measure, project
from tests.web.conftest import EXAMPLES

NUMBERED = [
    ("基本目標１", 3, "基本目標３"),
    ("基本目標1", 12, "基本目標12"),
    ("施策①", 21, "施策㉑"),
    ("❶", 2, "❷"),
    ("⑴", 3, "⑶"),
    ("No.8", 9, "No.9"),
    ("(1)", 2, "(2)"),
    ("（１）", 10, "（１０）"),
    ("01", 2, "02"),
    ("第1章", 3, "第3章"),
    ("Ⅰ", 4, "Ⅳ"),
    ("ア", 6, "カ"),
    ("施策ア", 2, "施策イ"),
    ("（ア）", 2, "（イ）"),
    ("A", 3, "C"),
    ("重点一", 3, "重点三"),
    ("1-(2)", 3, "1-(3)"),
    ("1.", 2, "2."),
]


@pytest.mark.parametrize(("label", "number", "told"), NUMBERED)
def test_a_label_is_numbered_in_its_own_form(label: str, number: int, told: str) -> None:
    read = pattern_of(label)
    assert read is not None
    assert read[0].label(number) == told


@pytest.mark.parametrize("label", ["", "アクション", "Plan", "基本方針", "まちづくり"])
def test_a_label_without_a_number_has_no_pattern(label: str) -> None:
    assert pattern_of(label) is None


@pytest.mark.parametrize(
    ("label", "above", "told"),
    [
        ("1-(2)", (1,), "4-(9)"),
        ("施策１－２", (1,), "施策４－９"),
        ("1-1-2", (1, 1), "5-4-9"),
        ("No.12", (1,), "No.9"),
        ("3-(2)", (1,), "3-(9)"),
    ],
)
def test_the_number_of_the_parent_in_a_label_follows_the_parent(
    label: str, above: tuple[int, ...], told: str
) -> None:
    read = pattern_of(label, above)
    assert read is not None
    assert read[0].label(9, (4, 5)) == told


def test_signs_that_end_are_said_to_end() -> None:
    read = pattern_of("⑴")
    assert read is not None
    with pytest.raises(Problem, match="end at ⒇"):
        read[0].label(21)


@pytest.mark.parametrize(
    ("line", "label", "name"),
    [
        ("施策① 企業の支援", "施策①", "企業の支援"),
        ("施策①企業の支援", "施策①", "企業の支援"),
        ("基本目標１　仕事をつくる", "基本目標１", "仕事をつくる"),
        ("1-1\t創業の支援", "1-1", "創業の支援"),
        ("1-(2) 創業", "1-(2)", "創業"),
        ("(1)移住の促進", "(1)", "移住の促進"),
        ("（１）　移住", "（１）", "移住"),
        ("No.8 移住", "No.8", "移住"),
        ("1.創業", "1.", "創業"),
        ("ア 空き家", "ア", "空き家"),
        ("ア）空き家", "ア）", "空き家"),
        ("企業の支援", "", "企業の支援"),
        ("アクションプラン", "", "アクションプラン"),
        ("令和6年度の事業", "", "令和6年度の事業"),
        ("2024 年の事業", "", "2024 年の事業"),
        ("1.5倍にする", "", "1.5倍にする"),
        ("100人の会", "", "100人の会"),
        ("3世代同居", "", "3世代同居"),
        ("髙﨑の　葛\U000e0100城", "", "髙﨑の　葛\U000e0100城"),
    ],
)
def test_a_leading_label_is_split_off(line: str, label: str, name: str) -> None:
    assert split_line(line) == (label, name)


def _plan(labels: list[list[str]], goals: str = "基本目標{}") -> Plan:
    return city(
        *(
            goal(goals.format(n), "名", measures=[measure(label, "施策の名") for label in row])
            for n, row in enumerate(labels, 1)
        )
    )


NEXT = [
    ([["施策①", "施策②"], []], 0, "last", "施策③"),
    ([["施策①", "施策②"], []], 1, "last", "施策①"),
    ([["1-(1)", "1-(2)"], ["2-(1)"]], 1, "last", "2-(2)"),
    ([["1-(1)", "1-(2)"], []], 1, "last", "2-(1)"),
    ([["No.1", "No.2"], ["No.3"], []], 2, "last", "No.4"),
    ([["", ""], ["施策①"]], 0, "last", ""),
    ([["施策①"]], 0, "first", "施策①"),
    ([[]], 0, "last", ""),
]


@pytest.mark.parametrize(("labels", "at", "where", "told"), NEXT)
def test_the_next_label_is_proposed(labels: list[list[str]], at: int, where: str, told: str) -> None:
    plan = _plan(labels)
    holder = plan.elements[at]
    after = holder.children[-1].key if where == "last" and holder.children else ""
    assert next_label(plan, (holder,), "measure", after) == told


def test_labels_count_on_from_the_first() -> None:
    assert labels_from("施策③", 3) == ["施策③", "施策④", "施策⑤"]
    assert labels_from("", 2) == ["", ""]


RENUMBERED = [
    ([["施策①", "施策③"], ["施策②"]], "施策①", Range.PARENT, ["施策①", "施策②", "施策①"]),
    ([["施策①", "施策③"], ["施策②"]], "No.1", Range.THROUGH, ["No.1", "No.2", "No.3"]),
    ([["1-1", "1-9"], ["9-1"]], "1-1", Range.PARENT, ["1-1", "1-2", "2-1"]),
    ([["", ""], [""]], "(3)", Range.PARENT, ["(3)", "(4)", "(3)"]),
    ([["施策①", "施策①（再掲）", "施策①"]], "施策①", Range.PARENT, ["施策①", "施策②"]),
]


@pytest.mark.parametrize(("labels", "first", "within", "told"), RENUMBERED)
def test_a_level_is_numbered_anew(
    labels: list[list[str]], first: str, within: Range, told: list[str]
) -> None:
    lines = renumbering(_plan(labels), "measure", first, within, along=False)
    assert [each.label for each in lines] == told
    assert [each.no for each in lines][:2] == [1, 2]


def test_labels_below_that_name_the_number_follow() -> None:
    plan = city(
        goal("基本目標2", "名", measures=[measure("2-1", "a", projects=[project("した。", label="2-1-1")])]),
        goal("基本目標3", "名", measures=[measure("3-1", "b", projects=[project("した。", label="事業①")])]),
    )
    lines = renumbering(plan, "goal", "基本目標1", Range.PARENT, along=True)
    assert [each.label for each in lines] == ["基本目標1", "1-1", "1-1-1", "基本目標2", "2-1"]
    alone = renumbering(plan, "goal", "基本目標1", Range.PARENT, along=False)
    assert [each.label for each in alone] == ["基本目標1", "基本目標2"]


@pytest.mark.parametrize(
    ("first", "said"),
    [("施策", "has no number"), ("", "has no number"), ("1-1", "an element above has no number")],
)
def test_what_cannot_be_numbered_is_refused(first: str, said: str) -> None:
    plan = city(
        goal("目標1", "a", measures=[measure("1-1", "a")]), goal("", "b", measures=[measure("", "b")])
    )
    with pytest.raises(Problem, match=said):
        renumbering(plan, "measure", first, Range.PARENT, along=False)


@pytest.mark.parametrize(
    ("name", "level", "first", "within"),
    [
        ("hitoyoshi", "goal", "基本目標1", Range.PARENT),
        ("hitoyoshi", "measure", "施策①", Range.PARENT),
        ("hitoyoshi", "project", "", Range.PARENT),
        ("aso", "direction", "(1)", Range.PARENT),
        ("aso", "goal", "基本目標1", Range.PARENT),
    ],
)
def test_the_examples_numbers_are_recognised(name: str, level: str, first: str, within: Range) -> None:
    plan = load_plan(EXAMPLES[name].read_bytes())
    assert first_label(plan, level) == first
    assert usual_range(plan, level) is within


@pytest.mark.parametrize(("name", "level"), [("aso", "goal"), ("aso", "direction"), ("hitoyoshi", "measure")])
def test_numbers_in_order_stay(name: str, level: str) -> None:
    plan = load_plan(EXAMPLES[name].read_bytes())
    lines = renumbering(plan, level, first_label(plan, level), Range.PARENT, along=True)
    assert [each for each in lines if each.label != each.element.label] == []
