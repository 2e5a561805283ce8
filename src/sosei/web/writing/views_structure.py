"""Adding, moving and removing records of a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sosei.plan.holding import held
from sosei.plan.walk import index
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language, say
from sosei.web.writing import structure
from sosei.web.writing.division_list import named_at
from sosei.web.writing.forms import Sent
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.pages import page_of
from sosei.web.writing.part_kinds import PARTS
from sosei.web.writing.record_layout import part_address
from sosei.web.writing.saving import record_in
from sosei.web.writing.sent import typed_of

MOST_USERS = 20
"""Records that the page of removing a division lists."""


@writing_page
@require_POST
def add(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add a record; back to the page it was added on, where what was typed is kept if it cannot be."""
    sent = request.POST
    typed = typed_of(sent)
    parent = record_in(draft_document(draft), sent.get("parent", "")).key
    try:
        key = structure.add(
            request.actor,
            draft,
            parent,
            sent.get("collection", ""),
            typed,
            key=sent.get("new", ""),
            after=sent.get("after", structure.LAST),
        )
    except Problem as problem:
        to = sent.get("collection", "")
        return page_of(
            request,
            draft,
            parent,
            collection=to,
            status=400,
            problem=problem,
            adding=Sent(typed=typed),
            adding_to=to,
        )
    messages.success(request, say("追加しました", "Added"))
    return redirect(f"{came_from(request) or _page(request, draft, key)}#k-{key}")


@writing_page
@require_POST
def move(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Move a record one place (``step`` up or down), or behind another (``parent``, ``collection``, ``after``)."""
    sent = request.POST
    key = sent.get("key", "")
    if sent.get("step"):
        if not structure.step(request.actor, draft, key, down=sent["step"] == "down"):
            messages.info(request, say("これ以上は動かせません", "It cannot go further"))
    else:
        structure.move(
            request.actor,
            draft,
            key,
            sent.get("parent", ""),
            sent.get("collection", ""),
            sent.get("after", structure.LAST),
        )
    return redirect(f"{came_from(request) or _page(request, draft, key)}#k-{key}")


@writing_page
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Show what goes with the record, then take it out."""
    document = draft_document(draft)
    node = index(document).get(key)
    if node is None:
        raise Http404
    words = Wording(document, language())
    if request.method == "GET":
        users = named_at(document, key)
        context = frame(
            draft,
            node=node,
            title=words.called(node),
            held=held(words, node),
            next=came_from(request),
            users=[words.called(each) for each in users[:MOST_USERS]],
            more_users=len(users) - MOST_USERS,
        )
        return render(request, "writing/remove.html", context)
    place = structure.location_of(document, key)
    structure.remove(request.actor, draft, key, request.POST.get("reason", "").strip()[:1000])
    messages.success(
        request,
        say(
            f"{words.called(node)}を削除しました。「元に戻す」で戻せます",
            f"{words.called(node)} was removed; it can be undone",
        ),
    )
    asked = came_from(request)
    is_gone = key in asked or place.parent not in index(draft_document(draft))
    if asked and not is_gone:
        return redirect(asked)
    if place.parent == document.key and place.collection in PARTS:
        return redirect(part_address(draft, place.collection))
    return redirect(_page(request, draft, place.parent))


def _page(request: HttpRequest, draft: Draft, key: str) -> str:
    return reverse(
        "write_record", kwargs={"code": request.municipality.code, "plan": draft.plan.key, "key": key}
    )
