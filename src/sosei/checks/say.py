"""Words that many findings share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR
from decimal import Decimal
from fractions import Fraction

from sosei.checks.finding import Place, Words
from sosei.plan.labels import field_label
from sosei.values import When, era_text

_SHOWN = 8


def listed(items: Sequence[str], language: str, shown: int = _SHOWN) -> str:
    """The items in one line; beyond ``shown`` only how many more there are (the places hold them all)."""
    more = len(items) - shown
    if language == "en":
        return ", ".join(items[:shown]) + (f" and {more} more" if more > 0 else "")
    return "、".join(items[:shown]) + (f" ほか{more}件" if more > 0 else "")


def both(ja: str, en: str, items: Sequence[str], items_en: Sequence[str] | None = None) -> Words:
    """A message in both languages with the items where ``{}`` stands."""
    return Words(
        ja.replace("{}", listed(items, "ja"), 1), en.replace("{}", listed(items_en or items, "en"), 1)
    )


def short(text: str, longest: int = 48) -> str:
    """``text`` for a sentence: on one line, and cut where it is very long."""
    line = " ".join(text[: longest * 2].split())
    return line if len(line) <= longest else line[:longest] + "…"


def shown(number: Decimal | Fraction, digits: int = 10) -> str:
    """A number for a sentence: thousands marked, at most ``digits`` decimals, halves away from zero."""
    factor: int = 10**digits
    numerator, denominator = abs(Fraction(number)).as_integer_ratio()
    whole = (2 * numerator * factor + denominator) // (2 * denominator)
    text = f"{Decimal(whole).scaleb(-digits):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"-{text}" if number < 0 and whole else text


def era_year(year: int) -> str:
    """The fiscal year that starts in ``year`` as R6; the bare number where no calendar reaches."""
    return era_text(When(year=year), short=True) if MINYEAR <= year < MAXYEAR else str(year)


def where(place: Place, language: str) -> str:
    """A place as a person finds it: 5頁 基本目標１/施策⑤「利用者数」実績R6."""
    english = language == "en"
    page = "" if place.page is None else f"p. {place.page}" if english else f"{place.page}頁"
    name = place.indicator and (f'"{place.indicator}"' if english else f"「{place.indicator}」")
    field, _, year = place.field.partition(":")
    if field == "printed":
        field = "rate"
    label = "" if field == "name" else field_label(field, language)
    if english:
        return " ".join(part for part in (page, place.path, name, label, year) if part)
    return (
        " ".join(part for part in (page, place.path) if part)
        + (f" {name}" if name else " ") * bool(name or label)
        + label
        + year
    )
