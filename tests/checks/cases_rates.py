"""Cases of RAT: printed rates and classes against the recomputed ones."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, key, kpi, measure, one, project, project_kpi, quantity
from tests.checks.case import fires, quiet

_CLASSES = """
name = "三段階"
[class]
bands = [{ label = "A", from = 100 }, { label = "B", from = 70 }, { label = "C" }]
"""


def _graded(grade: str, rate: str = "74%", scheme: str = _CLASSES) -> Plan:
    row = kpi("加盟店舗数", "106店舗", "150店舗", "111店舗", rate)
    measures = [measure("施策①", "商工業", kpis=[row])]
    plan = city(goal("基本目標1", measures=measures), schemes=[scheme] if scheme else [])
    data: Data = plan.model_dump(mode="json", exclude_defaults=True)
    (placement,) = data["elements"][0]["children"][0]["placements"]
    placement["printed"][0]["grade"] = grade
    from sosei.plan.reading import load_data

    return load_data(data)


def _doubted(row: Data, field: str) -> Data:
    row["placement"]["doubts"] = [{"field": field}]
    return row


def _verified(*counts: tuple[int, int, str]) -> Plan:
    goals = [
        {
            "key": key(),
            "label": f"基本目標{number}",
            "name": "仕事をつくる",
            "kpi": {
                "text": f"{reached}項目/{total}項目 {rate}",
                "reached": reached,
                "total": total,
                "rate": quantity(rate) if rate else None,
            },
        }
        for number, (reached, total, rate) in enumerate(counts, 1)
    ]
    return city(goal("基本目標1"), verifications=[{"key": key(), "plan": "第2期総合戦略", "goals": goals}])


def _blank(*rates: str, **more: Any) -> Plan:
    return one(
        *(kpi(f"件数{n}", "40件", "80件", f"{n + 40}件", rate) for n, rate in enumerate(rates)), **more
    )


def _at_project() -> Plan:
    return city(
        goal(
            "基本目標1",
            measures=[
                measure(
                    "施策①",
                    "商工業",
                    kpis=[kpi("加盟店舗数", "106店舗", "150店舗", "111店舗", "74%", of="a")],
                    projects=[project(kpis=[project_kpi("加盟店舗数", of="a", rate="74%")])],
                )
            ],
        )
    )


CASES = [
    fires(
        "RAT01",
        "digits swapped",
        lambda: one(kpi("加盟店舗数", "106店舗", "150店舗", "111店舗", "47%")),
        "47%",
        "74%",
        "111 ÷ 150",
    ),
    fires("RAT01", "the last digit", lambda: one(kpi("件数", "1件", "150件", "112件", "74%")), "74%", "75%"),
    quiet("RAT01", "the right rate", lambda: one(kpi("加盟店舗数", "106店舗", "150店舗", "111店舗", "74%"))),
    quiet("RAT01", "the right rate with more digits", lambda: one(kpi("率", "55%", "70%", "47%", "67.14%"))),
    quiet(
        "RAT01",
        "an unconfirmed target",
        lambda: one(_doubted(kpi("件数", "1件", "150件", "111件", "47%"), "target")),
    ),
    fires("RAT02", "B is printed for 74%", lambda: _graded("A"), "A", "B", "74%"),
    quiet("RAT02", "the right class", lambda: _graded("B")),
    quiet("RAT02", "a wrong rate is RAT01's", lambda: _graded("A", "47%")),
    quiet("RAT02", "a scheme without classes", lambda: _graded("A", scheme="")),
    fires(
        "RAT03",
        "a dash for the actual",
        lambda: one(kpi("割合", "73.1%", "80.0%", "-", "92%")),
        "92%",
        "-",
    ),
    fires("RAT03", "no target", lambda: one(kpi("件数", "40件", "", "46件", "58%")), "58%", "58%"),
    quiet("RAT03", "a dash for both", lambda: one(kpi("割合", "73.1%", "80.0%", "-", "-"))),
    quiet("RAT03", "all there", lambda: one(kpi("件数", "40件", "80件", "46件", "58%"))),
    quiet("RAT03", "the target stands at the measure", _at_project),
    fires("RAT04", "one blank among three", lambda: _blank("50%", "51%", "", "54%"), "42件", "件数2"),
    quiet("RAT04", "rates are not printed at all", lambda: _blank("", "", "")),
    quiet("RAT04", "all printed", lambda: _blank("50%", "51%")),
    fires("RAT05", "cut off", lambda: _verified((4, 11, "36.3%"), (5, 15, "33.3%")), "36.3%", "36.4%"),
    fires(
        "RAT05",
        "some cut, some rounded",
        lambda: _verified((4, 11, "36.3%"), (4, 15, "26.7%")),
        "36.4%",
    ),
    quiet("RAT05", "rounded", lambda: _verified((4, 11, "36.4%"), (5, 15, "33.3%"))),
    quiet("RAT05", "without a share", lambda: _verified((4, 11, ""))),
    fires("RAT06", "5 of 15 is 33.3%", lambda: _verified((5, 15, "35.3%")), "35.3%", "33.3%"),
    quiet("RAT06", "cut off is not wrong", lambda: _verified((4, 11, "36.3%"))),
    quiet("RAT06", "nothing to count", lambda: _verified((0, 0, "0%"))),
    quiet(
        "RAT01",
        "less is better, target by actual, no scheme named",
        lambda: one(kpi("むし歯のある者の割合", "14.2%", "10.0%", "9.7%", "103.1%", direction="lower")),
    ),
    quiet(
        "RAT01",
        "less is better, two minus the ratio, no scheme named",
        lambda: one(kpi("被害額", "300万円", "200万円", "220万円", "90%", direction="lower")),
    ),
    fires(
        "RAT01",
        "less is better, and no usual reckoning gives it",
        lambda: one(kpi("被害額", "300万円", "200万円", "220万円", "75%", direction="lower")),
        "75%",
    ),
    fires(
        "RAT01",
        "less is better, target by actual against the named scheme",
        lambda: one(kpi("被害額", "300万円", "200万円", "220万円", "91%", direction="lower")).model_copy(
            update={"scheme": "f1-ratio"}
        ),
        "91%",
    ),
]
