"""The log's rows: acts in one hash chain per municipality, the chain's head, checkpoints of what was cut."""

from __future__ import annotations

import uuid

from django.db import models

from sosei.web.people.models import Municipality, Row, User


class Chain(Row):
    """The head of one hash chain: the installation's own (no municipality) or a municipality's.

    ``first`` and ``start`` say where the kept part begins: after retention, the number of the first
    act still there and the hash it follows on.
    """

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, null=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    first = models.PositiveBigIntegerField(default=1)
    start = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(municipality=None), name="one_installation_chain"
            )
        ]


class Act(models.Model):
    """One thing somebody did.  Rows are only ever added (``record``) or cut by age (``retention``).

    The database itself refuses to change one (migration 0002).

    ``action`` is a stable code (``plan.adopted``); ``who`` the person as named then, ``address`` from
    where; ``subject`` what it was done to, in words; ``old`` and ``new`` JSON texts.
    ``hash`` covers every field and the hash before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="acts")
    no = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=300)
    address = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=60)
    subject = models.TextField(blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("chain", "-no")
        constraints = [models.UniqueConstraint(fields=["chain", "no"], name="act_number")]
        indexes = [models.Index(fields=["chain", "at"]), models.Index(fields=["chain", "action", "no"])]


class Checkpoint(Row):
    """What retention leaves of the acts it cut: how many, until when, and the last hash."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="checkpoints")
    at = models.DateTimeField()
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    until = models.DateTimeField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("last",)
