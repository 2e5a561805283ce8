"""Exact numbers as a worked calculation shows them, and rounded ones as a scheme prints them."""

from __future__ import annotations

from decimal import Decimal

from sosei.scheme.model import Rounding
from sosei.scheme.quantity import Pair
from sosei.values import HouseStyle, When, era_text, format_number

_PLAIN = HouseStyle()
_MOST = 6  # decimals that are shown before … stands for the rest


def number_text(value: Pair, most: int = _MOST) -> str:
    """The number with commas; digits that go on beyond ``most`` decimals are cut and marked: 91.66…"""
    numerator, denominator = value
    scaled, rest = divmod(abs(numerator) * 10**most, denominator)
    digits = str(scaled).rjust(most + 1, "0")
    head, tail = digits[: len(digits) - most], digits[len(digits) - most :]
    if rest == 0:
        tail = tail.rstrip("0")
    text = format_number(Decimal(head), _PLAIN) + (f".{tail}" if tail else "") + ("…" if rest else "")
    return f"-{text}" if numerator < 0 else text


def signed_text(number: Decimal, rounding: Rounding) -> str:
    """A rounded number with the minus sign, commas and bare numbers of ``rounding``; no suffix."""
    text = format(number.copy_abs(), ",f" if rounding.grouping else "f")
    if number in rounding.bare:
        text = text.partition(".")[0]
    return rounding.minus + text if number < 0 else text


def in_formula(value: Pair) -> str:
    """The number as a term: a negative one in brackets."""
    text = number_text(value)
    return f"({text})" if value[0] < 0 else text


def percent_text(value: Pair, digits: int) -> str:
    """The exact rate in percent, with two decimals more than are printed."""
    return number_text((value[0] * 100, value[1]), digits + 2) + "%"


def year_text(year: int | None) -> str:
    """R6; empty where the year is not known."""
    return era_text(When(year=year), short=True) if year is not None else ""
