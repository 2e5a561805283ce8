"""The pages of the whole list: editions and drafts alike, few queries, addresses that hold the state."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from sosei.plan.model import Plan
from sosei.plan.writing import dump_plan
from tests.checks.clean import clean_plan

pytestmark = pytest.mark.django_db

Adopted = Callable[[str], Any]
SignedIn = Callable[..., Client]


def base(edition: Any, version: str = "current") -> str:
    return f"/{edition.municipality.code}/plans/{edition.plan.key}/{version}/kpis/"


def get(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row" class="name"><a [^>]*>(.*?)</a>', page)


@pytest.fixture
def edition(adopted: Adopted) -> Any:
    return adopted("hitoyoshi")


@pytest.fixture
def head(signed_in: SignedIn, cities: dict[str, Any]) -> Client:
    return signed_in("head", cities["hitoyoshi"])


def test_the_list_counts_what_it_shows(edition: Any, head: Client) -> None:
    page = get(head, base(edition))
    assert "112件（1～50件目）" in page
    assert len(names(page)) == 50
    assert len(names(get(head, base(edition), size="all"))) == 112
    page = get(head, base(edition), role="kpi", text="観光", size="100")
    assert "112件中" in page
    assert 0 < len(names(page)) < 27
    assert page.count(" selected>") == 1
    assert 'value="観光"' in page
    assert "絞り込みを解除" in page


def test_sorting_by_rate_puts_what_has_none_last(edition: Any, head: Client) -> None:
    page = get(head, base(edition), sort="rate", desc="1", size="all")
    assert 'aria-sort="descending"' in page
    rates = [
        float(cell.rstrip("%")) if cell.endswith("%") else None
        for cell in re.findall(r'<td class="n" data-label="達成率">([^<]*)', page)
    ]
    known = [rate for rate in rates if rate is not None]
    assert len(known) == 30
    assert rates == sorted(known, reverse=True) + [None] * (len(rates) - len(known))
    assert 'href="?sort=rate&amp;size=all"' in page or 'href="?size=all&amp;sort=rate"' in page


@pytest.mark.parametrize("city", ["hitoyoshi", "aso"])
def test_a_draft_has_the_rows_that_adoption_writes(
    city: str, adopted: Adopted, officer: Any, cities: dict[str, Any]
) -> None:
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import User
    from sosei.web.plans.acts import begin_revision
    from sosei.web.plans.opened import Opened
    from sosei.web.reading.list_rows import list_rows

    edition = adopted(city)
    actor = actor_of(User.objects.get(), cities[city])
    draft = begin_revision(actor, edition.plan)
    stored = list_rows(Opened(edition.plan, "current", edition=edition))
    computed = list_rows(Opened(edition.plan, "draft", draft=draft))
    assert stored == computed


def test_findings_are_for_those_who_may_read_them(
    edition: Any, head: Client, signed_in: SignedIn, cities: dict[str, Any]
) -> None:
    everything = names(get(head, base(edition), size="all"))
    found = names(get(head, base(edition), size="all", findings="1"))
    assert 0 < len(found) < len(everything)
    reader = signed_in("reader", cities["hitoyoshi"])
    page = get(reader, base(edition), size="all", findings="1")
    assert names(page) == everything
    assert "点検の指摘" not in page


def test_where_nothing_fits_the_page_says_what_to_leave_out(edition: Any, head: Client) -> None:
    page = get(head, base(edition), role="numeric_target", text="きじうま", sort="rate")
    assert "条件に合う指標がありません" in page
    assert "区分「数値目標」" in page
    assert "ことば「きじうま」" in page
    assert 'href="?text=%E3%81%8D%E3%81%98%E3%81%86%E3%81%BE&amp;sort=rate"' in page
    page = get(head, base(edition), goal="g000000000", text="<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "この版にないため外しました" in page
    assert "&lt;script&gt;" in page


def test_the_csv_is_the_filtered_list_in_the_same_order(edition: Any, head: Client) -> None:
    query = {"role": "kpi", "sort": "rate", "desc": "1"}
    shown = names(get(head, base(edition), **query))
    response = head.get(f"{base(edition)}list.csv", query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["指標"] for row in rows] == shown
    assert "実績値 R6" in rows[0]


def test_the_list_speaks_english(edition: Any, head: Client) -> None:
    head.cookies["sosei_language"] = "en"
    page = get(head, base(edition))
    assert "112 KPIs (1 to 50)" in page
    assert "FY2024 Actual" in page
    rows = head.get(f"{base(edition)}list.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Goal,Measure,Place,Role,Indicator")


def adopt_plan(officer: Any, city: str, plan: Plan) -> Any:
    from sosei.web.plans.acts import Adoption, adopt, load_file

    actor = officer(city)
    draft = load_file(actor, dump_plan(plan))
    return adopt(actor, draft, Adoption(title="策定", on=date(2025, 9, 1), length=draft.length))


def made_of(plan: Plan, code: str) -> Plan:
    return plan.model_copy(update={"municipality": plan.municipality.model_copy(update={"code": code})})


@pytest.mark.once
@pytest.mark.parametrize("kpis", [4, 40, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_long_list_takes_as_many_queries_as_a_short_one(
    kpis: int, officer: Any, cities: dict[str, Any], signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    edition = adopt_plan(officer, "aso", made_of(clean_plan(kpis), "432148"))
    client = signed_in("head", cities["aso"])
    get(client, base(edition))
    with django_assert_max_num_queries(14):
        get(client, base(edition), sort="y2024", desc="1")
    with django_assert_max_num_queries(14):
        get(client, base(edition), findings="1", division="観光課")


def test_a_plan_without_indicators_says_what_will_be_here(
    officer: Any, cities: dict[str, Any], signed_in: SignedIn
) -> None:
    from sosei.web.plans.acts import load_file

    plan = made_of(clean_plan(0), "432148").model_copy(
        update={"elements": (), "indicators": (), "notes": (), "opinions": (), "errata": (), "population": ()}
    )
    draft = load_file(officer("aso"), dump_plan(plan))
    client = signed_in("head", cities["aso"])
    address = f"/432148/plans/{draft.plan.key}/draft/"
    assert "この計画には指標がまだありません" in get(client, f"{address}kpis/")
    assert client.get(f"{address}kpis/list.csv").status_code == 200
    assert client.get(f"{address}text/").status_code == 200
    assert client.get(f"{address}findings/").status_code == 200
