from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sosei.plan.walk import index
from sosei.web.people.acting import today
from sosei.web.people.actor import actor_of
from sosei.web.plans import acts
from sosei.web.plans.store import draft_document
from sosei.web.proposals.asking import Asking, open_request
from sosei.web.proposals.belonging import belongings_on
from sosei.web.proposals.models import Proposal
from sosei.web.proposals.proposing import Written, send, write
from sosei.web.proposals.typed import Why, changed
from sosei.web.writing.forms import json_text

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Hall:
    """A town hall (人吉市): a draft, an officer, and two divisions with a clerk and a head each."""

    def __init__(self, edition: Any, person: Callable[..., Any]) -> None:
        self.city, self.plan = edition.municipality, edition.plan
        self.users = {"officer": person("officer", self.city, username="first")}
        self.users["second"] = person("officer", self.city, username="second")
        self.draft = acts.begin_revision(self.actor("officer"), self.plan)
        self.own, self.other = self._divisions()
        for name, division in (("", self.own), ("other-", self.other)):
            for role in ("clerk", "head"):
                self.users[name + role] = person(role, self.city, division=division, username=name + role)
        self.users["headquarters"] = person("headquarters", self.city, username="honbu")

    def _divisions(self) -> tuple[Any, Any]:
        """The two divisions with the most to answer for."""
        found = belongings_on(self.city, self.document, today())
        divisions = sorted(self.city.divisions.all(), key=lambda each: -len(found.of(each.pk)))
        return divisions[0], divisions[1]

    def actor(self, name: str) -> Any:
        return actor_of(self.users[name], self.city)

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.users[name], backend=BACKEND)
        return client

    @property
    def document(self) -> Any:
        return draft_document(self.draft)

    def own_keys(self, division: Any = None) -> frozenset[str]:
        return belongings_on(self.city, self.document, today()).of((division or self.own).pk)

    def node(self, kind: type, *, has: str = "", division: Any = None, at: int = 0) -> Any:
        """The record number ``at`` of a kind that is the division's, and has the field ``has``."""
        keys = self.own_keys(division)
        found = [
            node
            for key, node in index(self.document).items()
            if key in keys and isinstance(node, kind) and (not has or getattr(node, has))
        ]
        return found[at]

    def ask(self, *, due: date | None = None, divisions: Any = None) -> Any:
        asking = Asking(
            key=uuid4(),
            title="令和8年度改定の照会",
            text="数字の見直しをお願いします。",
            due=due or today() + timedelta(days=14),
            divisions=divisions or [self.own, self.other],
        )
        return open_request(self.actor("officer"), self.draft, asking)

    def asked(self, request: Any, division: Any = None) -> Any:
        return request.asked.get(division=division or self.own)

    def written(
        self, node: Any, field: str, text: str, reason: str = "実情に合わせる", **more: str
    ) -> Written:
        data = node.model_dump(mode="json", exclude_defaults=True, include={field}).get(field)
        typed = {field: text, f"{field}.quantity": text, **more}
        return changed(self.document, node, field, typed, json_text(data), Why(key=uuid4(), reason=reason))

    def propose(self, asked: Any, node: Any, field: str, text: str, who: str = "clerk") -> Proposal:
        return write(self.actor(who), asked, self.written(node, field, text))

    def sent(self, asked: Any, node: Any, field: str, text: str, who: str = "clerk") -> Proposal:
        proposal = self.propose(asked, node, field, text, who)
        send(self.actor(who), asked)
        proposal.refresh_from_db()
        return proposal

    def page(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={"code": self.city.code, "plan": self.plan.key, **more})


@pytest.fixture
def hall(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Hall:
    return Hall(adopted("hitoyoshi"), person)
