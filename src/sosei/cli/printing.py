"""How the commands print: texts that cannot steer a terminal, long JSON an entry a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def safe(text: str, longest: int) -> str:
    """``text`` on one line and not too long, without anything that would steer a terminal."""
    line = " ".join(text.split())
    line = "".join(each if each.isprintable() else "�" for each in line[: longest + 1])
    return line if len(line) <= longest else line[:longest] + "…"


def json_lists(**lists: Iterable[Mapping[str, Any]]) -> bytes:
    """An object of lists, each entry on a line of its own, so that a long answer can be read as it comes."""
    parts = []
    for name, entries in lists.items():
        lines = b",\n".join(
            json.dumps(each, ensure_ascii=False).encode("utf-8", "replace") for each in entries
        )
        parts.append(b'"%s": [\n%s\n]' % (name.encode(), lines))
    return b"{\n" + b",\n".join(parts) + b"\n}\n"
