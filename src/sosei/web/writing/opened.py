"""A draft as its writing pages see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sosei.plan.base import Key, Node
from sosei.plan.walk import index
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.opening import open_draft, whole_plan_page
from sosei.web.plans.store import draft_document
from sosei.web.site.language import say

N = TypeVar("N", bound=Node)


def writing_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of an officer who writes: ``view(request, draft, ...)``; without a draft, on to its page."""

    @whole_plan_page(Right.EDIT_PLAN)
    @wraps(view)
    def found_view(request: HttpRequest, plan: Plan, **more: Any) -> HttpResponse:
        draft = open_draft(plan)
        if draft is None:
            messages.warning(
                request, say("書くには、先に下書きを始めてください", "Begin a draft first, then write in it")
            )
            return redirect("draft", code=request.municipality.code, plan=plan.key)
        return view(request, draft, **more)

    return found_view


def the_record(draft: Draft, key: Key, kind: type[N]) -> N:
    """The record of an address, of that kind; 404 where the draft has none."""
    node = index(draft_document(draft)).get(key)
    if not isinstance(node, kind):
        raise Http404
    return node


def frame(draft: Draft, **more: Any) -> dict[str, Any]:
    """What the frame of every writing page shows."""
    return {
        "section": "plans",
        "tab": "write",
        "can_confirm": True,
        "plan": draft.plan,
        "draft": draft,
        **more,
    }
