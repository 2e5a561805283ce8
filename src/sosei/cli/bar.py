"""Progress of long work, shown on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sosei.cli.common import language


@contextmanager
def bar(ja: str, en: str) -> Iterator[Callable[[int, int], None]]:
    """``tell(done, total)`` moves a bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(en if language() == "en" else ja, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
