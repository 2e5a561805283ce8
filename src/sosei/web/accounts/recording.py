"""Signing in and out, failures, locks and changes of an account, written to the log.

An act of a person goes to the chain of each of the person's municipalities; an operator's, and what nobody
known did, to the installation's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from allauth.socialaccount.models import SocialLogin
from axes.utils import reset
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from sosei.web.accounts.lock import normal_name
from sosei.web.accounts.rules import places_of
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality, User
from sosei.web.people.roles import Right
from sosei.web.site.page import address

_LONGEST = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Actor):
    """Whoever is at the sign-in page: known by nothing but the address, and allowed nothing."""

    label: str = "サインイン前"

    def may(self, right: Right) -> bool:  # noqa: ARG002
        """Never."""
        return False


def chains(user: User | None) -> list[Municipality | None]:
    """The chains an act about ``user`` goes to, always in the same order so that no two writers wait on each other."""
    if user is None:
        return [None]
    own = list(places_of(user))
    return [None, *own] if user.is_operator or not own else own


def record_own(request: HttpRequest, user: User, action: str, subject: str = "", *, new: Any = None) -> None:
    """An act of ``user`` on the own account."""
    with transaction.atomic():
        for municipality in chains(user):
            actor = Actor(user=user, municipality=municipality, address=address(request))
            record(actor, action, subject or user.username, new=new)


def _record_unknown(request: HttpRequest, typed: str, action: str) -> None:
    """Something at the sign-in page with the user name as ``typed``."""
    found = list(User.objects.filter(username__iexact=normal_name(typed))[:2])
    with transaction.atomic():
        for municipality in chains(found[0] if len(found) == 1 else None):
            actor = Unknown(user=None, municipality=municipality, address=address(request))
            record(actor, action, typed[:_LONGEST])


def record_stranger(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """A provider's person whom nobody here knows."""
    emails = "、".join(each.email for each in sociallogin.email_addresses) or sociallogin.account.uid
    with transaction.atomic():
        actor = Unknown(user=None, municipality=None, address=address(request))
        record(actor, "session.stranger", f"{sociallogin.account.provider}: {emails}"[:_LONGEST])


@receiver(account.user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    methods = [each.get("type") or each["method"] for each in get_authentication_records(request, user)]
    record_own(request, user, "session.signed_in", new={"by": methods})


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        expired = getattr(request, "session_expired", False)
        record_own(request, user, "session.expired" if expired else "session.signed_out")


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Log, after axes has counted: the failure, and the lock where it was the last one allowed.

    While a lock lasts axes counts no more (``axes_failures_since_start`` is None) and nothing is written.
    """
    if request is None or (request.axes_locked_out and request.axes_failures_since_start is None):
        return
    typed = str(credentials.get("username") or "")
    _record_unknown(request, typed, "session.failed")
    if request.axes_locked_out:
        _record_unknown(request, typed, "session.locked")


@receiver(account.password_changed)
@receiver(account.password_set)
@receiver(account.password_reset)
def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """Log; the first password is no longer due and a lock by wrong passwords is over."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        record_own(request, user, "account.password_changed")
    reset(username=normal_name(user.username))


@receiver(mfa.authenticator_added)
def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    action = "account.codes_made" if _is_codes(authenticator) else "account.factor_added"
    record_own(request, user, action, new=_factor(authenticator))


@receiver(mfa.authenticator_reset)
def _codes_made(request: HttpRequest, user: User, **_: Any) -> None:
    record_own(request, user, "account.codes_made")


@receiver(mfa.authenticator_removed)
def _factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if not _is_codes(authenticator):
        record_own(request, user, "account.factor_removed", new=_factor(authenticator))


@receiver(mfa.authentication_failed)
def _factor_failed(request: HttpRequest, user: User, **_: Any) -> None:
    _record_unknown(request, user.username, "session.factor_failed")


@receiver(social.social_account_added)
def _linked(request: HttpRequest, sociallogin: SocialLogin, **_: Any) -> None:
    record_own(request, sociallogin.user, "account.provider_linked", new=sociallogin.account.provider)


@receiver(social.social_account_removed)
def _unlinked(request: HttpRequest, socialaccount: Any, **_: Any) -> None:
    record_own(request, socialaccount.user, "account.provider_unlinked", new=socialaccount.provider)


def _is_codes(authenticator: Authenticator) -> bool:
    return authenticator.type == Authenticator.Type.RECOVERY_CODES


def _factor(authenticator: Authenticator) -> dict[str, str]:
    """What kind of factor, and the name of a key."""
    kind = {"type": str(authenticator.type)}
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        kind["name"] = authenticator.data["name"]
    return kind
