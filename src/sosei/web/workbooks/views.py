"""A draft's workbook: out, the empty one, in; a plan that begins with one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.formats.workbook import empty_workbook
from sosei.plan.keys import new_key
from sosei.plan.model import Level, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.record import Municipality as MunicipalityRecord
from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.plans.forms import EmptyPlanForm
from sosei.web.plans.models import Plan
from sosei.web.plans.opening import the_draft, whole_plan_page
from sosei.web.plans.store import draft_document
from sosei.web.site.attachments import attachment
from sosei.web.site.language import say
from sosei.web.site.page import page
from sosei.web.site.uploads import most_bytes, uploaded_bytes
from sosei.web.workbooks import acts
from sosei.web.workbooks.forms import BeginForm
from sosei.web.workbooks.keeping import KEPT_DAYS
from sosei.web.workbooks.models import Upload, UploadState
from sosei.web.workbooks.years import past_years, target_years

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RECENT = 10


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Take the plan out as a workbook, or hand one in; POST is the file."""
    draft = the_draft(plan)
    if request.method == "POST":
        try:
            data = uploaded_bytes(request, "file")
            upload = acts.hand_in_book(request.actor, draft, data, request.FILES["file"].name)
        except Problem as problem:
            return _page(request, plan, problem=problem, status=400)
        return redirect("workbook_upload", code=request.municipality.code, plan=plan.key, upload=upload.pk)
    return _page(request, plan)


@whole_plan_page(Right.EDIT_PLAN)
@require_GET
def empty(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The empty workbook with the levels and years of the draft."""
    return _empty(request.municipality, draft_document(the_draft(plan)))


@page(Right.EDIT_PLAN)
@require_GET
def usual_empty(request: HttpRequest) -> HttpResponse:
    """The empty workbook for a plan that is still to begin, with the levels that most plans have."""
    city = request.municipality
    levels = tuple(
        Level(code=code, name=name, kind=LevelKind(code))
        for code, name in EmptyPlanForm.usual_levels().items()
    )
    return _empty(
        city,
        Document(
            key=new_key(), municipality=MunicipalityRecord(code=city.code, name=city.name), levels=levels
        ),
    )


@page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a plan with a workbook."""
    if request.method == "GET":
        return _begin(request, BeginForm(initial={"key": new_key()}))
    form = BeginForm(request.POST)
    try:
        data = uploaded_bytes(request, "file")
        if not form.is_valid():
            return _begin(request, form, status=400)
        key, title = form.cleaned_data["key"], form.cleaned_data["title"]
        upload = acts.begin_from_book(request.actor, key, title, data, request.FILES["file"].name)
    except Problem as problem:
        return _begin(request, form, problem=problem, status=400)
    messages.success(
        request,
        say(
            "計画を下書きとして始めました。ブックの内容を確かめてから取り込みます",
            "The plan was begun as a draft; look through the workbook, then take it over",
        ),
    )
    return redirect(
        "workbook_upload", code=request.municipality.code, plan=upload.draft.plan.key, upload=upload.pk
    )


def _begin(request: HttpRequest, form: BeginForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"section": "plans", "form": form, "most": most_bytes() // 1024**2, **more}
    return render(request, "workbooks/begin.html", context, status=status)


def _page(request: HttpRequest, plan: Plan, status: int = 200, **more: Any) -> HttpResponse:
    draft = the_draft(plan)
    waiting = Upload.objects.filter(draft=draft, state__in=(UploadState.READING, UploadState.READY))
    context = {
        "section": "plans",
        "tab": "draft",
        "plan": plan,
        "draft": draft,
        "waiting": waiting.select_related("by").defer("data", "operations", "errors")[:_RECENT],
        "most": most_bytes() // 1024**2,
        "kept_days": KEPT_DAYS,
        **more,
    }
    return render(request, "workbooks/workbook.html", context, status=status)


def _empty(municipality: Municipality, document: Document) -> HttpResponse:
    data = empty_workbook(document.levels, target_years(document), past_years(document, today()))
    return attachment(data, _EXCEL, f"{municipality.name}_計画のブック_空の様式.xlsx")
