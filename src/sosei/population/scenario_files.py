"""Scenario files: TOML in, a typed scenario out; presets that come along."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from sosei.population.scenario import Composition, Scenario
from sosei.values import Problem

PRESETS = ("pattern1", "simulation1", "simulation2", "closed", "pattern3", "pattern1-nation")
"""パターン1, シミュレーション1 and 2, 封鎖人口, an example of パターン3, and パターン1 that follows the nation."""

_Model = TypeVar("_Model", bound=BaseModel)
_MOST = 3  # mistakes named at once


class _Compositions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    compositions: dict[str, Composition]


def parse_scenario(text: str, name: str) -> Scenario:
    """The scenario in ``text``; ``name`` is how messages call the file.  Raises Problem."""
    return _parsed(Scenario, text, name)


@cache
def preset_scenario(name: str) -> Scenario:
    """The scenario that comes along under ``name``.  Raises Problem where there is none."""
    if name not in PRESETS:
        raise Problem(
            f"「{name}」というシナリオはありません。{'、'.join(PRESETS)} があります",
            f'there is no scenario "{name}"; there are {", ".join(PRESETS)}',
        )
    return parse_scenario(shipped(f"{name}.toml"), name)


@cache
def compositions() -> dict[str, Composition]:
    """世帯構成 that come along, by name."""
    return _parsed(_Compositions, shipped("compositions.toml"), "compositions.toml").compositions


def shipped(name: str) -> str:
    """The text of a data file of this room."""
    return files("sosei.population").joinpath("presets", name).read_text(encoding="utf-8")


def _parsed(kind: type[_Model], text: str, name: str) -> _Model:
    try:
        return kind.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            f"{name}: TOML として読めません（{error}）", f"{name}: cannot be read as TOML ({error})"
        ) from None
    except ValidationError as error:
        wrong = [
            f"{'.'.join(map(str, found['loc'])) or name}: {found['msg'].removeprefix('Value error, ')}"
            for found in error.errors()[:_MOST]
        ]
        raise Problem(
            f"{name}: シナリオとして読めない項目があります（{'; '.join(wrong)}）",
            f"{name}: some entries are not as a scenario has them ({'; '.join(wrong)})",
        ) from None
