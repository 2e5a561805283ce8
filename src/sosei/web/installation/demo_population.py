"""The demonstration's scenario of a population: invented, and marked サンプル."""

from __future__ import annotations

from uuid import uuid4

from sosei.population.scenario import Band, FertilityPath, MigrationChange, Movers, Name, Scenario
from sosei.population.scenario_files import compositions
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality
from sosei.web.population import scenario_acts
from sosei.web.population.facts import facts_of
from sosei.web.population.models import SavedScenario

_SAMPLE = Scenario(
    id="sample",
    name=Name(ja="定着と移住を進めた場合（サンプル）", en="More who stay and come (sample)"),
    note=Name(
        ja="動作を試すための架空の想定で、市の方針ではありません（サンプル）。",
        en="Invented to try the application; no policy of the city (sample).",
    ),
    fertility=FertilityPath(tfr={2040: 2.2}),
    migration=MigrationChange(bands=(Band(ages=(10, 30), direction="out", points={2025: 1.0, 2040: 0.8}),)),
    movers=(Movers(families=10, composition=compositions()["couple-30s-child"], since=2027),),
)


def sample_scenario(actor: Actor, municipality: Municipality) -> None:
    """The scenario among those of the actor's municipality, where it has none yet."""
    if not SavedScenario.objects.filter(municipality=municipality).exists():
        scenario_acts.create(actor, uuid4(), _SAMPLE, facts_of(municipality), is_shown=True)
