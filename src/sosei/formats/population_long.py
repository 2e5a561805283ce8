"""Long CSV files of population figures: one figure a row, every mistake with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sosei.formats.csv_records import UNREADABLE, CsvLines, Record, next_record
from sosei.values import Problem

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,4}", re.ASCII)
_SHOWN = 30  # characters of a wrong cell in a message


class LongRow(NamedTuple):
    """A row: its line and its cells in the order of the columns asked for."""

    line: int
    cells: list[str]


class LongFile:
    """A long CSV with exactly ``columns``, in any order; ``name`` is how messages call the file.

    Raises Problem for a wrong header and, while it is read, for a damaged row.
    """

    def __init__(self, data: bytes, name: str, columns: tuple[str, ...]) -> None:
        self.name, self.columns = name, columns
        self._wholes: dict[str, int] = {}
        try:
            self._lines = CsvLines(data)
        except Problem as problem:
            raise Problem(f"{name}: {problem.ja}", f"{name}: {problem.en}") from None
        header = next_record(self._lines)
        found = [] if header is None else [cell.strip().lower() for cell in header.cells]
        if header is None or header.broken or sorted(found) != sorted(columns):
            line = 1 if header is None else header.line
            raise self.problem(
                line,
                f"見出しが「{_shown(','.join(found))}」です。{','.join(columns)} にしてください",
                f'the header is "{_shown(",".join(found))}"; it must be {",".join(columns)}',
            )
        self._places = [found.index(column) for column in columns]

    @property
    def line(self) -> int:
        """The line read last."""
        return self._lines.number

    def rows(self) -> Iterator[LongRow]:
        """Every row, its cells stripped."""
        width, places = len(self.columns), self._places
        while record := next_record(self._lines, width):
            cells = record.cells
            if record.broken or len(cells) != width or _unreadable(cells):
                raise self._damage(record)
            yield LongRow(record.line, [cells[place].strip() for place in places])

    def number(self, line: int, column: str, text: str) -> float:
        """The number in ``text``: plain or with an exponent, no separators, finite."""
        if _NUMBER.fullmatch(text):
            value = float(text)
            if abs(value) < float("inf"):
                return value
        raise self.problem(
            line,
            f"{column} が「{_shown(text)}」です。桁区切りのない数にしてください",
            f'{column} is "{_shown(text)}"; it must be a number without separators',
        )

    def whole(self, line: int, column: str, text: str) -> int:
        """The whole number of at most four digits in ``text``: a year or the lower bound of an age group."""
        if text in self._wholes:
            return self._wholes[text]
        if _WHOLE.fullmatch(text):
            return self._wholes.setdefault(text, int(text))
        expected = ("階級の下限の年齢（0、5 など）", "the lower bound of the group (0, 5, ...)")
        if column != "age":
            expected = ("西暦の年", "a year")
        raise self.problem(
            line,
            f"{column} が「{_shown(text)}」です。{expected[0]}にしてください",
            f'{column} is "{_shown(text)}"; it must be {expected[1]}',
        )

    def one_of(self, line: int, column: str, text: str, known: tuple[str, ...]) -> str:
        """``text`` where it is one of ``known``."""
        if text in known:
            return text
        raise self.problem(
            line,
            f"{column} が「{_shown(text)}」です。{'、'.join(known)} のどれかにしてください",
            f'{column} is "{_shown(text)}"; it must be one of {", ".join(known)}',
        )

    def area(self, line: int, text: str) -> str:
        """The code of an area; any text that can be shown."""
        if text and text.isprintable():
            return text
        raise self.problem(
            line,
            "area が空か、文字として表示できません。地域のコードを書いてください",
            "area is empty or cannot be shown; write its code",
        )

    def problem(self, line: int, ja: str, en: str) -> Problem:
        """The sentence with its place."""
        return Problem(f"{self.name}: {line} 行目: {ja}", f"{self.name}: line {line}: {en}")

    def lacking(self, ja: str, en: str) -> Problem:
        """The sentence on what the whole file does not hold; the line is the last one read."""
        return Problem(
            f"{self.name}: 最後の {self.line} 行目まで読みましたが、{ja}",
            f"{self.name}: read to the last line {self.line}, but {en}",
        )

    @staticmethod
    def shown(text: str) -> str:
        """``text`` of a cell as a message may show it."""
        return _shown(text)

    def _damage(self, record: Record) -> Problem:
        if record.broken:
            return self.problem(record.line, '引用符（"）の組が合いません', "the quotes do not pair")
        if len(record.cells) != len(self.columns):
            found, wanted = len(record.cells), len(self.columns)
            return self.problem(
                record.line,
                f"セルが {found} 個あります。{wanted} 個にしてください",
                f"there are {found} cells; there must be {wanted}",
            )
        return self.problem(record.line, "文字として読めないバイトがあります", "some bytes are no character")


def _unreadable(cells: list[str]) -> bool:
    text = "".join(cells)
    return not text.isascii() and UNREADABLE.search(text) is not None


def _shown(text: str) -> str:
    clean = "".join(c if c.isprintable() else "�" for c in text)
    return clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"
