"""Work that a worker does: what was asked, how far it is, what came out."""

from __future__ import annotations

from django.db import models

from sosei.web.people.models import Municipality, Row, User


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "待機"
    RUNNING = "running", "実行中"
    DONE = "done", "完了"
    FAILED = "failed", "失敗"


class Job(Row):
    """One piece of work of one municipality.

    ``parameters`` JSON text; ``right`` the right that a reader of the result needs; ``fingerprint``
    says which result it gives: a finished job with the same fingerprint is used again.
    ``step`` of ``total`` with ``doing`` (Japanese, English) is the progress; ``file`` the result's path
    below the installation's files folder.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=40)
    parameters = models.TextField()
    right = models.CharField(max_length=30)
    fingerprint = models.CharField(max_length=64)
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    step = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    doing_ja = models.CharField(max_length=200, blank=True)
    doing_en = models.CharField(max_length=200, blank=True)
    problem_ja = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    warnings = models.TextField(default="[]")
    file = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["municipality", "fingerprint"])]
