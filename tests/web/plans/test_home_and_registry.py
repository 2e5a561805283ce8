"""The first page of a municipality and its registry of indicators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sosei.plan.operations import Set
from sosei.web.people.actor import actor_of
from sosei.web.plans import acts
from sosei.web.plans.models import Edition, FindingRow, PlacementRow, SearchRow, YearRow
from sosei.web.plans.store import draft_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "told", "untold"),
    [
        ("officer", "計画ファイルを読み込む", "企画の担当者:"),
        ("reader", "officer-432032（サンプル）", "計画を入れる"),
        ("clerk", "officer-432032（サンプル）", "計画を入れる"),
    ],
)
def test_a_city_without_a_plan_says_what_to_do(
    role: str, told: str, untold: str, officer: Callable[[str], Any], signed_in: Callable[..., Client]
) -> None:
    city = officer("hitoyoshi").municipality
    page = (
        signed_in(role, city, username="me").get(reverse("municipality", args=[city.code])).content.decode()
    )
    assert told in page
    assert untold not in page


@pytest.mark.parametrize(("role", "sees"), [("officer", True), ("headquarters", True), ("council", False)])
def test_a_card_tells_the_edition_and_the_draft_to_those_who_may_see_it(
    role: str, sees: bool, adopted: Callable[[str], Any], signed_in: Callable[..., Client]
) -> None:
    edition = adopted("hitoyoshi")
    acts.begin_revision(actor_of(edition.adopted_by, edition.municipality), edition.plan)
    page = signed_in(role, edition.municipality, username="me").get("/432032/").content.decode()
    assert "第1版 策定（令和7年9月1日）" in page
    assert "施策 <b>17</b>" in page
    assert ("下書きあり" in page) is sees


def test_the_registry_tells_where_an_indicator_stands_and_how_it_changed(
    adopted: Callable[[str], Any], signed_in: Callable[..., Client]
) -> None:
    edition = adopted("hitoyoshi")
    actor = actor_of(edition.adopted_by, edition.municipality)
    draft = acts.begin_revision(actor, edition.plan)
    indicator = next(i for i in draft_document(draft).indicators if i.name == "きじうまコイン利用者数")
    marks = [name for name in indicator.not_printed if name != "definition"]
    acts.operate(
        actor,
        draft,
        [
            Set(key=indicator.key, field="not_printed", old=list(indicator.not_printed), new=marks or None),
            Set(key=indicator.key, field="definition", old=None, new="年度内の延べ人数", reason="定義の明記"),
        ],
    )
    draft.refresh_from_db()
    acts.adopt(actor, draft, acts.Adoption(title="改訂", on=date(2026, 3, 31), length=draft.length))
    client = signed_in("reader", edition.municipality)
    listed = client.get(reverse("registry", args=["432032"]), {"q": "延べ人数"}).content.decode()
    assert "1件" in listed
    assert "きじうまコイン利用者数" in listed
    page = client.get(reverse("registry_indicator", args=["432032", indicator.key])).content.decode()
    assert "第1版～第2版" in page
    assert page.count("基本目標１/施策") == 3
    assert "<ins>年度内の延べ人数</ins>" in page
    assert "第2版（令和8年3月31日）" in page


def test_an_indicator_that_another_continues_leads_to_it(
    adopted: Callable[[str], Any], signed_in: Callable[..., Client]
) -> None:
    edition = adopted("hitoyoshi")
    actor = actor_of(edition.adopted_by, edition.municipality)
    draft = acts.begin_revision(actor, edition.plan)
    old, new = draft_document(draft).indicators[:2]
    acts.operate(actor, draft, [Set(key=new.key, field="continues", old=None, new=old.key, reason="引継ぎ")])
    draft.refresh_from_db()
    acts.adopt(actor, draft, acts.Adoption(title="改訂", on=date(2026, 3, 31), length=draft.length))
    client = signed_in("reader", edition.municipality)
    for here, there in ((old, new), (new, old)):
        page = client.get(reverse("registry_indicator", args=["432032", here.key])).content.decode()
        assert f"/indicators/{there.key}/" in page


@pytest.mark.parametrize(("query", "told"), [("ありえない語", "合う指標はありません"), ("", "83件")])
def test_the_registry_is_searched(
    query: str, told: str, adopted: Callable[[str], Any], signed_in: Callable[..., Client]
) -> None:
    edition = adopted("hitoyoshi")
    page = signed_in("reader", edition.municipality).get(reverse("registry", args=["432032"]), {"q": query})
    assert told in page.content.decode()


def test_rows_are_the_same_when_they_are_written_again(adopted: Callable[[str], Any]) -> None:
    from sosei.web.plans.index import reindex

    edition = adopted("hitoyoshi")
    kinds = (PlacementRow, YearRow, SearchRow, FindingRow)
    before = [list(kind.objects.order_by("id").values()) for kind in kinds]
    assert [len(rows) for rows in before[:2]] == [112, 112]
    assert before[3][0]["keys"].startswith("\n")
    PlacementRow.objects.all().delete()
    assert reindex(edition.municipality) == Edition.objects.count() == 1
    assert [list(kind.objects.order_by("id").values()) for kind in kinds] == before


def test_rates_beyond_every_column_are_cut_to_it() -> None:
    from decimal import Decimal

    from sosei.web.plans.index import _sortable

    assert _sortable(Decimal("1e90")) == Decimal(10) ** 20 - 1
    assert _sortable(Decimal("96.05")) == Decimal("96.0500000000")
    assert _sortable(None) is None
