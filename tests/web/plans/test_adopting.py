"""Adopting on the screen, the list of editions, two states side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sosei.plan.operations import Set
from sosei.plan.walk import placements
from sosei.plan.writing import digest
from sosei.web.jobs.models import Job, JobState
from sosei.web.people.actor import actor_of
from sosei.web.plans import acts
from sosei.web.plans.change_list import change_list
from sosei.web.plans.explaining import Form, write_reasons
from sosei.web.plans.models import Edition
from sosei.web.plans.store import draft_document
from tests.web.conftest import EXAMPLES

pytestmark = pytest.mark.django_db


class Desk:
    """A planning officer of 人吉市 with a draft: two KPIs of one measure renamed, one with a reason."""

    def __init__(self, edition: Any, client: Client, user: Any) -> None:
        self.client, self.plan, self.city = client, edition.plan, edition.municipality
        self.actor = actor_of(user, edition.municipality)
        self.draft = acts.begin_revision(self.actor, self.plan)
        found = [
            p for placed, p in placements(draft_document(self.draft)) if placed.place == "基本目標１/施策①"
        ]
        self.first, self.second = found[:2]
        self.rename(self.first, "一つ目の名称", "改称のため")
        self.rename(self.second, "二つ目の名称")

    def rename(self, placement: Any, name: str, reason: str = "") -> None:
        made = Set(key=placement.key, field="name", old=placement.name, new=name, reason=reason)
        acts.operate(self.actor, self.draft, [made])
        self.draft.refresh_from_db()

    def address(self, name: str, *more: str) -> str:
        return reverse(name, args=[self.city.code, self.plan.key, *more])

    def form(self, **more: str) -> dict[str, str]:
        return {
            "title": "令和8年度改訂",
            "on": "R8.3.31",
            "reason": "中間見直し",
            "draft": str(self.draft.pk),
            "length": str(self.draft.length),
            **more,
        }

    def adopt(self, **more: str) -> Any:
        """Adopt with a reason for what has none yet."""
        if self.plan.drafts.filter(is_open=True).exists():
            self.explain()
        return self.client.post(self.address("adopt"), self.form(**more), follow=True)

    def explain(self, text: str = "見直しのため") -> None:
        groups = change_list(self.draft)
        write_reasons(self.actor, self.draft, Form(rows={}, groups={group.name: text for group in groups}))


@pytest.fixture
def desk(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Desk:
    edition = adopted("hitoyoshi")
    user = person("officer", edition.municipality, username="adopter")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Desk(edition, client, user)


def test_a_first_edition_needs_no_list_of_changes(officer: Callable[[str], Any]) -> None:
    actor = officer("aso")
    draft = acts.load_file(actor, EXAMPLES["aso"].read_bytes())
    client = Client()
    client.force_login(actor.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("adopt", args=["432148", draft.plan.key])
    page = client.get(address).content.decode()
    assert "変更の一覧" not in page
    assert "点検で「誤り」が" in page
    client.post(address, {"title": "策定", "on": "令和7年9月1日", "draft": str(draft.pk), "length": "0"})
    assert Edition.objects.get().adopted_on == date(2025, 9, 1)


@pytest.mark.parametrize(
    "written", ["令和8年3月31日", "R8.3.31", "Ｒ８．３．３１", "2026-03-31", "2026年3月31日"]
)
def test_the_day_may_be_written_in_any_way(written: str, desk: Desk) -> None:
    desk.adopt(on=written)
    assert Edition.objects.latest("no").adopted_on == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("on", "そのうち", "日付として読めません"),
        ("on", "令和8年3月", "日付として読めません"),
        ("on", "R8.2.30", "日付として読めません"),
        ("title", "", "必須"),
        ("title", "a\x1bb", "U+001B"),
        ("reason", "あ" * 4001, "4000"),
        ("length", "-1", "0"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(
    field: str, text: str, told: str, desk: Desk
) -> None:
    response = desk.adopt(**{"title": "打ち込んだ名称", "reason": "打ち込んだ理由", field: text})
    assert response.status_code == 400
    page = response.content.decode()
    assert told in page
    assert ("打ち込んだ理由" in page) is (field != "reason")
    assert ("打ち込んだ名称" in page) is (field != "title")
    assert Edition.objects.count() == 1


def test_a_draft_that_moved_on_is_shown_again_with_everything_typed(desk: Desk) -> None:
    desk.explain()
    form = desk.form()
    third = next(p for _, p in placements(draft_document(desk.draft)) if p.name not in ("一つ目の名称",))
    desk.rename(third, "後からの名称", "後からの理由")
    response = desk.client.post(desk.address("adopt"), form)
    page = response.content.decode()
    assert response.status_code == 409
    assert "下書きが変わりました" in page
    assert "変更3か所すべてに理由があります" in page
    assert 'value="令和8年度改訂"' in page
    assert f'name="length" value="{desk.draft.length}"' in page
    assert Edition.objects.count() == 1


def test_the_same_form_sent_twice_makes_one_edition(desk: Desk) -> None:
    for _ in range(2):
        response = desk.adopt()
        assert response.redirect_chain == [(desk.address("editions"), 302)]
    assert Edition.objects.count() == 2


def test_somebody_elses_adoption_of_the_same_draft_is_told(
    desk: Desk, signed_in: Callable[..., Client]
) -> None:
    desk.adopt()
    other = signed_in("officer", desk.city, username="other")
    response = other.post(desk.address("adopt"), desk.form(title="別の名称"))
    assert response.status_code == 400
    assert "もう変えられません" in response.content.decode()
    assert Edition.objects.count() == 2


def test_a_draft_without_a_change_is_not_adopted(desk: Desk) -> None:
    acts.undo(desk.actor, desk.draft.operations.get(no=1))
    acts.undo(desk.actor, desk.draft.operations.get(no=2))
    response = desk.adopt(length="4")
    assert response.status_code == 409
    assert "何も変わっていない" in response.content.decode()


def test_the_editions_tell_who_when_and_the_hash_of_what_is_downloaded(desk: Desk) -> None:
    desk.adopt()
    page = desk.client.get(desk.address("editions")).content.decode()
    edition = Edition.objects.latest("no")
    for words in ("令和8年3月31日", "中間見直し", edition.sha256, "adopter（サンプル）", "old=e1"):
        assert words in page
    response = desk.client.get(desk.address("plan_file", "e2"))
    assert digest(response.content) == edition.sha256
    assert "filename*=utf-8''%E4%BA%BA%E5%90%89%E5%B8%82_" in response["Content-Disposition"]


def test_two_states_stand_side_by_side_on_screen_and_paper(desk: Desk) -> None:
    page = desk.client.get(desk.address("compare")).content.decode()
    assert "第1版 → 下書き" in page
    assert "<ins>一つ目の名称</ins>" in page
    assert "改称のため" in page
    wish = {"document": "comparison/xlsx", "old": "e1"}
    made = desk.client.post(desk.address("documents", "draft"), wish, follow=True)
    assert "できました" in made.content.decode()
    job = Job.objects.get()
    assert (job.state, job.file_name) == (JobState.DONE, "人吉市_新旧対照表_第1版_下書き.xlsx")


def test_reasons_of_the_editions_between_are_joined_in_order(desk: Desk) -> None:
    desk.adopt()
    desk.draft = acts.begin_revision(desk.actor, desk.plan)
    first = next(p for _, p in placements(draft_document(desk.draft)) if p.key == desk.first.key)
    desk.rename(first, "また変えた名称", "次の理由")
    desk.adopt(title="再改訂", on="R8.9.1")
    assert Edition.objects.count() == 3
    page = desk.client.get(desk.address("compare"), {"old": "e1", "new": "e3"}).content.decode()
    assert "改称のため<br>次の理由" in page
    turned = desk.client.get(desk.address("compare"), {"old": "e3", "new": "e1"}).content.decode()
    assert "第1版 → 第3版" in turned


@pytest.mark.parametrize(
    ("query", "told"),
    [({"old": "e1", "new": "e1"}, "同じ版どうし"), ({"old": "e9"}, "比べる版がありません")],
)
def test_a_comparison_that_makes_no_sense_is_refused(query: dict[str, str], told: str, desk: Desk) -> None:
    response = desk.client.get(desk.address("compare"), query)
    assert response.status_code == 400
    assert told in response.content.decode()


def test_a_reader_compares_no_draft(desk: Desk, signed_in: Callable[..., Client]) -> None:
    reader = signed_in("reader", desk.city)
    assert "比べる相手がまだありません" in reader.get(desk.address("compare")).content.decode()
    assert reader.get(desk.address("compare"), {"old": "e1", "new": "draft"}).status_code == 200
    assert "下書き" not in reader.get(desk.address("editions")).content.decode()
