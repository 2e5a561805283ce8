"""The findings of a review for the page: filtered, counted, grouped by severity, family and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from sosei.checks.finding import Family, Finding, Severity, Words
from sosei.checks.registry import Rule

T = TypeVar("T")

NOBODY = "-"
NOBODY_NAME = Words("担当課の記載なし", "No division stated")


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Findings of one rule."""

    rule: Rule
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FamilyGroup:
    """Findings of one family, rule by rule."""

    family: Family
    rules: tuple[RuleGroup, ...]


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    """Findings of one weight, family by family."""

    severity: Severity
    families: tuple[FamilyGroup, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many findings of each severity a family or a division has; ``value`` is what filters by it."""

    value: str
    name: Words
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which findings are asked for; empty lets every one through."""

    severity: str = ""
    family: str = ""
    division: str = ""
    rule: str = ""

    @property
    def is_filter(self) -> bool:
        """Whether anything is held back."""
        return any((self.severity, self.family, self.division, self.rule))


def wanted(query: Mapping[str, str], findings: Iterable[Finding]) -> Wanted:
    """What the query string asks for, as far as some finding has it; the rest is left out."""
    found = list(findings)
    offered: Mapping[str, set[str]] = {
        "severity": {each.severity.value for each in found},
        "family": {each.family.value for each in found},
        "division": {name for each in found for name in divisions_of(each)},
        "rule": {each.code for each in found},
    }
    return Wanted(**{name: query.get(name, "") for name in offered if query.get(name) in offered[name]})


def fitting(findings: Iterable[Finding], asked: Wanted) -> list[Finding]:
    """The findings that pass every filter, heaviest first as they came."""
    return [
        each
        for each in findings
        if asked.severity in ("", each.severity.value)
        and asked.family in ("", each.family.value)
        and asked.rule in ("", each.code)
        and (not asked.division or asked.division in divisions_of(each))
    ]


def divisions_of(finding: Finding) -> tuple[str, ...]:
    """The divisions that answer for its places; ``-`` where no place names one."""
    names = dict.fromkeys(name for place in finding.places for name in place.divisions)
    return tuple(names) or (NOBODY,)


def grouped(findings: Sequence[Finding]) -> list[SeverityGroup]:
    """Findings in their order (severity, family, code) as nested groups."""
    return [
        SeverityGroup(
            severity,
            tuple(
                FamilyGroup(
                    family,
                    tuple(
                        RuleGroup(rows[0].rule, tuple(rows))
                        for _, rows in _grouped(of_family, lambda each: each.code)
                    ),
                )
                for family, of_family in _grouped(of_severity, lambda each: each.family)
            ),
        )
        for severity, of_severity in _grouped(findings, lambda each: each.severity)
    ]


def _grouped(findings: Iterable[Finding], key: Callable[[Finding], T]) -> list[tuple[T, list[Finding]]]:
    return [(value, list(found)) for value, found in groupby(findings, key=key)]


def by_family(findings: Iterable[Finding]) -> list[CountRow]:
    """A row for each family with findings, in the families' order."""
    found = Counter((each.family, each.severity) for each in findings)
    return [
        CountRow(family.value, family.label, counts)
        for family in Family
        if any(counts := tuple(found[family, severity] for severity in Severity))
    ]


def by_division(findings: Iterable[Finding]) -> list[CountRow]:
    """A row for each division, those with the most findings first; a finding counts for each it concerns."""
    found = Counter((name, each.severity) for each in findings for name in divisions_of(each))
    names = dict.fromkeys(name for name, _ in found)
    rows = [
        CountRow(
            name,
            NOBODY_NAME if name == NOBODY else Words(name, name),
            tuple(found[name, severity] for severity in Severity),
        )
        for name in names
    ]
    return sorted(rows, key=lambda row: (row.value == NOBODY, -row.total))
