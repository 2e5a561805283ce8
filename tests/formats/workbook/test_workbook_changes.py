"""What an officer changes in a workbook, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.formats.workbook import Incoming, plan_workbook
from sosei.plan import walk
from sosei.plan.difference import difference
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Operation
from tests.formats.workbook.books import Excel, example, example_workbook

KPI = "指標・KPI"
GOAL = "基本目標1 阿蘇市に仕事をつくる"
MEASURE = "No.1 安定した農業経営の確立"
FARMERS = "認定農業者数"


def test_a_value_and_a_text_are_changed(aso: Excel) -> None:
    row = aso.row(KPI, "指標名", FARMERS)
    aso.set(KPI, row, "目標値", "500人以上")
    aso.set("基本事項", aso.row("基本事項", "項目", "キャッチフレーズ"), "内容", "=SUM(A1)と書いた文")
    aso.sheet("基本事項").cell(3, aso.column("基本事項", "内容")).data_type = "s"
    assert fields(changes(aso)) == [
        ("catchphrase", "大自然とともにワクワクする未来へ", "=SUM(A1)と書いた文"),
        ("target", "450人", "500人以上"),
    ]


def test_a_blank_cell_empties_the_field_of_a_row_with_a_key(aso: Excel) -> None:
    row = aso.row(KPI, "指標名", FARMERS)
    aso.set(KPI, row, "目標値", None)
    aso.set(KPI, row, "目標年", None)
    assert fields(changes(aso)) == [("target", "450人", None)]


def test_a_year_goes_with_its_value_and_is_not_read_without_it(aso: Excel) -> None:
    aso.set(KPI, aso.row(KPI, "指標名", FARMERS), "目標値", None)
    plan = _plan(read(aso))
    again = aso.read(plan)
    assert again.errors == ()
    assert difference(plan, _plan(again)) == ()
    assert ["目標値がない" in remark.ja for remark in again.remarks] == [True]


@pytest.mark.parametrize(
    ("sheet", "heading", "name", "new", "field"),
    [
        (KPI, "指標名", FARMERS, "認定農業者の数", "name"),
        ("体系", "名称", "畜産業の収益向上", "畜産業の経営改善", "name"),
        ("体系", "番号の表記", "No.2", "施策２", "label"),
        ("注", "用語", "市町村内総生産", "市内総生産", "term"),
    ],
)
def test_a_plain_renaming_is_possible(
    aso: Excel, sheet: str, heading: str, name: str, new: str, field: str
) -> None:
    aso.set(sheet, aso.row(sheet, heading, name), heading, new)
    found = fields(changes(aso))
    assert (field, name, new) in found
    assert {(old, now) for _, old, now in found} == {(name, new)}


def test_an_element_renamed_in_the_tree_keeps_its_rows_elsewhere(aso: Excel) -> None:
    aso.set("体系", aso.row("体系", "名称", "安定した農業経営の確立"), "名称", "農業経営の安定")
    row = aso.add(KPI, 基本目標=GOAL, 施策=MEASURE, 指標名="新しい指標（サンプル）", 目標値="5件")
    added = [each for each in changes(aso) if isinstance(each, Add)]
    assert row > 60
    assert [each.to.collection for each in added] == ["placements", "indicators"]


def test_a_new_row_is_a_new_record_behind_the_one_above_it(aso: Excel) -> None:
    aso.add(KPI, 基本目標=GOAL, 施策=MEASURE, 指標名="新しい指標（サンプル）", 基準値="3件", 目標値="5件／年")
    placement, indicator = changes(aso)
    assert isinstance(placement, Add)
    assert isinstance(indicator, Add)
    assert placement.record["role"] == "kpi"
    assert placement.record["baseline"]["quantity"]["number"] == "3"
    assert indicator.record["unit"] == "件"


def test_a_second_reading_of_new_rows_changes_nothing(aso: Excel) -> None:
    aso.add_column(KPI, "実績 R7")
    aso.add(
        KPI,
        基本目標=GOAL,
        施策="No.99 新しい施策（サンプル）",
        指標名="指標A（サンプル）",
        目標値="5件",
        担当課="新しい課",
        実績_R7="4件",
    )
    aso.add(KPI, 指標名="指標B（サンプル）", 目標値="△10人")
    aso.add("注", 印="※", 種類="用語注", 用語="新しい用語（サンプル）", 説明="説明")
    aso.add(
        "事業・取組",
        基本目標=GOAL,
        施策="No.99 新しい施策（サンプル）",
        年度="R7",
        取組内容="始めた（サンプル）。",
    )
    first = read(aso)
    assert first.errors == ()
    assert first.plan is not None
    assert {placed.element.label for placed, p in walk.placements(first.plan) if "サンプル" in p.name} == {
        "No.99"
    }
    again = aso.read(first.plan, seed=b"another")
    assert again.errors == ()
    assert again.plan is not None
    assert difference(first.plan, again.plan) == ()


def test_a_second_reading_of_a_file_with_new_names_changes_nothing(hitoyoshi: Excel) -> None:
    """Other cells of the file still say the old names of what it renames."""
    for sheet, heading, old, new in (
        ("体系", "名称", "安心して働くことができる仕事をつくる", "働く場をつくる"),
        ("体系", "番号の表記", "施策①", "施策１"),
        ("体系", "番号", "1", "9"),
        ("担当課", "名称", "農業振興課", "農林課"),
        ("基本事項", "内容", "具体的な事業", "取組の柱（具体的な事業）"),
        (KPI, "指標名", "きじうまコイン利用者数", "コインの利用者数"),
    ):
        hitoyoshi.set(sheet, hitoyoshi.row(sheet, heading, old), heading, new)
    hitoyoshi.add(
        KPI,
        基本目標="基本目標１ 安心して働くことができる仕事をつくる",
        施策="施策① 地域企業の生産性革命の実現",
        指標名="新しい指標（サンプル）",
        目標値="5件",
        担当課="農業振興課",
    )
    first = hitoyoshi.read(example("hitoyoshi"))
    assert first.errors == ()
    plan = _plan(first)
    assert {"農林課"} < {division.name for division in plan.divisions}
    again = hitoyoshi.read(plan, seed=b"another")
    assert again.errors == ()
    assert difference(plan, _plan(again)) == ()


def test_a_value_changed_at_one_of_two_places_is_asked_about(hitoyoshi: Excel) -> None:
    name = "ひとよしくま熱中小学校延べ年間受講者数"
    row = hitoyoshi.row(KPI, "指標名", name)
    hitoyoshi.set(KPI, row, "実績 R6", "400人")
    incoming = hitoyoshi.read(example("hitoyoshi"))
    assert incoming.errors
    assert all("どちらかにそろえて" in error.ja for error in incoming.errors)
    plan = _plan(incoming)
    again = hitoyoshi.read(plan)
    assert difference(plan, _plan(again)) == ()
    column = hitoyoshi.column(KPI, "実績 R6")
    for cells in hitoyoshi.sheet(KPI).iter_rows():
        if cells[column - 1].value == "322人":
            cells[column - 1].value = None
    mended = hitoyoshi.read(example("hitoyoshi"))
    assert mended.errors == ()
    assert fields(difference(example("hitoyoshi"), _plan(mended))) == [("quantity", "322人", "400人")]


def test_what_changed_in_the_plan_since_is_not_named_back(aso: Excel) -> None:
    row = aso.row("体系", "名称", "畜産業の収益向上")
    aso.set("体系", row, "名称", "畜産業の経営改善")
    newer = _plan(read(aso))
    old = Excel(example_workbook("aso"))
    assert difference(newer, _plan(old.read(newer))) == ()


def test_two_rows_of_one_name_are_two_indicators_and_said_to_be(aso: Excel) -> None:
    aso.add(KPI, 基本目標=GOAL, 施策=MEASURE, 指標名="同じ名称（サンプル）", 目標値="5件")
    aso.add(KPI, 基本目標=GOAL, 施策="No.2 畜産業の収益向上", 指標名="同じ名称（サンプル）", 目標値="6件")
    incoming = read(aso)
    assert incoming.plan is not None
    assert len([i for i in incoming.plan.indicators if i.name == "同じ名称（サンプル）"]) == 2
    assert ["別の指標としました" in remark.ja for remark in incoming.remarks] == [True]


def test_a_row_marked_as_printed_before_shares_the_indicator(aso: Excel) -> None:
    aso.add(KPI, 基本目標=GOAL, 施策="No.2 畜産業の収益向上", 指標名=FARMERS, 再掲="再掲", 目標値="460人")
    (added,) = changes(aso)
    assert isinstance(added, Add)
    assert added.record["indicator"] == next(i.key for i in example("aso").indicators if i.name == FARMERS)


def test_deletion_has_to_be_said(hitoyoshi: Excel) -> None:
    row = hitoyoshi.row(KPI, "指標名", "女性認定農業者数")
    hitoyoshi.set(KPI, row, "削除", "削除")
    incoming = hitoyoshi.read(example("hitoyoshi"))
    assert incoming.errors == ()
    assert incoming.plan is not None
    assert len([*walk.placements(incoming.plan)]) == len([*walk.placements(example("hitoyoshi"))]) - 1
    again = hitoyoshi.read(incoming.plan)
    assert again.errors == ()
    assert again.plan is not None
    assert difference(incoming.plan, again.plan) == ()


def test_what_others_name_is_not_deleted_here(aso: Excel) -> None:
    aso.set(KPI, aso.row(KPI, "指標名", "阿蘇市の市町村内総生産"), "削除", "削除")  # a note hangs on it
    (error,) = read(aso).errors
    assert error.heading == "削除"
    assert "画面で削除" in error.ja


def test_a_row_moves_with_its_place(aso: Excel) -> None:
    row = aso.row(KPI, "指標名", FARMERS)
    aso.set(KPI, row, "施策", "No.2 畜産業の収益向上")
    incoming = read(aso)
    assert incoming.plan is not None
    assert [placed.element.label for placed, p in walk.placements(incoming.plan) if p.name == FARMERS] == [
        "No.2"
    ]


def test_cells_merged_for_the_eye_move_nothing(aso: Excel) -> None:
    sheet = aso.sheet(KPI)
    for heading in ("施策", "基本目標"):
        column = aso.column(KPI, heading)
        for row in range(sheet.max_row, 2, -1):
            if sheet.cell(row, column).value == sheet.cell(row - 1, column).value:
                sheet.cell(row, column).value = None
        assert changes(aso) == ()


def test_an_indicator_at_two_places_must_not_say_two_things(hitoyoshi: Excel) -> None:
    name = "ひとよしくま熱中小学校延べ年間受講者数"
    first, second = (hitoyoshi.row(KPI, "指標名", name, nth) for nth in (1, 2))
    hitoyoshi.set(KPI, first, "資料", "企画課調べ")
    hitoyoshi.set(KPI, second, "資料", "総務課調べ")
    (error,) = hitoyoshi.read(example("hitoyoshi")).errors
    assert "どちらかにそろえてください" in error.ja
    hitoyoshi.set(KPI, second, "資料", "企画課調べ")
    assert hitoyoshi.read(example("hitoyoshi")).errors == ()


def test_values_of_a_new_year_are_added_by_their_heading(hitoyoshi: Excel) -> None:
    for heading in ("令和７年度\n実績値", "達成率（Ｒ７）", "掲載値 R7"):
        hitoyoshi.add_column(KPI, heading)
    sheet = hitoyoshi.sheet(KPI)
    row = hitoyoshi.row(KPI, "指標名", "課税対象所得")
    for column, text in zip(
        range(sheet.max_column - 2, sheet.max_column + 1), ("3,100千円", "110%", "3,100千円／年"), strict=True
    ):
        sheet.cell(row, column).value = text
    incoming = hitoyoshi.read(example("hitoyoshi"))
    assert incoming.errors == ()
    assert incoming.plan is not None
    indicator = next(i for i in incoming.plan.indicators if i.name == "課税対象所得")
    assert [str(o.year) for o in indicator.observations] == ["Ｒ6", "令和７年度"]
    placement = next(p for _, p in walk.placements(incoming.plan) if p.name == "課税対象所得")
    entry = walk.printed(placement, 2025)
    assert entry is not None
    assert (str(entry.rate), str(entry.actual), entry.difference) == ("110%", "3,100千円／年", "suffix")


@pytest.mark.parametrize(
    ("sheet", "find", "heading", "value", "said"),
    [
        (KPI, ("指標名", FARMERS), "望ましい向き", "上へ", "使えるのは"),
        (KPI, ("指標名", FARMERS), "指標名", None, "空欄にはできません"),
        (KPI, ("指標名", FARMERS), "削除", "消す", "削除"),
        (KPI, ("指標名", FARMERS), "目標値", "#REF!", "エラー値"),
        (KPI, ("指標名", FARMERS), "目標値", "=A1*2", "計算結果"),
        ("体系", ("番号の表記", "No.2"), "番号", "二番", "整数"),
        ("体系", ("番号の表記", "No.2"), "階層", "部門", "階層は"),
        ("体系", ("番号の表記", "No.2"), "上の階層", "どこか", "ありません"),
        ("前期の計画", ("期", "1"), "計画期間", "ずっと", "期間として"),
        ("基本事項", ("項目", "計画期間の初めの年度"), "内容", "そのうち", "年度として"),
        ("検証した数値目標", ("判定", "未達成"), "達成", "たぶん", "はい"),
    ],
)
def test_a_faulty_cell_is_named_and_the_rest_is_read(
    aso: Excel, sheet: str, find: tuple[str, str], heading: str, value: Any, said: str
) -> None:
    row = aso.row(sheet, *find)
    aso.set(sheet, row, heading, value)
    other = aso.row("注", "用語", "市町村内総生産")
    aso.set("注", other, "説明", "新しい説明")
    incoming = read(aso)
    (error,) = incoming.errors
    assert said in error.ja
    assert (error.sheet, error.address) == (
        sheet,
        aso.sheet(sheet).cell(row, aso.column(sheet, heading)).coordinate,
    )
    assert error.sentence("ja").startswith(f"シート「{sheet}」の {error.address}（{heading}）")
    assert heading in error.sentence("en")
    assert incoming.plan is not None
    assert [new for _, _, new in fields(difference(example("aso"), incoming.plan))] == ["新しい説明"]


def test_a_level_is_renamed_and_added(aso: Excel) -> None:
    aso.set("基本事項", aso.row("基本事項", "項目", "階層3"), "内容", "推進項目（施策）")
    aso.set("基本事項", aso.row("基本事項", "項目", "階層4"), "内容", "事務事業（具体的な事業）")
    incoming = read(aso)
    assert incoming.errors == ()
    assert incoming.plan is not None
    assert [(level.name, level.kind.value) for level in incoming.plan.levels][2:] == [
        ("推進項目", "measure"),
        ("事務事業", "project"),
    ]


def test_a_long_text_is_cut_in_the_cell_and_whole_in_the_plan() -> None:
    base = example("aso")
    long = "長い文。" * 10_000
    chapter = base.chapters[0].model_copy(
        update={"paragraphs": (base.notes[0].text.model_copy(update={"text": long}),)}
    )
    plan = base.model_copy(update={"chapters": (chapter, *base.chapters[1:])})
    excel = Excel(plan_workbook(plan))
    assert difference(plan, _plan(excel.read(plan))) == ()
    row = excel.row("章・本文", "題名", chapter.title)
    excel.set("章・本文", row, "本文", "はじめに。" + excel.get("章・本文", row, "本文"))
    (error,) = excel.read(plan).errors
    assert "初めだけ" in error.ja


@pytest.fixture
def aso() -> Excel:
    return Excel(example_workbook("aso"))


@pytest.fixture
def hitoyoshi() -> Excel:
    return Excel(example_workbook("hitoyoshi"))


def read(excel: Excel) -> Incoming:
    return excel.read(example("aso"))


def changes(excel: Excel) -> tuple[Operation, ...]:
    incoming = read(excel)
    assert incoming.errors == ()
    return difference(example("aso"), _plan(incoming))


def _plan(incoming: Incoming) -> Plan:
    assert incoming.plan is not None
    return incoming.plan


def fields(operations: tuple[Operation, ...]) -> list[tuple[str, Any, Any]]:
    """Fields that were set, with the texts before and after."""
    return [
        (each.field, _text(each.old), _text(each.new))
        for each in operations
        if each.op == "set" and each.field != "not_printed"
    ]


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        return _text(value.get("text", value.get("quantity")))
    return value
