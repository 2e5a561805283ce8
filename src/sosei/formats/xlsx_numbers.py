"""What a cell shows for the value its file holds, by the number format of its style."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from sosei.formats.xlsx_cell import NO_NUMBER, kept_out_of_sight, no_date, shortened
from sosei.formats.xlsx_digits import general
from sosei.formats.xlsx_formats import CellFormat
from sosei.formats.xlsx_styles import GENERAL
from sosei.values import Words

Shown = tuple[str, Words | None, Words | None]
"""Text, note and error of a cell."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")
_LONGEST_NUMBER = 64
_SHORT_WHOLE = re.compile("0|[1-9][0-9]{0,10}")  # what General shows as it stands
_MOST_KEPT = 20_000


class NumberPrinter:
    """Shows values by style; ``codes`` are the format codes of the styles."""

    def __init__(self, codes: Sequence[str], date1904: bool) -> None:
        self._codes = codes
        self._1904 = date1904
        self._formats: dict[str, CellFormat] = {}
        self._kept: dict[tuple[str, str], Shown] = {}

    def code(self, style: str | None) -> str:
        """The format code of a style as a cell names it."""
        at = int(style) if style and style.isascii() and style.isdigit() and len(style) < 9 else 0
        return self._codes[at] if at < len(self._codes) else GENERAL

    def number(self, written: str, style: str | None) -> Shown:
        """What is shown for the number ``written`` in the file."""
        code = self.code(style)
        if code == GENERAL and _SHORT_WHOLE.fullmatch(written):
            return written, None, None
        key = (code, written)
        shown = self._kept.get(key)
        if shown is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            shown = self._kept[key] = self._number(written, code)
        return shown

    def text(self, text: str, style: str | None) -> str:
        """What is shown for a text."""
        code = self.code(style)
        return text if code in (GENERAL, "@") else self._format(code).text(text)

    def moment(self, written: str, style: str | None) -> Shown:
        """What is shown for a date or time in ISO 8601, as strict workbooks hold it."""
        serial = _serial(written, self._1904)
        return (written, None, NO_NUMBER) if serial is None else self.number(serial, style)

    def _number(self, written: str, code: str) -> Shown:
        value = exact(written)
        if value is None:
            return written[:_LONGEST_NUMBER], None, NO_NUMBER
        text = self._format(code).number(value)
        if text is None:
            return "########", None, no_date(general(value))
        note = None
        if not text:
            note = kept_out_of_sight(general(value))
        elif code == GENERAL and "E" in text and value.adjusted() > 0:
            note = shortened(f"{value:f}")
        return text, note, None

    def _format(self, code: str) -> CellFormat:
        found = self._formats.get(code)
        if found is None:
            found = self._formats[code] = CellFormat(code, self._1904)
        return found


def exact(written: str) -> Decimal | None:
    """The number Excel means by what its file holds: 15 digits, no binary noise; None for what is no number."""
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
