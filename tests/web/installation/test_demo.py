"""The demonstration holds both cities as published, invented people marked as such, and is made once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from sosei.plan.changes import changes
from sosei.plan.reading import load_plan
from sosei.web.comments.models import PublicComment
from sosei.web.installation.demo import LOGINS, demo_password, make_demo
from sosei.web.journal.models import Act
from sosei.web.people.models import Municipality, User
from sosei.web.people.roles import ROLE_RIGHTS
from sosei.web.plans.models import Draft, Edition
from sosei.web.plans.store import draft_document, edition_document
from sosei.web.population.choices import scenario_of
from sosei.web.population.models import SavedScenario
from tests.web.conftest import EXAMPLES

pytestmark = pytest.mark.django_db


def test_the_demonstration() -> None:
    first = demo_password()
    shown = make_demo(first)
    assert {login.role for login in LOGINS} == set(ROLE_RIGHTS)
    assert [each.login for each in shown] == [login.login for login in LOGINS]

    # Cities and figures are real, people are not, and say so.
    assert list(Municipality.objects.values_list("code", "name", "is_sample")) == [
        ("432032", "人吉市", False),
        ("432148", "阿蘇市", False),
        ("990019", "創生市（サンプル）", True),
    ]
    for user in User.objects.all():
        assert user.is_sample
        assert user.name.endswith("（サンプル）")
        assert user.check_password(first)
        assert not user.must_change_password
    for path in EXAMPLES.values():
        example = load_plan(path.read_bytes())
        edition = Edition.objects.get(plan__key=example.key)
        assert edition_document(edition).model_copy(update={"editions": ()}) == example
        assert "例" in edition.title
        assert "例" in edition.reason

    # One draft of wording only, so that there is something to compare.
    draft = Draft.objects.get(is_open=True)
    assert draft.base is not None
    found = changes(edition_document(draft.base), draft_document(draft))
    assert {change.field for change in found} == {"name", "label"}
    assert all("サンプル" in row.operation for row in draft.operations.all())

    # A public comment on it, every text of it marked.
    comment = PublicComment.objects.get(draft=draft)
    assert comment.stage(timezone.localdate()) == "closed"
    rows = list(comment.opinions.all())
    texts = [comment.title, comment.remarks, *(text for row in rows for text in (row.summary, row.answer))]
    assert len(rows) == 3
    assert all("サンプル" in text for text in texts if text)

    # A scenario of each city's population, marked too.
    scenarios = SavedScenario.objects.all()
    assert [row.municipality.name for row in scenarios.order_by("municipality__code")] == ["人吉市", "阿蘇市"]
    for row in scenarios:
        name, note = scenario_of(row).name, scenario_of(row).note
        assert note is not None
        assert all("サンプル" in text for text in (name.ja, note.ja))
        assert all("sample" in text for text in (name.en, note.en))

    # Again: nothing is made twice, only the password is new.
    acts = Act.objects.count()
    make_demo(second := demo_password())
    assert (Act.objects.count(), Edition.objects.count(), User.objects.count()) == (acts, 2, len(LOGINS))
    assert User.objects.get(username="kikaku").check_password(second)
