"""The examples hold what the documents print; these tests need nothing but the examples."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from sosei.plan import walk
from sosei.plan.indicator import Difference, Direction, Indicator, Observation, Placement, Role
from sosei.plan.model import LevelKind, Plan
from sosei.plan.record import NoteKind
from sosei.plan.writing import dump_plan
from sosei.values import Column, Kind, Quantity, Reason, YearKind, parse_quantity
from tests.conftest import EXAMPLES, ROOT


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def placement(plan: Plan, name: str, role: Role = Role.KPI, place: str = "") -> Placement:
    found = [
        p
        for placed, p in walk.placements(plan)
        if p.name == name and p.role is role and (not place or placed.place == place)
    ]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def indicator_of(plan: Plan, placement: Placement) -> Indicator:
    return walk.by_key(plan)[placement.indicator]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_file_is_canonical(plans: dict[str, Plan], name: str) -> None:
    assert dump_plan(plans[name]) == (ROOT / "examples" / name / "plan.json").read_bytes()


def counts(plan: Plan) -> dict[str, int]:
    kinds = {level.code: level.kind for level in plan.levels}
    found = Counter(kinds[placed.element.level].value for placed in walk.elements(plan))
    found.update(p.role.value for _, p in walk.placements(plan))
    found["rates"] = sum(1 for _, p in walk.placements(plan) for entry in p.printed if entry.rate)
    found["term_notes"] = sum(1 for note in plan.notes if note.kind is NoteKind.TERM)
    found["value_notes"] = sum(1 for note in plan.notes if note.kind is NoteKind.VALUE)
    return dict(found)


def test_hitoyoshi_counts(plans: dict[str, Plan]) -> None:
    assert counts(plans["hitoyoshi"]) == {
        "goal": 4,
        "measure": 17,
        "project": 76,
        "numeric_target": 4,
        "kpi": 27,
        "project_kpi": 81,
        "rates": 31,
        "term_notes": 0,
        "value_notes": 0,
    }


def test_aso_counts(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    assert counts(plan) == {
        "goal": 4,
        "direction": 27,
        "measure": 68,
        "numeric_target": 7,
        "kpi": 60,
        "rates": 0,
        "term_notes": 28,
        "value_notes": 1,
    }
    measures = [p.element for p in walk.elements(plan) if p.element.level == LevelKind.MEASURE.value]
    assert sum(1 for measure in measures if not measure.placements) == 33
    assert len(plan.population) == 18
    assert len(plan.references) == 19
    assert [(p.period.first.year, p.period.last.year) for p in plan.predecessors] == [
        (2015, 2019),
        (2020, 2025),
    ]


# --- ten awkward cases, as they stand in the documents -----------------------------------------


def test_joint_readings_of_page_15(plans: dict[str, Plan]) -> None:
    """Four loose values, four cells, three other joint readings."""
    plan = plans["hitoyoshi"]
    kpi = placement(plan, "公民連携事業")
    group = next(g for g in plan.joint_readings if g.alternatives_for(f"{kpi.key}.baseline"))
    assert (group.confirmed, len(group.options)) == (False, 4)
    assert all(len(option.cells) == 4 for option in group.options)
    assert all(Counter(c.text for c in o.cells) == {"0件": 2, "2件": 1, "5件": 1} for o in group.options[1:])
    nodes = walk.index(plan)
    for cell in group.options[group.chosen].cells:
        key, _, field = cell.place.partition(".")
        held = getattr(nodes[key], field)
        assert str(getattr(held, "quantity", held)) == cell.text
    assert sorted(group.alternatives_for(f"{kpi.key}.baseline")) == ["0件", "5件"]
    assert str(kpi.baseline and kpi.baseline.quantity) == "2件"


def test_the_span_of_jobs_created(plans: dict[str, Plan]) -> None:
    kpi = placement(plans["hitoyoshi"], "雇用創出数")
    assert kpi.name_suffix == "（令和２年～令和４年度の累計）"
    assert kpi.baseline
    assert kpi.target
    span = kpi.baseline.span
    assert span
    assert (span.first.year, span.first.kind) == (2020, YearKind.CALENDAR)
    assert (span.last.year, span.last.kind, span.cumulative) == (2022, YearKind.FISCAL, True)
    assert str(kpi.target.quantity) == "250人増加/4年"
    assert kpi.target.quantity.per
    assert kpi.target.quantity.per.count == 4
    assert kpi.target.span is None


@pytest.mark.parametrize(
    ("name", "place", "text", "parts", "main"),
    [
        ("参加人数", "基本目標2/施策②", "5校 175名", ["5校", "175名"], 1),
        (
            "市内農家民宿の宿泊者数",
            "基本目標2/施策③",
            "イベント１回 宿泊者数 １7０人",
            ["イベント1回", "宿泊者数170人"],
            1,
        ),
        (
            "参加人数",
            "基本目標2/施策②",
            "49人（夏版27人 春版22人）",
            ["49人", "夏版27人", "春版22人"],
            0,
        ),
    ],
)
def test_composites(
    plans: dict[str, Plan], name: str, place: str, text: str, parts: list[str], main: int
) -> None:
    plan = plans["hitoyoshi"]
    quantities = [
        o.quantity
        for placed, p in walk.placements(plan)
        for o in indicator_of(plan, p).observations
        if (p.name, placed.place) == (name, place)
    ]
    quantity = next(q for q in quantities if str(q) == text)
    assert quantity.kind is Kind.COMPOSITE
    assert [f"{q.label}{q.number}{q.unit}" for q in quantity.parts] == parts
    assert quantity.main == main


def test_one_indicator_two_values(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    kpi = placement(plan, "きじうまコイン利用者数")
    same = [(placed.place, p) for placed, p in walk.placements(plan) if p.indicator == kpi.indicator]
    assert [(place, p.role.value) for place, p in same] == [
        ("基本目標１/施策①", "kpi"),
        ("基本目標１/施策①", "project_kpi"),
        ("基本目標１/施策⑤", "project_kpi"),
    ]
    assert [str(o.quantity) for o in indicator_of(plan, kpi).observations] == ["15,473人"]
    own = [[(str(e.actual), e.difference) for e in p.printed if e.actual] for _, p in same]
    assert own == [[], [], [("15,579人", Difference.CONFLICT)]]


def test_other_precision_is_no_conflict(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    gift = placement(plan, "古都人吉応援団年間寄付金額", Role.PROJECT_KPI)
    (entry,) = gift.printed
    assert (str(entry.actual), entry.difference) == ("354,831,799円", Difference.PRECISION)
    assert str(indicator_of(plan, gift).observations[0].quantity) == "3.5億円"


def test_two_scales_and_two_years_in_one_heading(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    target = placement(plan, "阿蘇市の市町村内総生産", Role.NUMERIC_TARGET)
    baseline = target.baseline
    assert baseline
    assert baseline.year
    assert str(baseline.quantity) == "1,241億5,500万円"
    assert baseline.quantity.base == (Decimal(124155000000), "円")
    assert baseline.year.when
    assert baseline.year.computed
    assert (baseline.year.when.year, baseline.year.computed.year) == (2022, 2024)
    table = next(t for placed in walk.elements(plan) for t in placed.element.tables if t.key == target.table)
    assert "基準値(R 4) (R 6 計算)" in [column.heading for column in table.columns]


def test_a_note_corrects_the_year(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    kpi = placement(plan, "農業産出額(推計額、畜産を除く)")
    assert kpi.baseline
    assert kpi.baseline.year
    assert (str(kpi.baseline.quantity), kpi.baseline.quantity.mark) == ("65.5億円(※)", "(※)")
    assert kpi.baseline.year.when
    assert kpi.baseline.year.effective
    assert (kpi.baseline.year.when.year, kpi.baseline.year.effective.year) == (2024, 2023)
    (note,) = [n for n in plan.notes if n.kind is NoteKind.VALUE]
    assert [(anchor.at, anchor.field) for anchor in note.anchors] == [(kpi.key, "baseline")]


def test_damaged_readings(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    doubtful = placement(plan, "学習会や研修会、広報誌の掲載等の人権啓発活動数")
    assert doubtful.baseline
    assert (str(doubtful.baseline.quantity), doubtful.baseline.quantity.number) == ("370", Decimal(370))
    doubt = doubtful.doubt("baseline")
    assert doubt
    assert doubt.alternatives == ("37回",)
    broken = placement(plan, "研修会への参加や指導研修")
    assert broken.as_read == {"name": "研修会への参加や指導研 | 开修"}
    assert broken.baseline
    assert broken.baseline.quantity.kind is Kind.DAMAGED
    assert (str(broken.baseline.quantity), broken.baseline.quantity.number) == ("68□", None)


def test_a_compound_verdict(plans: dict[str, Plan]) -> None:
    (verification,) = plans["aso"].verifications
    statement = verification.goals[1].statements[0]
    assert statement.text == "阿蘇市への転入者数50人増加、転出者数100人減少させる。"
    assert [(c.subject, str(c.quantity)) for c in statement.conditions] == [
        ("転入者数", "50人増加"),
        ("転出者数", "100人減少"),
    ]
    assert (statement.verdict, statement.reached) == ("未達成", False)
    counts_ = [(g.kpi.reached, g.kpi.total, str(g.kpi.rate)) for g in verification.goals if g.kpi]
    assert counts_ == [(4, 11, "36.3%"), (5, 15, "33.3%"), (3, 11, "27.2%"), (4, 15, "26.6%")]
    assert verification.counts_in_prose[0].count == 26


def test_population_facts_without_a_number(plans: dict[str, Plan]) -> None:
    facts = plans["aso"].population
    without = [fact for fact in facts if fact.quantity is None]
    assert len(without) == 4
    decline = next(fact for fact in without if fact.what == "5年ごとの減少幅(将来推計)")
    assert decline.text == "令和7年(2025年)以降、5年ごとに千数百人ずつ減少"
    assert decline.as_of.when
    assert decline.as_of.when.year == 2025


# --- other facts the next floors build on ------------------------------------------------------


def test_dashes_keep_their_reasons(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    without = placement(plan, "経営支援システム利用者数")
    assert without.baseline
    assert (str(without.baseline.quantity), without.baseline.quantity.reason) == ("―", Reason.NO_BASELINE)
    survey = placement(plan, "人吉市に住み続けたいと思う人の割合", Role.NUMERIC_TARGET)
    observation = indicator_of(plan, survey).observations[0]
    assert (str(observation.quantity), observation.quantity.reason) == ("-", Reason.NOT_MEASURED)
    assert str(survey.printed[0].rate) == "-"
    museum = placement(plan, "人吉城歴史館年間来館者数", Role.PROJECT_KPI)
    closed = indicator_of(plan, museum).observations[0].quantity
    assert (str(closed), closed.reason) == ("", Reason.NOT_DUE)
    zero = placement(plan, "企業誘致件数", Role.PROJECT_KPI)
    assert indicator_of(plan, zero).observations[0].quantity.number == 0


def test_derived_and_partial_indicators(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    indicators = walk.by_key(plan)
    balance = indicator_of(
        plan, placement(plan, "阿蘇市人口の社会動態(転入者数-転出者数)", Role.NUMERIC_TARGET)
    )
    assert balance.formula
    assert [(indicators[t.indicator].name, t.factor) for t in balance.formula.terms] == [
        ("阿蘇市への転入者数", 1),
        ("阿蘇市からの転出者数", -1),
    ]
    foreign = indicator_of(plan, placement(plan, "年間宿泊者数のうち外国人宿泊者数"))
    assert foreign.part_of
    assert indicators[foreign.part_of].name == "年間宿泊者数"
    visitors = [
        p.role for _, p in walk.placements(plan) if indicator_of(plan, p).name == "阿蘇市の年間観光客入込数"
    ]
    assert visitors == [Role.NUMERIC_TARGET, Role.KPI]
    assert indicator_of(plan, placement(plan, "耕作放棄地の発生・防止")).direction is Direction.UNDECIDED


def test_notes_stand_behind_their_words(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    nodes = walk.index(plan)
    for note in plan.notes:
        for anchor in note.anchors:
            if anchor.offset is not None:
                assert str(getattr(nodes[anchor.at], anchor.field))[: anchor.offset].endswith(note.term)


@pytest.mark.parametrize("name", EXAMPLES)
def test_prose_is_marked_as_summary(plans: dict[str, Plan], name: str) -> None:
    plan = plans[name]
    texts = [
        text
        for node in walk.nodes(plan)
        for field in type(node).model_fields
        for text in _texts(getattr(node, field))
    ]
    assert texts
    assert all(text.summary for text in texts)
    assert all("要約" in source.statement for source in plan.sources)


def _texts(value: Any) -> list[Any]:
    from sosei.plan.base import Prose

    return [item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, Prose)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_summaries_keep_their_facts(plans: dict[str, Plan], name: str) -> None:
    nodes = walk.index(plans[name])
    listed = json.loads((ROOT / "examples" / name / "kept_facts.json").read_text(encoding="utf-8"))["texts"]
    covered = set()
    for entry in listed:
        field = getattr(nodes[entry["key"]], entry["field"])
        text = squeezed("".join(str(t) for t in field) if isinstance(field, tuple) else str(field))
        missing = [fact for fact in entry["facts"] if squeezed(fact) not in text]
        assert not missing, (entry["key"], missing)
        covered.add((entry["key"], entry["field"]))
    prose = {
        (node.key, field)
        for node in nodes.values()
        for field in type(node).model_fields
        if _texts(getattr(node, field)) and field != "causes"
    }
    assert covered == prose


def quantities(plan: Plan) -> list[tuple[str, Quantity, Column | None]]:
    found: list[tuple[str, Quantity, Column | None]] = []
    for node in walk.nodes(plan):
        if isinstance(node, Observation):
            found.append((node.key, node.quantity, Column.ACTUAL))
        elif isinstance(node, Placement):
            for value, column in ((node.baseline, Column.BASELINE), (node.target, Column.TARGET)):
                if value:
                    found.append((node.key, value.quantity, column))
            for entry in node.printed:
                for quantity, column in ((entry.actual, Column.ACTUAL), (entry.rate, Column.RATE)):
                    if quantity:
                        found.append((entry.key, quantity, column))
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_stored_readings_are_what_the_reader_reads(plans: dict[str, Plan], name: str) -> None:
    """Number and text agree; only the choice of a main part and a note may be added by a person."""
    for key, quantity, column in quantities(plans[name]):
        read = parse_quantity(quantity.text, column=column)
        for field in (
            "text",
            "kind",
            "number",
            "scale",
            "unit",
            "qualifiers",
            "per",
            "parts",
            "reason",
            "mark",
        ):
            assert getattr(read, field) == getattr(quantity, field), (key, quantity.text, field)


def test_nothing_is_stored_folded(plans: dict[str, Plan]) -> None:
    """Characters that NFKC would change are still in the file."""
    for name, characters in (("hitoyoshi", "１Ｒ㎥（）①／％"), ("aso", "△□※")):
        text = (ROOT / "examples" / name / "plan.json").read_text(encoding="utf-8")
        kept = [c for c in characters if c in text]
        assert len(kept) >= len(characters) - 1, set(characters) - set(kept)
        assert unicodedata.normalize("NFKC", text) != text
