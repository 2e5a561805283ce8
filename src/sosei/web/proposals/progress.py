"""How far a division is with its answer: not begun, writing, sent, no change; late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sosei.checks.finding import Words
from sosei.web.proposals.models import AskedDivision, ChangeRequest, Proposal
from sosei.web.proposals.states import IN_DIVISION

_NOT_BEGUN = Words("未着手", "not begun")
_WRITING = Words("入力中", "writing")
_SENT = Words("提出", "sent")
_NO_CHANGE = Words("変更なし", "no change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One division asked: ``inside`` proposals not sent yet, ``sent`` those that were."""

    asked: AskedDivision
    name: str
    inside: int
    sent: int
    is_late: bool

    @property
    def state(self) -> Words:
        """How far it is, in a word."""
        if self.inside:
            return _WRITING
        if self.asked.answered_at is None:
            return _NOT_BEGUN
        return _NO_CHANGE if self.asked.no_change else _SENT

    @property
    def chip(self) -> str:
        """The look of that word."""
        if self.inside or self.asked.answered_at is None:
            return "warn" if self.is_late else ""
        return "good"


def progress(asking: ChangeRequest, asked: Sequence[AskedDivision], on: date) -> list[Progress]:
    """How far each of ``asked`` is on ``on``."""
    rows = Proposal.objects.filter(municipality=asking.municipality_id, asked__in=[each.pk for each in asked])
    inside: Counter[object] = Counter()
    sent: Counter[object] = Counter()
    for row, state, sent_at in rows.values_list("asked", "state", "sent_at"):
        inside[row] += state in IN_DIVISION
        sent[row] += sent_at is not None
    return [
        Progress(
            asked=each,
            name=each.division.name_on(on),
            inside=inside[each.pk],
            sent=sent[each.pk],
            is_late=_late(asking, each, on),
        )
        for each in asked
    ]


def _late(asking: ChangeRequest, asked: AskedDivision, on: date) -> bool:
    """Whether the day has passed without an answer."""
    return asking.is_asking and asked.answered_at is None and asking.due < on
