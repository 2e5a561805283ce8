"""``sosei export-all`` and ``sosei import-all``: one municipality handed over whole to another installation.

Identities are random, so every row, every edition's bytes and the log's hashes stay what they are.  People
come with name and roles, never with a password or second factor: those belong to the person and the
old installation.  Whoever the rows only name (an operator in the log) comes as a name that cannot sign in.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import models, transaction

from sosei.values import Problem
from sosei.web.installation import rows
from sosei.web.installation.archive import HANDOVER, Reader, damaged, new_archive, open_archive
from sosei.web.installation.carried import CARRIED, Carried
from sosei.web.installation.faults import faults
from sosei.web.installation.schema import applied_leaves, must_know
from sosei.web.installation.transfer import (
    Made,
    Progress,
    Scope,
    models_at,
    must_hold,
    read_rows,
    snapshot,
    write_rows,
)
from sosei.web.journal.record import record
from sosei.web.people.actor import command_line
from sosei.web.people.models import Membership, Municipality, User
from sosei.web.people.person import checked_login
from sosei.web.plans.index import reindex

HANDED = tuple(each for each in CARRIED if each.scope)
_USER, _MUNICIPALITY = "people.User", "people.Municipality"

# What of a person goes along; every other field is set to what a new account has.
PERSON_KEPT = frozenset({"id", "username", "name", "email", "is_active", "is_sample", "created_at"})
PERSON_ANEW: Mapping[str, Any] = {
    "last_login": None,
    "is_operator": False,
    "must_change_password": True,
}


def export(municipality: Municipality, path: Path, progress: Progress) -> Made:
    """Write everything of ``municipality`` to ``path``; raises Problem where it cannot be written."""
    with transaction.atomic():
        record(
            command_line(municipality), "municipality.exported", municipality.name, new={"file": path.name}
        )
    with new_archive(path) as out, snapshot():
        leaves = applied_leaves()
        people = _Named(municipality, models_at(leaves))
        scope = Scope(
            kind=HANDOVER,
            select=people.select,
            change=people.change,
            carried=HANDED,
            code=municipality.code,
            name=municipality.name,
        )
        manifest = write_rows(out, scope, leaves, progress)
        sha256 = out.finish(manifest)
    return Made(rows=sum(manifest.rows.values()), editions=len(manifest.editions), sha256=sha256)


class _Named:
    """Which rows are the municipality's, and whom they name."""

    def __init__(self, municipality: Municipality, registry: Any) -> None:
        self._municipality = municipality
        self._members = set(
            Membership.objects.filter(municipality=municipality).values_list("user", flat=True)
        )
        self._named = set(self._members)
        for each in HANDED:
            model = registry.get_model(each.model)
            for one in model._meta.concrete_fields:
                if one.is_relation and one.related_model._meta.label == _USER:
                    found = self._own(each, model._base_manager.all())
                    self._named |= set(found.values_list(one.attname, flat=True).distinct())
        self._named.discard(None)

    def _own(self, carried: Carried, found: models.QuerySet) -> models.QuerySet:
        return found.filter(**{carried.scope: self._municipality.pk})

    def select(self, carried: Carried, found: models.QuerySet) -> models.QuerySet:
        """The rows of the municipality."""
        if carried.model == _USER:
            return found.filter(pk__in=self._named)
        return self._own(carried, found)

    def change(self, carried: Carried, row: models.Model) -> models.Model:
        """A person as far as handed over; every other row as it is."""
        if carried.model == _USER:
            as_handed(row)
            if row.pk not in self._members:
                row.email, row.is_active = "", False
        return row


def as_handed(person: Any) -> None:
    """Set everything anew that a person does not take along."""
    person.password = make_password(None)
    for one in person._meta.concrete_fields:
        if one.attname in PERSON_ANEW:
            setattr(person, one.attname, PERSON_ANEW[one.attname])
        elif one.attname not in PERSON_KEPT and one.attname != "password":
            setattr(person, one.attname, one.get_default())


def import_file(path: Path, renamed: Mapping[str, str], progress: Progress) -> tuple[Municipality, Made]:
    """Take a municipality in, all or nothing; raises Problem, after which nothing has changed.

    ``renamed``: login names of the file and what they become here.
    """
    for login in renamed.values():
        checked_login(login)
    with open_archive(path, HANDOVER) as reader:
        must_know(reader.manifest.migrations, path)
        if sorted(reader.manifest.migrations) != applied_leaves():
            raise Problem(
                f"{path}: 別の版の Sosei で作られています。両方の環境を同じ版にそろえて、書き出し直してください",
                f"{path}: made by another version of Sosei; bring both installations to the same and export again",
            )
        reader.verify()
        code = reader.manifest.code or ""
        if there := Municipality.objects.filter(code=code).first():
            raise Problem(
                f"{there.name}（{code}）はもうこの環境にあります。取り込めるのは、まだない市町村だけです",
                f"{there.name} ({code}) is here already; only a municipality that is not here can be taken in",
            )
        with transaction.atomic():
            incoming = _Incoming(reader, renamed)
            read_rows(reader, incoming.change, progress, HANDED)
            incoming.finish()
            must_hold(reader)
            made = Municipality.objects.get(code=code)
            if found := next(faults(made), None):
                raise found
            reindex(made)
            record(command_line(made), "municipality.imported", made.name, new={"file": path.name})
        manifest = reader.manifest
    return made, Made(rows=sum(manifest.rows.values()), editions=len(manifest.editions))


class _Incoming:
    """Checks each row of a stranger's file: it belongs to the file's municipality and points into the file."""

    def __init__(self, reader: Reader, renamed: Mapping[str, str]) -> None:
        self._reader = reader
        self._renamed = dict(renamed)
        self._keys: dict[str, set[Any]] = {}
        self._later: set[tuple[str, Any]] = set()
        self._here = dict(User.objects.values_list("pk", "username"))
        self._taken = {name.casefold(): name for name in self._here.values()}
        self._conflicts: list[str] = []

    def change(self, carried: Carried, row: models.Model) -> models.Model | None:
        """The row as it is written; None for a person who is here already."""
        label = carried.model
        if label == _MUNICIPALITY and (row.code != self._reader.manifest.code or self._keys.get(label)):
            raise rows.Bad("code")
        for one in row._meta.concrete_fields:
            if one.is_relation:
                self._must_point_inside(label, row, one)
        self._keys.setdefault(label, set()).add(row.pk)
        return self._person(row) if label == _USER else row

    def _must_point_inside(self, label: str, row: Any, one: Any) -> None:
        target, value = one.related_model._meta.label, getattr(row, one.attname)
        if value is None:
            if target == _MUNICIPALITY:
                raise rows.Bad(one.attname)
        elif target == label:
            self._later.add((label, value))
        elif value not in self._keys.get(target, ()):
            raise rows.Bad(one.attname)

    def _person(self, row: Any) -> models.Model | None:
        key: UUID = row.pk
        if key in self._here:
            return None
        as_handed(row)
        row.username = checked_login(self._renamed.get(row.username, row.username))
        if row.username.casefold() in self._taken:
            self._conflicts.append(row.username)
            return None
        self._taken[row.username.casefold()] = row.username
        return row

    def finish(self) -> None:
        """Raises Problem for logins of other people, and for rows that point at rows that never came."""
        if self._conflicts:
            names = "、".join(sorted(self._conflicts)[:10])
            raise Problem(
                f"ユーザー名 {names} は、この環境では別の人のものです。--rename-login {sorted(self._conflicts)[0]}=新しい名前 を付けてください",
                f"the logins {names} are other people's here; add --rename-login {sorted(self._conflicts)[0]}=NEW",
            )
        if any(value not in self._keys[label] for label, value in self._later):
            raise damaged(self._reader.path, "undoes")
        if len(self._keys.get(_MUNICIPALITY, ())) != 1:
            raise damaged(self._reader.path, _MUNICIPALITY)
