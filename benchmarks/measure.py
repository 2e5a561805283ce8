"""Timing whole processes in turn, so that both feel the same machine."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table; times are medians in seconds of whole processes."""

    id: str
    job: str
    ours: float
    beside: float
    beside_is: str
    aim: str


def in_turn(commands: Sequence[Sequence[str]], runs: int = 15) -> list[float]:
    """The median wall time of each command, all run in turn ``runs`` times after one warm-up."""
    # Compiled bytecode is kept between runs, as on any installed machine.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: list[list[float]] = [[] for _ in commands]
    for round_ in range(runs + 1):
        for command, found in zip(commands, times, strict=True):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
            if round_:
                found.append(time.perf_counter() - start)
    return [statistics.median(found) for found in times]
