"""Whatever the numbers and texts: a picture comes out, whole and inside its frame."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sosei.reports.charts import (
    Comparison,
    Figure,
    Point,
    Size,
    YearChart,
    bar,
    bullet,
    data_table,
    describe,
    series,
    sparkline,
)
from sosei.values import HouseStyle
from tests.reports.charts.pictures import SVG, drawn, read

LIMIT = Decimal("1E+18")
numbers = st.one_of(
    st.integers(min_value=-1000, max_value=1000).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False).filter(lambda number: abs(number) < LIMIT),
)
words = st.one_of(st.sampled_from(["", "R6", "令和６年度（速報）", "1,234人", "－"]), st.text(max_size=40))
figures = st.builds(Figure, value=st.none() | numbers, text=words)
charts = st.builds(
    YearChart,
    title=words,
    unit=words,
    description=words,
    points=st.lists(st.builds(Point, label=words, actual=figures), max_size=14).map(tuple),
    target=st.none() | figures,
    actual_name=words,
    target_name=words,
    lower_is_better=st.sampled_from([None, True, False]),
    from_zero=st.booleans(),
    style=st.sampled_from([HouseStyle(), HouseStyle(minus="△", wide_single_digit=True, decimals=1)]),
) | st.builds(
    YearChart,
    title=words,
    points=st.lists(
        st.builds(Point, label=words, actual=figures, target=st.none() | figures), max_size=14
    ).map(tuple),
    from_zero=st.booleans(),
)
comparisons = st.builds(
    Comparison,
    title=words,
    unit=words,
    baseline=figures,
    actual=figures,
    target=figures,
    lower_is_better=st.sampled_from([None, True, False]),
)
ATTRIBUTE = re.compile(r' (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|points|transform)="([^"]*)"')


def check(picture: str) -> None:
    root = read(picture)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for values in ATTRIBUTE.findall(picture):
        assert re.fullmatch(r"(?:translate\(|rotate\()?(?:-?[0-9]+(?:\.[0-9]{1,2})?[ ,)]?)+", values), values
    for _, each in drawn(picture):
        assert each.left >= -0.02
        assert each.right <= width + 0.02
        assert each.top >= -0.02
        assert each.bottom <= height + 0.02
    assert all(
        float(each.get("width", "0")) >= 0 and float(each.get("height", "0")) >= 0
        for each in root.iter(SVG + "rect")
    )


@given(charts, st.sampled_from([Size(480, 270), Size(300, 160), Size(700, 200)]))
def test_charts_with_axes(chart: YearChart, size: Size) -> None:
    check(bar(chart, "k", size))
    check(series(chart, "k", size))


@given(charts, st.sampled_from([Size(100, 24), Size(40, 12)]))
def test_sparklines(chart: YearChart, size: Size) -> None:
    check(sparkline(chart, "k", size))


@given(comparisons, st.sampled_from([Size(120, 18), Size(60, 18), Size(240, 40)]))
def test_bullets(chart: Comparison, size: Size) -> None:
    check(bullet(chart, "k", size))


@given(charts)
def test_table_and_sentence(chart: YearChart) -> None:
    header, *rows = data_table(chart)
    assert len(rows) == len(chart.points)
    assert {len(row) for row in rows} <= {len(header)}
    for row, point in zip(rows, chart.points, strict=True):
        assert row[0] == point.label
        assert row[1] == (point.actual.text or row[1] or "－")
    assert "\n" not in describe(chart)
    assert describe(chart).endswith("。")
