"""What a form or the page's script sent, and what is told the script of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.undoing import undo_state
from sosei.web.site.language import language
from sosei.web.writing.editors import Typed
from sosei.web.writing.outcome import Outcome

WAS = "was."


def typed_of(sent: Any) -> Typed:
    """The typed texts of a form by the input's name."""
    return {name: "\n".join(sent.getlist(name)) for name in sent}


def was_of(sent: Any) -> Mapping[str, str]:
    """The values that the form's fields were made with, by field."""
    return {name.removeprefix(WAS): text for name, text in sent.items() if name.startswith(WAS)}


def told(outcome: Outcome) -> dict[str, Any]:
    """An outcome for the page's script."""
    words = outcome.message
    return {
        "state": outcome.state.value,
        "was": outcome.was,
        "message": words.of(language()) if words else "",
        "heard": {name: each.of(language()) for name, each in outcome.heard.items()},
        "theirs": outcome.theirs,
        "opened": outcome.opened,
        "inputs": dict(outcome.inputs),
        "who": outcome.who,
    }


def undo_buttons(request: HttpRequest, draft: Draft) -> str:
    """The buttons of taking back as they are now."""
    context = {
        "undo": undo_state(request.actor, draft),
        "here": came_from(request),
        "plan": draft.plan,
    }
    return render_to_string("plans/_undo.html", context, request=request)
