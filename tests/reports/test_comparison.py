"""The 新旧対照表 as content: both cities whole, and no change lost whatever the editions are.

The tables of the two cities stand in ``snapshots/comparison-CITY.txt``.  After a deliberate change,
read the difference, then write them anew with ``lines`` of ``tests/reports/comparing.py``.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.plan.changes import changes
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Operation, Remove, Set, WorkingCopy, apply
from sosei.plan.reading import load_data, load_plan
from sosei.plan.walk import collections_of, index
from sosei.reports.comparison import comparison, edition_names, rows_and_rest
from sosei.reports.comparison_content import Comparison, Run
from sosei.values import Problem
from tests.conftest import SAMPLE
from tests.plan.test_operations import TREE, shaken
from tests.plan.test_wording import with_everything
from tests.reports.comparing import lines
from tests.reports.editions import revised_aso, revised_hitoyoshi

PLAN = load_plan(SAMPLE.read_bytes())
EVERYTHING = load_data(with_everything())
SNAPSHOTS = Path(__file__).parent / "snapshots"


def table(old: Plan, new: Plan, reasons: dict[tuple[str, str], str] | None = None) -> Comparison:
    return comparison(old, new, old_name="第1版", new_name="第2版", reasons=reasons or {})


def rows(old: Plan, new: Plan, reasons: dict[tuple[str, str], str] | None = None) -> list[str]:
    return lines(table(old, new, reasons))[1:]


def drafted(*operations: Operation) -> Plan:
    return apply(PLAN, operations)


def under(parent: str, collection: str, record: dict[str, Any], after: str | None = None) -> Add:
    return Add(to=Location(parent=parent, collection=collection, after=after), record=record)


@pytest.mark.parametrize(("city", "revise"), [("hitoyoshi", revised_hitoyoshi), ("aso", revised_aso)])
def test_the_table_of_a_city_is_that_of_the_snapshot(plans: dict[str, Plan], city: str, revise: Any) -> None:
    draft = revise(plans[city])
    found = "\n".join(lines(table(plans[city], draft.plan, draft.reasons))) + "\n"
    assert found == (SNAPSHOTS / f"comparison-{city}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("city", "revise"), [("hitoyoshi", revised_hitoyoshi), ("aso", revised_aso)])
def test_no_change_of_a_city_is_lost(plans: dict[str, Plan], city: str, revise: Any) -> None:
    new = revise(plans[city]).plan
    none_is_lost(plans[city], new)
    none_is_lost(new, plans[city])


def none_is_lost(old: Plan, new: Plan) -> None:
    """Every change is in one row or counted; every row's texts are in the table."""
    told, rest = rows_and_rest(old, new)
    found = Counter(changes(old, new))
    assert Counter([change for each in told for change in each.changes]) + Counter(rest) == found
    assert not any(change.printed for change in rest)
    made = table(old, new)
    numbered = [row for group in made.groups for row in group.rows]
    assert [row.number for row in numbered] == list(range(1, len(told) + 1))
    assert (f" {len(rest)}件" in made.closing) == bool(rest)
    assert bool(made.nothing) == (not told)
    for row, each in zip(numbered, told, strict=True):
        _shows(row.old, each.change.old)
        _shows(row.new, each.change.new)


def _shows(runs: tuple[Run, ...], text: str) -> None:
    shown = "".join(run.text for run in runs)
    assert shown
    if (
        "（略）" not in shown
        and "（新設）" not in shown
        and "（削除）" not in shown
        and "（なし）" not in shown
    ):
        assert shown == text


@settings(max_examples=100)
@given(st.integers(0, 10**9), st.integers(0, 12))
def test_no_change_of_the_tree_is_lost(seed: int, steps: int) -> None:
    new = shaken(TREE, seed, steps)
    none_is_lost(TREE, new)
    none_is_lost(new, TREE)


@settings(max_examples=100)
@given(st.integers(0, 10**9), st.integers(1, 15))
def test_no_change_of_any_field_or_record_is_lost(seed: int, steps: int) -> None:
    new = _edited(EVERYTHING, random.Random(seed), steps)
    none_is_lost(EVERYTHING, new)
    none_is_lost(new, EVERYTHING)


POOL: tuple[Any, ...] = (
    *("言葉", 7, None, True, "kpi", "lower", "cumulative", "basis", "aindicat02"),
    *([], ["adivision2"], ["name"], ["言葉"], {"text": "文"}, [{"text": "文"}], {"name": "企叢"}),
    *(
        {"text": "R8", "when": {"year": 2026}},
        {"text": "7人", "number": "7"},
        {"quantity": {"text": "7", "number": "7"}},
    ),
)


def _edited(plan: Plan, rng: random.Random, steps: int) -> Plan:
    """``plan`` with fields of any record changed and records taken out, as far as links and types allow."""
    for _ in range(steps):
        key, node = rng.choice([pair for pair in index(plan).items() if pair[0] != plan.key])
        if rng.random() < 0.1:
            work = WorkingCopy(plan)
            plan = _tried(plan, Remove(old=work.location(key), record=work.record(key)))
            continue
        kind = type(node)
        name = rng.choice([each for each in kind.model_fields if each not in ("key", *collections_of(kind))])
        old = WorkingCopy(plan).record(key).get(name)
        for new in rng.sample(POOL, len(POOL)):
            edited = _tried(plan, Set(key=key, field=name, old=old, new=new))
            if edited is not plan:
                plan = edited
                break
    return plan


def _tried(plan: Plan, operation: Operation) -> Plan:
    try:
        return apply(plan, [operation])
    except Problem:
        return plan


def test_a_removed_record_stands_where_it_stood() -> None:
    third = {"key": "ameasure03", "level": "measure", "label": "施策③", "name": "創業の支援"}
    fourth = {"key": "ameasure04", "level": "measure", "label": "施策④", "name": "新しい施策"}
    plan = drafted(under("agoal00001", "children", third, "ameasure02"))
    work = WorkingCopy(plan)
    work.apply(Remove(old=work.location("ameasure02"), record=work.record("ameasure02")))
    work.apply(under("agoal00001", "children", fourth, "ameasure03"))
    work.apply(Set(key="ameasure03", field="label", old="施策③", new="施策②"))
    work.apply(Set(key="ameasure01", field="name", old="企業の支援", new="企業への支援"))
    assert rows(plan, work.plan()) == [
        "# 基本目標１ 仕事をつくる > 施策① 企業への支援",
        "1 施策① | 名称 | 企業の支援 | 企業[へ]の支援",
        "# 基本目標１ 仕事をつくる > 施策② 人材の育成（削除）",
        "2 施策② | 削除 | 施策② 人材の育成 | （削除）",
        "# 基本目標１ 仕事をつくる > 施策② 創業の支援",
        "3 施策② | 番号の表記 | 施策[③] | 施策[②]",
        "# 基本目標１ 仕事をつくる > 施策④ 新しい施策",
        "4 施策④ | 追加 | （新設） | 施策④ 新しい施策",
    ]


def test_an_indicator_is_read_where_it_is_printed_and_once() -> None:
    """A KPI that comes with its indicator, or takes a new name with it, is one row with both reasons."""
    indicator = {"key": "aindicat02", "name": "相談件数", "unit": "件", "direction": "raise"}
    placement = {"key": "aplaceme03", "indicator": "aindicat02", "role": "kpi", "name": "相談件数"}
    new = drafted(
        under("aplan00001", "indicators", indicator, "aindicat01"),
        under("ameasure02", "placements", placement),
        Set(key="aplacement", field="name", old="年間来場者数", new="年間の来場者数"),
        Set(key="aindicat01", field="name", old="年間来場者数", new="年間の来場者数"),
        Set(key="aindicat01", field="counting", old=None, new="cumulative"),
    )
    reasons = {
        ("aplaceme03", ""): "追うため。",
        ("aindicat02", ""): "新しい統計による。",
        ("aindicat01", "name"): "分かりやすくする。",
        ("aplacement", "name"): "分かりやすくする。",
    }
    assert rows(PLAN, new, reasons) == [
        "# 基本目標１ 仕事をつくる",
        "1 数値目標「年間の来場者数」 | 名称 | 年間来場者数 | 年間[の]来場者数 | 分かりやすくする。",
        "2 数値目標「年間の来場者数」（ほか1か所） | 数え方 | [記載なし] | [累計]",
        "# 基本目標１ 仕事をつくる > 施策② 人材の育成",
        "3 KPI「相談件数」 | 追加 | （新設） | KPI「相談件数」 / 単位：件 / 望ましい向き：増やす | "
        "追うため。\n新しい統計による。",
    ]


def test_another_name_of_the_indicator_has_a_row_of_its_own() -> None:
    new = drafted(Set(key="aindicat01", field="name", old="年間来場者数", new="来場者の数"))
    assert rows(PLAN, new) == [
        "# 基本目標１ 仕事をつくる",
        "1 数値目標「年間来場者数」（ほか1か所） | 指標の名称 | [年間]来場者数 | 来場者[の]数",
    ]


def test_an_indicator_that_is_printed_nowhere_stands_by_itself() -> None:
    new = drafted(under("aplan00001", "indicators", {"key": "aindicat02", "name": "出生数"}, "aindicat01"))
    assert rows(PLAN, new) == ["# 指標", "1 出生数 | 追加 | （新設） | 出生数"]


def test_values_of_a_year_stand_with_their_indicator() -> None:
    value = {
        "key": "aobservat2",
        "year": {"text": "R5", "when": {"year": 2023}},
        "quantity": {"text": "980人", "number": "980", "unit": "人"},
    }
    new = drafted(under("aindicat01", "observations", value))
    place = "数値目標「年間来場者数」（ほか1か所） / R5の実績値"
    assert rows(PLAN, new)[1:] == [f"1 {place} | 追加 | （新設） | R5 / 値：980人"]
    assert rows(new, PLAN)[1:] == [f"1 {place} | 削除 | R5 / 値：980人 | （削除）"]


def test_reasons_are_those_of_the_record_and_the_field() -> None:
    new = drafted(Set(key="ameasure02", field="name", old="人材の育成", new="人づくり"))
    reasons = {("ameasure02", "name"): "言葉を改める。", ("ameasure02", "label"): "別の項目"}
    assert rows(PLAN, new, reasons)[-1] == "1 施策② | 名称 | [人材の育成] | [人づくり] | 言葉を改める。"


def test_what_does_not_touch_the_print_is_counted() -> None:
    page = Set(key="ameasure02", field="page", old=None, new=7)
    remark = Set(key="ameasure01", field="remark", old=None, new="転記済み")
    assert rows(PLAN, drafted(page, remark)) == [
        "印字に関わる変更はありません。",
        "ほかに印字に関わらない変更 2件（読み取りの記録、出典など）",
    ]
    assert rows(PLAN, PLAN) == ["二つの版に違いはありません。"]


def test_schemes_are_told_by_name_and_by_the_lines_that_changed() -> None:
    new = drafted(Set(key="aplan00001", field="scheme", old=None, new="f1-ratio"))
    assert rows(PLAN, new)[-1] == "1 計画全体 | 評価方式 | （なし） | [最終目標値に対する割合（小数第1位）]"
    unknown = drafted(Set(key="aplan00001", field="scheme", old=None, new="nothing-like-it"))
    assert rows(PLAN, unknown)[-1].endswith("[nothing-like-it]")


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ({}, {}, None),
        ({"title": "当初"}, {"title": "当初"}, None),
        ({"title": "当初"}, {"title": "改訂"}, ("当初", "改訂")),
        ({"no": 1}, {"no": 2, "adopted": {"text": "令和8年3月"}}, ("第1版", "第2版（令和8年3月）")),
    ],
)
def test_what_editions_are_called(
    old: dict[str, Any], new: dict[str, Any], names: tuple[str, str] | None
) -> None:
    plans = [
        drafted(*([under("aplan00001", "editions", {"key": "aedition01", "no": 1, **each})] if each else []))
        for each in (old, new)
    ]
    assert edition_names(*plans) == names


def test_a_plan_without_editions_is_called_by_its_adoption() -> None:
    adopted = [
        drafted(Set(key="aplan00001", field="adopted", old=None, new={"text": text}))
        for text in ("令和7年9月", "令和8年3月")
    ]
    assert edition_names(*adopted) == ("令和7年9月策定", "令和8年3月策定")


def test_two_plans_are_not_compared(plans: dict[str, Plan]) -> None:
    with pytest.raises(Problem, match="different plans"):
        table(plans["hitoyoshi"], plans["aso"])
