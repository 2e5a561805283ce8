from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sosei.plan.model import Plan
from sosei.web.reading.rows import (
    PlacementRow,
    flat_rows,
    placement_rows,
    search_rows,
    year_rows,
)
from sosei.web.reading.searching import folded
from tests.checks.build import chapter, city, goal, kpi, measure, numeric_target, one, project, project_kpi


def row(**values: Any) -> PlacementRow:
    """The row of a small plan's only KPI."""
    (found,) = placement_rows(one(kpi("創業件数", **values)))
    return found


CELLS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "a plain row",
        {"baseline": "5件", "target": "10件", "actual": "7件"},
        {"rate_text": "70%", "rate": Decimal(70), "reached": False, "reason": "", "actual_year": 2024},
    ),
    (
        "published as computed",
        {"target": "10件", "actual": "7件", "rate": "70%"},
        {"rate_text": "70%", "again": "", "rate": Decimal(70)},
    ),
    (
        "published otherwise",
        {"target": "10件", "actual": "7件", "rate": "71%"},
        {"rate_text": "71%", "again": "70%", "rate": Decimal(70)},
    ),
    (
        "not measured",
        {"target": "10件", "actual": "-"},
        {"rate_text": "-", "rate": None, "reached": None, "reason": "not_measured", "actual": "-"},
    ),
    ("no target", {"actual": "7件"}, {"rate_text": "", "reason": "no_target", "target": ""}),
    ("a true zero", {"target": "10件", "actual": "0件"}, {"rate": Decimal(0), "reason": "", "actual": "0件"}),
    (
        "its own value at the place",
        {"target": "10件", "actual": "7件", "own": "8件"},
        {"actual": "8件", "rate": Decimal(80)},
    ),
    (
        "only an older value",
        {"target": "10件", "earlier": {"R5": "4件"}, "actual": ""},
        {"actual": "4件", "actual_year": 2023, "rate": Decimal(40)},
    ),
    ("a name with its suffix", {"suffix": "（累計）", "actual": "7件"}, {"name": "創業件数（累計）"}),
]


@pytest.mark.parametrize(("given", "expected"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_a_row(given: dict[str, Any], expected: dict[str, Any]) -> None:
    found = row(**given)
    assert {name: getattr(found, name) for name in expected} == expected


def test_the_latest_year_is_the_plans_not_the_rows() -> None:
    rows = placement_rows(
        one(
            kpi("創業件数", target="10件", earlier={"R5": "4件"}),
            kpi("来場者数", target="10人", actual="9人"),
        )
    )
    assert [(r.actual, r.actual_year, r.reason) for r in rows] == [
        ("4件", 2023, "no_actual"),
        ("9人", 2024, ""),
    ]
    assert rows[0].no_rate.ja == "実績値がありません"


def test_where_a_row_stands() -> None:
    plan = city(
        goal(
            "基本目標１",
            "仕事をつくる",
            targets=[numeric_target("所得", "1円", "2円", "1円")],
            measures=[
                measure(
                    "施策①",
                    "創業",
                    kpis=[kpi("創業件数", "5件", "10件", "7件", of="a")],
                    projects=[
                        project(
                            "創業塾を開いた。",
                            name="",
                            kpis=[project_kpi("件数", of="a")],
                            division=["商工課"],
                        )
                    ],
                    division=[],
                )
            ],
        )
    )
    rows = placement_rows(plan)
    assert [(r.order, r.role, r.place, r.measure_name, r.goal_name) for r in rows] == [
        (0, "numeric_target", "基本目標１", "", "仕事をつくる"),
        (1, "kpi", "基本目標１/施策①", "創業", "仕事をつくる"),
        (2, "project_kpi", "基本目標１/施策①", "創業", "仕事をつくる"),
    ]
    # The KPI's measure names no division, so the other place of the indicator tells.
    assert [r.divisions for r in rows] == [(), ("商工課",), ("商工課",)]


def test_a_plan_without_values_has_rows_that_say_so(plans: dict[str, Plan]) -> None:
    rows = placement_rows(plans["aso"])
    assert len(rows) == 67
    assert {(r.actual, r.actual_year, r.rate_text, r.reached, r.reason) for r in rows} == {
        ("", None, "", None, "no_actual")
    }
    assert {r.no_rate.en for r in rows} == {"No actual values yet"}
    assert year_rows(plans["aso"]) == []
    assert all(r.target and r.baseline for r in rows)


def test_the_rows_of_a_real_report(plans: dict[str, Plan]) -> None:
    flat = flat_rows(plans["hitoyoshi"])
    rows = {(r.place, r.role, r.name): r for r in flat.placements}
    assert len(flat.placements) == 112
    assert sum(r.reached is True for r in flat.placements if r.role == "kpi") == 6
    donations = rows["基本目標2/施策④", "kpi", "企業版ふるさと納税を活用した寄附件数"]
    assert (donations.baseline, donations.target, donations.actual) == (
        "28件/3か年",
        "36件／4か年",
        "17件／１か年",
    )
    assert (donations.rate_text, donations.rate, donations.difficult) == ("47%", Decimal(47), False)
    assert [value.text for value in donations.spark.values] == ["9.3件", "17件"]
    survey = rows["基本目標4", "numeric_target", "人吉市に住み続けたいと思う人の割合"]
    assert (survey.actual, survey.reason, survey.reached) == ("-", "not_measured", None)
    coins = [y for y in flat.years if y.placement == rows["基本目標１/施策⑤", "project_kpi", "利用者数"].key]
    assert [(y.year, y.text, y.number) for y in coins] == [(2024, "15,579人", Decimal(15579))]


def test_year_rows_hold_every_year_with_its_own_result() -> None:
    plan = one(kpi("創業件数", "5件", "10件", "12件", earlier={"R4": "6件", "R5": "-"}))
    assert [(y.year, y.text, y.number, y.rate, y.reached) for y in year_rows(plan)] == [
        (2022, "6件", Decimal(6), Decimal(60), False),
        (2023, "-", None, None, None),
        (2024, "12件", Decimal(12), Decimal(120), True),
    ]


@pytest.mark.parametrize("name", ["hitoyoshi", "aso"])
def test_rows_made_together_are_those_made_alone(plans: dict[str, Plan], name: str) -> None:
    plan = plans[name]
    flat = flat_rows(plan)
    assert list(flat.placements) == placement_rows(plan)
    assert list(flat.years) == year_rows(plan)
    assert list(flat.search) == search_rows(plan)


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("kpi", "重要業績評価指標（ＫＰＩ）", True),
        ("ＤＸ", "教育DXに関する取組", True),
        ("移住", "移住\n定住", True),
        ("移住定住", "移住\n定住", False),
        ("ｻﾎﾟｰﾄ", "しごとサポートセンター", True),
        ("10~20", "１０〜２０人", True),
    ],
)
def test_texts_are_matched_folded(asked: str, text: str, found: bool) -> None:
    assert (folded(asked) in folded(text)) == found


def test_every_text_leads_somewhere() -> None:
    target = numeric_target("所得", "1円", "2円", definition="住民一人当たり", source="統計年鑑")
    plan = city(
        goal(
            "基本目標１",
            "仕事をつくる",
            targets=[target],
            measures=[
                measure(
                    "施策①", "創業", description="創業を支える。", projects=[project("塾を開いた。", "7件。")]
                )
            ],
        ),
        chapters=[chapter("1", "はじめに", "趣旨を述べる。", sections=[chapter("2", "期間", "4年とする。")])],
        opinions=[
            {
                "key": "kopinion01",
                "by": "委員",
                "text": {"text": "目標が低い。"},
                "answer": {"text": "見直す。"},
            }
        ],
        references=[{"key": "krefere001", "name": "総合計画", "relation": "upper"}],
        catchphrase="明るいまち",
    )
    rows = search_rows(plan)
    assert [r.order for r in rows] == list(range(len(rows)))
    assert [(r.kind, r.field, r.owner_kind, r.text) for r in rows] == [
        ("goal", "name", "element", "仕事をつくる"),
        ("placement", "name", "indicator", "所得"),
        ("measure", "name", "element", "創業"),
        ("measure", "description", "element", "創業を支える。"),
        ("project", "name", "element", "事業"),
        ("activity", "done", "element", "塾を開いた。"),
        ("activity", "evaluation", "element", "7件。"),
        ("indicator", "name", "indicator", "所得"),
        ("indicator", "definition", "indicator", "住民一人当たり"),
        ("indicator", "source", "indicator", "統計年鑑"),
        ("plan", "title", "", "第3期見本市まち・ひと・しごと創生総合戦略"),
        ("plan", "catchphrase", "", "明るいまち"),
        ("reference", "name", "", "総合計画"),
        ("division", "name", "", "企画課"),
        ("chapter", "title", "", "はじめに"),
        ("chapter", "paragraphs", "", "趣旨を述べる。"),
        ("chapter", "title", "", "期間"),
        ("chapter", "paragraphs", "", "4年とする。"),
        ("opinion", "text", "", "目標が低い。"),
        ("opinion", "answer", "", "見直す。"),
    ]


def test_notes_lead_to_what_they_are_hung_on(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    notes = {r.title: r for r in search_rows(plan) if r.kind == "note"}
    assert notes["市町村内総生産"].owner_kind == "indicator"
    assert notes["スマート農業"].owner_kind == "element"
    owners = {e.key for e in plan.indicators} | {
        r.record for r in search_rows(plan) if r.owner_kind == "element"
    }
    assert all(note.owner in owners for note in notes.values() if note.owner)
