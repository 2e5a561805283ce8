"""An officer edits a plan of 300 measures; what a request takes at the beginning and 2,000 operations later.

Prints ``{"requests": [[operations before, [empty page, value written, act undone]] ...],
"plan": [a value set, links checked]}``, medians in seconds.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sosei.web.start import start

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))
from measure import calls_in_turn

OPERATIONS = 2000


@dataclass(slots=True)
class Desk:
    """An officer's browser on the draft of a large plan."""

    actor: Any
    draft: Any
    client: Any
    key: str
    written: str
    numbers: count[int] = field(default_factory=count)

    def address(self, page: str) -> str:
        return f"/{self.actor.municipality.code}/plans/{self.draft.plan.key}/revision/{page}"

    def write(self) -> None:
        """One name, by the form."""
        text = f"サンプルの名称{next(self.numbers)}"
        was = json.dumps(self.written, ensure_ascii=False)
        self._post("write/save/", {"key": self.key, "was.name": was, "name": text})
        self.written = text

    def take_back_and_again(self) -> None:
        """One act, there and back."""
        for page in ("undo-last/", "redo-last/"):
            self._post(page, {})

    def empty_page(self) -> None:
        """A page that reads no plan."""
        assert self.client.get("/about/").status_code == 200

    def _post(self, page: str, sent: dict[str, str]) -> None:
        answer = self.client.post(self.address(page), sent)
        if answer.status_code != 302:
            raise RuntimeError(f"{page} answered {answer.status_code}")


def main() -> None:
    """Fill the installation, time the calls, print the medians."""
    os.umask(0o077)
    start()
    from sosei.plan import links
    from sosei.web.plans.store import draft_document

    desk = desk_of_a_large_plan()
    requests = [(0, _timed(desk))]
    edit: Callable[[], object] = partial(_one_value, desk)
    plan = calls_in_turn([edit, partial(links.check, draft_document(desk.draft))], runs=15)
    _write_many(desk)
    requests.append((OPERATIONS, _timed(desk)))
    print(json.dumps({"requests": requests, "plan": plan}))  # noqa: T201


def _timed(desk: Desk) -> list[float]:
    empty, write, both = calls_in_turn([desk.empty_page, desk.write, desk.take_back_and_again], runs=15)
    return [empty, write, both / 2]


def _one_value(desk: Desk) -> None:
    """The plan alone: a value set on the state in memory, and the plan that follows."""
    from sosei.plan.operations import Set
    from sosei.web.plans.store import working_copy

    work = working_copy(desk.draft)
    work.apply(Set(key=desk.key, field="name", old=desk.written, new="サンプル"))
    work.plan()


def _write_many(desk: Desk) -> None:
    from sosei.plan.operations import Set
    from sosei.web.plans.acts import operate

    for number in range(OPERATIONS // 10):
        made = []
        for part in range(10):
            text = f"サンプルの名称{number}-{part}"
            made.append(Set(key=desk.key, field="name", old=desk.written, new=text))
            desk.written = text
        operate(desk.actor, desk.draft, made)


def desk_of_a_large_plan() -> Desk:
    """An installation made and filled: a plan of 300 measures adopted, a draft of its revision open."""
    from datetime import date

    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from sosei.plan.writing import dump_plan
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import Membership, Municipality, User
    from sosei.web.people.roles import Role
    from sosei.web.plans.acts import Adoption, adopt, begin_revision, load_file
    from tests.web.reading.large import large_plan

    plan = large_plan()
    named = plan.municipality
    city = Municipality.objects.create(code=named.code, name=named.name, prefecture=named.prefecture)
    user = User.objects.create_user("officer", None, name="サンプル")
    Membership.objects.create(municipality=city, user=user, role=Role.OFFICER)
    actor = actor_of(user, city)
    draft = load_file(actor, dump_plan(plan))
    edition = adopt(actor, draft, Adoption(title="策定", on=date(2025, 9, 1), length=0))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    chosen = plan.indicators[800]
    return Desk(actor, begin_revision(actor, edition.plan), client, chosen.key, chosen.name)


if __name__ == "__main__":
    main()
