"""Running text in Markdown, as HTML that can do no harm.

Only what a planning officer means by a mark is one.  ``#`` headings, ``-`` and ``・`` bullets, ``1.`` numbers,
``**strong**``, tables with a rule below their head, ``>`` quotations, ``---`` and ``[words](https://...)``;
everything else stands as it was typed: HTML, pictures, ``*`` and ``_`` alone, ``1)``, four spaces, ``[1]: ...``,
``~``.  A line ends where it was ended.  Numbers of a list are those that were typed, and ``2025. 4. 1`` is no list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sosei.web.site.language import say

LONGEST = 20_000
"""Characters; a longer text, or one of many brackets, is shown without its marks: no text takes long."""
MOST_BRACKETS = 500

_LOWEST = 6  # headings of HTML
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BULLET = re.compile(r"([ \t　]*)[・･•](?![・･•])[ \t　]*")
_ITEM = re.compile(r"[ \t　]*(?:- |\d{1,2}\. +(?!\d))")
_LIST = re.compile(r"(?:- |\d{1,2}\. +(?!\d))")
_QUOTED = re.compile(r">(?: |$)")
_STRONG = re.compile(r"\*\*(?![\s*])(.{1,500}?)(?<!\s)\*\*(?!\*)")
_OUTSIDE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_ALIGNED = {"text-align:right": "n", "text-align:center": "mid"}


def render(text: str, *, top: int) -> SafeString:
    """``text`` as HTML; ``top`` is the level of the heading it stands under, the text's own begin one below."""
    kept = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > LONGEST or kept.count("[") > MOST_BRACKETS:
        return mark_safe("<p>{}</p>".format(escape(kept).replace("\n", "<br>")))  # noqa: S308
    tokens = _PARSER.parse(_apart(kept))
    _lower(tokens, top)
    return mark_safe(_PARSER.renderer.render(tokens, _PARSER.options, {}))  # noqa: S308


def framed_table(tokens: Sequence[Token]) -> None:
    """Give a table's cells the classes of ours instead of a style, and its head cells their scope."""
    for place, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style in _ALIGNED:
                token.attrSet("class", _ALIGNED[style])
            if token.type == "th_open":
                _head_cell(token, tokens[place + 1], tokens[place + 2])


def table_opens(*_: Any) -> str:
    """A wide table scrolls inside its frame, also by the keyboard."""
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{say("表", "Table")}"><table class="table">\n'


def table_closes(*_: Any) -> str:
    """The end of that frame."""
    return "</table></div>\n"


def _head_cell(opens: Token, content: Token, closes: Token) -> None:
    """A head cell without a word is none: a screen reader would announce nothing."""
    if content.content.strip():
        opens.attrSet("scope", "col")
    else:
        opens.tag = closes.tag = "td"


def _apart(text: str) -> str:
    """Bullets as Markdown writes them; a line that follows an item or a quotation and does not say by its
    indent or its mark that it belongs there is a paragraph of its own.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        if bullet:
            indent = bullet.group(1).replace("　", "  ").replace("\t", "  ")
            lines.append(f"{indent}- {line[bullet.end() :]}")
            continue
        if lines and line and _ends(lines[-1], line):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _ends(before: str, line: str) -> bool:
    if _QUOTED.match(before):
        return not _QUOTED.match(line)
    return bool(_ITEM.match(before)) and line[0] not in " \t　" and not _ITEM.match(line)


def _lower(tokens: Sequence[Token], top: int) -> None:
    """Headings one after the other below ``top``: a level that the text leaves out is left out here, too."""
    above: list[int] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            level = int(token.tag[1:])
            above = [each for each in above if each < level] + [level]
            token.tag = tokens[place + 2].tag = f"h{min(top + len(above), _LOWEST)}"


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return bool(_LIST.match(_line(state, start))) and list_block(state, start, end, silent)


def _quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Only with a space behind: ``>100人`` is a number."""
    return _line(state, start).startswith("> ") and blockquote(state, start, end, silent)


def _strong(state: StateInline, silent: bool) -> bool:
    """``**``: not by CommonMark's rule, which sees no end in ``**「重点」**を``."""
    if not state.src.startswith("**", state.pos):
        return False
    found = _STRONG.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = found.start(1), found.end(1)
        state.push("strong_open", "strong", 1)
        state.md.inline.tokenize(state)
        state.push("strong_close", "strong", -1)
        state.posMax = end
    state.pos = found.end()
    return True


def _marked(state: StateCore) -> None:
    framed_table(state.tokens)
    for token in state.tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False, "breaks": True})
    parser.enable(["table", "list", "heading", "hr", "blockquote", "newline", "escape", "autolink", "link"])
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("blockquote", _quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.before("link", "strong", _strong)
    parser.core.ruler.push("marked", _marked)
    parser.validateLink = lambda url: bool(_OUTSIDE.match(url))  # type: ignore[method-assign]
    parser.add_render_rule("table_open", table_opens)
    parser.add_render_rule("table_close", table_closes)
    return parser


_PARSER = _parser()
