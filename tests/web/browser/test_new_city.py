"""A city that begins with nothing: a plan entered by hand in one sitting, adopted, revised with a reason, compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from sosei.plan.walk import by_key, placements
from tests.web.browser.conftest import DESKTOP, PHONE, Complaints
from tests.web.conftest import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "第1期阿蘇市総合戦略（サンプル）"
WHY = "移住相談の実績を踏まえて引き上げる（サンプル）"
_MANY = 1000  # keys
GOALS = ("基本目標１　しごとをつくる（サンプル）", "基本目標２　人の流れをつくる（サンプル）")
MEASURES = (
    (0, ("施策①　農林業の振興（サンプル）", "施策②　観光の振興（サンプル）")),
    (1, ("施策①　移住の促進（サンプル）",)),
)


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A KPI as an officer types it; ``kana`` where its name is converted from them."""

    measure: str
    name: str
    unit: str
    baseline: str
    since: str
    target: str
    kana: str = ""


KPIS = (
    Kpi(
        measure="農林業",
        name="新規就農者数（サンプル）",
        unit="人",
        baseline="１０３",
        since="令和6年度",
        target="150",
    ),
    Kpi(
        measure="農林業",
        name="農業産出額（サンプル）",
        unit="",
        baseline="1,241億5,500万円",
        since="R6",
        target="1,300億円",
    ),
    Kpi(
        measure="観光",
        name="観光客数の増減（サンプル）",
        unit="人",
        baseline="△10",
        since="令和6年5月",
        target="500",
    ),
    Kpi(
        measure="観光",
        name="宿泊者数（サンプル）",
        kana="しゅくはくしゃすう",
        unit="千人",
        baseline="412",
        since="2024年度",
        target="450",
    ),
    Kpi(
        measure="移住",
        name="移住者数（サンプル）",
        unit="人",
        baseline="－",
        since="令和6年度",
        target="３０",
    ),
    Kpi(
        measure="移住",
        name="空き家の活用件数（サンプル）",
        unit="件",
        baseline="7",
        since="令和6年度",
        target="20",
    ),
)


class Hands:
    """What an officer's hands do in a form: clicks and keys, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def fill(self, name: str, text: str) -> None:
        """Go on by the Tab key to the input ``name`` and type."""
        while self.page.evaluate("document.activeElement?.name") != name:
            self.page.keyboard.press("Tab")
            self.keys += 1
            assert self.keys < _MANY, f"no Tab leads to {name}"
        self.page.keyboard.type(text)
        self.keys += len(text)

    def convert(self, name: str, kana: str, text: str) -> None:
        """The same by a conversion of kana."""
        self.fill(name, "")
        ime = self.page.context.new_cdp_session(self.page)
        end = len(kana)
        ime.send("Input.imeSetComposition", {"text": kana, "selectionStart": end, "selectionEnd": end})
        ime.send("Input.insertText", {"text": text})
        self.keys += 2 * len(kana)


def seen(page: Page) -> None:
    """The step's page has come and fits the window, wide and on a phone."""
    expect(page.get_by_role("main")).to_be_visible()
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        page.wait_for_function(
            "width => document.documentElement?.scrollWidth <= width", arg=viewport["width"]
        )


@pytest.fixture
def page(sit_down: Callable[..., Page], person: Person, cities: dict[str, Any]) -> Page:
    return sit_down(person("officer", cities["aso"]), accept_downloads=True)


def test_a_plan_from_nothing_to_a_printed_comparison(
    page: Page, cities: dict[str, Any], complaints: Complaints
) -> None:
    hands = Hands(page)
    _begin(page)
    _outline(page)
    for measure in dict.fromkeys(kpi.measure for kpi in KPIS):
        _enter(page, hands, [kpi for kpi in KPIS if kpi.measure == measure])
    assert hands.clicks <= 2 * len(KPIS)
    assert hands.keys - sum(map(len, _texts())) < 30 * len(KPIS)
    _years(page)
    _tell(page)
    _stands_as_typed(cities["aso"])
    page.get_by_role("link", name="下書き").first.click()
    seen(page)
    _adopt(page, "策定", "令和7年4月1日", "議決を経て策定")
    _revise(page)
    _adopt(page, "改訂", "2026-04-01", "移住の実績を踏まえて")
    _compare(page)
    assert complaints == []


def _texts() -> Iterator[str]:
    for kpi in KPIS:
        yield from (kpi.name, kpi.unit, kpi.baseline, kpi.since, kpi.target)


def _stands_as_typed(city: Any) -> None:
    """The draft holds two goals, three measures and six KPIs, as typed and rightly read."""
    from sosei.web.plans.models import Draft
    from sosei.web.plans.store import draft_document

    document = draft_document(Draft.objects.get(municipality=city, is_open=True))
    found = {placement.name: placement for _, placement in placements(document)}
    assert [len(goal.children) for goal in document.elements] == [2, 1]
    assert [*found] == [kpi.name for kpi in KPIS]
    for kpi in KPIS:
        placement = found[kpi.name]
        assert placement.baseline is not None
        assert placement.target is not None
        assert (str(placement.baseline.quantity), str(placement.baseline.year)) == (kpi.baseline, kpi.since)
        assert (str(placement.target.quantity), str(placement.target.year)) == (kpi.target, "令和11年度")
    numbers = [each.baseline.quantity.base for each in found.values() if each.baseline]
    assert [base and base[0] for base in numbers] == [103, 124_155_000_000, -10, 412, None, 7]
    assert [each.title for each in document.chapters] == ["はじめに（サンプル）"]
    values = by_key(document)[found[KPIS[-1].name].indicator].observations
    assert [(str(each.year), str(each.quantity)) for each in values] == [
        ("令和7年度", "９"),
        ("令和8年度", "集計中"),
    ]


def _main(page: Page) -> Locator:
    return page.get_by_role("main")


def _begin(page: Page) -> None:
    page.goto("/")
    seen(page)
    _main(page).get_by_role("link", name="計画").first.click()
    seen(page)
    page.get_by_label("計画の名称").fill(TITLE)
    page.get_by_label("計画期間の始まり").fill("令和７年度")
    page.get_by_label("計画期間の終わり").fill("R11")
    page.get_by_role("button", name="下書きを始める").click()
    expect(page.get_by_role("status").first).to_be_visible()
    seen(page)


def _outline(page: Page) -> None:
    _main(page).get_by_role("link", name="基本目標を加える").click()
    seen(page)
    page.get_by_label("一行に一つ").fill("\n".join(GOALS))
    page.get_by_role("button", name="番号と名称に分けて確かめる").click()
    seen(page)
    _main(page).get_by_role("button", name="追加する").click()
    expect(page.get_by_role("status").first).to_contain_text("2件")
    seen(page)
    for goal, lines in MEASURES:
        row = page.locator("#tree li").filter(has_text=GOALS[goal].split("　")[1]).first
        row.locator("summary").first.click()
        row.get_by_role("link", name="この下に").first.click()
        seen(page)
        page.get_by_label("一行に一つ").fill("\n".join(lines))
        page.get_by_role("button", name="番号と名称に分けて確かめる").click()
        _main(page).get_by_role("button", name="追加する").click()
        expect(page.get_by_role("status").first).to_contain_text(f"{len(lines)}件")
        seen(page)


def _enter(page: Page, hands: Hands, kpis: Sequence[Kpi]) -> None:
    """All KPIs of a measure, one after the other, without leaving the form."""
    _open_measure(page, kpis[0].measure)
    seen(page)
    hands.click(_main(page).get_by_role("link", name="指標を加える").first)
    for number, kpi in enumerate(kpis):
        form = page.locator("#new form")
        expect(form.locator("[name=name]")).to_have_value("")
        if number == 0:
            hands.click(form.locator("[name=name]"))
        if kpi.kana:
            hands.convert("name", kpi.kana, kpi.name)
        else:
            hands.fill("name", kpi.name)
        hands.fill("unit", kpi.unit)
        hands.fill("baseline.quantity", kpi.baseline)
        hands.fill("baseline.year", kpi.since)
        hands.fill("target.quantity", kpi.target)
        seen(page)
        is_last = number == len(kpis) - 1
        hands.click(form.get_by_role("button", name="加える" if is_last else "続けて次を書く", exact=is_last))
        expect(page.get_by_role("status").first).to_contain_text("加えました")
        seen(page)


def _tell(page: Page) -> None:
    """A chapter with its text, and how it will be read beside it."""
    page.get_by_role("link", name="計画を書く").first.click()
    page.get_by_role("region", name="計画のそのほかの部分").get_by_role("link", name="章・本文").click()
    seen(page)
    _main(page).locator("summary").filter(has_text="追加").click()
    _main(page).get_by_label("題名").fill("はじめに（サンプル）")
    _main(page).get_by_role("button", name="追加する").click()
    expect(page.get_by_role("status").first).to_contain_text("追加しました")
    page.get_by_label("本文", exact=True).fill("## 策定の趣旨\n\n人口の減少に向き合う（サンプル）。")
    expect(page.locator("[data-field=paragraphs] [data-said]")).to_contain_text("保存しました")
    expect(page.get_by_role("heading", name="策定の趣旨")).to_be_visible()
    seen(page)


def _years(page: Page) -> None:
    """The last KPI's page is open: the values of its first years, the Enter key going down."""
    cell = page.get_by_label("令和7年度 実績", exact=True)
    cell.first.fill("９")
    cell.first.press("Enter")
    page.keyboard.type("集計中")
    page.keyboard.press("Tab")
    page.wait_for_function("() => window.sosei.autosave.open() === 0")
    seen(page)


def _adopt(page: Page, title: str, day: str, reason: str) -> None:
    page.get_by_role("link", name="版として策定する").first.click()
    page.get_by_label("版の名称").fill(title)
    page.get_by_label("策定日").fill(day)
    page.get_by_label("策定・改訂の理由").fill(reason)
    seen(page)
    _main(page).get_by_role("button", name="策定する").click()
    expect(page.get_by_role("status").first).to_be_visible()
    seen(page)


def _revise(page: Page) -> None:
    """A target is raised; adopting is offered once the change has its reason."""
    page.goto("/432148/")
    seen(page)
    _main(page).get_by_role("link", name="下書き").click()
    seen(page)
    _main(page).get_by_role("button", name="見直しの下書きを始める").click()
    seen(page)
    page.get_by_role("link", name="下書きを書く").click()
    seen(page)
    _open_measure(page, "移住")
    page.get_by_role("link", name="移住者数（サンプル）").first.click()
    target = page.locator("[data-field=target] [name='target.quantity']")
    target.fill("４５人")
    expect(page.locator("[data-field=target] [data-said]")).to_contain_text("保存しました")
    seen(page)
    page.get_by_role("link", name="下書き", exact=False).first.click()
    page.get_by_role("link", name="版として策定する").click()
    expect(_main(page).get_by_role("button", name="策定する")).to_have_count(0)
    seen(page)
    page.get_by_role("link", name="理由を書く").click()
    seen(page)
    page.get_by_label("番の理由").fill(WHY)
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(_main(page)).to_contain_text("すべてに理由があります")
    seen(page)


def _compare(page: Page) -> None:
    """The old target, the new one and the reason, on screen and in the printed table."""
    page.goto("/432148/")
    page.get_by_role("link", name="版の一覧").click()
    seen(page)
    _main(page).get_by_role("link", name="新旧対照").first.click()
    for words in ("３０", "４５人", WHY):
        expect(_main(page)).to_contain_text(words)
    seen(page)
    _main(page).get_by_role("button", name="PDF A4").click()
    expect(page.get_by_role("link", name="ダウンロード")).to_be_visible()
    seen(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="ダウンロード").click()
    with pypdfium2.PdfDocument(download.value.path()) as document:
        text = "".join(each.get_textpage().get_text_range() for each in document)
    printed = "".join(text.split())
    for words in ("移住者数（サンプル）", "３０", "４５人", WHY):
        assert words in printed, words


def _open_measure(page: Page, name: str) -> None:
    page.goto(f"{page.url.split('/write/')[0]}/write/")
    page.get_by_label("番号・名称で探す").fill(name)
    page.locator("#tree").get_by_role("link").filter(has_text=name).first.click(timeout=5000)
