"""What is said beside a field while one types is true of the whole plan."""

from __future__ import annotations

import pytest

from sosei.checks.review import review, review_year
from sosei.plan import walk
from sosei.plan.reading import load_plan
from sosei.web.writing.partial import findings_near
from tests.web.conftest import EXAMPLES


@pytest.mark.parametrize("name", ["hitoyoshi", pytest.param("aso", marks=pytest.mark.slow)])
def test_nothing_is_said_near_a_record_that_the_whole_review_does_not_say_there(name: str) -> None:
    plan = load_plan(EXAMPLES[name].read_bytes())
    whole = {
        (finding.code, place.key)
        for finding in review(plan, review_year(plan, None)).findings
        for place in finding.places
    }
    wanted: list[set[str]] = []
    for placed in walk.elements(plan):
        wanted.append({placed.element.key})
        wanted += [{each.key} for each in placed.element.activities]
        wanted += [{each.key, each.indicator} for each in placed.element.placements]
    for records in (plan.chapters, plan.verifications, plan.population, plan.notes, plan.references):
        wanted += [{node.key for node in walk.nodes(record)} for record in records]
    said = {
        (finding.code, place.key)
        for keys in wanted
        for finding in findings_near(plan, keys)
        for place in finding.places
        if place.key in keys
    }
    assert said <= whole
    assert len(said) > 50
