"""A wanted scheme tried on the draft's real indicators, beside the scheme that the draft has now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from sosei.checks.finding import Words
from sosei.plan import walk
from sosei.plan.model import Plan as Document
from sosei.scheme.evaluate import Result, evaluate
from sosei.scheme.in_words import Line, in_words
from sosei.scheme.model import Scheme
from sosei.values import Problem
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document_at, last_operation
from sosei.web.schemes.choosing import Choice
from sosei.web.site.language import language

_KEPT = 12  # a scheme on a plan: of a large one some megabytes
_LINE = re.compile(r" (\d+)行目")


class Rows(StrEnum):
    """Which indicators a preview lists."""

    CHANGED = "changed"
    NONE = "none"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An indicator at its place: results by the scheme of now and by the wanted one; None where there is none."""

    name: str
    place: str
    old: Result | None
    new: Result | None

    @property
    def target(self) -> str:
        """The target as printed."""
        case = (self.new or self.old).case  # type: ignore[union-attr]  # one of the two is there
        return str(case.target or "")

    @property
    def actual(self) -> str:
        """The actual that was used, as printed."""
        quantity = self.new.actual.quantity if self.new else None
        return str(quantity or "")

    @property
    def rates(self) -> tuple[str, str]:
        """The rate as each scheme prints it."""
        return _text(self.old), _text(self.new)

    @property
    def grades(self) -> tuple[str, str]:
        """The class by each scheme."""
        return _grade(self.old), _grade(self.new)

    @property
    def is_changed(self) -> bool:
        """Whether a reader sees another rate or class."""
        return self.rates[0] != self.rates[1] or self.grades[0] != self.grades[1]

    @property
    def reason(self) -> str:
        """Why the wanted scheme gives no rate; empty where it gives one."""
        return self.new.reason(language()) if self.new else ""

    @property
    def explanation(self) -> str:
        """The worked calculation (計算の根拠) by the wanted scheme."""
        return self.new.explanation(language()) if self.new else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many indicators have a class, or stand otherwise, by the scheme of now and by the wanted one."""

    name: Words
    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A scheme on the indicators of a year.

    ``classes``   how many have each class, where one of the two schemes gives classes.
    ``standings`` reached, not reached, without a rate; of published rates how many agree.
    """

    scheme: Scheme
    words: Sequence[Line]
    year: int
    rows: Sequence[Row]
    classes: Sequence[Count]
    standings: Sequence[Count]
    rates: int
    grades: int

    def listed(self, which: Rows) -> list[Row]:
        """The indicators of a list."""
        if which is Rows.ALL:
            return list(self.rows)
        if which is Rows.NONE:
            return [row for row in self.rows if row.reason]
        return [row for row in self.rows if row.is_changed]


def preview(draft: Draft, wanted: Choice, now: Choice, year: int) -> Preview:
    """``wanted`` beside ``now`` on the indicators of ``draft`` in ``year``; raises Problem for a mistake in it."""
    return _preview(draft.pk, last_operation(draft), wanted, now, year)


@lru_cache(maxsize=_KEPT)
def _preview(draft: UUID, last: UUID | None, wanted: Choice, now: Choice, year: int) -> Preview:
    document = draft_document_at(draft, last)
    scheme = scheme_for(document, wanted, year)
    after = _results(draft, last, wanted, year)
    try:
        before = _results(draft, last, now, year)
    except Problem:  # a draft that was loaded with a scheme nobody can read
        before = {}
    rows = list(_rows(document, before, after))
    return Preview(
        scheme=scheme,
        words=in_words(scheme),
        year=year,
        rows=rows,
        classes=_classes(rows, scheme),
        standings=list(_standings(rows)),
        rates=sum(row.rates[0] != row.rates[1] for row in rows),
        grades=sum(row.grades[0] != row.grades[1] for row in rows),
    )


@lru_cache(maxsize=_KEPT)
def _results(draft: UUID, last: UUID | None, choice: Choice, year: int) -> Mapping[str, Result]:
    document = draft_document_at(draft, last)
    return evaluate(document, year, scheme_for(document, choice, year))


def scheme_for(document: Document, choice: Choice, year: int | None) -> Scheme:
    """The scheme of ``choice`` for ``year`` of a plan; raises Problem for a mistake in it."""
    return choice.of_year(year, has_period=document.period is not None)


def _rows(document: Document, before: Mapping[str, Result], after: Mapping[str, Result]) -> Iterator[Row]:
    for placed, placement in walk.placements(document):
        old, new = before.get(placement.key), after.get(placement.key)
        if old is not None or new is not None:
            yield Row(name=placement.name, place=placed.place, old=old, new=new)


def _classes(rows: Sequence[Row], scheme: Scheme) -> list[Count]:
    """By class, best first as the wanted scheme orders them, then those of now that it does not have."""
    old = Counter(row.grades[0] for row in rows)
    new = Counter(row.grades[1] for row in rows)
    bands = (*scheme.grade.bands, *scheme.grade.steps)
    labels = dict.fromkeys([*(band.label for band in bands), *new, *old])
    labels.pop("", None)
    if not labels:
        return []
    counts = [Count(name=Words(label, label), old=old[label], new=new[label]) for label in labels]
    return [*counts, Count(name=Words("（区分なし）", "(no class)"), old=old[""], new=new[""])]


def _standings(rows: Sequence[Row]) -> Iterator[Count]:
    for name, holds in (
        (Words("目標を達成", "Reached"), lambda result: result.reached is True),
        (Words("目標に届いていない", "Not reached"), lambda result: result.reached is False),
        (Words("率を計算できない", "No rate"), lambda result: bool(result.reason("ja"))),
        (Words("公表された率と一致", "Agrees with the published rate"), lambda result: result.agrees is True),
        (
            Words("公表された率と不一致", "Differs from the published rate"),
            lambda result: result.agrees is False,
        ),
    ):
        count = Count(
            name=name,
            old=sum(holds(row.old) for row in rows if row.old),
            new=sum(holds(row.new) for row in rows if row.new),
        )
        if count.old or count.new:
            yield count


def _text(result: Result | None) -> str:
    return result.text if result else ""


def _grade(result: Result | None) -> str:
    return (result.grade or "") if result else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A mistake in a scheme's text: the sentence, and the line it stands in."""

    said: Words
    line: str = ""


def faults(problem: Problem, choice: Choice) -> list[Fault]:
    """The mistakes that ``problem`` names, each with the text of its line."""
    pairs = zip(problem.ja.split("\n"), problem.en.split("\n"), strict=False)
    return [Fault(said=Words(ja, en), line=_quoted(ja, choice)) for ja, en in pairs]


def _quoted(sentence: str, choice: Choice) -> str:
    found = _LINE.search(sentence)
    number = re.match(r"第(\d+)版", sentence)
    if found is None or not choice.schemes:
        return ""
    text = choice.schemes[int(number[1]) - 1 if number and len(choice.schemes) > 1 else 0]
    lines = text.split("\n")
    at = int(found[1]) - 1
    return lines[at].strip()[:200] if at < len(lines) else ""
