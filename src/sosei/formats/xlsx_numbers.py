"""What a cell shows for the value its file holds, by the number format of its style."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from sosei.formats.xlsx_cell import NO_NUMBER, kept_out_of_sight, no_date, shortened
from sosei.formats.xlsx_digits import general
from sosei.formats.xlsx_formats import CellFormat
from sosei.formats.xlsx_styles import GENERAL
from sosei.values import Words

Shown = tuple[str, Words | None, Words | None]
"""Text, note and error of a cell."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")
_SHORT = re.compile(r"-?(?=[0-9.]{1,15}\Z)[0-9]+(?:\.[0-9]+)?")
_LONGEST_NUMBER = 64
_SHORT_WHOLE = re.compile("0|[1-9][0-9]{0,10}")  # what General shows as it stands
_MOST_KEPT = 5_000


class _Style:
    """A style of cells: its format code, the code made ready when first needed, and what it showed so far."""

    def __init__(self, code: str, date1904: bool) -> None:
        self.code = code
        self.plain_text = code in (GENERAL, "@")
        self.shown: dict[str, Shown] = {}
        self._1904 = date1904

    @cached_property
    def format(self) -> CellFormat:
        """The code, ready to be applied."""
        return CellFormat(self.code, self._1904)


class NumberPrinter:
    """Shows values by style; ``codes`` are the format codes of the styles."""

    def __init__(self, codes: Sequence[str], date1904: bool) -> None:
        self._1904 = date1904
        self.effort = 0  # characters of format codes applied: what showing so many values costs
        self._by_code = {code: _Style(code, date1904) for code in {*codes, GENERAL}}
        self._by_number = {str(at): self._by_code[code] for at, code in enumerate(codes)}
        self._default = self._by_number.get("0", self._by_code[GENERAL])

    def number(self, written: str, style: str | None) -> Shown:
        """What is shown for the number ``written`` in the file, in the style a cell names."""
        found = self._by_number.get(style, self._default) if style else self._default
        shown = found.shown.get(written)
        if shown is None:
            if len(found.shown) >= _MOST_KEPT:
                found.shown.clear()
            self.effort += len(found.code)
            shown = found.shown[written] = _number(written, found)
        return shown

    def text(self, text: str, style: str | None) -> str:
        """What is shown for a text."""
        found = self._by_number.get(style, self._default) if style else self._default
        if found.plain_text:
            return text
        self.effort += len(found.code)
        return found.format.text(text)

    def moment(self, written: str, style: str | None) -> Shown:
        """What is shown for a date or time in ISO 8601, as strict workbooks hold it."""
        serial = _serial(written, self._1904)
        return (written, None, NO_NUMBER) if serial is None else self.number(serial, style)


def _number(written: str, style: _Style) -> Shown:
    if style.code == GENERAL and _SHORT_WHOLE.fullmatch(written):
        return written, None, None
    value = exact(written)
    if value is None:
        return written[:_LONGEST_NUMBER], None, NO_NUMBER
    text = style.format.number(value)
    if text is None:
        return "########", None, no_date(general(value))
    note = None
    if not text:
        note = kept_out_of_sight(general(value))
    elif style.code == GENERAL and "E" in text and value.adjusted() > 0:
        note = shortened(f"{value:f}")
    return text, note, None


def exact(written: str) -> Decimal | None:
    """The number Excel means by what its file holds: 15 digits, no binary noise; None for what is no number."""
    if _SHORT.fullmatch(written):
        return Decimal(written)
    written = written.strip()
    if len(written) > _LONGEST_NUMBER or not _NUMBER.fullmatch(written):
        return None
    number = float(written)
    if not math.isfinite(number):
        return None
    return Decimal(f"{number:.15g}") if number else Decimal(0)


def _serial(written: str, date1904: bool) -> str | None:
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    try:
        if "T" not in written and ":" in written:
            moment = datetime.combine(first, time.fromisoformat(written))
        else:
            moment = datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None
    passed = moment - datetime.combine(first, time())
    return f"{passed.days + (passed.seconds + passed.microseconds / 1e6) / 86_400:.15g}"
