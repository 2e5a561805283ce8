"""Pages of divisions: the organisation as it is, one division's history, adding, order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.people.divisions import add_division, history, named, set_order, successions
from sosei.web.people.forms import DivisionForm, add_problem
from sosei.web.people.models import Assignment, Division, Membership, Municipality, Reorganisation
from sosei.web.people.reorganisation import KIND_NAMES, Kind
from sosei.web.people.roles import Right
from sosei.web.people.taking_back import last_standing
from sosei.web.site.language import say
from sosei.web.site.page import page

_SECTION = {"section": "divisions"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A division as a row: names of other days, who came before and after, what lies ahead."""

    division: Division
    name: str
    former: list[tuple[str, date]]
    before: list[str]
    after: list[str]
    ahead: list[tuple[date, str]]
    main: int
    related: int
    people: int


@page(Right.READ_PEOPLE)
def divisions(request: HttpRequest) -> HttpResponse:
    """The divisions there are, will be and were, and the reorganisations."""
    return _divisions_page(request)


@page(Right.MANAGE_PEOPLE)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A new division."""
    form = DivisionForm(request.POST)
    if form.is_valid():
        try:
            made = add_division(request.actor, form.cleaned_data["name"], form.cleaned_data["since"])
        except Problem as problem:
            add_problem(form, problem, "name")
        else:
            messages.success(request, say(f"{made.name}を加えました。", f"{made.name} was added."))
            return redirect("people_divisions", code=request.municipality.code)
    return _divisions_page(request, form)


@page(Right.MANAGE_PEOPLE)
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Put the divisions in the order of the numbers that were typed."""
    there = list(Division.objects.filter(municipality=request.municipality))
    typed = {each.pk: request.POST.get(f"order-{each.pk}", "") for each in there}
    wanted = sorted(there, key=lambda each: int(typed[each.pk]) if _is_number(typed[each.pk]) else each.order)
    set_order(request.actor, [each.pk for each in wanted])
    messages.success(request, say("並び順を保存しました。", "The order was saved."))
    return redirect("people_divisions", code=request.municipality.code)


@page(Right.READ_PEOPLE)
def division(request: HttpRequest, division: UUID) -> HttpResponse:
    """One division: history, people, what it answers for."""
    day = today()
    found = get_object_or_404(named(request.municipality), pk=division)
    found.municipality = request.municipality
    (shown,) = _shown(request.municipality, [found], day)
    members = (
        Membership.objects.on(day)
        .filter(municipality=request.municipality, division=found, user__is_active=True)
        .select_related("user")
    )
    return render(
        request,
        "people/division.html",
        {**_SECTION, "shown": shown, "history": history(found), "members": members, "today": day},
    )


def _divisions_page(request: HttpRequest, form: DivisionForm | None = None) -> HttpResponse:
    municipality, day = request.municipality, today()
    rows = _shown(municipality, named(municipality), day)
    last = last_standing(municipality)
    context = {
        **_SECTION,
        "now": [each for each in rows if _is_there(each.division, day)],
        "coming": [each for each in rows if each.division.started_on and each.division.started_on > day],
        "gone": [each for each in rows if each.division.ended_on and each.division.ended_on <= day],
        "today": day,
        "form": form or DivisionForm(),
        "reorganisations": [
            (
                each,
                json.loads(each.words),
                KIND_NAMES[Kind(each.kind)],
                last is not None and each.pk == last.pk,
            )
            for each in Reorganisation.objects.filter(municipality=municipality).select_related("by")
        ],
    }
    return render(request, "people/divisions.html", context, status=400 if form else 200)


def _shown(municipality: Municipality, divisions: Iterable[Division], day: date) -> list[Shown]:
    before: dict[UUID, list[str]] = {}
    coming: dict[UUID, list[tuple[date, str]]] = {}
    after: dict[UUID, list[str]] = {}
    for each in successions(municipality):
        eve = date.fromordinal(each.on.toordinal() - 1)
        name = each.before.name_on(eve)
        if each.on <= day or each.on == each.after.started_on:
            before.setdefault(each.after_id, []).append(name)
        else:
            words = say(f"{name} の仕事を引き継ぐ", f"Takes over from {name}")
            coming.setdefault(each.after_id, []).append((each.on, words))
        after.setdefault(each.before_id, []).append(each.after.name_on(each.on))
    answers = _counted(Assignment.objects.on(day).filter(municipality=municipality), "is_main")
    people = _counted(
        Membership.objects.on(day).filter(municipality=municipality, user__is_active=True), "user"
    )
    return [
        Shown(
            division=each,
            name=each.name_on(max(day, each.started_on or day)),
            former=[(f.name, f.until) for f in each.former_names.all() if f.until <= day],
            before=before.get(each.pk, []),
            after=after.get(each.pk, []),
            ahead=[*_ahead(each, after.get(each.pk, []), day), *coming.get(each.pk, [])],
            main=answers.get(each.pk, {}).get(True, 0),
            related=answers.get(each.pk, {}).get(False, 0),
            people=len(people.get(each.pk, {})),
        )
        for each in divisions
    ]


def _counted(rows: Any, by: str) -> Mapping[UUID, dict[Any, int]]:
    """How many rows each division has for each value of ``by``."""
    found: dict[UUID, dict[Any, int]] = {}
    for division, value, count in (
        rows.exclude(division=None).values_list("division", by).annotate(n=Count("pk")).order_by()
    ):
        found.setdefault(division, {})[value] = count
    return found


def _ahead(division: Division, after: list[str], day: date) -> list[tuple[date, str]]:
    """What is set to happen to a division after ``day``."""
    found = [
        (
            each.until,
            say(
                f"「{division.name_on(each.until)}」に名称変更",
                f'Renamed to "{division.name_on(each.until)}"',
            ),
        )
        for each in division.former_names.all()
        if each.until > day
    ]
    if division.ended_on is not None and division.ended_on > day:
        heirs = "・".join(after)
        found.append(
            (division.ended_on, say(f"廃止（仕事は {heirs} へ）", f"Ends; its work goes to {heirs}"))
        )
    return found


def _is_there(division: Division, day: date) -> bool:
    begun = division.started_on is None or division.started_on <= day
    return begun and (division.ended_on is None or division.ended_on > day)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6
