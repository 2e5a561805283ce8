"""Cases of ABS: values not there or not settled, and what a verification leaves out."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, key, kpi, measure, one, project, quantity
from tests.checks.case import fires, quiet


def _with(*rows: Data, **fields: Any) -> Plan:
    """These rows beside two that have values for R5 and R6."""
    full = [kpi(name, "1件", "9件", "3件", earlier={"R5": "2件"}) for name in ("甲", "乙", "丙")]
    return one(*full, *rows, **fields)


def _row(actual: str, name: str = "来館者の数", **more: Any) -> Data:
    return kpi(name, "5人", "10人", actual, **more)


def _begins(words: str) -> Plan:
    """A blank cell in a project whose report says ``words``."""
    return _with(projects=[project(f"拠点に活用する。{words}。", kpis=[_row("", earlier={"R5": "6人"})])])


def _blank(before: str = "6人", **more: Any) -> Data:
    """A row with a value for R5 and none for R6."""
    return _row("", earlier={"R5": before} if before else None, **more)


def _explained(at: str) -> Plan:
    """An unmeasured KPI and a note hung on a record."""
    row = _row("-", earlier={"R5": "6人"})
    row["placement"]["key"] = "p000000001"
    note = {
        "key": key(),
        "kind": "value",
        "text": {"text": "次は令和8年度に測る。"},
        "anchors": [{"at": at, "field": "name" if at.startswith("p") else "counting_period"}],
    }
    full = [kpi(name, "1件", "9件", "3件", earlier={"R5": "2件"}) for name in ("甲", "乙")]
    return city(goal("基本目標1", measures=[measure("施策①", "文化", kpis=[*full, row])]), notes=[note])


def _doubted(*, confirmed: bool = False, field: str = "target") -> Plan:
    row = _row("7人")
    row["placement"]["doubts"] = [
        {"field": field, "alternatives": ["100人"] if field == "target" else [], "confirmed": confirmed}
    ]
    return one(row)


def _joint(*, confirmed: bool) -> Plan:
    row = kpi("啓発活動数", "370", "400")
    row["placement"]["key"] = "p000000002"
    options = [
        {"cells": [{"place": f"p000000002.{field}", "text": text} for field, text in cells]}
        for cells in ((("baseline", "370"), ("target", "400")), (("baseline", "37回"), ("target", "40回")))
    ]
    group = {"chosen": 0, "options": options, "confirmed": confirmed}
    tree = goal("基本目標1", measures=[measure("施策①", "人権", kpis=[row])])
    return city(tree, joint_readings=[group])


def _verified(verdict: str, *conditions: str, text: str = "転入50人増加、転出100人減少") -> Plan:
    statement = {
        "key": key(),
        "text": text,
        "verdict": verdict,
        "conditions": [{"subject": "転入者数", "quantity": quantity(each)} for each in conditions],
    }
    verified = {"key": key(), "label": "基本目標1", "name": "仕事", "statements": [statement]}
    return city(verifications=[{"key": key(), "plan": "第2期", "goals": [verified]}])


def _council(members: str, **more: Any) -> Plan:
    return city(councils=[{"key": key(), "name": "検証会議", "members": members, **more}])


CASES = [
    fires("ABS15", "a blank", lambda: _with(_blank()), "来館者の数", "R6"),
    fires(
        "ABS15", "the text says that it begins later", lambda: _begins("（令和７年度以降）"), "令和７年度以降"
    ),
    fires(
        "ABS15", "an opening", lambda: _begins("令和7年7月の改装オープンを受け"), "令和7年7月の改装オープン"
    ),
    fires("ABS15", "what goes on after the year", lambda: _begins("令和７年度以降も続ける"), "来館者の数"),
    quiet("ABS15", "a reason", lambda: _with(_row("集計中", earlier={"R5": "6人"}))),
    quiet("ABS15", "known a year later", lambda: _with(_blank(lag_years=1))),
    quiet("ABS15", "nothing is observed yet", lambda: one(kpi("甲", "1件", "2件"), kpi("乙", "1件", "2件"))),
    quiet("ABS15", "no year under review", lambda: _with(_blank()), year=None),
    fires("ABS16", "a dash", lambda: _with(_row("-", earlier={"R5": "6人"})), "来館者の数", "R6"),
    quiet("ABS16", "a note at the place", lambda: _explained("p000000001")),
    quiet("ABS16", "a dash of a project", lambda: _with(_row("-", role="project_kpi"))),
    quiet("ABS16", "being counted", lambda: _with(_row("集計中", earlier={"R5": "6人"}))),
    fires("ABS17", "a dash twice", lambda: _with(_row("-", earlier={"R5": "-"})), "来館者の数", "R5", "R6"),
    fires("ABS17", "a blank twice", lambda: _with(_blank("")), "来館者の数"),
    quiet("ABS17", "a value the year before", lambda: _with(_blank())),
    quiet("ABS17", "ended", lambda: _with(_row("終了", earlier={"R5": "-"}))),
    quiet(
        "ABS17",
        "the first year",
        lambda: one(kpi("甲", "1件", "2件", "2件"), kpi("乙", "1件", "2件", "1件"), _row("-")),
    ),
    fires("ABS18", "a doubt on a target", _doubted, "来館者の数", "10人", "100人"),
    quiet("ABS18", "the doubt is settled", lambda: _doubted(confirmed=True)),
    quiet("ABS18", "a doubt on the place", lambda: _doubted(field="indicator")),
    fires("ABS18", "read together", lambda: _joint(confirmed=False), "370・400", "37回・40回"),
    quiet("ABS18", "read together and settled", lambda: _joint(confirmed=True)),
    fires(
        "ABS19",
        "in and out",
        lambda: _verified("未達成", "50人増加", "100人減少"),
        "転入50人増加、転出100人減少",
    ),
    quiet("ABS19", "a verdict each", lambda: _verified("転入は達成、転出は未達成", "50人増加", "100人減少")),
    quiet("ABS19", "one condition", lambda: _verified("未達成", "50人増加")),
    fires("ABS20", "a bare verdict", lambda: _verified("達成", "50人増加"), "達成"),
    quiet("ABS20", "with the figure", lambda: _verified("達成（52人増加）", "50人増加")),
    quiet("ABS20", "nothing to measure", lambda: _verified("達成", text="条例を定める。")),
    fires(
        "ABS21",
        "neither labour nor press",
        lambda: _council("産業、教育、金融、行政等の関係団体"),
        "労",
        "言",
    ),
    fires("ABS21", "by letters", lambda: _council("関係団体", abbreviation="産官学金"), "労", "言"),
    quiet("ABS21", "all of them", lambda: _council("産官学金労言の関係団体")),
    quiet("ABS21", "in words", lambda: _council("商工会、行政、大学、銀行、連合、新聞社")),
    quiet("ABS21", "no groups named", lambda: _council("市長が委嘱する者")),
    quiet(
        "ABS16",
        "a survey every three years",
        lambda: _with(_row("調査なし", source="県民意識調査（３年ごとに実施）", earlier={"R5": "6人"})),
    ),
    fires(
        "ABS16",
        "a survey of one year",
        lambda: _with(_row("調査なし", source="令和3年県民意識調査", earlier={"R5": "6人"})),
        "来館者の数",
    ),
]
