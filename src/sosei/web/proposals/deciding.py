"""What the officer decides: accept (the operations go into the draft), decline, take a decision back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from sosei.plan.operations import Operation, Refusal
from sosei.plan.walk import index
from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.acting import today
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right
from sosei.web.plans import acts
from sosei.web.plans.appending import locked
from sosei.web.plans.appending import take_back as take_back_rows
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.proposals.fresh import Clash, clash, fresh, sign
from sosei.web.proposals.models import AcceptedOperation, Proposal
from sosei.web.proposals.proposing import locked_proposal, said
from sosei.web.proposals.standing import Standing, standing
from sosei.web.proposals.states import ProposalState, Step, after
from sosei.web.proposals.stored import main_of, operations_of, with_reason


def accept(actor: Actor, proposal: Proposal, over: str = "") -> None:
    """The proposal's operations go into the draft, its reason with them; one accepted stays so.

    Raises Refusal where the old value no longer stands.  ``over`` (``fresh.sign``) writes over what the
    officer saw in its place; it is refused the same where that changed again.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        proposal = locked_proposal(proposal)
        now = standing(proposal)
        if now.state is ProposalState.ACCEPTED:
            return
        state = after(now.state, Step.ACCEPT)
        draft = _open_draft(proposal)
        rows = acts.operate(actor, draft, with_reason(_operations(proposal, draft, over), proposal.reason))
        AcceptedOperation.objects.bulk_create(
            AcceptedOperation(municipality=proposal.municipality, proposal=proposal, operation=row)
            for row in rows
        )
        _decide(actor, proposal, state, "")
        record(actor, "proposal.accepted", _subject(proposal), new=_words(proposal))


def accept_several(
    actor: Actor, proposals: Sequence[Proposal]
) -> tuple[list[Proposal], list[tuple[Proposal, Problem]]]:
    """Each by itself, in the order given: those accepted, and those that were not with the reason why."""
    actor.must(Right.EDIT_PLAN)
    done, refused = [], []
    for proposal in proposals:
        try:
            accept(actor, proposal)
        except Problem as problem:
            refused.append((proposal, problem))
        else:
            done.append(proposal)
    return done, refused


def decline(actor: Actor, proposal: Proposal, text: str) -> None:
    """The proposal is not taken up, for the reason in ``text``, which the division reads."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        proposal = locked_proposal(proposal)
        state = after(standing(proposal).state, Step.DECLINE)
        _decide(actor, proposal, state, said(text))
        record(actor, "proposal.declined", _subject(proposal), new=_words(proposal))


def take_back(actor: Actor, proposal: Proposal) -> None:
    """The proposal waits again; of an accepted one the operations are undone, the last first.

    Raises Problem where another officer accepted it, and Refusal where what it wrote no longer stands.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        proposal = locked_proposal(proposal)
        now = standing(proposal)
        if now.state is ProposalState.SENT:
            return
        state = after(now.state, Step.TAKE_BACK)
        old = _words(proposal)
        _undo(actor, _open_draft(proposal), now)
        proposal.state, proposal.note, proposal.noted_by = state, "", None
        proposal.decided_at = proposal.decided_by = None
        proposal.save(update_fields=["state", "note", "noted_by", "decided_at", "decided_by"])
        record(actor, "proposal.decision_taken_back", _subject(proposal), old=old)


def _operations(proposal: Proposal, draft: Draft, over: str) -> list[Operation]:
    """What the proposal does to the draft as it stands; raises Refusal."""
    document = draft_document(draft)
    known = index(document)
    operations = operations_of(proposal)
    main = main_of(proposal, operations)
    found = clash(known, main)
    if found is Clash.GONE or (found is Clash.CHANGED and over != sign(known, main)):
        raise Refusal(
            main,
            "提案のあとに下書きが変わり、提案のときの値がもうありません",
            "the draft changed since; the value that the proposal was made against no longer stands",
        )
    return fresh(document, operations, main)


def _undo(actor: Actor, draft: Draft, now: Standing) -> None:
    """Take the operations that stand back as one act, as the officer's own page of the draft would."""
    if not now.operations:
        return
    if actor.user is not None and any(row.by_id != actor.user.pk for row in now.operations):
        raise Problem(
            "採用の取消しができるのは、採用した本人だけです。本人に頼むか、下書きの値を書き直してください",
            "an acceptance is taken back by the officer who made it; ask that officer, or write the value anew",
        )
    for row in take_back_rows(actor, locked(draft), now.operations):
        record(actor, "draft.undone", draft.plan.title, new=row.operation)


def _open_draft(proposal: Proposal) -> Draft:
    draft = proposal.asked.request.draft
    if not draft.is_open:
        raise Problem(
            "この下書きは策定または破棄されていて、提案の扱いはもう変えられません",
            "this draft has been adopted or discarded; what became of a proposal no longer changes",
        )
    return draft


def _decide(actor: Actor, proposal: Proposal, state: ProposalState, note: str) -> None:
    proposal.state, proposal.note = state, note
    proposal.noted_by = actor.user if note else None
    proposal.decided_at, proposal.decided_by = timezone.now(), actor.user
    proposal.save(update_fields=["state", "note", "noted_by", "decided_at", "decided_by"])


def _subject(proposal: Proposal) -> str:
    return f"{proposal.asked.request.title}（{proposal.asked.division.name_on(today())}）"


def _words(proposal: Proposal) -> dict[str, str]:
    return {
        "proposal": str(proposal.pk),
        "key": proposal.key,
        "field": proposal.field,
        "state": proposal.state,
        "reason": proposal.reason,
        "note": proposal.note,
    }
