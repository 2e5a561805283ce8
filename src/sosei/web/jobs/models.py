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

    ``parameters`` JSON text; ``rights`` those that a reader of the result needs, a blank between two;
    ``fingerprint`` says which result it gives: a job with the same one is used again.
    ``step`` of ``total`` with ``doing`` (Japanese, English) is the progress; ``file`` the result's path
    below the installation's files folder; ``warnings`` a JSON list of pairs of sentences.

    ``task`` is the entry in the workers' queue, ``attempt`` counts the workers that began, and
    ``seen_at`` is when the one at it was last alive.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=40)
    parameters = models.TextField()
    rights = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    title_ja = models.TextField()
    title_en = models.TextField()
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
    task = models.CharField(max_length=64, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["municipality", "fingerprint"]), models.Index(fields=["created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fingerprint"],
                condition=models.Q(state__in=("waiting", "running")),
                name="one_job_under_way",
            )
        ]
