"""How many KPIs of a place reached their target, how many did not, and why some cannot be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sosei.checks.finding import Words
from sosei.plan.indicator import Placement, Role
from sosei.scheme.choices import Repeated
from sosei.scheme.evaluate import Result
from sosei.scheme.model import Scheme
from sosei.scheme.rollup import listings, roll_up
from sosei.web.reading.difficult import difficulty, scale_of
from sosei.web.reading.reader import Reader
from sosei.web.reading.rows import why_no_rate
from sosei.web.reading.words import EMPTY


class Tone(StrEnum):
    """How a part of a bar or a word is coloured; the words beside it say the same."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the KPIs of a place: what it is called, how many, how it is coloured."""

    label: Words
    count: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Missing:
    """A reason why it cannot be told whether targets are reached, and how many KPIs have it."""

    code: str
    words: Words
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The KPIs of a place.

    ``total``     all of them; one listed in several places counts as the scheme says.
    ``measured``  those with a value in the year; ``reached`` those that reached their target.
    ``parts``     by class, best first, where the scheme has classes; else reached, not reached,
                  difficult; those that cannot be told come last.  They add up to ``total``.
    ``missing``   why some cannot be told.
    ``share``     the scheme's own share as printed with its sum in words; empty where there is nothing to count.
    ``grade``     the class the scheme gives the whole place; empty where it gives none.
    """

    total: int
    measured: int
    reached: int
    difficult: int
    parts: tuple[Part, ...]
    missing: tuple[Missing, ...] = ()
    share: str = ""
    share_words: Words = EMPTY
    grade: str = ""


_REACHED: Final = Words("達成", "Reached")
_MISSED: Final = Words("未達成", "Not reached")
_DIFFICULT: Final = Words("未達成・課題あり", "Not reached, difficult")
_UNTOLD: Final = Words("判定できないもの", "Cannot be told")
_NO_CLASS: Final = Words("区分なし", "No class")


def counted_role(reader: Reader) -> Role:
    """Which placements are counted as the plan's KPIs: those of its measures; where it has none, those of
    its projects.
    """
    roles = {placement.role for _, placement in reader.placements}
    return Role.KPI if Role.KPI in roles or Role.PROJECT_KPI not in roles else Role.PROJECT_KPI


class Tallier:
    """Counts the KPIs of one place after another for a year."""

    def __init__(self, reader: Reader, year: int | None) -> None:
        self.reader = reader
        self.year = year
        self.scheme = reader.scheme(year)
        self.results = reader.results(year)
        self.role = counted_role(reader)
        self.elapsed = reader.elapsed(year)
        self._left_out = self._later_listings()

    def tally(self, placements: Iterable[Placement], role: Role | None = None) -> Tally:
        """The KPIs among ``placements``, or those of another role."""
        wanted = self.role if role is None else role
        kpis = [each for each in placements if each.role is wanted and each.key not in self._left_out]
        known = [result for each in kpis if (result := self.results.get(each.key)) is not None]
        rows = listings(known, self.scheme.rollup.repeated)
        without = [each for each in kpis if each.key not in self.results]
        spans = {each.key: each.baseline.span if each.baseline else None for each in kpis}
        hard = {
            row.placement for row in rows if difficulty(row, self.elapsed, spans[row.placement]).is_difficult
        }
        rolled = roll_up(rows, self.scheme)
        told = rolled.known > 0
        return Tally(
            total=len(rows) + len(without),
            measured=sum(_has_value(row) for row in rows),
            reached=sum(row.reached is True for row in rows),
            difficult=len(hard),
            parts=tuple(_parts(rows, hard, len(without), self.scheme)),
            missing=tuple(self._missing(rows, len(without))),
            share=rolled.share_text if told else "",
            share_words=Words(rolled.explanation("ja"), rolled.explanation("en")) if told else EMPTY,
            grade=rolled.grade or "",
        )

    def _missing(self, rows: Iterable[Result], without: int) -> list[Missing]:
        found: Counter[tuple[str, Words]] = Counter(
            why_no_rate(row, self.year) for row in rows if row.reached is None
        )
        if without:
            found[why_no_rate(None, self.year)] += without
        return [Missing(code, words, count) for (code, words), count in found.most_common()]

    def _later_listings(self) -> set[str]:
        """The placements that the scheme leaves out because their indicator was listed before."""
        if self.scheme.rollup.repeated is not Repeated.LEFT_OUT:
            return set()
        kpis = [
            result
            for _, placement in self.reader.placements
            if placement.role is self.role and (result := self.results.get(placement.key)) is not None
        ]
        return {row.placement for row in kpis} - {row.placement for row in listings(kpis, Repeated.LEFT_OUT)}


def _has_value(row: Result) -> bool:
    return row.actual.quantity is not None and not row.actual.quantity.is_absent


def _parts(rows: Sequence[Result], hard: set[str], without: int, scheme: Scheme) -> list[Part]:
    if any(row.grade for row in rows):
        return _by_class(rows, without, scheme)
    reached = sum(row.reached is True for row in rows)
    missed = sum(row.reached is False for row in rows)
    untold = len(rows) + without - reached - missed
    parts = [
        Part(_REACHED, reached, Tone.GOOD),
        Part(_MISSED, missed - len(hard), Tone.WARN),
        Part(_DIFFICULT, len(hard), Tone.BAD),
        Part(_UNTOLD, untold, Tone.NONE),
    ]
    return [part for part in parts if part.count]


def _by_class(rows: Sequence[Result], without: int, scheme: Scheme) -> list[Part]:
    counts = roll_up(rows, scheme).by_class
    scale = list(dict.fromkeys(label for row in rows for label in scale_of(row)))
    parts = [Part(Words(label, label), counts[label], _tone(label, scale)) for label in counts]
    none = len(rows) + without - sum(counts.values())
    return [*parts, Part(_NO_CLASS, none, Tone.NONE)] if none else parts


def _tone(label: str, scale: Sequence[str]) -> Tone:
    """The best class is good, the lowest bad, those between in the middle; one that is not on the scale is neither."""
    if label not in scale:
        return Tone.NONE
    if label == scale[0]:
        return Tone.GOOD
    return Tone.BAD if label == scale[-1] else Tone.WARN
