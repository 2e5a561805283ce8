"""What became of proposals: an acceptance stands as long as its operations stand in the draft.

An officer may undo an operation from the draft's own page; the proposal then waits again, whichever
door was used.  So the state that counts is worked out from the operations, not only read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.undoing import stands_as, undoers_of
from sosei.web.proposals.models import AcceptedOperation, Proposal
from sosei.web.proposals.states import ProposalState
from sosei.web.proposals.stored import operations_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The state that counts; ``operations`` stand in the draft, ``partly``: others of it were undone."""

    state: ProposalState
    operations: tuple[DraftOperation, ...] = ()
    partly: bool = False


def standings(draft: Draft, proposals: Collection[Proposal]) -> Mapping[UUID, Standing]:
    """How each of ``proposals`` on ``draft`` stands, in two queries."""
    undoers = undoers_of(draft)
    links = AcceptedOperation.objects.filter(
        municipality=draft.municipality_id, proposal__in=[each.pk for each in proposals]
    ).select_related("operation")
    rows: dict[UUID, list[DraftOperation]] = {}
    for link in links:
        if (row := stands_as(link.operation, undoers)) is not None:
            rows.setdefault(link.proposal_id, []).append(row)
    return {each.pk: _standing(each, rows.get(each.pk, ())) for each in proposals}


def standing(proposal: Proposal) -> Standing:
    """How one proposal stands."""
    return standings(proposal.asked.request.draft, [proposal])[proposal.pk]


def _standing(proposal: Proposal, rows: Collection[DraftOperation]) -> Standing:
    state = ProposalState(proposal.state)
    if state is not ProposalState.ACCEPTED:
        return Standing(state)
    if not rows:
        return Standing(ProposalState.SENT)
    return Standing(state, tuple(rows), partly=len(rows) < len(operations_of(proposal)))
