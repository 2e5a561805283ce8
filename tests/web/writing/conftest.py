from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from sosei.plan.model import Plan
from sosei.plan.walk import elements, index
from sosei.plan.writing import data_of, dump_plan

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Writer:
    """An officer who writes at a draft."""

    def __init__(self, client: Client, actor: Any, draft: Any) -> None:
        self.client, self.actor, self.draft = client, actor, draft
        self.base = f"/{draft.municipality.code}/plans/{draft.plan.key}/revision/write/"

    @property
    def plan(self) -> Plan:
        from sosei.web.plans.store import draft_document

        return draft_document(self.draft)

    @property
    def operations(self) -> int:
        return int(self.draft.operations.count())

    def get(self, path: str = "", **query: Any) -> Any:
        return self.client.get(f"{self.base}{path}?{urlencode(query, doseq=True)}")

    def post(self, path: str, **sent: Any) -> Any:
        return self.client.post(f"{self.base}{path}", sent)

    def key(self, place: str) -> str:
        """The element at a path of labels: 基本目標1/施策①."""
        return next(each.element.key for each in elements(self.plan) if each.place == place)

    def labels(self, level: str) -> list[str]:
        """The labels of a level in the plan's order."""
        return [each.element.label for each in elements(self.plan) if each.element.level == level]

    def value(self, key: str, field: str) -> Any:
        return data_of(index(self.plan)[key]).get(field)


@pytest.fixture
def writer(
    signed_in: Callable[..., Client], cities: dict[str, Any], loaded: Callable[[str], Any]
) -> Callable[..., Writer]:
    """An officer at the draft of an example city's plan, or of ``plan``: ``writer("hitoyoshi")``."""
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import User
    from sosei.web.plans import acts

    def sit(name: str = "hitoyoshi", plan: Plan | None = None) -> Writer:
        city = cities[name]
        if plan is None:
            draft = loaded(name)
            client = Client()
            client.force_login(draft.created_by, backend=BACKEND)
            return Writer(client, actor_of(draft.created_by, city), draft)
        client = signed_in("officer", city)
        actor = actor_of(User.objects.get(username=f"officer-{city.code}"), city)
        plan = plan.model_copy(
            update={"municipality": plan.municipality.model_copy(update={"code": city.code})}
        )
        return Writer(client, actor, acts.load_file(actor, dump_plan(plan)))

    return sit
