"""The review of a plan (点検): its findings with places, reasons and ways to mend; one rule by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.checks.finding import Family, Finding, Place, Severity
from sosei.checks.registry import rules
from sosei.checks.say import where
from sosei.web.people.roles import Right
from sosei.web.plans.opened import Opened, plan_page
from sosei.web.reading.finding_links import records
from sosei.web.reading.kept import reader_of
from sosei.web.reading.list_rows import review_of
from sosei.web.reading.pages import asked_page, page_numbers
from sosei.web.reading.review_groups import (
    SeverityGroup,
    by_division,
    by_family,
    fitting,
    grouped,
    wanted,
)
from sosei.web.reading.views import Step, frame
from sosei.web.site.language import language, say

_PAGE = 50
_FEW = 5  # places shown without unfolding


@plan_page(Right.READ_FINDINGS)
def findings(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every finding of this state of the plan, fifty a page, and the rules that the plan waives."""
    review = review_of(opened.document)
    asked = wanted(request.GET.dict(), review.findings)
    fit = fitting(review.findings, asked)
    pages = max(1, -(-len(fit) // _PAGE))
    at = min(asked_page(request.GET.get("page", "")), pages)
    codes = {each.code: each.rule for each in review.findings}
    weights = Counter(each.severity for each in review.findings)
    trail = [Step(say("点検", "Review"))]
    context = frame(opened, reader_of(opened.document), None, trail) | {
        "asked": asked,
        "total": len(review.findings),
        "found": len(fit),
        "severities": [(each, weights[each]) for each in Severity],
        "families": by_family(review.findings),
        "divisions": by_division(review.findings),
        "rules": sorted(codes.values(), key=lambda rule: rule.code),
        "groups": _shown(grouped(fit[(at - 1) * _PAGE : at * _PAGE]), opened),
        "waived": [(each, _title(opened, each.waiver.at)) for each in review.waived],
        "page": at,
        "pages": page_numbers(at, pages) if pages > 1 else (),
    }
    return render(request, "reading/findings.html", context)


@plan_page(Right.READ_FINDINGS)
def finding_rule(request: HttpRequest, opened: Opened, rule: str) -> HttpResponse:
    """What one rule looks for, why, how to mend it, a case of it, and what it found here."""
    known = rules()
    place = next((place for place, each in enumerate(known) if each.code == rule), None)
    if place is None:
        raise Http404
    review = review_of(opened.document)
    found = [each for each in review.findings if each.code == rule]
    trail = [Step(say("点検", "Review"), "findings"), Step(rule)]
    context = frame(opened, reader_of(opened.document), None, trail) | {
        "rule": known[place],
        "found": [_finding(each, opened) for each in found],
        "waived": [
            (each, _title(opened, each.waiver.at))
            for each in review.waived
            if rule.startswith(each.waiver.code)
        ],
        "before": known[place - 1] if place else None,
        "after": known[place + 1] if place + 1 < len(known) else None,
        "family": Family(rule[:3]),
    }
    return render(request, "reading/finding_rule.html", context)


def _shown(groups: Iterable[SeverityGroup], opened: Opened) -> list[dict[str, Any]]:
    return [
        {
            "severity": group.severity,
            "families": [
                {
                    "family": family.family,
                    "rules": [
                        {"rule": each.rule, "findings": [_finding(found, opened) for found in each.findings]}
                        for each in family.rules
                    ],
                }
                for family in group.families
            ],
        }
        for group in groups
    ]


def _finding(finding: Finding, opened: Opened) -> dict[str, Any]:
    lines = [_place(place, opened) for place in finding.places]
    return {
        "severity": finding.severity,
        "message": finding.message,
        "places": lines[:_FEW],
        "more": lines[_FEW:],
    }


def _place(place: Place, opened: Opened) -> dict[str, str]:
    shown = records(opened.document).get(place.key)
    return {
        "where": where(place, language()) or (shown.title if shown else ""),
        "text": place.text,
        "url": shown.address.url(opened.address) if shown else "",
    }


def _title(opened: Opened, key: str | None) -> dict[str, str] | None:
    """The record a waiver is bound to; None for one that holds everywhere."""
    if key is None:
        return None
    shown = records(opened.document)[key]
    return {"title": shown.title, "url": shown.address.url(opened.address)}
