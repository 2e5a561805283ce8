from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.values import Folded, fold, same_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１，２３４", "1,234"),
        ("１７０人（社）", "170人(社)"),
        ("－5 −5 ‐5 –5 —5 ―5", "-5 -5 -5 -5 -5 -5"),
        ("R2〜R7 R2～R7 R2∼R7", "R2~R7 R2~R7 R2~R7"),
        ("サービス", "サービス"),
        ("データー5件", "データー5件"),
        ("ー5件", "-5件"),
        ("R2ーR7", "R2-R7"),
        ("ー", "-"),
        ("（ー）", "(-)"),
        ("△10▲10", "△10▲10"),
        ("人\u3000件\n戸", "人 件 戸"),
        ("ｲﾍﾞﾝﾄ", "イベント"),
        ("20.3人／ha", "20.3人/ha"),
        ("1,000㎥", "1,000㎥"),
        ("10²", "10²"),
        ("施策①", "施策①"),
        ("葛\U000e0100城", "葛城"),
        ("人\u200b口", "人口"),
        ("…", "..."),
        ("㎞", "km"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("移住 相談件数", "移住相談件数"),
        ("ＫＰＩ", "KPI"),
        ("ｲﾍﾞﾝﾄ数", "イベント数"),
        ("観光客入込数\n（延べ）", "観光客入込数(延べ)"),
    ],
)
def test_same_text(first: str, second: str) -> None:
    assert same_text(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("△10", "▲10"), ("施策①", "施策1"), ("10²", "102"), ("件", "人"), ("サービス", "サビス")],
)
def test_other_text(first: str, second: str) -> None:
    assert not same_text(first, second)


def test_a_cut_gives_the_original_back() -> None:
    folded = Folded.of("ﾊﾞｽ\u3000１，２３４㎥（社）")
    assert folded.text == "バス 1,234㎥(社)"
    assert folded.cut(0, 2) == "ﾊﾞｽ"
    assert folded.cut(3, 8) == "１，２３４"
    assert folded.cut(8, len(folded.text)) == "㎥（社）"
    assert folded.cut(2, 3) == ""
    assert folded.cut(3, 3) == ""


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = Folded.of(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert sorted(folded.starts) == list(folded.starts)
    assert folded.cut(0, len(folded.text)) in text


@given(st.text())
def test_a_text_is_the_same_as_itself_in_any_width(text: str) -> None:
    assert same_text(text, f" {text}\u3000")
