"""The figures of a chart as a table and as a sentence, for everybody who does not see the picture."""

from __future__ import annotations

from decimal import Decimal

from sosei.reports.charts import english
from sosei.reports.charts.lettering import clean
from sosei.reports.charts.model import Comparison, Figure, Point, YearChart, printed

Rows = tuple[tuple[str, ...], ...]

_MOST_NAMED = 3


def data_table(chart: YearChart | Comparison) -> Rows:
    """The table that stands beside a chart: the header, then a row for each year (one for a bullet).

    Texts are those given, unchanged; 「－」 where there is neither text nor value.  A target for all
    years stands in every row, as its line runs through every year.
    """
    if isinstance(chart, Comparison):
        header = (
            ("Baseline", "Actual", "Target") if chart.language == "en" else ("基準値", "実績値", "目標値")
        )
        figures = (chart.baseline, chart.actual, chart.target)
        return (
            tuple(_heading(name, chart) for name in header),
            tuple(printed(figure) for figure in figures),
        )
    names = ["Year" if chart.language == "en" else "年度", _heading(chart.actual_name, chart)]
    if chart.target is None and not chart.has_yearly_targets:
        return (tuple(names), *((point.label, printed(point.actual)) for point in chart.points))
    return (
        (*names, _heading(chart.target_name, chart)),
        *(
            (point.label, printed(point.actual), printed(chart.target or point.target or Figure()))
            for point in chart.points
        ),
    )


def describe(chart: YearChart | Comparison) -> str:
    """One or two sentences in the chart's language: what is shown, the latest value, the target, the trend."""
    if chart.language == "en":
        return clean(english.describe(chart))
    sentences = _describe_comparison(chart) if isinstance(chart, Comparison) else _describe_years(chart)
    return clean(sentences)


def _describe_years(chart: YearChart) -> str:
    known = [point for point in chart.points if point.actual.value is not None]
    subject = _subject(chart.title, chart.lower_is_better)
    latest_target = next((point.target for point in reversed(chart.points) if point.target), None)
    if not known:
        target = chart.target or latest_target
        if target is None or target.value is None:
            return f"{subject}：データなし。"
        return f"{subject}：{chart.actual_name}はまだありません。{chart.target_name}は{_with_unit(target, chart.unit)}です。"
    latest = known[-1]
    value = f"{latest.label}の{chart.actual_name}は{_with_unit(latest.actual, chart.unit)}"
    target = chart.target or latest.target
    if target is None or target.value is None:
        first = f"{subject}：{value}です。"
    else:
        goal = _with_unit(target, chart.unit)
        first = f"{subject}：{value}で、{chart.target_name}{_verdict(latest.actual, target, goal, chart)}。"
    return first + _trend(known, chart)


def _describe_comparison(chart: Comparison) -> str:
    named = (("実績値", chart.actual), ("基準値", chart.baseline), ("目標値", chart.target))
    known = [
        f"{name}は{_with_unit(figure, chart.unit)}" for name, figure in named if figure.value is not None
    ]
    absent = [name for name, figure in named if figure.value is None]
    subject = _subject(chart.title, chart.lower_is_better)
    if not known:
        return f"{subject}：データなし。"
    lack = f"（{'・'.join(absent)}なし）" if absent else ""
    sentence = f"{subject}：{'、'.join(known)}です{lack}。"
    if (
        chart.actual.value is not None
        and chart.target.value is not None
        and chart.lower_is_better is not None
    ):
        sentence += f"実績値は目標値{_verdict(chart.actual, chart.target, '', chart)}。"
    return sentence


def _trend(known: list[Point], chart: YearChart) -> str:
    gaps = [point.label for point in chart.points if point.actual.value is None]
    lack = ""
    if gaps:
        named = "、".join(gaps) if len(gaps) <= _MOST_NAMED else f"{len(gaps)}か年"
        lack = f"（値のない年度：{named}）"
    if len(known) < 2:
        return f"値のない年度は{named}です。" if gaps else ""
    start = f"{known[0].label}の{_with_unit(known[0].actual, chart.unit)}"
    before, after = _value(known[0].actual), _value(known[-1].actual)
    if before == after:
        return f"{start}と同じ値です{lack}。"
    return f"{start}から{'増加' if after > before else '減少'}しています{lack}。"


def _verdict(actual: Figure, target: Figure, goal: str, chart: YearChart | Comparison) -> str:
    """How the sentence on a target ends; ``goal`` is the target's text, empty where it stands before."""
    match chart.lower_is_better:
        case None:
            return f"は{goal}です"
        case True:
            reached = _value(actual) <= _value(target)
        case False:
            reached = _value(actual) >= _value(target)
    return f"{goal}に達しています" if reached else f"{goal}に達していません"


def _value(figure: Figure) -> Decimal:
    return figure.value if figure.value is not None else Decimal(0)


def _subject(title: str, lower_is_better: bool | None) -> str:
    return f"{title}（少ないほど良い指標）" if lower_is_better else title


def _with_unit(figure: Figure, unit: str) -> str:
    text = printed(figure)
    return text if unit in text else text + unit


def no_data(language: str) -> str:
    """What stands where there is nothing to draw."""
    return "No data" if language == "en" else "データなし"


def _heading(name: str, chart: YearChart | Comparison) -> str:
    if not chart.unit:
        return name
    return f"{name} ({chart.unit})" if chart.language == "en" else f"{name}（{chart.unit}）"
