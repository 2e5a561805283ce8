"""Why there is no rate (値がない理由), with the sentence a reader sees."""

from __future__ import annotations

from enum import StrEnum

from sosei.values import Reason


class NoRate(StrEnum):
    """Why there is no rate."""

    NO_TARGET = "no_target"
    NO_ACTUAL = "no_actual"
    NO_BASELINE = "no_baseline"
    NO_NUMBER = "no_number"
    NO_PERIOD = "no_period"
    PARTS_UNDECIDED = "parts_undecided"
    UNITS_DIFFER = "units_differ"
    TARGET_ZERO = "target_zero"
    ACTUAL_ZERO = "actual_zero"
    BASELINE_ZERO = "baseline_zero"
    NEGATIVE = "negative"
    BASELINE_IS_TARGET = "baseline_is_target"
    BASELINE_BEYOND = "baseline_beyond"
    RANK = "rank"
    RANGE = "range"
    WORD = "word"
    JUDGED = "judged"
    TOTAL_INCOMPLETE = "total_incomplete"
    SPANS_YEARS = "spans_years"
    SAME_MEASUREMENT = "same_measurement"
    EARLIER_EDITION = "earlier_edition"
    UNCONFIRMED = "unconfirmed"


REASONS: dict[NoRate, tuple[str, str]] = {
    NoRate.NO_TARGET: ("目標値がありません", "there is no target"),
    NoRate.NO_ACTUAL: ("実績値がありません", "there is no actual value"),
    NoRate.NO_BASELINE: ("基準値がありません", "there is no baseline"),
    NoRate.NO_NUMBER: ("数として読めない値です", "a value is no number"),
    NoRate.NO_PERIOD: (
        "計画期間が決まっていないか、期間の外の年度です",
        "there is no period, or the year lies outside it",
    ),
    NoRate.PARTS_UNDECIDED: (
        "複数の値のどれを使うか決まっていません",
        "no main part of a composite is decided",
    ),
    NoRate.UNITS_DIFFER: (
        "目標値・実績値・基準値の単位がそろっていません",
        "target, actual and baseline are not in one unit",
    ),
    NoRate.TARGET_ZERO: ("目標値が0のため割合を計算できません", "the target is 0, so there is no ratio"),
    NoRate.ACTUAL_ZERO: (
        "実績値が0のため目標値÷実績値を計算できません",
        "the actual is 0, so target over actual cannot be computed",
    ),
    NoRate.BASELINE_ZERO: ("基準値が0のため割合を計算できません", "the baseline is 0, so there is no ratio"),
    NoRate.NEGATIVE: (
        "負の数に対する割合には意味がありません",
        "a ratio to a negative number has no meaning",
    ),
    NoRate.BASELINE_IS_TARGET: (
        "基準値と目標値が同じなので進捗を計算できません",
        "baseline and target are the same, so there is no way to go",
    ),
    NoRate.BASELINE_BEYOND: (
        "基準値がすでに目標値を超えているので進捗を計算できません",
        "the baseline is already beyond the target, so progress has no meaning",
    ),
    NoRate.RANK: ("順位には割合がありません", "a rank has no rate"),
    NoRate.RANGE: ("目標値が範囲なので割合がありません", "the target is a range, which has no rate"),
    NoRate.WORD: ("この方式では割合ではなく言葉で示します", "this scheme gives a word, not a rate"),
    NoRate.JUDGED: ("この方式では人が判断します", "by this scheme people judge"),
    NoRate.TOTAL_INCOMPLETE: (
        "累計に必要な年度の実績値がありません",
        "a year that the running total needs has no value",
    ),
    NoRate.SPANS_YEARS: (
        "1年より長い期間の実績値があるので、年度の値を足して累計にできません",
        "a value covers more than one year, so the years cannot be added up",
    ),
    NoRate.SAME_MEASUREMENT: (
        "基準値と同じ測定の値です",
        "the value is of the same measurement as the baseline",
    ),
    NoRate.EARLIER_EDITION: (
        "この版の評価方式より前の年度です（公表した率は計算し直しません）",
        "the year is before this edition of the scheme (published rates are not computed again)",
    ),
    NoRate.UNCONFIRMED: ("読み取りが確認されていません", "a reading is not confirmed"),
}

ABSENCES: dict[Reason, tuple[str, str]] = {
    Reason.NO_BASELINE: ("基準値なし", "no baseline"),
    Reason.NO_TARGET: ("目標未設定", "no target set"),
    Reason.NOT_MEASURED: ("この年度は測定なし", "not measured this year"),
    Reason.NOT_DUE: ("まだ時期でない", "not due yet"),
    Reason.COUNTING: ("集計中", "being counted"),
    Reason.NOT_PUBLISHED: ("未公表", "not yet published"),
    Reason.STARTS_LATER: ("次年度以降に開始", "starts later"),
    Reason.ENDED: ("終了", "ended"),
    Reason.UNKNOWN: ("理由不明", "reason not given"),
}

NO_VALUE_NAMES: tuple[str, ...] = tuple(sorted({*map(str, NoRate), *map(str, Reason)}))
"""The names a scheme may give under ``no_value``: the kinds above and the finer reasons of a cell."""
