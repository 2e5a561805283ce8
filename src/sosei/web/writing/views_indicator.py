"""The pages of a placement with its indicator, of an indicator alone, and of all indicators of a draft."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.plan.base import Key
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Plan as Document
from sosei.plan.walk import by_key
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.writing.fields import field_names
from sosei.web.writing.forms import Sent, record_form
from sosei.web.writing.grid import GridRow, Grids, undated_targets
from sosei.web.writing.grid_results import findings_of
from sosei.web.writing.indicators import earlier_ones
from sosei.web.writing.indicators_found import elsewhere
from sosei.web.writing.indicators_list import Missing, lines, missing_counts, standing
from sosei.web.writing.opened import frame, the_record, writing_page
from sosei.web.writing.tree_outline import Outline
from sosei.web.writing.views_grid import cells_answered, grid_context, years_asked

PLACEMENT_FIELDS = ("role", "name", "name_suffix", "table", "baseline", "target")
INDICATOR_FIELDS = ("name", "unit", "direction", "counting", "source", "divisions")
_PAGE = 50


@writing_page
@require_http_methods(["GET", "POST"])
def placement(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """The placement ``key`` with its indicator and its years, whose cells are saved here."""
    the_record(draft, key, Placement)
    return cells_answered(
        request, draft, lambda sent, status: placement_page(request, draft, key, cells=sent, status=status)
    )


def placement_page(
    request: HttpRequest,
    draft: Draft,
    key: str,
    *,
    sent: Sent | None = None,
    cells: Sent | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the placement ``key``, with what was ``sent`` kept; 404 where there is none."""
    node = the_record(draft, key, Placement)
    document = draft_document(draft)
    grids = Grids(document, cells)
    placed = grids.results.placed[key]
    outline = Outline(document)
    added, problem = years_asked(request)
    context = frame(
        draft,
        node=node,
        path=[(each.key, outline.title(each)) for each in placed.path],
        element=placed.element,
        fields=record_form(document, node, PLACEMENT_FIELDS, sent=sent),
        rows=grids.rows(key, added, findings_of(document, [key])),
        undated=undated_targets(node),
        **_indicator_context(draft, by_key(document)[node.indicator], grids, key),
        **grid_context(request, problem),
    )
    return render(request, "writing/placement.html", context, status=status)


@writing_page
@require_http_methods(["GET", "POST"])
def indicator(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """The indicator ``key`` and its values, whose cells are saved here."""
    the_record(draft, key, Indicator)
    return cells_answered(
        request, draft, lambda sent, status: indicator_page(request, draft, key, cells=sent, status=status)
    )


def indicator_page(
    request: HttpRequest,
    draft: Draft,
    key: str,
    *,
    sent: Sent | None = None,
    cells: Sent | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the indicator ``key``, with what was ``sent`` kept; 404 where there is none."""
    node = the_record(draft, key, Indicator)
    document = draft_document(draft)
    grids = Grids(document, cells)
    added, problem = years_asked(request)
    context = frame(
        draft,
        node=node,
        rows=grids.rows(key, added, findings_of(document, [key])),
        **_indicator_context(draft, node, grids, "", sent),
        **grid_context(request, problem),
    )
    return render(request, "writing/indicator.html", context, status=status)


class _IndicatorFields:
    """An indicator's fields in two forms: those that everybody fills, and the rest."""

    def __init__(self, document: Document, node: Indicator, sent: Sent | None) -> None:
        more = [name for name in field_names(Indicator) if name not in INDICATOR_FIELDS]
        self.main = record_form(document, node, INDICATOR_FIELDS, sent=sent)
        self.more = record_form(document, node, more, sent=sent)
        self.is_wrong = any(each.is_wrong for each in self.more)


def _indicator_context(
    draft: Draft, node: Indicator, grids: Grids, shown_at: Key, sent: Sent | None = None
) -> dict[str, Any]:
    """What both pages say of the indicator: its fields, where else it stands, what it continues."""
    document = grids.document
    outline = Outline(document)
    places = [
        (each.placement, outline.title(each.placed.element), each.placed.place)
        for each in standing(document).get(node.key, ())
        if each.placement.key != shown_at
    ]
    return {
        "indicator": node,
        "indicator_fields": _IndicatorFields(document, node, sent),
        "places": places,
        "elsewhere": elsewhere(draft.plan, node.key),
        "earlier": [_earlier(grids, each) for each in earlier_ones(document, node.key)],
        "later": [each for each in document.indicators if each.continues == node.key],
    }


def _earlier(grids: Grids, node: Indicator) -> tuple[Indicator, list[GridRow]]:
    """An indicator of the same series with the years for which it has values."""
    rows = grids.rows(node.key)
    return node, [row for row in rows if any(cell.form.shown.inputs[0].value for cell in row.cells)]


@writing_page
@require_GET
def indicators(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Every indicator of the draft, by what it misses (``?missing=``) or by words (``?q=``)."""
    document = draft_document(draft)
    asked = request.GET.get("q", "").strip()[:100]
    missing = request.GET.get("missing", "")
    chosen = Missing(missing) if missing in tuple(Missing) else None
    found = lines(document, asked, chosen)
    context = frame(
        draft,
        page=Paginator(found, _PAGE).get_page(request.GET.get("page")),
        asked=asked,
        missing=chosen,
        counts=missing_counts(document),
        total=len(document.indicators),
    )
    return render(request, "writing/indicators.html", context)
