"""The charts of a municipality's population, each with the notes that stand under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sosei.population.crossing import Crossing, overtakes
from sosei.population.panel import Panel
from sosei.population.rounding import half_up, whole_persons
from sosei.reports.charts.population import (
    PLACES,
    Band,
    Contribution,
    Curve,
    Flow,
    Flows,
    GroupBars,
    Look,
    Mark,
    Part,
    PopulationChart,
    Pyramid,
    Pyramids,
    YearLines,
    group_names,
)
from sosei.reports.population import sources
from sosei.reports.population.known import Groups
from sosei.reports.population.outlook import PATTERN1, Outlook
from sosei.values import Problem, Words

Values = tuple[float | None, ...]
_Line = tuple[str, Mapping[int, float], Look]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart and the notes under it: source, what was derived, what must be known."""

    chart: PopulationChart
    notes: tuple[Words, ...]


def total_figure(outlook: Outlook, language: str) -> Figure:
    """Census, published projections, our extension and the fan; what the plan prints beyond them."""
    say = say_in(language)
    known = outlook.known
    lines = _total_lines(outlook, language)
    bands = {name: dict(zip(outlook.fan.years, outlook.fan.band(percent)[side].tolist(), strict=True))
             for name, percent, side in (("50-", 50, 0), ("50+", 50, 1), ("80-", 80, 0), ("80+", 80, 1))}  # fmt: skip
    years = tuple(sorted({year for _, values, _ in lines for year in values} | set(outlook.fan.years)))
    chart = YearLines(
        title=say(f"{known.name}の総人口の推移と将来推計", f"{known.name}: total population and projections"),
        unit=say("人", "persons"),
        language=language,
        years=years,
        curves=tuple(Curve(name=name, values=_at(years, values), look=look) for name, values, look in lines),
        bands=(
            Band(
                name=say("5割の幅", "50 % band"), low=_at(years, bands["50-"]), high=_at(years, bands["50+"])
            ),
            Band(
                name=say("8割の幅", "80 % band"),
                low=_at(years, bands["80-"]),
                high=_at(years, bands["80+"]),
                wide=True,
            ),
        ),
    )
    origins = [each.origin for each in (known.census, known.register, known.newer) if each is not None]
    notes = [sources.plain(*origins, known.projection.sources[0])]
    notes += sources.imputed(outlook.main)
    notes += [sources.another_level(known.register)] if known.register is not None else []
    if outlook.is_extended:
        notes += _extension_notes(outlook)
    return Figure(chart=chart, notes=(*notes, outlook.fan.words, *sources.bands(outlook)))


def _total_lines(outlook: Outlook, language: str) -> list[_Line]:
    say, known = say_in(language), outlook.known
    older = dict(zip(known.projection.years, known.projection.total()[:, 0].tolist(), strict=True))
    lines: list[_Line] = []
    if known.census is not None:
        lines.append((say("国勢調査", "Census"), outlook.counted, "history"))
    if known.register is not None:
        name = sources.register_name(known.register).of(language)
        lines.append((name, known.register.totals, "register"))
    if known.newer is not None:
        lines.append((sources.edition(known.newer.origin, language), known.newer.totals, "published"))
    published = sources.edition(known.projection.sources[0], language)
    lines.append((published, older, "earlier" if known.newer else "published"))
    if outlook.is_extended:
        run = outlook.held
        own = dict(zip(run.years, run.total()[:, 0].tolist(), strict=True))
        beyond = {year: value for year, value in own.items() if year >= outlook.published_to}
        name = say(
            f"{known.name}による延長（最後の期間の率を固定）", f"extension by {known.name} (last step held)"
        )
        lines.append((name, beyond, "ours"))
    printed = {each.year: each.value for each in known.printed if each.year > max(outlook.main.totals)}
    if printed:
        lines.append((say("計画に印字された推計", "as printed in the plan"), printed, "printed"))
    return lines


def group_series(outlook: Outlook) -> tuple[dict[int, Groups], int]:
    """年齢3区分 of the census and of the newest published projection, and the first projected year."""
    census = outlook.known.census
    base = min(outlook.grouped.groups)
    known = {} if census is None else {year: g for year, g in census.groups.items() if year < base}
    after = [year for year in outlook.grouped.groups if year > base]
    return {**known, **outlook.grouped.groups}, min(after, default=base)


def group_figure(outlook: Outlook, language: str) -> Figure:
    """年齢3区分 stacked, with shares."""
    say = say_in(language)
    groups, projected = group_series(outlook)
    chart = GroupBars(
        title=say(
            f"{outlook.known.name}の年齢3区分別人口の推移と将来推計",
            f"{outlook.known.name}: population by three age groups",
        ),
        unit=say("人", "persons"),
        language=language,
        years=tuple(groups),
        groups=tuple(groups.values()),
        projected_from=projected,
    )
    return Figure(chart=chart, notes=(*_group_notes(outlook), sources.SHARES))


def group_lines_figure(outlook: Outlook, language: str) -> Figure:
    """年齢3区分 as lines, with the years in which 65 and over overtake the others."""
    say = say_in(language)
    groups, projected = group_series(outlook)
    years = tuple(groups)
    chart = YearLines(
        title=say(
            f"{outlook.known.name}の年齢3区分別人口の交わる年",
            f"{outlook.known.name}: when the age groups overtake each other",
        ),
        unit=say("人", "persons"),
        language=language,
        years=years,
        curves=tuple(
            Curve(name=name, values=tuple(each[at] for each in groups.values()), look=PLACES[at])
            for at, name in enumerate(group_names(language))
        ),
        marks=tuple(
            Mark(year=found.year, value=found.value, text=crossing_words(found, other).of(language))
            for other, found in group_crossings(outlook)
        ),
        projected_from=projected,
    )
    between = Words(
        "交わる年は、5年ごとの値を直線で結んで求めた目安です。",
        "The years of crossing are found on straight lines between figures five years apart.",
    )
    return Figure(chart=chart, notes=(*_group_notes(outlook), between))


def group_crossings(outlook: Outlook) -> tuple[tuple[int, Crossing], ...]:
    """When 65 and over overtake 0-14 (0) and 15-64 (1), where they do."""
    groups, _ = group_series(outlook)
    columns = list(zip(*groups.values(), strict=True))
    found = ((other, overtakes(tuple(groups), columns[2], columns[other])) for other in (0, 1))
    return tuple((other, crossing) for other, crossing in found if crossing is not None)


def crossing_words(found: Crossing, other: int) -> Words:
    """The crossing in words; ``other`` is the group that is overtaken."""
    ja, en = group_names("ja")[other], group_names("en")[other]
    return Words(
        f"{found.about}年ごろ 65歳以上が{ja}を上回る", f"about {found.about}: 65 and over exceed {en}"
    )


def _group_notes(outlook: Outlook) -> tuple[Words, ...]:
    known = outlook.known
    origins = [each.origin for each in (known.census, outlook.grouped) if each is not None]
    notes = [sources.plain(*origins)]
    notes += sources.imputed(outlook.grouped)
    return (*notes, sources.UNKNOWN_AGES) if known.census is not None else tuple(notes)


def pyramid_figure(outlook: Outlook, years: Sequence[int], language: str) -> Figure:
    """Pyramids of two years: of the projection, of its extension beyond it, of the census before it.

    Raises Problem for a year that none of them has.
    """
    say = say_in(language)
    panels = {year: _panel_of(outlook, year) for year in years}
    chart = Pyramids(
        title=say(f"{outlook.known.name}の人口ピラミッド", f"{outlook.known.name}: population pyramids"),
        unit=say("人", "persons"),
        language=language,
        ages=outlook.base.ages.labels(language),
        pyramids=tuple(
            _pyramid(panel, year, _pyramid_name(outlook, year).of(language)) for year, panel in panels.items()
        ),
    )
    return Figure(chart=chart, notes=_pyramid_notes(outlook, panels))


def _panel_of(outlook: Outlook, year: int) -> Panel:
    counted = outlook.known.counted
    if counted is not None and year < outlook.base.years[0] and year in counted.years:
        return counted
    return outlook.held


def _pyramid_notes(outlook: Outlook, panels: Mapping[int, Panel]) -> tuple[Words, ...]:
    """Where each pyramid comes from: published figures are cited plainly, extended ones are ours."""
    known, last = outlook.known, outlook.published_to
    origins = [panel.sources[0] for year, panel in panels.items() if year <= last]
    notes = [sources.plain(*origins)] if origins else []
    if any(panel is known.counted for panel in panels.values()):
        notes.append(sources.UNKNOWN_LEFT_OUT)
    if max(panels) > last:
        notes += [sources.ours(known), sources.held(outlook), sources.DERIVED, sources.FITTED]
    return tuple(notes)


def scenario_pyramid_figure(outlook: Outlook, year: int, language: str) -> Figure:
    """Pyramids of one year under the first and the last scenario."""
    say = say_in(language)
    if len(outlook.runs) < 2:
        raise Problem(
            "シナリオを並べるには二つ必要です。--scenario をもう一つ指定してください",
            "two scenarios are needed side by side; give another --scenario",
        )
    chosen = tuple(
        _pyramid(outlook.runs[at].panel, year, outlook.scenarios[at].name.of(language)) for at in (0, -1)
    )
    chart = Pyramids(
        title=say(
            f"{outlook.known.name}の{year}年の人口ピラミッド（シナリオの比較）",
            f"{outlook.known.name}: population pyramids of {year} by scenario",
        ),
        unit=say("人", "persons"),
        language=language,
        ages=outlook.base.ages.labels(language),
        pyramids=chosen,
    )
    return Figure(chart=chart, notes=(*own_notes(outlook), sources.FITTED))


def _pyramid_name(outlook: Outlook, year: int) -> Words:
    """The year, and whose figures they are where they are not the published ones."""
    if year <= outlook.published_to:
        return Words(f"{year}年", str(year))
    name = outlook.known.name
    return Words(f"{year}年（{name}による延長）", f"{year} (extension by {name})")


def _pyramid(panel: Panel, year: int, name: str) -> Pyramid:
    male, female = whole_persons(panel.at(year))[0, :, :, 0].tolist()
    return Pyramid(name=name, male=tuple(map(float, male)), female=tuple(map(float, female)))


def flow_figure(outlook: Outlook, language: str, at: int | None = None) -> Figure:
    """Births, deaths, natural and social change of each step of the published projection, extended, or of the
    scenario ``at``, which is then named.
    """
    say = say_in(language)
    name = outlook.known.name
    own = (
        "" if at is None or outlook.scenarios[at].id == PATTERN1 else outlook.scenarios[at].name.of(language)
    )
    chart = Flows(
        title=say(
            f"{name}の自然増減と社会増減（{f'{own}、' if own else ''}5年間ごと）",
            f"{name}: natural and social change of each five years{f' ({own})' if own else ''}",
        ),
        unit=say("人", "persons"),
        language=language,
        flows=flows_of(outlook, language, at),
    )
    return Figure(chart=chart, notes=(*own_notes(outlook), sources.PARTS, sources.ROUNDED))


def flows_of(outlook: Outlook, language: str, at: int | None = None) -> tuple[Flow, ...]:
    """The parts of each step, of what ``flow_figure`` says; people who come and leave only where both are known."""
    parts, years = outlook.parts(at), outlook.years
    births = parts.births.sum(axis=1)[:, 0] - parts.infant_deaths.sum(axis=1)[:, 0]
    deaths = parts.deaths.sum(axis=(1, 2))[:, 0]
    social = parts.social()[:, 0]
    gross = bool(parts.into.any() or parts.out.any())
    into, out = (each.sum(axis=(1, 2))[:, 0] for each in (parts.into + parts.arrivals, parts.out))
    return tuple(
        Flow(
            label=f"{start}{say_in(language)('～', '-')}{end % 100:02}",
            births=float(births[at]),
            deaths=float(deaths[at]),
            net=float(social[at]),
            into=float(into[at]) if gross else None,
            out=float(out[at]) if gross else None,
        )
        for at, (start, end) in enumerate(pairwise(years))
    )


def scenario_figure(outlook: Outlook, language: str) -> Figure:
    """The totals of all scenarios.  Raises Problem for more than five."""
    say = say_in(language)
    comparison = outlook.comparison(language)
    if len(comparison.rows) > len(PLACES):
        raise Problem(
            f"一つのグラフで比べられるシナリオは{len(PLACES)}つまでです（{len(comparison.rows)} 指定されました）",
            f"a chart compares at most {len(PLACES)} scenarios ({len(comparison.rows)} were given)",
        )
    chart = YearLines(
        title=say(
            f"{outlook.known.name}の総人口：シナリオの比較",
            f"{outlook.known.name}: total population by scenario",
        ),
        unit=say("人", "persons"),
        language=language,
        years=comparison.years,
        curves=tuple(
            Curve(name=row.scenario, values=row.population, look=look)
            for row, look in zip(comparison.rows, PLACES, strict=False)
        ),
    )
    return Figure(chart=chart, notes=own_notes(outlook))


def contribution_figure(outlook: Outlook, language: str) -> Figure:
    """What higher fertility and balanced migration add, in this order.  Raises Problem without the standard runs."""
    say = say_in(language)
    runs = outlook.standard_runs()
    if runs is None:
        raise Problem(
            "出生と移動の寄与には pattern1、simulation1、simulation2 の三つのシナリオが必要です",
            "contributions need the three scenarios pattern1, simulation1 and simulation2",
        )
    one, two, three = (half_up(run.total()[1:, 0]).tolist() for run in runs)
    fertility = tuple(float(b - a) for a, b in zip(one, two, strict=True))
    migration = tuple(float(b - a) for a, b in zip(two, three, strict=True))
    chart = Contribution(
        title=say(
            f"{outlook.known.name}：出生率の上昇と移動均衡が総人口に加える人数",
            f"{outlook.known.name}: what higher fertility and balanced migration add to the population",
        ),
        unit=say("人", "persons"),
        language=language,
        years=outlook.years[1:],
        parts=(
            Part(name=say("出生率の上昇", "higher fertility"), values=fertility),
            Part(
                name=say(
                    "移動均衡（全年齢で純移動ゼロ）", "balanced migration (no net migration at any age)"
                ),
                values=migration,
            ),
        ),
    )
    order = Words(
        "パターン1に出生率の上昇、次に移動均衡を、この順に加えた差です。順を変えると内訳は変わります。",
        "Differences from pattern 1 when fertility rises and then, in addition, migration is balanced; another order "
        "gives other parts.",
    )
    return Figure(chart=chart, notes=(*own_notes(outlook), order))


def own_notes(outlook: Outlook) -> tuple[Words, ...]:
    """The notes of what runs on our derived rates."""
    extended = (sources.beyond(outlook),) if outlook.is_extended else ()
    missed = (sources.missed(outlook),) if outlook.missed[0] else ()
    return (sources.ours(outlook.known), sources.DERIVED, *missed, *extended)


def _extension_notes(outlook: Outlook) -> tuple[Words, ...]:
    """The notes of what starts from the last published year, which the rates need not return."""
    return sources.ours(outlook.known), sources.DERIVED, sources.held(outlook)


def _at(years: Sequence[int], values: Mapping[int, float]) -> Values:
    return tuple(values.get(year) for year in years)


def say_in(language: str) -> Callable[[str, str], str]:
    """Chooses the words of one language, the Japanese or the English ones."""
    return lambda ja, en: en if language == "en" else ja
