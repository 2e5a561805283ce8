"""B8: how long the command line takes to start, beside a Python that does nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from measure import Row, in_turn

EXAMPLE = Path(__file__).parents[1] / "examples/hitoyoshi/plan.json"
ASO = Path(__file__).parents[1] / "examples/aso/plan.json"


def run() -> list[Row]:
    """`sosei --help`, `--version`, one command that reads a whole plan, and the review of both cities."""
    sosei = shutil.which("sosei") or str(Path(sys.executable).with_name("sosei"))
    jobs = [
        [sosei, "--help"],
        [sosei, "--version"],
        [sosei, "report", "--help"],
        [sosei, "table", str(EXAMPLE)],
        [sosei, "check", str(ASO)],
        [sosei, "check", str(EXAMPLE)],
    ]
    bare, *ours = in_turn([[sys.executable, "-c", "pass"], *jobs])
    names = [
        "sosei --help",
        "sosei --version",
        "sosei report --help",
        "sosei table hitoyoshi",
        "sosei check aso",
        "sosei check hitoyoshi",
    ]
    aims = ["under 0.3 s over bare"] * 3 + ["-", "under 2 s", "-"]
    return [
        Row("B8", name, time, bare, "python -c pass", aim)
        for name, time, aim in zip(names, ours, aims, strict=True)
    ]
