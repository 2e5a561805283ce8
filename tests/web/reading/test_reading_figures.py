from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.plan.model import Plan
from sosei.reports.charts import bar, bullet, describe, sparkline
from sosei.web.reading.figures import Trend, trend_of
from sosei.web.reading.pictures import is_wide, over_time
from sosei.web.reading.reader import Reader
from sosei.web.reading.spark import Spark, SparkValue
from tests.checks.build import kpi, one


def trend(name: str = "創業件数", **values: Any) -> Trend:
    """The figures of the only KPI of a small plan."""
    reader = Reader(one(kpi(name, **values)))
    ((_, placement),) = reader.placements
    indicator = reader.indicators[placement.indicator]
    return trend_of(placement, indicator, indicator.direction)


def drawn(found: Trend) -> dict[str, Any]:
    """Number and text of each value that is drawn."""
    marks = {"baseline": found.baseline, "target": found.target}
    return {
        name: (str(mark.figure.value), mark.figure.text) for name, mark in marks.items() if mark is not None
    } | {f"R{each.year - 2018}": (str(each.actual.value), each.actual.text) for each in found.years}


@pytest.mark.parametrize(
    ("values", "expected", "per_year"),
    [
        (
            {"baseline": "5件", "target": "10件", "actual": "7件"},
            {"baseline": ("5", "5件"), "target": ("10", "10件"), "R6": ("7", "7件")},
            False,
        ),
        (  # the unit printed at the target, whatever scale the others are printed in
            {"baseline": "4億円", "target": "10億円", "actual": "354,831,799円"},
            {"baseline": ("4", "4億円"), "target": ("10", "10億円"), "R6": ("3.548318", "354,831,799円")},
            False,
        ),
        (
            {"baseline": "28件/3か年", "target": "36件／4か年", "actual": "17件／１か年"},
            {"baseline": ("9.3", "9.3件"), "target": ("9", "9件"), "R6": ("17", "17件")},
            True,
        ),
        (  # ／年 is one year: nothing to bring together
            {"baseline": "625件／年", "target": "800件／年", "actual": "630件"},
            {"baseline": ("625", "625件／年"), "target": ("800", "800件／年"), "R6": ("630", "630件")},
            False,
        ),
        (
            {"baseline": "―", "target": "10件", "actual": "-"},
            {"baseline": ("None", "―"), "target": ("10", "10件"), "R6": ("None", "-")},
            False,
        ),
        (
            {"baseline": "△10人", "target": "170人", "actual": "△147人"},
            {"baseline": ("-10", "△10人"), "target": ("170", "170人"), "R6": ("-147", "△147人")},
            False,
        ),
        (
            {"target": "設置", "actual": "準備中"},
            {"target": ("None", "設置"), "R6": ("None", "準備中")},
            False,
        ),
    ],
)
def test_what_is_drawn(values: dict[str, str], expected: dict[str, Any], per_year: bool) -> None:
    found = trend(**values)
    assert drawn(found) == expected
    assert found.per_year == per_year
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("values", "name", "said"),
    [
        ({"target": "100人", "actual": "40件"}, "R6", "R6（40件）は単位が違うため図に含めません。"),
        (
            {"baseline": "20件", "target": "36件／4か年", "actual": "5件"},
            "baseline",
            "基準値（20件）は何年分の値か分からないため図に含めません。",
        ),
    ],
)
def test_what_cannot_be_compared_is_left_out_and_said(values: dict[str, str], name: str, said: str) -> None:
    found = trend(**values)
    assert drawn(found)[name][0] == "None"
    assert [words.ja for words in found.left_out] == [said]


def test_years_before_and_a_gap(plans: dict[str, Plan]) -> None:
    found = trend(target="10件", actual="7件", earlier={"R3": "4件", "R5": "-"})
    assert [(each.year, each.actual.value) for each in found.years] == [
        (2021, Decimal(4)),
        (2023, None),
        (2024, Decimal(7)),
    ]


@pytest.mark.parametrize(
    ("target", "direction", "lower"),
    [
        ("10件", "raise", False),
        ("10件", "lower", True),
        ("10件未満", "lower", None),
        ("10件", "undecided", None),
    ],
)
def test_no_picture_speaks_of_reaching_what_it_cannot_tell(
    target: str, direction: str, lower: bool | None
) -> None:
    assert trend(target=target, actual="10件", direction=direction).lower_is_better is lower


def test_charts_speak_both_languages() -> None:
    found = trend(baseline="28件/3か年", target="36件／4か年", actual="17件／１か年")
    ja, en = (bar(found.chart(language), "c") for language in ("ja", "en"))
    assert "創業件数（1年あたり）" in ja
    assert "基準値 R5" in ja
    assert 'xml:lang="ja"' in ja
    assert "創業件数 (per year)" in en
    assert ">Baseline R5<" not in en
    assert 'xml:lang="en"' in en
    for word in ("実績値", "目標値", "基準値", "単位", "年度"):
        assert word not in en
    assert describe(found.comparison("en")) == (
        "創業件数 (per year): actual 17件, baseline 9.3件, target 9件, which is reached."
    )
    assert "目標値" not in bullet(found.comparison("en"), "c")


numbers = st.none() | st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
)
values = st.builds(SparkValue, st.none() | st.integers(1900, 2100), st.text(max_size=12), numbers, numbers)


@given(
    st.builds(
        Spark,
        values=st.lists(values, max_size=6).map(tuple),
        target=st.none(),
        target_text=st.text(max_size=8),
        unit=st.sampled_from(["", "件", "千円", "%"]),
        lower_is_better=st.sampled_from([None, True, False]),
    )
)
def test_a_small_line_comes_back_from_a_table_as_it_went_in(spark: Spark) -> None:
    again = Spark.from_json(json.loads(json.dumps(spark.as_json())))
    assert again == spark
    assert sparkline(again.chart("指標", "ja"), "s").startswith("<svg")


@pytest.mark.parametrize("name", ["hitoyoshi", "aso"])
def test_every_row_of_the_examples_can_be_drawn(plans: dict[str, Plan], name: str) -> None:
    reader = Reader(plans[name])
    for _, placement in reader.placements:
        indicator = reader.indicators[placement.indicator]
        found = trend_of(placement, indicator, indicator.direction)
        for language in ("ja", "en"):
            assert bar(found.chart(language), "c").startswith("<svg")
            assert bullet(found.comparison(language), "c").startswith("<svg")


def test_a_row_without_actuals_is_called_what_it_shows() -> None:
    found = trend(baseline="5件", target="10件")
    picture = over_time(found, "c", "ja")
    assert ">基準値と目標値<" in picture
    assert "実績値" not in picture
    assert "実績値" not in sparkline(Spark.of(found).chart("創業件数", "ja"), "s")
    assert over_time(trend(target="設置"), "c", "ja") == ""


@pytest.mark.parametrize(("years", "is_line"), [(4, False), (9, True)])
def test_many_years_are_a_line(years: int, is_line: bool) -> None:
    values = {f"H{20 + n}": f"{n}件" for n in range(years - 1)}
    found = trend(target="10件", actual="7件", earlier=values)
    assert is_wide(found) is is_line
    assert ("<circle" in over_time(found, "c", "ja")) is is_line
