"""Nothing that a plan can hold stops the review: hostile texts, empty ones, very many rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sosei.checks.review import review
from sosei.plan.model import Plan
from sosei.plan.reading import load_data
from sosei.plan.writing import data_of
from tests.checks.clean import clean_plan

_MEGABYTE = 1_000_000
TEXTS = {
    "empty": "",
    "blank": " 　\n\r\t ",
    "control": "\x00\x07\x1b[31m\u202e\ufeff\u200b",
    "formula": '=HYPERLINK("http://example.jp","押す")',
    "script": "<script>alert(1)</script>{{7*7}}${7*7}%s%n",
    "braces": "{x}{}{0.__class__}{",
    "digits": "9" * _MEGABYTE,
    "commas": "1,111," * (_MEGABYTE // 6),
    "scales": "1億2千3百4万" * (_MEGABYTE // 8),
    "brackets": "（" * _MEGABYTE,
    "pairs": "令和6年(2025年)" * (_MEGABYTE // 12),
    "figures": "5校 175名、" * (_MEGABYTE // 8),
    "sentences": "増加した。" * (_MEGABYTE // 5),
    "no stop": "利用者が減少し" * (_MEGABYTE // 7),
    "kana": "ヒットビズ" * (_MEGABYTE // 5),
    "words": "".join(chr(0x30A1 + n % 80) + ("・" if n % 7 == 0 else "") for n in range(_MEGABYTE)),
    "surrogates": "髙﨑葛󠄀城𠮷田" * 1000,
    "names": "相談件数" * 80_000,
    "failures": "開催できなかった、" * 20_000,
    "claims": "4つの基本目標を定め、" * 40_000,
    "circles": "①②③" * 1000,
}
_WORDS = ("text", "name", "name_suffix", "label", "source", "heading", "title", "what", "counting_period")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_texts_beside_the_plans_own_are_reviewed(text: str) -> None:
    review(_with(clean_plan(9), lambda old: f"{old}{text[: _MEGABYTE // 20]}"), 2024)


@pytest.mark.slow
@pytest.mark.parametrize("is_alone", [False, True])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_megabyte_of_hostile_text_is_reviewed(text: str, is_alone: bool) -> None:
    review(_with(clean_plan(9), lambda old: text if is_alone else f"{old}{text}"), 2024)


def test_a_plan_with_nothing_in_it_is_reviewed() -> None:
    data = data_of(clean_plan(9))
    bare = {name: data[name] for name in ("key", "municipality", "levels")}
    for year in (None, 2024):
        assert review(load_data({"format": "sosei-plan", "version": 1, **bare}), year).findings == []


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_very_many_indicators_are_reviewed(count: int) -> None:
    assert review(clean_plan(count), 2024).findings == []


def _with(plan: Plan, change: Callable[[str], str]) -> Plan:
    """``plan`` with the words of one element, its indicators and texts changed."""
    data = data_of(plan)
    _change(data["elements"][0], change)
    _change(data["indicators"][1], change)
    _change(data["chapters"], change)
    return load_data(data)


def _change(part: Any, change: Callable[[str], str]) -> None:
    if isinstance(part, list):
        for each in part[:4]:
            _change(each, change)
        return
    if not isinstance(part, dict) or "number" in part or "when" in part:
        return
    for name, value in part.items():
        if name in _WORDS and isinstance(value, str):
            part[name] = change(value)
        else:
            _change(value, change)
