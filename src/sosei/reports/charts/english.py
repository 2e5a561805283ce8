"""What a chart shows, in English sentences, for everybody who does not see the picture."""

from __future__ import annotations

from decimal import Decimal

from sosei.reports.charts.model import Comparison, Figure, Point, YearChart, printed

_MOST_NAMED = 3


def describe(chart: YearChart | Comparison) -> str:
    """One or two sentences: what is shown, the latest value, the target, the trend."""
    return _of_comparison(chart) if isinstance(chart, Comparison) else _of_years(chart)


def _of_years(chart: YearChart) -> str:
    known = [point for point in chart.points if point.actual.value is not None]
    subject = _subject(chart)
    target = chart.target or next((p.target for p in reversed(chart.points) if p.target), None)
    if not known:
        if target is None or target.value is None:
            return f"{subject}: no data."
        return f"{subject}: no values yet; the target is {_with_unit(target, chart.unit)}."
    latest = known[-1]
    target = chart.target or latest.target
    value = f"{latest.label} is {_with_unit(latest.actual, chart.unit)}"
    if target is None or target.value is None:
        first = f"{subject}: {value}."
    else:
        first = (
            f"{subject}: {value}; the target is {_with_unit(target, chart.unit)}"
            f"{_verdict(latest.actual, target, chart.lower_is_better)}."
        )
    return first + _trend(known, chart)


def _of_comparison(chart: Comparison) -> str:
    named = (("actual", chart.actual), ("baseline", chart.baseline), ("target", chart.target))
    known = [f"{name} {_with_unit(figure, chart.unit)}" for name, figure in named if figure.value is not None]
    absent = [name for name, figure in named if figure.value is None]
    if not known:
        return f"{_subject(chart)}: no data."
    lack = f" (no {', no '.join(absent)})" if absent else ""
    verdict = ""
    if chart.actual.value is not None and chart.target.value is not None:
        verdict = _verdict(chart.actual, chart.target, chart.lower_is_better)
    return f"{_subject(chart)}: {', '.join(known)}{lack}{verdict}."


def _trend(known: list[Point], chart: YearChart) -> str:
    gaps = [point.label for point in chart.points if point.actual.value is None]
    lack = ""
    if gaps:
        named = ", ".join(gaps) if len(gaps) <= _MOST_NAMED else f"{len(gaps)} years"
        lack = f" (without a value: {named})"
    if len(known) < 2:
        return f" Without a value: {named}." if gaps else ""
    before, after = known[0].actual.value or Decimal(0), known[-1].actual.value or Decimal(0)
    start = f"{known[0].label} ({_with_unit(known[0].actual, chart.unit)})"
    if before == after:
        return f" It is the same as {start}{lack}."
    return f" It has {'risen' if after > before else 'fallen'} since {start}{lack}."


def _verdict(actual: Figure, target: Figure, lower_is_better: bool | None) -> str:
    if lower_is_better is None or actual.value is None or target.value is None:
        return ""
    reached = actual.value <= target.value if lower_is_better else actual.value >= target.value
    return ", which is reached" if reached else ", which is not reached"


def _subject(chart: YearChart | Comparison) -> str:
    return f"{chart.title} (less is better)" if chart.lower_is_better else chart.title


def _with_unit(figure: Figure, unit: str) -> str:
    text = printed(figure)
    return text if unit in text else text + unit
