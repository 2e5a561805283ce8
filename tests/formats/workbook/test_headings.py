"""Headings as they stand in cities' tables."""

from __future__ import annotations

import pytest

from sosei.formats.workbook.grid import plan_reader, read_grid
from sosei.formats.workbook.headings import LABELS, YEARLY, Vocabulary, heading_of, meaning_label
from sosei.formats.xlsx_cells import Cell
from sosei.plan.model import Level, LevelKind
from sosei.values import YearLabel

LEVELS = (
    Level(code="goal", name="基本目標", kind=LevelKind.GOAL),
    Level(code="measure", name="施策", kind=LevelKind.MEASURE),
    Level(code="project", name="取組の柱", kind=LevelKind.PROJECT),
)
WORDS = Vocabulary(LEVELS)


@pytest.mark.parametrize(
    ("heading", "meaning", "year"),
    [
        ("R6", "actual:2024", "R6"),
        ("Ｒ６", "actual:2024", "Ｒ６"),
        ("令和6年度", "actual:2024", "令和6年度"),
        ("令和六年度", "actual:2024", "令和六年度"),
        ("令和十一年度 目標", "target:2029", "令和十一年度"),
        ("令和元年度", "actual:2019", "令和元年度"),
        ("令和６年（2024年）", "actual:2024", "令和６年（2024年）"),
        ("2024", "actual:2024", "2024"),
        ("2024年度", "actual:2024", "2024年度"),
        ("R6実績", "actual:2024", "R6"),
        ("実績値（R6）", "actual:2024", "R6"),
        ("実績値\n（令和６年度）", "actual:2024", "令和６年度"),
        ("令和６年度　実績値", "actual:2024", "令和６年度"),
        ("2024(R6)実績", "actual:2024", "2024(R6)"),
        ("H31 実績", "actual:2019", "H31"),
        ("目標R7", "target:2025", "R7"),
        ("目標値（R11）", "target:2029", "R11"),
        ("R8目標値", "target:2026", "R8"),
        ("目標値(R 8) (R 10計算)", "target:2026", "(R 8) (R 10計算)"),
        ("達成率（R6）", "rate:2024", "R6"),
        ("達成率（印字） R6", "rate:2024", "R6"),
        ("R6 評価区分", "grade:2024", "R6"),
        ("掲載値 R6", "own:2024", "R6"),
        ("基準値(R4)", "baseline", "R4"),
        ("基準値(R 4) (R 6 計算)", "baseline", "(R 4) (R 6 計算)"),
        ("現状値（令和５年度）", "baseline", "令和５年度"),
        ("現状値", "baseline", ""),
        ("基準値", "baseline", ""),
        ("目 標 値", "target", ""),
        ("KPI", "name", ""),
        ("ＫＰＩ", "name", ""),
        ("重要業績評価指標\n（KPI）", "name", ""),
        ("重要業績評価指数（ＫＰＩ）", "name", ""),
        ("数値目標", "name", ""),
        ("指標名", "name", ""),
        ("単位", "unit", ""),
        ("担当", "divisions", ""),
        ("所管課", "divisions", ""),
        ("評価・課題", "evaluation", ""),
        ("取組内容", "done", ""),
        ("基本目標", "path:goal", ""),
        ("具体的施策", "path:measure", ""),
        ("取組の柱", "path:project", ""),
        ("事業名", "path:project", ""),
        ("削除", "remove", ""),
    ],
)
def test_a_heading_is_read(heading: str, meaning: str, year: str) -> None:
    found = WORDS.read(heading)
    assert found is not None
    assert found.id == meaning
    assert (found.year.text if found.year else "") == year


@pytest.mark.parametrize("heading", ["", "備考", "(R 6 計算)", "12,345", "R6/7", "x" * 500])
def test_what_is_no_heading_of_ours_is_none(heading: str) -> None:
    assert WORDS.read(heading) is None


@pytest.mark.parametrize("what", LABELS)
def test_each_heading_that_is_written_is_read_as_what_it_was(what: str) -> None:
    found = WORDS.read(heading_of(what))
    assert found is not None
    assert found.id == what
    if what in YEARLY:
        yearly = WORDS.read(heading_of(what, YearLabel(text="R6")))
        assert yearly is not None
        assert yearly.id == f"{what}:2024"


def test_the_heading_over_the_names_says_the_role() -> None:
    found = WORDS.read("数値目標")
    assert found is not None
    assert found.role == "numeric_target"


def test_meanings_have_words_in_both_languages() -> None:
    found = WORDS.read("実績値（R6）")
    assert found is not None
    assert meaning_label(found, LEVELS, "ja") == "実績 R6"
    assert meaning_label(found, LEVELS, "en") == "Actual value R6"


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (  # a group over two rows, as in cities' sheets
            [
                ["第2期総合戦略　進捗状況"],
                ["施策", "指標", "単位", "基準値", "目標値", "実績値", "", "", "達成率"],
                ["", "", "", "R1", "R6", "R4", "R5", "R6", "R6"],
                ["1", "創業件数", "件", "5", "10", "7", "8", "9", "90%"],
            ],
            [
                "path:measure",
                "name",
                "unit",
                "baseline",
                "target:2024",
                "actual:2022",
                "actual:2023",
                "actual:2024",
                "rate:2024",
            ],
        ),
        (  # a row with the role in it looks a little like headings
            [["", "指標名", "目標値", "実績 R6"], ["数値目標", "KPI", "5件", "4件"]],
            ["name", "target", "actual:2024"],
        ),
        ([["何か", "別の"], ["表", "です"]], None),
    ],
)
def test_the_row_of_headings_is_found(rows: list[list[str]], columns: list[str] | None) -> None:
    cells = [[Cell(r, c, text) for c, text in enumerate(row, 1)] for r, row in enumerate(rows, 1)]
    grid = read_grid("表", cells, plan_reader(WORDS))
    assert (list(grid.columns) if grid else None) == columns
    if grid:
        assert len(grid.rows) == 1
