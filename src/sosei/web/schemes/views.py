"""The page of a draft's evaluation scheme (評価方式): choosing, writing, trying, saving."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.plan.model import Plan as Document
from sosei.plan.model import Shown
from sosei.plan.operations import Refusal
from sosei.plan.walk import observed_years
from sosei.scheme.in_words import in_words
from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.plans import acts
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.opening import open_draft, whole_plan_page
from sosei.web.plans.store import draft_document
from sosei.web.schemes.choosing import (
    LONGEST,
    LONGEST_REASON,
    MOST_EDITIONS,
    Change,
    Stand,
    Wanted,
    Way,
    change,
)
from sosei.web.schemes.decisions import DECISIONS
from sosei.web.schemes.listing import found_presets, text_to_begin_with
from sosei.web.schemes.previewing import Rows, faults, preview, scheme_for
from sosei.web.site.language import say

_PAGE = 50  # indicators a page of the preview
_SHOWS = (
    (Shown.CLASS, ("評価区分", "the class")),
    (
        Shown.READINGS,
        ("ほかの読み方（進み具合、期間をそろえた値など）", "other readings (progress, pace ...)"),
    ),
)


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def scheme(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The form with its preview; a part of it where the page's script asks for that."""
    draft = open_draft(plan)
    if draft is None:
        messages.warning(
            request,
            say(
                "評価方式を変えるには、先に下書きを始めてください",
                "Begin a draft first, then change the scheme",
            ),
        )
        return redirect("draft", code=request.municipality.code, plan=plan.key)
    if request.method == "GET":
        return _page(request, draft, Wanted.of(draft_document(draft)))
    wanted = Wanted.sent(request.POST)
    if request.htmx:
        is_list = request.htmx.target == "presets"
        context = _presets(wanted) if is_list else _preview(draft, wanted)
        name = "schemes/_presets.html" if is_list else "schemes/_preview.html"
        return render(request, name, context | {"wanted": wanted, "part": True})
    if "begin" in request.POST:
        return _begin(request, draft, wanted)
    match request.POST.get("do", ""):
        case "save":
            return _save(request, draft, wanted)
        case "add":
            texts = (*wanted.texts, "")[:MOST_EDITIONS]
            return _page(request, draft, replace(wanted, way=Way.OWN, texts=texts))
    return _page(request, draft, wanted)


def _begin(request: HttpRequest, draft: Draft, wanted: Wanted) -> HttpResponse:
    """Go on writing with the text of a shipped scheme, in the first field that is empty."""
    try:
        text = text_to_begin_with(request.POST["begin"])
    except Problem as problem:
        return _page(request, draft, wanted, problem=problem, status=400)
    texts = list(wanted.texts)
    empty = next((at for at, each in enumerate(texts) if not each.strip()), None)
    if empty is not None:
        texts[empty] = text
    elif len(texts) < MOST_EDITIONS:
        texts.append(text)
    return _page(request, draft, replace(wanted, way=Way.OWN, texts=tuple(texts)))


def _save(request: HttpRequest, draft: Draft, wanted: Wanted) -> HttpResponse:
    document = draft_document(draft)
    try:
        wanted.check()
        wanted.choice.editions(has_period=document.period is not None)
        made = change(document, wanted)
        if made.operations:
            acts.operate(request.actor, draft, made.operations)
    except Refusal:
        return _stale(request, draft, wanted, change(draft_document(draft), wanted))
    except Problem as problem:
        return _page(request, draft, wanted, problem=problem, status=400)
    if made.is_stale:
        return _stale(request, draft, wanted, made)
    if made.operations:
        messages.success(request, say("評価方式を下書きに保存しました", "The scheme was saved in the draft"))
    else:
        messages.info(request, say("もうその評価方式になっています", "The draft has that scheme already"))
    return redirect("draft_scheme", code=request.municipality.code, plan=draft.plan.key)


def _stale(request: HttpRequest, draft: Draft, wanted: Wanted, made: Change) -> HttpResponse:
    """Somebody else changed it too: both are shown, what was typed stays, saving again writes it."""
    document = draft_document(draft)
    seen, now = Stand.read(wanted.seen), Stand.of(document)
    stale = {
        "choice": (_told(document, seen), _told(document, now)) if made.stale_choice else None,
        "shows": (_shown(seen), _shown(now)) if made.stale_shows else None,
    }
    return _page(request, draft, replace(wanted, seen=now.text), stale=stale, status=409)


def _told(document: Document, stand: Stand) -> str:
    """A scheme by its title and what it computes."""
    try:
        found = scheme_for(document, stand.choice, None)
    except Problem:
        return say("読み取れない評価方式", "a scheme that cannot be read")
    return f"{found.name}（{'。'.join(say(*line.said) for line in in_words(found))}）"


def _shown(stand: Stand) -> str:
    names = [say(*words) for shown, words in _SHOWS if shown.value in stand.shows]
    return say("、", ", ").join(names) or say("率だけ", "the rate alone")


def _page(
    request: HttpRequest, draft: Draft, wanted: Wanted, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "section": "plans",
        "plan": draft.plan,
        "draft": draft,
        "wanted": wanted,
        "ways": Way,
        "all_shows": [(shown.value, say(*words)) for shown, words in _SHOWS],
        "decisions": DECISIONS,
        "longest": LONGEST,
        "longest_reason": LONGEST_REASON,
        "may_add": len(wanted.texts) < MOST_EDITIONS,
        **_presets(wanted),
        **_preview(draft, wanted),
        **more,
    }
    return render(request, "schemes/scheme.html", context, status=status)


def _presets(wanted: Wanted) -> dict[str, Any]:
    query = wanted.more.get("q", "").strip()
    return {"presets": found_presets(query, wanted.preset), "q": query}


def _preview(draft: Draft, wanted: Wanted) -> dict[str, Any]:
    """The preview of what is in the form, or what is wrong with it."""
    document = draft_document(draft)
    years = observed_years(document)[::-1]
    asked = wanted.more.get("year", "")
    year = next((each for each in years if str(each) == asked), years[0] if years else None)
    rows = wanted.more.get("rows", "")
    context: dict[str, Any] = {
        "years": years,
        "year": year,
        "rows": rows if rows in set(Rows) else Rows.CHANGED.value,
    }
    try:
        wanted.check()
        if year is None:
            found = scheme_for(document, wanted.choice, None)
            return context | {"scheme": found, "words": in_words(found)}
        made = preview(draft, wanted.choice, Stand.of(document).choice, year)
    except Problem as problem:
        return context | {"faults": faults(problem, wanted.choice)}
    listed = made.listed(Rows(context["rows"]))
    page = Paginator(listed, _PAGE).get_page(wanted.more.get("page"))
    return context | {"made": made, "scheme": made.scheme, "words": made.words, "page": page}
