"""What a municipality calls itself in a sentence: 市, 町, 村, 区, 県 (市の考え方, 町の考え方)."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH: Mapping[str, str] = {
    "市": "city",
    "町": "town",
    "村": "village",
    "区": "ward",
    "都": "metropolis",
    "道": "prefecture",
    "府": "prefecture",
    "県": "prefecture",
}
_REGIONS: Mapping[str, str] = {"01": "道", "13": "都", "26": "府", "27": "府"}
_OTHER = ("本団体", "municipality")


def own_word(name: str, code: str = "") -> tuple[str, str]:
    """What the municipality ``name`` (団体コード ``code``) calls itself, in Japanese and English.

    The name's own ending decides; where it has none that is known, the code tells a prefecture
    (number 000) and a city (100 to 299).
    """
    word = name.partition("（")[0].partition("(")[0].strip()[-1:]
    if word not in _ENGLISH:
        word = _by_number(code)
    return (word, _ENGLISH[word]) if word else _OTHER


def _by_number(code: str) -> str:
    number = code[2:5]
    if number == "000":
        return _REGIONS.get(code[:2], "県")
    return "市" if number[:1] in ("1", "2") else ""
