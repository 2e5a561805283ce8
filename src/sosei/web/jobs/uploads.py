"""The job of a worker that reads a file which somebody handed in."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

from sosei.values import Words
from sosei.web.jobs.models import Job, JobState
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


def reading(job: Job | None, *, progress: str, again: str, desk: Words) -> dict[str, Any]:
    """What ``jobs/_reading.html`` shows: how far ``job`` is, the addresses that tell it and that begin it anew,
    and the name of the page that leads back.
    """
    return {
        "job": job,
        "under_way": is_under_way(job),
        "seen": _seen(job) if job else "",
        "progress": progress,
        "again": again,
        "desk": desk,
    }


def how_far(request: HttpRequest, job: Job | None, shown: dict[str, Any]) -> HttpResponse:
    """The answer to the page that asks: 204 where it stands as the page shows it, the whole page anew once it is over."""
    if job is None or not is_under_way(job):
        return HttpResponseClientRefresh()
    if request.GET.get("seen") == _seen(job):
        return HttpResponse(status=204)
    return render(request, "jobs/_reading.html", shown)


def is_under_way(job: Job | None) -> bool:
    """Whether a worker is at it, or will be."""
    return job is not None and job.state in (JobState.WAITING, JobState.RUNNING)


def _seen(job: Job) -> str:
    return f"{job.state}-{job.attempt}-{job.step}-{job.doing_en}"
