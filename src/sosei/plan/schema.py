"""The published JSON Schema of plan files."""

from __future__ import annotations

import json

from sosei.plan.model import FORMAT, VERSION, Plan


def plan_schema() -> bytes:
    """JSON Schema (2020-12) of the present format version, canonical bytes.

    Links between records (keys that must exist, one value a year) are beyond a schema;
    loading a file checks them too.
    """
    schema = Plan.model_json_schema(mode="validation")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:sosei:{FORMAT}:{VERSION}",
        "title": f"Sosei plan file, format version {VERSION}",
    }
    schema["required"] = ["format", "version", *schema.get("required", [])]
    return (json.dumps({**schema, **head}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
