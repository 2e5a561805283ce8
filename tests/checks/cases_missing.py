"""Cases of ABS: targets, baselines, KPIs, names, reports, sources and years that are not there."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import city, goal, key, kpi, measure, numeric_target, one, project, project_kpi
from tests.checks.case import fires, quiet


def _measures(*kpis: list[Any], **more: Any) -> Plan:
    """A measure for each list of KPIs."""
    measures = [measure(f"施策{n}", f"第{n}の施策", kpis=each) for n, each in enumerate(kpis, 1)]
    return city(goal("基本目標1", measures=measures, **more))


def _projects(*projects: Any) -> Plan:
    return one(kpi("創業件数", "5件", "10件", "7件"), projects=projects)


def _project(done: str = "開いた。", evaluation: str = "増えた。", **more: Any) -> Any:
    return project(done, evaluation, kpis=[project_kpi("創業塾の受講者数", "7人")], **more)


def _undated(**fields: Any) -> Plan:
    """A KPI whose baseline has no year, in a table whose column may have one."""
    table = key()
    row = kpi("創業件数", "5件", "10件", "7件", years=("", "R9"))
    row["placement"]["table"] = table
    return one(
        row, tables=[{"key": table, "columns": [{"field": "baseline", "heading": "基準値", **fields}]}]
    )


def _upper(**fields: Any) -> Plan:
    return city(references=[{"key": key(), "relation": "upper", "name": "総合計画", **fields}])


def _no_division(of_measure: tuple[str, ...]) -> Plan:
    row = kpi("就農者数", "5人", "10人")
    return city(goal("基本目標1", measures=[measure("施策①", "農業の振興", kpis=[row], division=of_measure)]))


def _division_of_indicator() -> Plan:
    row = kpi("就農者数", "5人", "10人", divisions=["d000000001"])
    return city(
        goal("基本目標1", measures=[measure("施策①", "農業の振興", kpis=[row], division=())]),
        divisions=[{"key": "d000000001", "name": "農政課"}],
    )


_PER_HEAD = "市民１人当たり年間図書貸出冊数"

CASES = [
    fires("ABS01", "no target cell", lambda: one(kpi("創業件数", "5件", "", "7件")), "創業件数"),
    fires("ABS01", "a dash", lambda: one(kpi("創業件数", "5件", "―", "7件")), "創業件数"),
    quiet("ABS01", "a word is a target", lambda: one(kpi("計画の策定", "未策定", "策定", "未策定"))),
    quiet(
        "ABS01",
        "the target stands at the goal",
        lambda: city(
            goal(
                "基本目標1",
                targets=[numeric_target("人口", "9人", "8人", of="a")],
                measures=[measure("施策①", "暮らし", kpis=[kpi("人口", of="a")])],
            )
        ),
    ),
    quiet("ABS01", "a project KPI", lambda: _projects(_project())),
    fires(
        "ABS02",
        "one of two",
        lambda: _measures([kpi("甲", "1件", "2件")], []),
        "施策2 第2の施策",
        "基本目標1",
    ),
    quiet("ABS02", "none has one", lambda: _measures([], [], targets=[numeric_target("人口", "9人", "8人")])),
    quiet(
        "ABS02",
        "a project has it",
        lambda: city(
            goal(
                "基本目標1",
                measures=[
                    measure("施策①", "商工", kpis=[kpi("甲", "1件", "2件")]),
                    measure("施策②", "創業", projects=[_project()]),
                ],
            )
        ),
    ),
    fires(
        "ABS03",
        "a goal without",
        lambda: city(
            goal("基本目標1", targets=[numeric_target("人口", "9人", "8人")]), goal("基本目標2", "ひとの流れ")
        ),
        "基本目標2",
        "ひとの流れ",
    ),
    quiet(
        "ABS03",
        "every goal has one",
        lambda: city(
            goal("基本目標1", targets=[numeric_target("人口", "9人", "8人")]),
            goal("基本目標2", targets=[numeric_target("転入者数", "9人", "10人")]),
        ),
    ),
    quiet("ABS03", "a plan without indicators", lambda: city(goal("基本目標1"))),
    fires(
        "ABS04",
        "one of three",
        lambda: _projects(_project(), _project(), project("直した。", name="橋")),
        "橋",
    ),
    quiet("ABS04", "most have none", lambda: _projects(_project(), project("直した。"), project("掘った。"))),
    fires("ABS05", "a dash", lambda: one(kpi("会員の数", "―", "10人", "7人")), "会員の数"),
    quiet("ABS05", "a word needs no start", lambda: one(kpi("条例", "―", "制定", "制定"))),
    quiet("ABS05", "nought is a baseline", lambda: one(kpi("会員の数", "0人", "10人", "7人"))),
    fires("ABS06", "no names", lambda: _projects(_project("塾を開いた。", name="")), "塾を開いた。"),
    quiet("ABS06", "named", lambda: _projects(_project())),
    fires("ABS07", "an actual alone", lambda: _projects(_project()), "創業塾の受講者数"),
    quiet(
        "ABS07",
        "a target at the project",
        lambda: _projects(project("開いた。", kpis=[project_kpi("受講者数", "7人", target="9人")])),
    ),
    quiet(
        "ABS07",
        "a target at the measure",
        lambda: city(
            goal(
                "基本目標1",
                measures=[
                    measure(
                        "施策①",
                        "商工",
                        kpis=[kpi("受講者数", "5人", "9人", "7人", of="a")],
                        projects=[project("開いた。", kpis=[project_kpi("受講者数", of="a")])],
                    )
                ],
            )
        ),
    ),
    fires(
        "ABS08",
        "no evaluation",
        lambda: _projects(_project(), _project(), _project("掘った。", "", name="井戸")),
        "井戸",
    ),
    fires(
        "ABS08", "nothing done", lambda: _projects(_project(), _project(), _project("", name="井戸")), "井戸"
    ),
    quiet(
        "ABS08",
        "issues stand for the evaluation",
        lambda: _projects(
            _project(),
            _project(),
            {
                **_project(),
                "activities": [
                    {
                        "key": key(),
                        "year": {"text": "R6", "when": {"year": 2024}},
                        "done": {"text": "掘った。"},
                        "issues": {"text": "深かった。"},
                    }
                ],
            },
        ),
    ),
    quiet(
        "ABS08", "no evaluations at all", lambda: _projects(project("甲を開いた。"), project("乙を開いた。"))
    ),
    quiet(
        "ABS08",
        "no year under review",
        lambda: _projects(_project(), _project(), _project("", "")),
        year=None,
    ),
    fires("ABS09", "nobody answers", lambda: _no_division(()), "農業の振興"),
    quiet("ABS09", "the measure names it", lambda: _no_division(("農政課",))),
    quiet(
        "ABS09",
        "its projects name it",
        lambda: one(kpi("甲", "1件", "2件"), division=(), projects=[_project()]),
    ),
    quiet("ABS09", "the indicator names it", _division_of_indicator),
    fires(
        "ABS10",
        "one of two",
        lambda: one(kpi("甲", "1件", "2件"), kpi("乙の数", "1件", "2件", source="")),
        "乙の数",
    ),
    fires("ABS10", "none at all", lambda: one(kpi("甲の数", "1件", "2件", source="")), "甲の数", "1"),
    quiet("ABS10", "every one", lambda: one(kpi("甲", "1件", "2件"))),
    quiet(
        "ABS10",
        "project KPIs need none",
        lambda: _projects(project("開いた。", kpis=[project_kpi("受講者数", "7人", source="")])),
    ),
    fires("ABS11", "no year anywhere", _undated, "創業件数", "5件"),
    quiet("ABS11", "the heading says it", lambda: _undated(year={"text": "R5", "when": {"year": 2023}})),
    quiet("ABS11", "the target of a plan that ends", lambda: one(kpi("甲", "1件", "2件", years=("R5", "")))),
    fires(
        "ABS12",
        "of a project without a name",
        lambda: _projects(project("開いた。", kpis=[project_kpi("実施回数", "7回")], name="")),
        "実施回数",
    ),
    fires("ABS12", "a KPI of a measure", lambda: one(kpi("参加者数", "5人", "10人")), "参加者数"),
    quiet(
        "ABS12",
        "the project has a name",
        lambda: _projects(project("開いた。", kpis=[project_kpi("実施回数", "7回")], name="創業塾")),
    ),
    quiet("ABS12", "it says of what", lambda: one(kpi("創業塾参加者数", "5人", "10人"))),
    quiet("ABS12", "overnight guests of the city", lambda: one(kpi("年間宿泊者数", "5人", "10人"))),
    quiet(
        "ABS12",
        "two of one name are twins",
        lambda: one(kpi("参加者数", "5人", "10人"), kpi("参加者数", "6人", "9人")),
    ),
    fires(
        "ABS13", "a share", lambda: one(kpi("人口に占める会員の割合", "1%", "2%", source="")), "人口に占める"
    ),
    fires("ABS13", "per head", lambda: one(kpi(_PER_HEAD, "5冊", "6冊", source="")), _PER_HEAD),
    quiet(
        "ABS13",
        "a definition",
        lambda: one(kpi(_PER_HEAD, "5冊", "6冊", source="", definition="10月1日の人口")),
    ),
    quiet("ABS13", "another share", lambda: one(kpi("会員に占める女性の割合", "1%", "2%", source=""))),
    fires("ABS14", "a name only", _upper, "総合計画"),
    quiet("ABS14", "an edition", lambda: _upper(edition="第6次")),
    quiet("ABS14", "the number is in the name", lambda: _upper(name="第６次見本市総合計画")),
    quiet("ABS14", "not above the plan", lambda: _upper(relation="mentioned")),
    quiet(
        "ABS08",
        "a project that has ended",
        lambda: _projects(
            _project(), _project(), _project("", "", name="乗合タクシー実証事業（令和5年度で終了）")
        ),
    ),
    quiet(
        "ABS08",
        "a project whose values have ended",
        lambda: _projects(
            _project(), _project(), project("", "", kpis=[project_kpi("実証の利用者数", "終了")])
        ),
    ),
    fires(
        "ABS08",
        "a project about an end",
        lambda: _projects(_project(), _project(), _project("", "", name="終活の支援事業")),
        "終活の支援事業",
    ),
]
