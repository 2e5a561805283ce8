"""The draft of a plan: what differs from the last edition, who did it, taking back, loading, discarding."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.plan.difference import difference
from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.plans import acts, registry
from sosei.web.plans.history import lines
from sosei.web.plans.models import Draft, DraftOperation, Plan
from sosei.web.plans.opening import open_draft, the_draft, whole_plan_page
from sosei.web.plans.store import draft_base, draft_document, draft_document_at, last_operation
from sosei.web.plans.undoing import undo_state
from sosei.web.plans.views import counts
from sosei.web.site.language import say
from sosei.web.site.uploads import most_bytes, uploaded_bytes

_LINES = 50  # operations a page


@whole_plan_page(Right.READ_DRAFT)
@require_GET
def draft(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The draft: its state, what may be done with it, every operation newest first."""
    return render(request, "plans/draft.html", _context(request, plan))


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def begin(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Open a draft on the last edition."""
    acts.begin_revision(request.actor, plan)
    messages.success(request, say("見直しの下書きを始めました", "A draft of a revision was begun"))
    return _back(request, plan)


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def load(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Load a newer plan file over the draft."""
    try:
        loaded = acts.load_file(request.actor, uploaded_bytes(request, "file"), plan)
    except Problem as problem:
        context = _context(request, plan) | {"problem": problem}
        return render(request, "plans/draft.html", context, status=400)
    messages.success(
        request,
        say(
            f"計画ファイルを読み込みました（下書きの変更はあわせて{loaded.length}件）",
            f"The plan file was loaded ({loaded.length} changes in the draft)",
        ),
    )
    return _back(request, plan)


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def undo(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Take back one operation."""
    row = (
        DraftOperation.objects.filter(municipality=request.municipality, draft__plan=plan)
        .select_related("draft")
        .filter(no=_number(request.POST.get("no", "")), draft__is_open=True)
        .first()
    )
    if row is None:
        raise Problem(
            "その変更は今の下書きにありません。画面を読み込み直してください",
            "the present draft has no such change; load the page again",
        )
    acts.undo(request.actor, row)
    messages.success(request, say("変更を取り消しました", "The change was taken back"))
    return _back(request, plan)


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Ask, then close the draft without adopting it."""
    found = the_draft(plan)
    if request.method == "GET":
        return render(
            request, "plans/discard.html", {"section": "plans", "plan": plan, "draft": found, "tab": "draft"}
        )
    acts.discard(request.actor, found)
    messages.success(
        request,
        say(
            "下書きを破棄しました。このページからまた開けます",
            "The draft was discarded; it can be opened again here",
        ),
    )
    return _back(request, plan)


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def reopen(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Open the draft discarded last again."""
    found = discarded(plan)
    if found is None:
        raise Problem(
            "また開ける下書きはありません。画面を読み込み直してください",
            "there is no draft to open again; load the page again",
        )
    acts.reopen(request.actor, found)
    messages.success(request, say("下書きをまた開きました", "The draft is open again"))
    return _back(request, plan)


def discarded(plan: Plan) -> Draft | None:
    """The draft discarded last, where it can still be opened again."""
    last = plan.editions.values_list("pk", flat=True).first()
    return plan.drafts.filter(is_open=False, adopted=None, base=last).order_by("-created_at").first()


def _context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    found = open_draft(plan)
    context: dict[str, Any] = {
        "section": "plans",
        "tab": "draft",
        "plan": plan,
        "draft": found,
        "last": plan.editions.defer("data").first(),
        "most": most_bytes() // 1024**2,
    }
    if found is None:
        return context | {"discarded": discarded(plan)}
    document, base = draft_document(found), draft_base(found)
    page = Paginator(range(found.length, 0, -1), _LINES).get_page(request.GET.get("page"))
    return context | {
        "counts": counts(document),
        "page": page,
        "lines": lines(found, set(page.object_list)),
        "changed": _changed(found.pk, last_operation(found)),
        "behind": registry.behind(found, base, document),
        "undo": undo_state(request.actor, found),
    }


@lru_cache(maxsize=64)
def _changed(draft: UUID, last: UUID | None) -> int:
    """How many operations lead from the plan that the draft began with to the one after ``last``."""
    found = Draft.objects.select_related("base").get(pk=draft)
    return len(difference(draft_base(found), draft_document_at(draft, last)))


def _back(request: HttpRequest, plan: Plan) -> HttpResponse:
    return redirect("draft", code=request.municipality.code, plan=plan.key)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
