"""The page of a list of the plan: its records written in place where they are short, else one link each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.plan.base import Key
from sosei.plan.model import Plan
from sosei.plan.wording import Wording
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language
from sosei.web.writing.collections import holding
from sosei.web.writing.division_list import candidates, uses
from sosei.web.writing.forms import Sent
from sosei.web.writing.note_places import listed
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.part_kinds import PARTS
from sosei.web.writing.record_layout import RecordForm, record_fields

INLINE = frozenset(
    {
        "references",
        "predecessors",
        "population",
        "projections",
        "councils",
        "divisions",
        "sources",
        "reports",
        "editions",
        "opinions",
        "errata",
        "waivers",
    }
)
"""Lists whose records are written on the list's page."""

MOST_INLINE = 60
"""Records; of a longer list the page shows pages of so many."""

_TEMPLATES = {"chapters": "chapters", "notes": "notes", "divisions": "divisions"}


@writing_page
@require_GET
def part(request: HttpRequest, draft: Draft, collection: str) -> HttpResponse:
    """The list ``collection`` of the plan."""
    if collection not in PARTS:
        raise Http404
    return part_page(request, draft, collection)


def part_page(  # noqa: PLR0913 - what of a form has to be kept
    request: HttpRequest,
    draft: Draft,
    collection: str,
    *,
    sent: Sent | None = None,
    sent_of: Key = "",
    adding: Sent | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of ``collection`` with what was ``sent`` of the record ``sent_of``, or typed for a new one, kept."""
    document = draft_document(draft)
    words = Wording(document, language())
    shown = holding(document, document, collection, words, adding)
    context = frame(
        draft,
        node=document,
        part=PARTS[collection],
        collection=collection,
        holding=shown,
        here=True,
        length=len(shown.held),
        **more,
    )
    if collection in INLINE:
        pages = Pages(len(shown.held), _page_asked(request, document, collection, sent_of))
        context |= {"pages": pages, "records": _forms(document, collection, words, pages, sent, sent_of)}
    if collection == "divisions":
        context |= {"uses": uses(document), "candidates": candidates(draft.municipality, document)}
    if collection == "notes":
        context["notes"] = listed(document, words)
    if collection == "chapters":
        context["chapters"] = document.chapters
    name = _TEMPLATES.get(collection, "part")
    return render(request, f"writing/{name}.html", context, status=status)


class Pages:
    """Which records of a long list stand on the page ``at`` (from 1)."""

    def __init__(self, length: int, at: int) -> None:
        self.count = max(1, -(-length // MOST_INLINE))
        self.at = min(max(at, 1), self.count)
        self.numbers = range(1, self.count + 1)
        self.start = (self.at - 1) * MOST_INLINE


def _page_asked(request: HttpRequest, document: Plan, collection: str, key: Key) -> int:
    """The page with the record ``key``, else the one that the address asks for."""
    keys = [each.key for each in getattr(document, collection)]
    if key in keys:
        return keys.index(key) // MOST_INLINE + 1
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1


def _forms(
    document: Plan, collection: str, words: Wording, pages: Pages, sent: Sent | None, sent_of: Key
) -> Sequence[RecordForm]:
    records = getattr(document, collection)[pages.start : pages.start + MOST_INLINE]
    return [record_fields(document, each, words, sent if each.key == sent_of else None) for each in records]
