"""What is done to people and their roles in a municipality (each checked and logged).

An account belongs to the municipality in which alone its person ever had a role; only there its name,
mail address and activity are changed.  In every other municipality only the roles are.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.acting import managed, today
from sosei.web.people.actor import Actor
from sosei.web.people.models import Division, Membership, Municipality, User
from sosei.web.people.person import Person
from sosei.web.people.roles import DIVISION_ROLES, ROLE_NAMES, Right, Role


def staff(municipality: Municipality) -> QuerySet[User]:
    """Everybody who has or ever had a role in ``municipality``."""
    return User.objects.filter(pk__in=Membership.objects.filter(municipality=municipality).values("user"))


def find_user(username: str) -> User | None:
    """The account of that login name, upper and lower case alike."""
    return User.objects.filter(username__iexact=username).first()


def belongs_elsewhere(user: User, municipality: Municipality | None) -> bool:
    """Whether the account is not this municipality's own: an operator's, or known in another one."""
    return user.is_operator or user.memberships.exclude(municipality=municipality).exists()


def account_words(user: User) -> Problem:
    """Why the account cannot be changed here."""
    if user.is_operator:
        return Problem(
            f"{user.name}は運用の担当者なので、ここで変えられるのはこの市町村の役割だけです。"
            "氏名・メール・利用の停止は運用の担当者が変えます",
            f"{user.name} is an operator: only the roles in this municipality can be changed here; "
            "an operator changes name, mail and activity",
        )
    return Problem(
        f"{user.name}は他の市町村でも役割があるので、ここで変えられるのはこの市町村の役割だけです。"
        "氏名・メール・利用の停止は本人か運用の担当者に頼んでください",
        f"{user.name} has had roles in another municipality too: only the roles here can be changed; "
        "ask the person or an operator for name, mail and activity",
    )


def add_person(actor: Actor, who: Person, role: str, division: Division | None = None) -> User:
    """A new account without a password and its first role; raises Problem for a name that is taken."""
    with transaction.atomic():
        municipality = managed(actor, operator=True)
        if find_user(who.username):
            raise Problem(
                f"ユーザー名「{who.username}」はもう使われています。同じ人なら、その人に役割を付けてください",
                f'the user name "{who.username}" is taken; if it is the same person, give that one the role',
            )
        user = User.objects.create_user(who.username, None, name=who.name, email=who.email)
        record(actor, "user.created", str(user), new=_account(user))
        _grant(actor, municipality, user, role, division)
    return user


def grant(actor: Actor, user: User, role: str, division: Division | None = None) -> Membership:
    """Give ``user`` a role; raises Problem where it is held already or wants (or has) no division."""
    with transaction.atomic():
        return _grant(actor, managed(actor, operator=True), user, role, division)


def withdraw(actor: Actor, held: Membership) -> None:
    """Take a role away from today on; raises Problem for the last officer's."""
    with transaction.atomic():
        municipality = managed(actor, operator=True)
        held = Membership.objects.select_for_update().get(pk=held.pk, municipality=municipality)
        day = today()
        if held.until is not None and held.until <= day:
            raise Problem(
                f"この役割は{held.until:%Y-%m-%d}に終わっています", f"this role ended on {held.until}"
            )
        if held.role == Role.OFFICER:
            must_leave_an_officer(municipality, held.user)
        Membership.objects.filter(pk=held.pk).update(until=day, since=_before(held.since, day))
        record(actor, "role.withdrawn", str(held.user), old=role_words(held.role, held.division))


def change_account(actor: Actor, user: User, who: Person) -> None:
    """Another login name, name or mail address; raises Problem for an account that is not ours."""
    with transaction.atomic():
        municipality = managed(actor, operator=True)
        user = _own_account(actor, user, municipality)
        other = find_user(who.username)
        if other is not None and other.pk != user.pk:
            raise Problem(
                f"ユーザー名「{who.username}」はもう使われています。別のユーザー名にしてください",
                f'the user name "{who.username}" is taken; choose another',
            )
        old = _account(user)
        user.username, user.name, user.email = who.username, who.name, who.email
        new = _account(user)
        if old == new:
            return
        user.save(update_fields=["username", "name", "email"])
        changed = [name for name in old if old[name] != new[name]]
        record(
            actor,
            "user.changed",
            str(user),
            old={name: old[name] for name in changed},
            new={name: new[name] for name in changed},
        )


def set_active(actor: Actor, user: User, *, active: bool) -> None:
    """Let a person sign in, or no more; never the last officer, never oneself."""
    with transaction.atomic():
        municipality = managed(actor, operator=True)
        user = _own_account(actor, user, municipality)
        if user.is_active == active:
            return
        if not active:
            if actor.user is not None and actor.user.pk == user.pk:
                raise Problem(
                    "自分の利用は止められません。別の企画の担当者に頼んでください",
                    "one cannot deactivate oneself; ask another planning officer",
                )
            if _is_officer(municipality, user):
                must_leave_an_officer(municipality, user)
        User.objects.filter(pk=user.pk).update(is_active=active)
        record(actor, "user.activated" if active else "user.deactivated", str(user))


def check_role(role: str, division: Division | None) -> None:
    """Raises Problem for a role that is none, and for a division where none belongs or is missing."""
    if role not in list(Role):
        names_ja, names_en = ([ROLE_NAMES[each][i] for each in Role] for i in (0, 1))
        raise Problem(
            f"役割「{role[:30]}」はありません（使えるもの: {'・'.join(names_ja)}）",
            f'there is no role "{role[:30]}" (there is: {", ".join(names_en)})',
        )
    ja, en = ROLE_NAMES[role]
    if role in DIVISION_ROLES and division is None:
        raise Problem(f"役割「{ja}」には担当課が要ります", f'the role "{en}" needs a division')
    if role not in DIVISION_ROLES and division is not None:
        raise Problem(
            f"役割「{ja}」に担当課は付きません。担当課を空にしてください",
            f'the role "{en}" has no division; leave it empty',
        )


def dates_in(division: Division | None, day: date) -> tuple[date | None, date | None]:
    """From and until when a role given on ``day`` is held: no longer than its division is there.

    Raises Problem for a division that is no more.
    """
    if division is None:
        return None, None
    if division.ended_on is not None and division.ended_on <= day:
        raise Problem(
            f"{division.name}は{division.ended_on:%Y-%m-%d}になくなりました。今の課を選んでください",
            f"{division.name} is no more since {division.ended_on}; choose a division of today",
        )
    begins = division.started_on if division.started_on and division.started_on > day else None
    return begins, division.ended_on


def role_words(role: str, division: Division | None) -> dict[str, str]:
    """A role as the log keeps it."""
    return {"role": role, "division": division.name if division else ""}


def _grant(
    actor: Actor, municipality: Municipality, user: User, role: str, division: Division | None
) -> Membership:
    check_role(role, division)
    if division is not None and division.municipality_id != municipality.pk:
        raise RuntimeError("a role is given in a division of the same municipality")
    since, until = dates_in(division, today())
    same = Membership.objects.filter(municipality=municipality, user=user, role=role, division=division)
    if same.lasting_past(today()).exists():
        raise Problem(f"{user}はもうこの役割です", f"{user} has that role already")
    made = Membership.objects.create(
        municipality=municipality,
        user=user,
        role=role,
        division=division,
        since=since,
        until=until,
        granted_by=actor.user,
    )
    record(actor, "role.granted", str(user), new=role_words(role, division))
    return made


def _own_account(actor: Actor, user: User, municipality: Municipality) -> User:
    """The account, locked; raises Problem unless it is this municipality's own or an operator acts."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not actor.may(Right.OPERATE) and belongs_elsewhere(user, municipality):
        raise account_words(user)
    return user


def _is_officer(municipality: Municipality, user: User) -> bool:
    return officers(municipality).filter(user=user).exists()


def officers(municipality: Municipality) -> QuerySet[Membership]:
    """Today's planning officers who can sign in."""
    return Membership.objects.on(today()).filter(
        municipality=municipality, role=Role.OFFICER, user__is_active=True
    )


def must_leave_an_officer(municipality: Municipality, user: User) -> None:
    """Raises Problem where ``user`` is the only officer who can sign in."""
    if not officers(municipality).exclude(user=user).exists():
        raise Problem(
            f"{user.name}は{municipality.name}でただ一人の企画の担当者です。"
            "先に別の人に「企画」の役割を付けてください",
            f"{user.name} is the only planning officer of {municipality.name}; "
            "give another person the role first",
        )


def _before(since: date | None, day: date) -> date | None:
    """Where a role that was still to begin ends: on the day it would have begun, so never in force."""
    return since if since is None or since <= day else day


def _account(user: User) -> dict[str, str]:
    return {"username": user.username, "name": user.name, "email": user.email}
