"""Words and signs that stand where a number should: why there is no value."""

from __future__ import annotations

import re
from enum import StrEnum

from sosei.values.folding import LONG_DASHES, compact
from sosei.values.quantity import Reason


class Column(StrEnum):
    """The column a cell stands in; it decides what a dash or a blank means there."""

    BASELINE = "baseline"  # 基準値
    TARGET = "target"  # 目標値
    ACTUAL = "actual"  # 実績値
    RATE = "rate"  # 達成率


_WORDS: dict[Reason, str] = {
    Reason.COUNTING: "集計中 調査中 集計待ち 算定中 算出中",
    Reason.NOT_PUBLISHED: "未集計 未公表 公表前 未確定 未発表 公表待ち 確定前",
    Reason.UNKNOWN: "... .. ・・・ 不明 X x N N/A n/a",
    Reason.STARTS_LATER: (
        "次年度以降 次年度以降の取組 次年度以降の取り組み 次年度以降実施 次年度以降に実施 "
        "来年度以降 翌年度以降 未実施予定"
    ),
    Reason.ENDED: "終了 廃止 中止 休止 事業終了 事業廃止 事業中止 事業休止",
    Reason.NOT_MEASURED: "調査なし 調査無し 未調査 調査未実施 測定不能 測定不可",
    Reason.NO_TARGET: "未設定 設定なし 設定無し 目標なし 目標値なし 目標未設定 目標値未設定",
}
_REASONS: dict[str, Reason] = {
    compact(word): reason for reason, words in _WORDS.items() for word in words.split()
}
_LONGEST = max(map(len, _REASONS))
_MASKED = re.compile(r"[*.]{2,}|・{2,}")


def dash_or_blank(original: str, key: str, column: Column | None) -> Reason | None:
    """The reason a blank or a lone dash gives in ``column``; None where ``key`` is something else.

    ``key`` is the folded text without white space, ``original`` the text it comes from.
    """
    if key.strip("-"):
        return None
    match column:
        case Column.BASELINE:
            return Reason.NO_BASELINE
        case Column.TARGET:
            return Reason.NO_TARGET
        case _ if not key:
            return Reason.NOT_DUE
        # The 人吉市 report prints ― where there was no baseline and - where nothing was measured.
        case None if any(character in LONG_DASHES for character in original):
            return Reason.NO_BASELINE
        case _:
            return Reason.NOT_MEASURED


def absence_word(key: str) -> Reason | None:
    """The reason a word gives (集計中, 廃止, ***); None for any other word.

    実績なし is not among them: it may well be a true zero.
    """
    if len(key) <= _LONGEST and (reason := _REASONS.get(key)):
        return reason
    return Reason.UNKNOWN if _MASKED.fullmatch(key) else None
