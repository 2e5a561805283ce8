"""Text inside a picture: made harmless, measured, shortened, and spaced so that nothing overlaps.

Widths are those of BIZ UDPGothic (the wider of Regular and Bold); characters outside ASCII count
one em, which is never too little in this font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise, takewhile

from sosei.values import HouseStyle, format_number

GETA = "〓"
"""What printers set for a character they do not have; here for one that must not stand in a text."""

_ELLIPSIS = "…"
_NOT_FIRST = frozenset("、。，．）」』】〕・ー％)]},.")
_NOT_LAST = frozenset("（「『【〔([{")
_ONE_WORD = re.compile(r"[!-~]{2}|[ァ-ヺー-ヿ]{2}|[々一-龥]{2}|[0-9０-９]\S|[^\W_ぁ-ゟ][ぁ-ゟ]")
"""Two characters of one word: ASCII, katakana or kanji, a number and what it counts, a word and its particle."""
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_HUNDREDTHS: dict[str, int] = {
    character: width
    for width, characters in {
        34: "_,.:; '",
        40: "i!lj",
        52: 'I|rt"-()/*\\^`f[]',
        56: "~{}J",
        65: "vzs1Lxyc",
        71: "akFgeETo",
        77: "unhSbdpqPVYZ023456789R?K",
        86: "$AXCHN+<=>DGUB",
        90: "OwQ",
        100: "&#m@MW%",
    }.items()
    for character in characters
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A text set with its middle at ``middle``; ``index`` says which of the given texts it is."""

    index: int
    middle: Fraction
    text: str


def clean(text: str) -> str:
    """``text`` on one line without control, bidirectional or unassigned characters (〓 in their place)."""
    spaced = " ".join(text.split())
    return "".join(GETA if unicodedata.category(each) in _HARMFUL else each for each in spaced)


def text_width(text: str, size: int) -> Fraction:
    """Width of ``text`` at font size ``size``, in the unit of ``size``."""
    return Fraction(sum(_HUNDREDTHS.get(character, 100) for character in text) * size, 100)


def shorten(text: str, size: int, room: Fraction) -> str:
    """``text``, or as much of it as fits ``room`` followed by 「…」; empty where not even that fits."""
    if text_width(text, size) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        shorter = text[:end].rstrip() + _ELLIPSIS
        if text_width(shorter, size) <= room:
            return shorter
    return ""


def two_lines(text: str, size: int, room: Fraction) -> tuple[str, ...]:
    """``text`` in one line or two of about equal length; the second is shortened where it must be.

    No line begins with a closing mark, and words stay whole where that cuts nothing off.
    """
    whole = text_width(text, size)
    if whole <= room:
        return (text,)
    firsts = list(takewhile(lambda first: first <= room, accumulate(text_width(each, size) for each in text)))
    between_words = [end for end in range(1, len(firsts) + 1) if _is_between_words(text[end - 1], text[end])]
    anywhere = [end for end in range(1, len(firsts) + 1) if text[end] not in _NOT_FIRST]
    end = (between_words or anywhere or [1])[-1]
    for ends in (between_words, anywhere):
        if uncut := [each for each in ends if whole - firsts[each - 1] <= room]:
            end = min(uncut, key=lambda each: abs(whole - 2 * firsts[each - 1]))
            break
    return (text[:end].rstrip(), shorten(text[end:].lstrip(), size, room))


def _is_between_words(before: str, after: str) -> bool:
    """Whether a line may end between two characters without tearing a word, a number, or a mark from its word."""
    torn = after in _NOT_FIRST or before in _NOT_LAST or _ONE_WORD.fullmatch(before + after)
    return not torn


def number_text(text: str, value: Decimal, unit: str, style: HouseStyle) -> str:
    """What stands at a mark: the printed text without the unit, which the axis already names."""
    printed = clean(text)
    if unit and printed != unit:
        printed = printed.removesuffix(unit).rstrip()
    return printed if any(map(str.isdigit, printed)) else format_number(value, style)


def spread(
    texts: Sequence[str], middles: Sequence[Fraction], size: int, low: Fraction, high: Fraction
) -> tuple[Placed, ...]:
    """Texts in one row between ``low`` and ``high`` without overlap: all, or every second, third, ...

    The last always stays, for the latest year matters most.  Empty texts and texts wider than the
    row are left out.
    """
    last = max((index for index, text in enumerate(texts) if text), default=0)
    for every in range(1, len(texts) + 1):
        row = [
            Placed(index, _held(middle, text_width(text, size), low, high), text)
            for index, (text, middle) in enumerate(zip(texts, middles, strict=True))
            if (last - index) % every == 0 and text and text_width(text, size) <= high - low
        ]
        if all(_apart(one, other, size) for one, other in pairwise(row)):
            return tuple(row)
    return ()


def _held(middle: Fraction, width: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return min(max(middle, low + width / 2), high - width / 2)


def _apart(one: Placed, other: Placed, size: int) -> bool:
    needed = (text_width(one.text, size) + text_width(other.text, size)) / 2 + Fraction(size, 2)
    return other.middle - one.middle >= needed
