"""Views of a public comment: the one that an address names, for who may see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.plans.opening import whole_plan_page
from sosei.web.site.language import say


def comment_page(
    right: Right = Right.READ_ADOPTED, *, form: bool = False
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view of one public comment: ``view(request, comment, ...)`` for people with ``right``.

    Readers and council members see it once its result is published; a removed one only who may restore it.
    A ``form`` of a comment in which nothing can be written any more is not shown.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @whole_plan_page(right)
        @wraps(view)
        def found_view(request: HttpRequest, plan: Plan, comment: UUID, **more: Any) -> HttpResponse:
            found = (
                PublicComment.objects.filter(municipality=request.municipality, plan=plan, pk=comment)
                .with_draft()
                .first()
            )
            if found is None:
                raise Http404
            if found.published_on is None:
                request.actor.must(Right.READ_DRAFT)
            if found.removed_at is not None and not request.actor.may(Right.EDIT_PLAN):
                raise Http404
            found.plan, found.municipality = plan, request.municipality
            if form and request.method == "GET" and (found.published_on or found.removed_at):
                messages.warning(
                    request,
                    say(
                        "公表または削除された意見募集は書き換えられません",
                        "a published or removed public comment cannot be changed",
                    ),
                )
                return to_comment(found)
            return view(request, found, **more)

        return found_view

    return decorate


def opinion_of(comment: PublicComment, pk: UUID) -> PublicOpinion:
    """The opinion of ``comment`` that an address names; 404 where there is none."""
    found = comment.opinions.filter(municipality=comment.municipality, pk=pk).first()
    if found is None:
        raise Http404
    found.comment = comment
    return found


def to_comment(comment: PublicComment, fragment: str = "") -> HttpResponse:
    """Back to the comment's page, at ``fragment``."""
    response = redirect("comment", code=comment.municipality.code, plan=comment.plan.key, comment=comment.pk)
    if fragment:
        response["Location"] += f"#{fragment}"
    return response
