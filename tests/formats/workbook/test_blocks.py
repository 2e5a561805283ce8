"""Blocks copied from a city's Excel and pasted on screen, and last year's sheets as they are."""

from __future__ import annotations

import pytest

from sosei.formats.workbook import (
    choices,
    code_of,
    empty_workbook,
    guess_columns,
    headings_in,
    meaning_of,
    read_block,
    read_workbook,
)
from sosei.formats.xlsx_cells import read_book
from sosei.plan import walk
from sosei.plan.difference import difference
from sosei.plan.model import Level, LevelKind, Plan
from sosei.plan.record import Municipality
from sosei.values import Problem, When, YearLabel, parse_year_label
from tests.formats.workbook.books import Excel, example

LEVELS = (
    Level(code="goal", name="基本目標", kind=LevelKind.GOAL),
    Level(code="measure", name="施策", kind=LevelKind.MEASURE),
    Level(code="project", name="具体的な事業", kind=LevelKind.PROJECT),
)
EMPTY = Plan(key="sampleplan", municipality=Municipality(code="999997", name="サンプル市"), levels=LEVELS)
LAST_YEAR = [
    ["サンプル市総合戦略　進捗状況（令和６年度）"],
    [
        "基本目標",
        "施策",
        "重要業績評価指標（KPI）",
        "単位",
        "基準値",
        "目標値",
        "実績値",
        "",
        "達成率",
        "所管課",
    ],
    ["", "", "", "", "（R4）", "（R11）", "R5", "R6", "R6", ""],
    ["基本目標１　仕事をつくる", "", "就業者数", "人", "1,200", "1,300", "1,210", "1,190", "92%", "商工課"],
    ["", "施策①　創業の支援", "創業件数", "件", "5", "10", "7", "集計中", "", "商工課、企画課"],
    ["", "", "相談件数", "件", "―", "100件以上", "80", "95", "95%", ""],
    ["", "施策②　商店街の振興", "空き店舗率", "％", "12.5", "10.0", "△0.5", "12.0", "", "商工課"],
    ["基本目標２　人を呼ぶ", "", "転入者数", "人", "300", "350", "310", "", "", "企画課"],
    ["", "施策①　移住の支援", "相談件数", "件", "10", "20", "12", "14", "70%", "企画課"],
]


def test_last_years_table_becomes_a_plan() -> None:
    incoming = read_block(LAST_YEAR, EMPTY)
    assert incoming.errors == ()
    assert incoming.plan is not None
    rows = [(placed.place, p.role.label, p.name) for placed, p in walk.placements(incoming.plan)]
    assert rows == [
        ("基本目標１", "数値目標", "就業者数"),
        ("基本目標１/施策①", "KPI", "創業件数"),
        ("基本目標１/施策①", "KPI", "相談件数"),
        ("基本目標１/施策②", "KPI", "空き店舗率"),
        ("基本目標２", "数値目標", "転入者数"),
        ("基本目標２/施策①", "KPI", "相談件数"),
    ]
    _, founded = [*walk.placements(incoming.plan)][1]
    assert founded.baseline is not None
    assert founded.target is not None
    assert (str(founded.baseline.year), str(founded.target.year)) == ("R4", "R11")
    indicator = walk.by_key(incoming.plan)[founded.indicator]
    assert [(str(o.year), str(o.quantity)) for o in indicator.observations] == [("R5", "7"), ("R6", "集計中")]
    assert [division.name for division in incoming.plan.divisions] == ["商工課", "企画課"]
    assert any("同じ名称の指標" in remark.ja for remark in incoming.remarks)


def test_pasting_the_same_block_again_changes_nothing() -> None:
    first = read_block(LAST_YEAR, EMPTY).plan
    assert first is not None
    again = read_block(LAST_YEAR, first)
    assert again.errors == ()
    assert again.plan is not None
    assert difference(first, again.plan) == ()


def test_the_same_table_is_read_from_a_workbook_that_is_not_ours() -> None:
    excel = Excel(empty_workbook(LEVELS))
    for name in excel.book.sheetnames:
        del excel.book[name]
    sheet = excel.book.create_sheet("Sheet1")
    for row in LAST_YEAR:
        sheet.append(row)
    sheet.merge_cells("G2:H2")
    sheet.merge_cells("A4:A7")
    excel.book.create_sheet("メモ").append(["読まない"])
    plain = Plan(key="sampleplan", municipality=EMPTY.municipality)
    incoming = excel.read(plain)
    assert incoming.errors == ()
    assert incoming.plan is not None
    assert [level.name for level in incoming.plan.levels] == ["基本目標", "施策"]
    assert len([*walk.placements(incoming.plan)]) == 6
    assert any("メモ" in remark.ja for remark in incoming.remarks)


def test_rows_without_headings_take_the_meanings_that_were_chosen() -> None:
    plan = read_block(LAST_YEAR, EMPTY).plan
    assert plan is not None
    measure = next(placed.element for placed in walk.elements(plan) if placed.element.name == "商店街の振興")
    codes = ("name", "baseline", "target", "actual:R6", "")
    rows = [["歩行者数（サンプル）", "1,000人", "1,500人", "1,250人", "捨てる列"]]
    meanings = [meaning_of(code, plan) for code in codes]
    incoming = read_block(rows, plan, at=measure.key, meanings=meanings)
    assert incoming.errors == ()
    assert incoming.plan is not None
    here = [p.name for placed, p in walk.placements(incoming.plan) if placed.element.key == measure.key]
    assert here == ["空き店舗率", "歩行者数（サンプル）"]


def test_what_was_done_is_pasted_into_a_year() -> None:
    plan = read_block(LAST_YEAR, EMPTY).plan
    assert plan is not None
    rows = [
        ["基本目標", "施策", "事業名", "取組内容", "評価・課題", "担当課"],
        ["基本目標１　仕事をつくる", "施策①　創業の支援", "創業塾", "5回開いた。", "=好評である。", "商工課"],
        ["", "", "空き家の活用", "調べた。", "", "企画課"],
    ]
    incoming = read_block(rows, plan, year=parse_year_label("令和6年度"))
    assert incoming.errors == ()
    assert incoming.plan is not None
    projects = [p.element for p in walk.elements(incoming.plan) if p.element.level == "project"]
    assert [(p.name, str(p.activities[0].year), str(p.activities[0].done)) for p in projects] == [
        ("創業塾", "令和6年度", "5回開いた。"),
        ("空き家の活用", "令和6年度", "調べた。"),
    ]
    assert [error.ja for error in read_block(rows, plan).errors] != []  # without a year there is none


def test_the_tree_alone_is_pasted_by_its_columns() -> None:
    rows = [
        ["基本目標", "施策", "担当課"],
        ["1. 仕事をつくる", "(1) 創業の支援", "商工課"],
        ["", "(2) 商店街", "商工課"],
    ]
    incoming = read_block(rows, EMPTY)
    assert incoming.errors == ()
    assert incoming.plan is not None
    found = [
        (p.element.no, p.element.label, p.element.name, len(p.element.divisions))
        for p in walk.elements(incoming.plan)
    ]
    assert found == [(1, "1.", "仕事をつくる", 0), (1, "(1)", "創業の支援", 1), (2, "(2)", "商店街", 1)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["これは", "表では"], ["ありません", ""]], "見出しの行が見つかりません"),
        ([["単位", "資料"], ["件", "調べ"]], "列の意味を選んでください"),
        ([], "見出しの行が見つかりません"),
    ],
)
def test_a_block_that_says_nothing_is_refused(rows: list[list[str]], said: str) -> None:
    with pytest.raises(Problem) as caught:
        read_block(rows, EMPTY)
    assert said in caught.value.ja


def test_columns_are_guessed_for_the_pickers() -> None:
    found = guess_columns(LAST_YEAR, EMPTY)
    assert [code_of(meaning) if meaning else "" for meaning in found] == [
        *("path:goal", "path:measure", "name", "unit", "baseline", "target:R11"),
        *("actual:R5", "actual:R6", "rate:R6", "divisions"),
    ]
    assert headings_in(LAST_YEAR, EMPTY) == 3


def test_every_choice_of_the_picker_comes_back() -> None:
    for language in ("ja", "en"):
        found = choices(EMPTY, [YearLabel(text="R6", when=When(year=2024))], language)
        assert len({code for code, _ in found}) == len(found)
        assert len({words for _, words in found}) == len(found)
        assert all(meaning_of(code, EMPTY) is not None for code, _ in found)
    assert [meaning_of(code, EMPTY) for code in ("path:nothing", "nothing", "name:R6", "actual:いつか")] == [
        None
    ] * 4


def test_the_example_of_the_empty_workbook_is_not_read() -> None:
    excel = Excel(empty_workbook(LEVELS, [When(year=2026)], [When(year=2024)]))
    assert "サンプル" in excel.sheet("記入例").cell(1, 1).value
    excel.sheet("記入例").title = "Sheet9"
    incoming = excel.read(EMPTY)
    assert (incoming.plan, incoming.errors, incoming.remarks) == (EMPTY, (), ())


@pytest.mark.parametrize(
    "levels", [LEVELS, example("aso").levels, (Level(code="x", name="柱", kind=LevelKind.POLICY),)]
)
def test_the_empty_workbook_gives_an_empty_plan_its_levels(levels: tuple[Level, ...]) -> None:
    data = empty_workbook(levels, [When(year=2026)], [When(year=2023), When(year=2024)])
    assert data == empty_workbook(levels, [When(year=2026)], [When(year=2023), When(year=2024)])
    start = Plan(key="sampleplan", municipality=EMPTY.municipality)
    incoming = read_workbook(read_book(data), start)
    assert incoming.errors == ()
    assert incoming.plan is not None
    assert [(level.name, level.kind) for level in incoming.plan.levels] == [
        (level.name, level.kind) for level in levels
    ]
