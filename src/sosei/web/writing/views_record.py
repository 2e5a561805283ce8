"""The page of one record of a draft, whatever it is: its fields, and the records it holds."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.plan.walk import index, path_to
from sosei.plan.wording import Wording
from sosei.web.plans.history import place_of
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language
from sosei.web.writing.collections import holdings
from sosei.web.writing.forms import Sent, record_form
from sosei.web.writing.opened import frame, writing_page


@writing_page
@require_GET
def record(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """The record ``key`` with its fields."""
    return record_page(request, draft, key)


def record_page(
    request: HttpRequest, draft: Draft, key: str, *, sent: Sent | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of the record ``key``, with what was ``sent`` kept; 404 where there is none."""
    document = draft_document(draft)
    node = index(document).get(key)
    if node is None:
        raise Http404
    words = Wording(document, language())
    context = frame(
        draft,
        node=node,
        title=words.called(node),
        place=place_of(path_to(document, key)),
        fields=record_form(document, node, sent=sent),
        holdings=holdings(document, node, words),
        came=came_from(request),
        **more,
    )
    return render(request, "writing/record.html", context, status=status)
