"""Words of this part's templates: a division under its name of today, numbers of a list's pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django import template
from django.core.paginator import Page

from sosei.web.people.acting import today
from sosei.web.people.models import Division

register = template.Library()


@register.simple_tag
def division_name(division: Division) -> str:
    """The division's name today; of one to come the name it begins with."""
    day = today()
    return division.name_on(max(day, division.started_on or day))


@register.simple_tag
def page_numbers(rows: Page) -> Iterable[int | str]:
    """The numbers of a list's pages, gaps as an ellipsis."""
    return rows.paginator.get_elided_page_range(rows.number, on_each_side=1, on_ends=1)


@register.filter
def eve(day: date) -> date:
    """The day before: the last one of what ends on ``day``."""
    return day - timedelta(days=1)


@register.filter
def minus(count: int, shown: int) -> int:
    """How many are left beside those shown."""
    return count - shown
