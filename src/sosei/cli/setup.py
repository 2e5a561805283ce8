"""What ``sosei init`` does: everything is asked and checked before anything is made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sosei.cli.home import asked, begin, say
from sosei.values.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the person typed; None: not said."""

    code: str | None = None
    name: str | None = None
    prefecture: str | None = None
    officer: str | None = None
    login: str | None = None
    operator: str | None = None
    password: str | None = None
    database: str | None = None
    hosts: str | None = None

    @property
    def has_municipality(self) -> bool:
        """Whether a municipality was asked for."""
        return any((self.code, self.name, self.prefecture, self.officer, self.login))


def set_up(wanted: Wanted) -> None:
    """Make the folder and the tables, then the municipality, its officer and the operator; raises Problem."""
    from sosei.web.config import FILE, home_folder

    home = home_folder()
    there = (home / FILE).exists()
    _check(wanted)
    if there and not wanted.has_municipality and not wanted.operator:
        begin()
        _tell(home)
        if not sys.stdin.isatty():
            return
    wanted = _complete(wanted)
    with _prepared(home, _given(wanted)):
        told = _make(wanted)
    for words in told:
        say(*words)
    if not there:
        say(
            "次は sosei serve で起動します（一台で試すだけなら sosei serve --http）",
            "next: sosei serve (for a trial on one machine: sosei serve --http)",
        )


def _check(wanted: Wanted) -> None:
    from sosei.web.installation.names import checked_database
    from sosei.web.people.codes import checked_code
    from sosei.web.people.person import checked_login

    if wanted.code is not None:
        checked_code(wanted.code)
    for login in filter(None, (wanted.login, wanted.operator)):
        checked_login(login)
    if wanted.database is not None:
        checked_database(wanted.database)


def _complete(wanted: Wanted) -> Wanted:
    """What is still missing, asked for; an operator alone needs no municipality."""
    from sosei.web.people.codes import checked_code
    from sosei.web.people.person import checked_login

    if wanted.operator and not wanted.has_municipality:
        return wanted
    return replace(
        wanted,
        code=asked(wanted.code, "--code", "団体コード", "municipality's code", checked_code),
        name=asked(wanted.name, "--name", "市町村の名前", "its name"),
        prefecture=asked(wanted.prefecture, "--prefecture", "都道府県", "its prefecture"),
        officer=asked(wanted.officer, "--officer", "最初の企画担当者の氏名", "name of the first officer"),
        login=asked(
            wanted.login, "--login", "企画担当者のユーザー名", "the officer's user name", checked_login
        ),
    )


def _given(wanted: Wanted) -> dict[str, object]:
    """What goes into the settings file."""
    given: dict[str, object] = {}
    if wanted.database:
        given["database"] = wanted.database
    if wanted.hosts:
        given["hosts"] = [host.strip() for host in wanted.hosts.split(",") if host.strip()]
    return given


@contextmanager
def _prepared(home: Path, given: dict[str, object]) -> Iterator[None]:
    """Folder, settings and tables; settings that turn out wrong are not left behind."""
    with _new_settings(home, given) as made:
        from sosei.web.installation.upgrade import bring_up

        bring_up(home, say)
        if made:
            say(f"{home} にデータのフォルダーを用意しました", f"made the folder {home}")
        yield


@contextmanager
def _new_settings(home: Path, given: dict[str, object]) -> Iterator[bool]:
    """Settings made where there are none (whether that was so), and taken back where what follows fails."""
    from sosei.web.config import FILE
    from sosei.web.installation.home import make_home

    made = make_home(home, given)
    try:
        begin()
        yield made
    except Problem:
        if made:
            (home / FILE).unlink()
        raise


def _make(wanted: Wanted) -> list[tuple[str, str]]:
    """Municipality, officer and operator in one transaction; what to tell."""
    from django.db import transaction

    from sosei.web.installation import people
    from sosei.web.installation.passwords import checked
    from sosei.web.people.actor import command_line
    from sosei.web.people.tenant import add_municipality

    told: list[tuple[str, str]] = []
    if wanted.password is not None:
        checked(wanted.password)
    with transaction.atomic():
        if wanted.has_municipality:
            made = add_municipality(
                command_line(), wanted.code or "", wanted.name or "", wanted.prefecture or ""
            )
            told.append((f"{made.name}（{made.code}）を加えました", f"added {made.name} ({made.code})"))
            told += people.first_officer(made, wanted.login or "", wanted.officer or "", wanted.password)
        if wanted.operator:
            told += people.first_operator(wanted.operator, wanted.password)
    return told


def _tell(home: Path) -> None:
    """What is in the installation already."""
    from sosei.web.installation.schema import must_be_current
    from sosei.web.people.models import Municipality

    must_be_current()
    say(f"{home} はもう用意してあります", f"{home} has been made already")
    for each in Municipality.objects.all():
        people = each.memberships.values("user").distinct().count()
        say(
            f"  {each.code} {each.prefecture}{each.name}（利用者 {people}人）",
            f"  {each.code} {each.prefecture}{each.name} ({people} people)",
        )


@contextmanager
def prepared_for_restore(file: Path, database: str | None) -> Iterator[None]:
    """A folder and settings to restore ``file`` into, made where there are none."""
    from sosei.web.config import home_folder
    from sosei.web.installation.names import checked_database

    home = home_folder()
    if not file.is_file():
        raise Problem(f"{file}: ファイルがありません", f"{file}: there is no such file")
    key = home / "secret.key"
    had_key = key.exists()
    with _new_settings(home, {"database": checked_database(database)} if database else {}):
        yield
        if not had_key:
            _take_key(file, key)


def _take_key(file: Path, key: Path) -> None:
    """The backup's secret key in place of the fresh one, where it was put in."""
    from sosei.web.installation.backup import secret_in

    secret = secret_in(file)
    if secret is not None:
        key.write_bytes(secret)
