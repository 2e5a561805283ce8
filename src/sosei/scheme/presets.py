"""Schemes that come with the program, as TOML files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sosei.plan.model import Plan
from sosei.scheme.files import parse_scheme
from sosei.scheme.model import Scheme
from sosei.values import Problem

PLAIN_SCHEME = Scheme(name="目標値に対する実績値の割合")
"""Where nobody names a scheme: the actual over the final target, a whole percentage, no class."""

_PRESETS = files("sosei.scheme") / "presets"


def preset_names() -> list[str]:
    """The names a plan may use."""
    return sorted(
        entry.name.removesuffix(".toml") for entry in _PRESETS.iterdir() if entry.name.endswith(".toml")
    )


@cache
def preset(name: str) -> Scheme:
    """The shipped scheme ``name``; raises Problem where there is none."""
    return parse_scheme(preset_text(name), f"presets/{name}.toml")


def preset_text(name: str) -> str:
    """The shipped scheme ``name`` as its file has it; raises Problem where there is none."""
    if name not in preset_names():
        known = ", ".join(preset_names())
        raise Problem(
            f"評価方式「{name}」はありません（使えるもの: {known}）",
            f'there is no scheme "{name}" (known: {known})',
        )
    return (_PRESETS / f"{name}.toml").read_text(encoding="utf-8")


def scheme_of(plan: Plan, year: int | None = None) -> Scheme:
    """The scheme of ``plan``: the edition of its own that is in force in ``year``, else the shipped one it
    names, else the plain ratio to the final target.  Without a year, the newest edition.
    """
    if plan.schemes:
        return in_force(editions_of(plan), year)
    return preset(plan.scheme) if plan.scheme else PLAIN_SCHEME


def editions_of(plan: Plan) -> list[Scheme]:
    """The plan's own schemes as typed editions; raises Problem for a mistake in one.

    The period of the plan stands in for one that a scheme leaves out.
    """
    has_period = plan.period is not None
    return [
        parse_scheme(text, f"schemes[{number}]", has_period=has_period)
        for number, text in enumerate(plan.schemes, 1)
    ]


def in_force(editions: Sequence[Scheme], year: int | None) -> Scheme:
    """The newest edition that begins no later than ``year``; the oldest where all begin later."""
    dated = sorted(editions, key=lambda scheme: (scheme.first_year or 0, scheme.edition))
    begun = [scheme for scheme in dated if year is None or (scheme.first_year or 0) <= year]
    return (begun or dated[:1])[-1]
