"""The editions of a plan, and two of its states side by side."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.reports.comparison import comparison
from sosei.values import Problem
from sosei.web.jobs.kinds import KINDS
from sosei.web.people.roles import Right
from sosei.web.plans.models import Edition, Plan
from sosei.web.plans.opening import open_draft, whole_plan_page
from sosei.web.plans.reasons import reasons_between
from sosei.web.plans.states import State, states_of


@whole_plan_page(Right.READ_ADOPTED)
@require_GET
def editions(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Every adopted edition, newest first."""
    context = {
        "section": "plans",
        "tab": "editions",
        "plan": plan,
        "editions": _with_earlier(list(plan.editions.defer("data").select_related("adopted_by"))),
        "draft": open_draft(plan) if request.actor.may(Right.READ_DRAFT) else None,
    }
    return render(request, "plans/editions.html", context)


def _with_earlier(found: list[Edition]) -> list[tuple[Edition, Edition | None]]:
    """Each edition with the one before it."""
    return list(zip_longest(found, found[1:]))


@whole_plan_page(Right.READ_ADOPTED)
@require_GET
def compare(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The 新旧対照表 of two states on the screen: the same rows as on paper."""
    states = states_of(plan, request.actor)
    context: dict[str, Any] = {"section": "plans", "tab": "compare", "plan": plan, "states": states}
    if len(states) > 1:
        old, new = _chosen(request, states)
        context |= {
            "old": old,
            "new": new,
            "kind": KINDS["comparison"],
            "table": comparison(
                old.document(),
                new.document(),
                old_name=old.name.ja,
                new_name=new.name.ja,
                reasons=reasons_between(plan, old, new),
            ),
        }
    return render(request, "plans/compare.html", context)


def _chosen(request: HttpRequest, states: list[State]) -> tuple[State, State]:
    """The two states of the address, the older first; the two newest where it names none."""
    order = {state.version: at for at, state in enumerate(states)}
    old, new = request.GET.get("old") or states[1].version, request.GET.get("new") or states[0].version
    for version in (old, new):
        if version not in order:
            raise Problem(
                "比べる版がありません。一覧から選び直してください",
                "there is no such edition to compare; choose from the list",
            )
    if old == new:
        raise Problem("同じ版どうしは比べられません。別の版を選んでください", "choose two different editions")
    newer, older = sorted((order[old], order[new]))
    return states[older], states[newer]
