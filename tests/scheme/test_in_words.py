"""A scheme in words: each decision as people say it, in both languages."""

from __future__ import annotations

import re

import pytest

from sosei.scheme.files import parse_scheme
from sosei.scheme.in_words import in_words
from sosei.values import Problem


def _said(text: str, about: str, *, english: bool = False) -> str:
    scheme = parse_scheme(f'name = "方式"\n{text}', "方式")
    return next(line.said[english] for line in in_words(scheme) if line.about[0] == about)


@pytest.mark.parametrize(
    ("text", "about", "said"),
    [
        ("", "計算", "実績値 ÷ 目標値。減らす指標も同じ式"),
        ('[quantity]\nkind = "progress"', "起点", "基準値"),
        ('[quantity]\nlower = "two_minus"', "計算", "実績値 ÷ 目標値。減らす指標は 2 − 実績値 ÷ 目標値"),
        ('[target]\nuse = "year"\nmissing = "final"', "目標値", "その年度の目標値。なければ最終の目標値"),
        (
            '[limits]\nfloor = 0\ncap = 100\nabove_text = "100%超"',
            "上限・下限",
            "0が下限。100が上限。上回れば「100%超」",
        ),
        ('[rounding]\nmode = "cut"\ndigits = 2', "端数", "小数第2位まで（切捨て）"),
        ("", "区分", "付けない"),
        (
            '[class]\nbands = [{ label = "A", from = 100 }, { label = "B", above = 50, to = 99.5 }, { label = "C" }]',
            "区分",
            "率で決める。「A」（100%以上）、「B」（50%超99.5%以下）、「C」（それ以外）",
        ),
        (
            '[class]\non = "steps"\nsteps = [{ label = "○", when = "improved" }, { label = "×" }]\n'
            'tolerance = { percent = 5 }\nnone = "－"',
            "区分",
            "段階で決める。5%までの動きは同じとみなす。「○」（基準値から改善した）、「×」（それ以外）。率がないときは「－」",
        ),
        ('[class]\non = "judged"\nbands = [{ label = "◎" }, { label = "○" }]', "区分", "人が判断する。◎・○"),
        ('[no_value.ended]\nsymbol = "終"\ncounts = true', "値がないとき", "終了: 「終」（分母に数える）"),
        ('[rollup]\nmean = "rates"\nover = "all"', "まとめ", "達成した割合。分母は全部。率の平均"),
        (
            '[[override]]\nrole = "数値目標"\nunit = ["人", "件"]\nrounding = { digits = 1 }',
            "例外",
            "役割「数値目標」。単位「人・件」 → 小数第1位まで（四捨五入）",
        ),
        ('from = "R6"', "使い始め", "R6から"),
        ('[period]\nfirst = "R2"\nlast = "R6"', "期間", "R2～R6"),
        ('[outside]\nkind = "confirms"', "外部の評価", "区分を確定する"),
    ],
)
def test_a_decision_is_told(text: str, about: str, said: str) -> None:
    assert _said(text, about) == said
    assert not re.search("[ぁ-ん]", _said(text, about, english=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = " + "[" * 9000, "TOML として読めません"),
        ("a = " + "9" * 6000, "TOML として読めません"),
        ("a = 0x" + "f" * 20_000, "TOML として読めません"),
        ('name = "a\\u0007b"', "1行目 name: 使えない文字（U+0007）"),
        ('name = "a"\n[class]\nbands = [{ label = "\\u009f" }]', "3行目 class.bands[1].label"),
    ],
)
def test_what_no_document_can_hold_is_refused_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(Problem) as raised:
        parse_scheme(text, "方式")
    assert told in raised.value.ja
