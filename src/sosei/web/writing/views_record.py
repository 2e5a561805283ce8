"""The page of one record of a draft, whatever it is: its fields, and the records it holds."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.plan.base import Key, Node
from sosei.plan.model import Plan
from sosei.plan.record import Chapter, Note, Verification
from sosei.plan.walk import index, path_to
from sosei.plan.wording import Wording
from sosei.web.plans.history import place_of
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language
from sosei.web.writing.collections import holdings
from sosei.web.writing.forms import Sent
from sosei.web.writing.note_places import Places, hangable
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.record_layout import record_fields, trail
from sosei.web.writing.verification import Kept, verification_parts


@writing_page
@require_GET
def record(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """The record ``key`` with its fields."""
    return record_page(request, draft, key)


def record_page(  # noqa: PLR0913 - what of a form has to be kept
    request: HttpRequest,
    draft: Draft,
    key: str,
    *,
    sent: Sent | None = None,
    adding: Sent | None = None,
    adding_to: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of the record ``key``, with what was ``sent``, or typed for a new one in it, kept; 404 for none."""
    document = draft_document(draft)
    node = index(document).get(key)
    if node is None:
        raise Http404
    words = Wording(document, language())
    path = path_to(document, key)
    context = frame(
        draft, adding_to=adding_to, trail=trail(draft, document, key, words), came=came_from(request), **more
    )
    verification = next((each for each in path if isinstance(each, Verification)), None)
    if verification is not None:
        kept = Kept(key=key, sent=sent, adding=adding)
        parts = verification_parts(document, verification, words, kept)
        above = trail(draft, document, verification.key, words)
        context |= {"node": verification, "title": verification.plan, "parts": parts, "trail": above}
        return render(request, "writing/verification.html", context, status=status)
    context |= {
        "node": node,
        "title": words.called(node),
        "place": place_of(path),
        "form": record_fields(document, node, words, sent),
        "holdings": [] if isinstance(node, Plan) else holdings(document, node, words, adding, adding_to),
        "can_hang": not isinstance(node, Plan | Note) and bool(hangable(node, words)),
    }
    return render(request, _template(node), context | _more(document, node, key, words), status=status)


def _template(node: Node) -> str:
    if isinstance(node, Chapter):
        return "writing/chapter.html"
    return "writing/note.html" if isinstance(node, Note) else "writing/record.html"


def _more(document: Plan, node: Node, key: Key, words: Wording) -> dict[str, Any]:
    """What the pages of some kinds of records show besides."""
    if isinstance(node, Note):
        places = Places(document, words)
        return {"hung": [places.hung(each) for each in node.anchors]}
    if isinstance(node, Chapter):
        chapters = list(_chapters(document.chapters))
        at = next(n for n, each in enumerate(chapters) if each.key == key)
        return {
            "before": chapters[at - 1] if at else None,
            "after": chapters[at + 1] if at + 1 < len(chapters) else None,
            "text": "\n\n".join(each.text for each in node.paragraphs),
        }
    return {}


def _chapters(chapters: tuple[Chapter, ...]) -> list[Chapter]:
    """Chapters and sections in the order one reads them."""
    return [each for chapter in chapters for each in (chapter, *_chapters(chapter.sections))]
