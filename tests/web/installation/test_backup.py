"""A backup holds everything of one moment and brings it back, on either database."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from sosei.values import Problem
from sosei.web.installation.backup import back_up, restore, secret_in
from sosei.web.installation.faults import faults
from sosei.web.journal.models import Act, Chain
from sosei.web.journal.record import record
from sosei.web.people.actor import command_line
from sosei.web.people.models import Municipality, User
from sosei.web.plans.models import Edition, PlacementRow, SearchRow
from sosei.web.plans.store import edition_bytes
from tests.web.conftest import PASSWORD
from tests.web.installation.conftest import empty_database, everything, quiet, rewrite

pytestmark = pytest.mark.django_db(transaction=True)

Cities = dict[str, Any]


def test_a_restored_backup_is_the_same_in_every_row(two_cities: Cities, tmp_path: Path) -> None:
    before, placed, searched = everything(), PlacementRow.objects.count(), SearchRow.objects.count()
    bytes_before = {each.pk: edition_bytes(each) for each in Edition.objects.all()}
    made = back_up(tmp_path / "b.zip", quiet)
    assert (made.editions, made.faults) == (2, ())
    assert made.rows == sum(map(len, before.values()))
    empty_database()
    assert restore(tmp_path / "b.zip", quiet).faults == ()
    assert {each.pk: edition_bytes(each) for each in Edition.objects.all()} == bytes_before
    noted = Act.objects.get(action="installation.restored")
    after = everything()
    after["journal.Act"] = [row for row in after["journal.Act"] if row["id"] != noted.pk]
    assert {label: rows for label, rows in after.items() if label != "journal.Chain"} == {
        label: rows for label, rows in before.items() if label != "journal.Chain"
    }
    assert (PlacementRow.objects.count(), SearchRow.objects.count()) == (placed, searched)
    assert User.objects.get(username="officer-432148").check_password(PASSWORD)
    with transaction.atomic():
        record(command_line(), "log.verified")  # the chains go on
    assert list(faults()) == []


def test_the_file_is_private_and_never_overwrites(two_cities: Cities, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    back_up(path, quiet)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Problem, match="is there already"):
        back_up(path, quiet)
    with pytest.raises(Problem, match="cannot be written"):
        back_up(tmp_path / "none" / "b.zip", quiet)
    assert [each.name for each in tmp_path.iterdir()] == ["b.zip"]


def test_the_manifest_tells_editions_and_where_each_log_stood(
    two_cities: Cities, tmp_path: Path, archive_copy: Callable[[Path], dict[str, bytes]]
) -> None:
    heads = {each.municipality_id: each.head for each in Chain.objects.all()}
    back_up(tmp_path / "b.zip", quiet)
    parts = archive_copy(tmp_path / "b.zip")
    manifest = json.loads(parts["manifest.json"])
    for entry in manifest["editions"]:
        edition = Edition.objects.get(municipality__code=entry["code"])
        assert parts[entry["part"]] == bytes(edition.data)
        assert entry["sha256"] == edition.sha256
    codes = {None: None} | {each.code: each.pk for each in Municipality.objects.all()}
    assert {codes[each["code"]]: each["head"] for each in manifest["chains"]} == heads
    assert "secret.key" not in parts


def test_the_secret_key_only_goes_along_when_asked_for(two_cities: Cities, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("a key")
    back_up(tmp_path / "b.zip", quiet)
    back_up(tmp_path / "k.zip", quiet, secret=tmp_path / "secret.key")
    assert secret_in(tmp_path / "b.zip") is None
    assert secret_in(tmp_path / "k.zip") == b"a key"
    empty_database()
    restore(tmp_path / "k.zip", quiet)
    assert Edition.objects.count() == 2


def test_a_backup_is_of_one_moment_while_others_write(two_cities: Cities, tmp_path: Path) -> None:
    """What is recorded while the rows are being read is not in the backup, in no part of it."""
    city = Municipality.objects.get(code="432148")
    before = Chain.objects.get(municipality=city)

    def somebody_works() -> None:
        try:
            with transaction.atomic():
                city.divisions.create(key="d000000002", name="後からできた課")
                record(command_line(city), "log.verified")
        finally:
            connection.close()

    def on_the_way(_done: int, _total: int) -> None:
        other = threading.Thread(target=somebody_works)
        if not city.divisions.filter(key="d000000002").exists() and not started:
            started.append(other)
            other.start()
            other.join()

    started: list[threading.Thread] = []
    back_up(tmp_path / "b.zip", on_the_way)
    assert city.divisions.filter(key="d000000002").exists()
    assert Chain.objects.get(municipality=city).length == before.length + 1
    empty_database()
    assert restore(tmp_path / "b.zip", quiet).faults == ()
    assert not city.divisions.filter(key="d000000002").exists()
    assert Chain.objects.get(municipality=city).head == before.head


def test_only_an_empty_installation_takes_a_backup(two_cities: Cities, tmp_path: Path) -> None:
    back_up(tmp_path / "b.zip", quiet)
    with pytest.raises(Problem, match="holds data already"):
        restore(tmp_path / "b.zip", quiet)


def test_an_edition_that_was_changed_is_told_before_and_after(two_cities: Cities, tmp_path: Path) -> None:
    edition = Edition.objects.get(municipality__code="432148")
    Edition.objects.filter(pk=edition.pk).update(
        data=bytes(edition.data).replace("阿蘇".encode(), "阿曽".encode(), 1)
    )
    (told,) = back_up(tmp_path / "b.zip", quiet).faults
    assert "第1版" in told.ja


def test_a_row_too_few_stops_the_whole(two_cities: Cities, tmp_path: Path) -> None:
    back_up(tmp_path / "b.zip", quiet)

    def without_people(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
        parts["rows/people.user.jsonl"] = b""
        manifest["rows"]["people.User"] = 0

    empty_database()
    with pytest.raises(Problem, match="damaged or changed"):
        restore(rewrite(tmp_path / "b.zip", tmp_path / "bad.zip", without_people), quiet)
    assert not Municipality.objects.exists()
