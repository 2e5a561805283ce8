"""Pages of a whole plan, whatever its state: the plan that an address names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft, Plan
from sosei.web.site.page import page


def whole_plan_page(
    right: Right = Right.READ_ADOPTED,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view of a plan without a state: ``view(request, plan, ...)`` for people with ``right``."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @page(right)
        @wraps(view)
        def found_view(request: HttpRequest, plan: str, **more: Any) -> HttpResponse:
            found = Plan.objects.filter(municipality=request.municipality, key=plan).first()
            if found is None:
                raise Http404
            found.municipality = request.municipality
            return view(request, found, **more)

        return found_view

    return decorate


def open_draft(plan: Plan) -> Draft | None:
    """The draft that is being written; None where there is none."""
    draft = plan.drafts.filter(is_open=True).select_related("base", "created_by").first()
    if draft is not None:
        draft.plan = plan
    return draft


def the_draft(plan: Plan) -> Draft:
    """The open draft; 404 where there is none."""
    draft = open_draft(plan)
    if draft is None:
        raise Http404
    return draft


def came_from(request: HttpRequest) -> str:
    """Where the person came from (``next``), if it is an address of ours; else empty.

    A form with the fields of a record says it as ``.next``: records have fields called next.
    """
    asked: str = request.POST.get(".next") or request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours and asked.startswith("/") else ""
