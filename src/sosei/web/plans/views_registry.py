"""The municipality's registry of indicators (指標台帳): what each is now, where it stands, how it changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.plan.indicator import Indicator, Role
from sosei.plan.labels import value_label
from sosei.plan.walk import by_key
from sosei.plan.wording import Wording
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.plans.models import Edition, Element, PlacementRow, RegisteredIndicator
from sosei.web.plans.registry import definition_text, differing
from sosei.web.plans.store import edition_document
from sosei.web.site.language import language
from sosei.web.site.page import page

_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a definition: its name, what it says, and in a history what it said before."""

    name: str
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An edition in which an indicator was first defined or defined anew."""

    edition: Edition
    fields: tuple[Field, ...]
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A plan in which the indicator stands or stood, with its places in the plan's last edition, each
    with what it is there (KPI, 数値目標).
    """

    element: Element
    is_current: bool
    places: tuple[tuple[str, PlacementRow], ...]


@page(Right.READ_ADOPTED)
@require_GET
def registry(request: HttpRequest) -> HttpResponse:
    """Every indicator of the municipality, by name, with where it is used."""
    asked = request.GET.get("q", "").strip()[:100]
    found = _registered(request.municipality)
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(definition__icontains=asked))
    shown = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    keys = [row.key for row in shown]
    places: defaultdict[str, list[str]] = defaultdict(list)
    for row in _current_placements(request.municipality).filter(indicator__in=keys).order_by("order"):
        places[row.indicator].append(row.place)
    rows = [
        (row, json.loads(row.definition), len(places[row.key]), next(iter(places[row.key]), ""))
        for row in shown
    ]
    context = {"section": "registry", "page": shown, "rows": rows, "asked": asked}
    return render(request, "plans/registry.html", context)


@page(Right.READ_ADOPTED)
@require_GET
def registry_indicator(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator: its present definition, where it stands, its definitions over the editions."""
    city = request.municipality
    row = _registered(city).filter(key=key).first()
    if row is None:
        raise Http404
    document = edition_document(row.edition)
    words = Wording(document, language())
    node = by_key(document)[key]
    continued = node.continues and _registered(city).filter(key=node.continues).first()
    context = {
        "section": "registry",
        "row": row,
        "fields": [Field(name=name, text=words.field(node, name)) for name in _stated(node)],
        "uses": list(_uses(city, key)),
        "history": list(_history(city, key)),
        "continued": continued,
        "continuing": _registered(city).filter(definition__contains=f'"continues": "{key}"'),
    }
    return render(request, "plans/registry_indicator.html", context)


def _registered(city: Municipality) -> QuerySet:
    rows = RegisteredIndicator.objects.filter(municipality=city)
    return rows.select_related("edition__plan").defer("edition__data")


def _current_placements(city: Municipality) -> QuerySet:
    """The rows of each plan's last edition."""
    last = (
        Edition.objects.filter(plan=OuterRef("edition__plan"))
        .order_by()
        .values("plan")
        .annotate(last=Max("no"))
        .values("last")
    )
    return PlacementRow.objects.filter(municipality=city, edition__no=Subquery(last))


def _uses(city: Municipality, key: str) -> Iterator[Use]:
    places = list(
        _current_placements(city).filter(indicator=key).select_related("edition").defer("edition__data")
    )
    stands = (
        Element.objects.filter(municipality=city, key=key, kind="indicator")
        .select_related("plan", "first", "last")
        .defer("first__data", "last__data")
        .order_by("plan__created_at")
    )
    for element in stands:
        newest = element.plan.editions.values_list("no", flat=True).first()
        yield Use(
            element=element,
            is_current=element.last.no == newest,
            places=tuple(
                (value_label(Role(row.role), language()), row)
                for row in places
                if row.edition.plan_id == element.plan_id
            ),
        )


def _history(city: Municipality, key: str) -> Iterator[Step]:
    """The editions, in order of adoption, in which the definition is not that of the one before."""
    before: tuple[Indicator, Wording] | None = None
    plans = Element.objects.filter(municipality=city, key=key, kind="indicator").values("plan")
    editions = Edition.objects.filter(municipality=city, plan__in=plans)
    for edition in editions.select_related("plan").defer("data").order_by("adopted_at"):
        document = edition_document(edition)
        node = by_key(document).get(key)
        if node is None:
            continue
        words = Wording(document, language())
        old = definition_text(before[0]) if before else "{}"
        changed = [name for name in differing(old, definition_text(node)) if name in _SHOWN]
        if changed:
            fields = tuple(
                Field(
                    name=name,
                    text=words.field(node, name),
                    before=before[1].field(before[0], name) if before else "",
                )
                for name in changed
            )
            yield Step(edition=edition, fields=fields, is_first=before is None)
        before = (node, words)


_SHOWN = frozenset(Indicator.model_fields) - {
    "key",
    "page",
    "as_read",
    "not_printed",
    "interpreted",
    "doubts",
    "remark",
    "observations",
}


def _stated(node: Indicator) -> list[str]:
    """The fields of a definition that say something."""
    fields = Indicator.model_fields
    return [name for name in fields if name in _SHOWN and getattr(node, name) != fields[name].default]
