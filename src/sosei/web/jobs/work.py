"""What a worker does with a job: claim it, do its work (make a document step by step, store it), say how it went.

Each step is written at once, outside any longer transaction, so that whoever waits sees it.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from sosei.checks.finding import Words
from sosei.values import Problem
from sosei.web.jobs import files
from sosei.web.jobs.kinds import KINDS, Asked
from sosei.web.jobs.models import Job, JobState
from sosei.web.jobs.other import WORKS

STEPS = 4
BEAT = 10  # seconds between two signs of life
_LOG = logging.getLogger(__name__)
_READS = Words("内容を読んでいます", "reading what it is made of")
_STORES = Words("保存しています", "storing")
_WRITES = {
    "pdf": Words("組版しています", "typesetting"),
    "xlsx": Words("Excel に書いています", "writing the workbook"),
    "zip": Words("文章と図を書いています", "writing text and pictures"),
}


_FAILED = Words(
    "文書を作る途中で誤りが起きました。もう一度試し、続く場合は運用の担当者に時刻を添えて知らせてください",
    "something went wrong while the document was made; try again, and if it goes on tell the operator the time",
)


class _TakenOver(Exception):  # noqa: N818 - no error: somebody else is at it now
    """Another worker has the job; what this one does no longer counts."""


def enqueue(job: Job) -> None:
    """Put the job into the workers' queue."""
    entry = make.enqueue(str(job.pk))
    Job.objects.filter(pk=job.pk).update(task=str(entry.id))


@task()
def make(job: str) -> None:
    """The queue's task: run the job with this identity."""
    run(UUID(job))


def run(pk: UUID) -> None:
    """Do the work of the waiting job ``pk``; nothing happens where another worker has it."""
    job = _claimed(pk)
    if job is None:
        return
    try:
        with _alive(job):
            _do(job)
    except _TakenOver:
        _LOG.warning("job %s was taken over by another worker", pk)
    except Problem as problem:
        _fail(job, problem.ja, problem.en)
    except Exception:
        _LOG.exception("job %s failed", pk)
        failed = WORKS[job.kind].failed if job.kind in WORKS else _FAILED
        _fail(job, failed.ja, failed.en)


def _claimed(pk: UUID) -> Job | None:
    claimed = Job.objects.filter(pk=pk, state=JobState.WAITING).update(
        state=JobState.RUNNING, attempt=F("attempt") + 1, seen_at=timezone.now(), step=0
    )
    return Job.objects.select_related("municipality").get(pk=pk) if claimed else None


def _do(job: Job) -> None:
    if job.kind not in WORKS:
        _make(job)
        return
    WORKS[job.kind].run(job, lambda number, doing: _step(job, number, doing))
    _change(job, state=JobState.DONE, doing_ja="", doing_en="", finished_at=timezone.now())


def _make(job: Job) -> None:
    asked = Asked.from_json(json.loads(job.parameters))
    form = asked.shape.form
    _step(job, 1, _READS)
    asked.of.document()
    _step(job, 2, KINDS[asked.kind].thinks)
    document = asked.make(lambda: _step(job, 3, _WRITES[form]))
    _step(job, 4, _STORES)
    place = files.place_of(job, form)
    files.write(place, document.data)
    _change(
        job,
        state=JobState.DONE,
        doing_ja="",
        doing_en="",
        file=place,
        warnings=json.dumps(document.warnings, ensure_ascii=False),
        finished_at=timezone.now(),
    )


def _step(job: Job, number: int, doing: Words) -> None:
    _change(job, step=number, doing_ja=doing.ja, doing_en=doing.en, seen_at=timezone.now())


def _fail(job: Job, ja: str, en: str) -> None:
    _mine(job).update(state=JobState.FAILED, problem_ja=ja, problem_en=en, finished_at=timezone.now())


def _change(job: Job, **values: Any) -> None:
    if not _mine(job).update(**values):
        raise _TakenOver


def _mine(job: Job) -> QuerySet:
    """The job's row, as long as this attempt is the one that counts."""
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)


@contextmanager
def _alive(job: Job) -> Iterator[None]:
    """Signs of life while a step takes long, from a thread with a connection of its own."""
    done = threading.Event()

    def beat() -> None:
        try:
            while not done.wait(BEAT):
                _mine(job).update(seen_at=timezone.now())
        except Exception:
            _LOG.exception("no sign of life from job %s", job.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
