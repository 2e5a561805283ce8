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

    def sent(self, field: str, text: str, **more: str) -> dict[str, str]:
        """The form as the page shows it, with ``text`` typed."""
        query = {"key": self.placement.key, "field": field}
        page = self.client.get(self.address("rewrite", **query)).content.decode()
        old = page.partition('name="old" value="')[2].partition('"')[0].replace("&quot;", '"')
        return {"old": old, "text": text, "seen": text, "reason": "", **more}

    def post(self, field: str, sent: dict[str, str]) -> Any:
        return self.client.post(
            self.address("rewrite", key=self.placement.key, field=field), sent, follow=True
        )


@pytest.fixture
def desk(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Desk:
    edition = adopted("hitoyoshi")
    user = person("officer", edition.municipality, username="writer")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Desk(edition, client, user)


def test_a_printed_value_is_saved_after_its_reading_was_shown(desk: Desk) -> None:
    sent = desk.sent("target", "1,241億5,500万円以上", reason="見直し")
    shown = desk.post("target", sent | {"seen": ""})
    assert "数 124,155,000,000、単位 円、以上" in shown.content.decode()
    assert not desk.draft.operations.exists()
    before = desk.placement.target
    saved = desk.post("target", sent)
    assert "下書きに書き込みました" in saved.content.decode()
    after = desk.placement.target
    assert (after.quantity.text, after.year) == ("1,241億5,500万円以上", before.year)
    assert "見直し" in saved.content.decode()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("△10", "数 -10、単位 なし"),
        ("１０３人", "数 103、単位 人"),
        ("7.70%", "数 7.70、単位 %"),
        ("調査なし", "値なし（この年度は測定なし）"),
        ("維持", "言葉"),
        ("5校 175名", "複数の値（数 5、単位 校、数 175、単位 名）"),
    ],
)
def test_the_reading_is_shown_while_one_types(text: str, read: str, desk: Desk) -> None:
    query = {"key": desk.placement.key, "field": "target", "text": text}
    page = desk.client.get(desk.address("rewrite", **query), headers={"HX-Request": "true"}).content.decode()
    assert read in page
    assert "<html" not in page
    assert f'name="seen" value="{text}"' in page


def test_a_value_that_changed_meanwhile_is_shown_beside_the_typed_one(desk: Desk) -> None:
    sent = desk.sent("target", "222人", reason="わたしの理由")
    old = desk.placement.target.quantity.text
    desk.post("target", desk.sent("target", "111人"))
    response = desk.post("target", sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert f"<del>{old}" in page
    assert "<ins>111人" in page
    assert 'value="222人"' in page
    assert "わたしの理由" in page
    assert desk.placement.target.quantity.text == "111人"
    again = desk.sent("target", "222人")
    desk.post("target", again)
    assert desk.placement.target.quantity.text == "222人"


def test_the_same_form_sent_twice_writes_once(desk: Desk) -> None:
    sent = desk.sent("name", "新しい名称")
    desk.post("name", sent)
    again = desk.post("name", sent)
    assert "もうその値になっています" in again.content.decode()
    assert desk.draft.operations.count() == 1


@pytest.mark.parametrize(
    ("field", "sent", "told"),
    [
        ("name", {"text": " "}, "空にできません"),
        ("name", {"text": "a\x07b"}, "U+0007"),
        ("name", {"text": "あ" * 10_001}, "長すぎます"),
        ("name", {"text": "x", "reason": "あ" * 1001}, "長すぎます"),
        ("name", {"text": "x", "old": "{"}, "読み込み直して"),
    ],
)
def test_what_cannot_be_saved_is_said(field: str, sent: dict[str, str], told: str, desk: Desk) -> None:
    response = desk.post(field, desk.sent(field, "") | sent)
    assert response.status_code == 400
    assert told in response.content.decode()
    assert not desk.draft.operations.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"key": "zzzzzzzzzz", "field": "name"}, 404),
        ({"field": "name"}, 302),
        ({"key": "PLACEMENT", "field": "indicator"}, 404),
        ({"key": "PLACEMENT", "field": "key"}, 404),
        ({"key": "PLACEMENT"}, 200),
        ({"key": "PLACEMENT", "field": "baseline"}, 200),
    ],
)
def test_only_simple_fields_of_known_records_can_be_changed(
    query: dict[str, str], status: int, desk: Desk
) -> None:
    query = {name: text.replace("PLACEMENT", desk.placement.key) for name, text in query.items()}
    assert desk.client.get(desk.address("rewrite", **query)).status_code == status


def test_a_field_marked_as_not_printed_loses_the_mark_with_its_first_value(desk: Desk) -> None:
    indicator = next(i for i in desk.document.indicators if "definition" in i.not_printed)
    query = {"key": indicator.key, "field": "definition"}
    desk.client.post(desk.address("rewrite", **query), {"old": "null", "text": "年度内の延べ人数"})
    after = next(i for i in desk.document.indicators if i.key == indicator.key)
    assert after.definition == "年度内の延べ人数"
    assert "definition" not in after.not_printed


def test_after_saving_one_comes_back_to_where_one_was_but_never_elsewhere(desk: Desk) -> None:
    address = desk.address("rewrite", key=desk.placement.key, field="name")
    sent = desk.sent("name", "一")
    here = desk.client.post(address, sent | {"next": "/432032/indicators/"})
    assert here["Location"] == "/432032/indicators/"
    away = desk.client.post(address, desk.sent("name", "二") | {"next": "https://example.com/"})
    assert away["Location"] == desk.address("draft")


def test_the_draft_tells_every_change_and_one_takes_back_ones_own(
    desk: Desk, person: Callable[..., Any]
) -> None:
    desk.post("name", desk.sent("name", "新しい名称", reason="改称"))
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
    desk.post("name", desk.sent("name", "新しい名称"))
    assert "破棄しますか" in desk.client.get(desk.address("draft_discard")).content.decode()
    page = desk.client.post(desk.address("draft_discard"), follow=True).content.decode()
    assert "また開く" in page
    assert not Draft.objects.filter(is_open=True).exists()
    page = desk.client.post(desk.address("draft_reopen"), follow=True).content.decode()
    assert "<ins>新しい名称</ins>" in page


def test_without_a_draft_a_change_leads_to_where_one_begins(desk: Desk) -> None:
    acts.discard(desk.actor, desk.draft)
    query = {"key": desk.placement.key, "field": "name"}
    response = desk.client.get(desk.address("rewrite", **query), follow=True)
    assert response.redirect_chain == [(desk.address("draft"), 302)]
    assert "先に下書きを始めてください" in response.content.decode()


def test_the_draft_is_downloaded_as_a_plan_file(desk: Desk) -> None:
    desk.post("name", desk.sent("name", "新しい名称"))
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
def test_the_pages_of_a_draft_lead_to_the_form(version: str, offered: bool, desk: Desk) -> None:
    placement = desk.placement
    address = reverse("indicator", args=["432032", desk.plan.key, version, placement.indicator])
    page = desk.client.get(address).content.decode()
    for key in (placement.key, placement.indicator):
        assert (f"revision/rewrite/?key={key}&amp;next=%2F432032%2Fplans" in page) is offered
