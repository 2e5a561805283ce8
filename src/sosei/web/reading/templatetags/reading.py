"""Addresses and pictures of a plan's pages: ``{% load reading %}``."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from sosei.checks.finding import Words
from sosei.web.people.roles import Right
from sosei.web.reading import pictures
from sosei.web.reading.figures import Trend
from sosei.web.reading.rows import PlacementRow
from sosei.web.reading.tally import Tally
from sosei.web.site.language import language

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: dict[str, Any], name: str, key: str = "") -> str:
    """The address of a page of the plan that is shown, in the same state and year."""
    more = {"key": key} if key else {}
    address = reverse(name, kwargs={**context["opened"].address, **more})
    year = context.get("asked_year")
    return f"{address}?year={year}" if year else address


class Tab(NamedTuple):
    """A page of the plan beside the one that is shown."""

    name: Words
    address: str
    is_current: bool


# The pages of a plan in the order in which they are offered: the address's name, who may, what it is called.
_TABS = (
    ("overview", Right.READ_ADOPTED, Words("概要", "Overview")),
    ("kpi_list", Right.READ_ADOPTED, Words("KPI一覧", "KPIs")),
    ("text", Right.READ_ADOPTED, Words("本文", "Text")),
    ("findings", Right.READ_FINDINGS, Words("点検", "Review")),
    ("documents", Right.READ_ADOPTED, Words("文書", "Documents")),
    ("editions", Right.READ_ADOPTED, Words("版", "Editions")),
)


@register.simple_tag(takes_context=True)
def plan_tabs(context: dict[str, Any]) -> list[Tab]:
    """The pages of the plan that the person may see."""
    request, address = context["request"], context["opened"].address
    here = request.resolver_match.url_name
    found = []
    for name, right, words in _TABS:
        names = {key: address[key] for key in ("code", "plan")} if name == "editions" else address
        if request.actor.may(right):
            found.append(Tab(words, reverse(name, kwargs=names), name == here))
    return found


# The pictures escape every text they are given.


@register.filter
def share_bar(tally: Tally) -> SafeString:
    """The parts of a tally as one bar."""
    return mark_safe(pictures.share_bar(tally, language()))  # noqa: S308


@register.filter
def small_line(row: PlacementRow) -> SafeString:
    """The years of a row as a small line."""
    return mark_safe(pictures.small_line(row, language()))  # noqa: S308


@register.filter
def small_bar(trend: Trend, key: str) -> SafeString:
    """The latest year of a row against baseline and target."""
    return mark_safe(pictures.small_bar(trend, key, language()))  # noqa: S308


@register.simple_tag
def small_bar_key(prefix: str) -> SafeString:
    """The signs of the small bars."""
    return mark_safe(pictures.small_bar_key(prefix, language()))  # noqa: S308


@register.filter
def over_time(trend: Trend) -> SafeString:
    """A row over the years; empty where there is no number."""
    return mark_safe(pictures.over_time(trend, "chart", language()))  # noqa: S308


@register.filter
def is_wide(trend: Trend) -> bool:
    """Whether the picture over the years is wider than a phone."""
    return pictures.is_wide(trend)
