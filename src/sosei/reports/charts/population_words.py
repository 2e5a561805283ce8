"""The figures of a population's chart as a table and in sentences, for everybody who does not see the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sosei.reports.charts.lettering import clean
from sosei.reports.charts.population_frame import exact, signed, whole
from sosei.reports.charts.population_model import (
    Contribution,
    Flows,
    GroupBars,
    Headed,
    PopulationChart,
    Pyramids,
    YearLines,
)
from sosei.reports.charts.words import Rows

NOTHING = "－"


def group_names(language: str) -> tuple[str, str, str]:
    """年齢3区分 by name."""
    if language == "en":
        return "0-14", "15-64", "65 and over"
    return "0～14歳", "15～64歳", "65歳以上"


def percent(value: float, total: float) -> str:
    """The share of ``value`` with one decimal, halves up; 「－」 of nothing."""
    whole_of = exact(total)
    if whole_of <= 0:
        return NOTHING
    share = exact(value) / whole_of * 100
    return f"{share.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}"


def population_table(chart: PopulationChart) -> Rows:
    """The table that stands beside the chart: the header, then a row for each year, age or step."""
    return _of(chart)[0](chart)


def describe(chart: PopulationChart) -> str:
    """What is shown and how it begins and ends, in the chart's language."""
    return clean(_of(chart)[1](chart))


def _of(chart: PopulationChart) -> tuple[Callable[[Any], Rows], Callable[[Any], str]]:
    return _WORDS[type(chart)]


def _or_nothing(value: float | None) -> str:
    return NOTHING if value is None else whole(value)


def _year(chart: Headed) -> str:
    return chart.say("年", "Year")


def _line_table(chart: YearLines) -> Rows:
    names = [curve.name for curve in chart.curves]
    sides = (chart.say("下限", "low"), chart.say("上限", "high"))
    names += [
        chart.say(f"{band.name}の{side}", f"{band.name}, {side}") for band in chart.bands for side in sides
    ]
    columns: list[Sequence[float | None]] = [curve.values for curve in chart.curves]
    columns += [side for band in chart.bands for side in (band.low, band.high)]
    rows = (
        (str(year), *(_or_nothing(column[at]) for column in columns)) for at, year in enumerate(chart.years)
    )
    return (_year(chart), *names), *rows


def _line_words(chart: YearLines) -> str:
    sentences = []
    for curve in chart.curves:
        known = [(year, v) for year, v in zip(chart.years, curve.values, strict=True) if v is not None]
        if not known:
            continue
        (first, begun), (last, ended) = known[0], known[-1]
        ja = f"{curve.name}は{first}年に{whole(begun)}{chart.unit}"
        ja += f"、{last}年に{whole(ended)}{chart.unit}。" if last != first else "。"
        en = f"{curve.name}: {whole(begun)} in {first}" + (
            f", {whole(ended)} in {last}." if last != first else "."
        )
        sentences.append(chart.say(ja, en))
    for band in chart.bands:
        known_years = [year for year, low in zip(chart.years, band.low, strict=True) if low is not None]
        if known_years:
            last = known_years[-1]
            at = chart.years.index(last)
            low, high = _or_nothing(band.low[at]), _or_nothing(band.high[at])
            sentences.append(
                chart.say(
                    f"{band.name}は{last}年に{low}から{high}{chart.unit}。",
                    f"{band.name}: {low} to {high} in {last}.",
                )
            )
    sentences += [chart.say(f"{mark.text}。", f"{mark.text}.") for mark in chart.marks]
    return _joined(chart, sentences)


def _group_table(chart: GroupBars) -> Rows:
    names = group_names(chart.language)
    shares = (chart.say(f"{name}の割合（％）", f"{name} (%)") for name in names)
    rows = []
    for year, groups in zip(chart.years, chart.groups, strict=True):
        total = sum(groups)
        figures = (whole(total), *map(whole, groups), *(percent(value, total) for value in groups))
        rows.append((str(year), *figures))
    return (_year(chart), chart.say("計", "Sum"), *names, *shares), *rows


def _group_words(chart: GroupBars) -> str:
    sentences = []
    ends = dict.fromkeys((0, len(chart.years) - 1))
    for at in ends:
        groups, total = chart.groups[at], sum(chart.groups[at])
        shares = zip(group_names(chart.language), groups, strict=True)
        named = [f"{name} {percent(value, total)}{chart.say('％', ' %')}" for name, value in shares]
        sentences.append(
            chart.say(
                f"{chart.years[at]}年は計{whole(total)}{chart.unit}、{'、'.join(named)}。",
                f"{chart.years[at]}: {whole(total)} in all, {', '.join(named)}.",
            )
        )
    return _joined(chart, sentences)


def _pyramid_table(chart: Pyramids) -> Rows:
    heads = [
        chart.say(f"{each.name} {sex_ja}", f"{each.name}, {sex_en}")
        for each in chart.pyramids
        for sex_ja, sex_en in (("男", "male"), ("女", "female"))
    ]
    columns = [side for each in chart.pyramids for side in (each.male, each.female)]
    rows = ((age, *(whole(column[at]) for column in columns)) for at, age in enumerate(chart.ages))
    return (chart.say("年齢", "Age"), *heads), *rows


def _pyramid_words(chart: Pyramids) -> str:
    sentences = []
    for each in chart.pyramids:
        both = [male + female for male, female in zip(each.male, each.female, strict=True)]
        largest = chart.ages[both.index(max(both))] if both else NOTHING
        total = whole(sum(both))
        sentences.append(
            chart.say(
                f"{each.name}は男女計{total}{chart.unit}で、最も多いのは{largest}。",
                f"{each.name}: {total} of both sexes, most of them {largest}.",
            )
        )
    return _joined(chart, sentences)


def _flow_table(chart: Flows) -> Rows:
    gross = any(flow.into is not None or flow.out is not None for flow in chart.flows)
    heads = [chart.say("期間", "Step"), chart.say("出生", "Births"), chart.say("死亡", "Deaths")]
    heads += [chart.say("転入", "In"), chart.say("転出", "Out")] if gross else []
    heads += [chart.say("自然増減", "Natural change"), chart.say("社会増減", "Social change")]
    rows = []
    for flow in chart.flows:
        moved = (_or_nothing(flow.into), _or_nothing(flow.out)) if gross else ()
        rows.append(
            (
                flow.label,
                whole(flow.births),
                whole(flow.deaths),
                *moved,
                signed(flow.natural),
                signed(flow.net),
            )
        )
    return tuple(heads), *rows


def _flow_words(chart: Flows) -> str:
    if not chart.flows:
        return _joined(chart, [])
    sentences = [
        chart.say(
            f"{flow.label}年は自然増減{signed(flow.natural)}{chart.unit}、社会増減{signed(flow.net)}{chart.unit}。",
            f"{flow.label}: natural change {signed(flow.natural)}, social change {signed(flow.net)}.",
        )
        for flow in dict.fromkeys((chart.flows[0], chart.flows[-1]))
    ]
    return _joined(chart, sentences)


def _contribution_table(chart: Contribution) -> Rows:
    heads = (_year(chart), *(part.name for part in chart.parts), chart.say("計", "Sum"))
    rows = []
    for at, year in enumerate(chart.years):
        values = [part.values[at] for part in chart.parts]
        rows.append((str(year), *map(signed, values), signed(sum(values))))
    return heads, *rows


def _contribution_words(chart: Contribution) -> str:
    last = chart.years[-1]
    sentences = [
        chart.say(
            f"{last}年の{part.name}は{signed(part.values[-1])}{chart.unit}。",
            f"{part.name} in {last}: {signed(part.values[-1])}.",
        )
        for part in chart.parts
    ]
    return _joined(chart, sentences)


def _joined(chart: Headed, sentences: Sequence[str]) -> str:
    if not sentences:
        return chart.say(f"{chart.title}：データなし。", f"{chart.title}: no data.")
    return f"{chart.say(f'{chart.title}。', f'{chart.title}.')}{chart.say('', ' ')}{chart.say('', ' ').join(sentences)}"


_WORDS: dict[type, tuple[Callable[[Any], Rows], Callable[[Any], str]]] = {
    YearLines: (_line_table, _line_words),
    GroupBars: (_group_table, _group_words),
    Pyramids: (_pyramid_table, _pyramid_words),
    Flows: (_flow_table, _flow_words),
    Contribution: (_contribution_table, _contribution_words),
}
