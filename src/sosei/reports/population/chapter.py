"""人口の現状と将来推計: the chapter of a municipality, ready for its strategy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sosei.reports.population import figures, prose, sources
from sosei.reports.population.chapter_content import (
    Block,
    Chapter,
    Heading,
    List,
    Numbered,
    Paragraph,
    Picture,
    Section,
)
from sosei.reports.population.figures import Figure
from sosei.reports.population.goals import Goal, goal_table
from sosei.reports.population.outlook import Outlook
from sosei.reports.population.tables import (
    Table,
    chart_table,
    editions_table,
    print_years,
    scenario_table,
)

TITLE = "人口の現状と将来推計"


def chapter(outlook: Outlook, goal: Goal | None = None) -> Chapter:
    """The chapter; without ``goal`` it asks what keeps the population of the last published year.

    影響度 and contributions stand in it where the outlook has パターン1 and both simulations.  Raises Problem
    for more than five scenarios and for a goal in a year that no step ends in.
    """
    wanted = goal or kept_goal(outlook)
    numbers = _Numbers()
    return Chapter(
        title=TITLE,
        municipality=outlook.known.name,
        headings=(
            Heading("１　人口の現状", tuple(_present(outlook, numbers))),
            Heading("２　将来推計", tuple(_future(outlook, numbers))),
            Heading("３　シナリオ", tuple(_scenarios(outlook, numbers))),
            Heading("４　目標人口に達するために必要な量", (_goal(outlook, wanted, numbers),)),
            Heading(
                "５　推計の幅",
                (Section("", _said(*(each.ja for each in prose.width(outlook)))),),
            ),
            Heading("６　出典と注", (Section("", (List(tuple(_sources(outlook))),)),)),
        ),
    )


class _Numbers:
    """Gives each figure and table the next number."""

    def __init__(self) -> None:
        self._pictures, self._tables = count(1), count(1)

    def picture(self, figure: Figure) -> Picture:
        """図n."""
        return Picture(f"図{next(self._pictures)}", figure.chart, tuple(note.ja for note in figure.notes))

    def table(self, table: Table) -> Numbered:
        """表n."""
        return Numbered(f"表{next(self._tables)}", table)

    def both(self, figure: Figure) -> tuple[Picture, Numbered]:
        """A chart and its figures; the notes stand once, under the chart."""
        return self.picture(figure), self.table(chart_table(figure.chart, ()))


def _present(outlook: Outlook, numbers: _Numbers) -> Iterator[Section]:
    total = figures.total_figure(outlook, "ja")
    yield Section("（1）総人口の推移", (*_said(prose.history(outlook).ja), *numbers.both(total)))
    bars = numbers.both(figures.group_figure(outlook, "ja"))
    lines = numbers.picture(figures.group_lines_figure(outlook, "ja"))
    yield Section("（2）年齢3区分別の人口", (*_said(prose.group_history(outlook).ja), *bars, lines))
    years = (outlook.base.years[0], outlook.last_published)
    pyramids = numbers.both(figures.pyramid_figure(outlook, years, "ja"))
    yield Section("（3）男女・年齢別の人口", (*_said(prose.pyramid(outlook).ja), *pyramids))


def _future(outlook: Outlook, numbers: _Numbers) -> Iterator[Section]:
    editions = editions_table(outlook)
    table = () if editions is None else (numbers.table(editions),)
    yield Section(f"（1）{sources.newest(outlook).ja}", (*_said(prose.published(outlook).ja), *table))
    if outlook.is_extended:
        yield Section(
            f"（2）{outlook.until}年までの延長", _said(*(each.ja for each in prose.extension(outlook)))
        )
    flows = numbers.both(figures.flow_figure(outlook, "ja"))
    title = "（3）増減の内訳" if outlook.is_extended else "（2）増減の内訳"
    yield Section(title, (*_said(prose.flows(outlook).ja), *flows))


def _scenarios(outlook: Outlook, numbers: _Numbers) -> Iterator[Section]:
    meant = List(
        tuple(
            f"{scenario.name.ja}：{scenario.note.ja}" if scenario.note else scenario.name.ja
            for scenario in outlook.scenarios
        )
    )
    years = print_years(outlook.years, (outlook.years[0], outlook.published_to))
    table = scenario_table(outlook, "ja", years)
    picture = numbers.picture(figures.scenario_figure(outlook, "ja"))
    first: tuple[Block, ...] = (*_said(prose.scenarios(outlook)), meant, picture, numbers.table(table))
    yield Section("（1）シナリオの比較", first)
    found = outlook.impact(outlook.last_published)
    if found is not None:
        words = _said(prose.impact(found).ja, prose.stages(outlook).ja)
        both = numbers.both(figures.contribution_figure(outlook, "ja"))
        yield Section("（2）出生と移動の影響", (*words, *both))


def _goal(outlook: Outlook, goal: Goal, numbers: _Numbers) -> Section:
    return Section("", (*_said(prose.goal(outlook, goal)), numbers.table(goal_table(outlook, goal))))


def _sources(outlook: Outlook) -> Iterator[str]:
    known = outlook.known
    origins = [each.origin for each in (known.census, known.register, known.newer) if each is not None]
    yield sources.plain(*origins, known.projection.sources[0], known.nation.sources[0]).ja
    yield f"変更・延長した値：{sources.ours(known).ja}"
    yield sources.DERIVED.ja
    if outlook.missed[0]:
        yield sources.missed(outlook).ja
    if outlook.is_extended:
        yield sources.held(outlook).ja + sources.AGEING.ja
    yield from (note.ja for note in sources.imputed(outlook.main))
    if known.register is not None:
        yield sources.another_level(known.register).ja
    else:
        yield "推計人口と国勢調査は10月1日の人口で、1月1日の住民基本台帳の人口とは水準が違います。"


def _said(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)


def kept_goal(outlook: Outlook) -> Goal:
    """The goal of a chapter that was given none: what keeps the last published population, or that of the base."""
    year = outlook.published_to if outlook.is_extended else outlook.base.years[0]
    people = float(outlook.known.projection.at(year).total()[0, 0])
    return Goal(
        population=people, years=(outlook.until,), note=f"{year}年の人口を{outlook.until}年にも保つ場合"
    )
