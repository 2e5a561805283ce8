"""The grid of years: saving its cells, its findings, and the page of all placements of an element."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.checks.finding import Finding
from sosei.plan.base import Key
from sosei.plan.indicator import Placement
from sosei.plan.model import Element
from sosei.plan.walk import nodes
from sosei.values import Problem, YearLabel
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language, say
from sosei.web.writing.forms import Sent
from sosei.web.writing.grid import Grids, Line, asked_years, years_told
from sosei.web.writing.grid_book import Slot, Sort
from sosei.web.writing.grid_cells import COLUMNS, REASONS
from sosei.web.writing.grid_results import findings_of
from sosei.web.writing.grid_saving import save_cells
from sosei.web.writing.opened import frame, the_record, writing_page
from sosei.web.writing.outcome import Outcome, State
from sosei.web.writing.sent import told, typed_of, undo_buttons, was_of
from sosei.web.writing.tree_outline import Outline

PAGE = 20
"""Placements on a page of the wide grid."""

_MOST_KEYS = 50


@writing_page
@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """One kind of value (``?of=``) of an element's placements over the years; ``?below=1`` those below it too."""
    the_record(draft, key, Element)
    return cells_answered(request, draft, lambda sent, status: _page(request, draft, key, sent, status))


def _page(request: HttpRequest, draft: Draft, key: str, sent: Sent | None, status: int) -> HttpResponse:
    document = draft_document(draft)
    outline = Outline(document)
    placed = outline.placed[key]
    asked = request.GET.get("of", "")
    sort = Sort(asked) if asked in tuple(Sort) else Sort.ACTUAL
    own = list(placed.element.placements)
    below = [
        placement
        for node in nodes(placed.element)
        if isinstance(node, Element)
        for placement in node.placements
    ]
    is_below = request.GET.get("below") == "1" or not own
    page = Paginator(below if is_below else own, PAGE).get_page(request.GET.get("page"))
    added, problem = years_asked(request)
    grids = Grids(document, sent)
    shown: list[Placement] = list(page.object_list)
    lines = grids.lines([each.key for each in shown], added)
    context = frame(
        draft,
        node=placed.element,
        title=outline.title(placed.element),
        path=[(each.key, outline.title(each)) for each in placed.path],
        sort=sort,
        column=COLUMNS[sort],
        sorts=list(COLUMNS.items()),
        lines=[grids.title(line) for line in lines],
        rows=grids.wide(shown, sort, lines),
        page=page,
        is_below=is_below,
        has_below=len(below) > len(own) > 0,
        **grid_context(request, problem),
    )
    return render(request, "writing/grid.html", context, status=status)


def years_asked(request: HttpRequest) -> tuple[list[YearLabel], Problem | None]:
    """The years to add that the address names (``?year=``), or what is wrong with one."""
    texts = [each for each in request.GET.getlist("year") if each.strip()]
    try:
        return asked_years(texts), None
    except Problem as problem:
        readable = []
        for text in texts:
            try:
                readable += asked_years([text])
            except Problem:
                continue
        return readable, problem


def grid_context(request: HttpRequest, problem: Problem | None) -> dict[str, Any]:
    """What every page with a grid needs: the words for no value, the years asked for."""
    others = {name: value for name, value in request.GET.items() if name not in ("year", "page")}
    return {
        "reasons": REASONS,
        "years": [each for each in request.GET.getlist("year") if each.strip()] if problem is None else [],
        "others": others,
        "year_problem": problem,
        "year_typed": request.GET.getlist("year")[-1] if problem is not None else "",
    }


def cells_answered(
    request: HttpRequest, draft: Draft, page: Callable[[Sent | None, int], HttpResponse]
) -> HttpResponse:
    """The page, or where cells were sent what became of them: JSON for the script, else the page anew."""
    if request.method == "GET":
        return page(None, 200)
    typed, was = typed_of(request.POST), was_of(request.POST)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        outcomes = save_cells(request.actor, draft, typed, was)
    except Problem as problem:
        if not wants_json:
            raise
        return JsonResponse({"gone": say(problem.ja, problem.en)}, status=410)
    draft.refresh_from_db()
    if wants_json:
        return JsonResponse(
            {
                "fields": {name: told(each) for name, each in outcomes.items()},
                "computed": _computed(draft, was),
                "length": draft.length,
                "undo": undo_buttons(request, draft),
            }
        )
    states = [each.state for each in outcomes.values()]
    if State.PROBLEM in states or State.CONFLICT in states:
        _say_saved(request, states.count(State.SAVED))
        sent = Sent(typed=typed, outcomes=_wrong(outcomes))
        return page(sent, 409 if State.CONFLICT in states else 400)
    _say_saved(request, states.count(State.SAVED), is_all=True)
    return redirect(request.get_full_path())


def _wrong(outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    return {name: each for name, each in outcomes.items() if each.state in (State.PROBLEM, State.CONFLICT)}


def _say_saved(request: HttpRequest, count: int, *, is_all: bool = False) -> None:
    if count:
        messages.success(
            request,
            say(f"下書きに書き込みました（{count}個の値）", f"Written into the draft ({count} values)"),
        )
    elif is_all:
        messages.info(request, say("変わったところはありません", "Nothing was changed"))


def _computed(draft: Draft, names: Iterable[str]) -> list[dict[str, Any]]:
    """What follows from the cells ``names`` (see ``following``)."""
    owners = set()
    for name in names:
        try:
            owners.add(Slot.named(name).owner)
        except Problem:
            continue
    return following(draft, owners)


def following(draft: Draft, owners: Iterable[Key]) -> list[dict[str, Any]]:
    """What a grid says beside its cells, for the script, once placements or indicators ``owners`` were saved: the
    rates that follow and what else stands at a year, of them and of all others that show the same indicators.
    """
    grids = Grids(draft_document(draft))
    found = []
    for owner in grids.results.beside(owners):
        years = years_told(grids, owner)
        computed = grids.results.of(owner, years)
        for year in years:
            each = computed.get(year)
            found.append(
                {
                    "at": f"{owner}/{year}",
                    "owner": owner,
                    "rate": each.rate.of(language()) if each else "",
                    "grade": each.class_.of(language()) if each else "",
                    "other": {
                        "rate": bool(each and each.is_other_rate),
                        "grade": bool(each and each.is_other_grade),
                    },
                    "remarks": [words.of(language()) for words in grids.remarks(owner, Line(year))],
                }
            )
    return found


@writing_page
@require_GET
def findings(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What the review says of the years of ``?key=`` (several), for the script; ``?by=row`` of all together."""
    keys: list[Key] = list(dict.fromkeys(request.GET.getlist("key")))[:_MOST_KEYS]
    found: dict[tuple[Key, str], list[Finding]] = {}
    for (key, year), items in findings_of(draft_document(draft), keys).items():
        said = found.setdefault((key, "row" if request.GET.get("by") == "row" else f"row:{year}"), [])
        said += [each for each in items if each not in said]
    return JsonResponse(
        {
            "findings": [
                {
                    "key": key,
                    "field": field,
                    "items": [
                        {
                            "code": each.code,
                            "severity": each.severity.value,
                            "label": each.severity.label.of(language()),
                            "message": each.message.of(language()),
                            "mend": each.mend.of(language()),
                        }
                        for each in items
                    ],
                }
                for (key, field), items in found.items()
            ]
        }
    )
