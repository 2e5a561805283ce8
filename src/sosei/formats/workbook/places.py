"""Elements of the tree by the words for them: found, told apart, and made where they are new."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sosei.formats.workbook.draft import Draft
from sosei.formats.workbook.headings import LEVEL_NAMES
from sosei.formats.workbook.incoming import Fault
from sosei.plan.base import Key
from sosei.plan.model import Element, Level, LevelKind
from sosei.values.folding import compact, fold

BETWEEN: Final = " ＞ "
"""What stands between the elements of a path in one cell."""

_WORDS: Final = "基本目標|基本的方向|基本施策|具体的施策|個別施策|戦略目標|政策|施策|事業|目標|方針|取組|重点"
_ONE: Final = (
    r"[0-9０-９]+(?:[-－‐・.][0-9０-９]+)*|[①-⑳㉑-㉟㊱-㊿]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[一二三四五六七八九十]+(?![一-鿿])"
)
_LABEL: Final = re.compile(
    rf"((?:{_WORDS})\s*(?:{_ONE})|No\s*[.．]?\s*[0-9０-９]+|[(（][0-9０-９]+[)）]|[①-⑳㉑-㉟㊱-㊿]"
    r"|[0-9０-９]+(?:[-－‐][0-9０-９]+)+|[0-9０-９]+[.．、](?![0-9０-９]))[\s:：]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_Naming = Callable[[Key], str]
_DIGITS: Final = re.compile("[0-9]+")


class Places:
    """The elements of a draft by level and name."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._was = {each["key"]: compact(self.handle(each["key"])) for each in draft.of_kind(Element)}
        self._often = Counter(self._was.values())
        self.old_levels = self.levels
        self._learned: dict[str, list[Key]] = {}
        self._found: dict[tuple[Key, str, str], Key] = {}
        self._names: list[tuple[_Naming, dict[str, list[Key]]]] = []
        self.made: list[Key] = []

    @property
    def levels(self) -> list[Level]:
        """The levels, outermost first."""
        return [
            Level.model_validate(each, strict=False)
            for each in self._draft[self._draft.root].get("levels", ())
        ]

    def level(self, code: str) -> Level:
        """The level ``code``."""
        return next(level for level in self.levels if level.code == code)

    def path(self, key: Key) -> list[Key]:
        """The element ``key`` and those above it, outermost first."""
        found: list[Key] = []
        while key and key != self._draft.root:
            found.insert(0, key)
            key = self._draft.parent(key)
        return found

    def handle(self, key: Key) -> str:
        """What a cell calls the element: 施策① 農業の振興, else its level and number: 具体的な事業2."""
        data = self._draft[key]
        text = " ".join(part for part in (data.get("label", ""), data.get("name", "")) if part)
        if text:
            return text
        return f"{self.level(data['level']).name}{data.get('no') or self._position(key)}"

    def full(self, key: Key) -> str:
        """The handle, with those above it where several elements have it."""
        if self._often[compact(self.handle(key))] <= 1:
            return self.handle(key)
        return BETWEEN.join(map(self.handle, self.path(key)))

    def at(self, key: Key, level: str) -> str:
        """What a cell of the column for ``level`` holds for something at the element ``key``."""
        found = [step for step in self.path(key) if self._draft[step]["level"] == level]
        return self.handle(found[-1]) if found else ""

    def learn(self, key: Key, name: str) -> None:
        """What the element ``key`` was called when a workbook was written; its cells may still say so."""
        if name:
            self._learned.setdefault(compact(name), []).append(key)

    def learn_level(self, code: str, name: str) -> None:
        """What the level ``code`` was called when a workbook was written; its headings may still say so."""
        known = [level for level in self.levels if level.code == code]
        self.old_levels += [level.model_copy(update={"name": name}) for level in known]

    def find(self, above: Key, level: str, text: str) -> Key | None:
        """The element that ``text`` names below ``above`` (the plan: anywhere); raises Fault for several."""
        sought = compact(text)
        known = self._found.get((above, level, sought))
        if known is not None and known in self._draft:
            return known
        here = [each for each in self._below(above) if self._draft[each]["level"] == level]
        for name in (self._handle_key, self._name_key, self._label_key, self._old_key):
            found = [each for each in here if name(each) == sought]
            if len(found) == 1:
                return self._found.setdefault((above, level, sought), found[0])
            if found:
                raise _several([self.full(each) for each in found])
        learned = [each for each in self._learned.get(sought, ()) if each in here]
        return learned[0] if len(learned) == 1 else None

    def anywhere(self, text: str) -> Key | None:
        """The element that a whole handle or a path (基本目標1 ＞ 施策①) names; raises Fault for several."""
        sought = compact(text)
        for name, index in self._indexes():
            found = index.get(sought, [])
            if len(found) == 1:
                return found[0]
            if found and name in (self._name_key, self._label_key):
                raise _several([BETWEEN.join(map(self.handle, self.path(each))) for each in found])
        learned = [each for each in self._learned.get(sought, ()) if each in self._draft]
        return learned[0] if len(learned) == 1 else None

    def changed(self) -> None:
        """Forget the names by which elements were found: one has another name or another place."""
        self._names.clear()
        self._found.clear()

    def _indexes(self) -> list[tuple[_Naming, dict[str, list[Key]]]]:
        """For each way of naming an element the elements by name, the surest way first."""
        if not self._names:
            namings = (self._handle_key, self._path_key, self._name_key, self._label_key, self._old_key)
            self._names = [(naming, {}) for naming in namings]
            for data in self._draft.of_kind(Element):
                self._enter(data["key"])
        return self._names

    def _enter(self, key: Key) -> None:
        for naming, index in self._names:
            if name := naming(key):
                index.setdefault(name, []).append(key)

    def make(
        self, above: Key, level: str, text: str | tuple[str, str], name: str, after: Key | None = None
    ) -> Key:
        """A new element below ``above``; its printed number is the first of ``text``, or taken off its front."""
        label, title = split_label(text) if isinstance(text, str) else text
        record = {"level": level, "label": label, "name": title}
        key = self._draft.add(
            above,
            "elements" if above == self._draft.root else "children",
            {field: value for field, value in record.items() if value},
            name,
            after,
        )
        self._draft.put(key, "no", number_in(label) or self._position(key))
        self.made.append(key)
        self._enter(key)
        return key

    def level_called(self, text: str) -> Level | None:
        """The level with this name, or the only one of the kind that it is a word for."""
        for level in (*self.levels, *self.old_levels):
            if compact(level.name) == compact(text) or level.code == text:
                return level
        kind = LEVEL_NAMES.get(compact(text).upper())
        found = [level for level in self.levels if level.kind is kind]
        return found[0] if len(found) == 1 else None

    def add_level(self, kind: LevelKind, name: str) -> Level:
        """A new level, in the order of the kinds where the levels have it."""
        codes = {level.code for level in self.levels}
        code = kind.value
        while code in codes:
            code += "2"
        level = Level(code=code, name=name, kind=kind)
        ranks = [[*LevelKind].index(each.kind) for each in self.levels]
        after = [*self.levels, level]
        if ranks == sorted(ranks):
            after.sort(key=lambda each: [*LevelKind].index(each.kind))
        self.set_levels(after)
        return level

    def set_levels(self, levels: Sequence[Level]) -> None:
        """Replace the plan's levels."""
        self._draft.put(
            self._draft.root, "levels", [level.model_dump(mode="json") for level in levels] or None
        )

    def _below(self, above: Key) -> Iterator[Key]:
        collection = "elements" if above == self._draft.root else "children"
        for child in self._draft.children(above, collection):
            yield child["key"]
            yield from self._below(child["key"])

    def _position(self, key: Key) -> int:
        above = self._draft.parent(key)
        collection = "elements" if above == self._draft.root else "children"
        level = self._draft[key]["level"]
        same = [each["key"] for each in self._draft.children(above, collection) if each["level"] == level]
        return same.index(key) + 1

    def _handle_key(self, key: Key) -> str:
        return compact(self.handle(key))

    def _path_key(self, key: Key) -> str:
        return compact(BETWEEN.join(map(self.handle, self.path(key))))

    def _name_key(self, key: Key) -> str:
        return compact(self._draft[key].get("name", ""))

    def _label_key(self, key: Key) -> str:
        return compact(self._draft[key].get("label", ""))

    def _old_key(self, key: Key) -> str:
        return self._was.get(key, "")


def split_label(text: str) -> tuple[str, str]:
    """The printed number at the front of an element's text, and the rest: 施策①, 農業の振興."""
    text = text.strip()
    match = _LABEL.fullmatch(text)
    return (match[1].strip(), " ".join(match[2].split())) if match else ("", text)


def number_in(label: str) -> int | None:
    """The last number in a printed label: 3 for 施策③ and for 1-3."""
    found = _DIGITS.findall("".join(map(_circled, fold(label))))
    return int(found[-1][:6]) if found else None


def _circled(character: str) -> str:
    """⑫ as 12; anything else as it is."""
    value = unicodedata.numeric(character, None)
    if character.isascii() or value is None or unicodedata.category(character) != "No":
        return character
    return f" {int(value)} "


def _several(found: Sequence[str]) -> Fault:
    names = "、".join(found[:4])
    return Fault(
        f"当てはまるものがいくつもあります（{names}）。上の階層から書くか、番号と名称を続けて書いてください",
        f"several fit ({names}); write the elements above it too, or number and name together",
    )
