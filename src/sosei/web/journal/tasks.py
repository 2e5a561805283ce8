"""What the worker does for the log once a day: cutting acts past their retention.

The day's run puts the next day's into the queue, and a worker puts the first there when it starts.
*Rejected:* cron or a timer of the operating system (one more thing to set up on Windows and Linux, and
to forget) and a scheduler library (a process of its own for one run a day).  A run that fails does not
end the row of days: the next is put into the queue before anything is cut.
"""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from sosei.values import Problem
from sosei.web.journal.models import Chain
from sosei.web.journal.record import locked_chain
from sosei.web.journal.retention import cut, limit
from sosei.web.people.actor import worker

_AT = time(3)
_log = logging.getLogger(__name__)


@task()
def retain() -> int:
    """Cut every chain to its retention, and come again tomorrow; gives how many acts were cut.

    A broken chain is left as it is, said in the server's log, and does not hold up the others.
    """
    _queue(_tomorrow())
    acts = 0
    for chain in Chain.objects.select_related("municipality").order_by("pk"):
        try:
            made = cut(chain, limit(chain, timezone.localdate()), worker(chain.municipality))
        except Problem as problem:
            _log.error("%s: %s", chain.municipality.code if chain.municipality else "-", problem.en)
        else:
            acts += made.last - made.first + 1 if made else 0
    return acts


def begin_daily() -> None:
    """At a worker's start: have ``retain`` run now, unless a run is waiting already (for tomorrow at the latest)."""
    _queue(timezone.now())


def _queue(at: datetime) -> None:
    """Put ``retain`` into the queue for ``at``; one run waits at a time, however many workers there are."""
    with transaction.atomic():
        locked_chain(None)
        waiting = DBTaskResult.objects.filter(task_path=retain.module_path, status=TaskResultStatus.READY)
        if not waiting.exists():
            retain.using(run_after=at).enqueue()


def _tomorrow() -> datetime:
    day = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, _AT))
