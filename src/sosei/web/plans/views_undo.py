"""The two buttons of a draft: one's own last act taken back, or done again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.plans import undoing
from sosei.web.plans.models import Plan
from sosei.web.plans.opening import came_from, the_draft, whole_plan_page
from sosei.web.site.language import say


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def undo_last(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Take back one's own last act and go back to where one was."""
    try:
        step = undoing.undo_last(request.actor, the_draft(plan))
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
    else:
        ja, en = step.words.ja, step.words.en
        messages.success(request, say(f"元に戻しました：{ja}", f"Undone: {en}"))
    return _back(request, plan)


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def redo_last(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Do again what one took back last and go back to where one was."""
    try:
        step = undoing.redo_last(request.actor, the_draft(plan))
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
    else:
        ja, en = step.words.ja, step.words.en
        messages.success(request, say(f"やり直しました：{ja}", f"Redone: {en}"))
    return _back(request, plan)


def _back(request: HttpRequest, plan: Plan) -> HttpResponse:
    draft_page = reverse("draft", args=[request.municipality.code, plan.key])
    return redirect(came_from(request) or draft_page)
