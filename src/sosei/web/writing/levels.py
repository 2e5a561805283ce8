"""The levels of a plan's tree (階層の名称): added, renamed, put in order and taken away, as one value."""

from __future__ import annotations

import secrets
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sosei.plan.model import LevelKind, Plan
from sosei.plan.operations import Set
from sosei.plan.walk import elements
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.values.folding import compact
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.writing.editors import Typed, text_of
from sosei.web.writing.forms import json_text
from sosei.web.writing.marks import unmarked

MOST_LEVELS = 12
_LONGEST_NAME = 50
_EMPTY_ROWS = 2
_KINDS = frozenset(str(kind) for kind in LevelKind)


class Changed(Problem):
    """Somebody else changed the levels since the form was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A level as its form shows it; ``used`` counts the elements that have it, ``is_kept`` is unchecked to remove."""

    code: str
    name: str
    kind: str
    used: int = 0
    is_kept: bool = True


def rows_of(document: Plan) -> list[LevelRow]:
    """The plan's levels, and empty rows for new ones."""
    used = uses(document)
    rows = [
        LevelRow(code=each.code, name=each.name, kind=str(each.kind), used=used[each.code])
        for each in document.levels
    ]
    return [*rows, *_empty(len(rows))]


def typed_rows(document: Plan, typed: Typed) -> list[LevelRow]:
    """The rows as they were typed."""
    used = uses(document)
    rows = []
    for n in range(MOST_LEVELS + _EMPTY_ROWS):
        if f"name.{n}" in typed:
            code = typed.get(f"code.{n}", "")
            rows.append(
                LevelRow(
                    code=code,
                    name=typed[f"name.{n}"],
                    kind=typed.get(f"kind.{n}", ""),
                    used=used[code],
                    is_kept=f"gone.{n}" not in typed,
                )
            )
    return rows


def stepped(rows: Sequence[LevelRow], code: str, *, down: bool) -> list[LevelRow]:
    """The rows with the level ``code`` one place lower or higher."""
    found = list(rows)
    filled = [n for n, each in enumerate(found) if each.code]
    at = next((n for n in filled if found[n].code == code), None)
    to = None if at is None else at + (1 if down else -1)
    if at is not None and to in filled:
        found[at], found[to] = found[to], found[at]
    return found


def uses(document: Plan) -> Counter[str]:
    """How many elements there are of each level."""
    return Counter(placed.element.level for placed in elements(document))


def save(actor: Actor, draft: Draft, rows: Sequence[LevelRow], was: str) -> bool:
    """Write the levels, made against the value ``was`` (JSON text); False where nothing changed.

    Raises Problem for a level without a name or kind, a name that stands twice, and a used one that is removed;
    Changed where somebody else changed the levels meanwhile.
    """
    document = draft_document(draft)
    old = data_of(document).get("levels", [])
    new = _levels(document, rows)
    if json_text(new) == json_text(old):
        return False
    if json_text(old) != was:
        raise Changed(
            "階層は、ほかの人が先に書き換えました。今の階層は「{}」です。下の入力を確かめて、もう一度保存してください".format(
                "、".join(each["name"] for each in old)
            ),
            "somebody changed the levels meanwhile; they are now {}. Look at what is typed below and save again".format(
                ", ".join(each["name"] for each in old)
            ),
        )
    _must_nest(document, [each["code"] for each in new])
    made = Set(key=document.key, field="levels", old=old or None, new=new or None)
    acts.operate(actor, draft, [*unmarked(document, "levels"), made])
    return True


def _levels(document: Plan, rows: Sequence[LevelRow]) -> list[dict[str, Any]]:
    used = uses(document)
    known: Mapping[str, dict[str, Any]] = {each["code"]: each for each in data_of(document).get("levels", [])}
    found: list[dict[str, Any]] = []
    names: set[str] = set()
    for row in rows:
        name = text_of(row.name, _LONGEST_NAME).strip(" \t\n　")
        if not row.is_kept or not (name or row.code):
            continue
        if not name:
            raise Problem("名称のない階層があります。名称を書いてください", "a level has no name; write one")
        if row.kind not in _KINDS:
            raise Problem(f"「{name}」の種類を選んでください", f'choose what kind "{name}" is')
        if compact(name) in names:
            raise Problem(
                f"「{name}」が二つあります。別の名称にしてください",
                f'"{name}" stands twice; use another name',
            )
        names.add(compact(name))
        code = (
            row.code
            if row.code in known
            else _new_code(row.kind, {*known, *(each["code"] for each in found)})
        )
        found.append({"code": code, "name": name, "kind": row.kind})
    kept = {each["code"] for each in found}
    for code, level in known.items():
        if code not in kept and used[code]:
            raise Problem(
                f"「{level['name']}」は{used[code]}件の項目に使われているので削除できません。先にその項目の階層を変えてください",
                f'"{level["name"]}" has {used[code]} elements and cannot go; give those another level first',
            )
    if len(found) > MOST_LEVELS:
        raise Problem(f"階層は{MOST_LEVELS}までです", f"there can be {MOST_LEVELS} levels at most")
    return found


def _must_nest(document: Plan, order: Sequence[str]) -> None:
    """An element stands below one of a higher level; raises Problem where the new order turns that round."""
    names = {level.code: level.name for level in document.levels}
    for placed in elements(document):
        if len(placed.path) < 2:
            continue
        above, below = placed.path[-2].level, placed.element.level
        if above != below and order.index(above) > order.index(below):
            raise Problem(
                f"「{names[above]}」の下に「{names[below]}」の項目があるので、この順にはできません",
                f'elements of "{names[below]}" stand below "{names[above]}", so this order cannot be',
            )


def _new_code(kind: str, taken: set[str]) -> str:
    """A code that no level has: the kind's word where it is free."""
    code = kind
    while code in taken:
        code = kind + "-" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(4))
    return code


def _empty(length: int) -> list[LevelRow]:
    return [
        LevelRow(code="", name="", kind="") for _ in range(max(0, min(_EMPTY_ROWS, MOST_LEVELS - length)))
    ]
