"""What a trial comes to: the figures, tables and pictures that stand beside the sliders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sosei.population.scenario import HELD
from sosei.population.scenario_files import preset_scenario
from sosei.reports.charts.population import group_names
from sosei.reports.charts.population_frame import whole
from sosei.reports.population.figures import scenario_figure, scenario_pyramid_figure
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import PATTERN1, Outlook, outlook
from sosei.reports.population.tables import Table, component_table
from sosei.reports.population.trial import Standing, clip_words, standings, trial_table
from sosei.values import Words
from sosei.web.population.exhibits import Exhibit
from sosei.web.population.trial import Ground, Setting
from sosei.web.population.trial_reading import Asked
from sosei.web.population.trial_seeking import Sought, sought


@dataclass(frozen=True, slots=True)
class Point:
    """A year of note, in texts."""

    year: int
    population: str
    reference: str
    difference: str
    ratio: str
    index: str
    groups: tuple[str, ...]
    elderly: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``points`` are the years of note, the last one the end; ``clipped`` what was set to zero."""

    reference: Words
    settings: Sequence[Words]
    points: Sequence[Point]
    base: int
    groups: Sequence[str]
    exhibits: Sequence[Exhibit]
    table: Table
    components: Table
    clipped: Words | None
    sought: Sought | None


def answered(
    known: Known, asked: Asked, ground: Ground, more: list[tuple[str, str]], language: str
) -> Answer:
    """All of it.  Raises Problem where the figures do not allow it."""
    setting = asked.setting
    made = _reckoned(known, setting, ground, setting.until)
    years = {setting.until, *(year for year in asked.years if year <= setting.until)}
    name = made.scenarios[0].name
    return Answer(
        reference=Words(name.ja, name.en),
        settings=setting.words(ground),
        points=[_point(each) for each in standings(made) if each.year in years],
        base=ground.base,
        groups=group_names(language),
        exhibits=[
            Exhibit.of("total", scenario_figure(made, language), language),
            Exhibit.of("pyramids", scenario_pyramid_figure(made, made.until, language), language),
        ],
        table=trial_table(made, language),
        components=component_table(made, language),
        clipped=clip_words(made.runs[-1]),
        sought=sought(_further(known, asked, made), asked, ground, more),
    )


def _reckoned(known: Known, setting: Setting, ground: Ground, until: int) -> Outlook:
    """パターン1, carried on in the way of the trial, and the trial."""
    reference = preset_scenario(PATTERN1 if setting.beyond == HELD else "pattern1-nation")
    return outlook(known, until, [reference, setting.scenario(ground)])


def _further(known: Known, asked: Asked, made: Outlook) -> Outlook:
    """``made``, or where a target lies beyond it, what it is sought from up to that year."""
    if asked.horizon == made.until:
        return made
    if asked.on_trial:
        return outlook(known, asked.horizon, made.scenarios)
    return outlook(known, asked.horizon, [preset_scenario(PATTERN1)])


def _point(standing: Standing) -> Point:
    return Point(
        standing.year,
        whole(standing.population),
        whole(standing.reference),
        standing.difference,
        standing.ratio,
        standing.index,
        tuple(map(whole, standing.groups)),
        standing.elderly,
    )
