"""Saving what is typed, by the page's script field by field, or by a whole form without it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sosei.checks.finding import Finding
from sosei.plan.indicator import Placement
from sosei.plan.model import Plan
from sosei.plan.walk import index
from sosei.values import Problem
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language, say
from sosei.web.writing.compound import named
from sosei.web.writing.fields import offered_kinds
from sosei.web.writing.forms import Sent
from sosei.web.writing.opened import writing_page
from sosei.web.writing.outcome import Outcome, State
from sosei.web.writing.pages import page_of
from sosei.web.writing.partial import findings_near
from sosei.web.writing.saving import save
from sosei.web.writing.sent import told, typed_of, undo_buttons, was_of
from sosei.web.writing.views_grid import following

_LONGEST_REASON = 1000
CONTINUE = ("新しい指標として引き継ぐ", "Continue it as a new indicator")


@writing_page
@require_POST
def save_fields(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Save the fields of one record: JSON for the script, a page otherwise."""
    key = request.POST.get("key", "")
    typed, was = typed_of(request.POST), was_of(request.POST)
    wants_json = "application/json" in request.headers.get("Accept", "")
    reason = request.POST.get(".reason", "").strip()[:_LONGEST_REASON]
    try:
        outcomes = save(request.actor, draft, key, typed, was, reason)
    except Problem as problem:
        if not wants_json:
            raise
        return JsonResponse({"gone": say(problem.ja, problem.en)}, status=410)
    draft.refresh_from_db()
    if wants_json:
        fields = {name: told(each) | _way(request, draft, key, each) for name, each in outcomes.items()}
        told_all = {"fields": fields, "length": draft.length, "undo": undo_buttons(request, draft)}
        if isinstance(
            index(draft_document(draft)).get(key), Placement
        ):  # its years may stand on the same page
            told_all["computed"] = following(draft, [key])
        return JsonResponse(told_all)
    wrong = [each for each in outcomes.values() if each.state in (State.PROBLEM, State.CONFLICT)]
    if wrong:
        status = 409 if any(each.state is State.CONFLICT for each in wrong) else 400
        return page_of(request, draft, key, sent=Sent(typed=typed, outcomes=outcomes), status=status)
    saved = sum(each.state is State.SAVED for each in outcomes.values())
    if saved:
        messages.success(
            request, say(f"下書きに書き込みました（{saved}項目）", f"Written into the draft ({saved} fields)")
        )
    else:
        messages.info(request, say("変わったところはありません", "Nothing was changed"))
    return redirect(came_from(request) or request.path)


def _way(request: HttpRequest, draft: Draft, key: str, outcome: Outcome) -> dict[str, Any]:
    """For the script: where a new indicator says what this one cannot."""
    if not outcome.successor:
        return {}
    names = {"code": request.municipality.code, "plan": draft.plan.key, "key": key}
    address = f"{reverse('write_indicator_continue', kwargs=names)}?new={outcome.successor}"
    return {"way": {"address": address, "label": say(*CONTINUE)}}


@writing_page
@require_GET
def findings(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What the review says of the records ``?key=`` (several), by record and field, for the script."""
    document = draft_document(draft)
    keys = [key for key in request.GET.getlist("key")[:200] if key]
    found = findings_by_field(document, keys)
    return JsonResponse(
        {
            "findings": [
                {
                    "key": key,
                    "field": field,
                    "items": [
                        {
                            "code": each.code,
                            "severity": each.severity.value,
                            "label": each.severity.label.of(language()),
                            "message": each.message.of(language()),
                            "mend": each.mend.of(language()),
                        }
                        for each in items
                    ],
                }
                for (key, field), items in found.items()
            ]
        }
    )


@writing_page
@require_GET
def names(_request: HttpRequest, draft: Draft, offers: str) -> HttpResponse:
    """The names that a field may take, for the list that is offered while one types."""
    document = draft_document(draft)
    if offers == "divisions":
        return JsonResponse({"names": [each.name for each in document.divisions]})
    kinds = offered_kinds(offers)
    if kinds is None:
        raise Http404
    return JsonResponse({"names": named(document, kinds).all()})


def findings_by_field(document: Plan, keys: list[str]) -> dict[tuple[str, str], list[Finding]]:
    """What the review says near the records ``keys``: by record and field, the heaviest first."""
    known = [key for key in keys if key in index(document)]
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings_near(document, known) if known else ():
        for place in finding.places:
            if place.key in known:
                at = (place.key, place.field.partition(":")[0])
                if finding not in found.setdefault(at, []):
                    found[at].append(finding)
    return found
