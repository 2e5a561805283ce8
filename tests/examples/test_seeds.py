"""The examples against the data files they were made from, cell by cell (only where those are at hand)."""

from __future__ import annotations

import re
from typing import Any

from sosei.formats.table import table_rows
from sosei.plan import walk
from sosei.plan.model import Element, Plan


def squeezed(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def text_of(cell: dict[str, Any] | None) -> str:
    return squeezed(cell["text"]) if cell else ""


def expected_hitoyoshi(data: dict[str, Any]) -> list[tuple[str, ...]]:
    found = []
    for goal in data["goals"]:
        rows = [(goal["label_text"], "数値目標", row) for row in goal["numeric_targets"]]
        for measure in goal["measures"]:
            place = f"{goal['label_text']}/{measure['label_text']}"
            rows += [(place, "KPI", row) for row in measure["kpis"]]
            rows += [(place, "事業KPI", row) for project in measure["projects"] for row in project["kpis"]]
        for place, role, row in rows:
            cells = (
                row.get("baseline"),
                row.get("target"),
                row["actuals"]["R6"],
                row.get("achievement_rate"),
            )
            found.append((place, role, squeezed(row["name"]), *(text_of(cell) for cell in cells)))
    return found


def expected_aso(data: dict[str, Any]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for goal in data["goals"]:
        place = f"基本目標{goal['no']}"
        rows = [(place, "数値目標", row) for row in goal["numeric_targets"]]
        for measure in goal["measures"]:
            rows += [(f"{place}/No.{measure['no']}", "KPI", row) for row in measure["kpis"]]
        found += [
            (place, role, squeezed(row["name"]), text_of(row["baseline"]), text_of(row["target"]))
            for place, role, row in rows
        ]
    return found


def test_the_table_agrees_with_the_hitoyoshi_data(plans: dict[str, Plan], seeds: dict[str, Any]) -> None:
    columns = ("place", "role", "name", "baseline", "target", "actual:R6", "printed:R6")
    rows = table_rows(plans["hitoyoshi"])
    assert [tuple(squeezed(row[c]) for c in columns) for row in rows] == expected_hitoyoshi(
        seeds["hitoyoshi"]
    )


def test_the_table_agrees_with_the_aso_data(plans: dict[str, Plan], seeds: dict[str, Any]) -> None:
    columns = ("place", "role", "name", "baseline", "target")
    rows = table_rows(plans["aso"])
    assert [tuple(squeezed(row[c]) for c in columns) for row in rows] == expected_aso(seeds["aso"])
    assert [row["unit"] for row in rows] == [
        row["unit"] or ""
        for goal in seeds["aso"]["goals"]
        for row in goal["numeric_targets"] + [k for m in goal["measures"] for k in m["kpis"]]
    ]


def children(element: Element, level: str) -> list[Element]:
    return [child for child in element.children if child.level == level]


def test_the_hitoyoshi_tree(plans: dict[str, Plan], seeds: dict[str, Any]) -> None:
    plan, data = plans["hitoyoshi"], seeds["hitoyoshi"]
    names = {division.key: division.name for division in plan.divisions}
    for element, goal in zip(plan.elements, data["goals"], strict=True):
        assert (element.label, element.name, element.page) == (
            goal["label_text"],
            goal["name"],
            goal["first_page"],
        )
        for measure, given in zip(element.children, goal["measures"], strict=True):
            assert (measure.label, measure.name, measure.page) == (
                given["label_text"],
                given["name"],
                given["page"],
            )
            for project, row in zip(measure.children, given["projects"], strict=True):
                assert [names[key] for key in project.divisions] == row["departments"]
                assert project.as_read.get("divisions", row["departments"][0]) == row["department_text"]
                assert project.page == row["page"]
                (activity,) = project.activities
                for field, source in (("done", "activity"), ("evaluation", "evaluation")):
                    _in_own_words(str(getattr(activity, field)), row[source]["text"])
    headings = [[c.heading for c in table.columns] for p in walk.elements(plan) for table in p.element.tables]
    for given in data["document"]["columns"].values():
        assert given in headings
    assert plan.reports[0].title == data["document"]["title"]
    assert plan.reports[0].label == data["document"]["document_label"]
    assert plan.reports[0].pages == data["document"]["page_count"]


def test_same_indicator_same_key(plans: dict[str, Plan], seeds: dict[str, Any]) -> None:
    given = [
        row
        for goal in seeds["hitoyoshi"]["goals"]
        for row in goal["numeric_targets"]
        + [k for m in goal["measures"] for k in m["kpis"] + [k for p in m["projects"] for k in p["kpis"]]]
    ]
    keys = {
        row["id"]: p.indicator for row, (_, p) in zip(given, walk.placements(plans["hitoyoshi"]), strict=True)
    }
    for row in given:
        if row.get("same_indicator_as"):
            assert keys[row["id"]] == keys[row["same_indicator_as"]]
    distinct = {row["id"] for row in given if not row.get("same_indicator_as")}
    assert len({keys[i] for i in distinct}) == len(distinct) == len(plans["hitoyoshi"].indicators)


def test_the_aso_tree(plans: dict[str, Plan], seeds: dict[str, Any]) -> None:
    plan, data = plans["aso"], seeds["aso"]
    notes = {(a.at, n.term): n for n in plan.notes for a in n.anchors}
    for element, goal in zip(plan.elements, data["goals"], strict=True):
        assert (element.no, element.name) == (goal["no"], goal["name"])
        _in_own_words(str(element.description), goal["narrative"])
        directions = children(element, "direction")
        assert [d.name for d in directions] == [b["text"] for b in goal["basic_directions"]]
        for placement, row in zip(element.placements, goal["numeric_targets"], strict=True):
            for note in row.get("footnotes", ()):
                assert notes[placement.key, note["term"]].mark == note["mark_as_printed"]
        for measure, given in zip(children(element, "measure"), goal["measures"], strict=True):
            assert (measure.no, measure.name) == (given["no"], given["name"])
            assert measure.as_read.get("name", measure.name) == given["name_text"]
            if given["content_complete"]:
                _in_own_words(str(measure.description), given["content"])
            keys = {measure.key, *(p.key for p in measure.placements)}
            for note in given["footnotes"]:
                found = next(n for key in keys if (n := notes.get((key, note["term"] or ""))))
                assert found.mark == note["mark_as_printed"]
                _in_own_words(str(found.text), note["explanation"])
            for placement, row in zip(measure.placements, given["kpis"], strict=True):
                _check_values(placement, row)


def _check_values(placement: Any, row: dict[str, Any]) -> None:
    assert placement.as_read.get("name", placement.name) == row["name_text"]
    for field in ("baseline", "target"):
        value, cell = getattr(placement, field), row[field]
        unit = value.quantity.printed_unit + (value.quantity.per.text if value.quantity.per else "")
        assert unit == (cell["unit"] or "") or cell.get("reading_uncertain")
        assert value.year.when.year == cell["year_western"]
        assert value.year.effective.year == cell.get("year_effective_western", cell["year_western"])
        if not cell.get("reading_uncertain"):
            assert float(value.quantity.number) == cell["number"]
        else:
            assert placement.doubt(field).alternatives == (cell["probable_reading"],)


def test_the_aso_record(plans: dict[str, Plan], seeds: dict[str, Any]) -> None:
    plan, data = plans["aso"], seeds["aso"]
    assert plan.title == data["document"]["title"]
    assert plan.catchphrase == data["document"]["catchphrase"]
    assert plan.period
    assert (plan.period.first.year, plan.period.last.year) == (2026, 2029)
    assert [r.name for r in plan.references] == [r["name"] for r in data["related_documents"]]
    facts = [(f.what, f.text, squeezed(f.as_of.text), f.source) for f in plan.population]
    assert facts == [
        (f["what"], f["text"], squeezed(f["as_of"]), f["source"] or "") for f in data["population_facts"]
    ]
    numbers = [f.quantity and f.quantity.number for f in plan.population]
    assert numbers == [f["number"] for f in data["population_facts"]]
    (verification,) = plan.verifications
    for goal, given in zip(verification.goals, data["verification_2nd"]["goals"], strict=True):
        assert (goal.name, goal.as_read["name"]) == (given["name"], given["name_text"])
        assert goal.kpi
        assert (goal.kpi.text, goal.kpi.reached) == (given["kpi"]["text"], given["kpi"]["achieved"])
        assert [(s.text, s.verdict) for s in goal.statements] == [
            (t["statement"], t["result"]) for t in given["numeric_targets"]
        ]
    assert [(line.page, line.title, line.as_read) for line in plan.contents] == [
        (t["page"], t["title"], t["text"]) for t in data["table_of_contents"]
    ]
    paragraphs = [p for c in plan.chapters for s in c.sections for p in s.paragraphs]
    given_paragraphs = [p for c in data["sections"] for s in c["sections"] for p in s["paragraphs"]]
    for text, original in zip(paragraphs, given_paragraphs, strict=True):
        if len(original) > 60:
            _in_own_words(str(text), original)


NUMBER = re.compile(r"[0-9０-９①-⑳][0-9０-９,，.．]*")
MOVEMENT = re.compile(
    "増加|減少|微増|微減|至らなかった|上回|下回|横ばい|未達成|拡大|縮小|低下|上昇|悪化|改善|向上|維持"
)


def _in_own_words(summary: str, original: str) -> None:
    """Every figure and word of movement kept, no other figure, same length class, no sentence copied."""
    ours, theirs = squeezed(summary), squeezed(original)
    assert set(NUMBER.findall(ours)) == set(NUMBER.findall(theirs)), (ours, theirs)
    assert {*MOVEMENT.findall(theirs)} <= {*MOVEMENT.findall(ours)}, (ours, theirs)
    assert 0.6 <= len(ours) / len(theirs) <= 1.3 or abs(len(ours) - len(theirs)) <= 12
    if len(theirs) > 24:
        assert ours != theirs
