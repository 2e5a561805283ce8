"""Cases of TXT: figures in texts against cells."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import chapter, city, goal, key, kpi, measure, one, project_kpi
from tests.checks.case import Case, fires, quiet
from tests.checks.told import told


def _guests(evaluation: str, actual: str = "170人", name: str = "農家民宿の宿泊者数") -> Plan:
    return told(evaluation, project_kpi(name, actual))


FIGURES = [
    fires(
        "TXT01",
        "another number of guests",
        lambda: _guests("体験会に親子7組21人が参加した。"),
        "170人",
        "21人",
    ),
    fires("TXT01", "the KPI's own name", lambda: _guests("宿泊者は150人であった。"), "150人"),
    fires(
        "TXT01",
        "a composite cell",
        lambda: _guests("体験会に親子7組21人が参加した。", "イベント1回 宿泊者数 170人"),
        "21人",
        "イベント1回 宿泊者数 170人",
    ),
    quiet("TXT01", "人 and 名 are one unit", lambda: _guests("宿泊者は170名であった。")),
    quiet(
        "TXT01",
        "part of a composite cell",
        lambda: _guests("夏は27人であった。", "49人（夏版27人 春版22人）"),
    ),
    quiet("TXT01", "two figures add up", lambda: _guests("国内は100人、海外は70人であった。")),
    quiet("TXT01", "labelled as another thing", lambda: _guests("協議会は会員21人で活動した。")),
    quiet("TXT01", "counted as another thing", lambda: _guests("説明会の申込が21人あった。")),
    quiet("TXT01", "an object of another kind", lambda: _guests("講師を2人招いた。")),
    quiet("TXT01", "another act", lambda: told("3件成約した。", project_kpi("相談件数", "630件"))),
    fires(
        "TXT01",
        "the same act",
        lambda: told("3件相談があった。", project_kpi("相談件数", "630件")),
        "3件",
        "630件",
    ),
    quiet(
        "TXT01",
        "new ones of a stock",
        lambda: told("保育士5人を採用した。", project_kpi("保育士数", "45人")),
    ),
    quiet(
        "TXT01",
        "so much a head",
        lambda: told("1人当たり2件まで補助した。", project_kpi("補助件数", "40件")),
    ),
    quiet(
        "TXT01",
        "others applied",
        lambda: told("定員30人に45人の応募があった。", project_kpi("受講者数", "28人")),
    ),
    quiet("TXT01", "a change", lambda: _guests("前年度より21人増加した。21人の増となった。")),
    quiet("TXT01", "another fiscal year", lambda: _guests("令和５年度は21人が泊まった。")),
    quiet(
        "TXT01",
        "about the same",
        lambda: told("寄付は約３億５千万円であった。", project_kpi("寄付金額", "3.5億円")),
    ),
    quiet("TXT01", "rounded", lambda: told("集積率は約31％であった。", project_kpi("集積率", "31.2%"))),
    quiet(
        "TXT01",
        "so many times a month",
        lambda: told("毎月2回行った。", project_kpi("情報提供回数", "24回")),
    ),
    quiet(
        "TXT01",
        "labelled in a list",
        lambda: told("取り組んだ。", project_kpi("創業件数", "1件"), done="・創業相談件数・・・30件"),
    ),
    quiet(
        "TXT01",
        "the other KPI's figure",
        lambda: told(
            "利用は162件あった。", project_kpi("利用件数", "162件"), project_kpi("入居企業数", "9件")
        ),
    ),
    quiet(
        "TXT01",
        "a running total",
        lambda: told("2件を支援した。", project_kpi("支援累計件数", "13件", counting="cumulative")),
    ),
    fires(
        "TXT03",
        "a rise from a greater figure",
        lambda: told(
            "来館者数は令和５年度の34,506人に比べ大幅に増加した。", project_kpi("資料館来館者数", "30,233人")
        ),
        "34,506人",
        "30,233人",
    ),
    fires(
        "TXT03",
        "a fall from a smaller figure",
        lambda: told("来館者数は前年度の200人から減少した。", project_kpi("資料館来館者数", "300人")),
        "200人",
        "300人",
    ),
    quiet(
        "TXT03",
        "true",
        lambda: told(
            "来館者数は令和５年度の34,506人に比べ大幅に増加した。", project_kpi("資料館来館者数", "60,233人")
        ),
    ),
    quiet(
        "TXT03",
        "of another thing",
        lambda: told("講師は前年度の200人から減少した。", project_kpi("資料館来館者数", "300人")),
    ),
    quiet(
        "TXT03",
        "of something in the same house",
        lambda: told("資料館の職員は前年度の20人から減少した。", project_kpi("資料館来館者数", "300人")),
    ),
    fires(
        "TXT09",
        "an outdated figure in a chapter",
        lambda: city(
            goal(
                "基本目標1",
                measures=[measure("施策①", "観光", kpis=[kpi("年間宿泊者数", "626,839人", "650,000人")])],
            ),
            chapters=[chapter("2", "現状", "本市の年間宿泊者数は620,000人である。")],
        ),
        "620,000人",
        "626,839人",
        year=None,
    ),
    quiet(
        "TXT09",
        "the baseline",
        lambda: city(
            goal(
                "基本目標1",
                measures=[measure("施策①", "観光", kpis=[kpi("年間宿泊者数", "626,839人", "650,000人")])],
            ),
            chapters=[
                chapter("2", "現状", "本市の年間宿泊者数は約63万人であり、年間宿泊者数は626,839人である。")
            ],
        ),
        year=None,
    ),
    quiet(
        "TXT09",
        "a year that the record does not have",
        lambda: one(
            kpi("年間宿泊者数", "626,839人", "650,000人"),
            description="平成26年度の年間宿泊者数は400,000人であった。",
        ),
        year=None,
    ),
    quiet(
        "TXT09",
        "a longer name",
        lambda: one(
            kpi("年間宿泊者数", "626,839人", "650,000人"),
            description="外国人年間宿泊者数は219,704人であった。",
        ),
        year=None,
    ),
    quiet(
        "TXT01",
        "what is left over",
        lambda: told("新規は5件で、残る9件は増設である。", project_kpi("企業訪問件数", "486件")),
    ),
    quiet(
        "TXT01",
        "a sum of other things",
        lambda: told(
            "会員は依頼会員412人、提供会員118人の計530人である。", project_kpi("養成講座の修了者数", "19人")
        ),
    ),
    quiet(
        "TXT01",
        "a word of the name as the end of another word",
        lambda: told("登録児童は286人である。", project_kpi("放課後児童クラブの利用者数", "300人")),
    ),
    quiet(
        "TXT01",
        "nothing came about, and the text counts other things",
        lambda: told("説明会には21人が参加した。", project_kpi("UIJターンによる就職者数", "0人")),
    ),
    quiet(
        "TXT01",
        "all years so far",
        lambda: told("これまでに締結した協定は14件ある。", project_kpi("協定の締結数", "2件")),
    ),
    quiet(
        "TXT09",
        "a target of the closed plan",
        lambda: city(
            goal("基本目標1", measures=[measure("施策①", "雇用", kpis=[kpi("市内の就業者数", "21,350人")])]),
            verifications=[
                {
                    "key": key(),
                    "plan": "第1期総合戦略",
                    "goals": [
                        {
                            "key": key(),
                            "label": "基本目標1",
                            "name": "仕事",
                            "statements": [
                                {
                                    "key": key(),
                                    "text": "市内の就業者数を21,300人とする",
                                    "verdict": "達成",
                                    "reached": True,
                                }
                            ],
                        }
                    ],
                }
            ],
        ),
    ),
    quiet(
        "TXT01",
        "a minus that the text puts in words or signs",
        lambda: told("転入超過数は▲18人となった。", project_kpi("転入超過数", "▲18人")),
    ),
]

CASES: list[Case] = [*FIGURES]
