"""Folding of characters, for matching only; what is stored is always the original.

Japanese office text mixes full and half width, six sorts of dash and three of
wave.  A pattern is matched against the folded text, and what it found is cut
out of the original, so ㎥ stays ㎥ and （社） stays full-width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Hyphens, minus signs, rules.  ー is not here: it is a letter unless its neighbours say otherwise.
_DASHES = frozenset("-‐‑‒–—―−⁻₋﹣－─━⸺⸻")
LONG_DASHES = frozenset("―—─━⸺⸻")
"""Rules as long as a letter: they stand for "nothing here", and are never a minus sign."""

_WAVES = frozenset("~〜～∼∿˜〰")
_SLASHES = frozenset("/／∕⁄")
_LONG_VOWELS = frozenset("ーｰ")

# Characters without a place of their own: voicing marks of half-width kana, combining marks,
# variation selectors (葛󠄀), zero-width characters.  They belong to the character before them.
_ATTACHED = "\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\u200b-\u200d\u2060\ufeff\U000e0100-\U000e01ef"
_HAS_ATTACHED = re.compile(f"[{_ATTACHED}]")
_CLUSTER = re.compile(f".[{_ATTACHED}]*", re.DOTALL)
_INVISIBLE = re.compile("[\ufe00-\ufe0f\u200b-\u200d\u2060\ufeff\U000e0100-\U000e01ef]")
_DIGIT = re.compile("[0-9]")
# A ー behind one of these letters is a long vowel; behind anything else its neighbours decide.
_PERHAPS_DASH = re.compile("(?:^|[^ぁ-んァ-ヺｦ-ｯｱ-ﾝ一-鿿A-Za-z])[ーｰ]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows which characters of the original each of its own came from.

    ``starts[i]`` and ``ends[i]`` bound the original characters behind ``text[i]``.
    """

    original: str
    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    @classmethod
    def of(cls, original: str) -> Folded:
        """Fold ``original``, character by character."""
        quick = _folded_by_table(original)
        size = len(original)
        if quick is not None and len(quick) == size:  # no character shrinks, so none has grown
            return cls(original, quick, range(size), range(1, size + 1))
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _clusters(original):
            piece = _fold_at(original, start, end)
            pieces.append(piece)
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
        return cls(original, "".join(pieces), tuple(starts), tuple(ends))

    def cut(self, start: int, end: int) -> str:
        """The original behind ``text[start:end]``, without white space around it."""
        if start >= end:
            return ""
        return self.original[self.starts[start] : self.ends[end - 1]].strip()


def fold(text: str) -> str:
    """``text`` in one width, with one sort of dash, wave, slash and space.

    △ and ▲ stay apart.  A character whose NFKC form would bring in a digit
    stays too (①, ², ½, ㎥): 10² is not 102.
    """
    quick = _folded_by_table(text)
    return Folded.of(text).text if quick is None else quick


def same_text(first: str, second: str) -> bool:
    """Whether two names are the same but for white space and width."""
    return compact(first) == compact(second)


def compact(text: str) -> str:
    """``text`` folded and without any white space: the key by which names are matched."""
    return "".join(fold(text).split())


class _Table(dict[int, str]):
    """The folding of single characters, filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_cluster(chr(code))
        return folded


_TABLE = _Table()


def _folded_by_table(text: str) -> str | None:
    """``text`` folded where every character folds by itself; None where neighbours decide."""
    if _HAS_ATTACHED.search(text) or _PERHAPS_DASH.search(text):
        return None
    return text.translate(_TABLE)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    if _HAS_ATTACHED.search(text):
        return (match.span() for match in _CLUSTER.finditer(text))
    return ((index, index + 1) for index in range(len(text)))


def _fold_at(text: str, start: int, end: int) -> str:
    cluster = text[start:end]
    if cluster in _LONG_VOWELS and _is_dash(text, start):
        return "-"
    return _fold_cluster(cluster)


def _is_dash(text: str, index: int) -> bool:
    """Whether the ー at ``index`` is meant as a dash: it stands alone, or beside a digit but in no word."""
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    if before.isalpha() and before not in _LONG_VOWELS:
        return False
    if before.isdecimal() or after.isdecimal():
        return not "ァ" <= after <= "ヺ"
    return all(_is_line(character) for character in text)


def _is_line(character: str) -> bool:
    """Whether a character can stand in a cell that holds nothing but a dash."""
    return character in _LONG_VOWELS or character in _DASHES or character.isspace() or character in "()（）"


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    visible = _INVISIBLE.sub("", cluster)
    if not visible:
        return ""
    if visible.isspace():
        return " "
    if visible in _WAVES:
        return "~"
    if visible in _SLASHES:
        return "/"
    folded = unicodedata.normalize("NFKC", visible)
    if folded in _DASHES or visible in _DASHES:
        return "-"
    if folded.startswith(" "):  # ゛, ´ and their like become a space and a combining mark
        return visible
    if _DIGIT.search(folded) and unicodedata.category(visible[0]) != "Nd":
        return visible
    return folded
