"""``sosei user``: people of an installation from its own machine; every act is logged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sosei.cli.common import language
from sosei.cli.home import CODE, HOME, opened, say
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.web.people.models import Division, Municipality, User

_ROLES = ("officer", "clerk", "head", "headquarters", "council", "reader")
LOGIN = click.argument("login", metavar="LOGIN")
DIVISION = click.option("--division", metavar="NAME", help="担当課の名前 / the division (clerk, head)")
OFF = click.option("--off", is_flag=True, help="外す / take away instead")
PASSWORD_FILE = click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="パスワードを1行目に書いたファイル（なければ作って一度だけ表示） / default: made and shown once",
)


@click.group()
def user() -> None:
    """利用者を加え、役割を付け、止める。 / Add people, give roles, deactivate."""


@user.command("add")
@HOME
@LOGIN
@click.option("--name", metavar="NAME", required=True, help="氏名 / the person's name")
@click.option("--email", default="", metavar="ADDRESS", help="メールアドレス / e-mail")
@CODE
@click.option("--role", type=click.Choice(_ROLES), help="役割 / role")
@DIVISION
@PASSWORD_FILE
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    login: str,
    name: str,
    email: str,
    code: str | None,
    role: str | None,
    division: str | None,
    password_file: Path | None,
) -> None:
    """利用者を加える（--code と --role で役割も）。 / Add a person, with a role if wanted."""
    if (code is None) != (role is None):
        raise Problem("--code と --role は組で指定してください", "give --code and --role together")
    opened()
    from django.db import transaction

    from sosei.web.installation import people
    from sosei.web.people.person import checked

    who = checked(login, name, email)
    password = _password(password_file)
    with transaction.atomic():
        place = None
        if code and role:
            municipality = people.municipality_of(code)
            place = people.Place(
                municipality=municipality, role=role, division=_division(municipality, division)
            )
        made = people.add_person(who, place)
        told = people.give_password(made, password)
    say(f"{made.name}（{made.username}）を加えました", f"added {made.name} ({made.username})")
    for words in told:
        say(*words)


@user.command("list")
@HOME
@CODE
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def list_people(code: str | None, form: str) -> None:
    """利用者と役割を一覧にする。 / List people and their roles."""
    opened()
    from sosei.web.installation import people
    from sosei.web.people.models import User

    found = User.objects.prefetch_related("memberships__municipality", "memberships__division")
    if code:
        found = found.filter(memberships__municipality=people.municipality_of(code)).distinct()
    rows = [_row(each) for each in found]
    if form == "json":
        click.echo(json.dumps({"users": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        marks = [] if row["active"] else [_words("停止", "inactive")]
        marks += [_words("運用", "operator")] if row["operator"] else []
        marks += [f"{r['code']} {r['role']} {r['division']}".rstrip() for r in row["roles"]]
        click.echo(f"{row['login']}\t{row['name']}\t{' / '.join(marks) or '-'}")
    if not rows:
        say("利用者はまだいません", "there is nobody yet")


@user.command("role")
@HOME
@LOGIN
@click.option("--code", metavar="432032", required=True, help="市町村の団体コード / the municipality's code")
@click.option("--role", type=click.Choice(_ROLES), required=True, help="役割 / role")
@DIVISION
@OFF
def role_of(login: str, code: str, role: str, division: str | None, off: bool) -> None:
    """役割を付ける（--off で外す）。 / Give a role, or take it away with --off."""
    opened()
    from sosei.web.installation import people
    from sosei.web.people import staff
    from sosei.web.people.actor import command_line

    municipality = people.municipality_of(code)
    person, where = people.user_of(login), _division(municipality, division)
    if off:
        people.withdraw(person, municipality, role, where)
        say("役割を外しました", "role taken away")
    else:
        staff.grant(command_line(municipality), person, role, where)
        say("役割を付けました", "role given")


@user.command("password")
@HOME
@LOGIN
@PASSWORD_FILE
def password_of(login: str, password_file: Path | None) -> None:
    """新しい最初のパスワードを付ける。 / Give a new first password."""
    opened()
    from sosei.web.installation import people

    told = people.give_password(people.user_of(login), _password(password_file))
    for words in told or [("パスワードを付けました。最初のサインインで本人が変えます", "password given")]:
        say(*words)


@user.command("forget-factor")
@HOME
@LOGIN
def forget_factor(login: str) -> None:
    """二要素認証をなくした人の設定を消す。 / Forget a lost second factor."""
    opened()
    from sosei.web.accounts.acts import forget_second_factor
    from sosei.web.installation import people
    from sosei.web.people.actor import command_line

    forget_second_factor(command_line(), people.user_of(login))
    say("二要素認証の設定を消しました。本人が設定し直します", "forgotten; the person sets it up anew")


@user.command("deactivate")
@HOME
@LOGIN
@click.option("--off", is_flag=True, help="また使えるようにする / let the person sign in again")
def deactivate(login: str, off: bool) -> None:
    """サインインできなくする（記録は残る）。 / Stop a person from signing in; records stay."""
    opened()
    from sosei.web.installation import people

    people.set_active(people.user_of(login), active=off)
    say("また使えるようにしました" if off else "止めました", "activated" if off else "deactivated")


@user.command("operator")
@HOME
@LOGIN
@OFF
def operator(login: str, off: bool) -> None:
    """運用の担当者にする（--off で外す）。 / Make a person an operator, or no longer with --off."""
    opened()
    from sosei.web.installation import people

    people.set_operator(people.user_of(login), operator=not off)
    say("運用の担当者から外しました" if off else "運用の担当者にしました", "done")


def _password(path: Path | None) -> str | None:
    from sosei.web.installation.passwords import checked, password_in

    return checked(password_in(path)) if path else None


def _division(municipality: Municipality, name: str | None) -> Division | None:
    from sosei.web.installation.people import division_of

    return division_of(municipality, name) if name else None


def _row(person: User) -> dict[str, Any]:
    from sosei.web.people.acting import today

    day = today()
    roles = [
        {
            "code": held.municipality.code,
            "municipality": held.municipality.name,
            "role": held.role,
            "division": held.division.name if held.division else "",
        }
        for held in person.memberships.all()
        if held.until is None or held.until > day
    ]
    return {
        "login": person.username,
        "name": person.name,
        "email": person.email,
        "active": person.is_active,
        "operator": person.is_operator,
        "sample": person.is_sample,
        "roles": roles,
    }


def _words(ja: str, en: str) -> str:
    return en if language() == "en" else ja
