"""阿蘇市 rebuilt from the empty workbook by pasting its tables, values as printed."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.formats.workbook import Incoming, empty_workbook
from sosei.formats.workbook.explanation import not_held
from sosei.formats.workbook.forms import year_data
from sosei.formats.workbook.views import held_fields
from sosei.plan import walk
from sosei.plan.base import Node
from sosei.plan.difference import difference
from sosei.plan.labels import value_label
from sosei.plan.model import Element, Plan
from sosei.plan.record import Chapter
from sosei.plan.walk import collections_of
from sosei.plan.writing import data_of
from tests.formats.workbook.books import Excel, example

ASO = example("aso")
START = Plan(key="newplan000", municipality=ASO.municipality)


def test_the_pasted_plan_is_the_example_but_for_what_the_workbook_says_it_cannot_hold(
    pasted: Incoming,
) -> None:
    assert pasted.errors == ()
    assert pasted.plan is not None
    assert held(pasted.plan) == held(ASO)


def test_reading_the_same_file_into_the_plan_it_made_changes_nothing(
    workbook: Excel, pasted: Incoming
) -> None:
    assert pasted.plan is not None
    again = workbook.read(pasted.plan, seed=b"another day")
    assert again.errors == ()
    assert again.plan is not None
    assert difference(pasted.plan, again.plan) == ()


def test_the_same_seed_gives_the_same_keys(workbook: Excel, pasted: Incoming) -> None:
    assert workbook.read(START).plan == pasted.plan


def test_the_list_of_what_cannot_be_held_is_in_words() -> None:
    assert all(not text.isascii() for text in not_held())
    assert "出典（すべて）" in [*not_held()]


@pytest.fixture(scope="module")
def pasted(workbook: Excel) -> Incoming:
    return workbook.read(START)


@pytest.fixture(scope="module")
def workbook() -> Excel:
    excel = Excel(empty_workbook(ASO.levels))
    paste_all(excel)
    return excel


def paste_all(excel: Excel) -> None:
    """Every table of the printed plan, below the headings of an empty workbook."""
    _basics(excel)
    _tree(excel)
    _indicators(excel)
    _records(excel)


def _basics(excel: Excel) -> None:
    assert ASO.period is not None
    assert ASO.adopted is not None
    assert ASO.contact is not None
    values = {
        "題名": ASO.title,
        "キャッチフレーズ": ASO.catchphrase,
        "第何期": "３",
        "計画期間": ASO.period.text,
        "計画期間の年数の表記": ASO.period.years_text,
        "策定": ASO.adopted.text,
        "奥付": ASO.colophon,
        "問い合わせ先の課": ASO.contact.division,
        "問い合わせ先の郵便番号": ASO.contact.postal,
        "問い合わせ先の住所": ASO.contact.address,
        "問い合わせ先の電話など": ASO.contact.lines,
    }
    for label, value in values.items():
        excel.set("基本事項", excel.row("基本事項", "項目", label), "内容", value)


def _tree(excel: Excel) -> None:
    levels = {level.code: level.name for level in ASO.levels}
    rows = []
    for placed in walk.elements(ASO):
        element = placed.element
        above = " ＞ ".join(f"{each.label} {each.name}" for each in placed.path[:-1])
        text = str(element.description or "")
        rows.append([levels[element.level], element.label, element.name, above, text])
    excel.fill("体系", ["階層", "番号の表記", "名称", "上の階層", "説明"], rows)


def _indicators(excel: Excel) -> None:
    """The tables one below the other: goal and measure in the first row of each, as in merged cells."""
    excel.add_column("指標・KPI", "集計期間")
    indicators = walk.by_key(ASO)
    seen: set[str] = set()
    rows = []
    above: list[str] = ["", ""]
    for placed, placement in walk.placements(ASO):
        indicator = indicators[placement.indicator]
        goal = _called(placed.path[0])
        measure = _called(placed.path[-1]) if len(placed.path) > 1 else ""
        assert placement.baseline is not None
        assert placement.target is not None
        rows.append(
            [
                goal if goal != above[0] else "",
                measure if [goal, measure] != above else "",
                "" if len(placed.path) > 1 else "数値目標",
                placement.name,
                indicator.name if indicator.key in seen else "",
                _own_unit(indicator.unit, str(placement.target.quantity.printed_unit)),
                "" if indicator.direction == "undecided" else value_label(indicator.direction, "ja"),
                "" if indicator.counting == "unknown" else value_label(indicator.counting, "ja"),
                indicator.source,
                indicator.counting_period,
                placement.baseline.quantity.text,
                placement.baseline.year.text if placement.baseline.year else "",
                placement.target.quantity.text,
                placement.target.year.text if placement.target.year else "",
            ]
        )
        above = [goal, measure]
        seen.add(indicator.key)
    headings = [
        "基本目標",
        "施策",
        "役割",
        "指標名",
        "再掲",
        "単位",
        "望ましい向き",
        "数え方",
        "資料",
        "集計期間",
    ]
    excel.fill("指標・KPI", [*headings, "基準値", "基準年", "目標値", "目標年"], rows)


def _own_unit(unit: str, printed: str) -> str:
    """The unit where the values do not say it."""
    return "" if unit == printed else unit


def _called(element: Element) -> str:
    return f"{element.label} {element.name}"


def _records(excel: Excel) -> None:
    excel.fill(
        "関係計画",
        ["名称", "国・県・市など", "関係", "位置付け", "版", "日付"],
        [
            [r.name, r.level, value_label(r.relation, "ja"), r.role, r.edition, str(r.date or "")]
            for r in ASO.references
        ],
    )
    excel.fill(
        "前期の計画",
        ["期", "題名", "計画期間", "策定"],
        [[str(p.no), p.title, p.period.text, str(p.adopted or "")] for p in ASO.predecessors],
    )
    excel.fill(
        "人口",
        ["内容", "文章", "値", "時点", "資料", "種類"],
        [[f.what, f.text, str(f.quantity or ""), f.as_of.text, f.source, f.kind] for f in ASO.population],
    )
    excel.fill(
        "注",
        ["印", "種類", "用語", "説明"],
        [[n.mark, value_label(n.kind, "ja"), n.term, n.text.text] for n in ASO.notes],
    )
    excel.fill("章・本文", ["番号", "題名", "上の章", "本文"], [*_chapters(ASO.chapters, "")])
    excel.fill(
        "前期の検証",
        ["検証した計画", "要因の文章", "要因"],
        [[v.plan, str(v.causes_text or ""), "\n\n".join(map(str, v.causes))] for v in ASO.verifications],
    )
    goals = [goal for verification in ASO.verifications for goal in verification.goals]
    excel.fill("検証した目標", ["番号の表記", "名称"], [[goal.label, goal.name] for goal in goals])
    excel.fill(
        "検証した数値目標",
        ["検証した目標", "数値目標", "判定", "達成"],
        [
            [
                f"{goal.label} {goal.name}",
                s.text,
                s.verdict,
                {True: "はい", False: "いいえ", None: ""}[s.reached],
            ]
            for goal in goals
            for s in goal.statements
        ],
    )


def _chapters(chapters: tuple[Chapter, ...], above: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for chapter in chapters:
        text = "\n\n".join(prose.text for prose in chapter.paragraphs)
        rows.append([chapter.no, chapter.title, above, text])
        rows += _chapters(chapter.sections, f"{chapter.no} {chapter.title}")
    return rows


def held(plan: Plan) -> Any:
    """The plan less its keys, and less what the sheet 説明 lists."""
    fields: dict[type[Node], set[str]] = {}
    for kind, path in held_fields():
        fields.setdefault(kind, set()).add(path)
    indicators = {indicator.key: _kept(indicator, fields) for indicator in plan.indicators}
    kept = _kept(plan, fields)
    kept.pop("indicators")
    return _with_indicators(kept, indicators)


def _kept(node: Node, fields: dict[type[Node], set[str]]) -> dict[str, Any]:
    data = data_of(node)
    kept: dict[str, Any] = {}
    for path in fields.get(type(node), ()):
        outer, _, inner = path.partition(".")
        value = data.get(outer)
        if inner and isinstance(value, dict):
            kept.setdefault(outer, {})[inner] = _read(value.get(inner))
        elif not inner:
            kept[outer] = _read(value)
    for collection in collections_of(type(node)):
        if type(node).model_fields and collections_of(type(node))[collection] in fields:
            kept[collection] = [_kept(child, fields) for child in getattr(node, collection)]
    return kept


def _read(value: Any) -> Any:
    """A value without what somebody decided about its reading: a year is what its text says."""
    if isinstance(value, dict) and {"text"} <= value.keys() <= {"text", "when", "computed", "by_note"}:
        return year_data(value["text"]) if value["text"] else None
    if isinstance(value, dict):
        return {field: _read(inner) for field, inner in value.items() if field != "summary"}
    return [_read(each) for each in value] if isinstance(value, list) else value


def _with_indicators(value: Any, indicators: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {
            field: indicators[inner] if field == "indicator" else _with_indicators(inner, indicators)
            for field, inner in value.items()
        }
    return [_with_indicators(each, indicators) for each in value] if isinstance(value, list) else value
