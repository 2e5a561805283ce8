"""A made-up plan of any size in which nothing is wrong: the review must stay silent on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import Data, chapter, city, goal, key, kpi, label, measure, project, project_kpi

GOALS = (
    "地域に根差した産業を育てる",
    "人が集い行き交うまちをつくる",
    "子育てを地域で支える",
    "安全で安心な暮らしを守る",
)
# name, unit, baseline, target and the value of R6, each before it is multiplied
METRICS: tuple[tuple[str, str, int, int, int], ...] = (
    ("来場者数", "人", 1200, 1800, 1400),
    ("売上額", "万円", 300, 450, 350),
    ("登録件数", "件", 40, 60, 45),
    ("開催回数", "回", 20, 30, 24),
    ("加入世帯数", "世帯", 110, 160, 125),
    ("実施団体数", "団体", 30, 45, 34),
)
SUBJECTS = (
    "農産物直売所",
    "移住相談会",
    "地域子育て広場",
    "防災訓練",
    "観光案内所",
    "商店街の市",
    "空き家見学会",
    "放課後教室",
    "健康体操教室",
    "里山保全講座",
)
DIVISIONS = ("農政課", "観光課", "子育て支援課", "防災課", "企画課")
_FIRST = "東西南北中上下大小新古高長広清白青金玉松竹梅桜杉桐"
_SECOND = "川山田野原沢島崎浜谷森林岡池井瀬戸橋津里尾根関口"


def clean_plan(indicators: int) -> Plan:
    """A plan of four goals with about this many KPIs, three to a measure, a report for R6 and a past."""
    goals: list[Data] = []
    per_goal = indicators // len(GOALS)
    names = _names()
    for number, name in enumerate(GOALS, 1):
        measures = []
        taken = list(islice(names, 3 * -(-per_goal // 3)))
        for at in range(0, len(taken), 3):
            measures.append(_measure(at // 3 + 1, number + at // 3, taken[at : at + 3]))
        goals.append(
            goal(
                f"基本目標{number}",
                name,
                targets=[_target(number)],
                description=f"{name}ため、次の取組を進めます。",
                measures=measures,
                page=number + 3,
                no=number,
            )
        )
    return city(*goals, **_frame())


def _names() -> Iterator[tuple[str, int]]:
    """Names of indicators and the metric each has, no two alike."""
    areas = ("".join(pair) for pair in product(_FIRST, _SECOND))
    for area in areas:
        for at, subject in enumerate(SUBJECTS):
            for turn in range(3):
                metric = (at + turn * 2) % len(METRICS)
                yield f"{area}地区{subject}の{METRICS[metric][0]}", metric


def _target(number: int) -> Data:
    name = ("市内総生産額", "年間転入者数", "年間出生数", "住み続けたい市民の割合")[number - 1]
    values = (
        ("120億円", "150億円", "128億円", "85%"),
        ("500人", "650人", "540人", "83%"),
        ("100人", "130人", "108人", "83%"),
        ("60.0%", "75.0%", "63.0%", "84%"),
    )[number - 1]
    return kpi(
        name,
        *values,
        role="numeric_target",
        counting="stock" if number == 4 else "fiscal_year",
        definition=f"{name}（年度の値）",
        earlier={"R5": values[0]},
    )


def _measure(label_no: int, turn: int, names: list[tuple[str, int]]) -> Data:
    division = DIVISIONS[turn % len(DIVISIONS)]
    kpis, projects = [], []
    for name, metric in names:
        _, unit, baseline, target, actual = METRICS[metric]
        values = [f"{value + turn % 7:,}{unit}" for value in (baseline, target, actual)]
        rate = f"{(200 * (actual + turn % 7) // (target + turn % 7) + 1) // 2}%"
        shared = key()
        kpis.append(
            kpi(
                name,
                values[0],
                values[1],
                values[2],
                rate,
                of=shared,
                counting="fiscal_year",
                earlier={"R5": values[0]},
            )
        )
        projects.append(
            project(
                f"{name}を増やすため、案内を年間を通して行った。",
                f"令和6年度の{name}は{values[2]}で、前年度の{values[0]}から増加した。",
                kpis=[project_kpi(name, of=shared)],
                division=(division,),
                name=f"{name}の拡大事業",
            )
        )
    subject = names[0][0].split("の")[0]
    return measure(
        f"施策{label_no}",
        f"{subject}などの充実",
        kpis=kpis,
        projects=projects,
        division=(division,),
        description=f"{subject}をはじめとする取組を、地域とともに進めます。",
        no=label_no,
    )


def _frame() -> dict[str, Any]:
    """Everything beside the tree: chapters, references, the period before and its verification."""
    plan = "第2期見本市まち・ひと・しごと創生総合戦略"
    goals = "、".join(f"「{name}」" for name in GOALS)
    return {
        "adopted": label("令和6年(2024年)3月"),
        "predecessors": [
            {
                "key": key(),
                "no": 2,
                "title": plan,
                "period": {
                    "text": "令和2年度(2020年度)～令和5年度(2023年度)(4年間)",
                    "first": {"year": 2020, "kind": "fiscal"},
                    "last": {"year": 2023, "kind": "fiscal"},
                },
            }
        ],
        "references": [
            {
                "key": key(),
                "name": "第6次見本市総合計画",
                "relation": "upper",
                "edition": "第6次",
                "date": label("令和5年(2023年)12月"),
            }
        ],
        "chapters": [
            chapter(
                "1",
                "はじめに",
                "本市の人口は、令和2年(2020年)の国勢調査で30,500人でした。",
                f"そこで、{goals}の4つの基本目標を定めました。",
                "計画期間は、令和6年度(2024年度)から令和9年度(2027年度)までの4年間です。",
            )
        ],
        "councils": [
            {
                "key": key(),
                "name": "見本市総合戦略検証会議",
                "members": "産業、行政、教育、金融、労働、報道の関係者と住民",
                "groups": ["産業", "行政", "教育", "金融", "労働", "報道", "住民"],
                "abbreviation": "産官学金労言",
            }
        ],
        "population": [
            {
                "key": key(),
                "what": "総人口",
                "text": "30,500人",
                "quantity": {"text": "30,500人", "number": "30500", "unit": "人"},
                "as_of": label("令和2年(2020年)"),
                "source": "国勢調査",
            }
        ],
    }
