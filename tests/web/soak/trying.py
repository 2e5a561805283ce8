"""The trial of a population answers while a slider moves: each answer beside a page that reads nothing.

Prints ``{"answers": [[what, seconds, those of the empty page, the answer's bytes] ...]}``, medians.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sosei.web.start import start

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))
from measure import calls_in_turn

RUNS = 15
_HX = {"HX-Request": "true"}
_ALL = "tfr=1.8&young_out=30&family_in=10&families=5&since=2026"
# What is asked, each with another number in every request.
_ASKED = (
    ("a slider moved", f"{_ALL}&older_in={{}}"),
    ("a target sought in two years", f"{_ALL}&target=220{{:02}}"),
    ("a target sought in four years, from the trial on", f"{_ALL}&target=220{{:02}}&on=trial&year=2040&year=2045&year=2060&year=2070"),
)  # fmt: skip


def main() -> None:
    """Make the installation, ask each in turn with the empty page, print the medians."""
    os.umask(0o077)
    start()
    client, page = _desk()
    found = []
    for what, query in _ASKED:
        sizes: list[int] = []
        ask = partial(_answer, client, page, query, count(), sizes)
        ours, empty = calls_in_turn([ask, partial(client.get, "/about/")], runs=RUNS)
        found.append([what, ours, empty, max(sizes)])
    sizes = []
    ours, empty = calls_in_turn(
        [partial(_whole, client, f"{page}?{_ALL}", sizes), partial(client.get, "/about/")], runs=RUNS
    )
    found.append(["the whole page", ours, empty, max(sizes)])
    print(json.dumps({"answers": found}))  # noqa: T201


def _desk() -> tuple[Any, str]:
    """A reader of 人吉市 and the address of the trial."""
    from django.core.management import call_command
    from django.test import Client

    from sosei.web.people.models import Membership, Municipality, User

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    city = Municipality.objects.create(code="432032", name="人吉市", prefecture="熊本県")
    user = User.objects.create_user("sample", "not asked for here", name="サンプル")
    Membership.objects.create(municipality=city, user=user, role="reader")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, f"/{city.code}/population/try/"


def _answer(client: Any, page: str, query: str, numbers: count[int], sizes: list[int]) -> None:
    _counted(client.get(f"{page}?{query.format(next(numbers))}", headers=_HX), sizes)


def _whole(client: Any, address: str, sizes: list[int]) -> None:
    _counted(client.get(address), sizes)


def _counted(answer: Any, sizes: list[int]) -> None:
    if answer.status_code != 200 or b'id="answer-title"' not in answer.content:
        raise RuntimeError(f"answered {answer.status_code}")
    sizes.append(len(answer.content))


if __name__ == "__main__":
    main()
