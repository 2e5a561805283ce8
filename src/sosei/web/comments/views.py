"""Public comments of a plan: their list, one with its opinions, its form, publishing, its document."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.checks.finding import Words
from sosei.reports.public_comment import OUTCOMES, senders_text
from sosei.values import Problem
from sosei.web.comments import acts
from sosei.web.comments.content import CommentState, answer_label
from sosei.web.comments.forms import PublicCommentForm, ways
from sosei.web.comments.listing import Filters, counts, goals, numbered
from sosei.web.comments.models import PublicComment
from sosei.web.comments.opinions import living
from sosei.web.comments.pages import comment_page, to_comment
from sosei.web.jobs.acts import request_job
from sosei.web.jobs.kinds import KINDS, Asked, checked_shape
from sosei.web.people.acting import today
from sosei.web.people.lists import paged
from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.plans.opening import open_draft, whole_plan_page
from sosei.web.site.language import say
from sosei.web.site.stale import Stale
from sosei.web.site.standing import standing

KIND = "public-comment"


@whole_plan_page(Right.READ_ADOPTED)
@require_GET
def comments(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The plan's public comments, newest first; for readers those whose result is published."""
    rows = PublicComment.objects.filter(municipality=request.municipality, plan=plan).with_draft()
    if not request.actor.may(Right.READ_DRAFT):
        rows = rows.exclude(published_on=None)
    context = {
        "section": "plans",
        "tab": "comments",
        "plan": plan,
        "cards": [(row, row.stage(today()), counts(living(row))) for row in rows.filter(removed_at=None)],
        "removed": rows.exclude(removed_at=None) if request.actor.may(Right.EDIT_PLAN) else [],
        "draft": open_draft(plan) if request.actor.may(Right.READ_DRAFT) else None,
    }
    return render(request, "comments/list.html", context)


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Begin a public comment on the open draft."""
    draft = open_draft(plan)
    if draft is None:
        messages.warning(
            request,
            say(
                "意見募集は下書きについて行います。先に下書きを始めてください",
                "A public comment is on a draft; begin one first",
            ),
        )
        return redirect("draft", code=request.municipality.code, plan=plan.key)
    context: dict[str, Any] = {"section": "plans", "plan": plan}
    if request.method == "GET":
        context["form"] = PublicCommentForm(initial={"key": uuid4()})
        return render(request, "comments/form.html", context)
    form = PublicCommentForm(request.POST)
    context["form"] = form
    if not form.is_valid():
        return render(request, "comments/form.html", context, status=400)
    try:
        comment = acts.begin(request.actor, draft, form.cleaned_data["key"], form.said())
    except Problem as problem:
        return render(request, "comments/form.html", context | {"problem": problem}, status=409)
    messages.success(request, say("意見募集を登録しました", "The public comment was entered"))
    comment.plan, comment.municipality = plan, request.municipality
    return to_comment(comment)


@comment_page()
@require_GET
def comment(request: HttpRequest, comment: PublicComment) -> HttpResponse:
    """One public comment: its facts, how far the answers are, its opinions."""
    rows = living(comment)
    wanted = Filters.of(request.GET)
    chosen = [each for each in numbered(rows) if wanted.take(each)]
    writes = request.actor.may(Right.EDIT_PLAN) and not comment.published_on and not comment.removed_at
    context = {
        "section": "plans",
        "tab": "comments",
        "plan": comment.plan,
        "comment": comment,
        "stage": comment.stage(today()),
        "answer": Words(*answer_label(request.municipality)),
        "counts": counts(rows),
        "goals": goals(rows),
        "outcomes": [(each.value, Words(*words)) for each, words in OUTCOMES.items()],
        "wanted": wanted,
        "rows": paged(request, chosen),
        "kind": KINDS[KIND],
        "writes": writes,
        "removed": comment.opinions.exclude(removed_at=None) if writes else [],
        "announced": ways(comment.announced),
        "sent": ways(comment.sent),
        "senders": _senders(comment),
    }
    return render(request, "comments/comment.html", context)


@comment_page(Right.EDIT_PLAN, form=True)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, comment: PublicComment) -> HttpResponse:
    """Change what is said of the public comment itself."""
    context: dict[str, Any] = {"section": "plans", "plan": comment.plan, "comment": comment}
    shown = {
        "key": comment.pk,
        "old": acts.state_of(comment),
        **PublicCommentForm.values(comment),
    }
    if request.method == "GET":
        context["form"] = PublicCommentForm(initial=shown)
        return render(request, "comments/form.html", context)
    form = PublicCommentForm(request.POST)
    context["form"] = form
    if not form.is_valid():
        return render(request, "comments/form.html", context, status=400)
    try:
        acts.change(request.actor, comment, form.said(), form.cleaned_data["old"])
    except Stale as problem:
        context |= {"problem": problem, "differing": standing(form, shown)}
        return render(request, "comments/form.html", context, status=409)
    except Problem as problem:
        return render(request, "comments/form.html", context | {"problem": problem}, status=409)
    messages.success(request, say("保存しました", "Saved"))
    return to_comment(comment)


@comment_page(Right.EDIT_PLAN)
@require_POST
def publish(request: HttpRequest, comment: PublicComment) -> HttpResponse:
    """Publish the result, or take that back (``do=withdraw``)."""
    if request.POST.get("do") == "withdraw":
        acts.withdraw(request.actor, comment)
        messages.success(
            request,
            say(
                "公表を取り消しました。書き換えられます", "The publication was taken back; it can be changed"
            ),
        )
        return to_comment(comment)
    try:
        acts.publish(request.actor, comment)
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
        return to_comment(comment)
    messages.success(
        request,
        say(
            "結果を公表しました。閲覧の人と委員も読めます",
            "The result is published; readers and council members see it",
        ),
    )
    return to_comment(comment)


@comment_page(Right.EDIT_PLAN)
@require_POST
def remove(request: HttpRequest, comment: PublicComment) -> HttpResponse:
    """Take the public comment off the list, or put it back (``do=restore``)."""
    if request.POST.get("do") == "restore":
        acts.restore(request.actor, comment)
        messages.success(request, say("意見募集を戻しました", "The public comment is back"))
        return to_comment(comment)
    try:
        acts.remove(request.actor, comment)
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
        return to_comment(comment)
    messages.success(
        request,
        say(
            "意見募集を削除しました。この一覧の下から戻せます",
            "The public comment was removed; restore it at the foot of this list",
        ),
    )
    return redirect("comments", code=request.municipality.code, plan=comment.plan.key)


@comment_page()
@require_POST
def document(request: HttpRequest, comment: PublicComment) -> HttpResponse:
    """Ask for the table of opinions and answers as a file; leads to its job."""
    shape = checked_shape(KIND, request.POST.get("document", "").removeprefix(f"{KIND}/"), CommentState)
    job = request_job(request.actor, Asked(kind=KIND, of=CommentState.of(comment), shape=shape))
    return redirect("job", code=request.municipality.code, job=job.pk)


def _senders(comment: PublicComment) -> str:
    counted = ((comment.people, "people"), (comment.organisations, "organisations"))
    return say(
        senders_text(comment.people, comment.organisations),
        ", ".join(f"{count:,} {what}" for count, what in counted if count is not None),
    )
