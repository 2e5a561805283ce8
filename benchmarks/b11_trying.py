"""The trial of a population: the answer to a slider, beside an empty page of the same application.

    python benchmarks/b11_trying.py

prints milliseconds and the difference.
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
    """Each answer, on SQLite."""
    return [
        Row("B11", f"{what} (call)", ours, empty, "an empty page", "at most 0.1 s more")
        for what, ours, empty, _ in measured()
    ]


def measured() -> list[tuple[str, float, float, int]]:
    """What, its seconds, the empty page's, the bytes of the answer."""
    with tempfile.TemporaryDirectory() as folder:
        make_secret_key(Path(folder) / "secret.key")
        answers: list[Any] = Installation(Path(folder), "").run("trying")["answers"]
        return [tuple(each) for each in answers]


def main() -> None:
    """Print the table."""
    for what, ours, empty, size in measured():
        print(
            f"{what:50} {ours * 1000:6.0f} ms {empty * 1000:6.0f} ms {(ours - empty) * 1000:6.0f} ms more "
            f"{size // 1000:5} kB"
        )


if __name__ == "__main__":
    main()
