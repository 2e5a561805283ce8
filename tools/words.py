"""Checks Japanese words in what users and contributors read against docs/words.toml.

The list maps a spelling we do not use to the one we do.  Files with municipalities' own words
(the examples) are left alone: those stay as published.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READ = ("src/**/*.py", "docs/**/*.md", "*.md", "src/**/*.html", "src/**/*.typ")


def main() -> int:
    """Print each place with a word from the list; the exit code is 1 where there is one."""
    words: dict[str, str] = tomllib.loads((ROOT / "docs/words.toml").read_text(encoding="utf-8"))["words"]
    found = 0
    for pattern in READ:
        for path in sorted(ROOT.glob(pattern)):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for wrong, right in words.items():
                    if wrong in line and right not in line:
                        found += 1
                        print(f"{path.relative_to(ROOT)}:{number}: {wrong} → {right}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
