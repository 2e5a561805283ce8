"""What a proposal goes through: one table of states and steps, without a row or a request.

A division writes (入力中), its head may hand back (差戻し), it sends (提出); the officer accepts (採用) or
declines (不採用), and may take that back.  The division may withdraw (取下げ) until it is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sosei.checks.finding import Words
from sosei.values import Problem


class ProposalState(StrEnum):
    """Where a proposal is."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What is done to a proposal."""

    WRITE = "write"
    HAND_BACK = "hand_back"
    SEND = "send"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    DECLINE = "decline"
    TAKE_BACK = "take_back"


STATE_WORDS: Mapping[str, Words] = {
    ProposalState.DRAFTED: Words("入力中", "being written"),
    ProposalState.RETURNED: Words("課内で差戻し", "handed back in the division"),
    ProposalState.SENT: Words("判断待ち", "waiting"),
    ProposalState.ACCEPTED: Words("採用", "accepted"),
    ProposalState.DECLINED: Words("不採用", "declined"),
    ProposalState.WITHDRAWN: Words("取下げ", "withdrawn"),
}
STATE_CHIPS: Mapping[str, str] = {
    ProposalState.DRAFTED: "",
    ProposalState.RETURNED: "warn",
    ProposalState.SENT: "info",
    ProposalState.ACCEPTED: "good",
    ProposalState.DECLINED: "bad",
    ProposalState.WITHDRAWN: "",
}
STEP_WORDS: Mapping[Step, Words] = {
    Step.WRITE: Words("書き直せません", "cannot be rewritten"),
    Step.HAND_BACK: Words("差し戻せません", "cannot be handed back"),
    Step.SEND: Words("提出できません", "cannot be sent"),
    Step.WITHDRAW: Words("取り下げられません", "cannot be withdrawn"),
    Step.ACCEPT: Words("採用できません", "cannot be accepted"),
    Step.DECLINE: Words("不採用にできません", "cannot be declined"),
    Step.TAKE_BACK: Words("判断を取り消せません", "has no decision to take back"),
}

_S, _T = ProposalState, Step
LEADS: Mapping[tuple[ProposalState, Step], ProposalState] = {
    (_S.DRAFTED, _T.WRITE): _S.DRAFTED,
    (_S.DRAFTED, _T.HAND_BACK): _S.RETURNED,
    (_S.DRAFTED, _T.SEND): _S.SENT,
    (_S.DRAFTED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.RETURNED, _T.WRITE): _S.DRAFTED,
    (_S.RETURNED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.SENT, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.SENT, _T.ACCEPT): _S.ACCEPTED,
    (_S.SENT, _T.DECLINE): _S.DECLINED,
    (_S.ACCEPTED, _T.TAKE_BACK): _S.SENT,
    (_S.DECLINED, _T.TAKE_BACK): _S.SENT,
}

IN_DIVISION = frozenset({_S.DRAFTED, _S.RETURNED})
"""States that only the division sees (and who enters for it)."""

UNDECIDED = IN_DIVISION | {_S.SENT}
"""States in which it matters whether what it was made against still stands."""


def after(state: ProposalState, step: Step) -> ProposalState:
    """The state that ``step`` leads to; raises Problem where it leads nowhere from ``state``."""
    found = LEADS.get((state, step))
    if found is None:
        word, cannot = STATE_WORDS[state], STEP_WORDS[step]
        raise Problem(
            f"この提案は今「{word.ja}」なので{cannot.ja}。画面を読み込み直して確かめてください",
            f"this proposal is {word.en} now and {cannot.en}; load the page again and look",
        )
    return found


def may(state: ProposalState, step: Step) -> bool:
    """Whether ``step`` leads anywhere from ``state``."""
    return (state, step) in LEADS
