"""Asking for a document: a job that is there already is used again."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version

from django.db import IntegrityError, transaction

from sosei.web.jobs.files import path_of
from sosei.web.jobs.kinds import Asked
from sosei.web.jobs.models import Job, JobState
from sosei.web.jobs.work import STEPS, enqueue
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.plans.reasons import reasons_mark
from sosei.web.plans.states import State
from sosei.web.site.attachments import fit_name

_UNDER_WAY = (JobState.WAITING, JobState.RUNNING)


def request_job(actor: Actor, asked: Asked) -> Job:
    """The job that makes what is ``asked``: a finished one with the same content, one under way, or a new one.

    Raises Refused where the person may not read the result.
    """
    for right in asked.rights:
        actor.must(right)
    mark = fingerprint(asked)
    if found := _usable(actor, mark):
        return found
    try:
        with transaction.atomic():
            job = _new(actor, asked, mark)
    except IntegrityError:  # somebody else asked for the same at the same moment
        if found := _usable(actor, mark):
            return found
        raise
    enqueue(job)
    job.refresh_from_db()
    return job


def fingerprint(asked: Asked) -> str:
    """SHA-256 of everything the result depends on: content, kind, shape, year, the program's version,
    who may read it, and what a comparison tells of a draft's reasons.
    """
    parts = [
        asked.kind,
        asked.of.content,
        asked.old.content if asked.old else "",
        asked.shape.value,
        asked.year,
        version("sosei"),
        *asked.rights,
    ]
    draft = asked.of.draft if asked.old and isinstance(asked.of, State) else None
    if draft and (reasons := reasons_mark(draft)):
        parts.append(reasons)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _usable(actor: Actor, mark: str) -> Job | None:
    jobs = Job.objects.filter(municipality=actor.municipality, fingerprint=mark)
    if under_way := jobs.filter(state__in=_UNDER_WAY).first():
        return under_way
    return next((job for job in jobs.filter(state=JobState.DONE) if path_of(job)), None)


def _new(actor: Actor, asked: Asked, mark: str) -> Job:
    title = asked.title
    municipality = actor.municipality
    job = Job.objects.create(
        municipality=municipality,
        kind=asked.kind,
        parameters=json.dumps(asked.as_json()),
        rights=" ".join(asked.rights),
        fingerprint=mark,
        title_ja=title.ja,
        title_en=title.en,
        total=STEPS,
        file_name=fit_name(asked.file_name(municipality.name if municipality else "")),
        by=actor.user,
    )
    record(actor, "document.requested", title.ja)
    return job
