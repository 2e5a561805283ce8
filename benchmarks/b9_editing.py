"""Editing a plan of 300 measures and 1,616 indicators: one value written, one act taken back.

Beside a page that reads no plan, asked of the same application in the same process, and beside the
check of the plan's links, which no edit can do without.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from measure import Row

from sosei.web.secret import make_secret_key
from tests.web.soak.installation import Installation


def run() -> list[Row]:
    """Requests at the beginning of a draft and far on in it, then the plan alone; on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        make_secret_key(Path(folder) / "secret.key")
        times = Installation(Path(folder), "").run("editing")
    rows = [
        Row("B9", f"{job}, {before:,} before it (call)", ours, empty, "an empty page", "at most 0.1 s more")
        for before, found in times["requests"]
        for empty, *both in [found]
        for job, ours in zip(("a value written", "an act undone"), both, strict=True)
    ]
    edit, links = times["plan"]
    return [
        *rows,
        Row("B9", "a value of 1,616 indicators (call)", edit, links, "its links checked", "under 3 x"),
    ]
