"""The texts of a workbook: shared strings, rich text joined, readings (ふりがな) left out."""

from __future__ import annotations

import re

from sosei.formats.xlsx_cell import LONGEST_TEXT
from sosei.formats.xlsx_guard import Handlers, Package, damaged

_MOST_PIECES = 64  # of some kilobytes each, as the parser hands them over
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NEWLINES = re.compile("\r\n?")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_PAIRS = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ALONE = re.compile("[\ud800-\udfff]")


class TextCollector:
    """Collects the pieces of text between two tags."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.clear = self._pieces.clear

    def add(self, piece: str) -> None:
        """One more piece.  Raises Problem for a text no cell of Excel's could hold."""
        if len(self._pieces) >= _MOST_PIECES:
            raise damaged()
        self._pieces.append(piece)

    def take(self) -> str:
        """The text since ``clear``."""
        return "".join(self._pieces)


class RichText:
    """A text that may stand in runs (``<r><t>``), without its reading (``<rPh>``)."""

    def __init__(self, collector: TextCollector) -> None:
        self._collector = collector
        self._text = ""
        self._reading = False

    def start(self, name: str) -> None:
        """An element inside the text begins."""
        if name == "t":
            self._collector.clear()
        elif name == "rPh":
            self._reading = True

    def end(self, name: str) -> None:
        """An element inside the text ends."""
        if name == "t" and not self._reading and len(self._text) <= LONGEST_TEXT:
            self._text += self._collector.take()
        elif name == "rPh":
            self._reading = False

    def take(self) -> str:
        """The whole text; the next one begins.  One character more than Excel allows tells that it is too long."""
        text, self._text = self._text[: LONGEST_TEXT + 1], ""
        return as_typed(text)


def read_strings(package: Package, part: str) -> list[str]:
    """The shared strings, in the order cells refer to them."""
    found: list[str] = []
    collector = TextCollector()
    text = RichText(collector)

    def start(name: str, _: dict[str, str]) -> None:
        text.start(name)

    def end(name: str) -> None:
        if name == "si":
            found.append(text.take())
        else:
            text.end(name)

    package.read(part, Handlers(start, end, collector.add))
    return found


def as_typed(text: str) -> str:
    """``text`` as it was typed: _x000D_ and its like decoded, line ends as ``\\n``, no control characters."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = _PAIRS.sub(lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
        text = _ALONE.sub("\ufffd", text)
    if not text.isprintable():
        text = _CONTROLS.sub("", _NEWLINES.sub("\n", text))
    return text
