"""A scenario as text that a person wrote or sent: read, bounded, and written as a file that can be used again."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from sosei.population.scenario import Name, Scenario
from sosei.population.scenario_bounds import OLDEST
from sosei.population.scenario_files import checked_scenario
from sosei.values import Problem, Words, quoted

MOST_BYTES = 64 * 1024

_CALLED = Words("シナリオの定義", "definition")
_NAMED = ("id", "name", "note")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}){{20}}")  # whose reading takes time by its square


def read_toml(data: str | bytes) -> dict[str, Any]:
    """The entries of a scenario file, not looked at yet.  Raises Problem for what is no TOML text of a fit size."""
    text = _text(data)
    if _LONG_KEY.search(text):
        raise _too_deep()
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        said = quoted(str(error), 120)
        raise Problem(
            f"シナリオの定義を TOML として読めません（{said}）。その行を直してください",
            f"the definition cannot be read as TOML ({said}); correct that line",
        ) from None


def read_json(data: str | bytes) -> dict[str, Any]:
    """The entries of a scenario in JSON, as the page of the trial sends it.  Raises Problem."""
    try:
        found = json.loads(_text(data))
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Problem(
            "シナリオの定義を読めません。試算の画面からもう一度保存してください",
            "the definition cannot be read; save again from the page where it was tried",
        )
    return found


def scenario_from(
    entries: Mapping[str, Any], key: str, name: Name | None = None, note: Name | None = None
) -> Scenario:
    """The scenario of ``entries`` under the identity ``key``, within what can be reckoned.

    ``name`` and ``note``, where a name is given, stand in place of those among the entries.  Raises Problem.
    """
    given = dict(entries) | {"id": key}
    if name is not None:
        given |= {"name": name, "note": note}
    return _without_oldest(checked_scenario(given, _CALLED))


def definition_text(scenario: Scenario) -> str:
    """What a scenario says, without its name and note, as TOML."""
    entries = _entries(scenario)
    return _toml({name: value for name, value in entries.items() if name not in _NAMED})


def file_text(scenario: Scenario) -> str:
    """The whole scenario as a file that ``sosei population scenario --scenario FILE`` takes."""
    return _toml(_entries(scenario))


def _text(data: str | bytes) -> str:
    size = len(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        raise Problem(
            f"シナリオの定義が長すぎます（{MOST_BYTES // 1024}KBまで）。点や移住世帯の数を減らしてください",
            f"the definition is too long (at most {MOST_BYTES // 1024} KB); leave some points or movers out",
        )
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        raise Problem(
            "シナリオのファイルを UTF-8 の文字として読めません。UTF-8 で保存したファイルを選んでください",
            "the scenario file is not UTF-8 text; save it as UTF-8 and choose it again",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_deep() -> Problem:
    return Problem(
        "シナリオの定義の入れ子が深すぎます。見本の形に合わせてください",
        "the definition is nested too deeply; write it as in the example",
    )


def _without_oldest(scenario: Scenario) -> Scenario:
    """Ranges that end at ``OLDEST`` have no end: TOML cannot say "none"."""
    bands = tuple(
        band.model_copy(update={"ages": (band.ages[0], None)}) if band.ages[1] == OLDEST else band
        for band in scenario.migration.bands
    )
    return scenario.model_copy(update={"migration": scenario.migration.model_copy(update={"bands": bands})})


def _entries(scenario: Scenario) -> dict[str, Any]:
    entries: dict[str, Any] = scenario.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    for band in entries.get("migration", {}).get("bands", ()):
        if "ages" in band:
            band["ages"] = [OLDEST if age is None else age for age in band["ages"]]
    return entries


def _toml(entries: Mapping[str, Any]) -> str:
    """Entries, then a table for each part, and one for each of several movers."""
    plain = [name for name, value in entries.items() if name in _NAMED or not isinstance(value, dict | list)]
    lines = [f"{name} = {_value(entries[name])}" for name in plain]
    for name, value in entries.items():
        if name in plain:
            continue
        for part in value if isinstance(value, list) else [value]:
            lines += ["", f"[[{name}]]" if isinstance(value, list) else f"[{name}]"]
            lines += [f"{inner} = {_value(each)}" for inner, each in part.items()]
    return "\n".join(lines).lstrip("\n") + "\n"


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case dict():
            parts = (f"{_key(name)} = {_value(each)}" for name, each in value.items())
            return f"{{ {', '.join(parts)} }}"
        case list() if any(isinstance(each, dict) for each in value):
            return "".join(("[\n", *(f"  {_value(each)},\n" for each in value), "]"))
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return repr(value)


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)
