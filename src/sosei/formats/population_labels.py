"""Ages, sexes, years and area codes as tables of population write them.

``0～4歳``, ``0-4``, ``０－４歳``, ``0歳～4歳``, ``90歳以上``, ``85+``, ``95歳～``, ``総数``, ``年齢不詳``: one age has
many names in the files of IPSS, of the census, of the register and of offices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from sosei.values import parse_when
from sosei.values.folding import compact
from sosei.values.lgcode import check_digit


class Sex(Enum):
    """Whom a figure counts; ``BOTH`` is the printed sum."""

    MALE = "male"
    FEMALE = "female"
    BOTH = "both"


class NoAge(Enum):
    """What stands among ages and is none."""

    TOTAL = "total"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Age:
    """An age group: the youngest age in it, the oldest, or None where it is open."""

    lower: int
    upper: int | None

    @property
    def text(self) -> str:
        """0～4歳, 90歳以上."""
        if self.upper is None:
            return f"{self.lower}歳以上"
        return f"{self.lower}歳" if self.upper == self.lower else f"{self.lower}～{self.upper}歳"


_OLDEST = 130
_RANGE = re.compile(r"(\d{1,3})(?:歳|才)?[~-](\d{1,3})(?:歳|才)?")
_OPEN = re.compile(r"(\d{1,3})(?:歳|才)?(?:以上|~|-|\+|plus)")
_UNDER = re.compile(r"(\d{1,3})(?:歳|才)?未満")
_SINGLE = re.compile(r"(\d{1,3})(?:歳|才)?")
_TOTALS = frozenset(
    [
        "総数",
        "総人口",
        "総計",
        "合計",
        "計",
        "人口",
        "人口総数",
        "総人口数",
        "年齢計",
        "年齢総数",
        "total",
        "all",
        "both",
        "全年齢",
        "総数(年齢)",
    ]
)
_UNKNOWNS = frozenset(["年齢不詳", "不詳", "不明", "年齢不明", "年齢「不詳」", "年齢(不詳)", "unknown"])
_SEXES = {
    **dict.fromkeys(["男", "男性", "男子", "m", "male", "男計", "総数(男)", "男総数", "男性人口"], Sex.MALE),
    **dict.fromkeys(
        ["女", "女性", "女子", "f", "female", "女計", "総数(女)", "女総数", "女性人口"], Sex.FEMALE
    ),
    **dict.fromkeys(
        [
            "総数",
            "計",
            "男女計",
            "総計",
            "合計",
            "男女",
            "男女総数",
            "both",
            "a",
            "t",
            "total",
            "総数(男女計)",
        ],
        Sex.BOTH,
    ),
}
_CODE = re.compile(r"(\d{4,6})(?:\.0)?")


@lru_cache(maxsize=4096)
def read_age(text: str) -> Age | NoAge | None:
    """The age that ``text`` names; None where it names none."""
    if len(text) > 40:
        return None
    name = compact(text).lower().removesuffix("人口").removesuffix("人") or compact(text).lower()
    if name in _TOTALS or compact(text).lower() in _TOTALS:
        return NoAge.TOTAL
    if name in _UNKNOWNS:
        return NoAge.UNKNOWN
    if match := _RANGE.fullmatch(name):
        return _age(int(match[1]), int(match[2]))
    if match := _OPEN.fullmatch(name):
        return _age(int(match[1]), None)
    if match := _UNDER.fullmatch(name):
        return _age(0, int(match[1]) - 1)
    if match := _SINGLE.fullmatch(name):
        return _age(int(match[1]), int(match[1]))
    return None


def _age(lower: int, upper: int | None) -> Age | None:
    if lower > _OLDEST or (upper is not None and not lower <= upper <= _OLDEST):
        return None
    return Age(lower, upper)


@lru_cache(maxsize=1024)
def read_sex(text: str) -> Sex | None:
    """The sex that ``text`` names (男, 男性, M, male, 総数 ...); None where it names none."""
    return _SEXES.get(compact(text).lower()) if len(text) <= 20 else None


@lru_cache(maxsize=1024)
def read_year(text: str) -> int | None:
    """The calendar year of ``2020年``, ``令和2年``, ``2020/10/1``, ``20201001``; None where there is none."""
    if len(text) > 40:
        return None
    name = compact(text)
    if re.fullmatch(r"(?:19|20|21)\d{6}", name):
        name = name[:4]
    when = parse_when(name.removesuffix("現在").upper())
    return when.year if when is not None and 1900 <= when.year <= 2200 else None


@lru_cache(maxsize=1024)
def read_day(text: str) -> tuple[int, int] | None:
    """Month and day of ``2024-10-01``, ``令和6年10月1日``, ``20241001``; None where no day is said."""
    if len(text) > 40:
        return None
    name = compact(text)
    if match := re.fullmatch(r"(?:19|20|21)\d\d(\d\d)(\d\d)", name):
        return int(match[1]), int(match[2])
    when = parse_when(name.removesuffix("現在").upper())
    return None if when is None or when.month is None or when.day is None else (when.month, when.day)


@lru_cache(maxsize=16_384)
def read_code(text: str) -> str | None:
    """The five digits of an area: 1100 is 01100, and a sixth digit must be the check digit, or it is None."""
    match = _CODE.fullmatch(compact(text)) if len(text) <= 20 else None
    if match is None or not match[1].isascii():
        return None
    digits = match[1]
    if len(digits) == 6:
        return digits[:5] if check_digit(digits[:5]) == digits[5] else None
    return digits.zfill(5)
