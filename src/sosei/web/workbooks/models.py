"""What somebody sent to be taken over into a draft, and what it would change there."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from sosei.web.jobs.models import Job
from sosei.web.people.models import Municipality, Row, User
from sosei.web.plans.models import Draft

LONGEST_MARK = 80
"""Characters of a word for a state, more than any that we write."""


class UploadKind(StrEnum):
    """What was sent."""

    BOOK = "book"
    BLOCK = "block"


class UploadState(StrEnum):
    """Where an upload stands: ``READY`` waits for somebody to look at it; the last three are done with."""

    READING = "reading"
    READY = "ready"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class Upload(Row):
    """A workbook, or a block pasted on screen, for one draft; hostile until it has been read.

    ``data`` is the file, or the block as tab-separated text; it is emptied once the upload is refused,
    accepted or dropped.  ``settings`` is JSON text: how a block is to be read.  ``seed`` (hex) gives new
    records the same keys at every reading.

    Reading it fills the rest: ``against`` is the draft's last operation that it was compared with;
    ``operations`` a JSON list; ``counts`` how many changes there are of each kind, and ``records`` what comes
    and goes, in words; ``errors`` the first faulty cells of ``error_count``; ``remarks`` pairs of sentences.
    ``both`` is a JSON list of what was changed in the file and on screen (see ``merging.Both``), which is in
    none of the others; ``mark`` is the file's word for the state of the draft that it was written from, empty
    where it has none and this cannot be told.  ``act`` is what taking over wrote.  ``mark`` and ``act`` stay
    when the rest is emptied, for the file is loaded again.
    ``whole`` is false where the parts do not fit together and nothing can be taken over.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    settings = models.TextField(default="{}")
    seed = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=UploadState.READING.value)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    against = models.UUIDField(null=True)
    whole = models.BooleanField(default=True)
    operations = models.TextField(default="[]")
    both = models.TextField(default="[]")
    mark = models.CharField(max_length=LONGEST_MARK, default="")
    act = models.UUIDField(null=True)
    counts = models.TextField(default="{}")
    records = models.TextField(default="[]")
    errors = models.TextField(default="[]")
    error_count = models.PositiveIntegerField(default=0)
    remarks = models.TextField(default="[]")
    problem_ja = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["created_at"])]


class UploadChange(Row):
    """A change that an upload would make, as the 新旧対照 tells it; ``old`` and ``new`` are JSON lists of
    [text, whether it differs]; ``heading`` is its group, empty where the print does not show the change.
    ``undoes`` says who wrote the present value, and when, where the change would bring back the one before it, or it
    was written after the upload had come.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    heading = models.TextField(blank=True)
    place = models.TextField(blank=True)
    item = models.TextField(blank=True)
    old = models.TextField()
    new = models.TextField()
    undoes = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_change_no")]
