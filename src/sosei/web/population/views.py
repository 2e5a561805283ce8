"""The population as it was, is, and is projected: charts with their figures beside them, and all of it as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.reports.population.known import Known
from sosei.reports.population.sources import NOT_A_FORECAST
from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.population import gallery
from sosei.web.population.asked import asked, pyramid_years
from sosei.web.population.exhibits import FORMS
from sosei.web.population.facts import Facts, facts_of
from sosei.web.population.pages import context, population_page
from sosei.web.population.parts import parts
from sosei.web.population.summary import key_figures
from sosei.web.population.used import tables_used
from sosei.web.population.years import horizons
from sosei.web.site.attachments import attachment
from sosei.web.site.language import language
from sosei.web.site.page import page


@population_page()
@require_GET
def overview(request: HttpRequest, facts: Facts, known: Known) -> HttpResponse:
    """Key figures, history and projection; what cannot be shown is said, with the way back."""
    try:
        more = _shown(request, facts, known)
    except Problem as problem:
        refused = context(facts, "overview", problem=problem)
        return render(request, "population/refused.html", refused, status=400)
    return render(request, "population/overview.html", context(facts, "overview", **more))


def _shown(request: HttpRequest, facts: Facts, known: Known) -> dict[str, Any]:
    wanted = asked(request.GET, known)
    shown = gallery.shown(known, wanted, language())
    return {
        "asked": wanted,
        "second_year": wanted.years[-1],
        "until_years": horizons(known),
        "pyramid_years": pyramid_years(known),
        "projected_from": known.projection.years[0],
        "published_to": known.projection.years[-1],
        "key_figures": key_figures(shown.outlook),
        "not_a_forecast": NOT_A_FORECAST,
        "parts": list(parts(shown)),
        "tables_used": list(tables_used(facts)),
    }


@page(Right.READ_ADOPTED)
@require_GET
def file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A picture or its figures as a file to keep, never shown in the window: nothing in it can run."""
    known = facts_of(request.municipality).known
    if known is None or name not in gallery.NAMES or form not in FORMS:
        raise Http404
    shown = gallery.shown(known, asked(request.GET, known), language())
    data = gallery.file_of(name, form, shown)
    if data is None:
        raise Http404
    called = f"{request.municipality.name}_{gallery.NAMES[name].of(language())}.{form}"
    return attachment(data, FORMS[form], called)
