"""Many people at once, and power failures: nothing accepted is lost, nothing half-written is seen."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.web.soak.crowd import Rival, Visitor, Writer, at_once, writers_of
from tests.web.soak.installation import Installation

pytestmark = pytest.mark.slow

OFFICERS, OTHERS = 10, 40
SOAK_SECONDS = 60
KILLS = 4


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation on the database of this run: a fresh one on PostgreSQL, SQLite otherwise."""
    url = os.environ.get("SOSEI_TEST_DATABASE", "")
    if not url:
        home = tmp_path / "home"
        yield _made(Installation(home, ""))
        return
    import psycopg

    name = f"soak_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield _made(Installation(tmp_path / "home", url.replace("/postgres?", f"/{name}?")))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _made(installation: Installation) -> Installation:
    from sosei.web.secret import make_secret_key

    installation.home.mkdir(mode=0o700)
    make_secret_key(installation.home / "secret.key")
    return installation


def test_fifty_people_read_and_save_for_a_minute(installation: Installation) -> None:
    filled = installation.run("fill", str(OFFICERS), str(OTHERS))
    with installation.served() as server:
        writers = writers_of(filled, server.port)
        readers = [Visitor(server.port, cookie) for cookie in filled["others"]]
        until = time.monotonic() + SOAK_SECONDS
        at_once(
            [
                *(_writing(writer, lambda: time.monotonic() < until) for writer in writers),
                *(_reading(reader, filled, lambda: time.monotonic() < until) for reader in readers),
            ]
        )
        assert [w for visitor in (*readers, *(w.visitor for w in writers)) for w in visitor.wrong] == []
        assert all(writer.accepted for writer in writers)
    _nothing_lost(installation, writers)


def test_killed_in_the_middle_of_saves(installation: Installation) -> None:
    filled = installation.run("fill", str(OFFICERS), "0")
    writers = writers_of(filled, 0)
    for _ in range(KILLS):
        with installation.served() as server:
            for writer in writers:
                writer.visitor = Visitor(server.port, writer.visitor.session)
            stop = threading.Event()
            crowd = threading.Thread(
                target=at_once, args=([_writing_until_killed(writer, stop) for writer in writers],)
            )
            crowd.start()
            while not all(writer.accepted for writer in writers):
                time.sleep(0.05)
            time.sleep(1.0)
            server.kill()
            stop.set()
            crowd.join()
        _settle(installation, writers)
    _nothing_lost(installation, writers)
    doctor = installation.sosei("doctor")
    assert doctor.returncode == 0, doctor.stdout


def test_a_crowd_writes_at_the_same_fields_and_the_power_fails(installation: Installation) -> None:
    """Half of them each at a record of their own, half all at one field, for a minute, killed in the middle."""
    filled = installation.run("fill", str(OFFICERS), "0")
    form = f"/{filled['code']}/plans/{filled['plan']}/revision/write/"
    writers = writers_of(filled, 0)[: OFFICERS // 2]
    rivals = [
        Rival(Visitor(0, cookie), form, filled["indicators"][0], "definition")
        for cookie in filled["officers"][OFFICERS // 2 :]
    ]
    everybody: list[Writer | Rival] = [*writers, *rivals]
    for _ in range(2):
        with installation.served() as server:
            for each in everybody:
                each.visitor = Visitor(server.port, each.visitor.session)
            stop = threading.Event()
            jobs = [_writing_until_killed(writer, stop) for writer in writers]
            jobs += [_rivalling(number, rival, stop) for number, rival in enumerate(rivals)]
            crowd = threading.Thread(target=at_once, args=(jobs,))
            crowd.start()
            time.sleep(SOAK_SECONDS / 2)
            server.kill()
            stop.set()
            crowd.join()
        assert [wrong for each in everybody for wrong in each.visitor.wrong] == []
        _settle(installation, writers)
    stands = installation.run("standing")
    assert stands["operations"] == len(stands["written"])
    assert stands["numbers"] == list(range(1, stands["operations"] + 1))
    assert stands["chain"]
    shared = filled["indicators"][0]
    written = [new for key, new in stands["written"] if key == shared and isinstance(new, str)]
    answered = {text for each in rivals for text in each.saved}
    asked = {text for each in rivals for text in each.asked}
    assert len(written) == len(set(written))  # nothing twice
    assert answered <= set(written) <= asked  # what was answered is there; a last one may be there unanswered
    assert len(set(written) - answered) <= 2 * len(rivals)
    for rival in rivals:
        assert [text for text in written if text in rival.saved] == rival.saved
    assert sum(each.conflicts for each in rivals) > 0
    for writer in writers:
        assert [new for key, new in stands["written"] if key == writer.key] == writer.accepted
    doctor = installation.sosei("doctor")
    assert doctor.returncode == 0, doctor.stdout


def _rivalling(number: int, rival: Rival, stop: threading.Event) -> Callable[[], None]:
    def work() -> None:
        while not stop.is_set():
            try:
                rival.save(f"{number}人目の定義 {len(rival.asked)}")
            except (OSError, http.client.HTTPException):
                return

    return work


def _writing(writer: Writer, going: Callable[[], bool]) -> Callable[[], None]:
    def work() -> None:
        while going():
            writer.save(f"{writer.key}の名称 {len(writer.accepted)}")

    return work


def _reading(reader: Visitor, filled: dict[str, Any], going: Callable[[], bool]) -> Callable[[], None]:
    plan = f"/{filled['code']}/plans/{filled['plan']}/current"
    pages = [
        f"/{filled['code']}/",
        f"{plan}/",
        f"{plan}/kpis/",
        f"{plan}/text/",
        f"/{filled['code']}/search/?q=%E7%A7%BB%E4%BD%8F",
        *(f"{plan}/indicators/{key}/" for key in filled["indicators"][:20]),
        *(f"{plan}/elements/{spot['key']}/" for spot in filled["spots"][:10]),
    ]

    def work() -> None:
        turn = 0
        while going():
            reader.get(pages[turn % len(pages)])
            turn += 1

    return work


def _writing_until_killed(writer: Writer, stop: threading.Event) -> Callable[[], None]:
    def work() -> None:
        while not stop.is_set():
            try:
                writer.save(f"{writer.key}の名称 {len(writer.accepted)}")
            except (OSError, http.client.HTTPException):
                return

    return work


def _settle(installation: Installation, writers: list[Writer]) -> None:
    """The last save before the end may have been kept without an answer; every answered one must be there."""
    names = installation.run("standing")["names"]
    for writer in writers:
        assert writer.visitor.wrong == []
        assert names[writer.key] in (writer.accepted[-1], writer.asked)
        if names[writer.key] != writer.accepted[-1]:
            writer.accepted.append(names[writer.key])
            writer.old = f'"{names[writer.key]}"'


def _nothing_lost(installation: Installation, writers: list[Writer]) -> None:
    """Every accepted name is an operation, in order, once; the last one stands; the log is whole."""
    stands = installation.run("standing")
    assert stands["operations"] == len(stands["written"])
    for writer in writers:
        assert [new for key, new in stands["written"] if key == writer.key] == writer.accepted
        assert stands["names"][writer.key] == writer.accepted[-1]
    assert stands["chain"]
