"""Editors of values made of several parts, and of lists of such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node
from sosei.plan.keys import new_key
from sosei.plan.model import Division, Element, Plan
from sosei.plan.operations import Add, Location
from sosei.plan.walk import collections_of, nodes
from sosei.plan.wording import Wording
from sosei.plan.writing import data_of
from sosei.values import Problem, quoted
from sosei.values.folding import compact
from sosei.web.writing.editors import Around, Editor, Input, Line, Shown, Typed, Way, text_of
from sosei.web.writing.labels import label_of
from sosei.web.writing.marks import unmarked

_EMPTY_ROWS = 2
MOST_ROWS = 200
_LONGEST_LABEL = 60  # of a table without a title, called by its headings


@dataclass(frozen=True, slots=True)
class Group(Editor):
    """A value with parts of its own (基準値: 値, 年, 期間, 資料); nothing typed in any is no value."""

    parts: Mapping[str, Editor]
    required: frozenset[str] = frozenset()

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        return Shown(inputs=list(self._inputs(name, data, around)))

    def _inputs(self, name: str, data: Any, around: Around) -> Sequence[Input]:
        found = []
        for part, editor in self.parts.items():
            shown = editor.shown(f"{name}.{part}", (data or {}).get(part), around)
            label = label_of(part)
            found += [
                replace(each, label=each.label or label) for each in (*shown.inputs, *_flat(shown.rows))
            ]
        return found

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        found = {}
        for part, editor in self.parts.items():
            value = editor.read(f"{name}.{part}", typed, (before or {}).get(part), around)
            if value is not None:
                found[part] = value
        if not found:
            return None
        for part in self.required - found.keys():
            if isinstance(self.parts[part], Line):  # a heading may be printed empty
                found[part] = ""
                continue
            label = label_of(part)
            raise Problem(f"「{label.ja}」を書いてください", f'"{label.en}" is needed')
        kept = {part: value for part, value in (before or {}).items() if part not in self.parts}
        return kept | found

    def heard(self, name: str, typed: Typed) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for part, editor in self.parts.items():
            found |= editor.heard(f"{name}.{part}", typed)
        return found


@dataclass(frozen=True, slots=True)
class Rows(Editor):
    """A list of such values, one a row; a row left empty is none, rows are added at the end."""

    row: Editor

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        values = [*(data or ()), *[None] * _EMPTY_ROWS]
        rows = [self.row.shown(f"{name}.{n}", value, around).inputs for n, value in enumerate(values)]
        parts = self.row.parts if isinstance(self.row, Group) else ()
        headings = [label_of(part) for part in parts]
        return Shown(rows=rows, headings=headings)

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        olds = list(before or ())
        found = []
        for n in self._numbers(name, typed):
            value = self.row.read(f"{name}.{n}", typed, olds[n] if n < len(olds) else None, around)
            if value is not None:
                found.append(value)
        return found or None

    def heard(self, name: str, typed: Typed) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for n in self._numbers(name, typed):
            found |= self.row.heard(f"{name}.{n}", typed)
        return found

    def _numbers(self, name: str, typed: Typed) -> list[int]:
        """The numbers of the rows that the form sent."""
        asked = {rest.split(".", 1)[0] for each in typed if (rest := each.removeprefix(f"{name}.")) != each}
        numbers = sorted(int(each) for each in asked if each.isascii() and each.isdecimal() and len(each) < 5)
        if len(numbers) > MOST_ROWS:
            raise Problem(
                f"行が多すぎます（{len(numbers)}行）。{MOST_ROWS}行までにしてください",
                f"there are too many rows ({len(numbers)}); at most {MOST_ROWS}",
            )
        return numbers


@dataclass(frozen=True, slots=True)
class Name(Editor):
    """Another record of the plan, by what it is called; ``kinds`` which may be named.

    Two of one name are told apart by their key behind it: 相談件数〔k3v…〕.
    """

    kinds: tuple[type[Node], ...]
    offers: str

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        value = named(around.document, self.kinds).text_of(data) if data else ""
        return Shown(inputs=[Input(name=name, way=Way.NAME, value=value, offers=self.offers)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), 1000).strip()
        return named(around.document, self.kinds).key_of(text) if text else None


@dataclass(frozen=True, slots=True)
class Divisions(Editor):
    """Divisions by name, with 、 or a line end between two; a new name becomes a division of the plan."""

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        by_key = {each.key: each.name for each in around.document.divisions}
        value = "、".join(by_key[key] for key in data or ())
        return Shown(inputs=[Input(name=name, way=Way.NAME, value=value, offers="divisions")])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), 2000).replace("\n", "、").replace(",", "、").replace("，", "、")
        found: list[Key] = []
        for each in filter(None, (part.strip(" 　") for part in text.split("、"))):
            if (key := self._division(each, around)) not in found:
                found.append(key)
        return found or None

    def _division(self, name: str, around: Around) -> Key:
        known = {compact(each.name): each.key for each in around.document.divisions}
        for made in around.first:
            if isinstance(made, Add) and made.to.collection == "divisions":
                known[compact(made.record["name"])] = made.record["key"]
        if found := known.get(compact(name)):
            return found
        division = Division(key=new_key(), name=name)
        last = around.document.divisions[-1].key if around.document.divisions else None
        after = next((each.record["key"] for each in reversed(around.first) if isinstance(each, Add)), last)
        to = Location(parent=around.document.key, collection="divisions", after=after)
        if not around.first:
            around.first.extend(unmarked(around.document, "divisions"))
        around.first.append(Add(to=to, record=data_of(division)))
        around.remarks.append(
            Words(f"担当課「{name}」を計画に加えました", f'the division "{name}" was added to the plan')
        )
        return division.key


@dataclass(frozen=True, slots=True)
class LevelOf(Editor):
    """One of the plan's levels (基本目標, 施策 ...)."""

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        options = [(level.code, Words(level.name, level.name)) for level in around.document.levels]
        return Shown(inputs=[Input(name=name, way=Way.CHOICE, value=data or "", options=options)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        code = typed.get(name, "")
        if code not in {level.code for level in around.document.levels}:
            raise Problem("階層を選んでください", "choose a level")
        return code


@dataclass(frozen=True, slots=True)
class FieldOf(Editor):
    """One field of the records of ``kinds``, by what it is called."""

    kinds: tuple[type[Node], ...]

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        options = [("", Words("（選んでください）", "(choose)"))]
        options += [(field, label_of(field)) for field in self._fields()]
        return Shown(inputs=[Input(name=name, way=Way.CHOICE, value=data or "", options=options)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        field = typed.get(name, "")
        if field and field != before and field not in self._fields():
            raise Problem("項目を一覧から選んでください", "choose a field of the list")
        return field or None

    def _fields(self) -> list[str]:
        found = {
            field
            for kind in self.kinds
            for field in kind.model_fields
            if field not in Node.model_fields and field not in collections_of(kind)
        }
        return sorted(found, key=lambda field: label_of(field).ja)


@dataclass(frozen=True, slots=True)
class TableOf(Editor):
    """One of the printed tables above a placement."""

    key: Key

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        words = Wording(around.document)
        options = [("", Words("（なし）", "(none)"))]
        options += [
            (
                table.key,
                Words(*[words.short_title(table) or words.field(table, "columns")[:_LONGEST_LABEL]] * 2),
            )
            for table in self._tables(around.document)
        ]
        return Shown(inputs=[Input(name=name, way=Way.CHOICE, value=data or "", options=options)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        key = typed.get(name, "")
        if key and key not in {table.key for table in self._tables(around.document)}:
            raise Problem("その表はここにはありません", "there is no such table here")
        return key or None

    def _tables(self, document: Plan) -> list[Node]:
        def below(elements: Sequence[Element], found: list[Node]) -> list[Node] | None:
            for each in elements:
                here = [*found, *each.tables]
                if any(placement.key == self.key for placement in each.placements):
                    return here
                if (inner := below(each.children, here)) is not None:
                    return inner
            return None

        return below(document.elements, []) or []


class Names:
    """Records of some kinds by what they are called, and back."""

    def __init__(self, document: Plan, kinds: tuple[type[Node], ...]) -> None:
        words = Wording(document)
        self._texts: dict[Key, str] = {}
        self._keys: dict[str, list[Key]] = {}
        for node in nodes(document):
            if isinstance(node, kinds):
                title = words.short_title(node) or words.called(node)
                self._texts[node.key] = title
                self._keys.setdefault(compact(title), []).append(node.key)

    def text_of(self, key: Key) -> str:
        """The record as one types it."""
        title = self._texts.get(key, key)
        return title if len(self._keys.get(compact(title), ())) == 1 else f"{title}〔{key}〕"

    def key_of(self, text: str) -> Key:
        """The record that is typed; raises Problem where there is none or more than one."""
        inner = text.rpartition("〔")[2].removesuffix("〕")
        if inner in self._texts:
            return inner
        found = self._keys.get(compact(text), [])
        if len(found) == 1:
            return found[0]
        if not found:
            raise Problem(
                f"「{quoted(text)}」は計画にありません。候補から選んでください",
                f'"{quoted(text)}" is not in the plan; choose one of those offered',
            )
        raise Problem(
            f"「{quoted(text)}」は{len(found)}つあります。候補から〔 〕の付いたものを選んでください",
            f'there are {len(found)} of "{quoted(text)}"; choose one with its key in 〔 〕',
        )

    def all(self) -> list[str]:
        """Every record as one types it."""
        return [self.text_of(key) for key in self._texts]


def named(document: Plan, kinds: tuple[type[Node], ...]) -> Names:
    """The names of the records of ``kinds``."""
    return Names(document, kinds)


def _flat(rows: Sequence[Sequence[Input]]) -> list[Input]:
    return [each for row in rows for each in row]
