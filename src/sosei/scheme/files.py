"""Scheme files: TOML in, a typed scheme out, and every mistake with its file and line."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sosei.plan.reading import read_bytes
from sosei.scheme.checks import (
    Mistake,
    bands_hidden,
    characters_unkept,
    labels_unknown,
    lists_missing,
    numbers_quoted,
    periods_missing,
)
from sosei.scheme.model import Scheme
from sosei.values import Problem

_MOST = 5  # mistakes named at once
_DECODE_AT = re.compile(r" ?\(at line (\d+), column (\d+)\)| ?\(at end of document\)")
_KEY = r"""(?:"{0}"|'{0}'|{0})"""


def load_scheme(path: Path) -> Scheme:
    """The scheme in the file ``path``; raises Problem where it cannot be read or something is wrong."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(
            f"{path}: UTF-8 で書かれていません。UTF-8 で保存し直してください。",
            f"{path}: is not written in UTF-8; save it again as UTF-8",
        ) from None
    return parse_scheme(text, str(path))


def parse_scheme(text: str, where: str, *, has_period: bool = False) -> Scheme:
    """The scheme that ``text`` (TOML) writes down; ``where`` names the file in messages.

    ``has_period``: what it is for has a period of its own.  Raises Problem with line, what is wrong
    and what is allowed.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
        plain = json.dumps(data, default=str)
    except (
        ValueError,
        RecursionError,
    ) as error:  # no TOML, a number of thousands of digits, nested without end
        raise _unreadable(str(error), text, where) from None
    try:
        scheme = Scheme.model_validate_json(plain)
    except ValidationError as error:
        found = [(each["loc"], _said(each)) for each in error.errors(include_url=False)]
        raise _mistakes(found, text, where) from None
    against = [
        *characters_unkept(data),
        *(() if has_period else periods_missing(scheme)),
        *numbers_quoted(data),
        *lists_missing(scheme),
        *labels_unknown(scheme),
        *bands_hidden(scheme),
    ]
    if against:
        raise _mistakes(against, text, where)
    return scheme


def _unreadable(message: str, text: str, where: str) -> Problem:
    at = _DECODE_AT.search(message)
    line = int(at[1]) if at and at[1] else max(1, len(text.splitlines()))
    column = f" {at[2]}文字目" if at and at[1] else ""
    said = _DECODE_AT.sub("", message)
    return Problem(
        f"{where} {line}行目{column}: TOML として読めません（{said}）。"
        "「名前 = 値」の形か、かっこ・引用符の閉じ忘れを見直してください。",
        f"{where} line {line}: is not valid TOML ({said}); check for name = value and unclosed quotes or brackets",
    )


def _mistakes(errors: list[Mistake], text: str, where: str) -> Problem:
    sentences = [_sentence(error, text, where) for error in errors[:_MOST]]
    ja = "\n".join(sentence[0] for sentence in sentences)
    en = "\n".join(sentence[1] for sentence in sentences)
    more = len(errors) - _MOST
    if more > 0:
        ja, en = f"{ja}\nほかに{more}件あります。", f"{en}\nand {more} more"
    return Problem(ja, en)


def _sentence(error: Mistake, text: str, where: str) -> tuple[str, str]:
    loc, (ja, en) = error
    line = line_of(text, loc)
    name = _dotted(loc)
    return f"{where} {line}行目 {name}: {ja}", f"{where} line {line} {name}: {en}"


def _said(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what is allowed, in both languages."""
    context: dict[str, Any] = error.get("ctx") or {}
    problem = context.get("error")
    if isinstance(problem, Problem):
        return problem.ja, problem.en
    given = json.dumps(error["input"], ensure_ascii=False, default=str)
    match error["type"]:
        case "extra_forbidden":
            allowed = ", ".join(allowed_names(error["loc"][:-1]))
            name = error["loc"][-1]
            return (
                f"「{name}」という名前はありません（使えるもの: {allowed}）",
                f'there is no "{name}" here (allowed: {allowed})',
            )
        case "missing":
            return "必ず書きます", "must be given"
        case "enum" | "literal_error":
            allowed = str(context["expected"]).replace(" or ", ", ")
            return (
                f"{given} は使えません（使えるもの: {allowed}）",
                f"{given} is not allowed (allowed: {allowed})",
            )
        case kind:
            wanted = _WANTED.get(kind)
            if wanted is None:
                return f"{given} は使えません（{error['msg']}）", f"{given} is not allowed ({error['msg']})"
            limits = ", ".join(f"{key} {value}" for key, value in context.items() if key != "error")
            tail = f" ({limits})" if limits else ""
            return f"{given} は使えません（{wanted[0]}{tail}）", f"{given} is not allowed ({wanted[1]}{tail})"


_WANTED: dict[str, tuple[str, str]] = {
    "int_type": ("整数を書きます", "write a whole number"),
    "int_from_float": ("整数を書きます", "write a whole number"),
    "decimal_type": ("数を書きます", "write a number"),
    "is_instance_of": ("数を書きます", "write a number"),
    "decimal_parsing": ("数を書きます", "write a number"),
    "finite_number": ("有限の数を書きます", "write a finite number"),
    "bool_type": ("true か false を書きます", "write true or false"),
    "string_type": ("引用符で囲んだ文字を書きます", "write text in quotes"),
    "string_too_short": ("空にはできません", "must not be empty"),
    "tuple_type": ("[ ] で囲んだ並びを書きます", "write a list in [ ]"),
    "dict_type": ("表を書きます", "write a table"),
    "model_type": ("表（{ } か [ ] の見出し）を書きます", "write a table"),
    "model_attributes_type": ("表を書きます", "write a table"),
    "greater_than_equal": ("範囲の外です", "out of range"),
    "less_than_equal": ("範囲の外です", "out of range"),
}


def allowed_names(loc: tuple[int | str, ...]) -> list[str]:
    """The names that may stand in the table at ``loc``, as the file writes them."""
    model: type[BaseModel] = Scheme
    for step in loc:
        if isinstance(step, int):
            continue
        found = next((f for n, f in model.model_fields.items() if (f.alias or n) == step), None)
        inner = _model_in(found.annotation) if found else None
        model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The table class inside an annotation: of X | None, tuple[X, ...], dict[str, X]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        if (found := _model_in(inner)) is not None:
            return found
    return None


def _dotted(loc: tuple[int | str, ...]) -> str:
    """``class.bands[2].from``, counted from 1 as a reader counts."""
    name = ""
    for step in loc:
        if step != "[key]":
            name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def line_of(text: str, loc: tuple[int | str, ...]) -> int:
    """The line on which the value at ``loc`` stands, or the nearest thing above it that does; from 1."""
    start, end, rest = _table(text, loc)
    at = start
    for step in rest:
        found = _item(text, at, step) if isinstance(step, int) else _key(text, at, end, step)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _table(text: str, loc: tuple[int | str, ...]) -> tuple[int, int, tuple[int | str, ...]]:
    """Where the longest table heading on the way to ``loc`` begins and ends, and what is left of the way."""
    heads = list(re.finditer(r"(?m)^[ \t]*\[{1,2}([^\[\]\n]+)\]{1,2}", text))
    seen: dict[str, int] = {}
    first = heads[0].start() if heads else len(text)
    best: tuple[int, int, tuple[int | str, ...]] = (0, first, loc)
    depth = 0
    for number, head in enumerate(heads):
        name = ".".join(part.strip().strip("\"'") for part in head[1].split("."))
        is_list = head[0].lstrip().startswith("[[")
        way: list[int | str] = list(name.split("."))
        outer = way[0]
        if is_list:
            seen[name] = seen.get(name, -1) + 1
            way.append(seen[name])
        elif isinstance(outer, str) and outer in seen and len(way) > 1:
            way.insert(1, seen[outer])
        if len(way) > depth and tuple(way) == loc[: len(way)]:
            end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
            best, depth = (head.start(), end, loc[len(way) :]), len(way)
    return best


def _key(text: str, start: int, end: int, name: str) -> int | None:
    pattern = re.compile(rf"(?:^|(?<=[\n{{,.]))[ \t]*({_KEY.format(re.escape(name))})[ \t]*[=.]")
    found = pattern.search(text, start, end)
    return found.start(1) if found else None


def _item(text: str, start: int, number: int) -> int | None:
    """Where the item ``number`` of the list of tables after ``start`` begins."""
    at = start
    for _ in range(number + 1):
        at = text.find("{", at + 1)
        if at < 0:
            return None
    return at
