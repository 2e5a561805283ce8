"""The documents that fit from where one is: what ``documents/_links.html`` shows."""

from __future__ import annotations

from typing import Any

from django import template

from sosei.web.jobs.offers import Offer, offers

register = template.Library()


@register.simple_tag(takes_context=True)
def documents_here(context: dict[str, Any], kinds: str = "") -> list[Offer]:
    """The documents of the opened plan that can be made now; ``kinds`` are codes with blanks between."""
    request = context["request"]
    found = offers(request.opened, request.actor, kinds.split())
    return [offer for offer in found if offer.lacks is None]
