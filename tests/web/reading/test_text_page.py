"""The plan's text: everything of the model can be read somewhere, and every record has its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel

from sosei.plan import walk
from sosei.plan.keys import new_key
from sosei.plan.model import Plan
from sosei.plan.record import Chapter, Erratum, Opinion
from sosei.values import Quantity, Span, When, YearLabel
from sosei.web.reading.finding_links import address_of, address_of_row, records
from sosei.web.reading.narrative import chapters, projections
from sosei.web.reading.prose import Block, blocks
from sosei.web.reading.rows import search_rows
from tests.web.reading.test_list_pages import adopt_plan

pytestmark = [pytest.mark.django_db, pytest.mark.once]

_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
# Codes and links that a reader sees in words.
UNSAID = frozenset(
    {"key", "format", "version", "scheme", "level", "code", "page", "at", "offset", "table", "indicator"}
    | {
        "part_of",
        "breakdown_of",
        "continues",
        "about",
        "divisions",
        "anchors",
        "terms",
        "field",
        "place",
        "not_printed",
        "interpreted",
    }
)


def texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with the field that holds it; of values and years what is printed."""
    if isinstance(value, Quantity | YearLabel | Span):
        yield field, value.text
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield field, value
    elif isinstance(value, dict):
        yield from ((field, each) for each in value.values())
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each, field)
    elif isinstance(value, BaseModel) or (is_dataclass(value) and not isinstance(value, When)):
        names = (
            type(value).model_fields
            if isinstance(value, BaseModel)
            else [each.name for each in fields(value)]
        )
        for name in names:
            if name not in UNSAID:
                yield from texts(getattr(value, name), f"{type(value).__name__}.{name}")


def plain(page: str) -> str:
    """What a page says, without marks and white space."""
    return "".join(unescape(_TAGS.sub(" ", page)).split())


@pytest.fixture(params=["aso", pytest.param("hitoyoshi", marks=pytest.mark.slow)])
def city(request: pytest.FixtureRequest) -> str:
    return request.param


class Site:
    """All pages of an adopted plan by address."""

    def __init__(self, client: Client, edition: Any, plan: Plan) -> None:
        self.client = client
        self.address = {"code": edition.municipality.code, "plan": edition.plan.key, "version": "current"}
        self.base = "/{code}/plans/{plan}/{version}/".format(**self.address)
        self.plan = plan
        self.pages: dict[str, str] = {}

    def get(self, address: str) -> str:
        if address not in self.pages:
            response = self.client.get(address)
            assert response.status_code == 200, address
            self.pages[address] = response.content.decode()
        return self.pages[address]

    def all(self) -> dict[str, str]:
        names = ["", "text/", "kpis/?size=all"]
        names += [f"elements/{placed.element.key}/" for placed in walk.elements(self.plan)]
        names += [f"indicators/{indicator.key}/" for indicator in self.plan.indicators]
        return {name: self.get(self.base + name) for name in names}


@pytest.fixture
def site(city: str, adopted: Callable[[str], Any], signed_in: Any, cities: dict[str, Any]) -> Site:
    from sosei.web.plans.store import edition_document

    edition = adopted(city)
    return Site(signed_in("reader", cities[city]), edition, edition_document(edition))


def test_every_text_of_a_plan_can_be_read(site: Site) -> None:
    said = plain("\n".join(site.all().values()))
    silent = [
        (field, line)
        for field, text in texts(site.plan)
        for line in text.splitlines()
        if (bare := "".join(line.split()).lstrip("・")) and bare not in said
    ]
    assert silent == []


def test_every_record_has_its_place_on_a_page(site: Site) -> None:
    missing = []
    for node in walk.nodes(site.plan):
        page, _, anchor = address_of(site.plan, node.key).url(site.address).partition("#")
        if f'id="{anchor}"' not in site.get(page):
            missing.append((type(node).__name__, page, anchor))
    assert missing == []


def test_a_result_of_search_leads_where_the_record_stands(site: Site) -> None:
    for row in search_rows(site.plan):
        assert address_of_row(row) == address_of(site.plan, row.record)


def test_anchors_are_unique(site: Site) -> None:
    page = site.get(f"{site.base}text/")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(ids)


def test_a_plan_knows_no_other_plans_records(plans: dict[str, Plan]) -> None:
    with pytest.raises(KeyError):
        address_of(plans["aso"], plans["hitoyoshi"].elements[0].key)
    assert set(records(plans["aso"])) == set(walk.index(plans["aso"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一行", [Block(("一行",))]),
        ("前文\n・一つ\n・二つ\n後文", [Block(("前文",)), Block(("一つ", "二つ"), True), Block(("後文",))]),
        ("一\n\n二\r\n三", [Block(("一",)), Block(("二",)), Block(("三",))]),
        ("・ 空白のあと", [Block(("空白のあと",), True)]),
        ("", []),
        ("ア・イ・ウ", [Block(("ア・イ・ウ",))]),
    ],
)
def test_lines_are_paragraphs_or_bullets(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


def test_chapters_nested_deep_stay_in_order(plans: dict[str, Plan]) -> None:
    chapter = Chapter(key=new_key(), title="最も深い節")
    for depth in range(300):
        chapter = Chapter(key=new_key(), title=f"{depth}", sections=(chapter,))
    plan = plans["aso"].model_copy(update={"chapters": (chapter,)})
    found = chapters(plan)
    assert [part.chapter.title for part in found[:2]] == ["299", "298"]
    assert found[-1].chapter.title == "最も深い節"
    assert max(part.depth for part in found) == 4


def test_the_projection_is_drawn_in_the_language_of_the_page(plans: dict[str, Plan]) -> None:
    (ja,), (en,) = (projections(plans["aso"], language) for language in ("ja", "en"))
    assert ja.chart is not None
    assert en.chart is not None
    assert ja.chart.unit == "人"
    assert len(ja.chart.points) == 11
    assert en.chart.points[-1].label == "2070"


def test_opinions_and_errata_are_shown_with_what_they_are_about(
    officer: Any, cities: dict[str, Any], signed_in: Any, plans: dict[str, Plan]
) -> None:
    from sosei.plan.base import Prose

    plan = plans["aso"]
    goal = plan.elements[0]
    opinions = (
        Opinion(
            key=new_key(),
            about=goal.key,
            by="委員（サンプル）",
            text=Prose(text="<img src=x onerror=alert(1)>よい\n・一つ目"),
            answer=Prose(text="検討します"),
            action="計画に反映",
        ),
        Opinion(key=new_key(), text=Prose(text="回答のない意見（サンプル）")),
    )
    errata = (Erratum(key=new_key(), about=goal.key, field="name", printed="誤り", right="正しい"),)
    edition = adopt_plan(officer, "aso", plan.model_copy(update={"opinions": opinions, "errata": errata}))
    page = signed_in("reader", cities["aso"]).get(f"/432148/plans/{edition.plan.key}/current/text/")
    text = page.content.decode()
    assert "<img" not in text
    assert "&lt;img src=x" in text
    assert "<li>一つ目</li>" in text
    assert "検討します" in text
    assert "まだ回答がありません" in text
    assert "<del>誤り</del>" in text
    assert f"elements/{goal.key}/#k-{goal.key}" in text
