"""Runs every benchmark, prints a table and writes out/bench.json.

Each benchmark times a peer or a floor beside us, turn by turn in the same run; only the
differences and ratios mean anything on another machine.

    make bench
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import b1_documents
import b3_evaluate
import b5_workbooks
import b6_population
import b6_population_files
import b8_cold_start
import b9_editing
import b9_review
import b10_writing
import b11_trying
from measure import Row


def main() -> None:
    benchmarks = (
        b1_documents,
        b3_evaluate,
        b5_workbooks,
        b6_population,
        b6_population_files,
        b8_cold_start,
        b9_review,
        b9_editing,
        b10_writing,
        b11_trying,
    )
    rows: list[Row] = [row for benchmark in benchmarks for row in benchmark.run()]
    print(f"{'id':4} {'job':44} {'ours':>9} {'beside':>9} {'ratio':>6} {'aim':>24}   beside is")
    for row in rows:
        print(
            f"{row.id:4} {row.job:44} {row.ours:8.3f}s {row.beside:8.3f}s {row.ours / row.beside:5.2f}x {row.aim:>24}   {row.beside_is}"
        )
    out = Path(__file__).parents[1] / "out"
    out.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    data = {"machine": machine, "rows": [row._asdict() for row in rows]}
    (out / "bench.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
