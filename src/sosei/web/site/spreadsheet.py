"""CSV for spreadsheets: with a byte order mark, and without cells that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from sosei.formats.csv_cells import harmless

BOM = "\ufeff".encode()


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The rows as UTF-8 CSV with a byte order mark, line by line."""
    writer = csv.writer(_Echo())
    yield BOM
    for row in rows:
        yield writer.writerow([harmless(str(each)) for each in row]).encode("utf-8", "replace")


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        """``text`` itself."""
        return text
