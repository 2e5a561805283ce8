"""The tables of an installation: whether they are there, old, or newer than this program; bringing them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from sosei.values import Problem

Migration = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Schema:
    """Migrations in the database: those still to be applied, and those this program does not know."""

    applied: frozenset[Migration]
    pending: tuple[Migration, ...]
    unknown: tuple[Migration, ...]

    @property
    def is_empty(self) -> bool:
        """No table of the application is there yet."""
        return not self.applied


def schema() -> Schema:
    """What stands in the database; raises Problem where it cannot be reached."""
    reach()
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations or {})
    applied = set(loader.applied_migrations or {})
    ours = {app for app, _ in known}
    plan = MigrationExecutor(connection).migration_plan(loader.graph.leaf_nodes())
    return Schema(
        frozenset(applied & known),
        tuple((migration.app_label, migration.name) for migration, _ in plan),
        tuple(sorted(one for one in applied - known if one[0] in ours)),
    )


def reach() -> None:
    """Raises Problem where the database cannot be reached."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        why = " ".join(str(error).split())
        raise Problem(
            f"データベースに接続できません（{why}）。sosei.toml の database と、データベースが動いているかを確かめてください",
            f"the database cannot be reached ({why}); check the database setting in sosei.toml and that it runs",
        ) from None


def must_be_known(found: Schema) -> None:
    """Raises Problem where a newer program has been at work on the database."""
    if found.unknown:
        names = "、".join(f"{app}.{name}" for app, name in found.unknown[:3])
        raise Problem(
            f"データベースはもっと新しい Sosei のものです（{names}）。新しい版の Sosei を使ってください",
            f"the database belongs to a newer Sosei ({names}); use the newer program",
        )


def must_be_current() -> None:
    """Raises Problem where the tables are missing, old or newer than the program."""
    found = schema()
    must_be_known(found)
    if found.is_empty:
        raise Problem(
            "データベースにまだ何もありません。先に sosei init か sosei restore を実行してください",
            "the database is empty; run sosei init or sosei restore first",
        )
    if found.pending:
        raise Problem(
            "データベースが古い形のままです。先に sosei serve を起動してください（バックアップを取ってから新しい形にします）",
            "the database is of an older form; start sosei serve first (it makes a backup, then brings it up)",
        )


def migrate(targets: Iterable[Migration] | None = None) -> None:
    """Bring the tables to ``targets`` (None: all there is) without a word on the screen."""
    if targets is None:
        call_command("migrate", interactive=False, verbosity=0)
        return
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


def applied_leaves() -> list[Migration]:
    """The last applied migration of every app: what a backup says its rows are the shape of."""
    MigrationRecorder(connection).ensure_schema()
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations or {})
    return sorted(
        node
        for node in applied & set(loader.graph.nodes)
        if not any(
            child.key in applied and child.key[0] == node[0] for child in loader.graph.node_map[node].children
        )
    )


def must_know(migrations: Iterable[Migration], path: Path) -> None:
    """Raises Problem where a file's rows are of a form that this program does not know yet."""
    known = set(MigrationLoader(connection).graph.nodes)
    if strange := [f"{app}.{name}" for app, name in migrations if (app, name) not in known]:
        raise Problem(
            f"{path}: もっと新しい Sosei で作られています（{strange[0]}）。新しい版の Sosei を使ってください",
            f"{path}: made by a newer Sosei ({strange[0]}); use the newer program",
        )
