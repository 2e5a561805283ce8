"""Scenario files: TOML in, a typed scenario out; presets that come along."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from sosei.population.panel import Origin
from sosei.population.scenario import Composition, Name, Scenario
from sosei.population.scenario_bounds import beyond_bounds
from sosei.values import Problem, Words

PRESETS = ("pattern1", "simulation1", "simulation2", "closed", "pattern3", "pattern1-nation")
"""パターン1, シミュレーション1 and 2, 封鎖人口, an example of パターン3, and パターン1 that follows the nation."""

_PATTERN1_OF_ANOTHER = Name(
    ja="パターン1（もとにする推計のまま）", en="Pattern 1 (as in the base projection)"
)
_Model = TypeVar("_Model", bound=BaseModel)
_MOST = 3  # mistakes named at once
_WORDS = {
    "missing": "この項目が必要です",
    "extra_forbidden": "知らない項目です。綴りを確かめてください",
    "greater_than": "{gt} より大きい数にしてください",
    "greater_than_equal": "{ge} 以上の数にしてください",
    "finite_number": "有限の数にしてください",
    "float_type": "数にしてください",
    "float_parsing": "数にしてください",
    "int_type": "整数にしてください",
    "int_parsing": "西暦の年か年齢を整数で書いてください",
    "int_from_float": "整数にしてください",
    "string_type": "文字列にしてください",
    "string_too_short": "空にはできません",
    "too_short": "一つ以上必要です",
    "literal_error": "{expected} のどれかにしてください",
    "bool_parsing": "true か false にしてください",
    "bool_type": "true か false にしてください",
    "dict_type": "表（{{ 年 = 値 }}）で書いてください",
    "tuple_type": "配列（[ ]）で書いてください",
    "model_type": "表で書いてください",
    "model_attributes_type": "表で書いてください",
}
"""What the library says, in Japanese."""
_OF_LIBRARY = re.compile(r"[\[\]]|^constrained-")
"""Parts of a place that are not keys of the file: [key], literal[...], constrained-float."""


class _Compositions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    compositions: dict[str, Composition]


def parse_scenario(text: str, name: str) -> Scenario:
    """The scenario in ``text``; ``name`` is how messages call the file.  Raises Problem."""
    return checked_scenario(_entries(text, name), Words(name, name))


def checked_scenario(entries: Mapping[str, Any], called: Words) -> Scenario:
    """The scenario that ``entries`` say; ``called`` is how messages call them.  Raises Problem."""
    scenario = _valid(Scenario, entries, called)
    if wrong := list(beyond_bounds(scenario)):
        raise _refusal(called, wrong)
    return scenario


@cache
def preset_scenario(name: str) -> Scenario:
    """The scenario that comes along under ``name``.  Raises Problem where there is none."""
    if name not in PRESETS:
        raise Problem(
            f"「{name}」というシナリオはありません。{'、'.join(PRESETS)} があります",
            f'there is no scenario "{name}"; there are {", ".join(PRESETS)}',
        )
    return parse_scenario(shipped(f"{name}.toml"), name)


def named_on(scenario: Scenario, projection: Origin | None) -> Scenario:
    """``scenario`` by its name on a base projection from ``projection`` (None: from plain files).

    パターン1 is 社人研推計準拠 on a projection of 社人研 only; on another it is what it is, that one unchanged.
    """
    if scenario != preset_scenario("pattern1") or (projection is not None and projection.is_of_institute):
        return scenario
    return scenario.model_copy(update={"name": _PATTERN1_OF_ANOTHER})


@cache
def compositions() -> dict[str, Composition]:
    """世帯構成 that come along, by name."""
    name = "compositions.toml"
    return _valid(_Compositions, _entries(shipped(name), name), Words(name, name)).compositions


def shipped(name: str) -> str:
    """The text of a data file of this room."""
    return files("sosei.population").joinpath("presets", name).read_text(encoding="utf-8")


def _entries(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # beside what is no TOML: thousands of digits or brackets
        raise Problem(
            f"{name}: TOML として読めません（{error}）", f"{name}: cannot be read as TOML ({error})"
        ) from None


def _valid(kind: type[_Model], entries: Mapping[str, Any], called: Words) -> _Model:
    try:
        return kind.model_validate(entries)
    except ValidationError as error:
        raise _refusal(called, [_mistake(found) for found in error.errors()]) from None
    except RecursionError:
        raise Problem(
            f"{called.ja}: 入れ子が深すぎます。見本の形に合わせてください",
            f"{called.en}: nested too deeply; write it as in the example",
        ) from None


def _refusal(called: Words, wrong: list[Words]) -> Problem:
    ja, en = "; ".join(each.ja for each in wrong[:_MOST]), "; ".join(each.en for each in wrong[:_MOST])
    return Problem(
        f"{called.ja}: シナリオとして読めない項目があります（{ja}）",
        f"{called.en}: some entries are not as a scenario has them ({en})",
    )


def _mistake(found: ErrorDetails) -> Words:
    """An entry with what is wrong with it; ours is written in both languages, that of the library in English."""
    parts = [part for part in found["loc"] if not (isinstance(part, str) and _OF_LIBRARY.search(part))]
    where = ".".join(map(str, parts))
    ja, _, en = found["msg"].removeprefix("Value error, ").partition(" / ")
    limits = {
        key: f"{value:g}" if isinstance(value, (int, float)) else str(value).replace(" or ", "、")
        for key, value in found.get("ctx", {}).items()
    }
    known = _WORDS.get(found["type"])
    said = ja if known is None else known.format(**limits)
    at = f"{where}: " if where else ""
    return Words(f"{at}{said}", f"{at}{en or ja}")
