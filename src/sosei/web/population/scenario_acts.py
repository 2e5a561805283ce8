"""What is done to the scenarios of a municipality: keeping, changing, showing, removing (each checked and logged)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sosei.population.scenario import Scenario
from sosei.population.scenario_files import PRESETS, named_on, preset_scenario
from sosei.values import Problem, quoted
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.population.choices import scenario_of
from sosei.web.population.facts import Facts
from sosei.web.population.models import SavedScenario
from sosei.web.population.running import tried
from sosei.web.site.stale import Stale, TooOld, differing, token

MOST_KEPT = 100
"""Scenarios on the list of one municipality."""


def state_of(row: SavedScenario) -> str:
    """What a form carries to tell whether the row changed meanwhile."""
    return token({"data": row.data, "is_shown": row.is_shown})


def create(
    actor: Actor, key: UUID, scenario: Scenario, facts: Facts, *, is_shown: bool = False
) -> SavedScenario:
    """Keep ``scenario`` under ``key``, drawn when the form was shown, so that a form sent twice makes one.

    Raises Problem for a name that is taken, and for a scenario that cannot run on the figures in use.
    """
    municipality = _municipality(actor)
    scenario = _kept_as(scenario, key)
    tried(facts, scenario)
    with transaction.atomic():
        _lock(municipality)
        if before := SavedScenario.objects.filter(pk=key).first():
            return _sent_again(before, municipality, scenario)
        rows = SavedScenario.objects.filter(municipality=municipality, removed_at=None)
        if rows.count() >= MOST_KEPT:
            raise Problem(
                f"保存できるシナリオは{MOST_KEPT}までです。使わないものを削除してください",
                f"at most {MOST_KEPT} scenarios can be saved; remove those that are not used",
            )
        _must_be_free(municipality, scenario)
        row = SavedScenario.objects.create(
            pk=key,
            municipality=municipality,
            name=scenario.name.ja,
            data=scenario.model_dump_json(),
            is_shown=is_shown,
            basis=facts.mark,
            by=actor.user,
        )
        record(actor, "scenario.created", row.name, new=_said(row))
    return row


def change(
    actor: Actor, row: SavedScenario, scenario: Scenario, old: str, facts: Facts, *, is_shown: bool
) -> SavedScenario:
    """Write ``scenario`` over the row that the form was made from; raises Stale where another stands there.

    Saving it unchanged on other figures than before keeps it for those.
    """
    municipality = _municipality(actor)
    scenario = _kept_as(scenario, row.pk)
    tried(facts, scenario)
    with transaction.atomic():
        _lock(municipality)
        row = _there(row)
        was, stood = _plain(row), state_of(row)
        same = scenario_of(row) == scenario and row.is_shown == is_shown
        if same and row.basis == facts.mark:
            return row
        if not same and stood != old:
            raise Stale
        _must_be_free(municipality, scenario, row)
        row.name, row.data, row.is_shown = scenario.name.ja, scenario.model_dump_json(), is_shown
        row.basis, row.by, row.changed_at = facts.mark, actor.user, timezone.now()
        row.save(update_fields=["name", "data", "is_shown", "basis", "by", "changed_at"])
        before, after = differing(was, _plain(row))
        record(actor, "scenario.changed", row.name, old=before, new=after)
    return row


def show(actor: Actor, row: SavedScenario, *, is_shown: bool) -> None:
    """Let council members and readers see the scenario, or the municipality's own staff alone."""
    _municipality(actor)
    with transaction.atomic():
        row = _there(row)
        if row.is_shown == is_shown:
            return
        SavedScenario.objects.filter(pk=row.pk).update(is_shown=is_shown)
        action = "scenario.shown" if is_shown else "scenario.hidden"
        record(actor, action, row.name, old={"is_shown": not is_shown}, new={"is_shown": is_shown})


def remove(actor: Actor, row: SavedScenario) -> None:
    """Take the scenario off the list; ``restore`` takes that back."""
    _municipality(actor)
    with transaction.atomic():
        row = _locked(row)
        if row.removed_at is not None:
            return
        SavedScenario.objects.filter(pk=row.pk).update(removed_at=timezone.now())
        record(actor, "scenario.removed", row.name, old=_said(row))


def restore(actor: Actor, row: SavedScenario) -> None:
    """Put a removed scenario on the list again; raises Problem where its name was given away meanwhile."""
    municipality = _municipality(actor)
    with transaction.atomic():
        _lock(municipality)
        row = _locked(row)
        if row.removed_at is None:
            return
        _must_be_free(municipality, scenario_of(row), row)
        SavedScenario.objects.filter(pk=row.pk).update(removed_at=None)
        record(actor, "scenario.restored", row.name, new=_said(row))


def _municipality(actor: Actor) -> Municipality:
    actor.must(Right.EDIT_PLAN)
    return actor.here


def _lock(municipality: Municipality) -> None:
    """Names are given one after the other: acts that give one wait for each other."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)


def _locked(row: SavedScenario) -> SavedScenario:
    return SavedScenario.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _there(row: SavedScenario) -> SavedScenario:
    found = _locked(row)
    if found.removed_at is not None:
        raise Problem(
            "このシナリオは削除されています。一覧の「削除したシナリオ」から戻すか、別のシナリオとして保存してください",
            "this scenario has been removed; restore it from the list, or save what you have as another one",
        )
    return found


def _sent_again(before: SavedScenario, municipality: Municipality, scenario: Scenario) -> SavedScenario:
    if before.municipality_id != municipality.pk:
        raise TooOld
    if scenario_of(before) != scenario:
        raise Problem(
            "このシナリオはもう保存されています。一覧から開いて書き換えてください",
            "this scenario has been saved already; open it from the list to change it",
        )
    return before


def _kept_as(scenario: Scenario, key: UUID) -> Scenario:
    return scenario.model_copy(update={"id": str(key)})


def _must_be_free(municipality: Municipality, scenario: Scenario, but: SavedScenario | None = None) -> None:
    """Raises Problem where another scenario that can be chosen beside this one has one of its names."""
    rows = SavedScenario.objects.filter(municipality=municipality, removed_at=None)
    others = [scenario_of(row) for row in rows.exclude(pk=but.pk if but else None)]
    presets = [preset_scenario(name) for name in PRESETS]
    others += [*presets, *(named_on(each, None) for each in presets)]  # whatever the base projection is
    taken = {name for each in others for name in (each.name.ja, each.name.en)}
    if found := next((name for name in (scenario.name.ja, scenario.name.en) if name in taken), None):
        shown = quoted(found)
        raise Problem(
            f"「{shown}」という名前のシナリオがもうあります。別の名前にしてください",
            f'there is a scenario called "{shown}" already; choose another name',
        )


def _plain(row: SavedScenario) -> dict[str, Any]:
    """The row as the log keeps it: what is as in the projection it starts from is None."""
    said = scenario_of(row).model_dump(mode="json", exclude_defaults=True, exclude={"id", "name"})
    parts = {name: said.get(name) for name in _PARTS}
    return {"name": row.name, **parts, "is_shown": row.is_shown, "figures": row.basis}


def _said(row: SavedScenario) -> dict[str, Any]:
    """The row as the log keeps it, without what it leaves as it is."""
    return {name: value for name, value in _plain(row).items() if value is not None}


_PARTS = ("note", "fertility", "migration", "movers", "beyond")
