"""A review as text for a reader or JSON for programs, and rules explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sosei.checks.finding import Finding, Severity
from sosei.checks.registry import Rule
from sosei.checks.review import Review
from sosei.checks.say import where
from sosei.cli.printing import json_lists, safe
from sosei.plan.model import Plan
from sosei.values import When, YearKind, era_text

_PLACES = 12  # places of a finding in the terminal; JSON and the report hold them all
_LONGEST = 400
_TEXT = 60


@dataclass(frozen=True)
class Reviewed:
    """A plan with its review."""

    plan: Plan
    review: Review


def as_text(reviewed: Reviewed, language: str) -> bytes:
    """Findings heaviest first, each with its places, why it matters and how to mend it."""
    lines = [_summary(reviewed, language)]
    severity = None
    for finding in reviewed.review.findings:
        if finding.severity is not severity:
            severity = finding.severity
            lines += ["", f"■ {severity.label.of(language)}"]
        lines += ["", *_finding(finding, language)]
    lines += _waived(reviewed.review, language)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def as_json(reviewed: Reviewed, language: str) -> bytes:
    """``{findings: [{code, severity, family, message, why, mend, places: [{page, path, indicator, field, text}]}]}``;
    ``waived`` lists the plan's waivers where it has any.
    """
    findings = (_record(finding, language) for finding in reviewed.review.findings)
    if not reviewed.review.waived:
        return json_lists(findings=findings)
    waived = (
        {"code": each.waiver.code, "reason": each.waiver.reason, "count": each.count}
        for each in reviewed.review.waived
    )
    return json_lists(findings=findings, waived=waived)


FORMS: Mapping[str, Callable[[Reviewed, str], bytes]] = {"text": as_text, "json": as_json}


def explained(rules: Sequence[Rule], language: str, *, brief: bool) -> bytes:
    """What the rules look for; ``brief`` a line each, else why, how to mend and a case too."""
    lines: list[str] = []
    for rule in rules:
        head = f"{rule.code} {rule.severity.label.of(language)}  {rule.title.of(language)}"
        lines.append(head)
        if not brief:
            lines += [f"  {label}: {text}" for label, text in _about(rule, language)] + [""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _about(rule: Rule, language: str) -> Iterator[tuple[str, str]]:
    heads = (
        ("family", "why it matters", "how to mend it", "case")
        if language == "en"
        else ("分類", "理由", "直し方", "例")
    )
    words = (rule.family.label, rule.why, rule.mend, rule.case)
    return ((head, text.of(language)) for head, text in zip(heads, words, strict=True))


def _summary(reviewed: Reviewed, language: str) -> str:
    counts = Counter(finding.severity for finding in reviewed.review.findings)
    city = safe(reviewed.plan.municipality.name, _TEXT)
    year = reviewed.review.year
    if language == "en":
        shown = ", ".join(f"{counts[each]} {each.label.en}" for each in Severity)
        when = f", {era_text(When(year=year), short=True)}" if year is not None else ""
        return f"{city}{when}: " + (shown if counts else "no findings")
    when = f" {era_text(When(year=year, kind=YearKind.FISCAL))}" if year is not None else ""
    shown = "、".join(f"{each.label.ja}{counts[each]}件" for each in Severity)
    return f"{city}{when}の点検: " + (shown if counts else "指摘はありません")


def _finding(finding: Finding, language: str) -> Iterator[str]:
    english = language == "en"
    yield f"{finding.code} [{finding.family.label.of(language)}]"
    yield f"  {safe(finding.message.of(language), _LONGEST)}"
    for place in finding.places[:_PLACES]:
        yield f"    - {safe(where(place, language), _LONGEST)}: {safe(place.text, _TEXT)}"
    if (more := len(finding.places) - _PLACES) > 0:
        yield f"    - {more} more places" if english else f"    - ほか{more}か所"
    yield f"  {'why' if english else '理由'}: {finding.why.of(language)}"
    yield f"  {'mend' if english else '直し方'}: {finding.mend.of(language)}"


def _waived(review: Review, language: str) -> Iterator[str]:
    for number, each in enumerate(review.waived):
        if number == 0:
            yield ""
            yield "■ switched off in the plan" if language == "en" else "■ 計画で外した規則"
        reason = safe(each.waiver.reason, _LONGEST)
        yield (
            f"  {each.waiver.code}: {each.count} kept back ({reason})"
            if language == "en"
            else f"  {each.waiver.code}: {each.count}件（理由: {reason}）"
        )


def _record(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "family": finding.family.name.lower(),
        "message": finding.message.of(language),
        "why": finding.why.of(language),
        "mend": finding.mend.of(language),
        "places": [
            {
                "page": place.page,
                "path": place.path,
                "indicator": place.indicator,
                "field": place.field,
                "text": place.text,
            }
            for place in finding.places
        ],
    }
