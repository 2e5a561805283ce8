"""Which characters the bundled fonts can print, and what becomes of the others.

A character without a glyph would stop the typesetting (PDF/UA-1 allows none), so each is found
beforehand, printed as 〓 (geta, the printer's mark for a missing sort) and listed with its place.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sosei.values import Problem

FONT_FOLDER = Path(__file__).parent / "fonts"
FONT_FILES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
GETA = "〓"

_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_TO_NEWLINE = str.maketrans(dict.fromkeys(_LINE_ENDS, "\n") | {"\t": " "})
# Signs that converted documents hold for another of the same shape; the change is listed like any other.
_SAME_SHAPE = {"\u223c": "～", "\u2053": "～", "\u2011": "-"}
_EMOJI_STYLE = "\ufe0e\ufe0f"  # asks for a text or an emoji form; the text form is all we have


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character that could not be printed as written.

    ``place``      where it stands, in words (基本目標１ 施策② 3行目の事業の取組内容).
    ``character``  as written; a control character or a lone surrogate as its number (U+0007).
    ``shown``      what is printed: 〓, the plain form of a variant (異体字), a sign of the same shape, or nothing.
    """

    place: str
    character: str
    shown: str = GETA


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters with a glyph and the pairs (character, variation selector) with one of their own."""

    characters: frozenset[int]
    variants: frozenset[tuple[int, int]]

    def __and__(self, other: Coverage) -> Coverage:
        return Coverage(self.characters & other.characters, self.variants & other.variants)


@dataclass(slots=True)
class Proofreader:
    """Makes texts printable one by one and keeps what it had to change in ``missing``."""

    coverage: Coverage
    missing: list[MissingGlyph] = field(default_factory=list)
    known: set[str] = field(default_factory=lambda: {" ", "\n"})

    def __call__(self, text: str, place: str) -> str:
        """``text`` as it can be printed; what is lost is listed under ``place``, each character once."""
        if self.known.issuperset(text):
            return text
        shown, lost = printable(text, self.coverage)
        if not lost and shown == text:
            # Letters that print as they are, whatever stands beside them, need no second look.
            self.known.update(c for c in text if unicodedata.category(c)[0] in "LNPS" and not _is_selector(c))
            return text
        place = printable(place, self.coverage)[0]
        self.missing += [MissingGlyph(place, character, mark) for character, mark in dict(lost).items()]
        return shown


def bundled_coverage() -> Coverage:
    """What every bundled face can print.

    Raises Problem for a missing or unreadable font file, naming it.
    """
    regular, bold = (coverage_of(FONT_FOLDER / name) for name in FONT_FILES)
    return regular & bold


def coverage_of(path: Path) -> Coverage:
    """What the TrueType font at ``path`` can print; raises Problem where it is missing or unreadable."""
    try:
        return _read_cmap(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise Problem(
            f"フォントファイル {path.name} が {path.parent} にありません。ソフトウェアを入れ直してください。",
            f"The font file {path.name} is missing from {path.parent}; install the software again.",
        ) from error
    except (OSError, struct.error, KeyError) as error:
        raise Problem(
            f"フォントファイル {path.name} を読めません。ソフトウェアを入れ直してください。",
            f"The font file {path.name} cannot be read; install the software again.",
        ) from error


def printable(text: str, coverage: Coverage) -> tuple[str, tuple[tuple[str, str], ...]]:
    """``text`` with every unprintable character replaced, and pairs (character, what is shown instead).

    Line ends become a newline, tabs and spaces unknown to the font a space, other control characters
    go.  Combining characters and variation selectors stay with the character they belong to.
    Invisible format characters (zero-width spaces, byte order marks, direction marks) go unlisted.
    """
    shown: list[str] = []
    lost: list[tuple[str, str]] = []
    base = ""  # the printed character a following mark or selector would change
    for character in text.replace("\r\n", "\n").translate(_TO_NEWLINE):
        if _is_selector(character):
            if base:
                shown.append(character)
                if character not in _EMOJI_STYLE and (ord(base[-1]), ord(character)) not in coverage.variants:
                    lost.append((base + character, base))
            base = ""
            continue
        mark, base = _printed(character, base, coverage)
        shown.append(mark)
        if mark in (character, " "):
            continue
        match unicodedata.category(character):
            case "Cc" | "Cs":
                lost.append((f"U+{ord(character):04X}", mark))
            case "Cf":
                pass
            case _:
                lost.append((character, mark))
    return "".join(shown), tuple(lost)


def _printed(character: str, base: str, coverage: Coverage) -> tuple[str, str]:
    """What is printed for ``character`` after ``base``, and the base for what follows."""
    match unicodedata.category(character):
        case "Cc" if character == "\n":
            return character, ""
        case "Cc":
            return "", base
        case "Cf":
            return "", base
        case "Zs":
            return (character if ord(character) in coverage.characters else " "), ""
        case "Mn" | "Mc" | "Me":
            composed = unicodedata.normalize("NFC", base + character)
            if len(composed) == 1 and ord(composed) in coverage.characters:
                return character, composed
    if ord(character) in coverage.characters:
        return character, character
    alike = _SAME_SHAPE.get(character, "")
    if alike and ord(alike) in coverage.characters:
        return alike, alike
    return GETA, ""


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


@lru_cache(maxsize=8)
def _read_cmap(path: Path, _changed: int) -> Coverage:
    """The character map of a TrueType file (OpenType specification, table ``cmap``, formats 12 and 14).

    Raises KeyError where the table or format 12 is absent, struct.error where the file ends early.
    """
    font = path.read_bytes()
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)
    }
    cmap = tables[b"cmap"]
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    offsets = (cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * at)[0] for at in range(count))
    formats = {struct.unpack_from(">H", font, at)[0]: at for at in offsets}
    return Coverage(
        _characters(font, formats[12]), _variants(font, formats[14]) if 14 in formats else frozenset()
    )


def _characters(font: bytes, at: int) -> frozenset[int]:
    """Format 12: groups of (first character, last character, first glyph); glyph 0 means none."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    groups = (struct.unpack_from(">III", font, at + 16 + 12 * group) for group in range(count))
    return frozenset(
        code for first, last, glyph in groups for code in range(first, last + 1) if glyph + code - first
    )


def _variants(font: bytes, at: int) -> frozenset[tuple[int, int]]:
    """Format 14: for each selector, ranges shown by the default glyph and single ones with their own."""
    (count,) = struct.unpack_from(">I", font, at + 6)
    pairs: set[tuple[int, int]] = set()
    for record in range(at + 10, at + 10 + 11 * count, 11):
        selector = int.from_bytes(font[record : record + 3], "big")
        default, own = struct.unpack_from(">II", font, record + 3)
        for entry in _entries(font, at + default, 4) if default else ():
            first = int.from_bytes(entry[:3], "big")
            pairs.update((code, selector) for code in range(first, first + entry[3] + 1))
        for entry in _entries(font, at + own, 5) if own else ():
            pairs.add((int.from_bytes(entry[:3], "big"), selector))
    return frozenset(pairs)


def _entries(font: bytes, at: int, size: int) -> list[bytes]:
    """The records of ``size`` bytes behind a 4-byte count."""
    (count,) = struct.unpack_from(">I", font, at)
    return [font[start : start + size] for start in range(at + 4, at + 4 + size * count, size)]
