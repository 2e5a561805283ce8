"""The scenarios of a municipality: their list, one of them, a new one, its file."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.reports.population.known import Known
from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.population import scenario_acts
from sosei.web.population.choices import choices, chosen, scenario_of
from sosei.web.population.facts import Facts
from sosei.web.population.models import SavedScenario
from sosei.web.population.pages import context, population_page
from sosei.web.population.scenario_forms import ScenarioForm, shown_values, values_of, with_rest
from sosei.web.population.scenario_rows import alone, listed
from sosei.web.population.scenario_texts import file_text, read_toml, scenario_from
from sosei.web.population.scenario_words import scenario_words
from sosei.web.population.years import usual_until
from sosei.web.site.attachments import attachment
from sosei.web.site.language import say
from sosei.web.site.stale import Stale
from sosei.web.site.standing import standing
from sosei.web.site.uploads import uploaded_bytes

_REMOVED_SHOWN = 50


@population_page()
@require_GET
def scenarios(request: HttpRequest, facts: Facts, known: Known) -> HttpResponse:
    """Those that come along and the municipality's own, each with where it leads; removed ones to restore."""
    rows = listed(choices(request.actor, known), known)
    writes = request.actor.may(Right.EDIT_PLAN)
    gone = SavedScenario.objects.filter(municipality=request.municipality).exclude(removed_at=None)
    return render(
        request,
        "population/scenarios.html",
        context(
            facts,
            "scenarios",
            presets=[row for row in rows if row.choice.row is None],
            own=[row for row in rows if row.choice.row is not None],
            removed=gone.order_by("-removed_at")[:_REMOVED_SHOWN] if writes else [],
            key=uuid4(),
            year=usual_until(known),
        ),
    )


@population_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, facts: Facts, known: Known) -> HttpResponse:
    """Keep a scenario: from the page of the trial, from another one (``?from=KEY``), from a file, or as it is typed."""
    if request.method == "GET":
        initial = {"key": uuid4(), "is_shown": "no", **_like(request, known)}
        return _new_page(request, facts, ScenarioForm(initial=initial))
    if "file" in request.FILES:
        return _from_file(request, facts)
    form = ScenarioForm(with_rest(request.POST, {"is_shown": "no"}))
    if not form.is_valid():
        return _new_page(request, facts, form, status=400)
    key = form.cleaned_data["key"]
    try:
        row = scenario_acts.create(request.actor, key, form.scenario(key), facts, is_shown=form.shown)
    except Problem as problem:
        _as_definition(form)
        return _new_page(request, facts, form, problem=problem, status=409)
    return _kept(request, row)


@population_page()
@require_http_methods(["GET", "POST"])
def scenario(request: HttpRequest, facts: Facts, known: Known, scenario: UUID) -> HttpResponse:
    """One scenario: what it says, where it leads, its form."""
    row = _row(request, scenario)
    if request.method == "GET":
        form = ScenarioForm(initial=shown_values(row, scenario_acts.state_of(row)))
        return _page(request, facts, known, row, form)
    request.actor.must(Right.EDIT_PLAN)
    now = shown_values(row, scenario_acts.state_of(row))
    form = ScenarioForm(with_rest(request.POST, now))
    if not form.is_valid():
        return _page(request, facts, known, row, form, status=400)
    try:
        wanted = form.scenario(row.pk)
        scenario_acts.change(request.actor, row, wanted, form.cleaned_data["old"], facts, is_shown=form.shown)
    except Stale as problem:
        _as_definition(form)
        differing = standing(form, now)
        return _page(request, facts, known, row, form, problem=problem, differing=differing, status=409)
    except Problem as problem:
        _as_definition(form)
        if row.removed_at is not None:  # what was typed can still be kept, as one of its own
            form.data = form.data.copy()
            form.data["key"] = uuid4()
            return _new_page(request, facts, form, problem=problem, status=409)
        return _page(request, facts, known, row, form, problem=problem, status=409)
    messages.success(request, say("保存しました", "Saved"))
    return _to(row)


@population_page(Right.EDIT_PLAN)
@require_POST
def remove(request: HttpRequest, facts: Facts, known: Known, scenario: UUID) -> HttpResponse:  # noqa: ARG001
    """Take a scenario off the list, put it back (``do=restore``), show it or not (``do=show``, ``do=hide``)."""
    row = _row(request, scenario)
    do = request.POST.get("do", "")
    try:
        if do == "restore":
            scenario_acts.restore(request.actor, row)
        elif do in ("show", "hide"):
            scenario_acts.show(request.actor, row, is_shown=do == "show")
        else:
            scenario_acts.remove(request.actor, row)
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
    else:
        messages.success(request, say(*_DONE.get(do, _REMOVED)))
    return redirect("population_scenarios", code=request.municipality.code)


_REMOVED = (
    "シナリオを削除しました。一覧の下の「削除したシナリオ」から戻せます",
    "The scenario was removed; restore it below the list",
)
_DONE = {
    "restore": ("シナリオを戻しました", "The scenario is back"),
    "show": ("委員と閲覧の人にも見えるようにしました", "Council members and readers see it now"),
    "hide": ("庁内の職員だけに見えるようにしました", "Only the municipality's own staff see it now"),
}


@population_page()
@require_GET
def file(request: HttpRequest, facts: Facts, known: Known, scenario: UUID) -> HttpResponse:  # noqa: ARG001
    """The scenario as a TOML file."""
    row = _row(request, scenario)
    name = f"{request.municipality.name}_{row.name}.toml"
    return attachment(file_text(scenario_of(row)), "application/toml; charset=utf-8", name)


def _row(request: HttpRequest, pk: UUID) -> SavedScenario:
    """The scenario that an address names; 404 where there is none, 403 where it is for staff alone."""
    row = SavedScenario.objects.filter(municipality=request.municipality, pk=pk).select_related("by").first()
    if row is None or (row.removed_at is not None and not request.actor.may(Right.EDIT_PLAN)):
        raise Http404
    if not row.is_shown:
        request.actor.must(Right.READ_DRAFT)
    return row


def _like(request: HttpRequest, known: Known) -> dict[str, Any]:
    """The form's values from the scenario that ``from`` names, under a name of its own and nothing in English yet."""
    if not (key := request.GET.get("from")):
        return {}
    found = chosen([key], choices(request.actor, known))[0].scenario
    values = values_of(found)
    values["name"] = f"{values['name']}の写し"
    return values | {"name_en": "", "note_en": ""}


def _from_file(request: HttpRequest, facts: Facts) -> HttpResponse:
    """Keep the scenario of a file; where that cannot be, its text stands in the form, to be mended."""
    shown: dict[str, Any] = {"is_shown": "no", "key": uuid4()}
    try:
        keyed = ScenarioForm(request.POST)
        keyed.is_valid()
        key = keyed.cleaned_data.get("key") or shown["key"]
        data = uploaded_bytes(request, "file")
        shown["key"] = key
        entries = read_toml(data)
        shown["definition"] = data.decode("utf-8-sig")
        scenario = scenario_from(entries, str(key))
        shown |= values_of(scenario)
        row = scenario_acts.create(request.actor, key, scenario, facts)
    except Problem as problem:
        return _new_page(request, facts, ScenarioForm(initial=shown), problem=problem, status=400)
    return _kept(request, row)


def _as_definition(form: ScenarioForm) -> None:
    """What came as JSON goes on as TOML, which a person can read and mend; unreadable JSON goes on as it is."""
    if not form.cleaned_data["data"]:
        return
    try:
        found = form.scenario(form.cleaned_data["key"])
    except Problem:
        return
    form.data = form.data.copy()
    form.data["definition"], form.data["data"] = values_of(found)["definition"], ""


def _kept(request: HttpRequest, row: SavedScenario) -> HttpResponse:
    name = row.name
    messages.success(request, say(f"シナリオ「{name}」を保存しました", f'The scenario "{name}" was kept'))
    return _to(row)


def _to(row: SavedScenario) -> HttpResponse:
    return redirect("population_scenario", code=row.municipality.code, scenario=row.pk)


def _new_page(
    request: HttpRequest, facts: Facts, form: ScenarioForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    made = context(facts, "scenarios", form=form, **more)
    return render(request, "population/scenario_new.html", made, status=status)


def _page(
    request: HttpRequest,
    facts: Facts,
    known: Known,
    row: SavedScenario,
    form: ScenarioForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    found = scenario_of(row)
    made = context(
        facts,
        "scenarios",
        row=row,
        scenario=found,
        words=scenario_words(found, known.projection.years[0]),
        form=form,
        old_figures=row.basis != facts.mark,
        **alone(known, found),
        **more,
    )
    return render(request, "population/scenario.html", made, status=status)
