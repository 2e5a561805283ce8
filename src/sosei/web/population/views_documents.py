"""The documents of a population: chosen here, made by a worker, found again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.reports.population.known import Known
from sosei.values import Words
from sosei.web.jobs.acts import request_job
from sosei.web.jobs.documents import recent
from sosei.web.jobs.kinds import KINDS, Asked, checked_shape
from sosei.web.jobs.models import Job
from sosei.web.population.choices import choices
from sosei.web.population.document_forms import DocumentsForm
from sosei.web.population.facts import Facts
from sosei.web.population.pages import context, population_page
from sosei.web.population.state import PopulationState
from sosei.web.site.language import language, say

_KINDS = {code: kind for code, kind in KINDS.items() if kind.of is PopulationState}


@population_page()
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, facts: Facts, known: Known) -> HttpResponse:
    """Choices and documents; POST asks for one and leads to its job."""
    among = choices(request.actor, known)
    if request.method == "POST":
        kind, _, shape = request.POST.get("document", "").partition("/")
        found = checked_shape(kind, shape, PopulationState)
        form = DocumentsForm(request.POST, known=known, among=among)
        if form.is_valid():
            state = PopulationState.of(
                facts, request.municipality.pk, form.chosen, form.cleaned_data["until"], form.goal
            )
            job = request_job(request.actor, Asked(kind=kind, of=state, shape=found))
            return redirect("job", code=request.municipality.code, job=job.pk)
    else:
        form = DocumentsForm(initial=DocumentsForm.usual(known, request.GET, among), known=known, among=among)
    names = {each.key: each.scenario.name.of(language()) for each in among}
    more = {
        "form": form,
        "kinds": _KINDS,
        "left_out": tuple(_left_out(known)),
        "recent": [(job, _chosen(job, names)) for job in recent(request, _KINDS)],
    }
    status = 400 if form.errors else 200
    return render(request, "population/documents.html", context(facts, "documents", **more), status=status)


def _left_out(known: Known) -> Iterator[Words]:
    """What the chapter of this municipality lacks, and what would bring it in."""
    if known.census is None:
        yield Words(
            "国勢調査の推移（国勢調査の表を読み込むと入ります）",
            "the history of the census (load a table of the census)",
        )
    if known.newer is None:
        yield Words(
            "二つの推計の比較（もとにする推計より新しい推計の総人口を読み込むと入ります）",
            "the comparison of two projections (load the totals of a newer projection)",
        )
    if not known.printed:
        yield Words(
            "計画に印字された推計人口との比較（推計人口を載せた計画を策定すると入ります）",
            "what the plan prints (adopt a plan that prints a projection)",
        )


def _chosen(job: Job, names: Mapping[str, str]) -> str:
    """What a document was made with, in a line."""
    state = PopulationState.from_json(json.loads(job.parameters)["of"])
    gone = say("（今はないシナリオ）", "(a scenario that is gone)")
    parts = [say("、", ", ").join(names.get(key, gone) for key in state.scenarios)]
    if state.target is not None:
        years = say("、", ", ").join(map(str, state.years))
        parts.append(say(f"目標 {state.target:,}人（{years}年）", f"target {state.target:,} ({years})"))
    return say("。", "; ").join(parts)
