"""What a division does: write a proposal, hand it back inside, withdraw it, send its answer.

Nothing here touches the draft; a proposal is tried on it and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sosei.plan.base import Key
from sosei.plan.operations import Operation, WorkingCopy
from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.acting import today
from sosei.web.people.actor import Actor
from sosei.web.plans.store import draft_document_at, last_operation, working_copy
from sosei.web.plans.uploaded import kept_text
from sosei.web.proposals.belonging import belongings_on, must_belong
from sosei.web.proposals.models import AskedDivision, Proposal
from sosei.web.proposals.speaking import must_head, must_speak_for
from sosei.web.proposals.standing import standing
from sosei.web.proposals.states import IN_DIVISION, ProposalState, Step, after
from sosei.web.proposals.stored import about, operations_text, with_reason

LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a division wrote: operations, of which one is ``about`` a record and field, and why.

    ``key`` is the proposal's: drawn when the form was shown, so that a form sent twice proposes once, or
    that of the proposal which is written anew.
    """

    key: UUID
    operations: Sequence[Operation]
    about: tuple[Key, str]
    reason: str


class ReasonProblem(Problem):
    """A reason or note that is missing or cannot be kept."""


def write(actor: Actor, asked: AskedDivision, written: Written) -> Proposal:
    """Keep a proposal; one that the division has on the same field and has not sent is written anew.

    Raises Refusal where an old value no longer stands in the draft, Problem where it is not the division's
    to propose, the reason is missing, or the plan could not be so.
    """
    with transaction.atomic():
        asked, for_division = _answering(actor, asked)
        operations = with_reason(written.operations, said(written.reason))
        key, field = written.about
        found = _written_before(asked, written.key, key, field)
        draft = asked.request.draft
        seen = last_operation(draft)
        document = draft_document_at(draft.pk, seen)
        own = belongings_on(asked.municipality, document, today()).of(asked.division_id)
        must_belong(next(each for each in operations if about(each) == written.about), own)
        _try(working_copy(draft), operations)
        row = found or Proposal(pk=written.key, municipality=asked.municipality, asked=asked)
        old = row.operations if found else None
        row.key, row.field, row.operations, row.seen_id = key, field, operations_text(operations), seen
        if row.operations == old and row.state == ProposalState.DRAFTED:
            return row
        if found:
            row.state = after(ProposalState(row.state), Step.WRITE)
        row.reason, row.by, row.at = operations[-1].reason, actor.user, timezone.now()
        row.for_division, row.note, row.noted_by = for_division, "", None
        row.save(force_insert=found is None)
        record(actor, "proposal.written", _subject(asked), old=old, new=row.operations)
    return row


def hand_back(actor: Actor, proposal: Proposal, text: str) -> None:
    """The head gives a proposal that was not sent back to the clerk, saying why."""
    with transaction.atomic():
        asked, _ = _answering(actor, proposal.asked)
        proposal = locked_proposal(proposal)
        must_head(actor, asked.division)
        proposal.state = after(ProposalState(proposal.state), Step.HAND_BACK)
        proposal.note, proposal.noted_by = said(text), actor.user
        proposal.save(update_fields=["state", "note", "noted_by"])
        record(actor, "proposal.handed_back", _subject(asked), new=_shown(proposal))


def withdraw(actor: Actor, proposal: Proposal) -> None:
    """The division takes a proposal back that is not decided; one withdrawn stays so."""
    with transaction.atomic():
        asked, _ = _answering(actor, proposal.asked)
        proposal = locked_proposal(proposal)
        state = standing(proposal).state
        if state is ProposalState.WITHDRAWN:
            return
        proposal.state = after(state, Step.WITHDRAW)
        proposal.save(update_fields=["state"])
        record(actor, "proposal.withdrawn", _subject(asked), old=_shown(proposal))


def send(actor: Actor, asked: AskedDivision) -> int:
    """The division sends what it wrote (課として提出); how many proposals.

    The same form sent twice sends once.  Raises Problem where nothing is written, or something was handed
    back and not written anew.
    """
    with transaction.atomic():
        asked, for_division = _answering(actor, asked)
        rows = list(asked.proposals.select_for_update().filter(state__in=IN_DIVISION))
        returned = sum(row.state == ProposalState.RETURNED for row in rows)
        if returned:
            raise Problem(
                f"課内で差し戻された提案が{returned}件あります。書き直すか取り下げてから提出してください",
                f"some proposals were handed back in the division ({returned}); rewrite or withdraw them, then send",
            )
        if not rows:
            if asked.answered_at and not asked.no_change:
                return 0
            raise Problem(
                "提出する提案がまだありません。提案を書くか、変更がなければ「変更なし」で回答してください",
                "there is no proposal to send yet; write one, or answer “no change”",
            )
        now = timezone.now()
        for row in rows:
            row.state, row.sent_at = after(ProposalState(row.state), Step.SEND), now
        Proposal.objects.bulk_update(rows, ["state", "sent_at"])
        _answered(actor, asked, no_change=False, for_division=for_division)
        record(actor, "request.answered", _subject(asked), new={"proposals": [_shown(row) for row in rows]})
    return len(rows)


def answer_no_change(actor: Actor, asked: AskedDivision) -> None:
    """The division answers that nothing is to change (変更なし); raises Problem where it proposes something."""
    with transaction.atomic():
        asked, for_division = _answering(actor, asked)
        if asked.no_change:
            return
        live = [ProposalState.SENT, ProposalState.ACCEPTED, ProposalState.DECLINED, *IN_DIVISION]
        if count := asked.proposals.filter(state__in=live).count():
            raise Problem(
                f"提案が{count}件あるので「変更なし」にはできません。取り下げるか、そのまま提出してください",
                f"proposals stand against “no change” ({count}); withdraw them or send them",
            )
        _answered(actor, asked, no_change=True, for_division=for_division)
        record(actor, "request.answered", _subject(asked), new={"no_change": True})


def take_back_no_change(actor: Actor, asked: AskedDivision) -> None:
    """The division has not answered after all."""
    with transaction.atomic():
        asked, _ = _answering(actor, asked)
        if not asked.no_change:
            return
        asked.no_change, asked.answered_at, asked.answered_by, asked.for_division = False, None, None, False
        asked.save(update_fields=["no_change", "answered_at", "answered_by", "for_division"])
        record(actor, "request.answer_taken_back", _subject(asked))


def locked_proposal(proposal: Proposal) -> Proposal:
    """The proposal with what it belongs to, locked until the transaction ends."""
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("asked__request__draft__plan", "asked__division", "municipality")
        .get(pk=proposal.pk)
    )


def said(text: str) -> str:
    """A reason or note as it is kept; raises ReasonProblem for none, one too long, or control characters."""
    try:
        text = kept_text(text.replace("\r\n", "\n").strip())
    except Problem as problem:
        raise ReasonProblem(problem.ja, problem.en) from None
    if not text:
        raise ReasonProblem("理由を書いてください", "write the reason")
    if len(text) > LONGEST_TEXT:
        raise ReasonProblem(
            f"長すぎます（{len(text)}字）。{LONGEST_TEXT}字までにしてください",
            f"this is too long ({len(text)} characters); at most {LONGEST_TEXT}",
        )
    return text


def _answering(actor: Actor, asked: AskedDivision) -> tuple[AskedDivision, bool]:
    """The asked division, locked, and whether the person enters for it (代理入力).

    Raises Refused for who does not speak for it, Problem where the request takes no answers any more.
    """
    found = (
        AskedDivision.objects.select_for_update(of=("self",))
        .select_related("request__draft__plan", "division", "municipality")
        .get(pk=asked.pk)
    )
    for_division = must_speak_for(actor, found.division)
    if not found.request.is_asking:
        raise Problem(
            "この改定照会は締め切られています。企画の担当者に再開を頼んでください",
            "this change request is closed; ask a planning officer to open it again",
        )
    return found, for_division


def _written_before(asked: AskedDivision, pk: UUID, key: str, field: str) -> Proposal | None:
    """The proposal that is written anew; raises Problem where one on the same place was sent and waits."""
    rows = asked.proposals.select_for_update()
    if found := rows.filter(pk=pk).first():
        return found
    if Proposal.objects.filter(pk=pk).exists():
        raise Problem(
            "画面の値が壊れています。ページを読み込み直してください",
            "the form's own value is damaged; load the page again",
        )
    alike = rows.filter(key=key, field=field, state__in=[*IN_DIVISION, ProposalState.SENT]).first()
    if alike and alike.state == ProposalState.SENT:
        raise Problem(
            "同じところへの提案をもう提出しています。書き直すときは、先にそれを取り下げてください",
            "a proposal for the same place was sent already; withdraw it first to write another",
        )
    return alike


def _try(work: WorkingCopy, operations: Sequence[Operation]) -> None:
    """Raises Refusal or Problem where the draft could not become so."""
    for operation in operations:
        work.apply(operation)
    work.plan()


def _answered(actor: Actor, asked: AskedDivision, *, no_change: bool, for_division: bool) -> None:
    asked.no_change, asked.answered_at = no_change, timezone.now()
    asked.answered_by, asked.for_division = actor.user, for_division
    asked.save(update_fields=["no_change", "answered_at", "answered_by", "for_division"])


def _subject(asked: AskedDivision) -> str:
    return f"{asked.request.title}（{asked.division.name_on(today())}）"


def _shown(proposal: Proposal) -> dict[str, str]:
    """What the log says of a proposal; the whole of it stands where it was written."""
    return {"proposal": str(proposal.pk), "key": proposal.key, "field": proposal.field, "note": proposal.note}
