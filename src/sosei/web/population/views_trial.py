"""試算: sliders for a scenario and a target, answered at once; the address is the whole state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.population.scenario import Scenario
from sosei.population.scenario_files import preset_scenario
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import PATTERN1, outlook
from sosei.reports.population.prose import beside_newer
from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.population.choices import Choice, choices
from sosei.web.population.facts import Facts
from sosei.web.population.pages import context, population_page
from sosei.web.population.scenario_acts import state_of
from sosei.web.population.trial import GROUPS, Ground, Setting
from sosei.web.population.trial_answer import answered
from sosei.web.population.trial_fields import Slider, picks, sliders
from sosei.web.population.trial_reading import GAINS_GROW, LABELS, LOSSES_CUT, Asked, Pairs, pairs_of, read
from sosei.web.population.years import UNTIL
from sosei.web.site.language import language


@dataclass(frozen=True, slots=True)
class Begun:
    """The scenario that the trial began from, as it stood then.

    ``setting`` is None where the sliders cannot express it.  ``was`` stands for the kept row of that moment
    (empty for a scenario that comes along); ``renotes``: its description is the one made of the sliders.
    """

    choice: Choice
    setting: Setting | None
    was: str = ""
    renotes: bool = False

    @property
    def pairs(self) -> Pairs:
        """What addresses carry of it."""
        return [("from", self.choice.key), *([("was", self.was)] if self.was else [])]


@population_page()
@require_GET
def trial(request: HttpRequest, facts: Facts, known: Known) -> HttpResponse:
    """The page; the answer alone where its script asks; one step on where a button without script asks."""
    ground = Ground.of(known, UNTIL)
    among = choices(request.actor, known)
    begun = _begun(request, among, ground)
    asked = read(dict(request.GET.lists()), ground, begun.setting if begun else None)
    if "step" in request.GET and not request.htmx:
        return _stepped(request, _sliders(known, ground, asked))
    shown = {"asked": asked, "begun": begun, **_answer(request, known, ground, asked, begun)}
    if request.htmx:
        return _part(request, {**shown, "stale": request.GET.get("seen", facts.mark) != facts.mark})
    fields = _sliders(known, ground, asked)
    form = {
        "ground": ground,
        "fields": fields,
        "groups": [(each, fields[f"{each.key}_out"], fields[f"{each.key}_in"]) for each in GROUPS],
        "losses": LOSSES_CUT,
        "gains": GAINS_GROW,
        "picks": picks(ground, asked),
        "among": among,
        "years": [(year, year in asked.years) for year in ground.ends],
        "key": uuid4(),
        "missing": bool(request.GET.get("from")) and begun is None,
    }
    status = 400 if shown["problems"] else 200
    return render(
        request,
        "population/try.html",
        context(facts, "try", newer=beside_newer(known), **form, **shown),
        status=status,
    )


def data_of(scenario: Scenario) -> str:
    """A scenario as canonical JSON, which the forms of kept scenarios take."""
    data = scenario.model_dump(mode="json", exclude_none=True)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _begun(request: HttpRequest, among: list[Choice], ground: Ground) -> Begun | None:
    choice = next((each for each in among if each.key == request.GET.get("from", "")), None)
    if choice is None:
        return None
    setting = Setting.of_scenario(choice.scenario, ground)
    if choice.row is None or not request.actor.may(Right.EDIT_PLAN):
        return Begun(choice, setting)
    renotes = setting is not None and setting.scenario(ground).note == choice.scenario.note
    return Begun(choice, setting, request.GET.get("was") or state_of(choice.row), renotes)


def _sliders(known: Known, ground: Ground, asked: Asked) -> Mapping[str, Slider]:
    published = outlook(known, ground.published_to, [preset_scenario(PATTERN1)])
    return sliders(published, ground, asked)


def _stepped(request: HttpRequest, fields: Mapping[str, Slider]) -> HttpResponse:
    """On to the address with one field a step further, everything else as typed."""
    name, _, direction = request.GET["step"].partition(":")
    query = request.GET.copy()
    query.pop("step")
    slider = fields.get(name)
    if slider is not None:
        query[name] = slider.stepped(direction)
    at = f"#field-{slider.name}" if slider else ""
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}{at}")


def _answer(
    request: HttpRequest, known: Known, ground: Ground, asked: Asked, begun: Begun | None
) -> dict[str, Any]:
    """What is reckoned, or what is wrong."""
    more = begun.pairs if begun else []
    may_save = request.actor.may(Right.EDIT_PLAN)
    wrong = {"problems": list(asked.problems.items()), "may_save": may_save}
    if asked.problems:
        return wrong
    try:
        answer = answered(known, asked, ground, more, language())
    except Problem as problem:
        return wrong | {"problems": [("", problem)]}
    scenario = asked.setting.scenario(ground)
    return wrong | {
        "answer": answer,
        "last": answer.points[-1],
        "query": urlencode([*pairs_of(asked, ground), *more]),
        "data": data_of(scenario),
        "note": scenario.note,
    }


def _part(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    """The answer and what stands beside the fields; where something is wrong the last answer stays, marked so."""
    wrong = [(name, shown["asked"].problems.get(name)) for name in LABELS]
    response = render(request, "population/_try_part.html", {**shown, "wrong": wrong, "part": True})
    query = shown.get("query") or _typed(request)
    response.headers["HX-Replace-Url"] = f"{request.path}?{query}"
    if shown["problems"]:
        response.headers["HX-Reswap"] = "none"
    return response


def _typed(request: HttpRequest) -> str:
    """What was asked for, without what the page's script adds of itself."""
    query = request.GET.copy()
    query.pop("seen", None)
    return query.urlencode()
