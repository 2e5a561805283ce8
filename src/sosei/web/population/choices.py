"""The scenarios that a person may choose from: those that come along, and the municipality's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sosei.population.scenario import Scenario
from sosei.population.scenario_files import PRESETS, preset_scenario
from sosei.reports.charts.population import PLACES
from sosei.reports.population.known import Known
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.population.models import SavedScenario

MOST = len(PLACES)
"""Scenarios that one chart can hold apart."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A scenario and how addresses name it: the name of a preset, or the identity of the kept one (``row``)."""

    key: str
    scenario: Scenario
    row: SavedScenario | None = None


def choices(actor: Actor, known: Known) -> list[Choice]:
    """All scenarios that ``actor`` may see, those that come along first, by their names on ``known``."""
    rows = SavedScenario.objects.filter(municipality=actor.municipality, removed_at=None).select_related("by")
    if not actor.may(Right.READ_DRAFT):
        rows = rows.filter(is_shown=True)
    own = [Choice(str(row.pk), scenario_of(row), row) for row in rows]
    return [*(Choice(name, known.named(preset_scenario(name))) for name in PRESETS), *own]


def choice_of(municipality: Municipality, key: str, known: Known) -> Choice | None:
    """The scenario called ``key``, whoever may see it; None where it has been removed."""
    if key in PRESETS:
        return Choice(key, known.named(preset_scenario(key)))
    row = SavedScenario.objects.filter(municipality=municipality, pk=UUID(key), removed_at=None).first()
    return row and Choice(key, scenario_of(row), row)


def scenario_of(row: SavedScenario) -> Scenario:
    """The scenario of a row, called by the row's identity."""
    return Scenario.model_validate_json(row.data).model_copy(update={"id": str(row.pk)})


def chosen(keys: Sequence[str], among: Sequence[Choice]) -> list[Choice]:
    """The scenarios called ``keys``, in that order.  Raises Problem for one that is not there and for too many."""
    known = {each.key: each for each in among}
    wanted = list(dict.fromkeys(keys))
    missing = next((key for key in wanted if key not in known), None)
    if missing is not None:  # the empty key is missing too
        raise Problem(
            f"シナリオ「{missing[:40]}」はありません。消されたか、見る権限がありません。選び直してください",
            f'there is no scenario "{missing[:40]}"; it was removed or is not yours to see; choose again',
        )
    if len(wanted) > MOST:
        raise Problem(
            f"一度に比べられるシナリオは{MOST}つまでです（{len(wanted)} 選ばれています）。減らしてください",
            f"at most {MOST} scenarios can be compared at once ({len(wanted)} were chosen); leave some out",
        )
    return [known[key] for key in wanted]
