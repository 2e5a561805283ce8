"""The writing page of an element: its fields, KPI tables, years of activities, children, what is said about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.plan.keys import new_key
from sosei.plan.wording import Wording
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language
from sosei.web.writing import element_parts as parts
from sosei.web.writing.collections import holding
from sosei.web.writing.forms import Sent, record_form
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.tree_outline import Outline

_MAIN = ("label", "name", "description", "divisions")
_SETTINGS = ("level", "no")


@writing_page
@require_GET
def element(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """The element ``key``."""
    return element_page(request, draft, key)


def element_page(
    request: HttpRequest, draft: Draft, key: str, *, sent: Sent | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of the element ``key``, with what was ``sent`` kept; 404 where there is none."""
    document = draft_document(draft)
    outline = Outline(document)
    placed = outline.placed.get(key)
    if placed is None:
        raise Http404
    node = placed.element
    words = Wording(document, language())
    before, after = parts.neighbours(list(outline.placed.values()), node)
    context = frame(
        draft,
        node=node,
        title=outline.title(node),
        row=outline.row(key),
        path=[(each.key, outline.title(each)) for each in placed.path[:-1]],
        fields=record_form(document, node, _MAIN, sent=sent),
        settings=record_form(document, node, _SETTINGS, sent=sent),
        tables=parts.role_tables(document, node, words),
        printed=holding(document, node, "tables", words),
        rows=outline.branch(key),
        has_activities=parts.has_activities(document, node),
        activities=parts.activity_parts(document, node),
        new_activity=new_key(),
        next_year=parts.next_year(document, node),
        notes=list(parts.notes_on(document, node)),
        opinions=list(parts.opinions_on(document, node)),
        doubts=list(parts.doubts_elsewhere(node, words)),
        joint=list(parts.joint_doubts(document, node)),
        before=before and (before.key, outline.title(before)),
        after=after and (after.key, outline.title(after)),
        came=came_from(request),
        **more,
    )
    return render(request, "writing/element.html", context, status=status)
