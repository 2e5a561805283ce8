"""Texts of a table's figures as numbers of a spreadsheet that look the same there."""

from __future__ import annotations

import re

from sosei.reports.xlsx_layout import Number

_FIGURE = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*|0)(?P<rest>\.\d+)?(?P<unit>人|世帯|％| families| %)?"
)
_MOST_DIGITS = 15  # a spreadsheet keeps no more
_NO_CHANGE = re.compile(r"[0.]+")


def number_of(text: str) -> Number | None:
    """34,004, +111, 94.6 or 3.73世帯 as a number with the format that shows it so; None for what is no figure.

    A percentage keeps its size: 75％ is 75.
    """
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    sign, rest, unit = found["sign"], found["rest"] or "", found["unit"] or ""
    digits = found["whole"].replace(",", "") + rest
    if len(digits) > _MOST_DIGITS or (sign and _NO_CHANGE.fullmatch(digits)):
        return None
    is_grouped = "," in found["whole"] or len(found["whole"]) <= len("999")
    code = ("#,##0" if is_grouped else "0") + (rest and "." + "0" * (len(rest) - 1)) + (unit and f'"{unit}"')
    return Number(value=float(sign + digits), code=f"+{code};-{code};{code}" if sign == "+" else code)
