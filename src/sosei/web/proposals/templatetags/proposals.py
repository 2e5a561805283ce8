"""What pages of other parts say of change requests: who is asked on the first page, what waits at adoption."""

from __future__ import annotations

from typing import Any

from django import template

from sosei.web.people.acting import today
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft
from sosei.web.proposals.models import AskedDivision, Proposal
from sosei.web.proposals.progress import progress
from sosei.web.proposals.speaking import own_divisions
from sosei.web.proposals.standing import standings
from sosei.web.proposals.states import ProposalState

register = template.Library()


@register.inclusion_tag("proposals/_asked_of_me.html", takes_context=True)
def asked_of_me(context: dict[str, Any]) -> dict[str, Any]:
    """Every open change request to a division for which the person is clerk or head today."""
    municipality, actor = context["municipality"], context["actor"]
    asked = []
    if actor.may(Right.PROPOSE) and (own := own_divisions(actor, today())):
        asked = (
            AskedDivision.objects.filter(
                municipality=municipality,
                division__in=own,
                request__is_open=True,
                request__draft__is_open=True,
            )
            .select_related("request__draft__plan", "division", "answered_by")
            .prefetch_related("division__former_names")
            .order_by("request__due")
        )
    rows = [row for each in asked for row in progress(each.request, [each], today())]
    return {"rows": rows, "municipality": municipality}


@register.inclusion_tag("proposals/_waiting.html", takes_context=True)
def waiting_proposals(context: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """How many proposals on ``draft`` wait for a decision, for who is about to adopt it."""
    rows = list(
        Proposal.objects.filter(
            municipality=context["municipality"],
            asked__request__draft=draft,
            state__in=(ProposalState.SENT, ProposalState.ACCEPTED),
        )
    )
    found = standings(draft, rows) if rows else {}
    count = sum(each.state is ProposalState.SENT for each in found.values())
    return {"count": count, "municipality": context["municipality"], "plan": draft.plan}
