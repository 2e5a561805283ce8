"""The small form that changes one field of one record of a draft (書き換え)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.plan.operations import Operation, Refusal, Set
from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.plans import acts
from sosei.web.plans.models import Draft, DraftOperation, Plan
from sosei.web.plans.opening import came_from, open_draft, whole_plan_page
from sosei.web.plans.rewriting import LONGEST, Record, Spot, json_text, operations_for, record_of
from sosei.web.plans.store import draft_document, operation_of
from sosei.web.site.language import say

_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came from the form: ``old`` is the value it was made against, ``seen`` the text whose reading it showed."""

    text: str
    old: str
    reason: str = ""
    seen: str | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The form as sent."""
        sent = request.POST
        return cls(
            text=sent.get("text", "").replace("\r\n", "\n"),
            old=sent.get("old", ""),
            reason=sent.get("reason", "").strip(),
            seen=sent.get("seen"),
        )

    def check(self) -> None:
        """Raises Problem where a text is too long."""
        for text, most in ((self.text, LONGEST), (self.reason, _LONGEST_REASON)):
            if len(text) > most:
                raise Problem(
                    f"長すぎます（{len(text)}字）。{most}字までにしてください",
                    f"this is too long ({len(text)} characters); at most {most}",
                )


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The form, its reading of what is typed, and saving: a printed value only after its reading was shown."""
    draft = open_draft(plan)
    if draft is None:
        messages.warning(
            request,
            say("書き換えるには、先に下書きを始めてください", "Begin a draft first, then change a value"),
        )
        return redirect("draft", code=request.municipality.code, plan=plan.key)
    if "key" not in request.GET:
        return redirect("draft", code=request.municipality.code, plan=plan.key)
    record = _record(request, draft)
    if "field" not in request.GET:
        return render(
            request, "plans/rewrite_choose.html", {"section": "plans", "plan": plan, "record": record}
        )
    at = _spot(request, record)
    if request.htmx and at.is_quantity:
        return _reading(request, at)
    if request.method == "GET":
        return _form(request, plan, at, Typed(text=at.text, old=at.old))
    return _save(request, draft, at, Typed.of(request))


def _reading(request: HttpRequest, at: Spot) -> HttpResponse:
    """What the printed value says, for the form to show while somebody types it."""
    text = request.GET.get("text", "")[:LONGEST]
    return render(request, "plans/_value_reading.html", {"read": at.reading(text), "text": text})


def _save(request: HttpRequest, draft: Draft, at: Spot, typed: Typed) -> HttpResponse:
    plan = draft.plan
    try:
        typed.check()
        made = operations_for(draft_document(draft), at, typed.old, typed.text, typed.reason)
        if _is_there(made, at):
            messages.success(request, say("もうその値になっています", "It has that value already"))
            return _back(request, plan)
        if at.old != typed.old:
            return _stale(request, draft, at, typed)
        if at.is_quantity and typed.seen != typed.text:
            return _form(request, plan, at, typed)
        acts.operate(request.actor, draft, made)
    except Refusal:
        return _stale(request, draft, _spot(request, _record(request, draft)), typed)
    except Problem as problem:
        return _form(request, plan, at, typed, problem=problem, status=400)
    messages.success(request, say("下書きに書き込みました", "Written into the draft"))
    return _back(request, plan)


def _is_there(made: list[Operation], at: Spot) -> bool:
    last = made[-1]
    return isinstance(last, Set) and json_text(last.new) == at.old


def _record(request: HttpRequest, draft: Draft) -> Record:
    """The record that ``?key=`` names; 404 where the draft has none that can be changed here."""
    found = record_of(draft_document(draft), request.GET.get("key", ""))
    if found is None:
        raise Http404
    return found


def _spot(request: HttpRequest, record: Record) -> Spot:
    found = record.spot(request.GET.get("field", ""))
    if found is None:
        raise Http404
    return found


def _stale(request: HttpRequest, draft: Draft, at: Spot, typed: Typed) -> HttpResponse:
    """Somebody else changed the value meanwhile: both are shown, what was typed stays, saving again is possible."""
    shown = at.shown_of(typed.old)
    by = _last_change(draft, at)
    again = Typed(text=typed.text, old=at.old, reason=typed.reason)
    return _form(request, draft.plan, at, again, stale=shown, changed_by=by, status=409)


def _last_change(draft: Draft, at: Spot) -> DraftOperation | None:
    """Who wrote the value that stands there now."""
    for row in draft.operations.filter(operation__contains=at.key).select_related("by").order_by("-no"):
        operation = operation_of(row)
        if isinstance(operation, Set) and (operation.key, operation.field) == (at.key, at.field):
            return row
    return None


def _form(
    request: HttpRequest, plan: Plan, at: Spot, typed: Typed, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "section": "plans",
        "plan": plan,
        "at": at,
        "typed": typed,
        "next": came_from(request),
        "read": at.reading(typed.text) if at.is_quantity else None,
        **more,
    }
    return render(request, "plans/rewrite.html", context, status=status)


def _back(request: HttpRequest, plan: Plan) -> HttpResponse:
    if asked := came_from(request):
        return redirect(asked)
    return redirect("draft", code=request.municipality.code, plan=plan.key)
