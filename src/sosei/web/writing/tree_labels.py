"""Printed numbers of goals, measures and projects: which pattern they follow, what the next one is.

基本目標１, 施策①, 1-(2), No.8, (1), ア: the last number of a label counts, what stands around it stays.
A number before it that is the parent's (the 1 of 1-(2)) follows the parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sosei.values import Problem

_RUNS: Sequence[str] = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
    "abcdefghijklmnopqrstuvwxyz",
    "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
    "一二三四五六七八九十",
)
_SIGNS = 5  # the first runs are nothing but numbers; the others are letters too
_DIGITS, _WIDE = "0123456789", "０１２３４５６７８９"
_STRONG = re.compile(f"[0-9]{{1,6}}|[０-９]{{1,6}}|[{''.join(_RUNS[:_SIGNS])}]")
_CLOSING = "[)）.．、:：\\]］】〉》」』 　]*"
_WEAK = re.compile(f"[{''.join(_RUNS[_SIGNS:])}](?={_CLOSING}$)")
_WORDS = tuple(re.compile(f"[{each}]$") for each in ("ァ-ヿ", "ｦ-ﾟ", "ぁ-ゟ", "A-Za-z", "Ａ-Ｚａ-ｚ"))
AGAIN = "再掲"
"""A label with this word repeats another place's number and is not counted."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """How a number is written: ``run`` the signs in order, or the ten digits; ``width`` of 01, 02."""

    run: str
    width: int = 0

    def text(self, number: int) -> str:
        """``number`` so written; raises Problem where the signs do not go so far."""
        if self.run in (_DIGITS, _WIDE):
            text = str(number).zfill(self.width)
            return text if self.run == _DIGITS else text.translate(str.maketrans(_DIGITS, _WIDE))
        if not 1 <= number <= len(self.run):
            raise Problem(
                f"{self.run[0]}で始まる番号は{self.run[-1]}（{len(self.run)}番目）までです。別の形を選んでください",
                f"numbers that begin with {self.run[0]} end at {self.run[-1]} (no. {len(self.run)}); "
                "choose another form",
            )
        return self.run[number - 1]

    @classmethod
    def of(cls, sign: str) -> tuple[Numeral, int]:
        """How ``sign`` writes its number, and the number."""
        if sign[0] in _DIGITS or sign[0] in _WIDE:
            run = _DIGITS if sign[0] in _DIGITS else _WIDE
            return cls(run, len(sign) if sign[0] in "0０" and len(sign) > 1 else 0), int(sign)
        run = next(each for each in _RUNS if sign in each)
        return cls(run), run.index(sign) + 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a label for the number of an element above: ``up`` 1 its parent, 2 the one above that."""

    up: int
    numeral: Numeral


@dataclass(frozen=True, slots=True)
class Pattern:
    """A label's form: texts and slots before its own number, the number's writing, what follows."""

    before: tuple[str | Slot, ...]
    numeral: Numeral
    after: str

    def label(self, number: int, above: Sequence[int | None] = ()) -> str:
        """The label for ``number``; ``above`` the numbers of the elements above, the parent's first.

        Raises Problem where one that the label names has none, or where the signs do not go so far.
        """
        before = (part if isinstance(part, str) else _number_above(part, above) for part in self.before)
        return "".join([*before, self.numeral.text(number), self.after])

    @property
    def has_slots(self) -> bool:
        """Whether the label names the number of an element above."""
        return any(isinstance(part, Slot) for part in self.before)


def _number_above(slot: Slot, above: Sequence[int | None]) -> str:
    number = above[slot.up - 1] if slot.up <= len(above) else None
    if number is None:
        raise Problem(
            "上の階層に番号がないので、それを含む番号は付けられません。上の階層から番号を付けてください",
            "an element above has no number, so no number can contain it; number the level above first",
        )
    return slot.numeral.text(number)


def number_of(label: str) -> int | None:
    """The number that counts in ``label``; None where there is none."""
    found = _own(label)
    return Numeral.of(found[0])[1] if found else None


def pattern_of(label: str, above: Sequence[int | None] = ()) -> tuple[Pattern, int] | None:
    """The pattern of a label and its number; None without one.

    ``above`` are the numbers of the elements above, the parent's first: those that stand in the label,
    from its own number backwards, become slots.
    """
    found = _own(label)
    if found is None:
        return None
    sign, start, end = found
    numeral, number = Numeral.of(sign)
    return Pattern(_slots(label[:start], above), numeral, label[end:]), number


def _own(label: str) -> tuple[str, int, int] | None:
    strong = list(_STRONG.finditer(label))
    if strong:
        last = strong[-1]
        return last[0], last.start(), last.end()
    if (match := _WEAK.search(label)) is None:
        return None
    # The last letter of a word is no number: アクション, Plan.
    before, sign = label[: match.start()], match[0]
    is_in_word = any(letters.search(before) and letters.fullmatch(sign) for letters in _WORDS)
    return None if is_in_word else (sign, match.start(), match.end())


def _slots(before: str, above: Sequence[int | None]) -> tuple[str | Slot, ...]:
    found: list[str | Slot] = []
    rest, up = before, 0
    for match in reversed(list(_STRONG.finditer(before))):
        numeral, number = Numeral.of(match[0])
        level = next((n for n in range(up, len(above)) if above[n] == number), None)
        if level is None:
            break
        up = level + 1
        found = [Slot(up, numeral), *([rest[match.end() :]] if rest[match.end() :] else []), *found]
        rest = rest[: match.start()]
    return (*([rest] if rest else []), *found)


_SPACE = "[ 　\\t]"
_NUMBER = f"(?:[0-9]{{1,3}}|[０-９]{{1,3}}|[{''.join(_RUNS[:_SIGNS])}])"
_OPEN, _CLOSE = "[(（\\[［【〔]?", "[)）\\]］】〕]?"
_JOIN = "[-－‐‑–ー−.．・]"
_CHAIN = f"{_OPEN}{_NUMBER}{_CLOSE}(?:(?:{_JOIN}{_OPEN}|[(（]){_NUMBER}{_CLOSE})*"
_WORD = "(?:[Nn][Oo][.．]?|第|[^\\s0-9０-９()（）「」、。]{2,10}?)"
_SPACED = re.compile(f"({_WORD}{_SPACE}?{_CHAIN}[.．:：]?|{_CHAIN}[.．:：、]?){_SPACE}+(\\S.*)")
_CLOSED = re.compile(
    f"((?:{_WORD})?[{''.join(_RUNS[:3])}]|[(（][0-9０-９]{{1,3}}[)）]|{_CHAIN}[.．)）、](?![0-9０-９]))(\\S.*)"
)
_LETTER = re.compile(
    f"([(（]?[{''.join(_RUNS[_SIGNS:-1])}](?:[)）.．、]{_SPACE}*|{_SPACE}+))([^\\s{''.join(_RUNS[_SIGNS:-1])}].*|\\S.+)"
)


def split_line(line: str) -> tuple[str, str]:
    """A line as label and name: 施策① 企業の支援, 1-1　創業, (1)移住; an empty label where none leads it."""
    line = line.strip(" 　\t")
    for pattern in (_SPACED, _CLOSED, _LETTER):
        if match := pattern.fullmatch(line):
            return match[1].strip(" 　\t"), match[2].strip(" 　\t")
    return "", line
