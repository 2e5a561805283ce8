from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.people.actor import Refused, actor_of
from sosei.web.people.tenant import change_settings, settings_of

pytestmark = pytest.mark.django_db


def test_what_differs_is_set_and_logged(officer: Callable[[str], Any]) -> None:
    actor = officer("aso")
    wanted = replace(settings_of(actor.municipality), second_factor_required=True, session_minutes=30)
    city = change_settings(actor, wanted)
    city.refresh_from_db()
    assert settings_of(city) == wanted
    change_settings(actor, wanted)
    (act,) = Act.objects.all()
    assert (act.action, json.loads(act.old), json.loads(act.new)) == (
        "municipality.changed",
        {"second_factor_required": False, "session_minutes": 60},
        {"second_factor_required": True, "session_minutes": 30},
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"session_minutes": 4}, "from 5 to 480"),
        ({"session_minutes": 481}, "from 5 to 480"),
        ({"log_years": 0}, "from 1 to 30"),
        ({"log_years": 31}, "from 1 to 30"),
        ({"name": " "}, "is empty"),
        ({"name": "市" * 101}, "at most 100"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, Any], says: str, officer: Callable[[str], Any]) -> None:
    actor = officer("aso")
    with pytest.raises(Problem, match=says):
        change_settings(actor, replace(settings_of(actor.municipality), **change))


def test_only_officers_and_operators_set_it(cities: dict[str, Any], person: Callable[..., Any]) -> None:
    wanted = replace(settings_of(cities["aso"]), log_years=7)
    with pytest.raises(Refused):
        change_settings(actor_of(person("headquarters", cities["aso"]), cities["aso"]), wanted)
    assert change_settings(actor_of(person("operator"), cities["aso"]), wanted).log_years == 7
