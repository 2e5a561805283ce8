"""The list of changes with their reasons: written in several sittings by two people, complete before adoption."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sosei.plan.operations import Set
from sosei.plan.walk import placements
from sosei.values import Problem
from sosei.web.jobs.acts import fingerprint
from sosei.web.jobs.kinds import Asked, Shape
from sosei.web.journal.models import Act
from sosei.web.people.actor import actor_of
from sosei.web.plans import acts, views_reasons
from sosei.web.plans.models import ChangeReason, DraftReason
from sosei.web.plans.states import State
from sosei.web.plans.store import draft_document
from sosei.web.plans.undoing import redo_last, undo_last

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Desk:
    """Two planning officers with a draft: three KPIs of one measure renamed, the first with a reason."""

    def __init__(self, edition: Any, person: Callable[..., Any]) -> None:
        self.plan, self.city = edition.plan, edition.municipality
        user, other = (person("officer", self.city, username=name) for name in ("hanako", "taro"))
        self.actor, self.other = (actor_of(each, self.city) for each in (user, other))
        self.clients = []
        for each in (user, other):
            client = Client()
            client.force_login(each, backend=BACKEND)
            self.clients.append(client)
        self.draft = acts.begin_revision(self.actor, self.plan)
        self.kpis = [
            p for placed, p in placements(draft_document(self.draft)) if placed.place == "基本目標１/施策①"
        ][:3]
        self.names = [f"{kpi.key}-name" for kpi in self.kpis]
        for number, kpi in enumerate(self.kpis):
            self.rename(kpi.key, f"{number}番目の名称", "改称のため" if number == 0 else "")

    def rename(self, key: str, name: str, reason: str = "") -> None:
        (now,) = [p for _, p in placements(draft_document(self.draft)) if p.key == key]
        acts.operate(
            self.actor, self.draft, [Set(key=key, field="name", old=now.name, new=name, reason=reason)]
        )
        self.draft.refresh_from_db()

    def url(self, name: str = "draft_reasons") -> str:
        return reverse(name, args=[self.city.code, self.plan.key])

    def page(self, who: int = 0, **query: Any) -> str:
        return str(self.clients[who].get(self.url(), query).content.decode())

    def send(self, typed: dict[str, str], page: str | None = None, who: int = 0, query: str = "") -> Any:
        """The form of ``page`` as a browser sends it, with ``typed`` written into it."""
        fields = fields_of(page if page is not None else self.page(who))
        return self.clients[who].post(self.url() + query, fields | typed, follow=True)

    def adopt(self, who: int = 0) -> Any:
        sent = {
            "title": "改訂",
            "on": "R8.3.31",
            "draft": str(self.draft.pk),
            "length": str(self.draft.length),
        }
        return self.clients[who].post(self.url("adopt"), sent, follow=True)

    def reason(self, number: int) -> str:
        found = re.search(rf'id="why-{self.names[number]}"[^>]*>([^<]*)</textarea>', self.page())
        assert found
        return html.unescape(found[1])


def fields_of(page: str) -> dict[str, str]:
    """What a browser sends of the form: every text field and hidden field, no box that is not ticked."""
    boxes = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    inputs = re.findall(
        r'<input (?:type="hidden"|id="[^"]*") name="((?:was|all)-[^"]+)" value="([^"]*)"', page
    )
    return {name: html.unescape(value) for name, value in (*boxes, *inputs)}


@pytest.fixture
def desk(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Desk:
    return Desk(adopted("hitoyoshi"), person)


def test_the_list_says_how_many_reasons_are_missing(desk: Desk) -> None:
    page = desk.page()
    assert "理由のない変更は、あと2か所です（新旧対照表に載る変更3か所のうち）" in page
    assert desk.reason(0) == "改称のため"
    only = desk.page(show="missing")
    assert [f"why-{name}" in only for name in desk.names] == [False, True, True]


def test_reasons_are_saved_in_several_sittings(desk: Desk) -> None:
    desk.send({f"why-{desk.names[1]}": "一回目"})
    desk.send({f"why-{desk.names[2]}": "二回目"}, who=1)
    assert [desk.reason(number) for number in range(3)] == ["改称のため", "一回目", "二回目"]
    row = DraftReason.objects.get(key=desk.kpis[2].key)
    assert row.by == desk.other.user
    page = desk.page()
    assert "変更3か所すべてに理由があります" in page
    assert "taro（サンプル）" in page
    assert Act.objects.filter(action="draft.reasoned").count() == 2


def test_what_nobody_touched_is_not_written(desk: Desk) -> None:
    desk.send({})
    assert not DraftReason.objects.exists()
    assert not Act.objects.filter(action="draft.reasoned").exists()


def test_a_reason_that_an_operation_carries_can_be_written_over_and_taken_back(desk: Desk) -> None:
    desk.send({f"why-{desk.names[0]}": "別の理由"})
    assert desk.reason(0) == "別の理由"
    desk.send({f"why-{desk.names[0]}": ""})
    assert desk.reason(0) == ""
    desk.rename(desk.kpis[0].key, "また変えた名称", "操作の理由")
    assert desk.reason(0) == "操作の理由"


def test_only_the_field_that_both_wrote_is_refused(desk: Desk) -> None:
    before = desk.page()
    desk.send({f"why-{desk.names[1]}": "太郎の理由"}, who=1)
    response = desk.send(
        {f"why-{desk.names[1]}": "花子の理由", f"why-{desk.names[2]}": "花子の三つ目"}, page=before
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "taro（サンプル）が「太郎の理由」と書きました" in page
    assert fields_of(page)[f"why-{desk.names[1]}"] == "花子の理由"
    assert [desk.reason(1), desk.reason(2)] == ["太郎の理由", "花子の三つ目"]
    assert desk.send({}, page=page).status_code == 200
    assert desk.reason(1) == "花子の理由"


def test_the_same_text_from_both_is_no_conflict(desk: Desk) -> None:
    before = desk.page()
    desk.send({f"why-{desk.names[1]}": "同じ理由"}, who=1)
    assert desk.send({f"why-{desk.names[1]}": "同じ理由"}, page=before).status_code == 200


def test_a_groups_reason_fills_only_what_is_empty(desk: Desk) -> None:
    group = next(name for name in fields_of(desk.page()) if name.startswith("all-"))
    desk.send({f"why-{desk.names[1]}": "自分の理由", group: "同じ理由"})
    assert [desk.reason(number) for number in range(3)] == ["改称のため", "自分の理由", "同じ理由"]


def test_a_groups_reason_reaches_the_other_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_reasons, "PAGE", 1)
    second = desk.page(page=2)
    assert [f"why-{name}" in second for name in desk.names] == [False, True, False]
    group = next(name for name in fields_of(second) if name.startswith("all-"))
    response = desk.send({group: "同じ理由", "on": "1"}, page=second, query="?page=2")
    assert response.redirect_chain[0][0].endswith("?page=3")
    monkeypatch.undo()
    assert [desk.reason(number) for number in range(3)] == ["改称のため", "同じ理由", "同じ理由"]


def test_a_page_never_has_more_fields_than_a_form_may_hold() -> None:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert most is not None
    assert most > views_reasons.PAGE * 4 + 10


@pytest.mark.parametrize(("text", "told"), [("あ" * 1001, "長すぎます（1001字）"), ("a\x1bb", "U+001B")])
@pytest.mark.parametrize("whole", [True, False])
def test_a_text_that_cannot_be_kept_is_refused_alone(text: str, told: str, whole: bool, desk: Desk) -> None:
    group = next(name for name in fields_of(desk.page()) if name.startswith("all-"))
    bad = group if whole else f"why-{desk.names[1]}"
    response = desk.send({bad: text, f"why-{desk.names[2]}": "よい理由"})
    assert response.status_code == 409
    assert told in response.content.decode()
    assert fields_of(response.content.decode())[bad] == text
    assert [desk.reason(1), desk.reason(2)] == ["", "よい理由"]


def test_a_reason_stays_but_is_marked_when_its_change_says_something_else(desk: Desk) -> None:
    desk.send({f"why-{desk.names[1]}": "一つ目の理由"})
    desk.rename(desk.kpis[1].key, "さらに別の名称")
    desk.rename(desk.kpis[0].key, "操作のあとの名称")
    assert "この理由のあとで変わりました" in desk.page()
    only = desk.page(show="behind")
    assert [f"why-{name}" in only for name in desk.names] == [True, True, False]
    desk.send({f"keep-{desk.names[1]}": "1"})
    assert [f"why-{name}" in desk.page(show="behind") for name in desk.names] == [True, False, False]
    desk.send({f"why-{desk.names[0]}": "書き直した理由"})
    assert "この理由のあとで変わりました" not in desk.page()
    assert desk.reason(1) == "一つ目の理由"


def test_a_change_that_was_taken_back_gives_no_reason(desk: Desk) -> None:
    acts.undo(desk.actor, desk.draft.operations.get(no=1))
    desk.rename(desk.kpis[0].key, "理由なしの名称")
    assert desk.reason(0) == ""


def test_a_change_that_was_done_again_has_its_reason_again(desk: Desk) -> None:
    desk.rename(desk.kpis[2].key, "理由のある名称", "やり直す理由")
    assert desk.reason(2) == "やり直す理由"
    undo_last(desk.actor, desk.draft)
    assert desk.reason(2) == ""
    redo_last(desk.actor, desk.draft)
    assert desk.reason(2) == "やり直す理由"
    assert f"why-{desk.names[2]}" not in desk.page(show="behind")


def test_hostile_text_is_kept_and_shown_harmless(desk: Desk) -> None:
    text = '=1+1</textarea><script>alert(1)</script>"髙﨑'
    desk.send({f"why-{desk.names[1]}": text})
    assert desk.reason(1) == text
    assert "<script>alert" not in desk.page()


def test_what_was_typed_for_a_change_that_is_gone_is_shown(desk: Desk) -> None:
    before = desk.page()
    acts.undo(desk.actor, desk.draft.operations.get(no=2))
    response = desk.send({f"why-{desk.names[1]}": "なくなった変更の理由"}, page=before)
    assert response.status_code == 409
    assert "なくなった変更の理由" in response.content.decode()


def test_adopting_is_offered_once_every_printed_change_has_a_reason(desk: Desk) -> None:
    page = desk.clients[0].get(desk.url("adopt")).content.decode()
    assert "理由のない変更が、あと2か所あります" in page
    assert desk.url() in page
    assert "策定する</button>" not in page
    desk.send({f"why-{name}": "見直し" for name in desk.names[1:]})
    page = desk.clients[0].get(desk.url("adopt")).content.decode()
    assert "策定する</button>" in page


def test_a_form_sent_by_hand_does_not_get_round_it(desk: Desk) -> None:
    response = desk.adopt()
    page = response.content.decode()
    assert response.status_code == 409
    assert "変更の一覧の2番（" in page
    assert "策定する</button>" not in page
    assert 'value="改訂"' in page
    desk.draft.refresh_from_db()
    assert desk.draft.is_open


def test_adopting_takes_the_saved_reasons_along(desk: Desk) -> None:
    desk.send({f"why-{desk.names[1]}": "一つ", f"why-{desk.names[2]}": "二つ"})
    desk.adopt()
    desk.adopt()
    found = dict(ChangeReason.objects.filter(edition__no=2).values_list("key", "text"))
    assert {kpi.key: found[kpi.key] for kpi in desk.kpis} == dict(
        zip((kpi.key for kpi in desk.kpis), ("改称のため", "一つ", "二つ"), strict=True)
    )
    assert not DraftReason.objects.exists()


def test_what_does_not_touch_the_print_needs_no_reason(desk: Desk) -> None:
    for number in (1, 2, 3):
        acts.undo(desk.actor, desk.draft.operations.get(no=number))
    made = Set(key=desk.kpis[0].indicator, field="published_month", old=None, new=6)
    acts.operate(desk.actor, desk.draft, [made])
    desk.draft.refresh_from_db()
    page = desk.page()
    assert "印字に関わらない変更（理由はなくてもかまいません）" in page
    assert desk.adopt().status_code == 200
    desk.draft.refresh_from_db()
    assert desk.draft.adopted is not None


def test_reasons_given_with_the_act_stand_above_the_saved_ones(desk: Desk) -> None:
    desk.send({f"why-{desk.names[1]}": "保存した理由"})
    said = acts.Adoption(title="改訂", on=date(2026, 3, 31), length=desk.draft.length)
    with pytest.raises(Problem, match=r"change no\. 3"):
        acts.adopt(desk.actor, desk.draft, said)
    reasons = {(kpi.key, "name"): "渡した理由" for kpi in desk.kpis[1:]}
    said = acts.Adoption(title="改訂", on=date(2026, 3, 31), length=desk.draft.length, reasons=reasons)
    edition = acts.adopt(desk.actor, desk.draft, said)
    assert edition.reasons.filter(text="渡した理由", field="name").count() >= 2


def test_a_closed_draft_takes_no_reason(desk: Desk) -> None:
    before = desk.page()
    acts.discard(desk.actor, desk.draft)
    response = desk.send({f"why-{desk.names[1]}": "遅い理由"}, page=before)
    assert response.redirect_chain[-1][0] == desk.url("draft")
    assert not DraftReason.objects.exists()


def test_the_comparison_of_a_draft_tells_the_saved_reasons_and_is_made_anew(desk: Desk) -> None:
    asked = Asked(
        kind="comparison",
        of=State.of_draft(desk.plan.key, desk.draft),
        old=State.of_edition(desk.plan.key, desk.draft.base),
        shape=Shape.XLSX,
    )
    before = fingerprint(asked)
    desk.send({f"why-{desk.names[1]}": "見ればわかる理由"})
    assert "見ればわかる理由" in desk.clients[0].get(desk.url("compare")).content.decode()
    assert fingerprint(asked) != before


def test_a_first_edition_and_a_plan_without_a_draft_have_no_list(
    officer: Callable[[str], Any], person: Callable[..., Any]
) -> None:
    from tests.web.conftest import EXAMPLES

    actor = officer("aso")
    draft = acts.load_file(actor, EXAMPLES["aso"].read_bytes())
    client = Client()
    client.force_login(actor.user, backend=BACKEND)
    response = client.get(reverse("draft_reasons", args=["432148", draft.plan.key]))
    assert response.status_code == 302
