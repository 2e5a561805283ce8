"""``sosei backup`` and ``sosei restore``: the whole installation as one file that either database takes.

The file holds people's password hashes and second factors, so only its owner may read it.  It leaves out
what is made anew: flat rows, documents of jobs, sessions; and the secret key, unless asked for.
"""

from __future__ import annotations

from pathlib import Path

from django.db import models, transaction

from sosei.values import Problem
from sosei.web.installation import archive
from sosei.web.installation.archive import BACKUP, Reader, new_archive, open_archive
from sosei.web.installation.carried import Carried
from sosei.web.installation.faults import faults
from sosei.web.installation.schema import applied_leaves, migrate, must_know, schema
from sosei.web.installation.transfer import (
    Made,
    Progress,
    Scope,
    must_hold,
    read_rows,
    snapshot,
    write_rows,
)
from sosei.web.journal.record import record
from sosei.web.people.actor import command_line
from sosei.web.people.models import Municipality, User
from sosei.web.plans.index import reindex

_KEY = "secret.key"


def back_up(path: Path, progress: Progress, *, secret: Path | None = None, note: bool = True) -> Made:
    """Write a backup of one moment to ``path``; raises Problem where it cannot be written.

    ``secret``: the key file to put in; ``note``: whether the log says so (not before tables are brought up).
    """
    scope = Scope(kind=BACKUP, select=_all, change=_as_it_is)
    with new_archive(path) as out, snapshot():
        if secret is not None:
            out.write(_KEY, [secret.read_bytes()])
        manifest = write_rows(out, scope, applied_leaves(), progress)
        sha256 = out.finish(manifest)
    if note:
        with transaction.atomic():
            record(command_line(), "installation.backed_up", path.name, new={"manifest": sha256})
    return Made(
        rows=sum(manifest.rows.values()),
        editions=len(manifest.editions),
        sha256=sha256,
        faults=tuple(manifest_faults(manifest.parts, manifest.editions)),
    )


def manifest_faults(parts: dict[str, archive.Part], editions: list[archive.EditionEntry]) -> list[Problem]:
    """Editions whose bytes were already not those adopted when they were written."""
    return [
        Problem(
            f"{each.code} の版「{each.title}」（第{each.no}版）は、策定したときの内容と違います",
            f'{each.code}: edition {each.no} "{each.title}" is not what was adopted',
        )
        for each in editions
        if parts[each.part].sha256 != each.sha256
    ]


def must_be_empty() -> None:
    """Raises Problem where the installation holds anything already."""
    if not schema().is_empty and (Municipality.objects.exists() or User.objects.exists()):
        names = "、".join(Municipality.objects.values_list("name", flat=True)[:5]) or "利用者"
        raise Problem(
            f"この環境にはもうデータがあります（{names}）。バックアップは空の環境にだけ戻せるので、--home で別のフォルダーを指定してください",
            f"this installation holds data already ({names}); a backup is restored into an empty one only: "
            "name another folder with --home",
        )


def restore(path: Path, progress: Progress) -> Made:
    """Take a whole backup into an empty installation, in one transaction; raises Problem.

    Every part is checked against its hash before the first row is written.  An older backup is read
    into tables of its own form, which are then brought up.
    """
    with open_archive(path, BACKUP) as reader:
        must_be_empty()
        must_know(reader.manifest.migrations, path)
        reader.verify()
        _prepare(reader)
        with transaction.atomic():
            read_rows(reader, _as_it_is, progress)
            must_hold(reader)
        manifest = reader.manifest
    migrate()
    _rebuild(progress)
    with transaction.atomic():
        record(command_line(), "installation.restored", path.name, new={"made_at": manifest.made_at})
    return Made(rows=sum(manifest.rows.values()), editions=len(manifest.editions), faults=tuple(faults()))


def _rebuild(progress: Progress) -> None:
    """Flat rows of every edition, one municipality after the other."""
    total = Municipality.objects.count()
    for done, municipality in enumerate(Municipality.objects.order_by("code").iterator(), 1):
        reindex(municipality)
        progress(done, total)


def secret_in(path: Path) -> bytes | None:
    """The secret key in the backup, where it was put in."""
    with open_archive(path, BACKUP) as reader:
        return reader.read(_KEY) if _KEY in reader.manifest.parts else None


def _prepare(reader: Reader) -> None:
    """Tables of the form that the backup's rows have."""
    wanted = sorted(reader.manifest.migrations)
    if schema().is_empty:
        migrate(wanted)
    elif applied_leaves() != wanted:
        raise Problem(
            "このバックアップは古い形のもので、このデータベースはもう新しい形です。空のフォルダー（PostgreSQL なら空のデータベース）に戻してください",
            "this backup is of an older form than the tables here; restore it into a new folder or an empty database",
        )


def _all(_carried: Carried, rows: models.QuerySet) -> models.QuerySet:
    return rows


def _as_it_is(_carried: Carried, row: models.Model) -> models.Model:
    return row
