"""Cases of TWN: names of indicators."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, key, kpi, label, measure, one, project, project_kpi, quantity
from tests.checks.case import fires, quiet


def _with_project(first: Data, second: Data, **fields: Any) -> Plan:
    return city(
        goal(
            "基本目標1",
            measures=[measure("施策①", "暮らし", kpis=[first], projects=[project(kpis=[second])])],
        ),
        **fields,
    )


def _verified(subject: str) -> Plan:
    condition = {"subject": subject, "quantity": quantity("5%増加")}
    statement = {"key": key(), "text": f"{subject}を増やす。", "conditions": [condition], "verdict": "達成"}
    goals = [{"key": key(), "label": "基本目標1", "name": "仕事", "statements": [statement]}]
    return one(
        kpi("見本市の年間観光客入込数", "100人", "120人"),
    ).model_copy(update={"verifications": _verifications(goals)})


def _verifications(goals: list[Data]) -> Any:
    return city(verifications=[{"key": key(), "plan": "第2期", "goals": goals}]).verifications


def _fact(what: str) -> Plan:
    fact = {"key": key(), "what": what, "text": "5", "quantity": quantity("5人"), "as_of": label("令和6年")}
    return city(goal("基本目標1", targets=[kpi("市内事業所従業者数", "5人", "8人")]), population=[fact])


CASES = [
    fires(
        "TWN04",
        "the project calls it otherwise",
        lambda: _with_project(kpi("登録累計数", "15件", "30件", of="a"), project_kpi("登録企業数", of="a")),
        "登録累計数",
        "登録企業数",
    ),
    quiet(
        "TWN04",
        "other widths and spaces",
        lambda: _with_project(kpi("ＫＰＩ 達成率", "5%", "9%", of="a"), project_kpi("KPI達成率", of="a")),
    ),
    quiet(
        "TWN04",
        "a suffix that tells the years",
        lambda: _with_project(
            kpi("雇用創出数", "5人", "9人", of="a", suffix="（令和２年～令和４年度の累計）"),
            project_kpi("雇用創出数", of="a"),
        ),
    ),
    fires(
        "TWN05",
        "two projects",
        lambda: _with_project(project_kpi("登用数", "1名"), project_kpi("登用数", "14人")),
        "登用数",
        "1名",
        "14人",
    ),
    fires(
        "TWN05", "two KPIs", lambda: one(kpi("会員数", "5人", "9人"), kpi("会員数", "7人", "8人")), "会員数"
    ),
    quiet(
        "TWN05",
        "the same values",
        lambda: _with_project(project_kpi("登用数", "1名"), project_kpi("登用数", "1名")),
    ),
    quiet(
        "TWN05",
        "one indicator, two places",
        lambda: _with_project(kpi("登用数", "5人", "9人", "8人", of="a"), project_kpi("登用数", of="a")),
    ),
    quiet(
        "TWN05",
        "told apart in brackets",
        lambda: one(kpi("収納率（上）", "5%", "9%"), kpi("収納率（下）", "6%", "8%")),
    ),
    fires(
        "TWN06",
        "in the verification",
        lambda: _verified("観光入込客数(国内)"),
        "観光入込客数(国内)",
        "観光客入込数",
    ),
    fires("TWN06", "in a fact", lambda: _fact("市内事業所業従者数"), "市内事業所業従者数"),
    quiet("TWN06", "the same order", lambda: _verified("観光客入込数(国内)")),
    quiet("TWN06", "one character more", lambda: _verified("観光入込客総数")),
    quiet(
        "TWN06",
        "other numbers",
        lambda: one(kpi("25～34歳の人口割合", "5%", "9%"), kpi("35～24歳の人口割合", "5%", "9%")),
    ),
    quiet(
        "TWN06", "too short to tell", lambda: one(kpi("会議数", "5回", "9回"), kpi("議会数", "5回", "9回"))
    ),
]
