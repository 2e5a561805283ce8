"""Rows out of a database into an archive and back: one mechanism for backups and for hand-overs.

Models are taken as the migrations in question define them, not as the program does: so a backup can be
made of tables that are still of an older form, and restored into that form before it is brought up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from sosei.values import Problem
from sosei.web.installation import archive, rows
from sosei.web.installation.archive import ChainEntry, EditionEntry, Manifest, Reader, Writer
from sosei.web.installation.carried import CARRIED, Carried
from sosei.web.installation.schema import Migration

Progress = Callable[[int, int], None]
Select = Callable[[Carried, models.QuerySet], models.QuerySet]
Change = Callable[[Carried, models.Model], models.Model | None]


def models_at(leaves: Iterable[Migration]) -> Apps:
    """The models as they are after the migrations ``leaves``."""
    loader = MigrationLoader(connection)
    return loader.project_state([tuple(each) for each in leaves]).apps


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment, while others go on writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Django's own transactions take SQLite's only write lock at once; reading needs none.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was written or read: rows and editions counted, the manifest's SHA-256, what is not as it should be."""

    rows: int
    editions: int
    sha256: str = ""
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is written: which kind of archive, which rows, and how a row is changed on the way."""

    kind: str
    select: Select
    change: Change
    carried: tuple[Carried, ...] = CARRIED
    code: str | None = None
    name: str | None = None


def write_rows(out: Writer, scope: Scope, leaves: list[Migration], progress: Progress) -> Manifest:
    """Write every row of ``scope`` and its bytes; the manifest, still without parts added later."""
    registry = models_at(leaves)
    chosen = {
        each: scope.select(each, model._base_manager.order_by("pk"))
        for each in scope.carried
        if (model := _model(registry, each.model)) is not None
    }
    totals = {each.model: found.count() for each, found in chosen.items()}
    done, total = 0, sum(totals.values())
    for each, found in chosen.items():
        out.write(_part(each.model), _lines(each, found, scope.change))
        for name in (one.attname for one in rows.byte_fields(found.model)):
            for key in list(found.filter(**{f"{name}__isnull": False}).values_list("pk", flat=True)):
                data = bytes(found.model._base_manager.values_list(name, flat=True).get(pk=key))
                out.write(_bytes_part(each.model, name, key), [data])
        done += totals[each.model]
        progress(done, total)
    return Manifest(
        format=scope.kind,
        version=archive.VERSION,
        program=version("sosei"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        code=scope.code,
        name=scope.name,
        migrations=leaves,
        rows=totals,
        parts=out.parts,
        editions=_editions(chosen),
        chains=_chains(chosen),
    )


def _lines(carried: Carried, found: models.QuerySet, change: Change) -> Iterator[bytes]:
    fields = rows.text_fields(found.model)
    skipped = [each.name for each in rows.byte_fields(found.model)]
    for row in found.defer(*skipped).iterator(chunk_size=500):
        changed = change(carried, row)
        if changed is not None:
            yield rows.line(changed, fields)


def _editions(chosen: Mapping[Carried, models.QuerySet]) -> list[EditionEntry]:
    found = next(rows for each, rows in chosen.items() if each.model == "plans.Edition")
    names = ("pk", "municipality__code", "plan__key", "no", "title", "adopted_on", "sha256")
    return [
        EditionEntry(
            code=code,
            plan=plan,
            no=no,
            title=title,
            adopted_on=on.isoformat(),
            sha256=sha256,
            part=_bytes_part("plans.Edition", "data", key),
        )
        for key, code, plan, no, title, on, sha256 in found.values_list(*names)
    ]


def _chains(chosen: Mapping[Carried, models.QuerySet]) -> list[ChainEntry]:
    found = next(rows for each, rows in chosen.items() if each.model == "journal.Chain")
    return [
        ChainEntry(code=code, first=first, length=length, head=head)
        for code, first, length, head in found.values_list("municipality__code", "first", "length", "head")
    ]


def _model(registry: Apps, label: str) -> Any:
    try:
        return registry.get_model(label)
    except LookupError:  # younger than these tables
        return None


def _part(label: str) -> str:
    return f"rows/{label.lower()}.jsonl"


def _bytes_part(label: str, name: str, key: Any) -> str:
    return f"files/{label.lower()}/{key}.{name}.json"


def read_rows(
    reader: Reader, change: Change, progress: Progress, carried: Iterable[Carried] = CARRIED
) -> None:
    """Take every row of a verified archive in, inside the caller's transaction; raises Problem.

    ``change`` may alter a row, or leave it out by None.
    """
    registry = models_at(reader.manifest.migrations)
    known = {each.model: each for each in carried if _model(registry, each.model) is not None}
    wanted = {_part(label) for label in known}
    named = {name for name in reader.manifest.parts if name.startswith("rows/")}
    if named != wanted or reader.manifest.rows.keys() != known.keys():
        odd = sorted((named ^ wanted) or (reader.manifest.rows.keys() ^ known.keys()))
        raise archive.damaged(reader.path, odd[0])
    done, total = 0, sum(reader.manifest.rows.values())
    for label, each in known.items():
        model = registry.get_model(label)
        count = _read_model(reader, each, model, change)
        if count != reader.manifest.rows[label]:
            raise archive.damaged(reader.path, _part(label))
        done += count
        progress(done, total)
    _reset_sequences(registry.get_model(label) for label in known)


def _read_model(reader: Reader, carried: Carried, model: Any, change: Change) -> int:
    part, number = _part(carried.model), 0
    fields, holders = rows.text_fields(model), rows.byte_fields(model)
    for number, text in enumerate(reader.lines(part), 1):
        try:
            values = rows.parse(text, fields)
            row = model(**values)
            for holder in holders:
                name = _bytes_part(carried.model, holder.attname, row.pk)
                if name in reader.manifest.parts or not holder.null:
                    setattr(row, holder.attname, reader.read(name))
            changed = change(carried, row)
            if changed is not None:
                # Raw: times stand as they were, nothing is set anew.
                changed.save_base(raw=True, force_insert=True)
        except rows.Bad as bad:
            raise rows.odd_row(reader.path, part, number, bad) from None
        except DatabaseError as error:
            raise rows.odd_row(reader.path, part, number, " ".join(str(error).split())) from None
    return number


def _reset_sequences(models_read: Iterable[Any]) -> None:
    """Numbered identities go on after the last one taken in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models_read)):
            cursor.execute(statement)


def must_hold(reader: Reader) -> None:
    """Raises Problem where a row points at one that never came."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise archive.damaged(reader.path, " ".join(str(error).split())) from None


def size_of(path: Path) -> str:
    """The length of a file, for a person."""
    size = float(path.stat().st_size)
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
