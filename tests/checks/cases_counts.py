"""Cases of CNT: counts in prose against what is there to be counted."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import Data, chapter, city, goal, key, kpi, measure, numeric_target
from tests.checks.case import fires, quiet


def _tree() -> list[Data]:
    """Four goals, six measures, five KPIs, four numeric targets."""
    first = [measure(f"施策{n}", f"施策{n}", kpis=[kpi(f"件数{n}", "1件", "2件")]) for n in range(1, 4)]
    others = [
        goal(
            f"基本目標{n}",
            f"目標{n}",
            targets=[numeric_target(f"人口{n}", "1人", "2人")],
            measures=[measure("施策1", f"取組{n}", kpis=[kpi(f"率{n}", "1%", "2%")] if n < 4 else [])],
        )
        for n in range(2, 5)
    ]
    return [
        goal("基本目標1", "仕事", targets=[numeric_target("所得", "1円", "2円")], measures=first),
        *others,
    ]


def _text(text: str, title: str = "基本的な考え方", **fields: Any) -> Plan:
    chapters = [chapter("1", "はじめに", sections=[chapter("1", title, text)])]
    return city(*_tree(), no=3, chapters=chapters, **fields)


def _verification(*totals: int, reached: int = 1, prose: int = 0) -> dict[str, Any]:
    goals = [
        {
            "key": key(),
            "label": f"基本目標{number}",
            "name": "仕事",
            "statements": [{"key": key(), "text": "増やす。", "verdict": "達成", "reached": True}],
            "kpi": {"text": f"{reached}項目/{total}項目", "reached": reached, "total": total},
        }
        for number, total in enumerate(totals, 1)
    ]
    said = [{"text": f"KPIを{prose}項目", "what": "KPI", "count": prose}] if prose else []
    return {
        "verifications": [{"key": key(), "plan": "第2期総合戦略", "goals": goals, "counts_in_prose": said}]
    }


def _period(text: str, first: str = "R8", last: str = "R11") -> Plan:
    from sosei.plan.reading import load_data

    data: Data = city(*_tree(), period=(first, last)).model_dump(mode="json", exclude_defaults=True)
    data["period"]["text"] = text
    return load_data(data)


CASES = [
    fires(
        "CNT01",
        "26 in the text, 52 in the goals",
        lambda: city(*_tree(), **_verification(11, 15, 11, 15, prose=26)),
        "26項目",
        "11+15+11+15",
        "52",
        year=None,
    ),
    fires(
        "CNT01",
        "in a chapter on the closed period",
        lambda: _text(
            "第2期総合戦略ではKPIを26項目設け、取組を進めました。", **_verification(11, 15, 11, 15)
        ),
        "KPIを26項目",
        "52",
    ),
    fires(
        "CNT01",
        "in a section on the closed period",
        lambda: _text("5つの基本目標を定めました。", "第2期総合戦略の検証", **_verification(11, 15, 11, 15)),
        "5つの基本目標",
    ),
    quiet("CNT01", "the text agrees", lambda: city(*_tree(), **_verification(11, 15, 11, 15, prose=52))),
    quiet(
        "CNT01",
        "four goals in the closed period too",
        lambda: _text("第2期総合戦略では4つの基本目標を定めました。", **_verification(11, 15, 11, 15)),
    ),
    quiet(
        "CNT01",
        "some of the KPIs",
        lambda: _text("第2期総合戦略ではKPIのうち16項目で達成しました。", **_verification(11, 15, 11, 15)),
    ),
    quiet(
        "CNT01",
        "the own period",
        lambda: _text("4つの基本目標を定め、取組を進めます。", **_verification(11, 15, 11)),
    ),
    quiet(
        "CNT01",
        "another plan's period",
        lambda: _text("第2期子ども計画では3つの基本目標を定めています。", **_verification(11, 15, 11, 15)),
    ),
    fires(
        "CNT02",
        "five goals in the text",
        lambda: _text("5つの基本目標を定め、取り組みます。"),
        "5つの基本目標",
        "4",
    ),
    fires("CNT02", "in kanji", lambda: _text("三つの基本目標のもと、取り組みます。"), "三つの基本目標"),
    fires("CNT02", "measures", lambda: _text("全部で68の施策に整理しました。"), "68の施策", "6"),
    fires("CNT02", "KPIs after their name", lambda: _text("KPIを12項目設定しました。"), "KPIを12項目"),
    quiet(
        "CNT02", "the right counts", lambda: _text("4つの基本目標と数値目標を定め、6の施策に整理しました。")
    ),
    quiet("CNT02", "a closed period", lambda: _text("第2期総合戦略では5つの基本目標を定めました。")),
    quiet("CNT02", "some of them", lambda: _text("4つの基本目標のうち2つの基本目標を柱とします。")),
    quiet("CNT02", "another plan", lambda: _text("総合計画では7つの基本目標を定めています。")),
    quiet("CNT02", "one goal's measures", lambda: _text("基本目標1では3つの施策を定めています。")),
    quiet("CNT02", "what went well", lambda: _text("2つの基本目標に係る数値目標が未達成です。")),
    quiet("CNT02", "KPIs with the numeric targets", lambda: _text("KPIを9項目設定しました。")),
    fires(
        "CNT03",
        "four years called five",
        lambda: _period("令和8年度～令和11年度（5年間）"),
        "5年間",
        year=None,
    ),
    fires(
        "CNT03",
        "of a predecessor",
        lambda: _text(
            "考え方です。",
            predecessors=[
                {
                    "key": key(),
                    "no": 2,
                    "title": "第2期総合戦略",
                    "period": {
                        "text": "令和2年度（2020年度）～令和7年度（2025年度）（5年間）",
                        "first": {"year": 2020, "kind": "fiscal"},
                        "last": {"year": 2025, "kind": "fiscal"},
                    },
                }
            ],
        ),
        "5年間",
    ),
    fires(
        "CNT03",
        "in the text",
        lambda: _text("計画期間は、令和8年度から令和11年度までの3か年とします。"),
        "3か年",
    ),
    quiet("CNT03", "both ends count", lambda: _period("令和8年度(2026年度) ~ 令和11年度(2029年度)(4年間)")),
    quiet(
        "CNT03", "from one census to the next", lambda: _text("2015年から2020年までの5年間で減少しました。")
    ),
    quiet(
        "CNT03",
        "from one census to the next, era",
        lambda: _text("平成27年から令和2年までの5年間で減りました。"),
    ),
    quiet("CNT03", "months", lambda: _text("計画期間は令和2年4月から令和8年3月までの6年間です。")),
    fires("CNT04", "15 of 11", lambda: city(*_tree(), **_verification(11, 20, reached=15)), "15", "11"),
    quiet("CNT04", "all of them", lambda: city(*_tree(), **_verification(11, 15, reached=11))),
]
