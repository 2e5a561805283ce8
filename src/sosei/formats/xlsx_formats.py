"""Number formats of Excel: the text a cell shows for the number it holds.

The language of format codes is ECMA-376 18.8.31, read as a Japanese Excel does.  Widths are left out:
padding (``_ ``, ``* ``) gives nothing, and a column too narrow for its number is not looked at.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from sosei.formats.xlsx_dates import DateFormat
from sosei.formats.xlsx_digits import NumberFormat, general

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_(?P<space>.)|\*(?P<fill>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/標準)"
    r"|(?P<ampm>AM/PM|A/P|午前/午後)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|g+|e+|a{3,4})"
    r"|(?P<digit>[0#?])"
    r"|(?P<mark>[.,%/@;])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
EXACT = Context(prec=1000, rounding=ROUND_HALF_UP)
"""Wide enough for every number a cell can hold, to the last decimal place a format can ask for."""


@dataclass(slots=True)
class Section:
    """One of the up to four parts of a format code."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    full_width: bool = False
    gannen: bool = False

    def has(self, kind: str, text: str | None = None) -> bool:
        """Whether a token of ``kind`` is in it."""
        return any(found == kind and text in (None, is_) for found, is_ in self.tokens)


class CellFormat:
    """A format code, ready to be applied to many cells."""

    def __init__(self, code: str, date1904: bool = False) -> None:
        sections = _sections(code)
        self._text_section = _text_section(sections)
        if self._text_section is sections[-1] and len(sections) > 1:
            sections = sections[:-1]
        self._conditional = any(section.condition for section in sections)
        self._sections = sections[:3]
        self._renderers = [_renderer(section, date1904) for section in self._sections]
        single = len(sections) == 1 and not self._conditional and not sections[0].full_width
        self._only = self._renderers[0] if single else None
        self._drops_sign = [_drops_sign(at, self._sections) for at in range(len(self._sections))]

    def number(self, value: Decimal) -> str | None:
        """What the cell shows for ``value``; None where Excel shows only #### (no such date)."""
        if self._only is not None:
            return self._only(value)
        at = self._chosen(value)
        if at is None:
            return None
        shown = self._renderers[at](abs(value) if self._drops_sign[at] else value)
        if shown is not None and self._sections[at].full_width:
            shown = shown.translate(_FULL_WIDTH)
        return shown

    def text(self, value: str) -> str:
        """What the cell shows for a text."""
        section = self._text_section
        if section is None or section.tokens == [("mark", "@")]:
            return value
        return "".join(value if token == ("mark", "@") else _literal(token) for token in section.tokens)

    def _chosen(self, value: Decimal) -> int | None:
        """The section for ``value``."""
        count = len(self._sections)
        if not self._conditional:
            if count == 1 or value > 0 or (value == 0 and count == 2):
                return 0
            return 1 if value < 0 else 2
        for at, section in enumerate(self._sections):
            limit = section.condition
            if limit is None and at == 0 and count > 1:
                limit = (">", Decimal(0)) if count > 2 else (">=", Decimal(0))
            if limit is None and at == 1 and count > 2:
                limit = ("<", Decimal(0))
            if limit is None or _COMPARE[limit[0]](value, limit[1]):
                return at
        return None


def _sections(code: str) -> list[Section]:
    sections = [Section()]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        text = match.group(kind)
        section = sections[-1]
        if text == ";" and kind == "mark":
            sections.append(Section())
        elif kind == "bracket":
            _bracket(text, section)
        elif kind not in ("space", "fill"):
            kind = "literal" if kind in ("quoted", "escaped", "other") else kind
            section.tokens.append((kind, text))
    return sections[:4]


def _bracket(text: str, section: Section) -> None:
    """``[...]``: a condition, a currency with a language, a numeral style, time that runs on, or a colour."""
    low = text.lower()
    if match := _CONDITION.fullmatch(text):
        section.condition = (match[1], Decimal(match[2]))
    elif text.startswith("$"):
        symbol, _, language = text[1:].partition("-")
        section.gannen = section.gannen or "gannen" in language.lower()
        if symbol:
            section.tokens.append(("literal", symbol))
    elif low == "dbnum3":
        section.full_width = True
    elif low and set(low) in ({"h"}, {"m"}, {"s"}):
        section.tokens.append(("elapsed", low))


def _text_section(sections: list[Section]) -> Section | None:
    if len(sections) == 4:
        return sections[3]
    return sections[-1] if sections[-1].has("mark", "@") else None


def _drops_sign(at: int, sections: list[Section]) -> bool:
    """Whether the section says by itself that a number is negative."""
    condition = sections[at].condition
    if condition:
        return condition[0] in ("<", "<=") and condition[1] <= 0
    first = sections[0].condition
    return at == 1 and (first is None or (first[0] in (">", ">=") and first[1] == 0))


def _renderer(section: Section, date1904: bool) -> Callable[[Decimal], str | None]:
    if section.has("date") or section.has("elapsed"):
        return DateFormat(section.tokens, date1904, section.gannen).shown
    if section.has("general") or section.has("mark", "@") or _is_fraction(section):
        return _General(section).shown
    if not section.has("digit"):
        words = "".join(map(_literal, section.tokens))
        return lambda value: f"-{words}" if value < 0 and words else words
    return NumberFormat(section.tokens, EXACT).shown


def _is_fraction(section: Section) -> bool:
    """# ?/?: shown as a decimal number, because no reader of plans wants 3 1/4."""
    return section.has("mark", "/") and section.has("digit")


class _General:
    """The number as Excel shows it without a format, with the words around it."""

    def __init__(self, section: Section) -> None:
        kinds = ("digit", "general")
        marks = [at for at, (kind, text) in enumerate(section.tokens) if kind in kinds or text in ("/", "@")]
        self._before = "".join(map(_literal, section.tokens[: marks[0]]))
        self._after = "".join(map(_literal, section.tokens[marks[-1] + 1 :]))

    def shown(self, value: Decimal) -> str:
        return f"{'-' * (value < 0)}{self._before}{general(abs(value))}{self._after}".strip(" ")


def _literal(token: tuple[str, str]) -> str:
    kind, text = token
    return text if kind in ("literal", "mark", "ampm", "exponent") else ""
