"""Words and values in templates; loaded into every template.

``{% t "日本語" "English" %}`` is a text in the page's language; names given to it are put in, escaped:
``{% t "{n}件" "{n} items" n=count %}``.  ``{% t ... as name %}`` keeps it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sosei.plan.labels import field_label
from sosei.values import When, YearKind, era_text
from sosei.web.people.roles import ROLE_NAMES
from sosei.web.site.language import language, say
from sosei.web.site.markdown import render

register = template.Library()


@register.simple_tag
def t(ja: str, en: str, **names: Any) -> str:
    """A text in the page's language."""
    words = say(ja, en)
    return format_html(words, **names) if names else words


@register.filter
def says(problem: Any) -> str:
    """The sentence of a Problem, or of anything with ``ja`` and ``en``, in the page's language."""
    return say(problem.ja, problem.en)


@register.filter
def both(words: tuple[str, str]) -> str:
    """The text in the page's language of a pair, Japanese first."""
    return say(*words)


@register.filter
def role_name(role: str) -> str:
    """What a role is called."""
    return say(*ROLE_NAMES[role])


@register.filter
def field_name(field: str) -> str:
    """What a field of a plan's record is called."""
    return field_label(field, language())


@register.filter
def fiscal(year: int | None) -> str:
    """令和6年度 / FY2024 for the fiscal year that begins in ``year``."""
    if year is None:
        return ""
    return say(era_text(When(year=year, kind=YearKind.FISCAL)), f"FY{year}")


@register.filter
def day(value: date | datetime | None) -> str:
    """令和7年9月1日 / 2025-09-01."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if language() == "en":
        return value.isoformat()
    return f"{era_text(When(year=value.year, kind=YearKind.CALENDAR))}{value.month}月{value.day}日"


@register.filter
def moment(value: datetime | None) -> str:
    """2025-09-01 14:05 in the municipality's time."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.filter
def markdown(text: object, top: int) -> SafeString:
    """Running text in Markdown under a heading of level ``top``."""
    return render(str(text), top=top)


@register.filter
def svg(drawing: str) -> SafeString:
    """A chart drawn by ``sosei.reports.charts``, which escapes every text it is given."""
    return mark_safe(drawing)  # noqa: S308


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The present query string with ``changes`` (None takes a name away), beginning with ``?``; what a form
    sent empty is left out.
    """
    asked = context["request"].GET.copy()
    for name in [name for name, value in asked.items() if not value]:
        asked.pop(name)
    for name, value in changes.items():
        asked.pop(name, None)
        if value not in (None, ""):
            asked[name] = value
    return f"?{asked.urlencode()}" if asked else "?"
