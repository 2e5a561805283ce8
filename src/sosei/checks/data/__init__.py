"""Word lists of the review (TOML), read when a rule first needs them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_list(name: str) -> dict[str, Any]:
    """The list ``name`` as data."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
