"""The pages of the review: for whom, what they hold, where the places lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from sosei.checks.finding import Severity
from sosei.checks.registry import rules
from sosei.checks.review import review, review_year
from sosei.plan.model import Plan
from sosei.web.reading.review_groups import (
    Wanted,
    by_division,
    by_family,
    divisions_of,
    fitting,
    grouped,
    wanted,
)
from tests.checks.clean import clean_plan
from tests.web.reading.test_list_pages import adopt_plan, made_of

pytestmark = pytest.mark.django_db

Adopted = Callable[[str], Any]
SignedIn = Callable[..., Client]


def base(edition: Any) -> str:
    return f"/{edition.municipality.code}/plans/{edition.plan.key}/current/"


def get(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def edition(adopted: Adopted) -> Any:
    return adopted("hitoyoshi")


@pytest.fixture
def head(signed_in: SignedIn, cities: dict[str, Any]) -> Client:
    return signed_in("head", cities["hitoyoshi"])


def test_the_page_holds_every_finding_with_its_reason_and_the_way_to_mend_it(
    edition: Any, head: Client, plans: dict[str, Plan]
) -> None:
    plan = plans["hitoyoshi"]
    found = review(plan, review_year(plan, None)).findings
    pages = [unescape(get(head, f"{base(edition)}findings/", page=number)) for number in "12"]
    text = "".join(pages)
    for finding in found:
        assert finding.message.ja in text
        assert finding.why.ja in text
        assert finding.mend.ja in text
    assert f"{len(found)}件" in pages[0]


def test_places_lead_to_pages_that_are_there(edition: Any, head: Client) -> None:
    page = get(head, f"{base(edition)}findings/", severity="error")
    links = {unescape(each).split("#")[0] for each in re.findall(r'<li><a href="([^"]+#k-\w{10})"', page)}
    assert links
    assert all(head.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize(
    "query",
    [
        {"severity": "error"},
        {"family": "TWN"},
        {"division": "商工観光課"},
        {"division": "-"},
        {"rule": "TWN01"},
        {"severity": "warning", "family": "TXT"},
    ],
)
def test_filters_hold_back_the_others(query: dict[str, str], plans: dict[str, Plan]) -> None:
    found = review(plans["hitoyoshi"], 2024).findings
    asked = wanted(query, found)
    assert asked == Wanted(**query)
    fit = fitting(found, asked)
    assert 0 < len(fit) < len(found)
    for each in found:
        fits = (
            query.get("severity", each.severity.value) == each.severity.value
            and query.get("family", each.code[:3]) == each.code[:3]
            and query.get("rule", each.code) == each.code
            and ("division" not in query or query["division"] in divisions_of(each))
        )
        assert (each in fit) is fits


def test_counts_add_up(plans: dict[str, Plan]) -> None:
    found = review(plans["hitoyoshi"], 2024).findings
    assert sum(row.total for row in by_family(found)) == len(found)
    for row in by_division(found):
        assert row.total == len(fitting(found, Wanted(division=row.value)))
    groups = grouped(found)
    assert [group.severity for group in groups] == list(Severity)
    flat = [f for g in groups for family in g.families for rule in family.rules for f in rule.findings]
    assert flat == list(found)


def test_unknown_filters_are_left_out(edition: Any, head: Client) -> None:
    page = get(head, f"{base(edition)}findings/", severity="<script>", rule="XXX99", page="x")
    assert "<script>" not in page
    assert "74件" in page


def test_council_and_readers_do_not_see_findings(
    edition: Any, signed_in: SignedIn, cities: dict[str, Any]
) -> None:
    for role in ("council", "reader"):
        client = signed_in(role, cities["hitoyoshi"])
        assert client.get(f"{base(edition)}findings/").status_code == 403
        assert client.get(f"{base(edition)}findings/TWN01/").status_code == 403


def test_each_rule_has_a_page(edition: Any, head: Client) -> None:
    for rule in rules():
        page = unescape(get(head, f"{base(edition)}findings/{rule.code}/"))
        assert rule.title.ja in page
        assert rule.case.ja in page
    assert head.get(f"{base(edition)}findings/XXX01/").status_code == 404


def test_a_plan_in_which_nothing_is_wrong_says_so(
    officer: Any, cities: dict[str, Any], signed_in: SignedIn
) -> None:
    edition = adopt_plan(officer, "aso", made_of(clean_plan(8), "432148"))
    page = get(signed_in("head", cities["aso"]), f"{base(edition)}findings/")
    assert "指摘はありません" in page


def test_waivers_are_shown_with_their_reason_and_what_they_held_back(
    officer: Any, cities: dict[str, Any], signed_in: SignedIn, plans: dict[str, Plan]
) -> None:
    from sosei.plan.keys import new_key
    from sosei.plan.record import Waiver

    plan = plans["aso"]
    first = review(plan, None).findings[0]
    waivers = (
        Waiver(key=new_key(), code=first.code, reason="確かめた<b>うえ</b>で外す", by="企画財政課"),
        Waiver(key=new_key(), code="EDT", reason="表記は直さない", at=plan.elements[0].key),
    )
    edition = adopt_plan(officer, "aso", plan.model_copy(update={"waivers": waivers}))
    client = signed_in("head", cities["aso"])
    page = get(client, f"{base(edition)}findings/")
    assert "計画で外した規則" in page
    assert "確かめた&lt;b&gt;うえ&lt;/b&gt;で外す" in page
    held_back = sum(each.code == first.code for each in review(plan, None).findings)
    assert f'<td class="n">{held_back}件</td>' in page
    assert plan.elements[0].name in page
    assert "確かめた" in get(client, f"{base(edition)}findings/{first.code}/")
    assert "表記は直さない" in get(client, f"{base(edition)}text/")
