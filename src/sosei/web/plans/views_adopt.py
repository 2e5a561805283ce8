"""Adopting a draft as an edition (版として策定する): what changed, why, when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sosei.checks.finding import Severity
from sosei.values import Problem
from sosei.web.comments.asking import open_questions
from sosei.web.people.roles import Right
from sosei.web.plans import acts
from sosei.web.plans.acts import Adoption
from sosei.web.plans.change_list import change_list, unexplained
from sosei.web.plans.forms import AdoptionForm
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.opening import open_draft, whole_plan_page
from sosei.web.plans.reasons import given_reasons
from sosei.web.plans.store import draft_document
from sosei.web.reading.list_rows import review_of
from sosei.web.site.language import say
from sosei.web.site.templatetags.sosei import day


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The form, once every change of the print has its reason, and adopting."""
    if request.method == "POST":
        return _adopt(request, plan)
    draft = open_draft(plan)
    if draft is None:
        return redirect("draft", code=request.municipality.code, plan=plan.key)
    first = not plan.editions.exists()
    form = AdoptionForm(
        initial={
            "title": "策定" if first else "",
            "on": day(timezone.localdate()),
            "draft": draft.pk,
            "length": draft.length,
        }
    )
    return _form(request, draft, form)


def _adopt(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = AdoptionForm(request.POST)
    valid = form.is_valid()
    draft = Draft.objects.filter(plan=plan, pk=form.cleaned_data.get("draft")).select_related("plan").first()
    if draft is None or not (draft.is_open or draft.adopted_id):
        draft = open_draft(plan)
        if draft is None:
            return redirect("draft", code=request.municipality.code, plan=plan.key)
    if not valid:
        return _form(request, draft, form, status=400)
    said = form.cleaned_data
    try:
        edition = acts.adopt(
            request.actor,
            draft,
            Adoption(
                title=said["title"],
                on=said["on"],
                length=said["length"],
                reason=said["reason"],
            ),
        )
    except Problem as problem:
        draft.refresh_from_db()
        if not draft.is_open:
            raise
        form.data = request.POST.copy()  # the list shown now is the one that the next sending means
        form.data.update({"draft": draft.pk, "length": draft.length})
        return _form(request, draft, form, problem=problem, status=409)
    messages.success(
        request,
        say(f"第{edition.no}版として策定しました", f"Adopted as edition {edition.no}"),
    )
    return redirect("editions", code=request.municipality.code, plan=plan.key)


def _form(
    request: HttpRequest, draft: Draft, form: AdoptionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    findings = review_of(draft_document(draft)).findings
    groups = change_list(draft)
    context = {
        "section": "plans",
        "tab": "draft",
        "plan": draft.plan,
        "draft": draft,
        "form": form,
        "changed": sum(len(group.rows) for group in groups if group.printed),
        "missing": len(unexplained(groups, given_reasons(draft))),
        "open_questions": open_questions(draft),
        "errors": sum(finding.severity is Severity.ERROR for finding in findings),
        **more,
    }
    return render(request, "plans/adopt.html", context, status=status)
