"""The manual inside the application: every link arrives, every example is true, every fold finds its section."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from sosei.values import Column, Reason, parse_quantity, parse_span, parse_year_label
from sosei.web.help import manual
from sosei.web.writing.heard import quantity_words, span_words, year_words
from tests.web.conftest import ROOT

TEMPLATES = ROOT / "src/sosei/web/templates"
_BESIDE = re.compile(r'{%\s*help\s+"([^"]+)"')
_ROW = re.compile(r"^\| `(.+?)` \| (.+) \|$", re.MULTILINE)

# The sections that the forms of writing speak of.
ANCHORS = [
    "階層と番号",
    "名称と説明",
    "担当課",
    "指標",
    "数値の書き方",
    "年度の書き方",
    "基準値と目標値",
    "年ごとの目標",
    "実績値",
    "印字された達成率",
    "値がないとき",
    "注",
    "章と本文",
    "関係する計画",
    "前期の検証",
    "人口",
    "評価方式",
    "元に戻す",
    "二人で書く",
    "通信が切れたとき",
    "Excelに書き出す",
    "Excelから読み込む",
    "貼り付ける",
    "改定照会",
    "意見募集",
    "変更の理由",
    "策定する",
]


def test_every_file_is_a_page() -> None:
    assert {path.stem for path in manual.folder().glob("*.md")} == set(manual.PAGES)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_the_sections_that_forms_speak_of_exist(anchor: str) -> None:
    words, content = manual.section(f"計画の書き方#{anchor}")
    assert words == anchor
    assert content


def beside_forms() -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(TEMPLATES)), place)
        for path in sorted(TEMPLATES.rglob("*.html"))
        for place in _BESIDE.findall(path.read_text(encoding="utf-8"))
    ]


def test_every_fold_beside_a_form_finds_its_section() -> None:
    found = beside_forms()
    assert len(found) >= 8
    for _, place in found:
        manual.section(place)


@pytest.mark.parametrize("name", manual.PAGES)
def test_every_link_of_a_page_arrives(name: str) -> None:
    for target in manual.page(name).links:
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        if path.startswith(f"{manual.PICTURES}/"):
            assert (manual.folder() / path).is_file(), target
            continue
        found = manual.page(path.removesuffix(".md") if path else name)
        assert not anchor or manual.anchor_of(anchor) in {each.anchor for each in found.headings}, target


@pytest.mark.parametrize("name", manual.PAGES)
def test_a_page_is_shown(name: str) -> None:
    client = Client()
    answer = client.get(manual.address(name))
    page = answer.content.decode()
    assert answer.status_code == 200
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert unquote(anchor) in ids
    for source in re.findall(r'<img src="([^"]+)"', page):
        assert client.get(source).status_code == 200
    assert "style=" not in page
    assert not re.findall(r'(?:href|src)="https?:', page)


def test_the_pages_are_listed_and_nothing_else_is_one() -> None:
    client = Client()
    listed = client.get("/help/").content.decode()
    assert all(f'<a href="{manual.address(name)}">' in listed for name in manual.PAGES)
    for wrong in (
        "/help/settings/",
        "/help/..%2Fglossary/",
        "/help/pictures/secret.key",
        "/help/pictures/..%2Fはじめに.md",
    ):
        assert client.get(wrong).status_code == 404
    picture = client.get("/help/pictures/計画の階層.svg")
    assert picture["Content-Type"] == "image/svg+xml"


def test_other_sites_are_named_and_not_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# 題\n\n要旨\n\n[国](https://example.jp/) <https://example.jp/x> <script>\n\n## 節\n\n本文\n\n## 節\n"
    (tmp_path / "はじめに.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(manual, "folder", lambda: tmp_path)
    page = manual.page.__wrapped__("はじめに")
    assert "国（https://example.jp/） https://example.jp/x &lt;script&gt;" in page.html
    assert "<a" not in page.html
    assert [each.anchor for each in page.headings] == ["節", "節-1"]
    assert page.summary == "要旨"


@pytest.mark.parametrize(("language", "words"), [("ja", "この欄の書き方"), ("en", "How to fill this in")])
def test_a_section_is_folded_into_a_form(language: str, words: str) -> None:
    with translation.override(language):
        html = Template(
            '{% help "計画の書き方#数値の書き方" %}{% help "計画の書き方#Excelから読み込む" %}'
        ).render(Context())
    assert words in html
    assert "△10" in html
    assert "id=" not in html
    assert not re.search(r"<h\d", html)


def test_the_section_of_a_whole_page_is_not_said_to_be_about_a_field() -> None:
    html = Template('{% help "人口ビジョンの使い方#現状と推計" %}').render(Context())
    assert "使い方：<span" in html
    assert "この欄" not in html


def rows(section: str, head: str) -> Iterator[tuple[str, str]]:
    """What stands in the tables of a section that begin with ``head``, cell by cell of the first two."""
    text = (manual.folder() / "計画の書き方.md").read_text(encoding="utf-8")
    body = re.split(r"^#{2,3} ", text.split(f"### {section}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    for table in re.findall(rf"^\| {head} \|.*?(?=^\n|\Z)", body, re.MULTILINE | re.DOTALL):
        yield from _ROW.findall(table)


@pytest.mark.parametrize(
    ("section", "head", "heard"),
    [
        (
            "数値の書き方",
            "書くもの",
            lambda text: quantity_words(parse_quantity(text, column=Column.TARGET)).ja,
        ),
        ("年度の書き方", "書くもの", lambda text: year_words(parse_year_label(text)).ja),
        ("年度の書き方", "期間", lambda text: span_words(parse_span(text)).ja),  # type: ignore[arg-type]
    ],
)
def test_what_the_examples_are_read_as(section: str, head: str, heard: Callable[[str], str]) -> None:
    found = list(rows(section, head))
    assert len(found) >= 3
    assert [(text, heard(text)) for text, _ in found] == found


_REASONS = {
    "基準値なし": Reason.NO_BASELINE,
    "目標なし": Reason.NO_TARGET,
    "まだその年度でない": Reason.NOT_DUE,
    "この年度は測らない": Reason.NOT_MEASURED,
    "集計中": Reason.COUNTING,
    "未公表": Reason.NOT_PUBLISHED,
    "あとで始まる": Reason.STARTS_LATER,
    "終わった": Reason.ENDED,
    "理由が分からない": Reason.UNKNOWN,
}


def test_what_an_absence_means_in_each_column() -> None:
    found = [(text, cells.split(" | ")) for text, cells in rows("値がないとき", "書くもの")]
    assert len(found) == 7
    for text, cells in found:
        for column, words in zip((Column.BASELINE, Column.TARGET, Column.ACTUAL), cells, strict=True):
            assert parse_quantity(text, column=column).reason is _REASONS[words], (text, column)
    for text in ("なし", "未定", "該当なし"):
        assert parse_quantity(text, column=Column.ACTUAL).reason is None


def test_the_list_is_in_the_wheel() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"docs/manual" = "sosei/manual"' in project
