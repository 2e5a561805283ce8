"""The page that says which version runs here and what it is built on."""

from __future__ import annotations

import pytest
from django.test import Client

from sosei.web.site.built_on import parts

pytestmark = pytest.mark.django_db


def test_each_package_has_its_version_and_licence() -> None:
    found = {part.name.lower(): part for part in parts()}
    assert {"django", "pydantic", "markdown-it-py", "typst"} <= set(found)
    assert all(part.version and part.licence for part in found.values())
    assert found["markdown-it-py"].licence.startswith("MIT")


def test_the_page_names_version_and_licence_and_leads_to_the_manual() -> None:
    page = Client().get("/about/").content.decode()
    assert "Apache License 2.0" in page
    assert "0.1.0" in page
    assert 'href="/help/"' in page
