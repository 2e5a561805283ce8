"""Change requests of a plan: the list of them, opening one, changing, closing and opening again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.people.divisions import named
from sosei.web.people.forms import add_problem
from sosei.web.people.models import Division
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.opening import open_draft, the_draft, whole_plan_page
from sosei.web.plans.store import draft_document
from sosei.web.proposals import asking as acts
from sosei.web.proposals.belonging import belongings_on
from sosei.web.proposals.forms import AskingForm
from sosei.web.proposals.models import ChangeRequest
from sosei.web.proposals.opening import asked_of, request_page
from sosei.web.proposals.own import OwnGroup, counts_of, own_groups
from sosei.web.proposals.progress import Progress, progress
from sosei.web.proposals.speaking import is_officer, own_divisions
from sosei.web.site.language import language, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A change request as the list shows it: to an officer every division, to others their own."""

    asking: ChangeRequest
    divisions: list[Progress]

    @property
    def answered(self) -> int:
        """How many divisions have answered."""
        return sum(each.asked.answered_at is not None for each in self.divisions)

    @property
    def late(self) -> int:
        """How many should have."""
        return sum(each.is_late for each in self.divisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A division that may be asked, with what it will be shown."""

    division: Division
    name: str
    groups: list[OwnGroup]
    elements: int
    placements: int
    is_chosen: bool


@whole_plan_page(Right.PROPOSE)
@require_GET
def requests(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Every change request of the plan, newest first."""
    found = ChangeRequest.objects.filter(municipality=request.municipality, draft__plan=plan)
    own = None if is_officer(request.actor) else own_divisions(request.actor, today())
    cards = [_card(each, own) for each in found.select_related("draft", "by")]
    context = {
        "section": "plans",
        "tab": "requests",
        "plan": plan,
        "draft": open_draft(plan),
        "cards": [card for card in cards if own is None or card.divisions],
        "is_open": any(card.asking.is_asking for card in cards),
    }
    return render(request, "proposals/requests.html", context)


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The form of a change request, with what each division will be shown."""
    draft = the_draft(plan)
    if request.method == "GET":
        return _form(request, draft, AskingForm(municipality=request.municipality, initial={"key": uuid4()}))
    form = AskingForm(request.POST, municipality=request.municipality)
    if form.is_valid():
        try:
            made = acts.open_request(request.actor, draft, form.asking())
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(
                request,
                say(
                    "改定照会を始めました。照会先の課の担当課・担当課長の最初の画面に出ています",
                    "The change request is open; clerks and heads of the divisions see it on their first page",
                ),
            )
            return _to(request, made)
    return _form(request, draft, form, status=400)


@request_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    """The same form for a request that is there."""
    if request.method == "GET":
        initial = {"key": asking.pk, "title": asking.title, "text": asking.text, "due": asking.due}
        form = AskingForm(municipality=request.municipality, initial=initial)
        return _form(request, asking.draft, form, asking=asking)
    form = AskingForm(request.POST, municipality=request.municipality)
    if form.is_valid():
        try:
            acts.change_request(request.actor, asking, form.asking())
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, say("照会を変えました", "The change request was changed"))
            return _to(request, asking)
    return _form(request, asking.draft, form, asking=asking, status=400)


@request_page(Right.EDIT_PLAN)
@require_POST
def close(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    """No more answers."""
    acts.close_request(request.actor, asking)
    messages.success(
        request,
        say(
            "照会を締め切りました。判断待ちの提案は、このあとも採用・不採用を決められます",
            "The change request is closed; proposals that wait can still be decided",
        ),
    )
    return _to(request, asking)


@request_page(Right.EDIT_PLAN)
@require_POST
def reopen(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    """Answers are taken again."""
    acts.reopen_request(request.actor, asking)
    messages.success(request, say("照会を再開しました", "The change request is open again"))
    return _to(request, asking)


def _card(asking: ChangeRequest, own: Collection[UUID] | None) -> Card:
    asked = [each for each in asked_of(asking) if own is None or each.division_id in own]
    return Card(asking=asking, divisions=progress(asking, asked, today()))


def _form(
    request: HttpRequest, draft: Draft, form: AskingForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "section": "plans",
        "tab": "requests",
        "plan": draft.plan,
        "form": form,
        "choices": _choices(request, draft, form, more.get("asking")),
        **more,
    }
    return render(request, "proposals/asking_form.html", context, status=status)


def _choices(
    request: HttpRequest, draft: Draft, form: AskingForm, asking: ChangeRequest | None
) -> list[Choice]:
    """Every division that something in the draft belongs to today, and those asked already."""
    document, day = draft_document(draft), today()
    found = belongings_on(request.municipality, document, day)
    asked = set(asking.asked.values_list("division", flat=True)) if asking else set()
    chosen = asked if asking else found.divisions
    sent = form.data.getlist("divisions") if form.is_bound else None
    choices = []
    for division in named(request.municipality).filter(pk__in=found.divisions | asked):
        groups = own_groups(document, found.of(division.pk), language())
        elements, placements = counts_of(groups)
        choices.append(
            Choice(
                division=division,
                name=division.name_on(day),
                groups=groups,
                elements=elements,
                placements=placements,
                is_chosen=division.pk in chosen if sent is None else str(division.pk) in sent,
            )
        )
    return choices


def _to(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    return redirect(
        "change_request",
        code=request.municipality.code,
        plan=asking.draft.plan.key,
        change_request=asking.pk,
    )
