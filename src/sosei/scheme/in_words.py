"""What a scheme does, in words: one line a decision, for people who do not read the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sosei.plan.indicator import Role
from sosei.scheme.band_words import band_words
from sosei.scheme.choices import (
    ActualUse,
    ClassOf,
    ClassOn,
    DigitsFrom,
    DirectionChoice,
    LowerRule,
    Mean,
    OutsideKind,
    Over,
    Parts,
    QuantityKind,
    Repeated,
    RoundingMode,
    ShareOf,
    StartFrom,
    TargetMissing,
    TargetUse,
)
from sosei.scheme.model import (
    ClassRule,
    Limits,
    NoValue,
    Override,
    QuantityRule,
    RollUpRule,
    Rounding,
    Scheme,
    TargetRule,
    Tolerance,
)
from sosei.scheme.printing import year_text
from sosei.scheme.reasons import ABSENCES, REASONS
from sosei.values.exact import plain

Pair = tuple[str, str]


class Line(NamedTuple):
    """A decision: what it is about and what was decided, each in Japanese and English."""

    about: Pair
    said: Pair


_KINDS: dict[QuantityKind, Pair] = {
    QuantityKind.RATIO: ("実績値 ÷ 目標値", "actual ÷ target"),
    QuantityKind.PROGRESS: (
        "（実績値 − 起点）÷（目標値 − 起点）",
        "(actual − start) ÷ (target − start)",
    ),
    QuantityKind.GAP: ("実績値 − 目標値（指標の単位のまま）", "actual − target, in the indicator's unit"),
    QuantityKind.DIRECTION: (
        "起点からよくなったか、同じか、悪くなったか（率は出さない）",
        "better, the same or worse than the start (no rate)",
    ),
    QuantityKind.REACHED: ("目標を達成したかどうか（率は出さない）", "reached or not (no rate)"),
    QuantityKind.JUDGED: ("人が判断する（計算はしない）", "judged by people (nothing is computed)"),
}
_LOWER: dict[LowerRule, Pair] = {
    LowerRule.AS_IS: ("減らす指標も同じ式", "the same where less is better"),
    LowerRule.TARGET_OVER_ACTUAL: (
        "減らす指標は 目標値 ÷ 実績値",
        "target ÷ actual where less is better",
    ),
    LowerRule.TWO_MINUS: (
        "減らす指標は 2 − 実績値 ÷ 目標値",
        "2 − actual ÷ target where less is better",
    ),
    LowerRule.EXCESS: (
        "減らす指標は目標値を超えた割合（○%超過）",
        "the excess over the target where less is better",
    ),
    LowerRule.RELATIVE_CUT: (
        "減らす指標は（基準値 − 実績値）÷ 基準値",
        "(baseline − actual) ÷ baseline where less is better",
    ),
}
_PARTS: dict[Parts, Pair] = {
    Parts.NONE: ("", ""),
    Parts.EACH: ("一つの欄の複数の値は、値ごとに率を示す", "each value of a cell has its own rate"),
    Parts.MIN: ("一つの欄の複数の値は、小さい方の率", "of several values in a cell the smallest rate"),
    Parts.MEAN: ("一つの欄の複数の値は、率の平均", "of several values in a cell the mean rate"),
}
_DIRECTIONS: dict[DirectionChoice, Pair] = {
    DirectionChoice.RAISE: ("すべて、多いほどよい", "more is better for all"),
    DirectionChoice.LOWER: ("すべて、少ないほどよい", "less is better for all"),
    DirectionChoice.AT_LEAST: ("すべて、下回らないこと", "none may fall below"),
    DirectionChoice.AT_MOST: ("すべて、超えないこと", "none may go beyond"),
    DirectionChoice.WITHIN: ("すべて、範囲に収めること", "all within a range"),
    DirectionChoice.RANK: ("すべて、順位", "all are ranks"),
    DirectionChoice.DO: ("すべて、行うこと", "all are things to do"),
}
_TARGETS: dict[TargetUse, Pair] = {
    TargetUse.FINAL: ("最終の目標値", "the final target"),
    TargetUse.YEAR: ("その年度の目標値", "the year's own target"),
    TargetUse.STRAIGHT_PATH: (
        "基準値から最終の目標値までの直線の上の、その年度の値",
        "the year's point on the straight path from the baseline to the final target",
    ),
    TargetUse.ELAPSED_SHARE: (
        "最終の目標値のうち、経過した期間の分",
        "the share of the final target that the elapsed years make",
    ),
    TargetUse.INTERIM: ("中間の目標値", "the interim target"),
    TargetUse.IN_FORCE: ("その当時の目標値", "the target in force at that time"),
}
_ACTUALS: dict[ActualUse, Pair] = {
    ActualUse.THIS_YEAR: ("その年度の実績値", "the year's actual"),
    ActualUse.RUNNING_TOTAL: ("その年度までの累計", "the running total up to the year"),
    ActualUse.LATEST: ("分かっている最も新しい値", "the latest known value"),
    ActualUse.PROVISIONAL: ("速報値も使う", "provisional values too"),
    ActualUse.FORECAST: ("最終年度の見込み", "what is expected for the final year"),
}
_STARTS: dict[StartFrom, Pair] = {
    StartFrom.BASELINE: ("基準値", "the baseline"),
    StartFrom.ZERO: ("0", "zero"),
    StartFrom.REPLACED: ("置き換えた基準値", "the replaced baseline"),
    StartFrom.PREVIOUS_YEAR: ("前の年度の実績値", "the actual of the year before"),
}
_MODES: dict[RoundingMode, Pair] = {
    RoundingMode.HALF_UP: ("四捨五入", "rounded half up"),
    RoundingMode.HALF_EVEN: ("偶数への丸め", "rounded half to even"),
    RoundingMode.CUT: ("切捨て", "cut off"),
}
_ON: dict[ClassOn, Pair] = {
    ClassOn.RATE: ("率で決める", "by the rate"),
    ClassOn.PACE: ("経過した期間に対する率で決める", "by the rate over the elapsed period"),
    ClassOn.STEPS: ("段階で決める", "by steps"),
    ClassOn.REACHED: ("達成したかどうかで決める", "by reached or not"),
    ClassOn.JUDGED: ("人が判断する", "judged by people"),
}
_MEANS: dict[Mean, Pair] = {
    Mean.RATES: ("率の平均", "the mean of the rates"),
    Mean.CAPPED_RATES: ("上限をかけた率の平均", "the mean of the capped rates"),
    Mean.POINTS: ("区分の点数の平均", "the mean of the classes' points"),
}
_REPEATED: dict[Repeated, Pair] = {
    Repeated.EACH: ("", ""),
    Repeated.ONCE: ("再掲は全体で一度だけ数える", "a repeated indicator counts once overall"),
    Repeated.LEFT_OUT: (
        "再掲は初めの場所でだけ数える",
        "a repeated indicator counts only where it is listed first",
    ),
}
_OUTSIDE: dict[OutsideKind, Pair] = {
    OutsideKind.OPINION: ("意見を付ける", "an opinion beside it"),
    OutsideKind.CONFIRMS: ("区分を確定する", "it confirms the class"),
    OutsideKind.OWN_SCALE: ("別の区分を付ける", "a scale of its own"),
    OutsideKind.EFFECT: ("有効だったかを判断する", "it judges the effect"),
}


def in_words(scheme: Scheme) -> tuple[Line, ...]:
    """Every decision of ``scheme`` that it takes, with what was decided; defaults where they matter."""
    return tuple(_lines(scheme))


def _lines(scheme: Scheme) -> Iterator[Line]:
    if scheme.first_year is not None:
        year = year_text(scheme.first_year)
        yield Line(("使い始め", "In force"), (f"{year}から", f"from {year}"))
    if scheme.period:
        first, last = year_text(scheme.period.first), year_text(scheme.period.last)
        yield Line(("期間", "Period"), (f"{first}～{last}", f"{first} to {last}"))
    yield from _rate(scheme)
    yield Line(("区分", "Class"), _class(scheme.grade, is_gap=scheme.quantity.kind is QuantityKind.GAP))
    yield from _around(scheme)


def _rate(scheme: Scheme) -> Iterator[Line]:
    """What is computed from what, and how it is printed."""
    yield Line(("計算", "Calculation"), _quantity(scheme.quantity))
    if scheme.quantity.kind is not QuantityKind.JUDGED:
        yield Line(("目標値", "Target"), _target(scheme.target))
        yield Line(("実績値", "Actual"), _ACTUALS[scheme.actual.use])
    is_from_start = scheme.quantity.kind in (QuantityKind.PROGRESS, QuantityKind.DIRECTION)
    if is_from_start or scheme.target.use is TargetUse.STRAIGHT_PATH:
        yield Line(("起点", "Start"), _STARTS[scheme.start.origin])
    if limits := _limits(scheme.limits):
        yield Line(("上限・下限", "Limits"), limits)
    if scheme.quantity.kind in (QuantityKind.RATIO, QuantityKind.PROGRESS, QuantityKind.GAP):
        yield Line(("端数", "Rounding"), _rounding(scheme.rounding))


def _around(scheme: Scheme) -> Iterator[Line]:
    """What is shown without a value, counted over many, judged outside, and otherwise for some rows."""
    if scheme.no_value:
        yield Line(("値がないとき", "Without a value"), _no_value(scheme.no_value))
    yield Line(("まとめ", "Roll-up"), _rollup(scheme.rollup))
    if scheme.outside.kind is not OutsideKind.OPINION:
        yield Line(("外部の評価", "Outside view"), _OUTSIDE[scheme.outside.kind])
    if scheme.effect.bands:
        yield Line(("交付金の効果", "Effect of grants"), band_words(scheme.effect.bands))
    for override in scheme.override:
        yield Line(("例外", "Exception"), _override(override))


def _quantity(rule: QuantityRule) -> Pair:
    parts = [_KINDS[rule.kind]]
    if rule.kind is QuantityKind.RATIO:
        parts.append(_LOWER[rule.lower])
    if rule.divide_by_elapsed:
        parts.append(("経過した期間の割合で割る", "over the share of the period that has passed"))
    if rule.direction is not DirectionChoice.INDICATOR:
        parts.append(_DIRECTIONS[rule.direction])
    return _joined([*parts, _PARTS[rule.parts]])


def _target(rule: TargetRule) -> Pair:
    missing = ("なければ最終の目標値", "the final target where there is none")
    return _joined([_TARGETS[rule.use], *([missing] if rule.missing is TargetMissing.FINAL else [])])


def _limits(rule: Limits) -> Pair | None:
    said: list[Pair] = []
    if rule.floor is not None:
        said.append((f"{plain(rule.floor)}が下限", f"no less than {plain(rule.floor)}"))
    if rule.below_text:
        said.append((f"下回れば「{rule.below_text}」", f'"{rule.below_text}" below'))
    if rule.cap is not None:
        said.append((f"{plain(rule.cap)}が上限", f"no more than {plain(rule.cap)}"))
    if rule.above_text:
        said.append((f"上回れば「{rule.above_text}」", f'"{rule.above_text}" above'))
    return _joined(said) if said else None


def _rounding(rule: Rounding) -> Pair:
    place = f"小数第{rule.digits}位まで" if rule.digits else "整数"
    decimals = f"decimals: {rule.digits}" if rule.digits else "a whole number"
    said = [(f"{place}（{_MODES[rule.mode][0]}）", f"{decimals}, {_MODES[rule.mode][1]}")]
    if rule.digits_from is DigitsFrom.PRINTED:
        said.append(("公表した率があれば、その桁に合わせる", "as many decimals as a published rate shows"))
    return _joined(said)


def _class(rule: ClassRule, *, is_gap: bool = False) -> Pair:
    bands = rule.steps if rule.on is ClassOn.STEPS else rule.bands
    if rule.on is ClassOn.JUDGED:
        labels = [band.label for band in bands]
        return _joined([_ON[rule.on], ("・".join(labels), ", ".join(labels))])
    if not bands:
        return "付けない", "none"
    said = [_ON[rule.on]]
    if rule.of is ClassOf.ROUNDED:
        said.append(("端数処理したあとの率で決める", "by the rounded rate"))
    if rule.tolerance:
        width = _width(rule.tolerance)
        said.append((f"{width}までの動きは同じとみなす", f"a move of {width} counts as the same"))
    said.append(band_words(bands, "%" if rule.unit_percent and not is_gap else ""))
    if rule.none:
        said.append((f"率がないときは「{rule.none}」", f'"{rule.none}" without a rate'))
    return _joined(said)


def _width(tolerance: Tolerance) -> str:
    if tolerance.percent is not None:
        return f"{plain(tolerance.percent)}%"
    return "" if tolerance.points is None else plain(tolerance.points)


def _no_value(given: NoValue) -> Pair:
    said: list[Pair] = []
    for name, rule in given.items():
        why = _why(name)
        counts = ("（分母に数える）", " (counted)") if rule.counts else ("", "")
        shown = rule.grade or rule.symbol
        said.append((f"{why[0]}: 「{shown}」{counts[0]}", f'{why[1]}: "{shown}"{counts[1]}'))
    return _joined(said)


def _why(name: str) -> Pair:
    for words in (REASONS, ABSENCES):
        for reason, said in words.items():
            if str(reason) == name:
                return said
    return name, name


def _rollup(rule: RollUpRule) -> Pair:
    if rule.share_of is ShareOf.CLASSES:
        good = "・".join(rule.good)
        said = [(f"「{good}」の割合", f'the share of "{good}"')]
    else:
        said = [("達成した割合", "the share that is reached")]
    over = {
        Over.KNOWN: ("分母は分かるものだけ", "of those that are known"),
        Over.ALL: ("分母は全部", "of all"),
    }
    said.append(over[rule.over])
    if rule.mean in _MEANS:
        said.append(_MEANS[rule.mean])
    return _joined([*said, _REPEATED[rule.repeated]])


def _override(override: Override) -> Pair:
    """Which rows an override chooses, and what is otherwise for them."""
    chosen = _joined(list(_chosen(override)))
    said: list[Pair] = []
    if override.quantity:
        said.append(_quantity(override.quantity))
    if override.target:
        said.append(_target(override.target))
    if override.actual:
        said.append(_ACTUALS[override.actual.use])
    if override.start:
        said.append(
            ("起点は" + _STARTS[override.start.origin][0], "from " + _STARTS[override.start.origin][1])
        )
    if override.limits and (limits := _limits(override.limits)):
        said.append(limits)
    if override.rounding:
        said.append(_rounding(override.rounding))
    if override.grade:
        said.append(_class(override.grade))
    if override.no_value:
        said.append(_no_value(override.no_value))
    if override.effect:
        said.append(band_words(override.effect.bands))
    what = _joined(said)
    return f"{chosen[0]} → {what[0]}", f"{chosen[1]} → {what[1]}"


def _chosen(override: Override) -> Iterator[Pair]:
    roles = tuple(next((r.label for r in Role if r == each), each) for each in override.role)
    years = tuple(map(year_text, override.year))
    for ja, en, words in (
        ("役割", "role", roles),
        ("階層", "level", override.level),
        ("場所", "place", override.place),
        ("指標", "indicator", override.indicator),
        ("名称", "name", override.name),
        ("番号", "id", override.id),
        ("単位", "unit", override.unit),
        ("向き", "direction", override.direction),
        ("数え方", "counting", override.counting),
        ("年度", "year", years),
    ):
        if words:
            yield f"{ja}「{'・'.join(words)}」", f'{en} "{", ".join(words)}"'


def _joined(said: Sequence[Pair]) -> Pair:
    told = [each for each in said if each[0]]
    return "。".join(each[0] for each in told), "; ".join(each[1] for each in told)
