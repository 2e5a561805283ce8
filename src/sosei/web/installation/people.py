"""People and municipalities as the command line makes and changes them, by the acts of ``people`` (all logged)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from sosei.values import Problem
from sosei.web.accounts.recording import chains
from sosei.web.installation.passwords import one_time_password
from sosei.web.journal.record import record
from sosei.web.people import staff
from sosei.web.people.acting import today
from sosei.web.people.actor import command_line
from sosei.web.people.codes import checked_code
from sosei.web.people.models import Division, Membership, Municipality, User
from sosei.web.people.person import Person, checked
from sosei.web.people.roles import Role

Words = tuple[str, str]


def municipality_of(code: str) -> Municipality:
    """The municipality with ``code``; raises Problem where it is not here."""
    found = Municipality.objects.filter(code=checked_code(code)).first()
    if found is None:
        here = "、".join(f"{each.code} {each.name}" for each in Municipality.objects.all()[:10])
        raise Problem(
            f"団体コード {code} の市町村はここにありません（あるもの: {here or 'なし'}）。sosei init で加えられます",
            f"no municipality {code} here (there is: {here or 'none'}); sosei init adds one",
        )
    return found


def user_of(login: str) -> User:
    """The person with the login name; raises Problem where there is none."""
    found = staff.find_user(login)
    if found is None:
        raise Problem(
            f"ユーザー名「{login}」の人はいません。sosei user list で一覧を表示します",
            f'there is no user "{login}"; sosei user list shows them',
        )
    return found


def division_of(municipality: Municipality, name: str) -> Division:
    """The division of today with that name; raises Problem where there is none."""
    there = Division.objects.on(today()).filter(municipality=municipality)
    found = there.filter(name=name).first()
    if found is None:
        names = "、".join(there.values_list("name", flat=True)[:20])
        raise Problem(
            f"{municipality.name}に「{name}」という担当課はありません（あるもの: {names or 'なし'}）",
            f'{municipality.name} has no division "{name}" (there is: {names or "none"})',
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A role to be given in a municipality."""

    municipality: Municipality
    role: str
    division: Division | None = None


def add_person(who: Person, place: Place | None, *, is_sample: bool = False) -> User:
    """A new account without a password yet, with its role (None: none yet); raises Problem."""
    with transaction.atomic():
        if place is not None:
            actor = command_line(place.municipality)
            user = staff.add_person(actor, who, place.role, place.division)
        else:
            if staff.find_user(who.username):
                raise Problem(
                    f"ユーザー名「{who.username}」はもう使われています。別のユーザー名にしてください",
                    f'the user name "{who.username}" is taken; choose another',
                )
            user = User.objects.create_user(who.username, None, name=who.name, email=who.email)
            record(command_line(), "user.created", str(user), new={"username": user.username})
        if is_sample:
            User.objects.filter(pk=user.pk).update(is_sample=True)
            user.is_sample = True
    return user


def first_officer(municipality: Municipality, login: str, name: str, password: str | None) -> list[Words]:
    """The first planning officer: a new person, or one who is here by that login and name; what to tell.

    ``password`` None: one is made, and told this once.
    """
    place = Place(municipality=municipality, role=Role.OFFICER)
    told = [(f"企画の担当者: {name}（{login}）", f"planning officer: {name} ({login})")]
    if (there := staff.find_user(login)) and there.name == name.strip():
        staff.grant(command_line(municipality), there, Role.OFFICER)
        return told
    user = add_person(checked(login, name), place)
    return [*told, *give_password(user, password)]


def first_operator(login: str, password: str | None) -> list[Words]:
    """The operator of that login, made where there is none; what to tell."""
    told = [(f"運用の担当者: {login}", f"operator: {login}")]
    if there := staff.find_user(login):
        set_operator(there, operator=True)
        return told
    user = add_person(checked(login, "運用の担当者"), None)
    set_operator(user, operator=True)
    return [*told, *give_password(user, password)]


def give_password(user: User, password: str | None = None) -> list[Words]:
    """A first password, to be changed on signing in; made and told this once where ``password`` is None."""
    first = password or one_time_password()
    user.set_password(first)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(password=user.password, must_change_password=True)
        _record(user, "user.password_reset")
    if password is not None:
        return []
    return [
        (
            f"  最初のパスワード: {first} （表示は一度だけです。最初のサインインで変えます）",
            f"  first password: {first} (shown only now; to be changed on first sign-in)",
        )
    ]


def withdraw(user: User, municipality: Municipality, role: str, division: Division | None) -> None:
    """Take a role away from today on; raises Problem where the person does not have it."""
    held = (
        Membership.objects.lasting_past(today())
        .filter(municipality=municipality, user=user, role=role, division=division)
        .first()
    )
    if held is None:
        raise Problem(f"{user}はその役割ではありません", f"{user} does not have that role")
    staff.withdraw(command_line(municipality), held)


def set_active(user: User, *, active: bool) -> None:
    """Let a person sign in or no more; raises Problem for the only officer of a municipality."""
    if user.is_active == active:
        raise Problem(
            f"{user}はもう{'使えます' if active else '止めてあります'}",
            f"{user} is {'active' if active else 'deactivated'} already",
        )
    with transaction.atomic():
        if not active:
            _leaves_officers(user)
        User.objects.filter(pk=user.pk).update(is_active=active)
        _record(user, "user.activated" if active else "user.deactivated")


def set_operator(user: User, *, operator: bool) -> None:
    """Make a person an operator of the installation, or no longer one; raises Problem where nothing changes."""
    if user.is_operator == operator:
        raise Problem(
            f"{user}はもう運用の担当者{'です' if operator else 'ではありません'}",
            f"{user} is {'an operator already' if operator else 'no operator'}",
        )
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_operator=operator)
        user.is_operator = operator
        action = "operator.granted" if operator else "operator.withdrawn"
        record(command_line(), action, str(user))


def _leaves_officers(user: User) -> None:
    officers = Membership.objects.on(today()).filter(role=Role.OFFICER, user__is_active=True)
    for held in officers.filter(user=user).select_related("municipality"):
        if not officers.filter(municipality=held.municipality).exclude(user=user).exists():
            name = held.municipality.name
            raise Problem(
                f"{user}は{name}でただ一人の企画の担当者です。先に別の人に「企画」の役割を付けてください",
                f"{user} is the only planning officer of {name}; give another person the role first",
            )


def _record(user: User, action: str) -> None:
    """The act, in every log that shows the person's account."""
    for municipality in chains(user):
        record(command_line(municipality), action, str(user))
