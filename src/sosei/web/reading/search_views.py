"""Search over everything a person may read of a municipality: its current editions, by choice drafts and
older editions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from sosei.web.people.roles import Right
from sosei.web.reading.finding_links import address_of_row
from sosei.web.reading.pages import asked_page, page_numbers
from sosei.web.reading.search import GROUPS, LONGEST, excerpt, marked, words_of
from sosei.web.reading.search_states import Hit, hits_in, states_of, with_rows
from sosei.web.reading.transcript import field_words
from sosei.web.site.language import language
from sosei.web.site.page import page

_PAGE = 30


@page(Right.READ_ADOPTED)
def search(request: HttpRequest) -> HttpResponse:
    """Everything that holds all the words looked for, group by group, thirty results a page."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    words = words_of(text)
    may_read_drafts = request.actor.may(Right.READ_DRAFT)
    in_drafts = may_read_drafts and request.GET.get("drafts") == "1"
    in_older = request.GET.get("older") == "1"
    states = states_of(request.municipality, drafts=in_drafts, older=in_older)
    hits = hits_in(request.municipality, states, words) if words else []
    counts = Counter(hit.group for hit in hits)
    group = request.GET.get("group", "")
    chosen = [hit for hit in hits if hit.group == group] if group in counts else hits
    pages = max(1, -(-len(chosen) // _PAGE))
    at = min(asked_page(request.GET.get("page", "")), pages)
    shown = with_rows(chosen[(at - 1) * _PAGE : at * _PAGE])
    context = {
        "section": "search",
        "ja": mark_safe(' lang="ja"') if language() == "en" else "",
        "text": text,
        "words": words,
        "in_drafts": in_drafts,
        "in_older": in_older,
        "may_read_drafts": may_read_drafts,
        "states": states,
        "total": len(hits),
        "group": group if group in counts else "",
        "groups": [(each, counts[each.code]) for each in GROUPS if counts[each.code]],
        "results": _by_group(shown, words),
        "page": at,
        "pages": page_numbers(at, pages) if pages > 1 else (),
    }
    return render(request, "reading/search.html", context)


def _by_group(hits: Sequence[Hit], words: Sequence[str]) -> list[tuple[Any, list[dict[str, Any]]]]:
    found = [(group, [_result(hit, words) for hit in hits if hit.group == group.code]) for group in GROUPS]
    return [(group, results) for group, results in found if results]


def _result(hit: Hit, words: Sequence[str]) -> dict[str, Any]:
    row = hit.row
    assert row is not None  # noqa: S101  (fetched for every hit of the page)
    is_title = row.text in row.title
    return {
        "state": hit.state,
        "url": address_of_row(row).url(hit.state.address),
        "place": row.place,
        "title": marked(row.title, words),
        "field": "" if is_title else field_words(row.field).of(language()),
        "excerpt": () if is_title else excerpt(row.text, words),
        "more": hit.more,
    }
