"""The two cities that come with the program."""

from __future__ import annotations

from pathlib import Path

from sosei.values import Problem

NAMES = ("hitoyoshi", "aso")


def example_paths() -> list[Path]:
    """The example plan files: inside the installed package, or beside the source tree."""
    package = Path(__file__).parents[1]
    for folder in (package / "examples", package.parents[1] / "examples"):
        paths = [folder / name / "plan.json" for name in NAMES]
        if all(path.exists() for path in paths):
            return paths
    raise Problem(
        "例の計画ファイルが見つかりません。Sosei を入れ直してください",
        "the example plan files are missing; install Sosei again",
    )
