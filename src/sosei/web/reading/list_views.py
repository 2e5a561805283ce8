"""The whole list of a plan's KPIs: as a page with filters, sorting and pages, and as a CSV file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.checks.finding import Words
from sosei.plan.indicator import Role
from sosei.web.people.roles import Right
from sosei.web.plans.opened import Opened, plan_page
from sosei.web.reading.kept import reader_of
from sosei.web.reading.list_csv import list_csv
from sosei.web.reading.list_rows import list_rows, scale_of, with_findings
from sosei.web.reading.lists import SIZES, Asked, Facets, ListRow, asked, facets, listed, matching, ordered
from sosei.web.reading.pages import page_numbers
from sosei.web.reading.spark import Spark
from sosei.web.reading.views import Step, frame
from sosei.web.reading.words import ACTUAL, BASELINE, ROLES, TARGET, short_year
from sosei.web.site.language import language, say

FILTERS = {
    "goal": Words("基本目標", "Goal"),
    "measure": Words("施策", "Measure"),
    "role": Words("区分", "Role"),
    "division": Words("担当課", "Division"),
    "state": Words("達成・評価", "Achievement"),
    "direction": Words("望ましい向き", "Direction"),
}
OTHER_FILTERS = {
    "findings": Words("点検の指摘", "Findings"),
    "text": Words("ことば", "Words"),
    "sort": Words("並び順", "Order"),
}


@plan_page()
def kpi_list(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The list as the query string asks for it."""
    found = _Found(request, opened)
    answer = listed(found.rows, found.asked, found.scale)
    trail = [Step(say("KPI一覧", "List of KPIs"))]
    context = frame(opened, reader_of(opened.document), None, trail) | {
        "answer": answer,
        "lines": [found.line(each) for each in answer.rows],
        "columns": found.columns(),
        "has_divisions": found.has_divisions,
        "filters": found.fields(),
        "asked": found.asked,
        "unknown": [(FILTERS | OTHER_FILTERS)[name] for name in found.unknown],
        "loosened": [
            (
                each,
                (FILTERS | OTHER_FILTERS)[each.filter],
                found.facets.name(each.filter, each.value),
                _without(request, each.filter),
            )
            for each in answer.loosened
            if each.count
        ],
        "sizes": [*((str(size), str(size)) for size in SIZES), ("all", "")],
        "size": "all" if found.asked.size is None else str(found.asked.size),
        "pages": page_numbers(answer.page, answer.pages),
    }
    return render(request, "reading/kpi_list.html", context)


@plan_page()
def kpi_list_csv(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The filtered list in the same order, all its pages in one file."""
    found = _Found(request, opened)
    rows = ordered(matching(found.rows, found.asked), found.asked, found.scale)
    name = f"kpi-{opened.address['code']}-{opened.address['plan']}-{opened.version}.csv"
    return HttpResponse(
        list_csv(rows, found.facets.years, language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _Found:
    """The rows of a plan with what is asked of them."""

    def __init__(self, request: HttpRequest, opened: Opened) -> None:
        self.rows = list_rows(opened)
        self.may_review = request.actor.may(Right.READ_FINDINGS)
        has_grades = any(each.row.grade for each in self.rows)
        self.scale = scale_of(opened.document, opened.year) if has_grades else ()
        self.facets: Facets = facets(self.rows, self.scale)
        query = request.GET.dict()
        if not self.may_review:
            query.pop("findings", None)
        self.asked: Asked
        self.asked, self.unknown = asked(query, self.facets)
        if self.asked.findings:
            self.rows = with_findings(self.rows, opened.document)

    @property
    def has_divisions(self) -> bool:
        """Whether any row names a division."""
        return bool(self.facets.choices["division"])

    def fields(self) -> list[dict[str, Any]]:
        """The filters that have something to choose from, with what is chosen."""
        return [
            {"name": name, "label": label, "choices": choices, "chosen": getattr(self.asked, name)}
            for name, label in FILTERS.items()
            if len(choices := self.facets.choices[name]) > 1 or getattr(self.asked, name)
        ]

    def columns(self) -> list[dict[str, Any]]:
        """The heads of the table with the order that pressing one asks for."""
        heads = {
            "place": Words("場所", "Place"),
            "role": Words("区分", "Role"),
            "name": Words("指標", "Indicator"),
            "baseline": BASELINE,
            "target": TARGET,
            **{
                f"y{year}": Words(f"{short_year(year).ja} {ACTUAL.ja}", f"{short_year(year).en} {ACTUAL.en}")
                for year in self.facets.years
            },
            "rate": Words("達成率", "Rate"),
            "class": Words("評価", "Standing"),
            "trend": Words("推移", "Trend"),
            **({"division": Words("担当課", "Division")} if self.has_divisions else {}),
        }
        return [self._head(name, label) for name, label in heads.items()]

    def _head(self, name: str, label: Words) -> dict[str, Any]:
        is_sorted = self.asked.sort == name
        descending = is_sorted and self.asked.descending
        return {
            "name": name,
            "label": label,
            "number": name in ("baseline", "target", "rate") or name.startswith("y"),
            "sorted": ("descending" if descending else "ascending") if is_sorted else "",
            "next": "1" if is_sorted and not descending else None,
        }

    def line(self, each: ListRow) -> dict[str, Any]:
        """A row with the cells of its years."""
        row = each.row
        return {
            "row": row,
            "role": ROLES[Role(row.role)],
            "is_drawn": _points(row.spark) > 1,
            "cells": [
                (short_year(year), each.years[year].text if year in each.years else "")
                for year in self.facets.years
            ],
        }


def _without(request: HttpRequest, name: str) -> str:
    """The present query string with one filter taken away."""
    query = request.GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _points(spark: Spark) -> int:
    """How many numbers a row's small line would show, its target among them."""
    return sum(value.number is not None for value in spark.values) + (spark.target is not None)
