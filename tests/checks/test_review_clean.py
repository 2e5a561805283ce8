"""The review is quiet where nothing is wrong, whatever the size."""

from __future__ import annotations

from sosei.checks.review import review
from tests.checks.clean import clean_plan


def test_a_clean_plan_of_300_indicators_gives_no_finding() -> None:
    plan = clean_plan(300)
    assert len(plan.indicators) >= 300
    assert [(found.code, found.message.ja) for found in review(plan, 2024).findings] == []
