"""The population as it was, is, and is projected: charts with their figures beside them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.reports.population.figures import total_figure
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import outlook
from sosei.web.population.facts import Facts
from sosei.web.population.pages import UNTIL, context, population_page
from sosei.web.population.pictures import picture
from sosei.web.site.language import language


@population_page()
@require_GET
def overview(request: HttpRequest, facts: Facts, known: Known) -> HttpResponse:
    """History and projection."""
    made = outlook(known, UNTIL)
    pictures = [picture("total", total_figure(made, language()), language())]
    return render(request, "population/overview.html", context(facts, "overview", pictures=pictures))
