"""How long files of population are kept, and what is left of one that is done with."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from sosei.web.population.models import PopulationUpload

KEPT_DAYS = 7
READING, READY, REFUSED, ACCEPTED, DROPPED = "reading", "ready", "refused", "accepted", "dropped"
WAITING = (READING, READY)


def forget(upload: PopulationUpload, state: str) -> None:
    """Close the upload in ``state``: its file and figures are removed, the row says how it ended."""
    upload.state, upload.closed_at = state, timezone.now()
    upload.data, upload.content, upload.remarks = b"", "", "[]"
    upload.save()


def clear_old() -> int:
    """Remove every upload older than ``KEPT_DAYS``; how many."""
    old = PopulationUpload.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    count = old.count()
    old.delete()
    return count
