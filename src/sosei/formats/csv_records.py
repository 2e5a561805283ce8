"""CSV as municipalities send it: the encoding found out, each record with its line, damage kept local.

A quote that is never closed would swallow the rest of the file in an ordinary reader; here it
costs the one line it stands in.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sosei.values import Problem

UNREADABLE = re.compile("[\udc80-\udcff\uf8f0-\uf8f3]")
"""What is left in a text where bytes are no character of its encoding (the last four come from cp932)."""

_LONGEST_RECORD = 100  # lines that one record may span
# Possessive, so that a cell of many megabytes needs no memory for going back.
_CELL = re.compile(r'"((?:[^"]++|"")*+)"(?=,|\Z)|(?!")([^,]*+)')
_NEVER_CLOSED = re.compile(r'"(?:[^"]++|"")*+\Z')


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the line it begins on.

    ``broken`` where its quotes do not fit; ``cells`` are then those before the cell that breaks.
    """

    line: int
    cells: list[str]
    broken: bool = False


class CsvLines:
    """The lines of a CSV file, with a look ahead; empty lines at the end of ``data`` do no harm.

    UTF-8 with or without BOM, else cp932.  A few damaged bytes do not change the choice: it is
    UTF-8 as long as most of the lines that could tell are UTF-8.  Raises Problem for UTF-16 and
    for a workbook.
    """

    def __init__(self, data: bytes) -> None:
        _refuse_other_formats(data)
        encoding = "utf-8-sig" if _is_utf8(data) else "cp932"
        self._text = io.TextIOWrapper(io.BytesIO(data), encoding, errors="surrogateescape", newline=None)
        self._waiting: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        """The next line without its end; None after the last."""
        line = self._waiting.popleft() if self._waiting else self._read()
        self.number += line is not None
        return line

    def ahead(self, most: int) -> Iterator[str]:
        """The next lines, ``most`` of them, without taking them."""
        yield from [*self._waiting][:most]
        while len(self._waiting) < most and (line := self._read()) is not None:
            self._waiting.append(line)
            yield line

    def _read(self) -> str | None:
        line = self._text.readline()
        return line.removesuffix("\n") if line else None


def next_record(lines: CsvLines, width: int | None = None) -> Record | None:
    """The next record of ``width`` cells, empty lines left out; None at the end.

    Several lines make one record only where its quotes close properly, it has ``width`` cells and
    none of the lines inside looks like a record itself.  Otherwise the first of them is broken and
    the next record begins on the line after.
    """
    while (line := lines.take()) is not None:
        number = lines.number
        cells, end = _split(line)
        if end is _End.OPEN and (whole := _over_several_lines(line, lines, width)):
            return Record(number, whole)
        if end is not _End.CLEAN:
            return Record(number, cells, broken=True)
        if any(cells):
            return Record(number, cells)
    return None


class _End(Enum):
    CLEAN = "clean"
    OPEN = "open"  # inside quotes
    WRONG = "wrong"  # something stands behind a closing quote


def _split(line: str) -> tuple[list[str], _End]:
    """The cells of a record, and how it ends; where not cleanly, the cells before that."""
    if '"' not in line:
        return line.split(","), _End.CLEAN
    cells: list[str] = []
    position = 0
    while match := _CELL.match(line, position):
        quoted, bare = match.groups()
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        if match.end() == len(line):
            return cells, _End.CLEAN
        position = match.end() + 1
    return cells, _End.OPEN if _NEVER_CLOSED.match(line, position) else _End.WRONG


def _over_several_lines(line: str, lines: CsvLines, width: int | None) -> list[str] | None:
    """The cells of the record that begins with ``line`` and closes on a later one; None where none does."""
    found = [line]
    for following in lines.ahead(_LONGEST_RECORD - 1):
        found.append(following)
        if '"' in following:
            cells, end = _split("\n".join(found))
            if end is _End.CLEAN and width in (None, len(cells)):
                for _ in found[1:]:
                    lines.take()
                return cells
            if end is not _End.OPEN:
                return None
        elif width is not None and following.count(",") == width - 1 > 0:
            return None
    return None


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Problem(
            "UTF-16 の文字です（Excel の「Unicode テキスト」など）。「CSV UTF-8」で保存し直してください",
            'the text is UTF-16 (such as Excel\'s "Unicode text"); save it again as "CSV UTF-8"',
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Problem(
            "CSV ではなく Excel のブックです。「CSV UTF-8」で保存し直してください",
            'this is an Excel workbook, not CSV; save it as "CSV UTF-8"',
        )


def _is_utf8(data: bytes) -> bool:
    if data.startswith(b"\xef\xbb\xbf") or _decodes(data):
        return True
    telling = [line for line in data.splitlines() if not line.isascii()]
    return 2 * sum(map(_decodes, telling)) >= len(telling)


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
