"""A municipality's first page, and how a plan begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.plan.keys import new_key
from sosei.plan.model import Plan as Document
from sosei.plan.walk import elements
from sosei.values import Problem
from sosei.web.people.models import User
from sosei.web.people.roles import Right, Role
from sosei.web.plans import acts
from sosei.web.plans.forms import EmptyPlanForm
from sosei.web.plans.models import Draft, Edition, Plan
from sosei.web.plans.store import edition_document
from sosei.web.site.language import say
from sosei.web.site.page import page
from sosei.web.site.uploads import most_bytes, uploaded_bytes


@dataclass(frozen=True, slots=True)
class Card:
    """A plan as the first page shows it; ``counts`` are names with numbers."""

    plan: Plan
    last: Edition | None
    draft: Draft | None
    counts: list[tuple[str, int]]


@page(Right.MEMBER)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The plans of the municipality, or how to begin."""
    plans = Plan.objects.filter(municipality=request.municipality)
    cards = [_card(plan, sees_draft=request.actor.may(Right.READ_DRAFT)) for plan in plans]
    officers = User.objects.filter(
        memberships__municipality=request.municipality, memberships__role=Role.OFFICER, is_active=True
    ).distinct()
    context = {"section": "plans", "cards": cards, "officers": officers}
    return render(request, "plans/home.html", context)


@page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Load a plan file; a form for a plan that begins empty stands beside."""
    if request.method == "GET":
        return _new(request, _empty_form())
    try:
        draft = acts.load_file(request.actor, uploaded_bytes(request, "file"))
    except Problem as problem:
        return _new(request, _empty_form(), problem=problem, status=400)
    messages.success(
        request,
        say(
            "計画ファイルを読み込み、下書きにしました。内容を確かめてから版として策定してください",
            "The plan file is loaded as a draft; look through it, then adopt it as an edition",
        ),
    )
    return redirect("draft", code=request.municipality.code, plan=draft.plan.key)


@page(Right.EDIT_PLAN)
@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    """Begin a plan without content."""
    form = EmptyPlanForm(request.POST)
    if not form.is_valid():
        return _new(request, form, status=400)
    draft = acts.begin_empty(request.actor, form.beginning())
    messages.success(request, say("空の計画を下書きとして始めました", "An empty plan was begun as a draft"))
    return redirect("write", code=request.municipality.code, plan=draft.plan.key)


def _empty_form() -> EmptyPlanForm:
    return EmptyPlanForm(initial={"key": new_key(), **EmptyPlanForm.usual_levels()})


def _new(request: HttpRequest, form: EmptyPlanForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"section": "plans", "form": form, "most": most_bytes() // 1024**2, **more}
    return render(request, "plans/new.html", context, status=status)


def _card(plan: Plan, *, sees_draft: bool) -> Card:
    last = plan.editions.defer("data").first()
    draft = plan.drafts.filter(is_open=True).first() if sees_draft else None
    return Card(plan, last, draft, counts(edition_document(last)) if last else [])


def counts(document: Document) -> list[tuple[str, int]]:
    """How many elements of each level and how many indicators, under the plan's own names."""
    found = [placed.element.level for placed in elements(document)]
    levels = [(level.name, found.count(level.code)) for level in document.levels]
    return [*levels, (say("指標", "Indicators"), len(document.indicators))]
