"""The pages as a browser gets them: addresses, rights, both languages, what a policy forbids."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from sosei.plan.operations import Set
from sosei.plan.writing import dump_plan
from sosei.web.plans.acts import Adoption, adopt, begin_revision, load_file, operate
from sosei.web.plans.store import edition_document
from sosei.web.reading.kept import overview_of, reader_of
from tests.checks.build import city, goal, kpi, measure, numeric_target, project, project_kpi

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SignedIn = Callable[..., Client]
Adopted = Callable[[str], Any]


class Page(HTMLParser):
    """What the tests ask of a page: ids, links, headings, and text outside what is marked as Japanese."""

    VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "rect", "circle", "line", "path"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if identity := given.get("id"):
            self.ids.append(identity)
        if tag == "a" and (href := given.get("href")):
            self.links.append(href)
        self.faults += [
            f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on") or name == "hx-on"
        ]
        if tag == "script" and not given.get("src"):
            self.faults.append("<script>")
        if tag not in self.VOID:
            hidden = given.get("lang") == "ja" or given.get("xml:lang") == "ja"
            self._open.append((tag, hidden))
        for name in ("aria-label", "data-label", "title", "alt"):
            if not self._in_japanese and given.get(name):
                self.words.append(given[name] or "")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._in_japanese:
            self.words.append(data)

    @property
    def _in_japanese(self) -> bool:
        return any(hidden for _, hidden in self._open)


def base(edition: Any, version: str = "current") -> str:
    """The address of a plan's first page."""
    return f"/{edition.municipality.code}/plans/{edition.plan.key}/{version}/"


def pages_of(edition: Any) -> list[str]:
    """The address of every page of a plan that this part shows."""
    document = edition_document(edition)
    first, reader = base(edition), reader_of(document)
    return [
        first,
        *(f"{first}elements/{key}/" for key in reader.placed),
        *(f"{first}indicators/{key}/" for key in reader.indicators),
    ]


@pytest.mark.parametrize(("name", "language"), [("hitoyoshi", "ja"), ("aso", "en")])
def test_every_page_is_whole_and_its_links_lead_to_pages(
    name: str, language: str, adopted: Adopted, signed_in: SignedIn
) -> None:
    edition = adopted(name)
    client = signed_in("reader", edition.municipality)
    client.cookies["sosei_language"] = language
    addresses = pages_of(edition)
    known = set(addresses)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        page = Page(html)
        assert page.faults == [], address
        assert len(page.ids) == len(set(page.ids)), address
        assert html.count("<h1") == 1, address
        strangers = {link for link in page.links if link.startswith(addresses[0])} - known
        assert {link for link in strangers if "/elements/" in link or "/indicators/" in link} == set(), (
            address
        )


def test_the_overview_shows_goals_targets_and_what_is_difficult(
    adopted: Adopted, signed_in: SignedIn
) -> None:
    edition = adopted("hitoyoshi")
    html = signed_in("reader", edition.municipality).get(base(edition)).content.decode()
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    for text in (
        "6 ／ 27件のKPIが達成",
        "令和6年度は4年の計画期間の1年目です。",
        "基準値 -1人 実績値 -147人 目標値 65人 未達成 -226%",
        "課題のある指標 11件",
        "達成率は低いが、経過に見合っている指標（3件）",
        "基準値より悪化",
        "人吉市「事業進捗報告（令和６年度分）」【資料２-②】による。",
    ):
        assert text in words
    assert html.count('class="spark"') == 11


def test_a_plan_without_values_shows_baselines_and_targets(adopted: Adopted, signed_in: SignedIn) -> None:
    edition = adopted("aso")
    client = signed_in("reader", edition.municipality)
    html = client.get(base(edition)).content.decode()
    assert "実績はまだありません" in html
    assert "1,241億5,500万円" in html
    assert "課題のある指標" not in html
    document = edition_document(edition)
    births = next(each.key for each in document.indicators if each.name == "阿蘇市の出生数")
    page = client.get(f"{base(edition)}indicators/{births}/").content.decode()
    assert "100人以上" in page
    assert 'role="img"' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [("elements/nobodyhere/", 404), ("indicators/nobodyhere/", 404), ("?year=2024", 200), ("?year=", 200)],
)
def test_addresses(path: str, status: int, adopted: Adopted, signed_in: SignedIn) -> None:
    edition = adopted("hitoyoshi")
    assert signed_in("reader", edition.municipality).get(base(edition) + path).status_code == status


@pytest.mark.parametrize("year", ["1999", "R6", "x" * 500, "-1", "2024.0"])
def test_a_year_without_values_is_refused_in_one_sentence(
    year: str, adopted: Adopted, signed_in: SignedIn
) -> None:
    edition = adopted("hitoyoshi")
    response = signed_in("reader", edition.municipality).get(base(edition), {"year": year})
    assert response.status_code == 400
    assert "実績のある年度: R6" in response.content.decode()


def test_an_earlier_year_is_kept_from_page_to_page(
    officer: Callable[[str], Any], signed_in: SignedIn
) -> None:
    actor = officer("aso")
    rows = [kpi("創業件数", "5件", "10件", "12件", earlier={"R5": "4件"})]
    plan = city(
        goal("基本目標1", measures=[measure("施策①", "創業", kpis=rows)]),
        municipality={"code": actor.municipality.code, "name": "阿蘇市"},
    )
    edition = _adopt(actor, dump_plan(plan))
    client = signed_in("reader", edition.municipality)
    html = client.get(base(edition), {"year": "2023"}).content.decode()
    (target,) = {link for link in Page(html).links if "/plans/" in link and "/indicators/" in link}
    assert target.endswith("?year=2023")
    key = edition_document(edition).elements[0].children[0].key
    old = client.get(f"{base(edition)}elements/{key}/", {"year": "2023"}).content.decode()
    assert "4件" in old
    assert "12件" not in old
    new = client.get(f"{base(edition)}elements/{key}/").content.decode()
    assert "4件" in new
    assert "12件" in new


def test_a_draft_and_an_older_edition_say_what_they_are(
    adopted: Adopted, officer: Callable[[str], Any], person: Callable[..., Any], signed_in: SignedIn
) -> None:
    from sosei.web.people.actor import actor_of

    edition = adopted("aso")
    actor = actor_of(person("officer", edition.municipality, username="second"), edition.municipality)
    draft = begin_revision(actor, edition.plan)
    client = signed_in("clerk", edition.municipality)
    html = client.get(base(edition, "draft")).content.decode()
    assert "まだ策定されていない内容です" in html
    old_title = edition_document(edition).title
    made = Set(key=edition.plan.key, field="title", old=old_title, new="改訂版", reason="改訂")
    operate(actor, draft, [made])
    draft.refresh_from_db()
    adopt(actor, draft, Adoption(title="改訂", on=date(2026, 4, 1), length=draft.length))
    old = client.get(base(edition, "e1")).content.decode()
    assert "新しい版があります" in old
    assert base(edition, "current") in old
    assert "新しい版があります" not in client.get(base(edition, "e2")).content.decode()


def test_the_review_is_for_those_who_may_read_it(adopted: Adopted, signed_in: SignedIn) -> None:
    edition = adopted("hitoyoshi")
    document = edition_document(edition)
    key = next(
        each.key for each in document.indicators if each.name == "企業版ふるさと納税を活用した寄附件数"
    )
    shown = {}
    for role in ("clerk", "council"):
        html = signed_in(role, edition.municipality).get(f"{base(edition)}indicators/{key}/").content.decode()
        shown[role] = sorted(set(re.findall(r"点検 ([A-Z]{3}\d\d)", html)))
    assert shown["council"] == []
    assert {"PER01", "TGT03", "ABS10"} <= set(shown["clerk"])


def _adopt(actor: Any, data: bytes) -> Any:
    draft = load_file(actor, data)
    return adopt(actor, draft, Adoption(title="1", on=date(2025, 9, 1), length=draft.length))


def test_nothing_but_the_plans_own_words_is_japanese_in_english(
    officer: Callable[[str], Any], signed_in: SignedIn
) -> None:
    actor = officer("aso")
    rows = [
        kpi("Births", "5", "10", "4", earlier={"R5": "-"}, source="Register", of="a"),
        kpi("Visitors", "28/3", "36", "40", of="b"),
        kpi("Undecided", "3", "9", "5", direction="undecided"),
    ]
    projects = [
        project(
            "Held a school.",
            "Seven came.",
            name="School",
            division=["Trade"],
            kpis=[project_kpi("Births", of="a")],
        )
    ]
    plan = city(
        goal(
            "Goal 1",
            "Work",
            targets=[numeric_target("Income", "1", "2", "-")],
            measures=[
                measure(
                    "M1", "Start", kpis=rows, projects=projects, division=["Trade"], description="Support."
                )
            ],
            division=["Trade"],
        ),
        title="Strategy",
        period=("R6", "R9"),
        municipality={"code": actor.municipality.code, "name": "Aso"},
        opinions=[{"key": "kopinion01", "text": {"text": "Low."}}],
    )
    edition = _adopt(actor, dump_plan(plan))
    client = signed_in("clerk", edition.municipality)
    client.cookies["sosei_language"] = "en"
    for address in pages_of(edition):
        html = client.get(address).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        found = [word for word in Page(main).words if re.search(r"[ぁ-んァ-ヶ一-龠]", word)]
        # The review quotes the plan's printed headings, and its period is printed in Japanese.
        assert [word for word in found if not word.startswith("Edition 1")] == [], address


def test_what_is_worked_out_is_kept_with_the_plan(adopted: Adopted) -> None:
    document = edition_document(adopted("hitoyoshi"))
    assert overview_of(document, None) is overview_of(document, None)
    assert reader_of(document) is reader_of(document)
    other = document.model_copy()
    assert other == document
    assert reader_of(other) is not reader_of(document)


def test_hostile_texts_are_shown_and_do_nothing(officer: Callable[[str], Any], signed_in: SignedIn) -> None:
    actor = officer("aso")
    bad = '"><script>alert(1)</script><b onclick=x {{ 7|add:1 }} {% t %}'
    rows = [kpi(bad, "5件", "10件", "4件", source=bad, definition=bad)]
    plan = city(
        goal(
            bad,
            bad,
            targets=[numeric_target(bad, "1", "2", "1")],
            measures=[measure(bad, bad, kpis=rows, description=bad)],
        ),
        title=bad,
        catchphrase=bad,
        municipality={"code": actor.municipality.code, "name": "阿蘇市"},
    )
    edition = _adopt(actor, dump_plan(plan))
    client = signed_in("clerk", edition.municipality)
    for address in pages_of(edition):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert Page(html).faults == []
        assert "{{ 7|add:1 }}" in html
