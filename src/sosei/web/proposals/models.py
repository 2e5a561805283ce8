"""A change request to divisions (改定照会), the divisions asked, and what they propose.

A proposal is operations on the draft that wait for the officer (architecture, decision 1); nothing here
changes the draft.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sosei.web.people.models import Division, Municipality, Row, User
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.proposals.states import STATE_WORDS, ProposalState

LONGEST_TITLE = 100
_STATES = tuple((state.value, STATE_WORDS[state].ja) for state in ProposalState)


class ChangeRequest(Row):
    """What divisions are asked about a draft (改定照会), until when; a draft has at most one open."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="change_requests")
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField(blank=True)
    due = models.DateField()
    is_open = models.BooleanField(default=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(is_open=True), name="one_open_change_request"
            )
        ]

    @property
    def is_asking(self) -> bool:
        """Whether divisions may still answer: it is open, and so is its draft."""
        return self.is_open and self.draft.is_open


class AskedDivision(Row):
    """A division asked by a change request; ``answered_at`` is when it last sent its answer.

    ``no_change``: the answer is 変更なし.  ``for_division``: the officer sent it for the division (代理入力).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="asked")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    no_change = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    for_division = models.BooleanField(default=False)

    class Meta:
        ordering = ("division__order",)
        constraints = [models.UniqueConstraint(fields=["request", "division"], name="division_asked_once")]


class Proposal(Row):
    """What a division proposes: operations as a JSON list, each with the value it was made against.

    ``key`` and ``field`` are those of the record they change (no field: a record that comes or goes).
    ``seen`` is the draft's last operation when it was written.  ``note`` says why it was handed back or
    declined.  ``for_division``: the officer wrote it (代理入力).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(AskedDivision, on_delete=models.PROTECT, related_name="proposals")
    key = models.CharField(max_length=10)
    field = models.CharField(max_length=60, blank=True)
    operations = models.TextField()
    reason = models.TextField()
    state = models.CharField(max_length=20, choices=_STATES, default=ProposalState.DRAFTED.value)
    seen = models.ForeignKey(DraftOperation, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    for_division = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at",)


class AcceptedOperation(Row):
    """An operation of the draft that an accepted proposal became; undoing it takes the acceptance back."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="accepted")
    operation = models.OneToOneField(DraftOperation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("operation__no",)
