"""A plan as an address names it: which state, whether the person may see it, what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from sosei.plan.model import Plan as Document
from sosei.plan.walk import observed_years
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft, Edition, Plan
from sosei.web.plans.store import draft_document, edition_document
from sosei.web.site.language import say
from sosei.web.site.page import page


@dataclass(frozen=True)
class Opened:
    """A plan in one state: an edition or the open draft."""

    plan: Plan
    version: str
    edition: Edition | None = None
    draft: Draft | None = None

    @cached_property
    def document(self) -> Document:
        """The plan itself."""
        if self.draft is not None:
            return draft_document(self.draft)
        assert self.edition is not None  # noqa: S101  (one of the two is there)
        return edition_document(self.edition)

    @property
    def state(self) -> str:
        """Which state this is, in words."""
        if self.edition is None:
            return say("下書き", "Draft")
        return say(
            f"第{self.edition.no}版 {self.edition.title}", f"Edition {self.edition.no} {self.edition.title}"
        )

    @cached_property
    def year(self) -> int | None:
        """The latest fiscal year with values."""
        years = observed_years(self.document)
        return years[-1] if years else None

    @property
    def address(self) -> dict[str, str]:
        """What every address of this plan in this state is made of."""
        return {"code": self.plan.municipality.code, "plan": self.plan.key, "version": self.version}


def open_plan(request: HttpRequest, key: str, version: str) -> Opened:
    """The plan ``key`` of the request's municipality; 404 where there is none in that state.

    Raises Refused where the state is a draft and the person may not see drafts.
    """
    plan = Plan.objects.filter(municipality=request.municipality, key=key).first()
    if plan is None:
        raise Http404
    plan.municipality = request.municipality
    if version == "draft":
        request.actor.must(Right.READ_DRAFT)
        draft = Draft.objects.filter(plan=plan, is_open=True).first()
        if draft is None:
            raise Http404
        return Opened(plan, version, draft=draft)
    editions = plan.editions.defer("data")
    edition = editions.first() if version == "current" else editions.filter(no=int(version[1:])).first()
    if edition is None:
        raise Http404
    return Opened(plan, version, edition=edition)


def plan_page(
    right: Right = Right.READ_ADOPTED,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view of a plan in one state: ``view(request, opened, ...)`` for people with ``right``."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @page(right)
        @wraps(view)
        def opened_view(request: HttpRequest, plan: str, version: str, **more: Any) -> HttpResponse:
            request.opened = open_plan(request, plan, version)
            return view(request, request.opened, **more)

        return opened_view

    return decorate
