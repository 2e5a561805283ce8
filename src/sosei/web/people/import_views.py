"""Staff in by CSV: the empty form, the file, its preview, accepting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sosei.values import Problem
from sosei.web.people.forms import StaffFileForm, add_problem
from sosei.web.people.roles import Right
from sosei.web.people.staff_csv import template
from sosei.web.people.staff_import import StaffChanges, accept, changes_of, sealed, unsealed
from sosei.web.site.language import say
from sosei.web.site.page import page

_SHOWN = 200  # rows of each list in a preview


@page(Right.MANAGE_PEOPLE)
def empty_form(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The empty form of a staff file."""
    response = HttpResponse(template(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="sosei-staff.csv"'
    return response


@never_cache
@page(Right.MANAGE_PEOPLE)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Choose a file, see what it would change, accept it."""
    form = StaffFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "preview" in request.POST:
        return _accept(request)
    if request.method == "POST":
        form = StaffFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                data = form.cleaned_data["file"].read()
                changes = changes_of(request.municipality, data)
            except Problem as problem:
                add_problem(form, problem, "file")
            else:
                return _preview(request, data, changes)
    return render(
        request,
        "people/import.html",
        {"section": "staff", "form": form},
        status=400 if form.errors else 200,
    )


def _preview(request: HttpRequest, data: bytes, changes: StaffChanges) -> HttpResponse:
    context = {
        "section": "staff",
        "changes": changes,
        "shown": _SHOWN,
        "people": changes.people,
        "preview": sealed(request.actor, data, changes.state)
        if changes.rows and not changes.problems
        else "",
    }
    return render(request, "people/import_preview.html", context)


def _accept(request: HttpRequest) -> HttpResponse:
    try:
        data, state = unsealed(request.actor, request.POST["preview"])
        changes = accept(request.actor, data, state)
    except Problem as problem:
        form = StaffFileForm({}, {})
        form.errors.clear()
        add_problem(form, problem)
        return render(request, "people/import.html", {"section": "staff", "form": form}, status=400)
    people, roles = len(changes.people), len(changes.rows)
    messages.success(
        request,
        say(
            f"読み込みました。新しい人 {people}人、新しい役割 {roles}件。",
            f"Done: {people} new people, {roles} new roles.",
        ),
    )
    return redirect("people_staff", code=request.municipality.code)
