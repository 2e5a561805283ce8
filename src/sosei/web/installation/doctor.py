"""``sosei doctor``: looks at everything an installation stands on, and says what to do where it does not stand."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Case, F, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sosei.reports.glyphs import FONT_FILES, FONT_FOLDER
from sosei.values import Problem
from sosei.web.config import FILE
from sosei.web.installation import statics
from sosei.web.installation.faults import chain_name, odd_editions
from sosei.web.installation.schema import schema
from sosei.web.journal.chain import verify
from sosei.web.journal.models import Chain
from sosei.web.plans.models import Edition

_FREE = 1 << 30
_WAITING_MINUTES = 10
_PYTHONS = ((3, 11), (3, 12), (3, 13))


class State(StrEnum):
    """How a thing was found."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: what was looked at, and how it is, in both languages."""

    state: State
    what: tuple[str, str]
    found: tuple[str, str]


Look = Callable[[Path], Iterator[Line]]


def examine(home: Path) -> Iterator[Line]:
    """Every finding, one after the other; what needs the tables is left out where there are none."""
    for look in (_versions, _folder, _fonts, _static_files, _disk):
        yield from look(home)
    reachable = True
    for line in _database(home):
        reachable = reachable and line.state is not State.BAD
        yield line
    if reachable:
        for look in (_editions, _logs, _worker):
            yield from look(home)


def _versions(_home: Path) -> Iterator[Line]:
    known = sys.version_info[:2] in _PYTHONS
    text = f"Sosei {version('sosei')}, Python {platform.python_version()}, Django {django.get_version()}"
    yield Line(
        State.GOOD if known else State.DOUBTFUL,
        ("プログラム", "program"),
        (
            text if known else f"{text}（この Python では試験していません）",
            text if known else f"{text} (untested)",
        ),
    )


def _folder(home: Path) -> Iterator[Line]:
    """Nobody but the owner may read folder, settings, key and database."""
    what = ("権限", "permissions")
    database = Path(settings.DATABASES["default"]["NAME"]) if connection.vendor == "sqlite" else None
    private = [home, home / "secret.key", home / FILE, *([database] if database else [])]
    open_to_all = [path for path in private if path.exists() and _is_open(path)]
    for path in open_to_all:
        mode = "700" if path.is_dir() else "600"
        yield Line(
            State.BAD,
            what,
            (
                f"{path} をほかの人が読めます。chmod {mode} {path} を実行してください",
                f"{path} can be read by others; run chmod {mode} {path}",
            ),
        )
    if not os.access(home, os.W_OK):
        yield Line(State.BAD, what, (f"{home} に書き込めません", f"{home} cannot be written to"))
    elif not open_to_all:
        yield Line(
            State.GOOD, what, (f"{home} は持ち主だけが読めます", f"{home} is readable by its owner only")
        )


def _is_open(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _fonts(_home: Path) -> Iterator[Line]:
    what = ("書体", "fonts")
    missing = [name for name in FONT_FILES if not _readable(FONT_FOLDER / name)]
    if missing:
        yield Line(
            State.BAD,
            what,
            (
                f"{missing[0]} が読めません。Sosei を入れ直してください",
                f"{missing[0]} cannot be read; install Sosei again",
            ),
        )
    else:
        yield Line(
            State.GOOD,
            what,
            (f"同梱の{len(FONT_FILES)}書体があります", f"all {len(FONT_FILES)} faces are there"),
        )


def _readable(path: Path) -> bool:
    try:
        with path.open("rb") as face:
            return face.read(4) in (b"\0\1\0\0", b"OTTO", b"true")
    except OSError:
        return False


def _static_files(_home: Path) -> Iterator[Line]:
    what = ("画面の部品", "static files")
    if statics.is_collected(statics.fingerprint()):
        yield Line(State.GOOD, what, ("この版のものがあります", "those of this version are there"))
    else:
        yield Line(
            State.DOUBTFUL,
            what,
            (
                "まだ用意されていません。sosei serve が起動のときに用意します",
                "not gathered yet; sosei serve does so on start",
            ),
        )


def _disk(home: Path) -> Iterator[Line]:
    free = shutil.disk_usage(home).free
    text = f"{free / (1 << 30):.1f} GB"
    if free < _FREE:
        yield Line(
            State.DOUBTFUL,
            ("空き容量", "free space"),
            (
                f"{text} しかありません。古いバックアップと文書を片付けてください",
                f"only {text}; clear away old backups and documents",
            ),
        )
    else:
        yield Line(State.GOOD, ("空き容量", "free space"), (text, text))


def _database(_home: Path) -> Iterator[Line]:
    what = ("データベース", "database")
    try:
        found = schema()
        said = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    except (Problem, DatabaseError) as error:
        problem = error if isinstance(error, Problem) else Problem(str(error), str(error))
        yield Line(State.BAD, what, (problem.ja, problem.en))
        return
    yield Line(said[0], what, said[1])
    what = ("表の形", "tables")
    if found.unknown:
        yield Line(State.BAD, what, ("もっと新しい Sosei のものです", "they belong to a newer Sosei"))
    elif found.pending:
        yield Line(
            State.BAD,
            what,
            (
                f"古い形です（未適用 {len(found.pending)}件）。sosei serve を起動し直すと新しい形になります",
                f"of an older form ({len(found.pending)} to be applied); start sosei serve again",
            ),
        )
    else:
        yield Line(State.GOOD, what, ("この版の形です", "of this version's form"))


def _sqlite() -> tuple[State, tuple[str, str]]:
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        intact = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        engine = cursor.execute("SELECT sqlite_version()").fetchone()[0]
    writing = settings.DATABASES["default"]["OPTIONS"].get("transaction_mode")
    if intact != "ok":
        return State.BAD, (
            f"SQLite が壊れています（{intact}）。バックアップから戻してください",
            f"the SQLite file is damaged ({intact}); restore a backup",
        )
    text = f"SQLite {engine}, {mode.upper()}, {writing}"
    if mode != "wal":
        return State.DOUBTFUL, (
            f"{text}（WAL を使えない置き場所です）",
            f"{text} (a place where WAL does not work)",
        )
    return State.GOOD, (text, text)


def _postgresql() -> tuple[State, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        text = f"PostgreSQL {cursor.fetchone()[0]}"
    return State.GOOD, (text, text)


def _editions(_home: Path) -> Iterator[Line]:
    what = ("版", "editions")
    sound = True
    for problem in odd_editions():
        sound = False
        yield Line(State.BAD, what, (problem.ja, problem.en))
    if sound:
        count = Edition.objects.count()
        yield Line(
            State.GOOD,
            what,
            (f"{count}件すべて策定したときのままです", f"all {count} are as they were adopted"),
        )


def _logs(_home: Path) -> Iterator[Line]:
    for chain in Chain.objects.select_related("municipality").order_by(
        F("municipality__code").asc(nulls_first=True)
    ):
        found = verify(chain)
        yield Line(State.BAD if found.broken else State.GOOD, chain_name(chain), (found.ja, found.en))


def _worker(_home: Path) -> Iterator[Line]:
    """A job that has waited for minutes has nobody who does it."""
    what = ("文書を作る処理", "job worker")
    late = timezone.now() - timedelta(minutes=_WAITING_MINUTES)
    # What is to run at a later time waits from that time on; what is to run at once has the last day there is.
    due = Case(When(run_after__lte=timezone.now(), then="run_after"), default="enqueued_at")
    waiting = DBTaskResult.objects.ready().annotate(due=due).filter(due__lt=late).order_by("due").first()
    last = DBTaskResult.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    if waiting:
        since = timezone.localtime(waiting.due)
        yield Line(
            State.BAD,
            what,
            (
                f"{since:%Y-%m-%d %H:%M} から待っている仕事があります。sosei serve か sosei worker を起動してください",
                f"a job has been waiting since {since:%Y-%m-%d %H:%M}; start sosei serve or sosei worker",
            ),
        )
    elif last is None:
        yield Line(State.GOOD, what, ("待っている仕事はありません", "no job is waiting"))
    else:
        at = timezone.localtime(last.finished_at)
        yield Line(
            State.GOOD,
            what,
            (
                f"最後の仕事は {at:%Y-%m-%d %H:%M} に終わりました",
                f"the last job ended at {at:%Y-%m-%d %H:%M}",
            ),
        )
