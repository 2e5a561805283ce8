from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sosei.plan.walk import index, nodes
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db

PARTS = (
    "chapters",
    "references",
    "predecessors",
    "verifications",
    "population",
    "projections",
    "notes",
    "councils",
    "divisions",
    "sources",
    "reports",
    "editions",
    "opinions",
    "errata",
    "waivers",
)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("city", ["hitoyoshi", "aso"])
def test_every_part_and_every_record_of_both_examples_has_its_page(
    writer: Callable[..., Writer], city: str, language: str
) -> None:
    here = writer(city)
    here.client.cookies["django_language"] = language
    for part in PARTS:
        assert here.get(f"parts/{part}/").status_code == 200, part
    seen = set()
    for node in nodes(here.plan):
        kind = type(node).__name__
        if kind in ("Element", "Indicator", "Placement", "Observation", "PrintedYear", "Activity", "Table"):
            if kind in seen:
                continue
            seen.add(kind)
        assert here.get(f"records/{node.key}/").status_code == 200, node
