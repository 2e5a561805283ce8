"""Staff in by CSV: what a file would change (preview), and changing it, both by the same reckoning.

Nothing of a preview is kept on the server: the page carries the file signed for this person and
municipality, with the state it was reckoned on, and accepting reckons anew and refuses where that moved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models.functions import Lower

from sosei.values import Problem
from sosei.values.folding import compact
from sosei.web.journal.record import record
from sosei.web.people.acting import managed, today
from sosei.web.people.actor import Actor
from sosei.web.people.models import Division, Membership, Municipality, User
from sosei.web.people.staff import belongs_elsewhere, check_role, dates_in, role_words
from sosei.web.people.staff_csv import LineProblem, StaffLine, read_staff

_HOUR = 60 * 60
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line with what it means here; ``user`` None: a new person."""

    line: StaffLine
    division: Division | None
    user: User | None


@dataclass(slots=True)
class StaffChanges:
    """What a file would change: new people, roles to be given, lines that hold already, what is wrong.

    ``remarks`` are lines with a mail address other than the account's, which stays as it is; ``examples``
    counts the lines marked サンプル, which are left out.
    """

    rows: list[Row] = field(default_factory=list)
    already: list[Row] = field(default_factory=list)
    remarks: list[Row] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    examples: int = 0

    @property
    def people(self) -> list[Row]:
        """The first line of every new person."""
        return list(
            {row.line.who.username.lower(): row for row in reversed(self.rows) if not row.user}.values()
        )[::-1]

    @property
    def state(self) -> str:
        """A short sign of what would be done: another one means that something moved meanwhile."""
        words = [
            [
                row.line.line,
                str(row.user.pk) if row.user else "",
                str(row.division.pk) if row.division else "",
            ]
            for row in (*self.rows, *self.already)
        ]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


def changes_of(municipality: Municipality, data: bytes) -> StaffChanges:
    """What the file ``data`` would change now; raises Problem for what is no staff file."""
    found = read_staff(data)
    names = {line.who.username.lower() for line in found.lines}
    users = _users(names)
    foreign = {user.pk for user in users.values() if belongs_elsewhere(user, municipality)}
    divisions = _divisions(municipality)
    held = {
        (each.user_id, each.role, each.division_id)
        for each in Membership.objects.filter(municipality=municipality).lasting_past(today())
    }
    changes = StaffChanges(problems=list(found.problems), examples=found.examples)
    for line in found.lines:
        try:
            row = _row(line, users, foreign, divisions)
        except Problem as problem:
            changes.problems.append(LineProblem(line.line, problem))
            continue
        division = row.division.pk if row.division else None
        there = row.user is not None and (row.user.pk, line.role.value, division) in held
        (changes.already if there else changes.rows).append(row)
        if row.user and line.who.email and row.user.pk not in foreign and line.who.email != row.user.email:
            changes.remarks.append(row)
    changes.problems.sort(key=lambda each: each.line)
    return changes


def accept(actor: Actor, data: bytes, state: str) -> StaffChanges:
    """Do what the preview with ``state`` showed, all or nothing; raises Problem where that moved."""
    with transaction.atomic():
        municipality = managed(actor, operator=True)
        changes = changes_of(municipality, data)
        if changes.problems:
            first = changes.problems[0]
            raise Problem(
                f"{first.line}行目: {first.problem.ja}。直してから読み込み直してください",
                f"line {first.line}: {first.problem.en}; mend it and load the file again",
            )
        if changes.state != state:
            raise Problem(
                "確認しているあいだに職員か役割か課が変わりました。ファイルをもう一度読み込んで確かめてください",
                "people, roles or divisions changed while you were looking; load the file again",
            )
        if changes.rows:
            _write(actor, municipality, changes)
    return changes


def sealed(actor: Actor, data: bytes, state: str) -> str:
    """The file and the state of its preview as a text that only this person can send back within an hour."""
    return signing.dumps([state, data.decode("latin-1")], salt=_salt(actor), compress=True)


def unsealed(actor: Actor, text: str) -> tuple[bytes, str]:
    """The file and the state that ``sealed`` made; raises Problem for anything else."""
    try:
        state, content = signing.loads(text, salt=_salt(actor), max_age=_HOUR)
    except signing.BadSignature:
        raise Problem(
            "確認の画面が古くなりました（1時間まで）。ファイルをもう一度読み込んでください",
            "the preview is too old (one hour at most); load the file again",
        ) from None
    return content.encode("latin-1"), state


def _salt(actor: Actor) -> str:
    return f"staff:{actor.municipality and actor.municipality.pk}:{actor.user.pk if actor.user else ''}"


def _users(names: Iterable[str]) -> Mapping[str, User]:
    """The accounts with these login names (lower case), whatever the case of theirs."""
    wanted = sorted(names)
    found: dict[str, User] = {}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        rows = User.objects.annotate(lower=Lower("username")).filter(lower__in=part)
        found.update({user.username.lower(): user for user in rows})
    return found


def _divisions(municipality: Municipality) -> Mapping[str, Division]:
    """The divisions of today and of days to come, by their folded name."""
    day = today()
    rows = (
        Division.objects.filter(municipality=municipality).lasting_past(day).prefetch_related("former_names")
    )
    return {compact(each.name_on(max(day, each.started_on or day))): each for each in rows}


def _row(
    line: StaffLine, users: Mapping[str, User], foreign: set[Any], divisions: Mapping[str, Division]
) -> Row:
    division = divisions.get(compact(line.division)) if line.division else None
    if line.division and division is None:
        raise Problem(
            f"担当課「{line.division[:40]}」はありません。「組織」の名前と揃えるか、先に課を加えてください",
            f'there is no division "{line.division[:40]}"; use its name as under "Divisions", or add it first',
        )
    check_role(line.role, division)
    user = users.get(line.who.username.lower())
    if user is None:
        return Row(line=line, division=division, user=None)
    if compact(user.name) != compact(line.who.name):
        here = "" if user.pk in foreign else f"「{user.name}」"
        raise Problem(
            f"ユーザー名「{line.who.username}」は別の氏名{here}で登録されています。同じ人なら氏名を揃えてください",
            f'"{line.who.username}" is registered under another name{here and f" ({user.name})"}; '
            "if it is the same person, write the same name",
        )
    if not user.is_active:
        raise Problem(
            f"{user.name}は利用を止めてあります。先に利用を再開してください",
            f"{user.name} is deactivated; activate the account first",
        )
    return Row(line=line, division=division, user=user)


def _write(actor: Actor, municipality: Municipality, changes: StaffChanges) -> None:
    day = today()
    people: Sequence[User] = [
        User(username=row.line.who.username, name=row.line.who.name, email=row.line.who.email)
        for row in changes.people
    ]
    for user in people:
        user.set_unusable_password()
    User.objects.bulk_create(people)
    made = {user.username.lower(): user for user in people}
    roles = []
    for row in changes.rows:
        since, until = dates_in(row.division, day)
        user = row.user or made[row.line.who.username.lower()]
        roles.append(
            Membership(
                municipality=municipality,
                user=user,
                role=row.line.role,
                division=row.division,
                since=since,
                until=until,
                granted_by=actor.user,
            )
        )
    Membership.objects.bulk_create(roles)
    record(
        actor,
        "staff.imported",
        municipality.name,
        new={
            "people": [
                {"username": each.username, "name": each.name, "email": each.email} for each in people
            ],
            "roles": [
                {"username": each.user.username, **role_words(each.role, each.division)} for each in roles
            ],
        },
    )
