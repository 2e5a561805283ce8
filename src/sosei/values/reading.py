"""Reading a printed value: ``parse_quantity``.

The rule of the house: never raise, never lose a character, never guess.
Whatever does not fit a known form is TEXT.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sosei.values.absence import Column, absence_word, dash_or_blank
from sosei.values.composites import read_composite
from sosei.values.folding import Folded
from sosei.values.quantity import Kind, Quantity
from sosei.values.singles import read_single
from sosei.values.words import trailing_mark

_LONGEST_VALUE = 200  # a cell with more characters holds prose
_PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】", "〈": "〉"}
_DIGIT = re.compile("[0-9]")
# 〓 and □ stand for characters a font lacks, � for bytes nobody could decode.
_DAMAGE = re.compile(r"�|[0-9][□〓?]|[□〓?][0-9]")
_DAMAGE_NOTE = "文字が化けているおそれがあり、数として確実に読めません。原本で確認してください。"


def parse_quantity(text: str, *, column: Column | None = None) -> Quantity:
    """Read a printed value.  Any string is accepted; ``str()`` of the result is ``text`` again.

    ``column`` decides what a bare dash or a blank means.  Without it ― means that there is no
    baseline, - that nothing was measured, and a blank that the year has not come.
    """
    body = text.strip()
    if len(body) > _LONGEST_VALUE:
        return Quantity(text=text, kind=Kind.TEXT)
    folded = Folded.of(body)
    start, end = _trim(folded.text, 0, len(folded.text))
    inner = _inside_brackets(folded.text, start, end)
    bracketed = inner is not None
    start, end = inner or (start, end)
    quantity = _read_absence(folded, start, end, column) or _read_value(folded, start, end)
    return replace(quantity, text=text, bracketed=bracketed and quantity.kind is not Kind.TEXT)


def _read_absence(folded: Folded, start: int, end: int, column: Column | None) -> Quantity | None:
    """The reason why there is no value; a note mark may stand behind it (-※1)."""
    key = folded.text[start:end].replace(" ", "")
    if key and key[0].isdecimal():
        return None
    mark = ""
    reason = dash_or_blank(folded.original, key, column) or absence_word(key)
    if reason is None and (begin := trailing_mark(folded.text[start:end])):
        key = folded.text[start : start + begin].replace(" ", "")
        mark = folded.cut(start + begin, end)
        reason = dash_or_blank(folded.original, key, column) or absence_word(key)
    if reason is None:
        return None
    return Quantity(text="", kind=Kind.ABSENT, reason=reason, mark=mark)


def _read_value(folded: Folded, start: int, end: int) -> Quantity:
    """The number, composite, range or word between ``start`` and ``end``."""
    if _DAMAGE.search(folded.text, start, end):
        return Quantity(text="", kind=Kind.DAMAGED, note=_DAMAGE_NOTE)
    if "。" in folded.text or not _DIGIT.search(folded.text, start, end):
        return Quantity(text="", kind=Kind.TEXT)
    return (
        read_single(folded, start, end)
        or read_composite(folded, start, end)
        or Quantity(text="", kind=Kind.TEXT)
    )


def _inside_brackets(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The inside of brackets which hold the whole value; None where there are none."""
    opening = folded[start:end][:1]
    closing = _PAIRS.get(opening)
    if closing is None or folded[end - 1] != closing or end - start < 2:
        return None
    depth = 0
    for index in range(start, end):
        depth += (folded[index] == opening) - (folded[index] == closing)
        if depth == 0:
            return _trim(folded, start + 1, end - 1) if index == end - 1 else None
    return None


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` moved inwards past spaces."""
    while start < end and folded[start] == " ":
        start += 1
    while end > start and folded[end - 1] == " ":
        end -= 1
    return start, end
