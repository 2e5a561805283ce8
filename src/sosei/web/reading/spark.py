"""A small line of a row's years as plain values, so that it can be stored with a list's row and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from sosei.reports.charts import Figure, Point, YearChart
from sosei.web.reading.figures import Trend
from sosei.web.reading.words import ACTUAL, BASELINE, TARGET, short_year


@dataclass(frozen=True, slots=True)
class SparkValue:
    """One point: its year (None for the baseline), the text to read out, the number, a target of that year."""

    year: int | None
    text: str
    number: Decimal | None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """The points of a row's small line, the one target for all of them, and which way is better."""

    values: tuple[SparkValue, ...] = ()
    target: Decimal | None = None
    target_text: str = ""
    unit: str = ""
    lower_is_better: bool | None = None

    @classmethod
    def of(cls, trend: Trend) -> Self:
        """The line of a trend, its baseline among the years where it is a number."""
        values = [
            SparkValue(
                mark.year, mark.actual.text, mark.actual.value, mark.target.value if mark.target else None
            )
            for mark in trend.years
        ]
        if trend.baseline is not None and trend.baseline.figure.value is not None:
            figure = trend.baseline.figure
            values.insert(trend.place_of_baseline, SparkValue(None, figure.text, figure.value))
        has_own = any(value.target is not None for value in values)
        target = trend.target.figure if trend.target is not None and not has_own else Figure()
        return cls(
            values=tuple(values),
            target=target.value,
            target_text=target.text,
            unit=trend.unit,
            lower_is_better=trend.lower_is_better,
        )

    def chart(self, title: str, language: str) -> YearChart:
        """The chart that ``sparkline`` draws."""
        points = tuple(
            Point(
                label=(BASELINE if value.year is None else short_year(value.year)).of(language),
                actual=Figure(value=value.number, text=value.text),
                target=None if value.target is None else Figure(value=value.target),
            )
            for value in self.values
        )
        is_baseline = all(value.year is None for value in self.values if value.number is not None)
        target = None if self.target is None else Figure(value=self.target, text=self.target_text)
        return YearChart(
            title=title,
            points=points,
            unit=self.unit,
            target=target,
            actual_name=(BASELINE if is_baseline else ACTUAL).of(language),
            target_name=TARGET.of(language),
            lower_is_better=self.lower_is_better,
            language=language,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data for a column of a table; numbers as text, so that their digits are kept."""
        return {
            "values": [
                [value.year, value.text, _text(value.number), _text(value.target)] for value in self.values
            ],
            "target": _text(self.target),
            "target_text": self.target_text,
            "unit": self.unit,
            "lower_is_better": self.lower_is_better,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The line that ``as_json`` wrote."""
        return cls(
            values=tuple(
                SparkValue(year, text, _number(number), _number(target))
                for year, text, number, target in data["values"]
            ),
            target=_number(data["target"]),
            target_text=data["target_text"],
            unit=data["unit"],
            lower_is_better=data["lower_is_better"],
        )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
