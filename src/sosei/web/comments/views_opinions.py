"""The opinions of a public comment: adding, changing, moving, removing and restoring one."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sosei.values import Problem
from sosei.web.comments import opinions
from sosei.web.comments.content import answer_label
from sosei.web.comments.forms import OpinionForm
from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.comments.opinions import living
from sosei.web.comments.pages import comment_page, opinion_of, to_comment
from sosei.web.comments.places import Place, changes_at, choices, places
from sosei.web.people.roles import Right
from sosei.web.plans.store import draft_document
from sosei.web.site.language import say
from sosei.web.site.stale import Stale
from sosei.web.site.standing import standing


@comment_page(Right.EDIT_PLAN, form=True)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, comment: PublicComment) -> HttpResponse:
    """Enter an opinion; saving can lead to the next one's form."""
    found = places(draft_document(comment.draft))
    if request.method == "GET":
        form = _made(request, comment, found, initial={"key": uuid4()})
        return _page(request, comment, form)
    form = _made(request, comment, found, data=request.POST)
    if not form.is_valid():
        return _page(request, comment, form, status=400)
    try:
        added = opinions.add(
            request.actor,
            comment,
            form.cleaned_data["key"],
            form.said(_place(form, found)),
            form.cleaned_data["number"],
        )
    except Problem as problem:
        return _page(request, comment, form, problem=problem, status=409)
    number = living(comment).index(added) + 1 if added.removed_at is None else 0
    messages.success(request, say(f"意見{number}を登録しました", f"Opinion {number} was entered"))
    if request.POST.get("then") == "next":
        return redirect(
            "opinion_new", code=request.municipality.code, plan=comment.plan.key, comment=comment.pk
        )
    return to_comment(comment, f"opinion-{added.pk}")


@comment_page(Right.EDIT_PLAN, form=True)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, comment: PublicComment, opinion: UUID) -> HttpResponse:
    """Change an opinion, write the answer."""
    row = opinion_of(comment, opinion)
    found = places(draft_document(comment.draft))
    if row.record and row.record not in {
        place.key for place in found
    }:  # it left the draft: kept by its names
        found.append(Place(key=row.record, goal=row.goal, names=tuple(row.place.split("\n"))))
    rows = living(comment)
    number = rows.index(row) + 1 if row in rows else 0
    shown = {"key": row.pk, "old": opinions.state_of(row), **OpinionForm.values(row, number)}
    if request.method == "GET":
        form = _made(request, comment, found, row, initial=shown)
        return _page(request, comment, form, row, number)
    form = _made(request, comment, found, row, data=request.POST)
    if not form.is_valid():
        return _page(request, comment, form, row, number, status=400)
    try:
        opinions.change(
            request.actor, row, form.said(_place(form, found)), form.cleaned_data["old"], form.goes_to
        )
    except Stale as problem:
        differing = standing(form, shown)
        return _page(request, comment, form, row, number, problem=problem, differing=differing, status=409)
    except Problem as problem:
        return _page(request, comment, form, row, number, problem=problem, status=409)
    messages.success(request, say("保存しました", "Saved"))
    return to_comment(comment, f"opinion-{row.pk}")


@comment_page(Right.EDIT_PLAN)
@require_POST
def move(request: HttpRequest, comment: PublicComment, opinion: UUID) -> HttpResponse:
    """Put an opinion one place up or down: ``from`` is where it stood on the page, ``to`` where it goes."""
    row = opinion_of(comment, opinion)
    stood, number = (_number(request.POST.get(name, "")) for name in ("from", "to"))
    try:
        if not (stood and number):
            raise Problem("動かす先が分かりません", "it is not clear where to move it")
        opinions.move(request.actor, row, stood, number)
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
    return to_comment(comment, f"opinion-{row.pk}")


@comment_page(Right.EDIT_PLAN)
@require_POST
def remove(request: HttpRequest, comment: PublicComment, opinion: UUID) -> HttpResponse:
    """Take an opinion out of the table, or put it back (``do=restore``)."""
    row = opinion_of(comment, opinion)
    try:
        if request.POST.get("do") == "restore":
            opinions.restore(request.actor, row)
            messages.success(request, say("意見を戻しました", "The opinion is back"))
            return to_comment(comment, f"opinion-{row.pk}")
        opinions.remove(request.actor, row)
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
        return to_comment(comment)
    messages.success(
        request,
        say(
            "意見を削除しました。表の下の「削除した意見」から戻せます",
            "The opinion was removed; restore it below the table",
        ),
    )
    return to_comment(comment, "removed")


def _made(
    request: HttpRequest,
    comment: PublicComment,
    found: list[Place],
    row: PublicOpinion | None = None,
    **more: Any,
) -> OpinionForm:
    operations = changes_at(comment.draft, row.record) if row is not None else []
    if row is not None and row.operation_id and str(row.operation_id) not in dict(operations):
        kept = row.operation
        operations.append((str(kept.pk), say(f"{kept.no}番", f"no. {kept.no}")))
    return OpinionForm(
        places=choices(found), operations=operations, own=say(*answer_label(request.municipality)), **more
    )


def _place(form: OpinionForm, found: list[Place]) -> Place:
    return next(place for place in found if place.key == form.cleaned_data["record"])


def _page(
    request: HttpRequest,
    comment: PublicComment,
    form: OpinionForm,
    row: PublicOpinion | None = None,
    number: int = 0,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "section": "plans",
        "plan": comment.plan,
        "comment": comment,
        "opinion": row,
        "number": number,
        "form": form,
        **more,
    }
    return render(request, "comments/opinion.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
