"""Scales (千, 万, 百万, 億 ...): the powers of ten that stand between a number and its unit."""

from __future__ import annotations

from decimal import Context, Decimal

_SMALL = {"": 0, "十": 1, "百": 2, "千": 3}
_LARGE = {"": 0, "万": 4, "億": 8, "兆": 12}

POWERS: dict[str, int] = {
    small + large: exponent + power for large, power in _LARGE.items() for small, exponent in _SMALL.items()
}
"""The power of ten of each scale, 0 for the empty one."""

_EXACT = Context(prec=400)  # no printed value is longer, so nothing is ever rounded here


def scaled(number: Decimal, scale: str) -> Decimal:
    """The whole number printed as ``number`` and ``scale``, exactly: 65.5 and 億 give 6550000000.

    Raises KeyError for an unknown scale.
    """
    return _plain(number.scaleb(POWERS[scale], _EXACT))


def unscaled(number: Decimal, scale: str) -> Decimal:
    """The whole ``number`` in units of ``scale``, without zeros at its end: 350000000 and 億 give 3.5.

    Raises KeyError for an unknown scale.
    """
    return _plain(number.scaleb(-POWERS[scale], _EXACT).normalize(_EXACT))


def _plain(number: Decimal) -> Decimal:
    """``number`` with all its digits before the point written out: 655E+7 becomes 6550000000."""
    exponent = number.as_tuple().exponent
    return (
        number.quantize(Decimal(1), context=_EXACT) if isinstance(exponent, int) and exponent > 0 else number
    )
