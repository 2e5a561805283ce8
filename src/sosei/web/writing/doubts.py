"""Confirming a reading that the transcription was not sure of (読み取りの疑い → 確認済み)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sosei.plan.base import Key
from sosei.plan.operations import Set
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import say
from sosei.web.writing.opened import writing_page
from sosei.web.writing.record_layout import record_address
from sosei.web.writing.saving import record_in


def confirm(actor: Actor, draft: Draft, key: Key, field: str) -> None:
    """Say that somebody compared ``field`` of the record ``key`` with the source; raises Problem if none is open."""
    node = record_in(draft_document(draft), key)
    if node.doubt(field) is None:
        raise Problem(
            "この項目に、確認していない疑いはありません。ほかの人が確認したか、書き直しました",
            "there is no open doubt about this; somebody confirmed it or wrote it anew",
        )
    old = data_of(node)["doubts"]
    new = [{**each, "confirmed": True} if each["field"] == field else each for each in old]
    acts.operate(actor, draft, [Set(key=key, field="doubts", old=old, new=new)])


@writing_page
@require_POST
def confirm_doubt(request: HttpRequest, draft: Draft) -> HttpResponse:
    """``confirm`` names record and field: ``k3v….target``."""
    key, _, field = request.POST.get("confirm", "").partition(".")
    node = record_in(draft_document(draft), key)
    confirm(request.actor, draft, key, field)
    messages.success(request, say("確認済みにしました", "Confirmed"))
    return redirect(f"{came_from(request) or record_address(draft, node)}#k-{key}")
