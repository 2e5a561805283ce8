"""A file for one place of もとの表: handed in, how far it has been read, what it would change, taking it over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.formats.population import LAYOUTS
from sosei.formats.population_examples import national
from sosei.formats.population_origins import CENSUS, EDITIONS, IPSS, REGISTER
from sosei.values import Problem, Words
from sosei.web.jobs.recover import take_up
from sosei.web.jobs.uploads import how_far, is_under_way, reading
from sosei.web.people.roles import Right
from sosei.web.population import table_acts
from sosei.web.population.facts import facts_of
from sosei.web.population.models import Place, PopulationUpload
from sosei.web.population.pages import context
from sosei.web.population.places import ABOUT, About
from sosei.web.population.table_preview import preview
from sosei.web.population.upload_keeping import KEPT_DAYS, READING, READY
from sosei.web.population.views_tables import about_or_404
from sosei.web.site.language import language, say
from sosei.web.site.page import page
from sosei.web.site.uploads import most_bytes, uploaded_bytes


@page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, place: str) -> HttpResponse:
    """Choose a file for a place, or paste a table; POST hands it in."""
    about = about_or_404(place)
    if request.method == "GET":
        return _load(request, about)
    pasted = request.POST.get("block", "")
    try:
        upload = _handed_in(request, about.place, pasted)
    except Problem as problem:
        return _load(request, about, problem=problem, text=pasted, status=400)
    return redirect("population_upload", code=request.municipality.code, upload=upload.pk)


def _handed_in(request: HttpRequest, place: Place, pasted: str) -> PopulationUpload:
    if pasted.strip() and "file" not in request.FILES:
        return table_acts.hand_in_pasted(request.actor, place, pasted)
    data = uploaded_bytes(request, "file")
    return table_acts.hand_in(request.actor, place, data, request.FILES["file"].name)


@page(Right.EDIT_PLAN)
@require_GET
@never_cache
def upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """The upload as it stands: being read, waiting to be looked at, refused, done with."""
    return _page(request, _upload(request, upload))


@page(Right.EDIT_PLAN)
@require_GET
@never_cache
def progress(request: HttpRequest, upload: UUID) -> HttpResponse:
    """How far the reading is, for the page to put in; 204 where it stands as the page shows it."""
    found = _upload(request, upload)
    return how_far(request, found.job if found.state == READING else None, _reading(found))


@page(Right.EDIT_PLAN)
@require_POST
def accept(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Put the table to use."""
    found = _upload(request, upload)
    typed = request.POST
    named = None
    if "source" in typed:
        named = table_acts.Named(
            source=typed["source"], table=typed.get("table", ""), edition=typed.get("edition", "")
        )
    acceptance = table_acts.Acceptance(
        named=named, keeps_years="keeps_years" in typed, seen=typed.get("seen", "")
    )
    try:
        is_new = table_acts.accept(request.actor, found, acceptance)
    except Problem as problem:
        return _page(request, _upload(request, upload), problem=problem, typed=acceptance, status=400)
    if is_new:
        said = say(
            "取り込みました。人口の各ページは、この表から作り直しました。保存したシナリオはそのままです",
            "Taken over; every page of the population now stands on this table, and saved scenarios are as they were",
        )
        messages.success(request, said)
    else:
        messages.warning(request, say("もう取り込んであります", "It has been taken over already"))
    return redirect("population_tables", code=request.municipality.code)


@page(Right.EDIT_PLAN)
@require_POST
def again(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Read it anew."""
    found = _upload(request, upload)
    table_acts.read_again(request.actor, found)
    return redirect("population_upload", code=request.municipality.code, upload=found.pk)


@page(Right.EDIT_PLAN)
@require_POST
def drop(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Take nothing over."""
    table_acts.drop(request.actor, _upload(request, upload))
    said = say(
        "取り込まずに捨てました。使っている表は変わっていません",
        "Dropped; the tables in use are as they were",
    )
    messages.success(request, said)
    return redirect("population_tables", code=request.municipality.code)


def _upload(request: HttpRequest, pk: UUID) -> PopulationUpload:
    """The upload; one whose worker has fallen silent is begun again."""
    rows = PopulationUpload.objects.select_related("municipality", "by", "job").defer("data")
    found = rows.filter(municipality=request.municipality, pk=pk).first()
    if found is None:
        raise Http404
    if found.job is not None and is_under_way(found.job) and take_up(found.job):
        found.job.refresh_from_db()
    return found


def _load(request: HttpRequest, about: About, status: int = 200, **more: Any) -> HttpResponse:
    more |= {"about": about, "layouts": LAYOUTS, "most": most_bytes() // 1024**2, "kept_days": KEPT_DAYS}
    facts = facts_of(request.municipality)
    return render(request, "population/load.html", context(facts, "tables", **more), status=status)


def _page(request: HttpRequest, upload: PopulationUpload, status: int = 200, **more: Any) -> HttpResponse:
    more |= {"upload": upload, "about": ABOUT[Place(upload.place)], "kept_days": KEPT_DAYS}
    if upload.state == READING:
        more |= _reading(upload)
    elif upload.state == READY:
        more |= {
            "preview": preview(upload, language()),
            "longest": table_acts.LONGEST_TEXT,
            "sources": _usual_sources(),
            "editions": list(EDITIONS.values()),
        }
    facts = facts_of(request.municipality)
    return render(request, "population/upload.html", context(facts, "tables", **more), status=status)


def _usual_sources() -> list[str]:
    """How official tables are cited, to choose from."""
    projections = [IPSS.format(edition) for edition in reversed(EDITIONS.values())]
    return [*projections, CENSUS, REGISTER, national().sources[0].source]


def _reading(upload: PopulationUpload) -> dict[str, Any]:
    parts = {"code": upload.municipality.code, "upload": upload.pk}
    return reading(
        upload.job,
        progress=reverse("population_upload_progress", kwargs=parts),
        again=reverse("population_upload_again", kwargs=parts),
        desk=Words("もとの表", "Tables"),
    )
