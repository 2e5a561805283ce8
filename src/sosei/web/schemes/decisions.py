"""The eleven decisions of a scheme and where its text takes them, for those who write one."""

from __future__ import annotations

from collections.abc import Sequence

from sosei.checks.finding import Words

DECISIONS: Sequence[tuple[Words, str, Words]] = (
    (Words("何を計算するか", "What is computed"), "[quantity] kind", Words("割合", "the ratio")),
    (
        Words("どちらがよいか、減らす指標の式", "Which way is better, the formula where less is"),
        "[quantity] direction, lower",
        Words("指標のとおり、同じ式", "as the indicator says, the same formula"),
    ),
    (Words("どの目標値と比べるか", "Which target"), "[target] use", Words("最終の目標値", "the final one")),
    (Words("どの実績値を使うか", "Which actual"), "[actual] use", Words("その年度", "the year's")),
    (Words("どこから数えるか", "Where it starts"), "[start] from", Words("基準値", "the baseline")),
    (Words("上限と下限", "Limits"), "[limits] floor, cap", Words("なし", "none")),
    (
        Words("端数", "Rounding"),
        "[rounding] mode, digits",
        Words("四捨五入、整数", "half up, a whole number"),
    ),
    (Words("区分", "Classes"), "[class] on, bands, steps", Words("付けない", "none")),
    (
        Words("値がないとき", "Without a value"),
        "[no_value.not_measured] symbol, counts",
        Words("「-」、分母に入れない", '"-", not counted'),
    ),
    (
        Words("まとめ方", "Roll-up"),
        "[rollup] share_of, over, mean",
        Words("達成した割合、分かるものだけ", "the share that is reached, of those known"),
    ),
    (Words("外部の評価", "Outside view"), "[outside] kind", Words("意見だけ", "an opinion")),
    (
        Words("一部の指標だけ別の決めごと", "Other decisions for some indicators"),
        "[[override]] role, name, unit ...",
        Words("なし", "none"),
    ),
)
