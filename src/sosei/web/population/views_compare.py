"""Scenarios side by side, on a page whose address says everything, and as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.reports.population.known import Known
from sosei.reports.population.prose import beside_newer
from sosei.reports.population.table_files import tables_xlsx
from sosei.values import Problem
from sosei.web.population.choices import choices
from sosei.web.population.comparing import Asked, asked, exhibits, shared_notes
from sosei.web.population.exhibits import FORMS
from sosei.web.population.facts import Facts
from sosei.web.population.gallery import ALL
from sosei.web.population.pages import context, population_page
from sosei.web.population.years import LATEST, ends, usual_until
from sosei.web.site.attachments import attachment
from sosei.web.site.language import language, say


@population_page()
@require_GET
def compare(request: HttpRequest, facts: Facts, known: Known) -> HttpResponse:
    """Two to five scenarios; what cannot be shown is said above the form, which keeps what was chosen."""
    among = choices(request.actor, known)
    try:
        status, more = 200, _shown(asked(request.GET, among, known))
    except Problem as problem:
        status, more = 400, _chosen(request.GET, known) | {"problem": problem}
    made = context(
        facts, "compare", among=among, ahead=ends(known, LATEST), newer=beside_newer(known), **more
    )
    return render(request, "population/compare.html", made, status=status)


@population_page()
@require_GET
def compare_file(request: HttpRequest, facts: Facts, known: Known, name: str, form: str) -> HttpResponse:  # noqa: ARG001
    """A picture (SVG) or a table (CSV, Excel) of the page that the rest of the address says; ``all``: every table."""
    wanted = asked(request.GET, choices(request.actor, known), known)
    found = exhibits(wanted, language())
    title = say("シナリオの比較", "Scenarios compared")
    if name == ALL and form == "xlsx":
        data: bytes | None = tables_xlsx(title, known.name, [each.table for each in found.values()])
    else:
        exhibit = found.get(name)
        if exhibit is None:
            raise Http404
        title, data = exhibit.title, exhibit.file(form, known.name)
    if data is None:
        raise Http404
    whose = "" if title.startswith(known.name) else f"{known.name}_"
    return attachment(data, FORMS[form], f"{whose}{title}.{form}")


def _chosen(given: QueryDict, known: Known) -> dict[str, Any]:
    """What the form keeps where the page cannot be shown."""
    until = given.get("until", "")
    usual = usual_until(known)
    return {
        "keys": given.getlist("s"),
        "until": next((year for year in ends(known, LATEST) if str(year) == until), usual),
        "draws": bool(given.get("draws")),
    }


def _shown(wanted: Asked) -> dict[str, Any]:
    found = exhibits(wanted, language())
    return {
        "asked": wanted,
        "keys": wanted.keys,
        "until": wanted.until,
        "draws": wanted.draws,
        "notes": shared_notes(wanted, language()),
        "exhibits": found.values(),
    }
