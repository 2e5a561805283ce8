"""The documents of a plan in one state: which there are, asking for one, small ones at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.formats.table import table_csv
from sosei.plan.walk import observed_years
from sosei.plan.writing import dump_plan
from sosei.values import Problem
from sosei.web.jobs.acts import request_job
from sosei.web.jobs.kinds import KINDS, Asked, checked_shape
from sosei.web.jobs.models import Job
from sosei.web.jobs.offers import offers
from sosei.web.people.roles import Right
from sosei.web.plans.opened import Opened, open_plan, plan_page
from sosei.web.plans.states import State, states_of
from sosei.web.plans.store import edition_bytes
from sosei.web.site.attachments import attachment

_RECENT = 10


@plan_page(Right.READ_ADOPTED)
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every document of the plan in this state; POST asks for one and leads to its job."""
    if request.method == "POST":
        job = request_job(request.actor, _asked(request, opened))
        return redirect("job", code=request.municipality.code, job=job.pk)
    states = states_of(opened.plan, request.actor)
    context = {
        "opened": opened,
        "section": "plans",
        "offers": offers(opened, request.actor),
        "states": states,
        "state": State.of(opened).version,
        "comparison": KINDS["comparison"] if len(states) > 1 else None,
        "recent": recent(request),
    }
    return render(request, "documents/documents.html", context)


@plan_page(Right.READ_ADOPTED)
@require_GET
def table(request: HttpRequest, opened: Opened) -> HttpResponse:  # noqa: ARG001
    """TABLE.csv: a row a placement."""
    return _download(table_csv(opened.document), "text/csv; charset=utf-8", opened, "指標の表", "csv")


@plan_page(Right.READ_ADOPTED)
@require_GET
def plan_file(request: HttpRequest, opened: Opened) -> HttpResponse:  # noqa: ARG001
    """The plan file: of an edition the very bytes that were adopted."""
    data = edition_bytes(opened.edition) if opened.edition else dump_plan(opened.document)
    return _download(data, "application/json; charset=utf-8", opened, "計画ファイル", "json")


def _asked(request: HttpRequest, opened: Opened) -> Asked:
    """What the pressed button asks for: ``document`` is kind/shape, ``year`` and ``old`` where they count."""
    kind, _, shape = request.POST.get("document", "").partition("/")
    found = checked_shape(kind, shape)
    old = None
    if KINDS[kind].compares:
        older = request.POST.get("old", "")
        known = {state.version for state in states_of(opened.plan, request.actor)}
        if older not in known:
            raise Problem("比べる版を選んでください", "choose the edition to compare with")
        old = State.of(open_plan(request, opened.plan.key, older))
    return Asked(kind=kind, of=State.of(opened), shape=found, year=_year(request, opened, kind), old=old)


def _year(request: HttpRequest, opened: Opened, kind: str) -> int | None:
    """The fiscal year asked for; the latest with values where none was; None where there are none."""
    years = observed_years(opened.document)
    if not KINDS[kind].yearly or not years:
        return None
    asked = request.POST.get("year") or str(years[-1])
    if asked not in map(str, years):
        raise Problem(
            f"{asked[:20]}年度の実績値はありません。年度を選び直してください",
            f"there are no values for {asked[:20]}; choose another fiscal year",
        )
    return int(asked)


def recent(request: HttpRequest, kinds: Iterable[str] = KINDS) -> list[Job]:
    """The documents of these kinds that this person asked for last and may still read."""
    made = Job.objects.filter(municipality=request.municipality, kind__in=kinds, by=request.user)
    jobs = made[: _RECENT * 2]
    readable = [job for job in jobs if all(request.actor.may(Right(right)) for right in job.rights.split())]
    return readable[:_RECENT]


def _download(data: bytes, kind: str, opened: Opened, what: str, form: str) -> HttpResponse:
    return attachment(data, kind, f"{opened.plan.municipality.name}_{what}_{State.of(opened).name.ja}.{form}")
