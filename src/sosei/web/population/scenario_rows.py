"""Where each scenario leads: its population in the last year, beside that of パターン1; its chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sosei.population.scenario import Scenario
from sosei.population.scenario_files import preset_scenario
from sosei.reports.charts.population_frame import persons, signed, whole
from sosei.reports.population.comparing import conventions
from sosei.reports.population.figures import scenario_figure
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import PATTERN1
from sosei.values import Problem, Words
from sosei.web.population.choices import Choice
from sosei.web.population.exhibits import Exhibit
from sosei.web.population.running import furthest, run
from sosei.web.population.scenario_words import scenario_words
from sosei.web.population.years import usual_until
from sosei.web.site.language import language


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario of the list: ``population`` and ``difference`` in ``year``, or the ``problem`` why it cannot run.

    ``earlier``: the year is before that of the list, because the scenario goes no further.
    """

    choice: Choice
    words: tuple[Words, ...]
    year: int
    population: str = ""
    difference: str = ""
    earlier: bool = False
    problem: Problem | None = None


def listed(among: Sequence[Choice], known: Known) -> list[Listed]:
    """Every scenario with where it leads."""
    usual, base = usual_until(known), known.projection.years[0]
    pattern1: dict[int, int] = {}
    found = []
    for choice in among:
        words, year = scenario_words(choice.scenario, base), furthest(known, [choice.scenario])
        try:
            if year not in pattern1:
                pattern1[year] = _population(known, year, preset_scenario(PATTERN1))
            there = _population(known, year, choice.scenario)
        except Problem as problem:
            found.append(Listed(choice, words, year, problem=problem))
            continue
        found.append(Listed(choice, words, year, whole(there), signed(there - pattern1[year]), year < usual))
    return found


def alone(known: Known, scenario: Scenario) -> dict[str, Any]:
    """The picture of one scenario beside パターン1; why there is none where it cannot run."""
    try:
        made = run(known, furthest(known, [scenario]), [preset_scenario(PATTERN1), scenario])
        figure = scenario_figure(made, language())
        noted = replace(figure, notes=(*figure.notes, *conventions(made)))
        return {"exhibit": Exhibit.of("scenario", noted, language())}
    except Problem as problem:
        return {"cannot_run": problem}


def _population(known: Known, year: int, scenario: Scenario) -> int:
    """The population in whole persons."""
    return persons(float(run(known, year, [scenario]).runs[0].panel.total()[-1, 0]))
