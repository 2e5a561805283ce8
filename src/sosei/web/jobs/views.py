"""A job as people wait for it: its page, its progress, its result."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sosei.web.jobs.files import KEPT_DAYS, path_of
from sosei.web.jobs.kinds import KINDS, Asked
from sosei.web.jobs.models import Job, JobState
from sosei.web.jobs.recover import SILENCE, take_up
from sosei.web.jobs.subject import Link
from sosei.web.people.roles import Right
from sosei.web.site.page import page

_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@page(Right.MEMBER)
@require_GET
@never_cache
def job(request: HttpRequest, job: UUID) -> HttpResponse:
    """The job's page; it renews itself while the work goes on."""
    return render(request, "jobs/job.html", _context(_job(request, job)))


@page(Right.MEMBER)
@require_GET
@never_cache
def progress(request: HttpRequest, job: UUID) -> HttpResponse:
    """How far the job is, for the page to put in; 204 where it stands as the page shows it."""
    context = _context(_job(request, job))
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return render(request, "jobs/_progress.html", context)


@page(Right.MEMBER)
@require_GET
@never_cache
def result(request: HttpRequest, job: UUID) -> HttpResponse:
    """The finished document."""
    found = _job(request, job)
    path = path_of(found)
    if found.state != JobState.DONE or path is None:
        raise Http404
    form = path.suffix.removeprefix(".")
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.file_name, content_type=_TYPES[form]
    )


def _job(request: HttpRequest, pk: UUID) -> Job:
    """The job, where it makes a document of this municipality and the person may read its result.

    One whose worker has fallen silent is begun again by whoever asks for it.
    """
    found = Job.objects.filter(municipality=request.municipality, kind__in=KINDS, pk=pk).first()
    if found is None:
        raise Http404
    for right in found.rights.split():
        request.actor.must(Right(right))
    if found.state in (JobState.WAITING, JobState.RUNNING) and take_up(found):
        found.refresh_from_db()
    return found


def _address(job: Job, link: Link) -> str:
    return reverse(link.to, kwargs={"code": job.municipality.code, **link.parts})


def _context(job: Job) -> dict[str, object]:
    asked = Asked.from_json(json.loads(job.parameters))
    desk = asked.of.desk
    under_way = job.state in (JobState.WAITING, JobState.RUNNING)
    waits_long = job.state == JobState.WAITING and timezone.now() - job.created_at > SILENCE
    return {
        "section": desk.section,
        "job": job,
        "trail": [(link.words, _address(job, link)) for link in desk.trail],
        "back": desk.back,
        "again": _address(job, desk.takes),
        "fields": asked.fields,
        "under_way": under_way,
        "waits_long": waits_long,
        "seen": f"{job.state}-{job.attempt}-{job.step}-{int(waits_long)}",
        "has_file": path_of(job) is not None,
        "warnings": json.loads(job.warnings),
        "until": (job.finished_at or job.created_at) + timedelta(days=KEPT_DAYS),
    }
