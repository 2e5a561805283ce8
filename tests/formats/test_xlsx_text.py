"""Texts for cells: cleaned, measured, broken into lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.formats.xlsx_text import clean, width, wrap
from sosei.reports import glyphs

FONT = Path(glyphs.__file__).parent / "fonts" / "BIZUDPGothic-Bold.ttf"


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 5, [""]),
        ("一二三四五六", 5, ["一二三四五", "六"]),
        ("一二三四五。", 5, ["一二三四", "五。"]),  # no line begins with a full stop
        ("一二三四（五六", 5, ["一二三四", "（五六"]),  # none ends with an opening bracket
        ("一二 abcdef", 5, ["一二 ", "abcdef"]),  # a word stays whole
        ("一\n二\n\n三", 5, ["一\n", "二\n", "\n", "三"]),
        ("一二WWWWWWW", 5, ["一二", "WWWWW", "WW"]),
        ("葛󠄀城市葛󠄀城", 5, ["葛󠄀城市葛󠄀城"]),  # variation selectors take no room
        ("ｶﾞｶﾞｶﾞｶﾞ", 5, ["ｶﾞｶﾞｶﾞｶﾞ"]),
    ],
)
def test_wrap(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, room) == lines


@given(st.text(), st.floats(min_value=0.5, max_value=60))
def test_lines_together_are_the_text(text: str, room: float) -> None:
    assert "".join(wrap(text, room)) == text


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("前\x00後\x1b[31m", "前後[31m"),
        ("一\r\n二\r三\x85四\u2028五", "一\n二\n三\n四\n五"),
        ("\ufeff甲\t乙\ud800\uffff\u202e", "甲 乙"),
        ("葛󠄀\ue000髙", "葛󠄀\ue000髙"),  # variants and private-use characters (外字) stay
        ("\n行\n", "行"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_widths_are_those_of_the_font() -> None:
    fonts = pytest.importorskip("PIL.ImageFont")
    font = fonts.truetype(str(FONT), 1000)
    for character in [*map(chr, range(0x20, 0x7F)), *"、。（）「」・：あイ漢％①△Ｒ―"]:
        assert font.getlength(character) / 1000 <= width(character) + 0.001, character
