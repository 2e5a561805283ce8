"""Search in a plan's texts: what is looked for, what fits, and the text around it with the hits marked.

Texts are compared folded (one width, one sort of dash, small letters); what is shown is the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.values.folding import Folded
from sosei.web.reading.searching import folded

LONGEST = 200  # characters of what is looked for
MOST_WORDS = 10
_BEFORE, _AROUND = 40, 160  # characters shown before the first hit, and in all


@dataclass(frozen=True, slots=True)
class Group:
    """Results that belong together: the kinds of records, for an activity its fields."""

    code: str
    name: Words
    kinds: frozenset[str]
    fields: frozenset[str] = frozenset()

    def holds(self, kind: str, field: str) -> bool:
        """Whether a text of this kind of record and this field belongs here."""
        return kind in self.kinds and (not self.fields or field in self.fields)


def _group(code: str, ja: str, en: str, kinds: str, fields: str = "") -> Group:
    return Group(code, Words(ja, en), frozenset(kinds.split()), frozenset(fields.split()))


GROUPS: Sequence[Group] = (
    _group(
        "elements",
        "基本目標・施策・事業",
        "Goals, measures, projects",
        "goal direction policy measure project",
    ),
    _group("indicators", "指標", "Indicators", "placement indicator"),
    _group("done", "取組内容", "What was done", "activity", "done"),
    _group("evaluation", "評価・課題", "Evaluation and issues", "activity", "evaluation issues next"),
    _group("chapters", "章", "Chapters", "chapter"),
    _group("verification", "前期の検証", "Verification of the previous period", "verification"),
    _group("notes", "注", "Notes", "note"),
    _group("opinions", "意見", "Opinions", "opinion"),
    _group("population", "人口", "Population", "population projection"),
    _group("references", "関連する計画・法令", "Related plans and laws", "reference"),
    _group("organisations", "組織", "Organisations", "council division"),
    _group("plan", "計画", "Plan", "plan predecessor source erratum"),
)


def group_of(kind: str, field: str) -> Group:
    """The group of a text; the last one for a kind that no group names."""
    return next((group for group in GROUPS if group.holds(kind, field)), GROUPS[-1])


def words_of(text: str) -> tuple[str, ...]:
    """The words looked for, folded, each once; at most ten of a text of at most 200 characters."""
    return tuple(dict.fromkeys(folded(text[:LONGEST].replace("\x00", " ")).split()))[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``is_hit`` where it is one of the words looked for."""

    text: str
    is_hit: bool


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    return tuple(_pieces(text, _hits(text, words), 0, len(text)))


def excerpt(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text around the first hit, on one line, with … where something is left out."""
    line = " ".join(text.split())
    hits = _hits(line, words)
    start = max(0, hits[0][0] - _BEFORE) if hits else 0
    end = min(len(line), start + _AROUND)
    start = max(0, end - _AROUND)
    pieces = list(_pieces(line, hits, start, end))
    if start:
        pieces.insert(0, Piece("…", is_hit=False))
    if end < len(line):
        pieces.append(Piece("…", is_hit=False))
    return tuple(pieces)


def _pieces(text: str, hits: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    at = start
    for first, last in hits:
        begin, stop = max(first, at), min(last, end)
        if begin >= stop:
            continue
        if at < begin:
            yield Piece(text[at:begin], is_hit=False)
        yield Piece(text[begin:stop], is_hit=True)
        at = stop
    if at < end:
        yield Piece(text[at:end], is_hit=False)


def _hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the original, in order, those that touch joined."""
    matched, starts, ends = _matched(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = matched.find(word) if word else -1
        while at >= 0:
            found.append((starts[at], ends[at + len(word) - 1]))
            at = matched.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _matched(text: str) -> tuple[str, list[int], list[int]]:
    """The text as ``folded`` gives it, with where each of its characters begins and ends in the original."""
    wide = Folded.of(text)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for letter, start, end in zip(wide.text, wide.starts, wide.ends, strict=True):
        small = " " if letter.isspace() else letter.casefold()
        if small == " " and (not letters or letters[-1] == " "):
            continue
        for each in small:
            letters.append(each)
            starts.append(start)
            ends.append(end)
    if letters and letters[-1] == " ":
        letters, starts, ends = letters[:-1], starts[:-1], ends[:-1]
    return "".join(letters), starts, ends
