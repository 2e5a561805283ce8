"""What an officer or an operator does about another person's account."""

from __future__ import annotations

from dataclasses import replace

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from sosei.values import Problem
from sosei.web.accounts.recording import chains
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor, Refused
from sosei.web.people.models import User
from sosei.web.people.roles import Right
from sosei.web.people.staff import belongs_elsewhere, staff


def reset_link(actor: Actor, user: User) -> str:
    """The path of a page where ``user`` sets a password; works once, for three days.

    The log holds who made a link for whom, never the link.  Raises Refused (``_must_manage``), or Problem
    for a person whose account is stopped.
    """
    _must_manage(actor, user)
    if not user.is_active:
        raise Problem(
            f"{user.name}の利用は止められています。利用を再開してからリンクを作ってください",
            f"the account of {user.name} is stopped; let it be used again before making a link",
        )
    _record(actor, user, "account.link_made")
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )


def forget_second_factor(actor: Actor, user: User) -> None:
    """Takes away app, keys and recovery codes of a person who lost them; raises Refused (``_must_manage``)."""
    _must_manage(actor, user)
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        _record(actor, user, "account.factors_forgotten")


def _must_manage(actor: Actor, user: User) -> None:
    """Who may take over an account may read all it reads, so an officer may for the municipality's own alone.

    Those are the accounts that ``people.staff`` lets an officer change.  An operator (or the command line)
    may for everybody.  Raises Refused.
    """
    if actor.may(Right.OPERATE):
        return
    actor.must(Right.MANAGE_PEOPLE)
    if actor.municipality is None or not staff(actor.municipality).filter(pk=user.pk).exists():
        raise Refused(
            f"{user.name}はこの市町村の職員として登録されていません",
            f"{user.name} is not entered as staff of this municipality",
        )
    if belongs_elsewhere(user, actor.municipality):
        raise Refused(
            f"{user.name}は運用の担当者か、他の市町村でも役割がある人です。運用の担当者に頼んでください",
            f"{user.name} is an operator or has had roles in another municipality too; ask an operator",
        )


def _record(actor: Actor, user: User, action: str) -> None:
    """The act, in the chains that show the person's account and in the actor's own."""
    with transaction.atomic():
        places = {*chains(user), actor.municipality}
        for municipality in sorted(places, key=lambda each: each.code if each else ""):
            record(replace(actor, municipality=municipality), action, user.username)
