"""Cases of SUM: derived values, parts and wholes, breakdowns, denominators."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import city, goal, kpi, measure, one, project, project_kpi
from tests.checks.case import fires, quiet


def _doubted(row: dict[str, Any], *fields: str) -> dict[str, Any]:
    row["placement"]["doubts"] = [{"field": field} for field in fields]
    return row


def _balance(balance: str, doubted: bool = False, text: str = "転入者数-転出者数", **more: Any) -> Plan:
    derived = kpi(
        "社会動態",
        balance,
        "170人",
        key="in00000003",
        formula={
            "text": text,
            "terms": [{"indicator": "in00000001"}, {"indicator": "in00000002", "factor": -1}],
        },
        **more,
    )
    return one(
        kpi("転入者数", "1,020人", "1,170人", key="in00000001"),
        kpi("転出者数", "1,030人", "1,000人", key="in00000002"),
        _doubted(derived, "baseline") if doubted else derived,
    )


def _balance_in_scale(balance: str) -> Plan:
    return one(
        kpi("輸出額", "3.2億円", "4億円", key="in00000001"),
        kpi("輸入額", "1.4億円", "2億円", key="in00000002"),
        kpi(
            "貿易収支",
            balance,
            key="in00000003",
            formula={
                "text": "輸出額-輸入額",
                "terms": [{"indicator": "in00000001"}, {"indicator": "in00000002", "factor": -1}],
            },
        ),
    )


def _actual_balance(balance: str) -> Plan:
    return one(
        kpi("開業数", actual="31件", key="in00000001"),
        kpi("廃業数", actual="20件", key="in00000002"),
        kpi(
            "純増数",
            actual=balance,
            key="in00000003",
            formula={
                "text": "開業数-廃業数",
                "terms": [{"indicator": "in00000001"}, {"indicator": "in00000002", "factor": -1}],
            },
        ),
    )


def _guests(
    abroad: str, *, recorded: bool = True, name: str = "うち外国人宿泊者数", actual: str = ""
) -> Plan:
    return one(
        kpi("年間宿泊者数", "626,839人", "650,000人", "630,000人", key="in00000001"),
        kpi(name, abroad, actual=actual, part_of="in00000001" if recorded else None),
    )


def _passengers(
    total: str, bus: str = "71,131人", taxi: str = "2,718人", name: str = "公共交通利用者数"
) -> Plan:
    return one(
        kpi(name, total, key="in00000001"),
        kpi("路線バス", bus, breakdown_of="in00000001"),
        kpi("乗合タクシー", taxi, breakdown_of="in00000001"),
    )


def _farmland(
    area: str, rate: str, name: str = "担い手への農地集積率", amount: str = "農地集積・集約化"
) -> Plan:
    return one(kpi(amount, "4,965.0ha", area), kpi(name, "58.8%", rate))


def _roads(rate: str, text: str, name: str = "避難路整備事業進捗状況（改良率）") -> Plan:
    return city(
        goal(
            "基本目標4",
            measures=[
                measure(
                    "施策③",
                    "防災",
                    projects=[project(evaluation=text, kpis=[project_kpi(name, rate, of="r")])],
                )
            ],
        )
    )


CASES = [
    fires(
        "SUM01",
        "a balance that the terms do not give",
        lambda: _balance("△15人"),
        "△15人",
        "1,020人",
        "-10人",
    ),
    fires("SUM01", "of the actuals", lambda: _actual_balance("8件"), "8件", "31件", "20件"),
    fires(
        "SUM01",
        "in millions, beyond rounding",
        lambda: _balance_in_scale("2.1億円"),
        "2.1億円",
        "180,000,000円",
    ),
    quiet("SUM01", "in millions, within rounding", lambda: _balance_in_scale("1.9億円")),
    quiet("SUM01", "1,020 - 1,030 is △10", lambda: _balance("△10人")),
    quiet("SUM01", "an unconfirmed reading", lambda: _balance("△15人", doubted=True)),
    quiet("SUM01", "baseline of another year", lambda: _balance("△15人", years=("R4", "R9"))),
    quiet("SUM01", "a formula that is no sum", lambda: _balance("△15人", text="転入者数÷転出者数")),
    fires(
        "SUM02",
        "more guests from abroad than guests",
        lambda: _guests("2,197,040人"),
        "2,197,040人",
        "626,839人",
    ),
    fires(
        "SUM02",
        "by the name alone",
        lambda: _guests("700,000人", recorded=False, name="年間宿泊者数のうち外国人宿泊者数"),
        "700,000人",
    ),
    fires("SUM02", "in the actuals", lambda: _guests("1人", actual="63万1千人"), "63万1千人", "630,000人"),
    quiet("SUM02", "a part", lambda: _guests("219,704人")),
    quiet("SUM02", "all of them", lambda: _guests("626,839人")),
    quiet("SUM02", "an average of a part", lambda: _guests("700,000人", name="うち外国人の平均宿泊者数")),
    quiet("SUM02", "no part at all", lambda: _guests("700,000人", recorded=False, name="外国人入込客数")),
    fires("SUM03", "parts make less", lambda: _passengers("74,000人"), "74,000人", "73,849人"),
    fires("SUM03", "parts make more", lambda: _passengers("73,000人"), "73,000人", "73,849人"),
    quiet("SUM03", "parts make the total", lambda: _passengers("73,849人")),
    quiet("SUM03", "rates are not added", lambda: _passengers("80%", "88.7%", "73.7%", name="耐震化率")),
    quiet("SUM03", "a part without a value", lambda: _passengers("74,000人", taxi="-")),
    fires(
        "SUM04",
        "parts make 48",
        lambda: one(kpi("参加人数", actual="49人（夏版27人 春版21人）")),
        "48人",
        "49人（夏版27人",
    ),
    fires(
        "SUM04",
        "a part beyond the whole",
        lambda: one(kpi("参加人数", actual="49人（うち女性72人）")),
        "72人",
    ),
    quiet("SUM04", "parts make 49", lambda: one(kpi("参加人数", actual="49人（夏版27人 春版22人）"))),
    quiet("SUM04", "one part of the whole", lambda: one(kpi("参加人数", actual="49人（うち女性27人）"))),
    quiet("SUM04", "shares of groups", lambda: one(kpi("受診率", actual="45%(男50% 女40%)"))),
    quiet("SUM04", "two different things", lambda: one(kpi("参加人数", actual="5校 175名"))),
    quiet("SUM04", "year and running total", lambda: one(kpi("件数", actual="19(65)"))),
    fires(
        "SUM05",
        "8,444 ha and 8,747 ha",
        lambda: _farmland("5,423.0ha", "62.0%"),
        "8,444ha",
        "8,747ha",
        "58.8%",
    ),
    quiet("SUM05", "one whole within rounding", lambda: _farmland("5,235.0ha", "62.0%")),
    quiet("SUM05", "a whole that differs by half a percent", lambda: _farmland("5,260.0ha", "62.0%")),
    quiet(
        "SUM05", "a rate of something else", lambda: _farmland("5,423.0ha", "62.0%", name="有機農業実施率")
    ),
    quiet(
        "SUM05",
        "rate and amount of different works",
        lambda: _farmland("5,423.0ha", "62.0%", "農地集積率（北部）", "農地集積面積（南部）"),
    ),
    quiet(
        "SUM05",
        "people: the whole changes",
        lambda: one(kpi("特定健診受診者数", "1,000人", "1,300人"), kpi("特定健診受診率", "40%", "60%")),
    ),
    fires(
        "SUM06",
        "a screening rate of 998%",
        lambda: one(kpi("乳幼児健診受診率", "99.8%", actual="998%")),
        "998%",
    ),
    fires("SUM06", "a share below 0", lambda: one(kpi("女性の割合（審議会）", "△3%", "30%")), "△3%"),
    quiet("SUM06", "all of them", lambda: one(kpi("乳幼児健診受診率", "99.8%", "100%", "100.0%"))),
    quiet("SUM06", "a rate of attainment", lambda: one(kpi("計画を達成した割合の達成率", actual="120%"))),
    quiet("SUM06", "a growth", lambda: one(kpi("観光客数の増加の割合", actual="△3%"))),
    quiet(
        "SUM06", "visits per inhabitant", lambda: one(kpi("人口に占める体育施設利用者の割合", actual="130%"))
    ),
    quiet("SUM06", "a rate that may exceed 100", lambda: one(kpi("経常収支比率", actual="101.2%"))),
    fires(
        "SUM07",
        "1 of 22 is 4.55%",
        lambda: _roads("4.50%", "避難路２２路線のうち１路線を整備した。"),
        "4.50%",
        "避難路２２路線",
    ),
    fires(
        "SUM07",
        "a share that is none even without its zero",
        lambda: _roads("4.70%", "避難路２２路線のうち１路線を整備した。"),
        "4.70%",
        "4.545%",
    ),
    quiet("SUM07", "rounded", lambda: _roads("4.55%", "避難路２２路線のうち１路線を整備した。")),
    quiet("SUM07", "cut off", lambda: _roads("4.54%", "避難路２２路線のうち１路線を整備した。")),
    quiet("SUM07", "another thing is counted", lambda: _roads("4.50%", "橋梁２２橋のうち１橋を補修した。")),
    quiet("SUM07", "no whole is named", lambda: _roads("4.50%", "避難路２２路線の点検を行った。")),
    quiet(
        "SUM07",
        "a whole so large that all fits",
        lambda: _roads("4.50%", "避難路20000箇所のうち900箇所を整備した。"),
    ),
]
