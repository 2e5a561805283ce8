"""Tables of a municipality's population: scenarios, age groups, components; texts that documents print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sosei.population.panel import Panel
from sosei.reports.charts.population import PopulationChart, group_names, percent, population_table
from sosei.reports.charts.population_frame import persons, signed, whole
from sosei.reports.population import sources
from sosei.reports.population.figures import Figure, group_series, own_notes
from sosei.reports.population.outlook import Outlook
from sosei.values import Words

NOTHING = "－"
"""What a cell without a figure holds."""
_SEVERAL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it is to be read: headings, rows of texts, and the notes under it.

    ``words`` is how many columns at the left hold words; all others hold figures.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    words: int = 1


def figure_table(figure: Figure, language: str) -> Table:
    """The figures of a chart."""
    return chart_table(figure.chart, tuple(note.of(language) for note in figure.notes))


def chart_table(chart: PopulationChart, notes: tuple[str, ...]) -> Table:
    """The data table of ``chart``."""
    headings, *rows = population_table(chart)
    return Table(title=chart.title, headings=headings, rows=tuple(rows), notes=notes)


def scenario_table(outlook: Outlook, language: str, years: Sequence[int] | None = None) -> Table:
    """Scenario x year: population, index (base year = 100), difference and ratio to the first scenario.

    ``years`` are the columns (default: all).
    """
    english = language == "en"
    comparison = outlook.comparison(language)
    shown = [at for at, year in enumerate(comparison.years) if years is None or year in years]
    names = (
        ("population", "index", "difference", "ratio (%)") if english else ("人口", "指数", "差", "比（％）")
    )
    rows = []
    for number, row in enumerate(comparison.rows):
        figures = [
            [whole(value) for value in row.population],
            [_decimal(value) for value in row.index],
            [signed(value) for value in _whole_differences(row.population, comparison.rows[0].population)],
            [_decimal(value) for value in row.ratio],
        ]
        for name, texts in zip(names, figures if number else figures[:2], strict=False):
            rows.append((row.scenario, name, *(texts[at] for at in shown)))
    first = comparison.rows[0].scenario
    base = comparison.years[0]
    meaning = Words(
        f"指数は{base}年を100とした値。差と比は「{first}」に対するもの（差は端数を処理した人口どうしの差）。",
        f'The index is 100 in {base}; difference and ratio are against "{first}" (differences of rounded figures).',
    )
    heads = ("Scenario", "Item") if english else ("シナリオ", "項目")
    return Table(
        title="Scenarios" if english else f"{outlook.known.name}のシナリオ別の総人口",
        headings=(*heads, *(str(comparison.years[at]) for at in shown)),
        rows=tuple(rows),
        notes=(meaning.of(language), *(note.of(language) for note in own_notes(outlook))),
        words=2,
    )


def group_table(outlook: Outlook, language: str) -> Table:
    """年齢3区分 with shares: census and the newest published projection, then every scenario's run."""
    english = language == "en"
    names = group_names(language)
    rows = []
    groups, projected = group_series(outlook)
    newest = sources.edition(outlook.grouped.origin, language)
    for year, parts in groups.items():
        what = newest if year >= projected else "census" if english else "国勢調査"
        rows.append((what, str(year), *_group_cells(parts)))
    for at, scenario in enumerate(outlook.scenarios):
        for year, parts in outlook.groups(at).items():
            rows.append((scenario.name.of(language), str(year), *_group_cells(parts)))
    heads = ("Series", "Year", "Total") if english else ("系列", "年", "計")
    shares = (f"{name} (%)" if english else f"{name}（％）" for name in names)
    origins = [each.origin for each in (outlook.known.census, outlook.grouped) if each is not None]
    notes = (sources.plain(*origins), sources.UNKNOWN_AGES, *own_notes(outlook), sources.FITTED)
    return Table(
        title="Three age groups" if english else f"{outlook.known.name}の年齢3区分別人口と割合",
        headings=(*heads, *names, *shares),
        rows=tuple(rows),
        notes=tuple(note.of(language) for note in notes),
        words=2,
    )


def component_table(outlook: Outlook, language: str) -> Table:
    """Births, deaths and migration of each step under every scenario, with what adds up to the change."""
    english = language == "en"
    to = "-" if english else "～"
    rows = []
    for at, scenario in enumerate(outlook.scenarios):
        parts, panel = outlook.parts(at), outlook.runs[at].panel
        births = (parts.births - parts.infant_deaths).sum(axis=1)[:, 0].tolist()
        deaths = parts.deaths.sum(axis=(1, 2))[:, 0].tolist()
        columns = (parts.natural(), parts.social(), parts.beside())
        natural, social, beside = (column[:, 0].tolist() for column in columns)
        for step, end in enumerate(panel.years[1:]):
            cells = (whole(births[step]), whole(deaths[step]))
            changes = (natural[step], social[step], beside[step], _change(panel, step))
            rows.append(
                (scenario.name.of(language), f"{panel.years[step]}{to}{end}", *cells, *map(signed, changes))
            )
    headings = ("シナリオ", "期間", "出生", "死亡", "自然増減", "社会増減", "調整", "人口の増減")
    if english:
        headings = ("Scenario", "Step", "Births", "Deaths", "Natural", "Social", "Adjustment", "Change")
    notes = (*own_notes(outlook), sources.PARTS, sources.ROUNDED, _ADJUSTMENT)
    return Table(
        title="Components of change" if english else f"{outlook.known.name}の人口の増減の内訳",
        headings=headings,
        rows=tuple(rows),
        notes=tuple(note.of(language) for note in notes),
        words=2,
    )


_ADJUSTMENT = Words(
    "調整は、負になるため0にしたセルに加えた人数です。",
    "Adjustment is the number of persons added to cells that would have been negative.",
)


def editions_table(outlook: Outlook, language: str = "ja") -> Table | None:
    """The newer and the older published projection side by side; None where there is only one."""
    newer, known = outlook.known.newer, outlook.known
    if newer is None:
        return None
    english = language == "en"
    older = dict(zip(known.projection.years, known.projection.total()[:, 0].tolist(), strict=True))
    rows = []
    for year, value in newer.totals.items():
        other = older.get(year)
        beside = (
            (NOTHING,) * 3
            if other is None
            else (whole(other), signed(value - other), _percent_change(value, other))
        )
        rows.append((str(year), whole(value), *beside))
    origins = (newer.origin, known.projection.sources[0])
    names = (sources.edition(each, language) for each in origins)
    ends = ("Difference", "Difference (%)") if english else ("差", "差（％）")
    notes = (_NEWER_LESS_OLDER, sources.plain(*origins), *sources.imputed(newer))
    return Table(
        title=f"{known.name}: two projections" if english else f"{known.name}の二つの推計の比較",
        headings=("Year" if english else "年", *names, *ends),
        rows=tuple(rows),
        notes=tuple(note.of(language) for note in notes),
    )


_NEWER_LESS_OLDER = Words(
    "差は、新しい推計から古い推計を引いた値です。",
    "The difference is the newer projection less the older one.",
)


def print_years(years: Sequence[int], always: Sequence[int]) -> tuple[int, ...]:
    """At most eight years or so for a printed page: every second one from the last back, and ``always``."""
    if len(years) <= _SEVERAL:
        return tuple(years)
    every = range(len(years) - 1, -1, -2)
    return tuple(sorted({*(years[at] for at in every), *(year for year in always if year in years)}))


def _group_cells(groups: Sequence[float]) -> tuple[str, ...]:
    total = sum(groups)
    return (whole(total), *map(whole, groups), *(percent(value, total) for value in groups))


def _whole_differences(values: Sequence[float], others: Sequence[float]) -> list[int]:
    return [persons(value) - persons(other) for value, other in zip(values, others, strict=True)]


def _change(panel: Panel, step: int) -> int:
    totals = panel.total()[:, 0].tolist()
    return persons(totals[step + 1]) - persons(totals[step])


def _decimal(value: float | None) -> str:
    return NOTHING if value is None else percent(value, 100)


def _percent_change(value: float, other: float) -> str:
    if other <= 0:
        return NOTHING
    change = (value / other - 1) * 100
    return f"{'-' if change < 0 else '+'}{percent(abs(change), 100)}"
