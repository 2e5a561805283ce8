"""What the review says of both cities, finding by finding, as a snapshot.

After a deliberate change of the rules: read the difference, then write the snapshot anew by
``sosei check PLAN --format json -o tests/checks/snapshots/CITY.json``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sosei.checks.review import review, review_year
from sosei.cli.review_forms import Reviewed, as_json
from sosei.plan.reading import read_plan

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize("city", ["hitoyoshi", "aso"])
def test_findings_are_those_of_the_snapshot(city: str) -> None:
    plan = read_plan(ROOT / f"examples/{city}/plan.json")
    found = json.loads(as_json(Reviewed(plan, review(plan, review_year(plan, None))), "ja"))
    assert found == json.loads((SNAPSHOTS / f"{city}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("city", ["hitoyoshi", "aso"])
def test_every_finding_names_a_place_and_its_text(city: str) -> None:
    plan = read_plan(ROOT / f"examples/{city}/plan.json")
    for finding in review(plan, review_year(plan, None)).findings:
        assert finding.places, finding.message.ja
        assert all(place.text.strip() for place in finding.places), finding.message.ja
        assert finding.message.ja.endswith("。"), finding.message.ja
