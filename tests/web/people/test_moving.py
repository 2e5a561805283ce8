from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.web.people.moving import Moved, Period, move

APRIL = date(2026, 4, 1)
BEFORE, AFTER = date(2025, 4, 1), date(2026, 7, 1)
C = "C"


def _periods(*words: str) -> list[Period]:
    """``"A main"``, ``"A main 2026-07-01"`` (since), ``"A main 2025-04-01 2026-07-01"`` (until)."""
    made = []
    for no, text in enumerate(words):
        division, rank, *days = text.split()
        since, until, *_ = [*map(date.fromisoformat, days), *([BEFORE] if not days else []), None]
        assert since is not None
        made.append(Period(no, division, rank == "main", since, until))
    return made


def _moved(*words: str, on: date = APRIL) -> Moved:
    return move(_periods(*words), lambda each: C if each.division in "AB" else None, on)


def _begun(moved: Moved) -> list[str]:
    return [
        " ".join(
            ["main" if each.is_main else "with", str(each.since), *([str(each.until)] if each.until else [])]
        )
        for each in moved.begin
    ]


@pytest.mark.parametrize(
    ("words", "ended", "begun"),
    [
        (["A main"], {0: APRIL}, ["main 2026-04-01"]),
        (["A with"], {0: APRIL}, ["with 2026-04-01"]),
        (["D main"], {}, []),
        (["A main", "D with"], {0: APRIL}, ["main 2026-04-01"]),
        (["A main", "B with"], {0: APRIL, 1: APRIL}, ["main 2026-04-01"]),
        (["A with", "B with"], {0: APRIL, 1: APRIL}, ["with 2026-04-01"]),
        (["A main", "C with"], {0: APRIL, 1: APRIL}, ["main 2026-04-01"]),
        (["A with", "C main"], {0: APRIL}, []),
        (["A with", "C with"], {0: APRIL}, []),
        # what begins later than the day moves from its own beginning on
        (["A main 2026-07-01"], {0: AFTER}, ["main 2026-07-01"]),
        (["A main 2025-04-01 2026-07-01", "D main 2026-07-01"], {0: APRIL}, ["main 2026-04-01 2026-07-01"]),
        (["A with", "B main 2026-07-01"], {0: APRIL, 1: AFTER}, ["with 2026-04-01 2026-07-01", "main 2026-07-01"]),
        (["A main 2025-04-01 2026-07-01", "C main 2026-07-01"], {0: APRIL, 1: AFTER}, ["main 2026-04-01"]),
        (["A main 2025-04-01 2026-07-01", "C with"], {0: APRIL, 1: APRIL}, ["main 2026-04-01 2026-07-01", "with 2026-07-01"]),
    ],
)  # fmt: skip
def test_what_moves(words: list[str], ended: dict[int, date], begun: list[str]) -> None:
    moved = _moved(*words)
    assert moved.until == ended
    assert _begun(moved) == begun


DAYS = [date(2026, month, 1) for month in range(1, 13)]


@st.composite
def records(draw: st.DrawFn) -> list[Period]:
    """One record's periods past the day as the application writes them: a division answers once a day."""
    found: list[Period] = []
    for division in "ABCD":
        cuts = draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=4, unique=True).map(sorted))
        for start, end in zip(cuts, [*cuts[1:], None], strict=True):
            if (end is None or end > APRIL) and draw(st.booleans()):
                found.append(Period(len(found), division, draw(st.booleans()), start, end))
    return found


def _answers(periods: list[Period], day: date) -> dict[object, bool]:
    there = [each for each in periods if each.since <= day and (each.until is None or each.until > day)]
    assert len({each.division for each in there}) == len(there)
    return {each.division: each.is_main for each in there}


@given(records())
def test_before_the_day_nothing_changes_and_after_it_the_heir_answers_for_all(periods: list[Period]) -> None:
    moved = move(periods, lambda each: C if each.division in "AB" else None, APRIL)
    after = [
        Period(each.id, each.division, each.is_main, each.since, moved.until.get(each.id, each.until))
        for each in periods
    ] + [Period(("new", no), *begin) for no, begin in enumerate(moved.begin)]
    for day in DAYS:
        old, new = _answers(periods, day), _answers(after, day)
        if day < APRIL:
            assert new == old
            continue
        heir = [old[each] for each in "ABC" if each in old]
        assert new == {**{each: old[each] for each in "D" if each in old}, **({C: any(heir)} if heir else {})}
