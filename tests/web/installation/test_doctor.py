"""The doctor says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sosei.web.installation import doctor, statics
from sosei.web.installation.doctor import State, examine
from sosei.web.journal.models import Act
from sosei.web.plans.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Iterator[Path]:
    folder: Path = settings.CONFIG.home
    folder.chmod(0o700)
    for each in folder.iterdir():
        if each.is_file():
            each.chmod(0o600)
    yield folder
    folder.chmod(0o700)


def _found(home: Path, what: str) -> list[tuple[State, str]]:
    return [(line.state, line.found[0]) for line in examine(home) if line.what[0] == what]


def test_a_sound_installation_has_no_fault(home: Path, adopted: Any) -> None:
    adopted("aso")
    lines = list(examine(home))
    assert [line for line in lines if line.state is State.BAD] == []
    assert [line.what[0] for line in lines] == [
        "プログラム", "権限", "書体", "画面の部品", "空き容量", "データベース", "表の形", "版", "阿蘇市の操作ログ", "文書を作る処理",
    ]  # fmt: skip
    assert all(all((*line.what, *line.found)) for line in lines)


def test_a_changed_edition_and_a_changed_act_are_named(home: Path, adopted: Any) -> None:
    adopted("aso")
    Edition.objects.update(data=b"{}")
    ((state, said),) = _found(home, "版")
    assert state is State.BAD
    assert "第1版" in said
    last = Act.objects.order_by("-no").first()
    assert last is not None
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_act WHERE no = %s", [last.no])
    ((state, said),) = _found(home, "阿蘇市の操作ログ")
    assert (state, f"第{last.no}号" in said) == (State.BAD, True)


@pytest.mark.parametrize(("name", "mode"), [("secret.key", 0o644), (".", 0o755)])
def test_what_others_can_read_is_named_with_the_remedy(home: Path, name: str, mode: int) -> None:
    path = home / name
    path.chmod(mode)
    ((state, said),) = _found(home, "権限")
    assert state is State.BAD
    assert f"chmod {700 if path.is_dir() else 600} {path}" in said
    path.chmod(0o700 if path.is_dir() else 0o600)


def test_a_job_that_nobody_does_is_a_fault(home: Path) -> None:
    entry = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default"}
    later = timezone.now() + timedelta(days=1)
    DBTaskResult.objects.create(**entry, run_after=later)
    assert _found(home, "文書を作る処理")[0][0] is State.GOOD
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(minutes=11))
    assert "sosei worker" in _found(home, "文書を作る処理")[0][1]
    assert _found(home, "文書を作る処理")[0][0] is State.BAD


def test_missing_faces_and_a_full_disk(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "FONT_FOLDER", tmp_path)
    assert _found(home, "書体")[0][0] is State.BAD
    monkeypatch.setattr(doctor, "_FREE", 1 << 60)
    assert _found(home, "空き容量")[0][0] is State.DOUBTFUL


def test_static_files_are_gathered_once_for_a_version(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    assert statics.collect()
    assert (tmp_path / "static/sosei/tokens.css").is_file()
    assert not statics.collect()
    (tmp_path / "static/.sosei-version").write_text("another")
    assert statics.collect()
