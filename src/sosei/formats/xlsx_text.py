"""Texts for cells: what a workbook can hold, how wide it prints, where its lines break."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Advance widths of the printable ASCII characters in BIZ UDPゴシック (the wider of Regular and
# Bold), in tenths of the type size, rounded up, from " " to "~"; A stands for 10.
_ASCII = "446A8AA4665945458788888888449998A889977995687A998988798A988656545787876784474A87885658697766565"
_HALF = frozenset("、。，．・：；「」『』（）【】［］｛｝〈〉《》〔〕")
"""Full-width marks that the proportional face sets at 0.5 or 0.6 of the type size."""

_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Order marks, marks that turn the direction of reading, and what XML forbids.
_UNPRINTABLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
_OPENING = "（「『【〈《〔［｛([{｢"
_CLOSING = (
    "）」』】〉》〕］｝)]}｣、。，．・：；？！％℃‰々ーゝヽぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ､｡ﾞﾟ゛゜…‥"
)
# What stays together on a line: a break never follows an opening bracket, never stands inside a
# Latin word or a number, and never comes before a closing mark (禁則処理).
_TOKEN = re.compile(f"[{re.escape(_OPENING)}]*(?:[!-~]+|.)?[{re.escape(_CLOSING)}]*", re.DOTALL)
_MOST_IN_A_LINE = 200
"""Characters; a bound for texts of characters without width, so that a page of them still fits a cell."""


def clean(text: str) -> str:
    """``text`` without what a workbook cannot hold or paper cannot show.

    Line ends become ``\\n``, tabs a space; control characters, lone surrogates, noncharacters
    and marks that turn the direction of reading go.  Private-use characters (外字) stay.
    """
    return clean_part(text).strip("\n")


def clean_part(text: str) -> str:
    """As ``clean``, for a part of a longer text: line ends at its ends stay."""
    kept = _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    return "".join(c for c in kept if c == "\n" or unicodedata.category(c) != "Cc")


def width(text: str) -> float:
    """How wide ``text`` prints, in type sizes (em): a full-width character is 1."""
    return sum(map(_advance, text))


def wrap(text: str, room: float) -> list[str]:
    """The lines of ``text`` in a column of ``room`` em; joined together they are ``text`` again."""
    lines: list[str] = []
    for paragraph in text.splitlines(keepends=True) or [""]:
        lines.extend(_wrap_paragraph(paragraph, room))
    return lines


def _wrap_paragraph(paragraph: str, room: float) -> list[str]:
    """As a careful typist would: a word wider than the column begins a line of its own, then breaks anywhere."""
    lines = [""]
    left = room
    for token in _TOKEN.findall(paragraph):
        whole = width(token) <= room
        if not whole and lines[-1]:
            lines.append("")
            left = room
        for part in [token] if whole else token:
            wide = width(part)
            if lines[-1] and (wide > left or len(lines[-1]) + len(part) > _MOST_IN_A_LINE):
                lines.append("")
                left = room
            lines[-1] += part
            left -= wide
    return lines


@lru_cache(maxsize=8192)
def _advance(character: str) -> float:
    if " " <= character <= "~":
        return int(_ASCII[ord(character) - 32], 16) / 10
    if unicodedata.category(character) in _ZERO_WIDTH or character == "\n":
        return 0.0
    half = character in _HALF or unicodedata.east_asian_width(character) == "H"
    return 0.6 if half else 1.0
