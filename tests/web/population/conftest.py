"""Officers at the desk where tables of population are loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.population.tables_desk import MIFUNE, Desk, sit_down


@pytest.fixture
def desk(person: Callable[..., Any], db: None) -> Desk:
    """An officer of 御船町, of which nothing comes along."""
    from sosei.web.people.models import Municipality

    code, name = MIFUNE
    city = Municipality.objects.create(code=code, name=name, prefecture="熊本県")
    return sit_down(city, person("officer", city))


@pytest.fixture
def hitoyoshi(cities: dict[str, Any], person: Callable[..., Any]) -> Desk:
    """An officer of 人吉市, whose figures come along."""
    return sit_down(cities["hitoyoshi"], person("officer", cities["hitoyoshi"]))
