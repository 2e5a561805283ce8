"""The opinions of a public comment as its page lists them: numbers, counts, what can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.reports.public_comment import CHANGED, OUTCOMES, Outcome
from sosei.web.comments.models import PublicOpinion

_WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Numbered:
    """An opinion with its number in the table."""

    number: int
    row: PublicOpinion

    @property
    def before(self) -> int:
        """The number one place up."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number one place down."""
        return self.number + 1

    @property
    def outcome(self) -> Words | None:
        """What came of it, in words; None where it is not decided."""
        return Words(*OUTCOMES[Outcome(self.row.outcome)]) if self.row.outcome else None

    @property
    def is_changed(self) -> bool:
        """Whether the draft is changed for it."""
        return self.row.outcome in CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What stands at the top of the page; ``every`` counts those who said the same."""

    rows: int
    every: int
    unanswered: int
    undecided: int
    outcomes: Sequence[tuple[Words, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the page was asked to show: ``answer`` yes or no, ``outcome`` a code, changed or undecided,
    ``goal`` a key or ``whole``; empty for all.
    """

    answer: str = ""
    outcome: str = ""
    goal: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        """The filters in an address; what is unknown there asks for nothing."""
        answer, outcome = asked.get("answer", ""), asked.get("outcome", "")
        known = {each.value for each in Outcome} | {"changed", "undecided"}
        return cls(
            answer=answer if answer in ("yes", "no") else "",
            outcome=outcome if outcome in known else "",
            goal=asked.get("goal", "")[:10],
        )

    def __bool__(self) -> bool:
        return bool(self.answer or self.outcome or self.goal)

    def take(self, each: Numbered) -> bool:
        """Whether the opinion is asked for."""
        row = each.row
        if self.answer and bool(row.answer) != (self.answer == "yes"):
            return False
        if self.goal and (row.goal or _WHOLE) != self.goal:
            return False
        match self.outcome:
            case "":
                return True
            case "changed":
                return each.is_changed
            case "undecided":
                return not row.outcome
            case code:
                return row.outcome == code


def numbered(rows: Sequence[PublicOpinion]) -> list[Numbered]:
    """The opinions with their numbers."""
    return [Numbered(number, row) for number, row in enumerate(rows, 1)]


def counts(rows: Sequence[PublicOpinion]) -> Counts:
    """How many there are, and how far the answers are."""
    found = Counter(row.outcome for row in rows)
    return Counts(
        rows=len(rows),
        every=sum(row.same for row in rows),
        unanswered=sum(not row.answer for row in rows),
        undecided=found[""],
        outcomes=[(Words(*words), found[each]) for each, words in OUTCOMES.items() if found[each]],
    )


def goals(rows: Sequence[PublicOpinion]) -> list[tuple[str, Words]]:
    """The goals and chapters that opinions are about, to filter by."""
    found: dict[str, Words] = {}
    for row in rows:
        name = row.place.partition("\n")[0]
        words = Words(name, name) if row.goal else Words("計画全体", "The whole plan")
        found.setdefault(row.goal or _WHOLE, words)
    return list(found.items())
