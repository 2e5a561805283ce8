"""Timing whole processes, or calls within one, in turn, so that both feel the same machine."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table; times are medians in seconds, of whole processes unless ``job`` is a call."""

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
            done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
            if done.returncode > 1:  # 1 is what a review with errors ends with
                done.check_returncode()
            if round_:
                found.append(time.perf_counter() - start)
    return [statistics.median(found) for found in times]


def calls_in_turn(calls: Sequence[Callable[[], object]], runs: int = 5) -> list[float]:
    """The median time of each call inside this process, all made in turn ``runs`` times after one warm-up."""
    times: list[list[float]] = [[] for _ in calls]
    for round_ in range(runs + 1):
        for call, found in zip(calls, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            call()
            if round_:
                found.append(time.perf_counter() - start)
    return [statistics.median(found) for found in times]
