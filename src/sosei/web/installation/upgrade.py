"""Bringing the tables to this program's form: never without a backup of what was there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.db import DatabaseError, transaction

from sosei.values import Problem
from sosei.web.installation.backup import back_up
from sosei.web.installation.schema import migrate, must_be_known, schema
from sosei.web.journal.record import record
from sosei.web.people.actor import command_line
from sosei.web.people.models import User

Say = Callable[[str, str], None]


def bring_up(home: Path, say: Say) -> None:
    """Make the tables, or bring them up after a backup in the folder; raises Problem."""
    found = schema()
    must_be_known(found)
    if not found.pending:
        return
    if found.is_empty:
        migrate()
        return
    path = home / "backups" / f"{datetime.now():%Y%m%d-%H%M%S}-before-{version('sosei')}.zip"
    say(
        f"データベースを新しい形にします。先にバックアップを取ります: {path}",
        f"the database is brought up; backup first: {path}",
    )
    path.parent.mkdir(mode=0o700, exist_ok=True)
    back_up(path, lambda _done, _total: None, note=False)
    try:
        migrate()
    except DatabaseError as error:
        raise Problem(
            f"データベースを新しい形にできませんでした（{error}）。前の版の Sosei とバックアップ {path} で元に戻せます",
            f"the database could not be brought up ({error}); the former Sosei and the backup {path} bring it back",
        ) from None
    with transaction.atomic():
        record(command_line(), "installation.upgraded", version("sosei"), new={"backup": path.name})


def must_have_people() -> None:
    """Raises Problem where nobody could sign in."""
    if not User.objects.exists():
        raise Problem(
            "まだだれも利用者がいません。先に sosei init か sosei restore を実行してください",
            "there is nobody to sign in yet; run sosei init or sosei restore first",
        )
