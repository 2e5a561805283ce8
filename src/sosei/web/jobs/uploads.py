"""The job of a worker that reads a file which somebody handed in."""

from __future__ import annotations

import hashlib
import json
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

from sosei.values import Words
from sosei.web.jobs.models import Job
from sosei.web.jobs.work import enqueue
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right


class Upload(Protocol):
    """A row that waits to be read by its ``job``."""

    pk: UUID
    municipality: Municipality
    job: Job | None

    def save(self) -> None:
        """Write the row."""
        ...


_Upload = TypeVar("_Upload", bound=Upload)


def new_job(actor: Actor, upload: Upload, kind: str, title: Words, steps: int) -> None:
    """Give ``upload`` a new job of ``kind``, in the transaction that writes it."""
    upload.job = Job.objects.create(
        municipality=upload.municipality,
        kind=kind,
        parameters=json.dumps({"upload": str(upload.pk)}),
        rights=Right.EDIT_PLAN.value,
        fingerprint=hashlib.sha256(uuid4().bytes).hexdigest(),
        title_ja=title.ja,
        title_en=title.en,
        total=steps,
        by=actor.user,
    )
    upload.save()


def begun(upload: _Upload) -> _Upload:
    """The upload, its job in the workers' queue: outside the transaction that made it, so that they see it."""
    if upload.job is not None and not upload.job.task:
        enqueue(upload.job)
    return upload
