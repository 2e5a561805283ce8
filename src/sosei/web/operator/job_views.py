"""Documents being made, across the installation: which wait, which failed and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.jobs.models import Job
from sosei.web.operator import acts, lists
from sosei.web.site.language import say
from sosei.web.site.page import operator_page

# State: in words, and the chip's colour.
_STATES: Mapping[str, tuple[str, str, str]] = {
    "waiting": ("待機", "Waiting", ""),
    "running": ("実行中", "Running", "info"),
    "done": ("完了", "Done", "good"),
    "failed": ("失敗", "Failed", "bad"),
}


@dataclass(frozen=True)
class _Shown:
    """A job as the list shows it."""

    job: Job

    @property
    def words(self) -> str:
        """Its state."""
        return say(*_STATES[self.job.state][:2])

    @property
    def chip(self) -> str:
        """The colour of its state."""
        return _STATES[self.job.state][2]

    @property
    def age(self) -> str:
        """How long ago it was asked for."""
        return timesince(self.job.created_at, depth=1)


@operator_page
def jobs(request: HttpRequest) -> HttpResponse:
    """Every job, newest first."""
    state = request.GET.get("state", "")
    page = lists.paged(request, lists.jobs(state))
    return render(
        request,
        "operator/jobs.html",
        {
            "section": "operator",
            "tab": "jobs",
            "page": page,
            "rows": [_Shown(job) for job in page],
            "states": [(str(state), say(ja, en)) for state, (ja, en, _) in _STATES.items()],
            "state": state,
        },
    )


@require_POST
@operator_page
def retry(request: HttpRequest, job: UUID) -> HttpResponse:
    """Begin a failed job again."""
    try:
        acts.retry(request.actor, get_object_or_404(Job, pk=job))
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
    else:
        messages.success(request, say("もう一度始めました。", "Begun again."))
    return redirect("operator_jobs")
