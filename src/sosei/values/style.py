"""House style: how a municipality prints its own numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import ClassVar, Literal

from sosei.values.quantity import Kind, Per, Qualifier, Quantity

_EXACT = Context(prec=400)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_BEFORE = frozenset({Qualifier.ABOUT, Qualifier.TOTAL})
_IN_BRACKETS = {
    Qualifier.CUMULATIVE: "（累計）",
    Qualifier.PROVISIONAL: "（速報値）",
    Qualifier.EXPECTED: "（見込み）",
    Qualifier.ESTIMATED: "（推計）",
    Qualifier.FINAL: "（確定値）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """How numbers are printed.

    ``minus``              the sign of a negative number.
    ``grouping``           commas between thousands.
    ``wide_single_digit``  numbers of one digit full-width, longer ones half-width (５人, 15人).
    ``decimals``           digits after the point, rounded half up; None keeps those of the number.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    minus: Literal["-", "△", "▲", "−"] = "-"
    grouping: bool = True
    wide_single_digit: bool = False
    decimals: int | None = None


def format_number(number: Decimal, style: HouseStyle) -> str:
    """``number`` in house style, never with an exponent: △1,234.50.

    Raises ValueError for NaN and infinity.
    """
    if not number.is_finite():
        raise ValueError(f"not a finite number: {number}")
    if style.decimals is not None:
        step = Decimal(1).scaleb(-style.decimals)
        number = number.quantize(step, rounding=ROUND_HALF_UP, context=_EXACT)
    digits = format(number.copy_abs(), ",f" if style.grouping else "f")
    if style.wide_single_digit:
        digits = widen_single(digits)
    return (style.minus if number < 0 else "") + digits


def format_quantity(quantity: Quantity, style: HouseStyle) -> str:
    """A single number with its words, in house style.

    Composites, ranges, words and absent values are given as printed: they hold
    more than a style can say.
    """
    if quantity.kind is not Kind.NUMBER or quantity.number is None:
        return quantity.text
    before = [each for each in quantity.qualifiers if each in _BEFORE]
    after = [each for each in quantity.qualifiers if each not in _BEFORE]
    bounds = [each.value for each in after if each not in _IN_BRACKETS]
    leading, trailing = _period(quantity.per)
    states = [_IN_BRACKETS[each] for each in after if each in _IN_BRACKETS and each not in trailing]
    label = quantity.label + (" " if quantity.label else "")
    year = f"（{quantity.year}）" if quantity.year else ""
    printed = "".join(
        [
            label,
            leading,
            *before,
            format_number(quantity.number, style),
            quantity.printed_unit,
            *bounds,
            trailing,
            *states,
            year,
            quantity.mark,
        ]
    )
    return f"（{printed}）" if quantity.bracketed else printed


def widen_single(digits: str) -> str:
    """A number of one digit in full width; a longer one as it is."""
    return digits.translate(_WIDE) if len(digits) == 1 else digits


def _period(per: Per | None) -> tuple[str, str]:
    """What is printed of a period before the number and behind it: 年3回, 3回／年."""
    if per is None:
        return "", ""
    is_suffix = per.text[:1] in "/／(（"
    return ("", per.text) if is_suffix else (per.text, "")
