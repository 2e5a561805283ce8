"""Writing a plan of 300 measures and 1,616 indicators: every page of it beside a page that reads no plan.

    python benchmarks/b10_writing.py

prints milliseconds and the difference, the slowest first.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import Row

from sosei.web.secret import make_secret_key
from tests.web.soak.installation import Installation


def run() -> list[Row]:
    """Each page, on SQLite."""
    return [
        Row("B10", f"{what} (call)", ours, empty, "an empty page", "at most 0.1 s more")
        for what, ours, empty, _ in measured()
    ]


def measured() -> list[tuple[str, float, float, int]]:
    """What, its seconds, the empty page's, the bytes of the answer."""
    with tempfile.TemporaryDirectory() as folder:
        make_secret_key(Path(folder) / "secret.key")
        pages: list[Any] = Installation(Path(folder), "").run("writing")["pages"]
        return [tuple(each) for each in pages]


def main() -> None:
    """Print the table."""
    for what, ours, empty, size in sorted(measured(), key=lambda each: each[2] - each[1]):
        mark = "" if ours - empty <= 0.1 else "  over"
        print(
            f"{what:28} {ours * 1000:8.0f} ms {empty * 1000:6.0f} ms {(ours - empty) * 1000:8.0f} ms more "
            f"{ours / empty:6.1f} x {size // 1000:6} kB{mark}"
        )


if __name__ == "__main__":
    main()
