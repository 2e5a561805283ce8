"""The pages of one division: what is its own in the draft, its proposals, sending them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.people.actor import Refused
from sosei.web.plans.store import draft_document
from sosei.web.proposals import proposing
from sosei.web.proposals.belonging import belongings_on
from sosei.web.proposals.models import AskedDivision, Proposal
from sosei.web.proposals.opening import answer_page
from sosei.web.proposals.own import counts_of, own_groups
from sosei.web.proposals.progress import progress
from sosei.web.proposals.sheets import parts_of
from sosei.web.proposals.speaking import is_head
from sosei.web.proposals.states import ProposalState
from sosei.web.proposals.telling import told
from sosei.web.site.language import language, say


@answer_page
@require_GET
def answer(request: HttpRequest, asked: AskedDivision) -> HttpResponse:
    """What the division proposes, and the list of everything that is its own."""
    return answer_view(request, asked)


def answer_view(
    request: HttpRequest, asked: AskedDivision, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page; ``more`` is what went wrong."""
    asking = asked.request
    document = draft_document(asking.draft)
    rows = told(asking.draft, own_proposals(asked))
    live = [each for each in rows if each.standing.state is not ProposalState.WITHDRAWN]
    own = belongings_on(request.municipality, document, today()).of(asked.division_id)
    groups = own_groups(document, own, language())
    elements, placements = counts_of(groups)
    context = {
        **frame(request, asked),
        "parts": parts_of(groups, Wording(document, language()), live),
        "elements": elements,
        "placements": placements,
        "rows": live,
        "withdrawn": [each for each in rows if each.standing.state is ProposalState.WITHDRAWN],
        "inside": [each for each in live if each.is_inside],
        "returned": sum(each.standing.state is ProposalState.RETURNED for each in live),
        "progress": progress(asking, [asked], today())[0],
        **more,
    }
    return render(request, "proposals/answer.html", context, status=status)


@answer_page
@require_POST
def do(request: HttpRequest, asked: AskedDivision) -> HttpResponse:
    """Send, answer 変更なし, hand back, withdraw: what the button says."""
    try:
        done = _do(request, asked)
    except Refused:
        raise
    except Problem as problem:
        return answer_view(request, asked, status=400, problem=problem)
    messages.success(request, done)
    return to_answer(request, asked)


def own_proposals(asked: AskedDivision) -> list[Proposal]:
    """Every proposal of the division."""
    found = list(asked.proposals.select_related("by", "noted_by", "decided_by").order_by("at"))
    for each in found:
        each.asked = asked
    return found


def own_proposal(asked: AskedDivision, pk: str) -> Proposal:
    """One of them; 404 for any other."""
    found = next((each for each in own_proposals(asked) if str(each.pk) == pk), None)
    if found is None:
        raise Http404
    return found


def frame(request: HttpRequest, asked: AskedDivision) -> dict[str, Any]:
    """What every page of the division shows."""
    return {
        "section": "plans",
        "plan": asked.request.draft.plan,
        "asking": asked.request,
        "asked": asked,
        "division_name": asked.division.name_on(today()),
        "for_division": request.for_division,
        "is_head": is_head(request.actor, asked.division),
        "can_answer": asked.request.is_asking,
        "is_late": asked.request.is_asking and not asked.answered_at and asked.request.due < today(),
    }


def to_answer(request: HttpRequest, asked: AskedDivision, key: str = "") -> HttpResponse:
    """To the division's page, or to that of its record ``key``."""
    found = redirect(
        "answer_record" if key else "answer",
        code=request.municipality.code,
        plan=asked.request.draft.plan.key,
        change_request=asked.request_id,
        division=asked.division_id,
    )
    if key:
        found["Location"] += f"?key={key}"
    return found


def _do(request: HttpRequest, asked: AskedDivision) -> str:
    sent = request.POST
    match sent.get("do"):
        case "send":
            count = proposing.send(request.actor, asked)
            return say(
                f"{count}件を課として提出しました。企画の判断をお待ちください"
                if count
                else "もう提出しています",
                f"{count} proposals were sent; the planning officer decides"
                if count
                else "It was sent already",
            )
        case "no_change":
            proposing.answer_no_change(request.actor, asked)
            return say("「変更なし」で回答しました", "Answered: no change")
        case "take_back":
            proposing.take_back_no_change(request.actor, asked)
            return say("「変更なし」を取り消しました", "The answer “no change” was taken back")
        case "withdraw":
            proposing.withdraw(request.actor, own_proposal(asked, sent.get("proposal", "")))
            return say("提案を取り下げました", "The proposal was withdrawn")
        case "hand_back":
            proposing.hand_back(
                request.actor, own_proposal(asked, sent.get("proposal", "")), sent.get("text", "")
            )
            return say("担当に差し戻しました", "Handed back to the clerk")
    raise Problem("どうするかが選ばれていません", "nothing was chosen")
