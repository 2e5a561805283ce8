"""CSV for spreadsheets: with a byte order mark, and without cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

BOM = "\ufeff".encode()
# What begins a formula or is skipped before one; the full-width signs count in a Japanese Excel.
_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# A lone dash, or a signed figure with its unit (-147人, +3.5%): as printed, and nothing to run.
_FIGURE = re.compile(r"[-－]|[-+－＋][0-9０-９][0-9０-９,，.．]*[^-+*/=()|!@&＝＋－＠]*")


def cell(text: str) -> str:
    """``text`` so that a spreadsheet shows it: an apostrophe before what would be a formula."""
    return f"'{text}" if text.startswith(_RUN) and not _FIGURE.fullmatch(text) else text


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The rows as UTF-8 CSV with a byte order mark, line by line."""
    writer = csv.writer(_Echo())
    yield BOM
    for row in rows:
        yield writer.writerow([cell(str(each)) for each in row]).encode("utf-8", "replace")


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        """``text`` itself."""
        return text
