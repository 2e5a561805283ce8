from __future__ import annotations

from collections.abc import Callable

import pytest

from sosei.plan.walk import placements
from tests.web.writing.conftest import Writer

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("city", ["hitoyoshi", pytest.param("aso", marks=pytest.mark.slow)])
def test_every_placement_and_indicator_of_an_example_has_its_page(
    city: str, writer: Callable[..., Writer]
) -> None:
    here = writer(city)
    for _, placement in placements(here.plan):
        page = here.get(f"placements/{placement.key}/")
        assert page.status_code == 200
        assert f'value="{placement.name}"' in page.content.decode()
    for indicator in here.plan.indicators:
        assert here.get(f"indicators/{indicator.key}/").status_code == 200
    assert here.get("indicators/").status_code == 200
