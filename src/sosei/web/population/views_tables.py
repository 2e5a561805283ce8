"""もとの表: what the population stands on, place by place; a table's figures; out of use and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sosei.population.panel import Origin
from sosei.reports.population.sources import HOW, cited, parts
from sosei.reports.population.table_files import table_csv
from sosei.reports.population.tables import Table
from sosei.values import Problem, Words
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.population import table_acts
from sosei.web.population.exhibits import FORMS
from sosei.web.population.facts import facts_of
from sosei.web.population.kept import load_reading, load_remarks, origin_of
from sosei.web.population.models import Place, PopulationTable, PopulationUpload
from sosei.web.population.pages import context
from sosei.web.population.place_files import shipped_reading, years_of
from sosei.web.population.places import ABOUT, About
from sosei.web.population.table_figures import figure_rows
from sosei.web.population.table_preview import other_nation
from sosei.web.population.upload_keeping import KEPT_DAYS, WAITING
from sosei.web.site.attachments import attachment
from sosei.web.site.language import language, say
from sosei.web.site.page import page

_RECENT = 10
_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A table with its origin and years; ``row`` None: it came along with the program."""

    row: PopulationTable | None
    origin: Origin
    years: tuple[int, ...]
    remarks: tuple[Words, ...]

    @property
    def citation(self) -> str:
        """Its source as charts and documents cite it."""
        return cited(self.origin)

    @property
    def source(self) -> tuple[str, ...]:
        """Source, table and edition, a line each."""
        return parts(self.origin)

    @property
    def how(self) -> Words:
        """How it came to us, where that is to be said."""
        return HOW[self.origin.how]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as the page shows it: what is in use, and the tables that were."""

    about: About
    used: Kept | None
    history: list[Kept]


@page(Right.READ_ADOPTED)
@require_GET
def tables(request: HttpRequest) -> HttpResponse:
    """Every place with what is in use."""
    return _page(request)


@page(Right.READ_ADOPTED)
@require_GET
def table(request: HttpRequest, table: str) -> HttpResponse:
    """The figures of a table, in use or of the history: its identity, or the place of one that came along."""
    kept, about, figures = _table(request.municipality, table)
    more = {"kept": kept, "about": about, "figures": figures, "table_key": table}
    return render(request, "population/table.html", context(facts_of(request.municipality), "tables", **more))


@page(Right.READ_ADOPTED)
@require_GET
def table_file(request: HttpRequest, table: str) -> HttpResponse:
    """The same figures as CSV."""
    _, about, figures = _table(request.municipality, table)
    name = f"{request.municipality.name}_{about.name.of(language())}.csv"
    return attachment(table_csv(figures), FORMS["csv"], name)


@page(Right.EDIT_PLAN)
@require_POST
def take_out(request: HttpRequest, place: str) -> HttpResponse:
    """Take the own table of a place out of use."""
    about = about_or_404(place)
    try:
        is_done = table_acts.take_out(request.actor, about.place)
    except Problem as problem:
        return _page(request, problem=problem, status=400)
    if is_done:
        said = say(
            "使うのをやめました。「前に使っていた表」から戻せます",
            "Taken out of use; it can be put back from “Tables used before”",
        )
        messages.success(request, said)
    else:
        messages.warning(request, say("使っている表はもうありません", "There is no table in use any more"))
    return redirect("population_tables", code=request.municipality.code)


@page(Right.EDIT_PLAN)
@require_POST
def put_back(request: HttpRequest, table: UUID) -> HttpResponse:
    """Use a table of the history again."""
    row = PopulationTable.objects.filter(municipality=request.municipality, pk=table).first()
    if row is None:
        raise Http404
    try:
        is_done = table_acts.put_back(request.actor, row)
    except Problem as problem:
        return _page(request, problem=problem, status=400)
    if is_done:
        messages.success(request, say("この表をもう一度使います", "This table is in use again"))
    else:
        messages.warning(request, say("この表はもう使っています", "This table is in use already"))
    return redirect("population_tables", code=request.municipality.code)


def about_or_404(place: str) -> About:
    """The place called ``place``."""
    if place not in set(Place):
        raise Http404
    return ABOUT[Place(place)]


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    municipality = request.municipality
    facts = facts_of(municipality)
    before = PopulationTable.objects.filter(municipality=municipality, replaced_at__isnull=False)
    old: dict[str, list[Kept]] = {}
    for row in before.select_related("by").order_by("-replaced_at"):
        if len(old.setdefault(row.place, [])) < _HISTORY:
            old[row.place].append(_kept(row))
    spots = [
        Spot(about, _used(place, facts.tables.get(place), municipality), old.get(place, []))
        for place, about in ABOUT.items()
    ]
    waiting = PopulationUpload.objects.filter(municipality=municipality, state__in=WAITING)
    more |= {
        "spots": spots,
        "waiting": [
            (each, ABOUT[Place(each.place)])
            for each in waiting.select_related("by").defer("data", "content")[:_RECENT]
        ],
        "kept_days": KEPT_DAYS,
        "other_nation": None if facts.known is None else other_nation(facts.known),
    }
    return render(request, "population/tables.html", context(facts, "tables", **more), status=status)


def _used(place: Place, row: PopulationTable | None, municipality: Municipality) -> Kept | None:
    if row is not None:
        return _kept(row)
    shipped = shipped_reading(place, municipality)
    return None if shipped is None else Kept(None, origin_of(shipped), years_of(shipped), shipped.remarks)


def _kept(row: PopulationTable) -> Kept:
    reading = load_reading(row.content)
    return Kept(row, origin_of(reading), years_of(reading), load_remarks(row.remarks))


def _table(municipality: Municipality, key: str) -> tuple[Kept, About, Table]:
    """The table called ``key`` with its figures; 404 where there is none."""
    if key in set(Place):
        about, shipped = ABOUT[Place(key)], shipped_reading(key, municipality)
        if shipped is None:
            raise Http404
        kept, reading = Kept(None, origin_of(shipped), years_of(shipped), shipped.remarks), shipped
    else:
        row = _row(municipality, key)
        kept, about = _kept(row), ABOUT[Place(row.place)]
        reading = replace(load_reading(row.content), remarks=kept.remarks)
    title = f"{municipality.name} {about.name.of(language())}"
    return kept, about, figure_rows(reading, title, language())


def _row(municipality: Municipality, key: str) -> PopulationTable:
    try:
        pk = UUID(key)
    except ValueError:
        raise Http404 from None
    row = PopulationTable.objects.select_related("by").filter(municipality=municipality, pk=pk).first()
    if row is None:
        raise Http404
    return row
