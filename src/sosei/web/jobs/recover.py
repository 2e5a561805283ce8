"""Jobs whose worker is gone are begun again; what is old is cleared away."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sosei.web.jobs.files import KEPT_DAYS, remove_old_files
from sosei.web.jobs.models import Job, JobState
from sosei.web.jobs.other import WORKS
from sosei.web.jobs.work import enqueue

SILENCE = timedelta(seconds=60)  # several signs of life missed
_MOST_ATTEMPTS = 3


def recover() -> int:
    """What a worker does before its first job: take up what was left, clear what is old; how many taken up."""
    clear_old()
    return sum(take_up(job) for job in Job.objects.filter(_left()))


def take_up(job: Job) -> bool:
    """Begin ``job`` again where its worker has been silent or its place in the queue is lost.

    A job that ended three workers is given up.  Only one of several callers does it.
    """
    now = timezone.now()
    mine = Job.objects.filter(_left(), pk=job.pk, attempt=job.attempt, seen_at=job.seen_at)
    if job.attempt >= _MOST_ATTEMPTS:
        mine.update(
            state=JobState.FAILED,
            problem_ja="作業が途中で何度も止まりました。運用の担当者に時刻を添えて知らせてください",
            problem_en="the work stopped half-way several times; tell the operator the time",
            finished_at=now,
        )
        return False
    if _is_queued(job) or not mine.update(state=JobState.WAITING, seen_at=now):
        return False
    _entry(job).filter(status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED, finished_at=now
    )
    enqueue(job)
    return True


def clear_old() -> None:
    """Remove results, jobs and finished queue entries older than ``KEPT_DAYS``, and what other works keep."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    remove_old_files()
    for work in WORKS.values():
        work.clear()
    Job.objects.filter(created_at__lt=before, finished_at__lt=before).delete()
    DBTaskResult.objects.filter(finished_at__lt=before).delete()


def _left() -> Q:
    """Jobs without a living worker: nobody has been seen at them, or nobody came, for a while."""
    silent = timezone.now() - SILENCE
    return Q(state__in=(JobState.RUNNING, JobState.WAITING)) & (
        Q(seen_at__lt=silent) | Q(seen_at=None, created_at__lt=silent)
    )


def _is_queued(job: Job) -> bool:
    """Whether the job only waits its turn."""
    return job.state == JobState.WAITING and _entry(job).filter(status=TaskResultStatus.READY).exists()


def _entry(job: Job) -> QuerySet:
    try:
        return DBTaskResult.objects.filter(pk=UUID(job.task))
    except ValueError:
        return DBTaskResult.objects.none()
