"""How much a contradiction of text and number weighs, and how its message says so."""

from __future__ import annotations

import pytest

from sosei.checks.finding import Severity
from sosei.checks.registry import chosen
from sosei.checks.review import review
from tests.checks import cases_prose, cases_prose_movement, cases_prose_outcome

CASES = [*cases_prose.CASES, *cases_prose_movement.CASES, *cases_prose_outcome.CASES]


@pytest.mark.parametrize(
    ("code", "title", "severity", "words"),
    [
        ("TXT01", "a composite cell", Severity.WARNING, "R6実績は「イベント1回 宿泊者数 170人」ですが"),
        ("TXT02", "against the year before", Severity.WARNING, "R5実績46件から"),
        ("TXT02", "last year, but the baseline has no year", Severity.INFO, "前年度の値がこの計画になく"),
        ("TXT04", "agreements made", Severity.WARNING, "R6実績は0件ですが"),
        (
            "TXT04",
            "a value of a joint reading that is not settled",
            Severity.INFO,
            "0件（読み取り未確定）ですが",
        ),
        ("TXT05", "no seminar, but participants", Severity.WARNING, "開催できなかった"),
        ("TXT05", "doctors not won", Severity.INFO, "2名は在籍者の数で、文章は新たな確保のこと"),
    ],
)
def test_weight(code: str, title: str, severity: Severity, words: str) -> None:
    case = next(case for case in CASES if (case.code, case.title) == (code, title) and case.fires)
    (found,) = review(case.plan(), case.year, chosen([code])).findings
    assert found.severity is severity
    assert words in found.message.ja
