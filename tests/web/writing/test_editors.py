from __future__ import annotations

from typing import Any

import pytest

from sosei.plan.base import Node
from sosei.plan.indicator import Indicator, Observation, Placement, PrintedYear
from sosei.plan.model import Activity, Plan
from sosei.plan.reading import load_plan
from sosei.plan.record import Chapter, Council, PopulationFact, Projection, Reference, VerifiedStatement
from sosei.plan.walk import nodes
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.web.writing.editors import Around
from sosei.web.writing.fields import editor_of, field_names
from tests.web.conftest import EXAMPLES


@pytest.fixture(scope="module", params=sorted(EXAMPLES))
def plan(request: pytest.FixtureRequest) -> Plan:
    return load_plan(EXAMPLES[request.param].read_bytes())


@pytest.fixture(scope="module")
def aso() -> Plan:
    return load_plan(EXAMPLES["aso"].read_bytes())


def _blank(kind: type[Node]) -> Node:
    return kind.model_construct(key="new")


def test_every_field_of_a_plan_is_read_back_as_it_was(plan: Plan) -> None:
    around = Around(plan)
    for node in nodes(plan):
        data = data_of(node)
        for name in field_names(type(node)):
            editor = editor_of(node, name)
            typed = {each.name: each.value for each in editor.shown(name, data.get(name), around).all}
            assert editor.read(name, typed, data.get(name), around) == data.get(name), (node.key, name)
    assert around.first == []


def test_every_field_of_a_plan_typed_anew_says_the_same(plan: Plan) -> None:
    """What a person would copy from the print gives the figures that stand in the example."""
    around = Around(plan)
    for node in nodes(plan):
        if not isinstance(node, Observation | PrintedYear):
            continue
        data = data_of(node)
        for name in field_names(type(node)):
            editor = editor_of(node, name)
            typed = {each.name: each.value for each in editor.shown(name, data.get(name), around).all}
            read = editor.read(name, typed, None, around)
            if isinstance(read, dict) and "text" in read:
                assert read["text"] == data[name]["text"]
                assert read.get("number") == data[name].get("number"), (node.key, name)


CASES: list[tuple[type[Node], str, dict[str, str], Any]] = [
    (Observation, "quantity", {"quantity": "１０３"}, {"text": "１０３", "number": "103"}),
    (Observation, "quantity", {"quantity": "△10"}, {"text": "△10", "number": "-10"}),
    (
        Observation,
        "quantity",
        {"quantity": "1,241億5,500万円"},
        {"text": "1,241億5,500万円", "number": "1241.55", "scale": "億", "unit": "円"},
    ),
    (
        Observation,
        "quantity",
        {"quantity": "調査なし"},
        {"text": "調査なし", "kind": "absent", "reason": "not_measured"},
    ),
    (Observation, "quantity", {"quantity": "0"}, {"text": "0", "number": "0"}),
    (Observation, "quantity", {"quantity": "　"}, None),
    (
        PopulationFact,
        "as_of",
        {"as_of": "令和6年5月"},
        {"text": "令和6年5月", "when": {"year": 2024, "kind": "date", "month": 5}},
    ),
    (
        Observation,
        "year",
        {"year": "Ｒ６"},
        {"text": "Ｒ６", "when": {"year": 2024}},
    ),
    (Reference, "date", {"date": "そのうち"}, {"text": "そのうち"}),
    (Indicator, "published_month", {"published_month": "１１"}, 11),
    (Indicator, "published_month", {"published_month": ""}, None),
    (Indicator, "direction", {"direction": "undecided"}, None),
    (Indicator, "direction", {"direction": "lower"}, "lower"),
    (Indicator, "name", {"name": " 髙﨑の来訪者数 "}, "髙﨑の来訪者数"),
    (Indicator, "name", {"name": "葛\U000e0100城"}, "葛\U000e0100城"),
    (
        Chapter,
        "paragraphs",
        {"paragraphs": "一つ目\n続き\n\n\n二つ目\n"},
        [{"text": "一つ目\n続き"}, {"text": "二つ目"}],
    ),
    (Council, "groups", {"groups": "産業界\n\n 大学 "}, ["産業界", "大学"]),
    (VerifiedStatement, "reached", {"reached": "no"}, False),
    (VerifiedStatement, "reached", {"reached": ""}, None),
    (
        Projection,
        "points",
        {"points.0.year": "2030", "points.0.quantity": "", "points.1.year": "", "points.1.quantity": ""},
        [{"year": {"text": "2030", "when": {"year": 2030}}}],
    ),
    (
        Placement,
        "target",
        {"target.quantity": "200件", "target.year": "R10", "target.span": "", "target.source": ""},
        {
            "quantity": {"text": "200件", "number": "200", "unit": "件"},
            "year": {"text": "R10", "when": {"year": 2028}},
        },
    ),
    (Placement, "target", {"target.quantity": "", "target.year": "", "target.span": ""}, None),
    (Activity, "done", {"done": "一行\r\n二行"}, {"text": "一行\n二行"}),
]


@pytest.mark.parametrize(("kind", "field", "typed", "data"), CASES)
def test_what_is_typed_becomes(
    aso: Plan, kind: type[Node], field: str, typed: dict[str, str], data: Any
) -> None:
    blank = _blank(kind)
    assert editor_of(blank, field).read(field, typed, None, Around(aso)) == data


REFUSED: list[tuple[type[Node], str, dict[str, str], str]] = [
    (Observation, "year", {"year": "そのうち"}, "年として読めません"),
    (Indicator, "published_month", {"published_month": "13"}, "1から12まで"),
    (Indicator, "published_month", {"published_month": "五月"}, "使えません"),
    (Indicator, "direction", {"direction": "sideways"}, "選べません"),
    (Indicator, "name", {"name": "a\x00b"}, "使えない文字"),
    (Indicator, "name", {"name": "あ" * 1001}, "長すぎます"),
    (Indicator, "definition", {"definition": "あ" * 1_000_000}, "長すぎます"),
    (Indicator, "part_of", {"part_of": "どこにもない指標"}, "計画にありません"),
    (Placement, "target", {"target.quantity": "", "target.year": "R10"}, "「値」を書いてください"),
    (Projection, "points", {f"points.{n}.year": "2030" for n in range(201)}, "行が多すぎます"),
]


@pytest.mark.parametrize(("kind", "field", "typed", "said"), REFUSED)
def test_what_cannot_be_kept_is_refused(
    aso: Plan, kind: type[Node], field: str, typed: dict[str, str], said: str
) -> None:
    blank = _blank(kind)
    with pytest.raises(Problem) as refused:
        editor_of(blank, field).read(field, typed, None, Around(aso))
    assert said in refused.value.ja


def test_divisions_are_typed_by_name_and_a_new_one_is_added() -> None:
    plan = load_plan(EXAMPLES["hitoyoshi"].read_bytes())
    around = Around(plan)
    known = plan.divisions[0]
    blank = _blank(Activity)
    found = editor_of(blank, "divisions").read(
        "divisions", {"divisions": f"{known.name}、新設課，新設課\nもう一つの課"}, None, around
    )
    assert found[0] == known.key
    assert len(found) == 3
    assert [each.record["name"] for each in around.first] == ["新設課", "もう一つの課"]  # type: ignore[union-attr]
    assert len(around.remarks) == 2


def test_two_records_of_one_name_are_told_apart_by_their_keys(aso: Plan) -> None:
    twin = aso.indicators[0].model_copy(update={"key": "twin000000"})
    plan = aso.model_copy(update={"indicators": (*aso.indicators, twin)})
    blank = _blank(Indicator)
    editor = editor_of(blank, "part_of")
    text = editor.shown("part_of", twin.key, Around(plan)).inputs[0].value
    assert editor.read("part_of", {"part_of": text}, None, Around(plan)) == twin.key
    with pytest.raises(Problem) as refused:
        editor.read("part_of", {"part_of": twin.name}, None, Around(plan))
    assert "2つあります" in refused.value.ja
