"""A page of writing on paper: it begins where it should, without a gap and without what waits to be typed into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.web.conftest import EXAMPLES, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_verification_goes_on_at_once_on_its_first_page(
    cities: dict[str, Any], person: Person, sit_down: Callable[..., Page]
) -> None:
    from sosei.web.people.actor import command_line
    from sosei.web.plans import acts
    from sosei.web.plans.store import draft_document

    draft = acts.load_file(command_line(cities["aso"]), EXAMPLES["aso"].read_bytes())
    verification = draft_document(draft).verifications[0]
    page = sit_down(person("officer", cities["aso"]))
    page.goto(f"/432148/plans/{draft.plan.key}/revision/write/records/{verification.key}/")
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as document:
        first = "".join(document[0].get_textpage().get_text_range().split())
    assert "目標ごとの検証" in first
    assert "KPIの件数" in first
    page.emulate_media(media="print")
    rows = page.locator("[data-field=conditions]").first.locator("[data-rows] > tr")
    assert rows.count() > 1
    assert [row.is_visible() for row in rows.all()] == [True] + [False] * (rows.count() - 1)
