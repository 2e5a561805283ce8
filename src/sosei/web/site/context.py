"""What the frame of every page shows: product, municipality, the person, where one can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sosei.web.people.roles import Right


def frame(request: HttpRequest) -> dict[str, Any]:
    """``municipality``, ``actor``, ``may`` (the actor's rights by name), as the page's view set them; ``demo``."""
    actor = getattr(request, "actor", None)
    return {
        "municipality": getattr(request, "municipality", None),
        "actor": actor,
        "may": {right.value: actor.may(right) for right in Right} if actor else {},
        "demo": settings.CONFIG.demo,
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", "ja"),
    }
