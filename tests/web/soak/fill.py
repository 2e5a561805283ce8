"""Fill a fresh installation: 人吉市 with its plan adopted and a draft open, and people who are signed in.

Prints ``{"code", "plan", "spots": [{"key", "old"}], "officers": [cookie ...], "others": [cookie ...]}``.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from sosei.web.start import start

ROOT = Path(__file__).resolve().parents[3]
CODE = "432032"


def main(officers: int, others: int) -> None:
    """Make everything, for its owner alone to read, and print how to reach it."""
    os.umask(0o077)
    start()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from sosei.plan import walk
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import Municipality
    from sosei.web.people.roles import Role
    from sosei.web.plans.acts import Adoption, adopt, begin_revision, load_file
    from sosei.web.plans.store import draft_document

    city = Municipality.objects.create(code=CODE, name="人吉市", prefecture="熊本県", session_minutes=480)
    writers = [_person(city, Role.OFFICER, number) for number in range(officers)]
    kinds = (Role.CLERK, Role.HEAD, Role.HEADQUARTERS, Role.READER, Role.COUNCIL)
    readers = [_person(city, kinds[number % len(kinds)], number) for number in range(others)]
    actor = actor_of(writers[0], city)
    draft = load_file(actor, (ROOT / "examples/hitoyoshi/plan.json").read_bytes())
    edition = adopt(actor, draft, Adoption(title="策定", on=date(2025, 9, 1), length=0))
    document = draft_document(begin_revision(actor, edition.plan))
    named = [placed.element for placed in walk.elements(document) if placed.element.name]
    found: dict[str, Any] = {
        "code": CODE,
        "plan": edition.plan.key,
        "spots": [
            {"key": element.key, "old": json.dumps(element.name, ensure_ascii=False)} for element in named
        ],
        "indicators": [indicator.key for indicator in document.indicators],
        "officers": [cookie_of(user) for user in writers],
        "others": [cookie_of(user) for user in readers],
    }
    print(json.dumps(found))  # noqa: T201


def _person(city: Any, role: str, number: int) -> Any:
    from sosei.web.people.models import Membership, User

    user = User.objects.create_user(f"{role}-{number}", None, name=f"{role} {number}（サンプル）")
    Membership.objects.create(municipality=city, user=user, role=role)
    return user


def cookie_of(user: Any) -> str:
    """The session of ``user``, signed in."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sosei_session"].value


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
