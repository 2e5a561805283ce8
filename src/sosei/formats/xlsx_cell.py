"""A cell of a workbook as a person sees it, and what is said of cells that need care."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sosei.values import Words

LONGEST_TEXT = 32_767
"""Characters Excel allows in a cell."""

FORMULA = Words(
    "式です。ファイルに保存されている計算結果を使います",
    "a formula; its result as stored in the file is used",
)
LINK = Words(
    "ほかのブックやプログラムを参照する式です。保存されている値を使います。今の値か確かめてください",
    "a formula that refers to another workbook or program; the stored value is used, see whether it still holds",
)
NO_RESULT = Words(
    "式の計算結果がファイルに保存されていません。Excel で開いて保存し直すか、値を入力してください",
    "a formula whose result is not stored in the file; open it in Excel and save it again, or enter the value",
)
TOO_LONG = Words(
    f"{LONGEST_TEXT:,} 文字を超えるため、途中までしか読めません",
    f"more than {LONGEST_TEXT:,} characters; only the beginning is read",
)
NO_NUMBER = Words("数値として読めない値です", "a value that is no number")
NO_TEXT = Words("文字がファイルの中に見つかりません", "the text is missing from the file")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place from 1 as in Excel, and its text as Excel shows it (``""`` where empty).

    ``note``   what to know of the value, which may be used: it is the stored result of a formula.
    ``error``  why it cannot be used: #REF!, a formula without a stored result.
    """

    row: int
    column: int
    text: str
    note: Words | None = None
    error: Words | None = None

    @property
    def address(self) -> str:
        """C5."""
        return f"{column_letters(self.column)}{self.row}"


def error_value(text: str) -> Words:
    """What is said of #REF! and its like."""
    return Words(f"エラー値（{text}）です", f"an error value ({text})")


def no_date(number: str) -> Words:
    """What is said of a number that a date format cannot show."""
    return Words(f"日付や時刻にできない値（{number}）です", f"a value that is no date or time ({number})")


def kept_out_of_sight(number: str) -> Words:
    """What is said of a number that its format hides."""
    return Words(
        f"表示形式で隠されている値（{number}）です", f"a value ({number}) that its number format hides"
    )


def shortened(number: str) -> Words:
    """What is said of a number that Excel shows with an exponent, because it is long."""
    return Words(
        f"Excel の表示は短くした形です。値は {number} です", f"shown in short by Excel; the value is {number}"
    )


def column_letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int | None:
    """A is 1, XFD is 16384; None for what is no column of Excel's."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return None
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number if number <= 16_384 else None
