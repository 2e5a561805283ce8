"""Running scenarios on a municipality's figures, within what can be drawn and read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sosei.population.scenario import Scenario
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import Outlook, outlook
from sosei.values import Problem, quoted
from sosei.web.population.facts import Facts
from sosei.web.population.years import LATEST, ends, usual_until

_MOST_PEOPLE = 100_000_000


def furthest(known: Known, scenarios: Sequence[Scenario]) -> int:
    """The last year of a page of ``scenarios``: those that follow the nation go no further than its projection."""
    usual = usual_until(known)
    if not any(_follows(known, each, usual) for each in scenarios):
        return usual
    within = [year for year in ends(known, LATEST) if year <= min(usual, known.nation.years[-1])]
    return within[-1] if within else usual


def run(known: Known, until: int, scenarios: Sequence[Scenario]) -> Outlook:
    """The runs of ``scenarios`` up to ``until``.

    Raises Problem, naming the scenario, for one that cannot run and for one that leads beyond all reason.
    """
    for each in scenarios:
        if _follows(known, each, until) and until > known.nation.years[-1]:
            raise _without_nation(each, known.nation.years[-1])
    with np.errstate(all="ignore"):
        try:
            made = outlook(known, until, scenarios)
        except Problem:
            for each in scenarios:
                _alone(known, until, each)
            raise
        for scenario, found in zip(made.scenarios, made.runs, strict=True):
            if not found.panel.total().max() <= _MOST_PEOPLE:
                raise _beyond(scenario, until)
    return made


def tried(facts: Facts, scenario: Scenario) -> None:
    """Raises Problem where ``scenario`` cannot run on the figures in use."""
    if facts.known is None:
        raise Problem(
            "もとの表がまだないため、シナリオを試せません。先に、もとの表を読み込んでください",
            "there are no figures to try the scenario on; load the tables first",
        )
    run(facts.known, furthest(facts.known, [scenario]), [scenario])


def _follows(known: Known, scenario: Scenario, until: int) -> bool:
    """Whether the nation's projection is needed to come to ``until``."""
    return scenario.follows_nation and until > known.projection.years[-1]


def _without_nation(scenario: Scenario, last: int) -> Problem:
    ja, en = (quoted(name) for name in (scenario.name.ja, scenario.name.en))
    return Problem(
        f"シナリオ「{ja}」は、全国推計が{last}年までのため、その先を計算できません。最後の年を{last}年までにしてください",
        f'the scenario "{en}" cannot go beyond {last}, where the national projection ends; choose {last} or before',
    )


def _alone(known: Known, until: int, scenario: Scenario) -> None:
    try:
        outlook(known, until, [scenario])
    except Problem as problem:
        ja, en = (quoted(name) for name in (scenario.name.ja, scenario.name.en))
        raise Problem(
            f"シナリオ「{ja}」は計算できません：{problem.ja}",
            f'the scenario "{en}" cannot be run: {problem.en}',
        ) from None


def _beyond(scenario: Scenario, until: int) -> Problem:
    ja, en = (quoted(name) for name in (scenario.name.ja, scenario.name.en))
    return Problem(
        f"シナリオ「{ja}」では、{until}年までに人口が1億人を超えます。率や世帯数を小さくしてください",
        f'the scenario "{en}" leads to more than 100 million people by {until}; make its rates or families smaller',
    )
