"""The table and the sentence that stand beside a picture."""

from __future__ import annotations

import pytest

from sosei.reports.charts import Comparison, Figure, Point, YearChart, data_table, describe
from tests.reports.charts.pictures import COMPARISONS, YEARS, figure, points


def test_the_table_has_every_text_as_printed() -> None:
    chart = YearChart(
        title="転入者数",
        unit="人",
        points=(
            Point(label="R5", actual=figure(1200, "約１，２００人")),
            Point(label="R6", actual=figure(None, "集計中")),
            Point(label="R7"),
            Point(label="R8", actual=Figure(value=figure("1E+3").value)),
        ),
    )
    assert data_table(chart) == (
        ("年度", "実績値（人）"),
        ("R5", "約１，２００人"),
        ("R6", "集計中"),
        ("R7", "－"),
        ("R8", "1,000"),
    )


def test_one_target_stands_in_every_row_and_targets_by_year_in_their_own() -> None:
    assert data_table(YEARS["gaps"])[:3] == (
        ("年度", "実績値（%）", "目標値（%）"),
        ("R2", "72.5", "80%以上"),
        ("R3", "－", "80%以上"),
    )
    chart = YearChart(title="件数", points=(*points([1], [2]), *points([3])), target_name="計画値")
    assert data_table(chart) == (("年度", "実績値", "計画値"), ("R2", "1", "2"), ("R2", "3", "－"))


def test_the_table_of_a_comparison_is_one_row() -> None:
    assert data_table(COMPARISONS["raise"]) == (
        ("基準値（人）", "実績値（人）", "目標値（人）"),
        ("150", "180", "200"),
    )
    assert data_table(COMPARISONS["nothing"])[1] == ("－", "－", "－")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "plain",
            "転入者数（年次推移）：R6の実績値は870人で、目標値900人に達していません。R2の812人から増加しています。",
        ),
        (
            "lower",
            "空き家の数（少ないほど良い指標）：R4の実績値は1,370戸で、目標値1,300戸に達していません。R2の1,512戸から減少しています。",
        ),
        (
            "negative",
            "社会増減数：R5の実績値は0人で、目標値は△50人です。R2の-212人から増加しています（値のない年度：R6）。",
        ),
        ("one", "課税対象所得：R2の実績値は3,032千円です。"),
        (
            "ten",
            "寄附件数：R9の実績値は7,000件で、目標値8,000件に達していません。R2の1,234件から増加しています（値のない年度：R6、R10、R11）。",
        ),
        ("planned", "新しい指標：実績値はまだありません。目標値は120人です。"),
        ("empty", "指標：データなし。"),
    ],
)
def test_a_chart_in_words(name: str, sentence: str) -> None:
    assert describe(YEARS[name]) == sentence


@pytest.mark.parametrize(
    ("actuals", "end"),
    [
        ([5, 3, 5], "R2の5と同じ値です。"),
        ([5, None], "値のない年度はR3です。"),
        ([5, None, None, None, None, 6], "R2の5から増加しています（値のない年度：4か年）。"),
    ],
)
def test_the_trend_compares_the_first_and_the_last_known_year(actuals: list[int | None], end: str) -> None:
    assert describe(YearChart(title="件数", points=points(actuals))).endswith("です。" + end)


@pytest.mark.parametrize(
    ("actual", "target", "lower", "verdict"),
    [
        (10, 10, False, "目標値10に達しています"),
        (11, 10, False, "目標値10に達しています"),
        (9, 10, False, "目標値10に達していません"),
        (10, 10, True, "目標値10に達しています"),
        (11, 10, True, "目標値10に達していません"),
        (9, 10, True, "目標値10に達しています"),
        (9, 10, None, "目標値は10です"),
    ],
)
def test_reaching_a_target_depends_on_the_direction(
    actual: int, target: int, lower: bool | None, verdict: str
) -> None:
    chart = YearChart(title="件数", points=points([actual]), target=figure(target), lower_is_better=lower)
    assert verdict in describe(chart)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "raise",
            "転入者数：実績値は180人、基準値は150人、目標値は200人です。実績値は目標値に達していません。",
        ),
        (
            "lower",
            "空き家（少ないほど良い指標）：実績値は80戸、基準値は150戸、目標値は100戸です。実績値は目標値に達しています。",
        ),
        ("no actual", "件数：基準値は20、目標値は50です（実績値なし）。"),
        ("no target", "件数：実績値は50、基準値は20です（目標値なし）。"),
        ("nothing", "件数：データなし。"),
    ],
)
def test_a_comparison_in_words(name: str, sentence: str) -> None:
    assert describe(COMPARISONS[name]) == sentence


def test_a_unit_is_not_said_twice() -> None:
    assert "実績値は5人です" in describe(Comparison(title="件数", unit="人", actual=figure(5, "5人")))
