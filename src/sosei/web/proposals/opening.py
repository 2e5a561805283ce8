"""What an address names: a change request of a plan, a division asked, a proposal; 404 for any other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.plans.opening import whole_plan_page
from sosei.web.proposals.models import AskedDivision, ChangeRequest, Proposal
from sosei.web.proposals.speaking import must_speak_for

View = Callable[..., HttpResponse]


def request_page(right: Right) -> Callable[[View], View]:
    """A view of one change request: ``view(request, asking, ...)`` for people with ``right``."""

    def decorate(view: View) -> View:
        @whole_plan_page(right)
        @wraps(view)
        def found_view(request: HttpRequest, plan: Plan, change_request: UUID, **more: Any) -> HttpResponse:
            found = (
                ChangeRequest.objects.filter(municipality=request.municipality, draft__plan=plan)
                .select_related("draft__base", "by")
                .filter(pk=change_request)
                .first()
            )
            if found is None:
                raise Http404
            found.draft.plan = plan
            return view(request, found, **more)

        return found_view

    return decorate


def answer_page(view: View) -> View:
    """A view of one division's answer: ``view(request, asked, ...)`` for who speaks for it today.

    ``request.for_division``: an officer enters for it (代理入力).
    """

    @request_page(Right.PROPOSE)
    @wraps(view)
    def found_view(request: HttpRequest, asking: ChangeRequest, division: UUID, **more: Any) -> HttpResponse:
        found = (
            asking.asked.filter(municipality=request.municipality, division=division)
            .select_related("division", "answered_by")
            .prefetch_related("division__former_names")
            .first()
        )
        if found is None:
            raise Http404
        found.request = asking
        request.for_division = must_speak_for(request.actor, found.division)
        return view(request, found, **more)

    return found_view


def proposals_of(asking: ChangeRequest) -> list[Proposal]:
    """Every proposal that was sent to the officer."""
    return list(
        Proposal.objects.filter(
            municipality=asking.municipality_id, asked__request=asking, sent_at__isnull=False
        )
        .select_related("asked__division", "by", "noted_by", "decided_by")
        .prefetch_related("asked__division__former_names")
    )


def proposal_of(asking: ChangeRequest, pk: UUID) -> Proposal:
    """One of them; 404 for any other."""
    found = next((each for each in proposals_of(asking) if each.pk == pk), None)
    if found is None:
        raise Http404
    found.asked.request = asking
    return found


def asked_of(asking: ChangeRequest) -> list[AskedDivision]:
    """The divisions asked, in their order."""
    return list(
        asking.asked.select_related("division", "answered_by").prefetch_related("division__former_names")
    )
