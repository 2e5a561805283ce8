"""Running text as it will be read, before it is saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.plans.opening import whole_plan_page
from sosei.web.writing.editors import LONGEST_TEXT, text_of

_TOPS = {"3": 3, "4": 4, "5": 5}


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def preview(request: HttpRequest, plan: Plan) -> HttpResponse:
    """``text`` of the form as the page of the plan's text shows it: a piece for htmx, else a page.

    A chapter's form has its text in ``paragraphs``.  ``top`` is the level of the heading above it (3, the
    chapter's, unless 4 or 5).
    """
    sent = request.POST
    context: dict[str, Any] = {"section": "plans", "plan": plan, "top": _TOPS.get(sent.get("top", ""), 3)}
    try:
        context["text"] = text_of(sent.get("text", sent.get("paragraphs", "")), LONGEST_TEXT * 10)
    except Problem as problem:  # in the piece's own place: what is being typed stays on the page
        context |= {"text": "", "problem": problem}
    if request.htmx:
        return render(request, "writing/_preview.html", context)
    return render(request, "writing/preview.html", context, status=400 if "problem" in context else 200)
