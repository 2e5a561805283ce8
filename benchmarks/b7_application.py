"""The application: one of 1,741 municipalities beside a single one, and fifty people beside one.

Needs PostgreSQL for the first part (``tools/with-postgres.sh``); the second runs on the database that
``SOSEI_TEST_DATABASE`` names, else on SQLite.  People think between pages, as people do: four seconds.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from measure import Row

from sosei.web.secret import make_secret_key
from tests.web.soak.crowd import Visitor, at_once
from tests.web.soak.installation import Installation

MUNICIPALITIES = int(os.environ.get("BENCH_MUNICIPALITIES", "1741"))
PEOPLE, THINK, SECONDS = 50, 4.0, 60
KPIS, VISITS, TURNS = 24, 60, 4


def run() -> list[Row]:
    """Both parts."""
    rows = []
    url = os.environ.get("SOSEI_TEST_DATABASE", "")
    for database, name in filter(None, (("", "SQLite"), (url, "PostgreSQL") if url else None)):
        with installation(database) as made:
            rows += _fifty(made, name)
    if url:
        with installation(url, "bench_one") as single, installation(url, "bench_all") as shared:
            rows += _many(single, shared)
    return rows


@contextmanager
def installation(url: str, name: str = "bench") -> Iterator[Installation]:
    """A fresh installation; on PostgreSQL in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        make_secret_key(home / "secret.key")
        if not url:
            yield Installation(home, "")
            return
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            yield Installation(home, url.replace("/postgres?", f"/{name}?"))
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _fifty(made: Installation, name: str) -> list[Row]:
    """The 95th percentile of answers for fifty people, beside that of one, the same pages."""
    filled = made.run("fill", "1", str(PEOPLE))
    with made.served() as server:
        alone = _visits([Visitor(server.port, filled["others"][0])], filled, SECONDS / 4, think=0.2)
        crowd = [Visitor(server.port, cookie) for cookie in filled["others"]]
        together = _visits(crowd, filled, SECONDS, think=THINK)
    one, many = (statistics.quantiles(times, n=20)[18] for times in (alone, together))
    return [Row("B7", f"50 people on {name}, 95th percentile", many, one, "one alone", "under 3 x")]


def _visits(people: list[Visitor], filled: Mapping[str, Any], seconds: float, *, think: float) -> list[float]:
    """Every answer's time while ``people`` read for ``seconds``."""
    until = time.monotonic() + seconds
    pages = pages_of(filled)

    def reading(person: Visitor, dice: random.Random) -> Callable[[], None]:
        def work() -> None:
            time.sleep(dice.random() * think)
            while time.monotonic() < until:
                person.get(dice.choice(pages))
                time.sleep(think * (0.5 + dice.random()))

        return work

    at_once([reading(person, random.Random(number)) for number, person in enumerate(people)])  # noqa: S311
    wrong = [each for person in people for each in person.wrong]
    if wrong:
        raise RuntimeError(f"the application answered wrongly: {wrong[:3]}")
    return [each for person in people for each in person.seconds]


def pages_of(filled: Mapping[str, Any]) -> list[str]:
    """Pages of a plan of every kind."""
    plan = f"/{filled['code']}/plans/{filled['plan']}/current"
    return [
        f"/{filled['code']}/",
        f"{plan}/",
        f"{plan}/kpis/",
        f"{plan}/text/",
        f"/{filled['code']}/search/?q=%E6%8E%A8%E9%80%B2",
        *(f"{plan}/indicators/{key}/" for key in filled["indicators"][:8]),
    ]


def _many(single: Installation, shared: Installation) -> list[Row]:
    """A page in an installation with one municipality and in one with all of them, asked in turn."""
    alone = single.run("fill_many", "1", str(KPIS))["cities"][0]
    cities = shared.run("fill_many", str(MUNICIPALITIES), str(KPIS))["cities"]
    return _compared(single, alone, shared, cities)


def _compared(
    single: Installation, alone: Mapping[str, Any], shared: Installation, cities: list[Mapping[str, Any]]
) -> list[Row]:
    """Medians: pages seen before, and the first page of a plan that the process has not met."""
    warm: tuple[list[float], list[float]] = ([], [])
    cold: tuple[list[float], list[float]] = ([], [])
    dice = random.Random(0)  # noqa: S311
    for _ in range(TURNS):
        for at, (made, city) in enumerate(((single, alone), (shared, dice.choice(cities)))):
            with made.served("--workers", "1", "--no-worker") as server:
                visitor = Visitor(server.port, city["cookie"])
                pages = pages_of(city)
                visitor.get("/about/")
                for turn in range(VISITS):
                    visitor.get(pages[(turn + 1) % len(pages)])
                cold[at].append(visitor.seconds[1])
                warm[at].extend(visitor.seconds[1 + len(pages) :])
                if visitor.wrong:
                    raise RuntimeError(f"the application answered wrongly: {visitor.wrong[:3]}")
    ones, others = (statistics.median(each) for each in warm)
    first, others_first = (statistics.median(each) for each in cold)
    job = f"a page, {len(cities)} municipalities"
    return [
        Row("B7", job, others, ones, "the only municipality", "at most 1.5 x"),
        Row("B7", f"{job}, first of a plan", others_first, first, "the only one, first", "at most 1.5 x"),
    ]


def main() -> None:
    """Print the table and the figures as JSON."""
    rows = run()
    for row in rows:
        print(
            f"{row.id:4} {row.job:44} {row.ours:8.4f}s {row.beside:8.4f}s {row.aim:>16}   beside is {row.beside_is}"
        )
    print(json.dumps([row._asdict() for row in rows], ensure_ascii=False))


if __name__ == "__main__":
    main()
