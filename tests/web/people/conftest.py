from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def a_day_in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 15 June 2026, so that days of a fiscal year can be written down."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def divide(db: None) -> Callable[..., Any]:
    """Makes divisions: ``divide(city, "総務課", "企画課")`` gives them in that order."""
    from sosei.plan.keys import new_key
    from sosei.web.people.models import Division

    def make(city: Any, *names: str, **more: Any) -> list[Any]:
        return [
            Division.objects.create(municipality=city, key=new_key(), name=name, order=at, **more)
            for at, name in enumerate(names, 1)
        ]

    return make


@pytest.fixture
def answer(db: None) -> Callable[..., Any]:
    """Makes an assignment: ``answer(division, "k000000001")`` from 1 April 2025 as 主担当."""
    from sosei.web.people.models import Assignment

    def make(
        division: Any, key: str, *, main: bool = True, since: date = date(2025, 4, 1), **more: Any
    ) -> Any:
        return Assignment.objects.create(
            municipality=division.municipality,
            division=division,
            plan_key="plan000001",
            key=key,
            is_main=main,
            since=since,
            **more,
        )

    return make
