"""What a person's municipalities ask of the account: how long to be away, whether a second factor is compulsory."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from sosei.web.people.models import Membership, Municipality, User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class AccountRules:
    """The strictest of a person's municipalities; ``municipalities`` are those that want a second factor."""

    minutes: int
    municipalities: tuple[str, ...]


def places_of(user: User) -> QuerySet[Municipality]:
    """The municipalities in which ``user`` has a role today, by 団体コード."""
    held = Membership.objects.on(timezone.localdate()).filter(user=user)
    return Municipality.objects.filter(pk__in=held.values("municipality")).order_by("code")


def rules_of(user: User) -> AccountRules:
    """The rules for ``user``; a person without a municipality has the installation's idle time."""
    found = list(places_of(user).values_list("session_minutes", "second_factor_required", "name"))
    return AccountRules(
        minutes=min((minutes for minutes, _, _ in found), default=settings.IDLE_MINUTES),
        municipalities=tuple(name for _, required, name in found if required),
    )


def has_second_factor(user: User) -> bool:
    """Whether ``user`` has set up an app or a key; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def came_by_provider(request: HttpRequest, user: User) -> bool:
    """Whether ``user`` was signed in here by a single sign-on provider, whose own factors then count."""
    return any(each["method"] == "socialaccount" for each in get_authentication_records(request, user))
