"""Running text: what is a mark, what stays as it was typed, and that nothing in it can do harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.web.site.markdown import LONGEST, MOST_BRACKETS, render


def shown(text: str, top: int = 3) -> str:
    """The HTML on one line."""
    return re.sub(r"\n+", "", render(text, top=top))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一行目\n二行目", "<p>一行目<br>二行目</p>"),
        ("一\n\n二", "<p>一</p><p>二</p>"),
        ("# 見出し\n本文", "<h4>見出し</h4><p>本文</p>"),
        ("## 浅い\n#### 深い\n## 浅い", "<h4>浅い</h4><h5>深い</h5><h4>浅い</h4>"),
        ("・就業\n･移住\n続く段落", "<ul><li>就業</li><li>移住</li></ul><p>続く段落</p>"),
        ("・就業\n　の支援\n　・農業", "<ul><li>就業<br>　の支援<ul><li>農業</li></ul></li></ul>"),
        ("- 就業\n- 移住", "<ul><li>就業</li><li>移住</li></ul>"),
        ("1. 一\n2. 二\n4. 四", '<ol><li value="1">一</li><li value="2">二</li><li value="4">四</li></ol>'),
        ("本文**「重点」**を", "<p>本文<strong>「重点」</strong>を</p>"),
        ("> 引用\n>100人", "<blockquote><p>引用</p></blockquote><p>&gt;100人</p>"),
        ("上\n\n---\n\n下", "<p>上</p><hr><p>下</p>"),
        (
            "[要綱](https://example.jp/a)",
            '<p><a href="https://example.jp/a" rel="noopener noreferrer">要綱</a></p>',
        ),
    ],
)
def test_what_is_a_mark(text: str, html: str) -> None:
    assert shown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "* 印は推計値",
        "人口*と世帯*",
        "_下線_と__二重__",
        "1) 一",
        "(1) 一",
        "１．一",
        "2025. 4. 1 施行",
        "100. 百",
        "－ 全角",
        "＊ 注",
        "→ 次へ",
        ">100人",
        "#1 の施策",
        "＃ 見出し",
        "[注1]: 国勢調査",
        "[PDCAサイクル]",
        "a ~ b ~~c~~",
        "`code` と &nbsp; と &#60;",
        "・・・など",
        "行\n====",
        "| 表でない | 行 |",
        "<b>太字</b><script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](/432148/log/)",
        "=HYPERLINK(1)",
        "**閉じない",
    ],
)
def test_what_stays_as_it_was_typed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert shown(text) == "<p>" + escaped.replace("\n", "<br>") + "</p>"


def test_four_spaces_are_no_code() -> None:
    assert shown("段落\n\n    四つの空白") == "<p>段落</p><p>四つの空白</p>"


def test_a_picture_is_not_loaded() -> None:
    assert "<img" not in shown("![図](https://example.jp/z.png)")


def test_a_table_has_classes_and_no_style() -> None:
    html = shown("| | 人 |\n|---|--:|\n| 男 | 1,020 |")
    assert '<td></td><th class="n" scope="col">人</th>' in html
    assert '<td class="n">1,020</td>' in html
    assert "style=" not in html
    assert '<div class="scroll" tabindex="0" role="group" aria-label="表">' in html


@pytest.mark.parametrize("text", ["あ**い**" * LONGEST, "[" * (MOST_BRACKETS + 1) + "**い**"])
def test_what_would_take_long_is_shown_without_its_marks(text: str) -> None:
    assert shown(text) == f"<p>{text}</p>"


def test_control_characters_go() -> None:
    assert shown("a\x00b\x1b[31mc\x85d") == "<p>ab[31mcd</p>"


def test_the_headings_end_at_the_sixth() -> None:
    assert shown("# a\n## b\n### c", top=5) == "<h6>a</h6><h6>b</h6><h6>c</h6>"


_TAG = re.compile(r"<(/?)(\w+)([^<>]*)>")
_HARMLESS = {
    *[
        "p",
        "br",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "blockquote",
        "hr",
        "a",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
}
_MARKS = st.lists(
    st.sampled_from(
        [*"#-・*>|[]()<&\"'`\\ \n\t　1.2日", "**", "](http://a", "<script>", "javascript:", "onload="]
    )
)


@given(_MARKS.map("".join) | st.text())
def test_no_text_makes_a_tag_or_an_attribute_of_its_own(text: str) -> None:
    html = render(text, top=3)
    for _, name, attributes in _TAG.findall(html):
        assert name in _HARMLESS
        names = set(re.findall(r'(\w[\w-]*)="[^"]*"', attributes))
        assert names <= {"href", "rel", "value", "start", "class", "scope", "tabindex", "role", "aria-label"}
    assert "<" not in _TAG.sub("", html)
    assert all(url.lower().startswith(("http://", "https://")) for url in re.findall(r'href="([^"]*)"', html))
