from __future__ import annotations

from decimal import Decimal

import pytest

from sosei.reports.charts import (
    Comparison,
    Figure,
    Point,
    YearChart,
    bar,
    bullet,
    bullet_key,
    data_table,
    describe,
    series,
    sparkline,
)


def figure(text: str) -> Figure:
    """A figure whose text begins with its number."""
    return Figure(value=Decimal(text.rstrip("%")), text=text)


def chart(*texts: str, target: str = "", lower: bool | None = False) -> YearChart:
    return YearChart(
        title="Births",
        points=tuple(
            Point(label=f"FY{2022 + n}", actual=figure(text) if text else Figure(text="-"))
            for n, text in enumerate(texts)
        ),
        unit="%",
        target=figure(target) if target else None,
        actual_name="Actual",
        target_name="Target",
        lower_is_better=lower,
        language="en",
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (chart(), "Births: no data."),
        (chart("", target="5%"), "Births: no values yet; the target is 5%."),
        (chart("4%"), "Births: FY2022 is 4%."),
        (
            chart("4%", "5%", target="5%"),
            "Births: FY2023 is 5%; the target is 5%, which is reached. It has risen since FY2022 (4%).",
        ),
        (
            chart("4%", "", "3%", target="5%"),
            "Births: FY2024 is 3%; the target is 5%, which is not reached. "
            "It has fallen since FY2022 (4%) (without a value: FY2023).",
        ),
        (
            chart("4%", "4%", lower=True),
            "Births (less is better): FY2023 is 4%. It is the same as FY2022 (4%).",
        ),
        (
            Comparison(title="Births", unit="%", actual=figure("3%"), target=figure("5%"), language="en"),
            "Births: actual 3%, target 5% (no baseline).",
        ),
        (Comparison(title="Births", language="en"), "Births: no data."),
    ],
)
def test_a_chart_is_told_in_english(given: YearChart | Comparison, said: str) -> None:
    assert describe(given) == said


def test_nothing_in_an_english_picture_is_japanese() -> None:
    years = chart("4%", "", "3%", target="5%")
    both = Comparison(
        title="Births",
        unit="%",
        baseline=figure("4%"),
        actual=figure("99%"),
        target=figure("5%"),
        language="en",
    )
    pictures = [bar(years, "a"), series(years, "b"), sparkline(years, "c"), bullet(both, "d")]
    pictures += [bar(chart(), "e"), sparkline(chart(), "f"), bullet_key("g", "en")]
    for picture in pictures:
        assert 'xml:lang="en"' in picture
        assert [each for each in picture if "ぁ" <= each <= "鿿"] == []
    assert data_table(years)[0] == ("Year", "Actual (%)", "Target (%)")
    assert data_table(both)[0] == ("Baseline (%)", "Actual (%)", "Target (%)")
