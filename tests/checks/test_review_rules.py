"""Every rule fires where it must, naming the strings, and is quiet at its near miss."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from sosei.checks.finding import Family
from sosei.checks.registry import chosen, rules
from sosei.checks.review import review
from tests.checks.case import Case

CASES: list[Case] = [
    case
    for file in sorted(Path(__file__).parent.glob("cases_*.py"))
    for case in import_module(f"tests.checks.{file.stem}").CASES
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    found = review(case.plan(), case.year, chosen([case.code])).findings
    if not case.fires:
        assert [finding.message.ja for finding in found] == []
        return
    assert found
    for language in ("ja", "en"):
        said = "\n".join(
            [finding.message.of(language) for finding in found]
            + [place.text for finding in found for place in finding.places]
        )
        for words in case.says:
            assert words in said


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_every_rule_has_a_case_and_a_near_miss(rule: object) -> None:
    code = getattr(rule, "code", "")
    assert {case.fires for case in CASES if case.code == code} == {True, False}


def test_every_rule_says_what_why_and_how_in_both_languages() -> None:
    for rule in rules():
        for words in (rule.title, rule.why, rule.mend, rule.case):
            assert words.ja.strip()
            assert words.en.strip()
            assert words.ja != words.en


def test_every_family_has_several_rules() -> None:
    for family in Family:
        assert len([rule for rule in rules() if rule.family is family]) > 1, family
