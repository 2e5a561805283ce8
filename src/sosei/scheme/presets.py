"""Schemes that come with the program, as TOML files."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

from sosei.plan.model import Plan
from sosei.scheme.model import Scheme
from sosei.values import Problem

_PRESETS = files("sosei.scheme") / "presets"


def preset_names() -> list[str]:
    """The names a plan may use."""
    return sorted(
        entry.name.removesuffix(".toml") for entry in _PRESETS.iterdir() if entry.name.endswith(".toml")
    )


def preset(name: str) -> Scheme:
    """The shipped scheme ``name``; raises Problem where there is none."""
    if name not in preset_names():
        known = ", ".join(preset_names())
        raise Problem(
            f"評価方式「{name}」はありません（使えるもの: {known}）",
            f'there is no scheme "{name}" (known: {known})',
        )
    data = tomllib.loads((_PRESETS / f"{name}.toml").read_text(encoding="utf-8"))
    return Scheme.model_validate_json(json.dumps(data))


def scheme_of(plan: Plan) -> Scheme:
    """The scheme that ``plan`` names; the plain ratio to the final target where it names none."""
    return preset(plan.scheme) if plan.scheme else Scheme(name="目標値に対する実績値の割合")
