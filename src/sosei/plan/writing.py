"""Writing a plan: canonical, so that the same plan always gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sosei.plan.base import Node
from sosei.plan.model import FORMAT, VERSION, Plan


def data_of(node: Node) -> dict[str, Any]:
    """A record as plain data: fields in model order, fields at their default left out, decimals as strings."""
    found: dict[str, Any] = node.model_dump(mode="json", exclude_defaults=True)
    return found


def dump_plan(plan: Plan) -> bytes:
    """``plan`` as UTF-8 JSON, indented by one space, a line end at the end."""
    data = {"format": FORMAT, "version": VERSION, **data_of(plan)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def digest(data: bytes) -> str:
    """The SHA-256 of an edition's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
