"""What every page of the population begins with: the right, the figures in use, the empty page without them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.web.people.roles import Right
from sosei.web.population.facts import Facts, facts_of
from sosei.web.site.page import page


def population_page(
    right: Right = Right.READ_ADOPTED,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view of the municipality's population: ``view(request, facts, known, ...)``."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @page(right)
        @wraps(view)
        def with_facts(request: HttpRequest, **more: Any) -> HttpResponse:
            facts = facts_of(request.municipality)
            if facts.known is None:
                return render(request, "population/empty.html", context(facts, _tab(request)))
            return view(request, facts, facts.known, **more)

        return with_facts

    return decorate


def _tab(request: HttpRequest) -> str:
    """The tab of the page that was asked for, by its name: ``population_try`` is that of ``try``."""
    name = request.resolver_match.url_name if request.resolver_match is not None else None
    return (name or "").removeprefix("population").strip("_") or "overview"


def context(facts: Facts, tab: str, **more: Any) -> dict[str, Any]:
    """What the frame of a population page shows."""
    return {"section": "population", "tab": tab, "facts": facts, "known": facts.known, **more}
