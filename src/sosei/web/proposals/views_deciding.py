"""The officer's pages of one change request: who has answered, every proposal, deciding, the table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.plan.operations import Refusal
from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.people.roles import Right
from sosei.web.proposals import deciding
from sosei.web.proposals.models import ChangeRequest, Proposal
from sosei.web.proposals.opening import asked_of, proposal_of, proposals_of, request_page
from sosei.web.proposals.progress import progress
from sosei.web.proposals.result_csv import result_csv
from sosei.web.proposals.telling import Told, told
from sosei.web.site.language import language, say

_BY = ("place", "division")


@request_page(Right.EDIT_PLAN)
@require_GET
def change_request(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    """Who has answered, and every proposal: those that wait first, by place or by division."""
    rows = told(asking.draft, proposals_of(asking))
    by = request.GET.get("by", "")
    by = by if by in _BY else _BY[0]
    waiting = [each for each in rows if each.waits]
    context = {
        **_context(asking),
        "divisions": progress(asking, asked_of(asking), today()),
        "by": by,
        "waiting": _grouped(waiting, by),
        "waiting_count": len(waiting),
        "decided": _grouped([each for each in rows if not each.waits], by),
        "all": len(rows),
        "can_decide": asking.draft.is_open,
    }
    return render(request, "proposals/change_request.html", context)


@request_page(Right.EDIT_PLAN)
@require_POST
def accept(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    """Accept the proposals that were ticked, each by itself."""
    ticked = set(request.POST.getlist("proposal"))
    chosen = [
        each.proposal for each in told(asking.draft, proposals_of(asking)) if str(each.proposal.pk) in ticked
    ]
    if not chosen:
        raise Problem(
            "採用する提案が選ばれていません。一つ以上に印を付けてください",
            "no proposal is chosen; tick at least one",
        )
    done, refused = deciding.accept_several(request.actor, chosen)
    if done:
        messages.success(
            request,
            say(
                f"{len(done)}件を採用し、下書きに書き込みました",
                f"{len(done)} proposals were accepted and written into the draft",
            ),
        )
    if refused:
        messages.warning(
            request,
            say(
                f"{len(refused)}件は、提案のあとに値が変わったなどのため採用していません。一件ずつ確かめてください",
                f"{len(refused)} were not accepted, because what they were made against changed; look at each",
            ),
        )
    return _to(request, asking)


@request_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, asking: ChangeRequest, proposal: UUID) -> HttpResponse:
    """One proposal with everything on the same place: accept, write over, decline, take back."""
    found = proposal_of(asking, proposal)
    if request.method == "GET":
        return _proposal_page(request, asking, found)
    try:
        done = _decide(request, found)
    except Refusal:
        problem = Problem(
            "まだ採用していません。下の「今の値」を見て、上書きするか不採用にするかを選んでください",
            "not accepted yet: look at the present value below, then write over it or decline",
        )
        return _proposal_page(request, asking, proposal_of(asking, proposal), problem=problem, status=409)
    except Problem as problem:
        return _proposal_page(request, asking, found, problem=problem, status=400)
    messages.success(request, done)
    return _to(request, asking)


@request_page(Right.EDIT_PLAN)
@require_GET
def table(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    """All proposals as one table to be printed (照会結果一覧)."""
    context = {
        **_context(asking),
        "rows": told(asking.draft, proposals_of(asking)),
        "divisions": progress(asking, asked_of(asking), today()),
        "today": today(),
    }
    return render(request, "proposals/table.html", context)


@request_page(Right.EDIT_PLAN)
@require_GET
def table_csv(_request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    """The same as CSV."""
    rows = told(asking.draft, proposals_of(asking))
    divisions = progress(asking, asked_of(asking), today())
    response = HttpResponse(result_csv(rows, divisions, language()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="proposals.csv"'
    return response


def _decide(request: HttpRequest, proposal: Proposal) -> str:
    """Do what the button says; the sentence for the next page."""
    match request.POST.get("do"):
        case "accept":
            deciding.accept(request.actor, proposal, over=request.POST.get("over", ""))
            return say("採用し、下書きに書き込みました", "Accepted and written into the draft")
        case "decline":
            deciding.decline(request.actor, proposal, request.POST.get("text", ""))
            return say("不採用にしました。理由は課に伝わります", "Declined; the division reads why")
        case "take_back":
            deciding.take_back(request.actor, proposal)
            return say("判断を取り消しました。提案はまた判断待ちです", "Taken back; the proposal waits again")
    raise Problem("どうするかが選ばれていません", "nothing was chosen")


def _proposal_page(
    request: HttpRequest, asking: ChangeRequest, proposal: Proposal, *, status: int = 200, **more: Any
) -> HttpResponse:
    rows = told(asking.draft, proposals_of(asking))
    this = next(each for each in rows if each.proposal.pk == proposal.pk)
    context = {
        **_context(asking),
        "this": this,
        "others": [
            each for each in rows if each.spot == this.spot and each is not this and not each.is_inside
        ],
        "text": request.POST.get("text", ""),
        "can_decide": asking.draft.is_open,
        **more,
    }
    return render(request, "proposals/proposal.html", context, status=status)


def _grouped(rows: Sequence[Told], by: str) -> list[tuple[str, list[list[Told]]]]:
    """The rows under their headings; those on one place stand together."""
    if by == "division":
        rows = sorted(rows, key=lambda each: (each.proposal.asked.division.order, each.division))
    title = (lambda each: each.division) if by == "division" else (lambda each: each.group)
    return [
        (name, [list(alike) for _, alike in groupby(group, key=lambda each: each.spot)])
        for name, group in groupby(rows, key=title)
    ]


def _context(asking: ChangeRequest) -> dict[str, Any]:
    return {"section": "plans", "tab": "requests", "plan": asking.draft.plan, "asking": asking}


def _to(request: HttpRequest, asking: ChangeRequest) -> HttpResponse:
    return redirect(
        "change_request", code=request.municipality.code, plan=asking.draft.plan.key, change_request=asking.pk
    )
