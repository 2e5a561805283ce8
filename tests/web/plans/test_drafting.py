"""The draft on the screen: what was changed, changing one value, taking back, discarding."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from sosei.plan.operations import Set
from sosei.plan.walk import placements
from sosei.web.people.actor import actor_of
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document

pytestmark = pytest.mark.django_db


class Desk:
    """A planning officer's screen on the draft of 人吉市."""

    def __init__(self, edition: Any, client: Client, user: Any) -> None:
        self.edition, self.client = edition, client
        self.plan = edition.plan
        self.actor = actor_of(user, edition.municipality)
        self.draft = acts.begin_revision(self.actor, self.plan)

    def address(self, name: str, **query: str) -> str:
        path = reverse(name, args=[self.edition.municipality.code, self.plan.key])
        return f"{path}?{urlencode(query)}" if query else path

    @property
    def document(self) -> Any:
        self.draft.refresh_from_db()
        return draft_document(self.draft)

    @property
    def placement(self) -> Any:
        return next(p for _, p in placements(self.document) if p.target and p.baseline)

    def rename(self, text: str, reason: str = "") -> None:
        """Give the placement another name."""
        made = Set(key=self.placement.key, field="name", old=self.placement.name, new=text, reason=reason)
        acts.operate(self.actor, self.draft, [made])


@pytest.fixture
def desk(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Desk:
    edition = adopted("hitoyoshi")
    user = person("officer", edition.municipality, username="writer")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Desk(edition, client, user)


def test_the_draft_tells_every_change_and_one_takes_back_ones_own(
    desk: Desk, person: Callable[..., Any]
) -> None:
    desk.rename("新しい名称", "改称")
    other = actor_of(
        person("officer", desk.edition.municipality, username="other"), desk.edition.municipality
    )
    indicator = desk.document.indicators[0]
    made = Set(key=indicator.key, field="name", old=indicator.name, new="別の名")
    acts.operate(other, desk.draft, [made])
    page = desk.client.get(desk.address("draft")).content.decode()
    assert "<ins>新しい名称</ins>" in page
    assert "改称" in page
    assert page.count("番の変更を取り消す") == 1
    taken = desk.client.post(desk.address("draft_undo"), {"no": "1"}, follow=True).content.decode()
    assert "変更を取り消しました" in taken
    assert "取り消し済み" in taken
    assert "新しい名称" not in [p.name for _, p in placements(desk.document)]
    foreign = desk.client.post(desk.address("draft_undo"), {"no": "2"})
    assert foreign.status_code == 400
    assert "自分の変更だけ" in foreign.content.decode()
    assert desk.client.post(desk.address("draft_undo"), {"no": "99"}).status_code == 400


def test_many_changes_are_paged(desk: Desk) -> None:
    for number in range(60):
        old = f"案{number - 1}" if number else desk.placement.name
        made = Set(key=desk.placement.key, field="name", old=old, new=f"案{number}")
        acts.operate(desk.actor, desk.draft, [made])
    first = desk.client.get(desk.address("draft")).content.decode()
    assert "<ins>案59</ins>" in first
    assert "<ins>案9</ins>" not in first
    second = desk.client.get(desk.address("draft", page="2")).content.decode()
    assert "<del>案8</del> <ins>案9</ins>" in second


def test_a_draft_is_discarded_after_asking_and_opened_again(desk: Desk) -> None:
    desk.rename("新しい名称")
    assert "破棄しますか" in desk.client.get(desk.address("draft_discard")).content.decode()
    page = desk.client.post(desk.address("draft_discard"), follow=True).content.decode()
    assert "また開く" in page
    assert not Draft.objects.filter(is_open=True).exists()
    page = desk.client.post(desk.address("draft_reopen"), follow=True).content.decode()
    assert "<ins>新しい名称</ins>" in page


def test_without_a_draft_writing_leads_to_where_one_begins(desk: Desk) -> None:
    acts.discard(desk.actor, desk.draft)
    response = desk.client.get(desk.address("write"), follow=True)
    assert response.redirect_chain == [(desk.address("draft"), 302)]
    assert "先に下書きを始めてください" in response.content.decode()


def test_the_draft_is_downloaded_as_a_plan_file(desk: Desk) -> None:
    desk.rename("新しい名称")
    address = reverse("plan_file", args=["432032", desk.plan.key, "draft"])
    data = json.loads(desk.client.get(address).content)
    assert "新しい名称" in json.dumps(data, ensure_ascii=False)


def test_an_indicator_that_another_plan_defined_anew_is_named(desk: Desk) -> None:
    from sosei.plan.writing import dump_plan

    indicator = desk.document.indicators[0]
    renewed = indicator.model_copy(update={"definition": "新しい定義", "not_printed": ()})
    other = desk.document.model_copy(
        update={"key": "otherplanx", "indicators": (renewed, *desk.document.indicators[1:])}
    )
    draft = acts.load_file(desk.actor, dump_plan(other))
    from datetime import date

    acts.adopt(desk.actor, draft, acts.Adoption(title="策定", on=date(2025, 9, 1), length=0))
    page = desk.client.get(desk.address("draft")).content.decode()
    assert "指標台帳と定義が違う指標が1件あります" in page
    assert indicator.name in page


@pytest.mark.parametrize(("version", "offered"), [("draft", True), ("current", False)])
def test_the_pages_of_a_draft_lead_to_where_it_is_written(version: str, offered: bool, desk: Desk) -> None:
    placement, goal = desk.placement, desk.document.elements[0]
    write = desk.address("write")
    pages = {
        ("indicator", placement.indicator): [
            f"placements/{placement.key}/",
            f"indicators/{placement.indicator}/",
        ],
        ("element", goal.key): [f"elements/{goal.key}/"],
        ("overview", ""): [f"records/{desk.document.key}/"],
    }
    for (name, key), ways in pages.items():
        address = reverse(name, args=["432032", desk.plan.key, version, *filter(None, [key])])
        page = desk.client.get(address).content.decode()
        assert (f'href="{write}"' in page) is offered
        for way in ways:
            assert (f'href="{write}{way}?next=%2F432032%2Fplans' in page) is offered


def test_the_draft_leads_to_writing_and_back(desk: Desk) -> None:
    assert desk.address("write") in desk.client.get(desk.address("draft")).content.decode()
    key = desk.document.elements[0].key
    page = desk.client.get(
        f"{desk.address('write')}elements/{key}/?next=/432032/indicators/"
    ).content.decode()
    assert 'href="/432032/indicators/">←' in page
    page = desk.client.get(
        f"{desk.address('write')}elements/{key}/?next=https://example.com/"
    ).content.decode()
    assert 'example.com/">←' not in page
