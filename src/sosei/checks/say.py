"""Words that many findings share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sosei.checks.finding import Words

_SHOWN = 8


def listed(items: Sequence[str], language: str, shown: int = _SHOWN) -> str:
    """The items in one line; beyond ``shown`` only how many more there are (the places hold them all)."""
    more = len(items) - shown
    if language == "en":
        return ", ".join(items[:shown]) + (f" and {more} more" if more > 0 else "")
    return "、".join(items[:shown]) + (f" ほか{more}件" if more > 0 else "")


def both(ja: str, en: str, items: Sequence[str], items_en: Sequence[str] | None = None) -> Words:
    """A message in both languages with the items where ``{}`` stands."""
    return Words(ja.format(listed(items, "ja")), en.format(listed(items_en or items, "en")))


def plain(number: Decimal, digits: int | None = None) -> str:
    """A number for a sentence: thousands marked, at most ``digits`` decimals, no needless zeros."""
    shown = number if digits is None else round(number, digits)
    text = f"{shown:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
