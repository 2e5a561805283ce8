"""Files that are not what they say are refused with one sentence, and nothing of them is taken in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sosei.values import Problem
from sosei.web.installation.backup import back_up, restore
from sosei.web.people.models import Municipality
from tests.web.installation.conftest import edit_row, empty_database, pack, quiet, rewrite

Parts = dict[str, bytes]
Manifest = dict[str, Any]

CHANGES: dict[str, tuple[Callable[[Parts, Manifest], object], str]] = {
    "unknown model": (lambda p, m: (p.update({"rows/auth.user.jsonl": b""}), m["rows"].update({"auth.User": 0})), "damaged"),
    "model left out": (lambda p, _: p.pop("rows/plans.draft.jsonl"), "damaged"),
    "unknown field": (lambda p, _: edit_row(p, "people.User", lambda r: r.update(is_superuser=True)), "is_superuser"),
    "missing field": (lambda p, _: edit_row(p, "people.User", lambda r: r.pop("name")), "name"),
    "wrong type": (lambda p, _: edit_row(p, "people.User", lambda r: r.update(is_active="yes")), "is_active"),
    "no date": (lambda p, _: edit_row(p, "plans.Edition", lambda r: r.update(adopted_on="soon")), "adopted_on"),
    "no identity": (lambda p, _: edit_row(p, "plans.Plan", lambda r: r.update(id="1; DROP")), "id"),
    "too long": (lambda p, _: edit_row(p, "people.Municipality", lambda r: r.update(name="市" * 101)), "name"),
    "no such role": (lambda p, _: edit_row(p, "people.Membership", lambda r: r.update(role="root")), "role"),
    "wrong check digit": (lambda p, _: edit_row(p, "people.Municipality", lambda r: r.update(code="432033")), "code"),
    "null": (lambda p, _: edit_row(p, "people.Municipality", lambda r: r.update(name=None)), "name"),
    "NUL": (lambda p, _: edit_row(p, "people.Municipality", lambda r: r.update(name="人\0吉")), "name"),
    "huge number": (lambda p, _: edit_row(p, "people.Municipality", lambda r: r.update(log_years=10**30)), "log_years"),
    "no JSON": (lambda p, _: p.update({"rows/plans.plan.jsonl": b"{\n"}), "JSON"),
    "deep JSON": (lambda p, _: p.update({"rows/plans.plan.jsonl": b"[" * 100_000 + b"\n"}), "JSON"),
    "no line end": (lambda p, _: p.update({"rows/plans.plan.jsonl": b"{}"}), "damaged"),
    "twice the same": (lambda p, _: p.update({"rows/plans.plan.jsonl": p["rows/plans.plan.jsonl"] * 2}), "line"),
    "count": (lambda _, m: m["rows"].update({"plans.Plan": 7}), "damaged"),
    "edition without bytes": (lambda p, _: [p.pop(n) for n in list(p) if n.startswith("files/plans.edition")], "damaged"),
    "newer format": (lambda _, m: m.update(version=2), "newer Sosei"),
    "newer tables": (lambda _, m: m["migrations"].append(["plans", "9999_later"]), "newer Sosei"),
    "a hand-over": (lambda _, m: m.update(format="sosei-municipality"), "not a file made by sosei backup"),
    "unknown key": (lambda _, m: m.update(owner="me"), "damaged"),
    "bomb": (lambda p, _: p.update({"files/zero": bytes(200 << 20)}), "out of all measure"),
}  # fmt: skip


@pytest.fixture
def backup(transactional_db: None, two_cities: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "b.zip"
    back_up(path, quiet)
    empty_database()
    return path


def test_a_changed_backup_is_refused_whole(backup: Path, tmp_path: Path) -> None:
    for number, (case, (change, words)) in enumerate(CHANGES.items()):
        bad = rewrite(backup, tmp_path / f"{number}.zip", change)
        with pytest.raises(Problem) as told:
            restore(bad, quiet)
        assert words in told.value.en, case
        assert not Municipality.objects.exists(), case


def test_a_damaged_file_is_refused_before_anything_is_written(backup: Path, tmp_path: Path) -> None:
    good = backup.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = parts.pop("manifest.json")
    files: dict[str, bytes | Path] = {
        "no zip": b"not a zip at all",
        "empty": b"",
        "cut short": good[: len(good) // 2],
        "a bit turned": good[:2000] + bytes([good[2000] ^ 1]) + good[2001:],
        "another zip": pack(tmp_path / "other.zip", {"a.txt": b"a"}, b"{}"),
        "a part changed": pack(tmp_path / "p.zip", parts | {"rows/people.user.jsonl": b"{}\n"}, manifest),
        "a part more": pack(tmp_path / "m.zip", parts | {"../../etc/cron.d/x": b"* * * * *"}, manifest),
        "a part less": pack(
            tmp_path / "l.zip", {n: d for n, d in parts.items() if n != "rows/plans.draft.jsonl"}, manifest
        ),
        "same size, other bytes": pack(
            tmp_path / "s.zip",
            parts
            | {"rows/people.user.jsonl": parts["rows/people.user.jsonl"].replace(b"officer", b"0fficer")},
            manifest,
        ),
        "manifest no JSON": pack(tmp_path / "j.zip", parts, b"\xff"),
    }
    for case, content in files.items():
        bad = tmp_path / "bad.zip"
        bad.write_bytes(content.read_bytes() if isinstance(content, Path) else content)
        with pytest.raises(Problem) as told:
            restore(bad, quiet)
        assert "\n" not in told.value.ja, case
        assert not Municipality.objects.exists(), case
    with pytest.raises(Problem, match="no such file"):
        restore(tmp_path / "none.zip", quiet)


def test_a_name_that_stands_twice_is_refused(backup: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("manifest.json", json.dumps({}))
    with pytest.raises(Problem, match="twice"):
        restore(backup, quiet)
