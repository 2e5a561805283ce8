"""B1: the progress report as PDF, whole process, beside the bare Typst compile and beside WeasyPrint."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typst
from measure import Row, in_turn

from sosei.plan.reading import read_plan
from sosei.reports.documents import progress_document
from sosei.reports.glyphs import FONT_FOLDER

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "examples/hitoyoshi/plan.json"
BARE = """
import json, sys, typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sys.argv[3]])
open(sys.argv[2], "wb").write(typst.compile(**json.load(open(sys.argv[1])), font_paths=fonts))
"""


def run() -> list[Row]:
    """17 A3 pages: ours from the plan file, Typst alone from prepared input, WeasyPrint from the plan file."""
    sosei = shutil.which("sosei") or str(Path(sys.executable).with_name("sosei"))
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out.pdf"
        prepared = Path(folder) / "typst.json"
        prepared.write_text(json.dumps(_what_typst_gets()), encoding="utf-8")
        ours = [sosei, "report", "progress", str(EXAMPLE), "-o", out]
        bare = [sys.executable, "-c", BARE, str(prepared), out, str(FONT_FOLDER)]
        weasy = [sys.executable, str(HERE / "weasy_progress.py"), str(EXAMPLE), out]
        jobs = [ours, bare] + ([weasy] if _runs(weasy) else [])
        times = in_turn(jobs, runs=7)
    rows = [
        Row(
            "B1",
            "progress report PDF, 17 A3 pages",
            times[0],
            times[1],
            "bare Typst compile",
            "at most 1.3 x",
        )
    ]
    if len(times) > 2:
        rows.append(
            Row(
                "B1",
                "progress report PDF, 17 A3 pages",
                times[0],
                times[2],
                "WeasyPrint",
                "at least 4 x faster",
            )
        )
    return rows


def _what_typst_gets() -> dict[str, Any]:
    """The arguments our own code calls the compiler with."""
    caught: dict[str, Any] = {}

    def compile_(source: Path, **arguments: Any) -> bytes:
        caught.update(input=str(source), **arguments)
        del caught["font_paths"]
        return b""

    with patch.object(typst, "compile", compile_):
        progress_document(read_plan(EXAMPLE), None, "pdf", "a3")
    return {name: _plain(value) for name, value in caught.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _runs(command: list[str]) -> bool:
    """Whether WeasyPrint and the libraries it needs are here; where not, its row is left out."""
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        print("WeasyPrint does not run here, its row is left out:", done.stderr.decode()[-200:].strip())
    return done.returncode == 0


if __name__ == "__main__":
    for row in run():
        print(row)
