"""Every field of every record in a reader's words, in both languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel

from sosei.plan.base import Node
from sosei.plan.labels import RECORD_LABELS, VALUE_LABELS
from sosei.plan.model import Plan
from sosei.plan.reading import load_data, parse_json
from sosei.plan.walk import collections_of, index, nodes
from sosei.plan.wording import LONGEST, Wording
from tests.conftest import SAMPLE

NUMBER = {"text": "1,200人以上", "number": "1200", "unit": "人", "qualifiers": ["以上"]}
R10 = {"text": "R10", "when": {"year": 2028}}
SPAN = {"text": "令和２年～令和４年度の累計", "first": {"year": 2020}, "last": {"year": 2022}}

# record, field, value in the file, Japanese, English
CASES: list[tuple[str, str, Any, str, str]] = [
    ("agoal00001", "name", "仕事をつくる", "仕事をつくる", "仕事をつくる"),
    ("agoal00001", "level", "measure", "施策", "施策"),
    ("agoal00001", "no", 3, "3", "3"),
    ("ameasure01", "divisions", ["adivision1", "adivision2"], "企画課、商工課", "企画課, 商工課"),
    (
        "ameasure01",
        "description",
        {"text": "一行目\n二行目", "summary": True},
        "一行目\n二行目",
        "一行目\n二行目",
    ),
    ("ameasure01", "not_printed", ["description"], "説明", "description"),
    ("ameasure01", "as_read", {"name": "企叢の支援"}, "名称: 企叢の支援", "name: 企叢の支援"),
    ("ameasure01", "doubts", [{"field": "name", "note": "かすれ"}], "名称（かすれ）", "name (かすれ)"),
    ("aplacement", "indicator", "aindicat01", "年間来場者数", "年間来場者数"),
    ("aplacement", "role", "kpi", "KPI", "KPI"),
    ("aplacement", "role", "numeric_target", "数値目標", "Numeric target"),
    ("aplacement", "table", "atable0001", "基準値(R6)", "基準値(R6)"),
    ("aplacement", "target", {"quantity": NUMBER}, "1,200人以上", "1,200人以上"),
    (
        "aplacement",
        "target",
        {"quantity": NUMBER, "year": R10, "span": SPAN, "source": "市民意識調査"},
        "1,200人以上（R10、令和２年～令和４年度の累計、資料: 市民意識調査）",
        "1,200人以上 (R10, 令和２年～令和４年度の累計, source: 市民意識調査)",
    ),
    (
        "aplacement",
        "baseline",
        {"quantity": NUMBER, "year": {"text": "(R 4)", "when": {"year": 2022}}},
        "1,200人以上(R 4)",
        "1,200人以上(R 4)",
    ),
    (
        "aplacement",
        "baseline",
        {"quantity": NUMBER, "year": {"text": "R6", "by_note": {"year": 2023}}},
        "1,200人以上（R6（注によりR5））",
        "1,200人以上 (R6 (R5 by a note))",
    ),
    (
        "aplacement",
        "baseline",
        {"quantity": {"text": " ", "kind": "absent", "reason": "not_due"}},
        "（空欄）",
        "(blank)",
    ),
    (
        "aplacement",
        "path",
        [{"quantity": NUMBER, "year": R10}, {"quantity": NUMBER}],
        "1,200人以上（R10）、1,200人以上",
        "1,200人以上 (R10), 1,200人以上",
    ),
    ("aindicat01", "direction", "at_most", "目標値を上回らない", "Keep at or below the target"),
    ("aindicat01", "counting", "cumulative", "累計", "Running total"),
    ("aindicat01", "continues", "aindicat02", "相談件数", "相談件数"),
    ("aindicat01", "part_of", "aindicat02", "相談件数", "相談件数"),
    (
        "aindicat01",
        "formula",
        {"text": "転入者数-転出者数", "terms": [{"indicator": "aindicat02"}]},
        "転入者数-転出者数",
        "転入者数-転出者数",
    ),
    ("aobservat1", "status", "provisional", "速報", "Provisional"),
    ("aobservat1", "year", R10, "R10", "R10"),
    (
        "aobservat1",
        "earlier",
        [{"quantity": NUMBER, "published": R10, "reason": "遡及改定"}],
        "1,200人以上（R10、遡及改定）",
        "1,200人以上 (R10, 遡及改定)",
    ),
    (
        "aplan00001",
        "municipality",
        {"code": "432032", "name": "人吉市", "prefecture": "熊本県"},
        "熊本県人吉市（432032）",
        "熊本県人吉市 (432032)",
    ),
    (
        "aplan00001",
        "period",
        {
            "text": "令和8年度～令和11年度",
            "first": {"year": 2026},
            "last": {"year": 2029},
            "years_text": "(4年間)",
        },
        "令和8年度～令和11年度 (4年間)",
        "令和8年度～令和11年度 (4年間)",
    ),
    (
        "aplan00001",
        "contact",
        {"division": "企画課", "postal": "〒100-0001", "address": "見本町1", "lines": "TEL 1"},
        "企画課\n〒100-0001\n見本町1\nTEL 1",
        "企画課\n〒100-0001\n見本町1\nTEL 1",
    ),
    (
        "aplan00001",
        "contents",
        [{"title": "第1章 はじめに", "level": 1, "page": 1}, {"title": "奥付", "level": 1}],
        "第1章 はじめに …… 1、奥付",
        "第1章 はじめに …… 1, 奥付",
    ),
    ("aplan00001", "shows", ["class", "readings"], "評価区分、ほかの見方の率", "Class, Other readings"),
    (
        "aplan00001",
        "schemes",
        ["a = 1\nb = 2\n", "c = 3\n"],
        "a = 1\nb = 2\n\nc = 3\n",
        "a = 1\nb = 2\n\nc = 3\n",
    ),
    (
        "aplan00001",
        "joint_readings",
        [{"chosen": 0, "options": [{"cells": [{"place": "aplacement.target", "text": "400"}]}]}],
        "年間来場者数 目標値 400",
        "年間来場者数 target 400",
    ),
    ("anote00001", "kind", "value", "値の注", "Note on a value"),
    (
        "anote00001",
        "anchors",
        [{"at": "ameasure01", "field": "name", "offset": 2}],
        "企業の支援（名称）",
        "企業の支援 (name)",
    ),
    ("acouncil01", "open_ended", True, "はい", "yes"),
    ("acouncil01", "open_ended", False, "いいえ", "no"),
    ("acouncil01", "cycle", [{"step": "Plan", "text": "策定"}], "Plan: 策定", "Plan: 策定"),
    ("aoerratum1", "field", "target", "目標値", "target"),
    ("aoerratum1", "about", "ameasure01", "企業の支援", "企業の支援"),
    ("areferenc1", "relation", "basis", "根拠", "Basis"),
    (
        "astatement",
        "conditions",
        [{"subject": "転入者数", "quantity": NUMBER, "deadline": R10}],
        "転入者数 1,200人以上（R10）",
        "転入者数 1,200人以上 (R10)",
    ),
    (
        "averifgoal",
        "kpi",
        {"text": "4項目/11項目", "reached": 4, "total": 11, "rate": {"text": "36.3%", "number": "36.3"}},
        "4項目/11項目 36.3%",
        "4項目/11項目 36.3%",
    ),
    (
        "averificat",
        "counts_in_prose",
        [{"text": "KPIを26項目", "what": "KPI", "count": 26}],
        "KPIを26項目",
        "KPIを26項目",
    ),
    (
        "aprojectio",
        "points",
        [{"year": R10, "quantity": NUMBER}, {"year": R10}],
        "R10 1,200人以上、R10",
        "R10 1,200人以上, R10",
    ),
]


def with_everything() -> dict[str, Any]:
    """The sample plan with a record of every further kind, as data."""
    data = parse_json(SAMPLE.read_bytes())
    assert isinstance(data, dict)
    data["indicators"].append({"key": "aindicat02", "name": "相談件数"})
    data["councils"] = [{"key": "acouncil01", "name": "検証会議"}]
    data["errata"] = [
        {"key": "aoerratum1", "about": "agoal00001", "field": "name", "printed": "誤", "right": "正"}
    ]
    data["references"] = [{"key": "areferenc1", "name": "創生法", "relation": "upper"}]
    goal = {"key": "averifgoal", "label": "基本目標1", "name": "仕事"}
    statement = {"key": "astatement", "text": "転入者数50人増加", "verdict": "未達成"}
    data["verifications"] = [
        {"key": "averificat", "plan": "第2期", "goals": [{**goal, "statements": [statement]}]}
    ]
    data["projections"] = [
        {"key": "aprojectio", "method": "社人研推計準拠", "first": R10, "last": R10, "step_years": 5}
    ]
    return data


@pytest.fixture(scope="module")
def everything() -> Plan:
    return load_data(with_everything())


@pytest.mark.parametrize(("key", "field", "value", "ja", "en"), CASES)
def test_a_field_in_words(everything: Plan, key: str, field: str, value: Any, ja: str, en: str) -> None:
    node = index(everything)[key]
    given = type(node).model_validate_json(_json({**node.model_dump(mode="json"), field: value}))
    assert Wording(everything, "ja").field(given, field) == ja
    assert Wording(everything, "en").field(given, field) == en


def _json(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data, ensure_ascii=False)


def test_no_field_shows_a_key(everything: Plan, plans: dict[str, Plan]) -> None:
    """Whatever a record holds, a reader sees no key in it and no word of the file's own."""
    for plan in (everything, *plans.values()):
        words, keys = Wording(plan), set(index(plan))
        for node in nodes(plan):
            for name in type(node).model_fields:
                if name not in ("key", *collections_of(type(node))):
                    text = words.field(node, name)
                    assert not any(key in text for key in keys), (node.key, name)
                    assert "=" not in text or name in ("schemes", "remark", "doubts"), (node.key, name)


@pytest.mark.parametrize(
    ("key", "ja", "en"),
    [
        ("ameasure01", "施策① 企業の支援", "施策① 企業の支援"),
        ("aproject01", "具体的な事業「催しを3回開いた。」", '具体的な事業 "催しを3回開いた。"'),
        ("aplacement", "数値目標「年間来場者数」", 'Numeric target "年間来場者数"'),
        ("adivision1", "担当課「企画課」", 'Division "企画課"'),
        ("aobservat1", "R6の実績値", 'Value "R6"'),
        ("aprinted01", "R6の掲載値", 'Printed values "R6"'),
        ("aplan00001", "計画の基本事項", "The plan itself"),
        ("aoerratum1", "正誤", "Erratum"),
    ],
)
def test_what_a_record_is_called(everything: Plan, key: str, ja: str, en: str) -> None:
    node = index(everything)[key]
    assert (Wording(everything).called(node), Wording(everything, "en").called(node)) == (ja, en)


def test_a_project_without_a_name_is_called_by_what_was_done(plans: dict[str, Plan]) -> None:
    project = plans["hitoyoshi"].elements[0].children[0].children[0]
    words = Wording(plans["hitoyoshi"])
    assert words.title(project) == "農作業における省力化や人材確保、負担軽減を目的に…"
    assert words.called(project) == "具体的な事業「農作業における省力化や人材確保、負担軽減を目的に…」"


def test_a_very_long_name_is_cut_where_it_only_names(everything: Plan) -> None:
    measure = everything.elements[0].children[0].model_copy(update={"name": "あ" * 1_000_000})
    assert len(Wording(everything).called(measure)) < LONGEST + 10
    assert len(Wording(everything).field(measure, "name")) == 1_000_000


def _reachable(kind: type[BaseModel], found: set[type]) -> set[type]:
    """Every record kind and word list that a plan's fields name."""
    for hint in get_type_hints(kind).values():
        for inner in (hint, *_arguments(hint)):
            if isinstance(inner, type) and inner not in found:
                found.add(inner)
                if issubclass(inner, BaseModel):
                    _reachable(inner, found)
    return found


def _arguments(hint: Any) -> list[Any]:
    return [each for inner in get_args(hint) for each in (inner, *_arguments(inner))]


def test_every_word_and_every_kind_of_record_has_its_name_in_both_languages() -> None:
    reached = _reachable(Plan, {Plan})
    words = {kind for kind in reached if issubclass(kind, StrEnum)}
    assert words == set(VALUE_LABELS)
    for kind, labels in VALUE_LABELS.items():
        assert set(kind) == set(labels)
        assert all(all(pair) for pair in labels.values())
    assert {kind for kind in reached if issubclass(kind, Node)} - {Node} == set(RECORD_LABELS)
