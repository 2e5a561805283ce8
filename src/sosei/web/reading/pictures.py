"""The pictures of a page as SVG: shares of a whole, small lines, a row over the years."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from html import escape

from sosei.checks.finding import Words
from sosei.reports.charts import Size, bar, bullet, bullet_key, describe, series, sparkline
from sosei.reports.charts.svg import length
from sosei.web.reading.figures import Trend
from sosei.web.reading.rows import PlacementRow
from sosei.web.reading.tally import Tally

_OVER_TIME = Words("実績値の推移", "Actual values over the years")
_OVER_TIME_PER_YEAR = Words("実績値の推移（1年あたり）", "Actual values over the years (per year)")
_NOT_YET = Words("基準値と目標値", "Baseline and target")
_NOT_YET_PER_YEAR = Words("基準値と目標値（1年あたり）", "Baseline and target (per year)")
_NARROW = Size(360, 260)  # never scrolls on a phone
_MOST_BARS = 5
_YEAR = 72  # width of a year where there are more


def share_bar(tally: Tally, language: str) -> str:
    """The parts of a tally as one bar, coloured by the style sheet; empty where there is nothing to share."""
    if not tally.total:
        return ""
    x = Fraction(0)
    rects = []
    for part in tally.parts:
        width = Fraction(100 * part.count, tally.total)
        rects.append(
            f'<rect class="bar-{part.tone}" x="{length(x)}" y="0" width="{length(width)}" height="12"/>'
        )
        x += width
    return (
        '<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(share_words(tally, language))}">{"".join(rects)}</svg>'
    )


def share_words(tally: Tally, language: str) -> str:
    """What a share bar shows, read out: 達成 5件、未達成 6件."""
    if language == "en":
        return ", ".join(f"{part.label.en} {part.count}" for part in tally.parts)
    return "、".join(f"{part.label.ja} {part.count}件" for part in tally.parts)


def small_line(row: PlacementRow, language: str) -> str:
    """The row's years as a line to stand in a table."""
    return sparkline(row.spark.chart(row.name, language), f"s-{row.key}")


def small_bar(trend: Trend, key: str, language: str) -> str:
    """The latest year against baseline and target, to stand in a table."""
    return bullet(trend.comparison(language), f"b-{key}")


def small_bar_key(prefix: str, language: str) -> str:
    """The signs of ``small_bar``."""
    return bullet_key(prefix, language)


def over_time(trend: Trend, prefix: str, language: str) -> str:
    """The row over the years: bars for a few, a line for many; empty where there is no number."""
    if not trend.has_numbers:
        return ""
    chart = trend.chart(language)
    title = (_OVER_TIME_PER_YEAR if trend.per_year else _OVER_TIME).of(language)
    if not trend.has_actuals:
        title = (_NOT_YET_PER_YEAR if trend.per_year else _NOT_YET).of(language)
    chart = replace(chart, title=title, description=describe(chart))
    if len(chart.points) <= _MOST_BARS:
        return bar(chart, prefix, _NARROW)
    return series(chart, prefix, Size(max(480, _YEAR * len(chart.points)), 270))


def is_wide(trend: Trend) -> bool:
    """Whether the picture of ``over_time`` is wider than a phone."""
    return len(trend.chart("ja").points) > _MOST_BARS
