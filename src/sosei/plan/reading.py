"""Reading a plan file: bytes, upgrade, model; whatever is wrong is said in one sentence with its place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sosei.plan.base import Node
from sosei.plan.model import Plan
from sosei.plan.upgrade import upgrade
from sosei.values import Problem, quoted

N = TypeVar("N", bound=Node)

_MARK = re.compile(r'["{}]')
_COLON = re.compile(r"\s*:")


def read_plan(path: Path) -> Plan:
    """The plan in the file at ``path``; raises Problem, naming file, place and reason."""
    data = read_bytes(path)
    try:
        return load_plan(data)
    except Problem as problem:
        raise Problem(f"{path}: {problem.ja}", f"{path}: {problem.en}") from None


def read_bytes(path: Path) -> bytes:
    """What the file at ``path`` holds; raises Problem where there is none or it cannot be read."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        _fail(path, "フォルダーです。ファイルを指定してください", "is a folder; name a file")
    except FileNotFoundError:
        _fail(path, "ファイルがありません", "there is no such file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        _fail(path, f"読めません（{reason}）", f"cannot be read ({reason})")


def load_plan(data: bytes) -> Plan:
    """The plan in ``data`` (UTF-8 JSON of any known format version); raises Problem with place and reason."""
    return load_data(upgrade(parse_json(data)))


def load_data(raw: dict[str, Any]) -> Plan:
    """The plan in plain data of the present version; raises Problem with place and reason."""
    return load_node(Plan, raw)


def load_node(kind: type[N], raw: dict[str, Any]) -> N:
    """The record of one kind in plain data of the present version; raises Problem with place and reason."""
    try:
        return kind.model_validate_json(json.dumps(raw, ensure_ascii=False))
    except ValidationError as error:
        raise _said(error.errors(include_url=False)[0], raw) from None


def parse_json(data: bytes) -> object:
    """JSON, strictly: UTF-8, no key twice in an object, no NaN; raises Problem with line or place."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(
            f"{error.start + 1} バイト目が UTF-8 の文字ではありません。UTF-8 の JSON ファイルを指定してください",
            f"byte {error.start + 1} is not UTF-8; a JSON file in UTF-8 was expected",
        ) from None
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            names = [name for name, _ in items]
            twice.append(next(name for name in names if names.count(name) > 1))
        return found

    try:
        parsed: object = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Problem(
            f"{error.lineno} 行 {error.colno} 文字目で JSON として読めません。ファイルが途中で切れたり壊れたりしていないか確かめてください",
            f"line {error.lineno} column {error.colno}: this is not JSON ({error.msg}); the file may be cut or damaged",
        ) from None
    except RecursionError:
        raise Problem(
            "入れ子が深すぎて読めません。計画ファイルではないようです",
            "the nesting is too deep; this does not look like a plan file",
        ) from None
    except ValueError as error:
        if isinstance(error, Problem):
            raise
        raise Problem("桁の多すぎる数があり読めません", "a number has too many digits to be read") from None
    if twice:
        where = _second_time(text, twice[0])
        raise Problem(
            f"{where} 行目あたりで、同じ項目「{twice[0]}」が一つのオブジェクトに二度あります。どちらかを消してください",
            f'near line {where}: the key "{twice[0]}" stands twice in one object; remove one of them',
        )
    return parsed


def _no_constant(name: str) -> NoReturn:
    raise Problem(f"{name} は値として使えません", f"{name} is not a value")


def _second_time(text: str, key: str) -> int:
    """The line where ``key`` stands for the second time inside one object (``text`` is known to be JSON)."""
    seen: list[bool] = []
    decoder = json.JSONDecoder()
    position = 0
    while mark := _MARK.search(text, position):
        position = mark.end()
        if mark.group() == "{":
            seen.append(False)
        elif mark.group() == "}":
            seen.pop()
        else:
            word, position = decoder.raw_decode(text, mark.start())
            if word == key and _COLON.match(text, position):
                if seen[-1]:
                    break
                seen[-1] = True
    return text.count("\n", 0, position) + 1


# What Pydantic found, in words: (Japanese, English); {x} are the error's own context.
_WORDS = {
    "missing": ("必要な項目がありません", "a required field is missing"),
    "extra_forbidden": ("知らない項目です（綴りを確かめてください）", "unknown field (check the spelling)"),
    "unexpected_keyword_argument": (
        "知らない項目です（綴りを確かめてください）",
        "unknown field (check the spelling)",
    ),
    "missing_keyword_only_argument": ("必要な項目がありません", "a required field is missing"),
    "string_type": ("文字列が要ります", "a text was expected"),
    "int_type": ("整数が要ります", "a whole number was expected"),
    "bool_type": ("true か false が要ります", "true or false was expected"),
    "tuple_type": ("角括弧で囲んだ並びが要ります", "a list was expected"),
    "dict_type": ("波括弧で囲んだオブジェクトが要ります", "an object was expected"),
    "model_type": ("波括弧で囲んだオブジェクトが要ります", "an object was expected"),
    "dataclass_type": ("波括弧で囲んだオブジェクトが要ります", "an object was expected"),
    "enum": ("使える値は {expected} です", "the value must be one of {expected}"),
    "literal_error": ("使える値は {expected} です", "the value must be one of {expected}"),
    "string_pattern_mismatch": ("形が合いません（{pattern}）", "the text does not have the form {pattern}"),
    "greater_than_equal": ("{ge} 以上の値が要ります", "the value must be at least {ge}"),
    "less_than_equal": ("{le} 以下の値が要ります", "the value must be at most {le}"),
    "too_short": ("中身が足りません", "too few entries"),
}


def _said(error: ErrorDetails, raw: object) -> Problem:
    place = _place(error["loc"], raw)
    context = error.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, Problem):
        ja, en = cause.ja, cause.en
    elif error["type"] in _WORDS:
        ja, en = (words.format(**context) for words in _WORDS[error["type"]])
    else:
        ja = en = error["msg"]
    found = error["input"]
    if isinstance(found, str | int | float) and not error["type"].startswith("missing"):
        shown = json.dumps(found, ensure_ascii=False)
        shown = shown if len(shown) <= 60 else shown[:60] + "…"
        ja, en = f"{ja}（あったもの: {shown}）", f"{en} (found: {shown})"
    return Problem(f"{place}{ja}", f"{place}{en}")


def _place(loc: tuple[int | str, ...], raw: object) -> str:
    """The path to the wrong value, and the nearest name a person knows: elements[0].placements[1] 「...」: ."""
    path, name, here = "", "", raw
    for step in loc:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
        try:
            here = here[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(here, dict):
            title = " ".join(str(here[f]) for f in ("label", "name", "title") if here.get(f))
            name = title or name
    return f"{path}{f'「{quoted(name)}」' if name else ''}: " if path else ""


def _fail(path: Path, ja: str, en: str) -> NoReturn:
    raise Problem(f"{path}: {ja}", f"{path}: {en}")
