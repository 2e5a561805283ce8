"""What stands on every writing page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from sosei.web.plans.undoing import undo_state

register = template.Library()


@register.inclusion_tag("plans/_undo.html", takes_context=True)
def undo_bar(context: dict[str, Any]) -> dict[str, Any]:
    """The buttons that take back and do again one's own last act in the context's ``draft``."""
    request, draft = context["request"], context["draft"]
    names = ("may", "municipality", "plan", "csrf_token", "here")
    kept = {name: context.get(name) for name in names}
    return {**kept, "request": request, "undo": undo_state(request.actor, draft)}


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """The entry ``key``; None where there is none."""
    return mapping.get(key)
