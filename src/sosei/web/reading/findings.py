"""Findings of an edition's review, from the rows that hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from sosei.checks.finding import Finding, Place, Severity, Words
from sosei.checks.registry import Rule, rules
from sosei.web.plans.models import Edition, FindingRow


def finding_of(row: FindingRow, rule: Rule) -> Finding:
    """The finding that a row holds."""
    places = tuple(
        Place(**{**place, "divisions": tuple(place["divisions"])}) for place in json.loads(row.places)
    )
    return Finding(rule, Words(row.message_ja, row.message_en), places, Severity(row.severity))


def findings_at(edition: Edition, keys: Iterable[str]) -> list[Finding]:
    """The findings with a place in one of the records ``keys``, heaviest first.

    One whose rule is no more since the rows were written is left out.
    """
    touching = reduce(or_, (Q(keys__contains=f"\n{key}\n") for key in keys), Q(pk=None))
    rows = FindingRow.objects.filter(touching, municipality=edition.municipality_id, edition=edition)
    known = {rule.code: rule for rule in rules()}
    return [finding_of(row, known[row.code]) for row in rows if row.code in known]
