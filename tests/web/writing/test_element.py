from __future__ import annotations

from collections.abc import Callable

import pytest

from sosei.plan.walk import elements
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("city", ["hitoyoshi", "aso"])
def test_every_element_of_an_example_has_its_page(city: str, writer: Callable[..., Writer]) -> None:
    here = writer(city)
    for placed in elements(here.plan):
        page = here.get(f"elements/{placed.element.key}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert f'value="{placed.element.label}"' in text
        for placement in placed.element.placements:
            assert f"records/{placement.key}/" in text
        for child in placed.element.children:
            assert f"elements/{child.key}/" in text
        for activity in placed.element.activities:
            assert f'id="k-{activity.key}"' in text
