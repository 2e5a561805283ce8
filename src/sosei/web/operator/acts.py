"""What an operator does: municipalities, officers, operators, accounts, failed jobs (each checked and logged).

An act on the installation is in the installation's chain.  One that a municipality must know of, because it
changes who can do what there, is in the municipality's chain too, always after the installation's.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import IntegrityError, transaction

from sosei.values import Problem
from sosei.web.accounts.recording import chains
from sosei.web.jobs.models import Job, JobState
from sosei.web.jobs.work import enqueue
from sosei.web.journal.record import record
from sosei.web.people import staff, tenant
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality, User
from sosei.web.people.person import Person
from sosei.web.people.roles import Right, Role


def add_municipality(actor: Actor, code: str, name: str, prefecture: str, officer: Person) -> Municipality:
    """A new municipality with its first planning officer; raises Problem where it is there already."""
    with transaction.atomic():
        made = tenant.add_municipality(actor, code, name, prefecture)
        appoint(replace(actor, municipality=made), officer)
    return made


def appoint(actor: Actor, who: Person) -> User:
    """Make somebody a planning officer of the actor's municipality: a known account of that name, or a new one."""
    actor.must(Right.OPERATE)
    with transaction.atomic():
        known = staff.find_user(who.username)
        if known is None:
            return staff.add_person(actor, who, Role.OFFICER)
        if known.name != who.name:
            raise Problem(
                f"ユーザー名「{known.username}」は{known.name}が使っています。同じ人なら氏名をそのとおりに、"
                "別の人なら別のユーザー名を入れてください",
                f'the user name "{known.username}" is {known.name}\'s: write that name if it is the same person, '
                "or another user name",
            )
        staff.grant(actor, known, Role.OFFICER)
    return known


def set_operator(actor: Actor, user: User, *, operator: bool) -> None:
    """Make a person an operator, or no longer one; never the last, never somebody whose account is stopped."""
    actor.must(Right.OPERATE)
    with transaction.atomic():
        user = _locked(user)
        if user.is_operator == operator:
            return
        if operator and not user.is_active:
            raise Problem(
                f"{user}の利用は止められています。先に利用を再開してください",
                f"the account of {user} is stopped; let it be used again first",
            )
        if not operator:
            _another_operator(user)
        User.objects.filter(pk=user.pk).update(is_operator=operator)
        action = "operator.granted" if operator else "operator.withdrawn"
        record(replace(actor, municipality=None), action, str(user))


def set_active(actor: Actor, user: User, *, active: bool) -> None:
    """Stop a person's account everywhere, or let it be used again; never one's own, nor the last in charge."""
    actor.must(Right.OPERATE)
    with transaction.atomic():
        user = _locked(user)
        if user.is_active == active:
            return
        if not active:
            if actor.user is not None and actor.user.pk == user.pk:
                raise Problem(
                    "自分の利用は止められません。別の運用の担当者に頼んでください",
                    "one cannot stop one's own account; ask another operator",
                )
            if user.is_operator:
                _another_operator(user)
            for municipality in Municipality.objects.filter(memberships__user=user).distinct():
                if staff.officers(municipality).filter(user=user).exists():
                    staff.must_leave_an_officer(municipality, user)
        User.objects.filter(pk=user.pk).update(is_active=active)
        for chain in chains(user):
            action = "user.activated" if active else "user.deactivated"
            record(replace(actor, municipality=chain), action, str(user))


def retry(actor: Actor, job: Job) -> None:
    """Begin a failed job again; raises Problem for any other, and where the same document is being made."""
    actor.must(Right.OPERATE)
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=job.pk)
        if job.state != JobState.FAILED:
            raise Problem(
                "やり直せるのは失敗した作業だけです。一覧を読み込み直してください",
                "only a failed job can be begun again; load the list anew",
            )
        job.state, job.attempt, job.step = JobState.WAITING, 0, 0
        job.problem_ja = job.problem_en = ""
        job.seen_at = job.finished_at = None
        try:
            with transaction.atomic():
                job.save()
        except IntegrityError:
            raise Problem(
                "同じ文書が今作られています。終わるのを待ってください",
                "the same document is being made right now; wait for it",
            ) from None
        record(replace(actor, municipality=job.municipality), "document.retried", job.title_ja)
    enqueue(job)


def _locked(user: User) -> User:
    """The account; it and all operators stay locked, so that two do not stop each other at once."""
    list(User.objects.select_for_update().filter(is_operator=True).order_by("pk").values_list("pk"))
    return User.objects.select_for_update().get(pk=user.pk)


def _another_operator(user: User) -> None:
    """Raises Problem where ``user`` is the only operator who can sign in."""
    if not User.objects.filter(is_operator=True, is_active=True).exclude(pk=user.pk).exists():
        raise Problem(
            f"{user}はただ一人の運用の担当者です。先に別の人を運用の担当者にしてください",
            f"{user} is the only operator; make another person one first",
        )
