"""What is looked for and how a hit is shown, without Django."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.web.reading.search import GROUPS, excerpt, group_of, marked, words_of
from sosei.web.reading.searching import folded


def shown(text: str, words: str) -> str:
    return "".join(
        f"[{piece.text}]" if piece.is_hit else piece.text for piece in marked(text, words_of(words))
    )


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("地方移住の推進", "移住", "地方[移住]の推進"),
        ("移住・定住、移住者", "移住", "[移住]・定住、[移住]者"),
        ("ｽﾏｰﾄ農業", "スマート", "[ｽﾏｰﾄ]農業"),
        ("ＫＰＩとkpi", "kpi", "[ＫＰＩ]と[kpi]"),
        ("子育て　支援", "子育て 支援", "[子育て]　[支援]"),
        ("aab", "a ab", "[aab]"),
        ("何もない", "移住", "何もない"),
        ("100%の_値", "%", "100[%]の_値"),
        ("ﾊﾞｽ", "バス", "[ﾊﾞｽ]"),
        ("", "移住", ""),
        ("Straße", "STRASSE", "[Straße]"),
    ],
)
def test_hits_are_marked_in_the_original(text: str, words: str, expected: str) -> None:
    assert shown(text, words) == expected


@given(st.text(max_size=60), st.text(max_size=6))
def test_a_text_is_marked_wherever_it_is_matched(text: str, looked_for: str) -> None:
    words = words_of(looked_for)
    pieces = marked(text, words)
    assert "".join(piece.text for piece in pieces) == text
    found = {word for word in words if word in folded(text)}
    hits = [folded(piece.text) for piece in pieces if piece.is_hit]
    assert all(any(word in hit for hit in hits) for word in found)
    assert bool(hits) is bool(found)


@given(st.text(max_size=600), st.text(max_size=4))
def test_an_excerpt_is_short_and_shows_a_hit(text: str, looked_for: str) -> None:
    words = words_of(looked_for)
    pieces = excerpt(text, words)
    assert sum(len(piece.text) for piece in pieces) <= 162
    if any(word in folded(text) for word in words):
        assert any(piece.is_hit for piece in pieces)


def test_words_are_few_and_clean() -> None:
    assert words_of("  移住　移住\x00ABC ") == ("移住", "abc")
    assert len(words_of(" ".join(str(n) for n in range(99)))) == 10
    assert words_of("   ") == ()


def test_every_kind_of_text_has_a_group() -> None:
    from sosei.plan.reading import load_plan
    from sosei.web.reading.rows import search_rows
    from tests.web.conftest import EXAMPLES

    for path in EXAMPLES.values():
        for row in search_rows(load_plan(path.read_bytes())):
            assert any(group.holds(row.kind, row.field) for group in GROUPS), (row.kind, row.field)
    assert group_of("activity", "evaluation").code == "evaluation"
