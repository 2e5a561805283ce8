from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from sosei.web.comments import acts
from sosei.web.comments.acts import Said
from sosei.web.people.actor import actor_of
from sosei.web.plans.acts import begin_revision


@pytest.fixture
def actor(adopted: Callable[[str], Any]) -> Any:
    """人吉市's planning officer; the plan is adopted and a revision of it is open."""
    edition = adopted("hitoyoshi")
    actor = actor_of(edition.adopted_by, edition.municipality, "192.0.2.1")
    begin_revision(actor, edition.plan)
    return actor


@pytest.fixture
def draft(actor: Any) -> Any:
    from sosei.web.plans.models import Draft

    return Draft.objects.select_related("plan").get(municipality=actor.municipality, is_open=True)


@pytest.fixture
def comment(actor: Any, draft: Any) -> Any:
    """A public comment whose period is over, without opinions yet."""
    said = Said(title="総合戦略（案）への意見募集", since=date(2024, 1, 5), until=date(2024, 2, 3))
    made = acts.begin(actor, draft, uuid4(), said)
    made.municipality, made.plan = actor.municipality, draft.plan
    return made
