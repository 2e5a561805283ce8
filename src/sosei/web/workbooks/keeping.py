"""How long uploads are kept, and what is left of one that is done with."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sosei.web.workbooks.models import Upload, UploadState

KEPT_DAYS = 7


def forget(upload: Upload, state: UploadState) -> None:
    """Close the upload in ``state``: the file, what it would change and its faulty cells are removed, the row says how it ended."""
    with transaction.atomic():
        upload.changes.all().delete()
        upload.state, upload.closed_at = state, timezone.now()
        upload.data, upload.operations, upload.both, upload.errors = b"", "[]", "[]", "[]"
        upload.save()


def clear_old() -> int:
    """Remove the uploads older than ``KEPT_DAYS``; how many.

    What says what a workbook wrote in a draft stays as long as the draft is open.
    """
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    old = Upload.objects.filter(created_at__lt=before).exclude(act__isnull=False, draft__is_open=True)
    count = old.count()
    old.delete()
    return count
