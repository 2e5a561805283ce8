"""Which parts of a text changed between two editions: as coarse as a careful clerk would underline.

Lines are compared first, then the words and letters of the lines that differ.  Passages that stay
the same are left out as （略）, as official tables do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

from sosei.reports.comparison_content import Run, Runs

OMITTED = "（略）"

# A number, a Latin word, a line end, or one letter with the marks that belong to it.
_MARKS = "\u0300-\u036f\u3099\u309a\u20d0-\u20f0\ufe00-\ufe0f\U000e0100-\U000e01ef\u200d"
_TOKEN = re.compile(
    rf"[0-9０-９](?:[0-9０-９]|[,.，．](?=[0-9０-９]))*|[A-Za-zＡ-Ｚａ-ｚ]+[0-9]*|\r\n|.[{_MARKS}]*",
    re.DOTALL,
)
_LINE = re.compile("[^\n]*\n|[^\n]+")
_MOST_PAIRS = 2_000_000
"""Comparing takes time with the product of both lengths; beyond this all between the ends counts as changed."""

_LONG = 40  # characters from which a text is prose
_GAP = 4  # what stays the same between two changes of prose must be this long, or it is underlined with them
_SHORT_GAP = 3  # the same for a figure or a name
_KEPT = 0.5  # of the shorter text; where less stays the same, all of it is new
_WORTH_OMITTING = 120  # characters
_CONTEXT = 400  # characters of a line that stay beside what changed in it

LONGEST = 20_000
"""Characters in a cell: some fifteen sheets, more than anybody compares by eye and less than stops a printer."""

MOST_LINES = 700
"""Lines in a cell: as many sheets."""


class _Stretch(NamedTuple):
    """A part of the old text and the part of the new one that stands for it."""

    same: bool
    old: str
    new: str


def marked(old: str, new: str) -> tuple[Runs, Runs]:
    """Both texts in runs, changed parts marked; a text that mostly is another is marked whole."""
    if not old or not new:
        return whole(old), whole(new)
    stretches = list(_coarse(list(_by_lines(old, new)), 0))
    kept = sum(len(each.old) for each in stretches if each.same)
    if kept < _KEPT * min(len(old), len(new)):
        return whole(old), whole(new)
    return _runs(stretches, "old"), _runs(stretches, "new")


def whole(text: str) -> Runs:
    """A text that is changed as a whole."""
    return (Run(text, changed=True),) if text else ()


def plain(text: str) -> Runs:
    """A text without any mark."""
    return (Run(text),) if text else ()


def _runs(stretches: Sequence[_Stretch], side: Literal["old", "new"]) -> Runs:
    last = len(stretches) - 1
    runs = (
        Run(_abridged(each.old, first=at == 0, last=at == last))
        if each.same
        else Run(getattr(each, side), changed=True)
        for at, each in enumerate(stretches)
    )
    return tuple(run for run in runs if run.text)


def _abridged(text: str, *, first: bool, last: bool) -> str:
    """``text`` with （略） for what is worth leaving out.

    The end of the first line belongs to a line that changed, and so does the beginning of the last.
    """
    lines = _LINE.findall(text)
    head = "" if first else lines[0][:_CONTEXT]
    tail = "" if last or text.endswith("\n") else lines[-1][-_CONTEXT:]
    left_out = text[len(head) : max(len(head), len(text) - len(tail))]
    if len(left_out) < _WORTH_OMITTING:
        return text
    return f"{head}{OMITTED}" + ("\n" if left_out.endswith("\n") else "") + tail


def shortened(runs: Runs) -> Runs:
    """The runs as far as a cell of an official document goes; what is cut off says so."""
    text = "".join(run.text for run in runs)
    room = min(LONGEST, _end_of_line(text, MOST_LINES))
    if len(text) <= room:
        return runs
    kept: list[Run] = []
    for run in runs:
        kept.append(Run(run.text[:room], run.changed))
        room -= len(kept[-1].text)
    return (*(run for run in kept if run.text), Run(f"……（以下略。全{len(text):,}字）"))


def _end_of_line(text: str, number: int) -> int:
    """Where the line with this number ends; the end of the text where it has fewer."""
    end = -1
    for _ in range(number):
        end = text.find("\n", end + 1)
        if end < 0:
            return len(text)
    return end


def _by_lines(old: str, new: str) -> Iterator[_Stretch]:
    for same, old_lines, new_lines in _compared(_LINE.findall(old), _LINE.findall(new)):
        if same:
            yield _Stretch(True, "".join(old_lines), "".join(new_lines))
        else:
            yield from _by_tokens("".join(old_lines), "".join(new_lines))


def _by_tokens(old: str, new: str) -> Iterator[_Stretch]:
    if not old or not new:
        yield _Stretch(False, old, new)
        return
    found = [
        _Stretch(same, "".join(a), "".join(b))
        for same, a, b in _compared(_TOKEN.findall(old), _TOKEN.findall(new))
    ]
    prose = max(len(old), len(new)) > _LONG
    yield from _coarse(found, _GAP if prose else _SHORT_GAP, ends=prose)


def _coarse(stretches: Sequence[_Stretch], gap: int, *, ends: bool = False) -> Iterator[_Stretch]:
    """Changes with little between them become one; with ``ends`` also with little before or behind them."""
    outer = () if ends else (0, len(stretches) - 1)
    same = [each.same and (at in outer or len(each.old) >= gap) for at, each in enumerate(stretches)]
    for kept, group in groupby(zip(same, stretches, strict=True), key=lambda pair: pair[0]):
        parts = [each for _, each in group]
        yield _Stretch(kept, "".join(each.old for each in parts), "".join(each.new for each in parts))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Alternately what is the same and what is not, each as (same, old part, new part)."""
    start = _common(zip(old, new, strict=False))
    rest = min(len(old), len(new)) - start
    end = min(rest, _common(zip(reversed(old), reversed(new), strict=False)))
    if start:
        yield True, old[:start], new[:start]
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if len(a) * len(b) > _MOST_PAIRS:
        yield False, a, b
    else:
        for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
            yield tag == "equal", a[a1:a2], b[b1:b2]
    if end:
        yield True, old[len(old) - end :], new[len(new) - end :]


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs in a row are alike."""
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count
