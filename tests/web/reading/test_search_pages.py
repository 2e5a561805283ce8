"""Search over a municipality's plans: what is found, for whom, where it leads."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.checks.clean import clean_plan
from tests.web.reading.test_list_pages import adopt_plan, made_of

pytestmark = pytest.mark.django_db

Adopted = Callable[[str], Any]
SignedIn = Callable[..., Client]


def found(client: Client, code: str, text: str, **more: str) -> str:
    response = client.get(f"/{code}/search/", {"q": text, **more})
    assert response.status_code == 200
    return response.content.decode()


def links(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'<p class="title"><a href="([^"]+)"', page)]


@pytest.fixture
def aso(adopted: Adopted) -> Any:
    return adopted("aso")


@pytest.fixture
def reader(signed_in: SignedIn, cities: dict[str, Any]) -> Client:
    return signed_in("reader", cities["aso"])


def test_two_characters_are_enough(aso: Any, reader: Client) -> None:
    page = found(reader, "432148", "移住")
    assert "<mark>移住</mark>" in page
    assert "<h2>基本目標・施策・事業</h2>" in page
    assert "<h2>注</h2>" in page
    for link in links(page):
        address, _, anchor = link.partition("#")
        assert anchor.startswith("k-")
        assert reader.get(address).status_code == 200


@pytest.mark.parametrize(
    ("text", "same"), [("スマート農業", "ｽﾏｰﾄ農業"), ("IoT", "ｉｏｔ"), ("農業 移住", "移住　農業")]
)
def test_width_case_and_order_do_not_matter(text: str, same: str, aso: Any, reader: Client) -> None:
    assert links(found(reader, "432148", text)) == links(found(reader, "432148", same))


def test_all_words_must_stand_in_a_text(aso: Any, reader: Client) -> None:
    both = links(found(reader, "432148", "移住 空き家"))
    assert both
    assert set(both) < set(links(found(reader, "432148", "移住")))


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "100%", "％", "'; DROP TABLE plans_searchrow; --", "\x00移住zz"]
)
def test_signs_of_the_database_are_plain_characters(text: str, aso: Any, reader: Client) -> None:
    from sosei.web.plans.models import SearchRow
    from sosei.web.reading.search import words_of

    words = words_of(text)
    fits = [row for row in SearchRow.objects.all() if all(word in row.folded for word in words)]
    page = found(reader, "432148", text)
    assert bool(links(page)) is bool(fits)


def test_hostile_text_is_shown_and_not_run(aso: Any, reader: Client) -> None:
    page = found(reader, "432148", "<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "を含む文章はありません" in page


def test_nothing_looked_for_and_nothing_found_say_what_to_do(aso: Any, reader: Client) -> None:
    assert "探すことばを入れてください" in found(reader, "432148", " ")
    page = found(reader, "432148", "移住 ゑゑゑ")
    assert "ことばを減らす" in page
    assert "前の版も探す" in page
    assert "下書き" not in page


def test_groups_and_pages(aso: Any, reader: Client) -> None:
    everything = found(reader, "432148", "の")
    total = int(re.findall(r"「の」を含むもの (\d+)件", everything)[0])
    assert total > 60
    assert len(links(everything)) == 30
    last = found(reader, "432148", "の", page=str(-(-total // 30)))
    assert len(links(last)) == (total - 1) % 30 + 1
    assert links(found(reader, "432148", "の", page="999")) == links(last)
    notes = found(reader, "432148", "の", group="notes")
    assert re.findall(r"<h2>([^<]*)</h2>", notes) == ["注"]


def test_drafts_are_for_the_staff_and_by_choice(
    aso: Any, cities: dict[str, Any], signed_in: SignedIn, reader: Client
) -> None:
    from sosei.plan.operations import Set
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import User
    from sosei.web.plans.acts import begin_revision, operate
    from sosei.web.plans.store import draft_document

    actor = actor_of(User.objects.get(username="officer-432148"), cities["aso"])
    draft = begin_revision(actor, aso.plan)
    element = draft_document(draft).elements[0]
    operate(actor, draft, [Set(key=element.key, field="name", old=element.name, new="下書きの目標ゑ")])
    head = signed_in("head", cities["aso"])
    assert links(found(head, "432148", "目標ゑ")) == []
    page = found(head, "432148", "目標ゑ", drafts="1")
    assert f"/432148/plans/{aso.plan.key}/draft/elements/{element.key}/#k-{element.key}" in links(page)
    assert "下書き" in page
    assert links(found(reader, "432148", "目標ゑ", drafts="1")) == []


def test_older_editions_are_by_choice(aso: Any, cities: dict[str, Any], reader: Client) -> None:
    from datetime import date

    from sosei.plan.operations import Set
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import User
    from sosei.web.plans.acts import Adoption, adopt, begin_revision, operate
    from sosei.web.plans.store import draft_document

    actor = actor_of(User.objects.get(username="officer-432148"), cities["aso"])
    draft = begin_revision(actor, aso.plan)
    element = draft_document(draft).elements[0]
    made = Set(key=element.key, field="name", old=element.name, new="新しい目標ゑ", reason="改称")
    operate(actor, draft, [made])
    draft.refresh_from_db()
    adopt(actor, draft, Adoption(title="改定", on=date(2026, 4, 1), length=draft.length))
    now = links(found(reader, "432148", "目標ゑ"))
    assert now
    assert all("/current/" in link for link in now)
    old = links(found(reader, "432148", element.name, older="1"))
    assert any("/e1/" in link for link in old)
    assert not any("/e1/" in link for link in links(found(reader, "432148", element.name)))


def test_another_municipality_is_not_searched(
    aso: Any, adopted: Adopted, cities: dict[str, Any], signed_in: SignedIn, reader: Client
) -> None:
    adopted("hitoyoshi")
    assert links(found(reader, "432148", "きじうま", older="1")) == []
    assert reader.get("/432032/search/", {"q": "きじうま"}).status_code == 404
    own = signed_in("reader", cities["hitoyoshi"])
    assert links(found(own, "432032", "きじうま"))


def test_the_box_stands_in_the_header_of_a_municipality_only(aso: Any, reader: Client) -> None:
    assert 'action="/432148/search/"' in reader.get("/432148/").content.decode()
    assert "/search/" not in reader.get("/about/").content.decode()


def test_a_city_without_an_edition_is_told_so(cities: dict[str, Any], signed_in: SignedIn) -> None:
    page = found(signed_in("head", cities["aso"]), "432148", "移住")
    assert "検索できる計画がまだありません" in page


@pytest.mark.once
@pytest.mark.parametrize("kpis", [4, 40, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_search_takes_a_few_queries(
    kpis: int, officer: Any, cities: dict[str, Any], signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    adopt_plan(officer, "aso", made_of(clean_plan(kpis), "432148"))
    client = signed_in("head", cities["aso"])
    with django_assert_max_num_queries(14):
        page = found(client, "432148", "地区", drafts="1", older="1")
    assert links(page)
