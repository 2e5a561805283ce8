"""The manual's pages: Markdown files in Japanese, shipped with the program, as HTML.

A page is read and rendered once in a process.  Headings get anchors from their words, links between pages
become addresses of ours, pictures stand in ``pictures/`` beside the pages.  Other sites are named, not linked:
the network may be closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from posixpath import basename, normpath
from urllib.parse import unquote, urlsplit

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sosei.values import Problem
from sosei.web.site.markdown import framed_table

PAGES = (
    "はじめに",
    "計画の書き方",
    "評価方式の書き方",
    "点検の使い方",
    "点検の規則",
    "人口ビジョンの使い方",
    "運用の手引き",
)
"""The pages in the order of the list."""

PICTURES = "pictures"
_UNWORDED = re.compile(r"[^\w\- 　]")
_SPACES = re.compile(r"[ 　]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the page's title: level from 2, words, anchor."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the manual; ``sections`` are the pieces from a heading to the next of its level, by anchor."""

    name: str
    title: str
    summary: str
    html: SafeString
    headings: tuple[Heading, ...]
    sections: dict[str, SafeString]
    links: tuple[str, ...]


class UnknownPlaceError(LookupError):
    """The manual has no such page or section."""


def folder() -> Path:
    """Where the pages are: inside the installed package, or beside the source tree."""
    package = Path(__file__).parents[2]
    for place in (package / "manual", package.parents[1] / "docs" / "manual"):
        if (place / f"{PAGES[0]}.md").exists():
            return place
    raise Problem(
        "手引きのファイルが見つかりません。Sosei を入れ直してください",
        "the pages of the manual are missing; install Sosei again",
    )


@lru_cache(maxsize=len(PAGES))
def page(name: str) -> Page:
    """A page by its name; raises UnknownPlaceError."""
    if name not in PAGES:
        raise UnknownPlaceError(name)
    tokens = _PARSER.parse((folder() / f"{name}.md").read_text(encoding="utf-8"))
    headings = _anchored(tokens)
    links = tuple(_linked(tokens))
    framed_table(tokens)
    return Page(
        name=name,
        title=tokens[1].content,
        summary=_first_line(tokens),
        html=_html(tokens[3:]),  # without its title, which the frame shows
        headings=tuple(headings),
        sections=dict(_sections(tokens, headings)),
        links=links,
    )


def section(place: str) -> tuple[str, SafeString]:
    """The heading's words and the content of ``page#anchor``, to be shown elsewhere; raises UnknownPlaceError."""
    name, _, anchor = place.partition("#")
    found = page(name)
    for heading in found.headings:
        if heading.anchor == anchor_of(anchor):
            return heading.words, found.sections[heading.anchor]
    raise UnknownPlaceError(place)


def address(place: str) -> str:
    """The address of ``page`` or ``page#anchor``."""
    name, _, anchor = place.partition("#")
    return reverse("help_page", kwargs={"page": name}) + (f"#{anchor_of(anchor)}" if anchor else "")


def anchor_of(words: str) -> str:
    """The anchor of a heading: its words, small, without marks, ``-`` for space."""
    return _SPACES.sub("-", _UNWORDED.sub("", words.lower()).strip(" 　"))


def _anchored(tokens: Sequence[Token]) -> list[Heading]:
    """Give each heading below the title its anchor; two of the same words are told apart by a number."""
    found: list[Heading] = []
    met: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag != "h1":
            words = _plain(tokens[place + 1])
            anchor = anchor_of(words)
            met[anchor] = met.get(anchor, 0) + 1
            anchor = anchor if met[anchor] == 1 else f"{anchor}-{met[anchor] - 1}"
            token.attrSet("id", anchor)
            found.append(Heading(int(token.tag[1:]), words, anchor))
    return found


def _plain(inline: Token) -> str:
    """The words of a paragraph or heading without its marks."""
    return "".join(child.content for child in inline.children or ())


def _first_line(tokens: Sequence[Token]) -> str:
    """What the page's first paragraph says on its first line."""
    place = next(place for place, token in enumerate(tokens) if token.type == "paragraph_open")
    children = tokens[place + 1].children or []
    return "".join(child.content for child in takewhile(lambda each: each.type != "softbreak", children))


def _linked(tokens: Sequence[Token]) -> Iterator[str]:
    """Turn the links of a page into addresses of ours; what was written, for the test that follows them."""
    for token in tokens:
        children: list[Token] = []
        outside: list[str] = []
        for child in token.children or ():
            if child.type == "link_open":
                target = str(child.attrs["href"])
                yield unquote(target)
                if urlsplit(target).scheme:
                    outside.append(target)
                    continue
                child.attrSet("href", _inside(target))
            elif child.type == "link_close" and outside:
                target = outside.pop()
                if children and children[-1].content != target:
                    children.append(Token("text", "", 0, content=f"（{target}）"))
                continue
            elif child.type == "image":
                source = unquote(str(child.attrs["src"]))
                yield source
                child.attrSet("src", reverse("help_picture", kwargs={"name": basename(source)}))
            children.append(child)
        if token.children is not None:
            token.children = children


def _inside(target: str) -> str:
    parts = urlsplit(unquote(target))
    if not parts.path:
        return f"#{anchor_of(parts.fragment)}"
    name = normpath(parts.path).removesuffix(".md")
    return address(f"{name}#{parts.fragment}" if parts.fragment else name)


def _sections(tokens: Sequence[Token], headings: Sequence[Heading]) -> Iterator[tuple[str, SafeString]]:
    starts = {token.attrs["id"]: place for place, token in enumerate(tokens) if "id" in token.attrs}
    for place, heading in enumerate(headings):
        after = (each for each in headings[place + 1 :] if each.level <= heading.level)
        end = next((starts[each.anchor] for each in after), len(tokens))
        yield heading.anchor, _piece(tokens[starts[heading.anchor] + 3 : end])


def _piece(tokens: Sequence[Token]) -> SafeString:
    """A section to stand inside another page: its headings are no headings and no anchors there."""
    shown = [_no_heading(token) if token.type.startswith("heading_") else token for token in tokens]
    return _html(shown)


def _no_heading(token: Token) -> Token:
    opens = token.nesting > 0
    return Token(token.type, "p", token.nesting, attrs={"class": "label"} if opens else {})


def _html(tokens: Sequence[Token]) -> SafeString:
    return mark_safe(_PARSER.renderer.render(tokens, _PARSER.options, {}))  # noqa: S308


def _table_opens(*_: object) -> str:
    return '<div class="scroll" tabindex="0" role="group" aria-label="表"><table class="table dense">\n'


def _table_closes(*_: object) -> str:
    return "</table></div>\n"


def _block(_renderer: object, tokens: Sequence[Token], place: int, *_: object) -> str:
    """A long line of a listing scrolls, also by the keyboard."""
    return f'<pre tabindex="0"><code>{escape(tokens[place].content)}</code></pre>\n'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    parser.add_render_rule("table_open", _table_opens)
    parser.add_render_rule("table_close", _table_closes)
    for name in ("fence", "code_block"):
        parser.add_render_rule(name, _block)
    return parser


_PARSER = _parser()
