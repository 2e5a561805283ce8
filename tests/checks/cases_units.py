"""Cases of UNT: units and digits."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import city, goal, key, kpi, measure, one, project, project_kpi
from tests.checks.case import fires, quiet


def _row(name: str, *values: str, **more: Any) -> Plan:
    return one(kpi(name, *values, **more))


def _own(actual: str, own: str) -> Plan:
    """A KPI repeated at a project with a value of its own."""
    above = kpi("年間寄付金額", "4億円", "10億円", actual, of="a")
    again = project_kpi("年間寄付金額", of="a", own=own, difference="precision")
    return one(above, projects=[project("寄付を募った。", kpis=[again])])


def _headed(title: str) -> Plan:
    """A KPI without units in a table with this title."""
    table = key()
    row = kpi("新規就農者", "5", "10", "7")
    row["placement"]["table"] = table
    return one(row, tables=[{"key": table, "title": title}])


def _doubted(baseline: str, alternative: str) -> Plan:
    row = kpi("研修会への参加", baseline, "80回", "70回")
    row["placement"]["doubts"] = [{"field": "baseline", "alternatives": [alternative]}]
    return one(row)


def _two_tables(*targets: str) -> Plan:
    """The same targets, each at a measure of its own."""
    return city(
        goal(
            "基本目標1",
            measures=[
                measure(f"施策{n}", "健康", kpis=[kpi("受診率", "40.0%", target)])
                for n, target in enumerate(targets)
            ],
        )
    )


CASES = [
    fires("UNT01", "cases and people", lambda: _row("相談", "8件", "10件", "12人"), "10件", "12人"),
    fires("UNT01", "kilograms and grams", lambda: _row("ごみの量", "900g", "1kg", "2kg"), "900g", "1kg"),
    fires("UNT01", "two words for people", lambda: _row("参加", "8人", "10人", "12名"), "10人", "12名"),
    quiet("UNT01", "scales are no units", lambda: _row("寄付", "900万円", "1億円", "2億円")),
    quiet("UNT01", "a target in percent of growth", lambda: _row("参加", "100人", "5%増加", "104人")),
    quiet("UNT01", "full width", lambda: _row("面積", "10ｈａ", "12ha", "11ha")),
    quiet("UNT01", "one value only", lambda: _row("参加", "", "", "12人")),
    fires("UNT02", "people or farms", lambda: _row("認定農業者総数", "65", "70", "65"), "65", "70"),
    fires("UNT02", "one cell lost its unit", lambda: _row("参加者数", "65人", "70", "65人"), "70"),
    fires("UNT02", "braces in a name", lambda: _row("{参加}者", "65", "70", "65"), "{参加}者"),
    quiet("UNT02", "a fertility rate", lambda: _row("合計特殊出生率", "1.55", "1.97", "1.48")),
    quiet("UNT02", "an index", lambda: _row("財政力指数", "0.35", "0.40", "0.36")),
    quiet("UNT02", "a column of units", lambda: _row("認定農業者", "65", "70", "65", unit="人")),
    quiet("UNT02", "the unit is in the name", lambda: _row("認定農業者数（人）", "65", "70", "65")),
    quiet("UNT02", "the unit is in the heading", lambda: _headed("単位：人")),
    fires("UNT02", "a heading without a unit", lambda: _headed("就農"), "新規就農者"),
    quiet("UNT02", "a lone nought among units", lambda: _row("参加者数", "0", "70人", "65人")),
    fires("UNT03", "percent", lambda: _row("就職率", "7.70%", "15%", "7.62%"), "7.70%", "15%"),
    fires("UNT03", "beside a natural end", lambda: _row("策定率", "3.3%", "100%", "29.21%"), "29.21%"),
    quiet("UNT03", "a natural end", lambda: _row("受診率", "92.0%", "100%", "95.5%")),
    quiet("UNT03", "two scales", lambda: _row("寄付", "3,500万円", "1.5億円", "1.2億円")),
    quiet("UNT03", "even", lambda: _row("就職率", "7.7%", "15.0%", "7.6%")),
    fires(
        "UNT04",
        "one finer rate",
        lambda: one(
            kpi("甲", "1件", "3件", "2件", rate="67%"),
            kpi("乙", "1件", "3件", "1件", rate="33%"),
            kpi("丙", "1件", "3件", "2件", rate="66.67%"),
        ),
        "丙",
        "66.67%",
    ),
    quiet(
        "UNT04",
        "a whole rate at the end of the scale",
        lambda: one(
            kpi("甲", "1件", "3件", "2件", rate="66.7%"),
            kpi("乙", "1件", "3件", "1件", rate="33.3%"),
            kpi("丙", "1件", "3件", "3件", rate="100%"),
        ),
    ),
    fires("UNT05", "companies by cases", lambda: _row("入居企業数", "9件", "12件", "10件"), "入居企業数"),
    fires("UNT05", "cases by people", lambda: _row("移住件数（累計）", "9人", "12人", "10人"), "9人"),
    fires("UNT05", "a share in people", lambda: _row("女性の割合", "9人", "12人", "10人"), "女性の割合"),
    quiet("UNT05", "companies by companies", lambda: _row("入居企業数", "9社", "12社", "10社")),
    quiet("UNT05", "enterprises are no persons", lambda: _row("登録事業者数", "9件", "12件", "10件")),
    quiet("UNT05", "deaths per 100,000", lambda: _row("自殺死亡率", "19.1人", "13.0人", "15.2人")),
    quiet("UNT05", "growth in percent", lambda: _row("企業数", "", "5%増加", "")),
    fires(
        "UNT06",
        "people in two words",
        lambda: one(kpi("甲", "1人", "3人"), kpi("乙", "1人", "3人"), kpi("医師数", "1名", "2名")),
        "医師数",
        "名",
    ),
    quiet("UNT06", "two units", lambda: one(kpi("甲", "1人", "3人"), kpi("乙", "1件", "3件"))),
    fires("UNT07", "a lost character", lambda: _doubted("68□", "68回"), "68□", "68回"),
    quiet("UNT07", "a readable value in doubt", lambda: _doubted("68回", "60回")),
    quiet("UNT07", "boxes to tick", lambda: _row("条例", "□実施 ■未実施", "■実施 □未実施")),
    quiet("UNT07", "a note mark", lambda: _row("産出額", "65.5億円(※)", "66.0億円")),
    fires("UNT08", "schools and people", lambda: _row("参加人数", "", "", "5校 175名"), "5校 175名"),
    quiet("UNT08", "a total and its parts", lambda: _row("参加人数", "", "", "49人（夏版27人 春版22人）")),
    quiet("UNT08", "a range", lambda: _row("参加人数", "", "30人～50人", "40人")),
    fires(
        "UNT09",
        "one target is a lower bound",
        lambda: one(kpi("指導率", "70.3%", "80.0%以上"), kpi("受診率", "48.0%", "60.0%")),
        "80.0%以上",
        "60.0%",
    ),
    quiet("UNT09", "in two tables", lambda: _two_tables("80.0%以上", "60.0%")),
    quiet(
        "UNT09",
        "more than all there is",
        lambda: one(kpi("指導率", "70.3%", "80.0%以上"), kpi("受診率", "48.0%", "100%")),
    ),
]
