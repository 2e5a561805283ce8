"""Public comments (意見募集, パブリックコメント) and the opinions that came.

Who sent an opinion is not kept: no field asks for it.
"""

from __future__ import annotations

from datetime import date

from django.db import models

from sosei.reports.public_comment import OUTCOMES
from sosei.web.people.models import Municipality, Row, User
from sosei.web.plans.models import Draft, DraftOperation, Plan

OUTCOME_CHOICES = [("", "未定"), *((outcome.value, ja) for outcome, (ja, _) in OUTCOMES.items())]


class PublicComments(models.QuerySet):
    """Public comments."""

    def with_draft(self) -> PublicComments:
        """With the draft and its editions, but for their bytes."""
        return self.select_related("draft", "draft__adopted", "draft__base").defer(
            "draft__start", "draft__adopted__data", "draft__base__data"
        )


class PublicComment(Row):
    """A public comment on a plan's draft; both days belong to the period.

    ``announced`` and ``sent`` are words, one a line; ``people`` and ``organisations`` count who sent
    opinions (None: not counted).  ``published_on`` is the day from which readers see the result, and
    nothing is written any more.  ``removed_at``: taken off the list, to be restored or not.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="public_comments")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="public_comments")
    title = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    announced = models.TextField(blank=True)
    sent = models.TextField(blank=True)
    people = models.PositiveIntegerField(null=True)
    organisations = models.PositiveIntegerField(null=True)
    remarks = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    removed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PublicComments.as_manager()

    class Meta:
        ordering = ("-since", "-created_at")

    def __str__(self) -> str:
        return self.title

    def stage(self, day: date) -> str:
        """Where it stands on ``day``: before, open, closed; published, once the result is."""
        if self.published_on is not None:
            return "published"
        if day < self.since:
            return "before"
        return "open" if day <= self.until else "closed"


class PublicOpinion(Row):
    """An opinion (意見の概要) with the municipality's answer (市の考え方).

    ``record`` is the key of what it is about in the draft (empty: the whole plan), ``place`` the names
    that this had, one a line from the goal down, and ``goal`` the key of the goal above it.  ``operation``
    is the change of the draft that came of it.  ``same`` counts those who said the same.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    comment = models.ForeignKey(PublicComment, on_delete=models.PROTECT, related_name="opinions")
    order = models.PositiveIntegerField()
    record = models.CharField(max_length=10, blank=True)
    goal = models.CharField(max_length=10, blank=True)
    place = models.TextField(blank=True)
    page = models.CharField(max_length=40, blank=True)
    summary = models.TextField()
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True, choices=OUTCOME_CHOICES)
    change = models.TextField(blank=True)
    operation = models.ForeignKey(DraftOperation, on_delete=models.PROTECT, null=True, related_name="+")
    same = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("order", "created_at")
        indexes = [models.Index(fields=["comment", "order"])]
