"""Words that findings share."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from sosei.checks.finding import Place
from sosei.checks.say import listed, short, shown, where
from sosei.values import inner_brackets


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("「くまりば」", "「くまりば」"),
        (
            "「総合交流館「くまりば」の入居企業数」と「件数」",
            "「総合交流館『くまりば』の入居企業数」と「件数」",
        ),
        ("「閉じない", "「閉じない"),
        ("「a」」「b", "「a」」「b"),
        ("」「", "」「"),
        ("「「「三重」」」", "「『『三重』』」"),
    ],
)
def test_brackets_inside_brackets(text: str, printed: str) -> None:
    assert inner_brackets(text) == printed


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (Decimal("1234.50"), 10, "1,234.5"),
        (Fraction(28, 3), 2, "9.33"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 1000), 2, "0"),
        (Decimal(52), 0, "52"),
        (Fraction(99999, 10), 0, "10,000"),
    ],
)
def test_numbers_for_a_sentence(number: Decimal | Fraction, digits: int, text: str) -> None:
    assert shown(number, digits) == text


def test_long_lists_and_names_are_shortened() -> None:
    assert listed(["a", "b", "c"], "ja", 2) == "a、b ほか1件"
    assert listed(["a", "b", "c"], "en", 2) == "a, b and 1 more"
    assert short("あ" * 50) == "あ" * 48 + "…"
    assert short("二\n行") == "二 行"


def test_a_place_is_said_as_a_person_finds_it() -> None:
    place = Place(key="k", field="printed:R6", text="93%", page=2, path="基本目標１/施策②", indicator="総数")
    assert where(place, "ja") == "2頁 基本目標１/施策② 「総数」達成率R6"
    assert where(place, "en") == 'p. 2 基本目標１/施策② "総数" rate R6'
    assert where(Place(key="k", field="done", text="…", path="基本目標１"), "ja") == "基本目標１ 取組内容"
