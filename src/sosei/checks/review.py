"""The review of a whole plan: every rule over the dossier, related findings folded, waivers kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sosei.checks.dossier import Dossier
from sosei.checks.finding import Family, Finding, Place, Severity, Words
from sosei.checks.registry import Rule, chosen
from sosei.plan import walk
from sosei.plan.model import Plan
from sosei.plan.record import Waiver
from sosei.values import Problem, When, era_text, inner_brackets


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver of the plan and how many findings it kept back."""

    waiver: Waiver
    count: int


@dataclass(frozen=True)
class Review:
    """What the review of a plan came to; ``year`` is None where the plan has no values yet."""

    year: int | None
    findings: Sequence[Finding]
    waived: Sequence[Waived]

    @cached_property
    def has_errors(self) -> bool:
        """Whether an error-level finding stands."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def review_year(plan: Plan, wanted: When | None) -> int | None:
    """The fiscal year to review: the one wanted, else the latest with values, None where there is none.

    Raises Problem where the plan has values, but none for the year wanted.
    """
    years = walk.observed_years(plan)
    if wanted is None:
        return years[-1] if years else None
    if years and wanted.year not in years:
        have = "、".join(era_text(When(year=year), short=True) for year in years)
        year = era_text(When(year=wanted.year), short=True)
        raise Problem(
            f"{year} の実績がありません（実績のある年度: {have}）",
            f"there are no values for {year} (years with values: {have})",
        )
    return wanted.year


def review(plan: Plan, year: int | None, rules: Iterable[Rule] | None = None) -> Review:
    """Review ``plan`` for the fiscal year that starts in ``year`` by ``rules`` (all of them, where None).

    Findings come heaviest first, then family by family.  Raises Problem where the plan waives a
    rule that does not exist, or its scheme cannot be read.
    """
    for waiver in plan.waivers:
        _known(waiver)
    dossier = Dossier(plan, year)
    kept: list[Finding] = []
    held_back = dict.fromkeys((waiver.key for waiver in plan.waivers), 0)
    for rule in chosen() if rules is None else rules:
        for found in rule.check(dossier):
            message = Words(inner_brackets(found.message.ja), found.message.en)
            finding = Finding(rule, message, found.places, found.severity or rule.severity)
            covering = next((waiver for waiver in plan.waivers if _covers(waiver, finding)), None)
            if covering is None:
                kept.append(finding)
            else:
                held_back[covering.key] += 1
    families = list(Family)
    kept.sort(key=lambda f: (f.severity.weight, families.index(f.family), f.code))
    return Review(year, kept, [Waived(waiver, held_back[waiver.key]) for waiver in plan.waivers])


def _known(waiver: Waiver) -> None:
    try:
        chosen([waiver.code])
    except Problem:
        raise Problem(
            f"点検から外す規則「{waiver.code}」はありません（waivers）",
            f'the plan waives the rule "{waiver.code}", which does not exist (waivers)',
        ) from None


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return finding.code.startswith(waiver.code) and (
        waiver.at is None or all(_is_at(place, waiver.at) for place in finding.places)
    )


def _is_at(place: Place, key: str) -> bool:
    return place.key == key
