"""What reading a workbook gives: a plan, the cells that could not be read, and what the reader should know."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sosei.plan.base import Key
from sosei.plan.keys import ALPHABET, DIGITS_TOO, new_key
from sosei.plan.model import Plan
from sosei.values import Problem, Words

KeyFor = Callable[[str], Key]
"""A key for a new record, from its name within the file (指標・KPI!7 observation:2024)."""

_SHOWN = 40  # characters of a cell in a message


class Fault(Exception):  # noqa: N818 - it becomes a CellError
    """A text that does not fit its field: what is expected there, and what to do.

    ``column`` is the meaning of the column at fault, where it is not the one being read.
    """

    def __init__(self, ja: str, en: str, column: str = "") -> None:
        super().__init__(en)
        self.ja, self.en, self.column = ja, en, column


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that could not be read: where, what stands there, what is expected, what to do.

    ``address`` is that of the cell (C5), or the number of a row without one cell at fault (5); ``heading`` is
    empty there.  Sheet and address are empty where the parts of the plan do not fit together.
    """

    sheet: str
    address: str
    heading: str
    found: str
    ja: str
    en: str

    def sentence(self, language: str) -> str:
        """The whole sentence, with the place."""
        if not self.sheet:
            return self.en if language == "en" else self.ja
        found = shown(self.found)
        row = self.address.isdecimal()
        if language == "en":
            head = f' under "{self.heading}"' if self.heading else ""
            what = f' "{found}":' if found else ":"
            return f'sheet "{self.sheet}", {"row " if row else ""}{self.address}{head}{what} {self.en}'
        head = f"（{self.heading}）" if self.heading else ""
        what = f"「{found}」" if found else ""
        return f"シート「{self.sheet}」の {self.address}{' 行目' if row else ''}{head}{what}：{self.ja}"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file says.

    ``plan`` is the plan with everything that could be read; None where the parts do not fit together
    (``errors`` then says why).  Where there are errors, the fields they name are as they were before.
    """

    plan: Plan | None
    errors: tuple[CellError, ...] = ()
    remarks: tuple[Words, ...] = ()


def shown(text: str) -> str:
    """``text`` for a message: on one line, not too long."""
    line = " ".join(text[: 2 * _SHOWN].split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def random_keys() -> KeyFor:
    """Keys that differ with each reading."""
    return lambda _name: new_key()


def seeded_keys(seed: bytes) -> KeyFor:
    """Keys that are the same for every reading with ``seed``, so that a preview and its acceptance agree.

    ``seed`` has to be random and kept with the upload, for keys must not be the same in two plans.
    """

    def key_for(name: str) -> Key:
        number = int.from_bytes(
            hashlib.sha256(seed + b"\0" + name.encode("utf-8", "replace")).digest(), "big"
        )
        return "".join(_characters(number))

    return key_for


def _characters(number: int) -> Iterator[str]:
    number, place = divmod(number, len(ALPHABET))
    yield ALPHABET[place]
    for _ in range(9):
        number, place = divmod(number, len(DIGITS_TOO))
        yield DIGITS_TOO[place]


def said(problem: Problem) -> CellError:
    """A fault of the whole, as an error without a cell."""
    return CellError("", "", "", "", problem.ja, problem.en)
