"""A scenario as text that a person wrote or sent: read, bounded, and written as a file that can be used again."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from sosei.population.scenario import Name, Path, Scenario
from sosei.values import Problem, Words, quoted

MOST_BYTES = 64 * 1024
MOST_PARTS = 50
MOST_POINTS = 100
MOST_MEMBERS = 20
YEARS = (1900, 2200)
OLDEST = 130
"""Ages lie below it; as the end of a range of ages it means that there is none."""
LONGEST_NAME = 100
LONGEST_NOTE = 1000

_NAMED = ("id", "name", "note")
_TFR = Words("合計特殊出生率", "the total fertility rate")
_CWR = Words("子ども女性比", "the child-woman ratio")
_TIMES = Words("移動率の倍率", "a multiplier of migration")
_FAMILIES = Words("年あたりの世帯数", "families a year")
_PERSONS = Words("世帯の人数", "persons of a family")
_CONSTANT = Words("換算の定数（constant）", "the constant")
_MOST_TFR, _MOST_CWR, _MOST_TIMES, _MOST_FAMILIES, _MOST_PERSONS = 10.0, 2.0, 10.0, 100_000.0, 100.0
_CONSTANTS = (1.0, 20.0)
_SHOWN_MISTAKES = 3
_UNKEPT = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
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
    """The entries of a scenario in JSON, as the page of trying sends it.  Raises Problem."""
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
    try:
        scenario = Scenario.model_validate(given)
    except (ValidationError, RecursionError) as error:
        raise _unlike(error) from None
    _check_words(scenario)
    _check_sizes(scenario)
    _check_years(scenario)
    _check_ages(scenario)
    _check_amounts(scenario)
    return _without_oldest(scenario)


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
            f"シナリオの定義が長すぎます（{MOST_BYTES // 1024}KBまで）。点や移住者の数を減らしてください",
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


def _unlike(error: ValidationError | RecursionError) -> Problem:
    if isinstance(error, RecursionError):
        return _too_deep()
    wrong = "; ".join(
        f"{quoted('.'.join(map(str, each['loc'])), 80)}: {quoted(each['msg'].removeprefix('Value error, '), 160)}"
        for each in error.errors(include_url=False, include_input=False)[:_SHOWN_MISTAKES]
    )
    return Problem(
        f"シナリオの定義に、読めない項目があります（{wrong}）。見本の形に合わせてください",
        f"some entries of the definition are not as a scenario has them ({wrong}); write them as in the example",
    )


def _check_words(scenario: Scenario) -> None:
    notes = () if scenario.note is None else (scenario.note.ja, scenario.note.en)
    origin = scenario.source
    texts = [
        *((text, LONGEST_NAME) for text in (scenario.name.ja, scenario.name.en)),
        *((text, LONGEST_NOTE) for text in (*notes, origin.source, origin.table, origin.edition)),
        *((text, LONGEST_NAME) for each in scenario.movers for text in _both(each.composition.name)),
    ]
    for text, most in texts:
        if len(text) > most:
            raise Problem(
                f"「{quoted(text, 20)}」が長すぎます（{most}字まで）。短くしてください",
                f'"{quoted(text, 20)}" is too long (at most {most} characters); shorten it',
            )
        if _UNKEPT.search(text):
            raise Problem(
                f"「{quoted(text, 20)}」に使えない文字が入っています。書き直してください",
                f'"{quoted(text, 20)}" holds a character that cannot be kept; write it anew',
            )
        if not text.strip() and most == LONGEST_NAME:
            raise Problem("名前が空です。名前を書いてください", "a name is empty; write one")


def _both(name: Name) -> tuple[str, str]:
    return name.ja, name.en


def _check_sizes(scenario: Scenario) -> None:
    counts = [
        (Words("移動率の倍率", "multipliers of migration"), len(scenario.migration.bands), MOST_PARTS),
        (Words("追加の移住者", "entries of extra movers"), len(scenario.movers), MOST_PARTS),
        *(
            (
                Words("一世帯の構成員", "members of a family"),
                len(each.composition.members),
                MOST_MEMBERS,
            )
            for each in scenario.movers
        ),
        *(
            (Words("一つの経路の点", "points of a path"), len(path), MOST_POINTS)
            for path, _, _ in _paths(scenario)
        ),
    ]
    for what, found, most in counts:
        if found > most:
            raise Problem(
                f"{what.ja}は{most}までです（{found} あります）。減らしてください",
                f"there are at most {most} {what.en} ({found} are given); leave some out",
            )


def _check_years(scenario: Scenario) -> None:
    first, last = YEARS
    years = [year for path, _, _ in _paths(scenario) for year in path]
    years += [each.since for each in scenario.movers]
    years += [each.until for each in scenario.movers if each.until is not None]
    if (wrong := next((year for year in years if not first <= year <= last), None)) is not None:
        shown = quoted(str(wrong), 12)
        raise Problem(
            f"年は{first}から{last}までです（{shown} があります）。西暦4桁で書いてください",
            f"years lie between {first} and {last} (found {shown})",
        )
    if turned := next(
        (each for each in scenario.movers if each.until is not None and each.until < each.since), None
    ):
        raise Problem(
            f"移住者の終わりの年（{turned.until}年）が始まりの年（{turned.since}年）より前です。直してください",
            f"movers end in {turned.until}, before they begin in {turned.since}; correct one of the years",
        )


def _check_ages(scenario: Scenario) -> None:
    for band in scenario.migration.bands:
        low, high = band.ages
        if not 0 <= low < OLDEST or (high is not None and not low < high <= OLDEST):
            raise Problem(
                f"年齢の範囲は0以上{OLDEST}未満で、下から上の順に書いてください（[{low}, {high}] があります）",
                f"a range of ages lies within 0 and {OLDEST}, the lower bound first (found [{low}, {high}])",
            )
    for each in scenario.movers:
        if (old := next((m.age for m in each.composition.members if m.age >= OLDEST), None)) is not None:
            raise Problem(
                f"移住者の年齢は{OLDEST}未満で書いてください（{quoted(str(old), 12)} があります）",
                f"the age of a mover lies below {OLDEST} (found {quoted(str(old), 12)})",
            )


def _check_amounts(scenario: Scenario) -> None:
    amounts = [(what, 0.0, most, value) for path, what, most in _paths(scenario) for value in path.values()]
    amounts += [(_FAMILIES, 0.0, _MOST_FAMILIES, each.families) for each in scenario.movers]
    amounts += [
        (_PERSONS, 0.0, _MOST_PERSONS, member.persons)
        for each in scenario.movers
        for member in each.composition.members
    ]
    if scenario.fertility is not None and not isinstance(scenario.fertility.constant, str):
        amounts.append((_CONSTANT, *_CONSTANTS, scenario.fertility.constant))
    for what, least, most, value in amounts:
        if not least <= value <= most:
            raise Problem(
                f"{what.ja}は{least:,g}から{most:,g}までです（{value:g} があります）",
                f"{what.en} lies between {least:,g} and {most:,g} (found {value:g})",
            )


def _paths(scenario: Scenario) -> Iterator[tuple[Path, Words, float]]:
    fertility = scenario.fertility
    if fertility is not None and fertility.tfr is not None:
        yield fertility.tfr, _TFR, _MOST_TFR
    if fertility is not None and fertility.cwr is not None:
        yield fertility.cwr, _CWR, _MOST_CWR
    for band in scenario.migration.bands:
        yield band.points, _TIMES, _MOST_TIMES


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
