"""Pages of responsibility: who answers for which record now, one record's history, changing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.values.folding import compact
from sosei.web.people.acting import today
from sosei.web.people.assignments import assign
from sosei.web.people.forms import AssignForm, add_problem, living
from sosei.web.people.lists import paged
from sosei.web.people.models import Assignment
from sosei.web.people.records import Record, records
from sosei.web.people.responsible import Answering, responsible
from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.site.language import say
from sosei.web.site.page import page

_SECTION = {"section": "divisions"}
_KINDS = ("indicator", "measure", "project")
NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Answered:
    """A record with who answers for it; ``near``: who does at the records beside it, where it has nobody."""

    record: Record
    own: tuple[Answering, ...]
    near: tuple[Answering, ...]

    @property
    def main(self) -> Answering | None:
        """The division in charge (主担当)."""
        return next((each for each in self.own if each.is_main), None)

    @property
    def related(self) -> list[Answering]:
        """The others (関係課)."""
        return [each for each in self.own if not each.is_main]

    @property
    def nobody(self) -> bool:
        """Whether somebody should answer and nobody does, neither here nor beside it."""
        return self.record.asked and not self.own and not self.near


@page(Right.READ_PEOPLE)
def assignments(request: HttpRequest) -> HttpResponse:
    """Every record of the current editions with its divisions; filter by plan, division, kind, text."""
    municipality = request.municipality
    asked = {name: request.GET.get(name, "").strip() for name in ("plan", "division", "kind", "q")}
    rows = _answered(records(municipality), responsible(municipality, None, today()))
    shown = [row for row in rows if row.record.asked or row.own]
    context = {
        **_SECTION,
        "rows": paged(request, [row for row in shown if _wanted(row, asked)]),
        "all": len(shown),
        "nobody": sum(row.nobody for row in shown),
        "asked": asked,
        "divisions": [(str(each.pk), each.name_on(today())) for each in living(municipality)],
        "plans": Plan.objects.filter(municipality=municipality, editions__isnull=False).distinct(),
        "kinds": _KINDS,
    }
    return render(request, "people/assignments.html", context)


@page(Right.READ_PEOPLE)
def assignment(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One record: who answers now, the history, and for officers the change."""
    return _record_page(request, plan, key)


@page(Right.MANAGE_PEOPLE)
@require_POST
def change(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Other divisions from a day on."""
    form = AssignForm(request.POST, municipality=request.municipality)
    _record(request, plan, key)
    if form.is_valid():
        try:
            assign(request.actor, plan, key, form.divisions, form.cleaned_data["on"])
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, say("担当を変えました。", "Responsibility was changed."))
            return redirect("people_assignment", code=request.municipality.code, plan=plan, key=key)
    return _record_page(request, plan, key, form)


def _answered(found: Sequence[Record], answers: Mapping[str, tuple[Answering, ...]]) -> list[Answered]:
    return [
        Answered(
            each,
            answers.get(each.key, ()),
            tuple(dict.fromkeys(a for key in each.near for a in answers.get(key, ())))
            if each.key not in answers
            else (),
        )
        for each in found
    ]


def _wanted(row: Answered, asked: Mapping[str, str]) -> bool:
    record = row.record
    if asked["plan"] and record.plan_key != asked["plan"]:
        return False
    if asked["kind"] in _KINDS and record.kind != asked["kind"]:
        return False
    if asked["division"] == NOBODY and not row.nobody:
        return False
    if asked["division"] not in ("", NOBODY) and asked["division"] not in {str(e.division) for e in row.own}:
        return False
    text = compact(f"{record.place} {record.title}").lower()
    return all(compact(word).lower() in text for word in asked["q"].split())


def _record(request: HttpRequest, plan: str, key: str) -> Record:
    found = [each for each in records(request.municipality) if (each.plan_key, each.key) == (plan, key)]
    if not found:
        raise Http404
    return found[0]


def _record_page(request: HttpRequest, plan: str, key: str, form: AssignForm | None = None) -> HttpResponse:
    municipality, day = request.municipality, today()
    record = _record(request, plan, key)
    (answered,) = _answered([record], responsible(municipality, [key, *record.near], day))
    history = [
        (row, row.division.name_on(max(row.since, min(day, row.until or day))))
        for row in Assignment.objects.filter(municipality=municipality, plan_key=plan, key=key)
        .select_related("division")
        .prefetch_related("division__former_names")
        .order_by("-since", "-is_main", "division__order")
        if row.since != row.until
    ]
    initial = {
        "main": answered.main.division if answered.main else None,
        "related": [each.division for each in answered.related],
        "on": day,
    }
    context = {
        **_SECTION,
        "answered": answered,
        "plan": Plan.objects.get(municipality=municipality, key=plan),
        "history": history,
        "form": form or AssignForm(municipality=municipality, initial=initial),
        "today": day,
    }
    return render(request, "people/assignment.html", context, status=400 if form else 200)
