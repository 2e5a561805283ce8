"""The pages that show a plan: overview, one element, one indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from sosei.checks.finding import Finding
from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.plans.opened import Opened, plan_page
from sosei.web.plans.store import title_of
from sosei.web.reading.element import Crumb, element_page
from sosei.web.reading.findings import findings_at
from sosei.web.reading.indicator import indicator_page
from sosei.web.reading.kept import overview_of, reader_of
from sosei.web.reading.reader import Reader
from sosei.web.reading.words import short_year
from sosei.web.site.language import language


class Step(NamedTuple):
    """A step of the way to a page: its text and, but for the page itself, where it leads."""

    text: str
    name: str = ""
    key: str = ""


@require_safe
@plan_page()
def overview(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The first page of a plan."""
    reader = reader_of(opened.document)
    asked = asked_year(request, reader)
    page = overview_of(opened.document, asked)
    return render(request, "reading/overview.html", frame(opened, reader, asked) | {"page": page})


@require_safe
@plan_page()
def element(request: HttpRequest, opened: Opened, key: str) -> HttpResponse:
    """The page of a goal, direction, policy, measure or project."""
    reader = reader_of(opened.document)
    if key not in reader.placed:
        raise Http404
    asked = asked_year(request, reader)
    page = element_page(reader, key, asked)
    trail = [*steps(page.crumbs), Step(f"{page.label} {page.name}".strip())]
    return render(request, "reading/element.html", frame(opened, reader, asked, trail) | {"page": page})


@require_safe
@plan_page()
def indicator(request: HttpRequest, opened: Opened, key: str) -> HttpResponse:
    """The page of an indicator with its history, its sums and what the review says of it."""
    reader = reader_of(opened.document)
    if key not in reader.indicators:
        raise Http404
    findings: Sequence[Finding] = ()
    if request.actor.may(Right.READ_FINDINGS) and opened.edition is not None:
        findings = findings_at(opened.edition, reader.keys_of(key))
    page = indicator_page(reader, key, findings)
    trail = [*steps(page.main.crumbs if page.main else ()), Step(page.name)]
    return render(request, "reading/indicator.html", frame(opened, reader, None, trail) | {"page": page})


def frame(
    opened: Opened, reader: Reader, year: int | None = None, trail: Sequence[Step] = ()
) -> dict[str, Any]:
    """What the frame of every page of a plan shows; ``year`` where the address names one."""
    newest = opened.plan.editions.values_list("no", flat=True).first()
    return {
        "section": "plans",
        # What stands in the plan is Japanese, whatever the language of the page.
        "ja": mark_safe(' lang="ja"') if language() == "en" else "",
        "opened": opened,
        "plan_title": title_of(opened.document),
        "trail": trail,
        "years": reader.years,
        "asked_year": year,
        "shown_year": reader.latest if year is None else year,
        "is_old": opened.edition is not None and opened.edition.no != newest,
        "statements": [source.statement for source in opened.document.sources if source.statement],
    }


def steps(crumbs: Sequence[Crumb]) -> list[Step]:
    """Elements as steps of a way."""
    return [Step(f"{each.label} {each.name}".strip(), "element", each.key) for each in crumbs]


def asked_year(request: HttpRequest, reader: Reader) -> int | None:
    """The year that the address asks for; None for the latest.

    Raises Problem where the plan has no values for it.
    """
    asked = request.GET.get("year", "")
    if not asked:
        return None
    if asked.isdecimal() and len(asked) == 4 and int(asked) in reader.years:
        return int(asked)
    known = [short_year(year) for year in reader.years]
    raise Problem(
        f"「{asked}」の実績はありません（実績のある年度: {'、'.join(year.ja for year in known) or 'なし'}）",
        f'there are no values for "{asked}" (years with values: {", ".join(y.en for y in known) or "none"})',
    )
