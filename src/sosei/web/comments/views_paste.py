"""Pasting many opinions at once: the block, what it would add, adding it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sosei.values import Problem
from sosei.web.comments import opinions
from sosei.web.comments.content import answer_label
from sosei.web.comments.models import PublicComment
from sosei.web.comments.pages import comment_page, to_comment
from sosei.web.comments.paste import MOST_LINES, read
from sosei.web.comments.places import places
from sosei.web.people.roles import Right
from sosei.web.plans.store import draft_document
from sosei.web.site.language import say
from sosei.web.site.stale import TooOld


@comment_page(Right.EDIT_PLAN, form=True)
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, comment: PublicComment) -> HttpResponse:
    """The form; POST shows what the block says, and adds it once that was seen (``do=add``)."""
    if request.method == "GET":
        return _page(request, comment, "")
    block = request.POST.get("block", "")
    try:
        pasted = read(block, places(draft_document(comment.draft)))
        if request.POST.get("do") != "add" or pasted.problems:
            return _page(request, comment, block, pasted=pasted, first=uuid4())
        count = opinions.add_all(request.actor, comment, _key(request.POST.get("first", "")), pasted.opinions)
    except Problem as problem:
        return _page(request, comment, block, problem=problem, status=400)
    if count:
        messages.success(request, say(f"意見を{count}件登録しました", f"{count} opinions were entered"))
    return to_comment(comment)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise TooOld from None


def _page(
    request: HttpRequest, comment: PublicComment, block: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "section": "plans",
        "plan": comment.plan,
        "comment": comment,
        "typed": block,  # not "block": Django puts the template's own there
        "most": MOST_LINES,
        "answer": say(*answer_label(request.municipality)),
        **more,
    }
    return render(request, "comments/paste.html", context, status=status)
