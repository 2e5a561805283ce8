"""What the frame of every page shows: product, municipality, the person, where one can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sosei.web.people.roles import Right


def frame(request: HttpRequest) -> dict[str, Any]:
    """``municipality``, ``actor``, ``may`` (the actor's rights by name), as the page's view set them; ``demo``;
    ``person_key``, the sign of the signed-in person under which the browser keeps what is not sent yet.
    """
    actor = getattr(request, "actor", None)
    return {
        "municipality": getattr(request, "municipality", None),
        "actor": actor,
        "may": {right.value: actor.may(right) for right in Right} if actor else {},
        "person_key": _person_key(request),
        "demo": settings.CONFIG.demo,
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", "ja"),
    }


def _person_key(request: HttpRequest) -> str:
    """The same at every sign-in, and nothing can be told from it; empty where nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac("sosei.web.site.kept", str(user.pk), algorithm="sha256").hexdigest()[:32]
