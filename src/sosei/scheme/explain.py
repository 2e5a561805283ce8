"""The worked calculation (計算の根拠), in Japanese and English, with every number that was used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sosei.scheme.choices import ActualUse, LowerRule, Parts, QuantityKind, RoundingMode, TargetUse
from sosei.scheme.class_words import class_sentence
from sosei.scheme.direction import direction_in, is_lower
from sosei.scheme.judge import compared_with
from sosei.scheme.parts import parts_of
from sosei.scheme.printing import in_formula, number_text, percent_text, year_text
from sosei.scheme.quantity import Pair, compare, printed_unit
from sosei.scheme.reasons import NoRate
from sosei.scheme.target import origin, pick_start
from sosei.values import Kind, Qualifier

if TYPE_CHECKING:
    from sosei.scheme.result import Result

Sentence = tuple[str, str]

_MODES: dict[RoundingMode, Sentence] = {
    RoundingMode.HALF_UP: ("四捨五入して", "rounded half up"),
    RoundingMode.HALF_EVEN: ("偶数への丸めで端数処理して", "rounded half to even"),
    RoundingMode.CUT: ("切り捨てて", "cut off"),
}
_TARGETS: dict[TargetUse, Sentence] = {
    TargetUse.FINAL: ("最終の目標値", "the final target"),
    TargetUse.YEAR: ("この年度の目標値", "the target of the year"),
    TargetUse.INTERIM: ("中間の目標値", "the interim target"),
    TargetUse.IN_FORCE: ("当時の目標値", "the target in force at that time"),
    TargetUse.STRAIGHT_PATH: ("最終の目標値", "the final target"),
    TargetUse.ELAPSED_SHARE: ("最終の目標値", "the final target"),
}
_NOT_FIRM: dict[Qualifier, Sentence] = {
    Qualifier.PROVISIONAL: ("速報値", "a provisional value"),
    Qualifier.EXPECTED: ("見込みの値", "an expected value"),
    Qualifier.ESTIMATED: ("推計値", "an estimate"),
}


def explain(result: Result, language: str) -> str:
    """What was divided by what, how it was rounded, which class follows; or why there is no rate."""
    english = language == "en"
    sentences = (sentence[english] for sentence in _sentences(result))
    return (" " if english else "").join(sentence for sentence in sentences if sentence)


def _sentences(result: Result) -> Iterator[Sentence]:
    yield _target(result)
    yield _actual(result)
    yield from _start(result)
    if isinstance(result.outcome, NoRate):
        yield from _no_rate(result)
    else:
        yield _formula(result, result.outcome)
        yield from _limits(result, result.outcome)
    yield from _words(result)
    yield from _reached(result)
    yield from class_sentence(result)
    if effect := result.effect:
        yield f"交付金の効果の案は「{effect}」です。", f'The proposed effect is "{effect}".'
    yield from _published(result)


def _target(result: Result) -> Sentence:
    picked = result.target
    if picked.quantity is None:
        return "目標値はありません。", "There is no target."
    ja, en = _TARGETS[result.rules.target]
    if picked.quantity is result.case.target and result.rules.target in (
        TargetUse.YEAR,
        TargetUse.INTERIM,
        TargetUse.IN_FORCE,
    ):
        ja, en = _TARGETS[TargetUse.FINAL]
    elif picked.year is not None and not picked.how:
        ja, en = f"{ja}（{year_text(picked.year)}）", f"{en} ({year_text(picked.year)})"
    said = f"{ja}は{picked.quantity}です。", f"{en[0].upper()}{en[1:]} is {picked.quantity}."
    if not picked.how or isinstance(picked.value, NoRate):
        return said
    due = _due(result, picked.value)
    return said[0] + due[0], f"{said[1]} {due[1]}"


def _due(result: Result, value: Pair) -> Sentence:
    """The point of a path that is due at the end of the year."""
    elapsed = result.rules.elapsed(result.year)
    assert elapsed is not None  # noqa: S101  (a path was computed)
    done, years = elapsed
    final = str(result.case.target)
    if result.target.how == "share":
        terms = f"{final} × {done}/{years}"
    else:
        start = result.start.value
        begin = in_formula(start) if isinstance(start, tuple) else ""
        terms = f"{begin} + ({final} − {begin}) × {done}/{years}"
    digits = result.rules.scheme.target.digits
    cut = (
        ("", "") if digits is None else (f"（小数{digits}桁に四捨五入）", f" (rounded to {digits} decimals)")
    )
    year = year_text(result.year)
    return (
        f"期間{years}年のうち{done}年が過ぎた{year}に見込まれる値は {terms} = {number_text(value)} です{cut[0]}。",
        f"Due in {year}, after {done} of {years} years: {terms} = {number_text(value)}{cut[1]}.",
    )


def _actual(result: Result) -> Sentence:
    picked = result.actual
    year = year_text(picked.year)
    if picked.quantity is None:
        return f"{year}の実績値はありません。", f"There is no actual for {year}."
    if picked.how == "sum" and isinstance(picked.value, tuple):
        return _sum(result, picked.value)
    said = next((word for q, word in _NOT_FIRM.items() if q in picked.quantity.qualifiers), ("", ""))
    extra = [said] if said[0] else []
    if picked.older:
        extra.append((f"{year_text(result.year)}より古い値", f"older than {year_text(result.year)}"))
    if result.rules.actual is ActualUse.FORECAST and picked.year != result.year:
        extra.append(("最終年度の見込み", "expected for the final year"))
    ja = f"（{'、'.join(word[0] for word in extra)}）" if extra else ""
    en = f" ({', '.join(word[1] for word in extra)})" if extra else ""
    at = (f"{year}の", f" of {year}") if year else ("", "")
    return f"{at[0]}実績値は{picked.quantity}です{ja}。", f"The actual{at[1]} is {picked.quantity}{en}."


def _sum(result: Result, total: Pair) -> Sentence:
    period = result.rules.period
    first = min(period[0] if period else min(result.case.actuals), result.year)
    values = [str(result.case.actuals[year]) for year in range(first, result.year + 1)]
    terms = f"{' + '.join(values)} = {number_text(total)}"
    span = year_text(first), year_text(result.year)
    return (
        f"{span[0]}から{span[1]}までの累計の実績値は {terms} です。",
        f"The running total from {span[0]} to {span[1]} is {terms}.",
    )


def _start(result: Result) -> Iterator[Sentence]:
    rules = result.rules
    by_baseline = rules.kind in (QuantityKind.PROGRESS, QuantityKind.DIRECTION) or (
        rules.kind is QuantityKind.RATIO and rules.lower is LowerRule.RELATIVE_CUT and _is_lower(result)
    )
    is_path = result.target.how == "path"
    if not by_baseline and not is_path:
        return
    picked = pick_start(result.case, rules, result.year, result.actual)
    if rules.kind is QuantityKind.DIRECTION:
        picked = origin(result.case, rules, result.year, result.actual)
    if picked.how == "zero":
        yield "0から始めて数えます。", "It is counted from 0."
    elif picked.quantity is not None:
        year = f"（{year_text(picked.year)}）" if picked.year is not None else ""
        yield f"基準値{year}は{picked.quantity}です。", f"The baseline{year} is {picked.quantity}."


def _is_lower(result: Result) -> bool:
    return is_lower(direction_in(result.case, result.rules.scheme.quantity.direction))


def _no_rate(result: Result) -> Iterator[Sentence]:
    """Why there is no rate; parts of a cell each with their own ratio."""
    parts = parts_of(result.case, result.target.quantity, result.actual.quantity)
    if parts and result.rules.scheme.quantity.parts is Parts.EACH:
        terms = "、".join(f"{in_formula(p.actual)} ÷ {in_formula(p.target)}" for p in parts)
        yield (
            f"値ごとの割合は {terms} で、{result.text} です。",
            f"Part by part: {terms}, which gives {result.text}.",
        )
        return
    if result.no_rate is NoRate.WORD:
        return
    yield (
        f"{result.reason('ja')}。そのため率はありません。",
        f"There is no rate: {result.reason('en')}.",
    )


def _formula(result: Result, outcome: Pair) -> Sentence:
    """The formula with its numbers."""
    if isinstance(result.target.value, NoRate) or isinstance(result.actual.value, NoRate):
        return _combined(result, outcome)
    terms = _terms(result, result.target.value, result.actual.value)
    if result.rules.kind is QuantityKind.GAP:
        unit, one = printed_unit(result.target.quantity, result.case.unit)
        if one != 1:
            terms = f"({terms}) ÷ {one:,}"
        return (
            f"目標値との差: {terms} = {number_text(outcome)}{unit}。",
            f"Gap to the target: {terms} = {number_text(outcome)}{unit}.",
        )
    pace: Sentence = ("", "")
    elapsed = result.rules.elapsed(result.year)
    if result.rules.scheme.quantity.divide_by_elapsed and elapsed:
        done, years = elapsed
        terms = f"{terms} ÷ ({done}/{years})"
        pace = f"（期間{years}年のうち{done}年の経過で割ります）", f" (over {done} of {years} years)"
    exact = percent_text(outcome, result.digits)
    return f"計算: {terms} × 100 = {exact}{pace[0]}。", f"Calculation: {terms} × 100 = {exact}{pace[1]}."


def _terms(result: Result, target: Pair, actual: Pair) -> str:
    wanted, got = in_formula(target), in_formula(actual)
    if result.rules.kind is QuantityKind.GAP:
        return f"{got} − {wanted}"
    if result.rules.kind is QuantityKind.PROGRESS:
        assert isinstance(result.start.value, tuple)  # noqa: S101  (there is a rate)
        begin = in_formula(result.start.value)
        return f"({got} − {begin}) ÷ ({wanted} − {begin})"
    rule = result.rules.lower if _is_lower(result) else LowerRule.AS_IS
    if rule is LowerRule.RELATIVE_CUT:
        start = pick_start(result.case, result.rules, result.year, result.actual).value
        begin = in_formula(start) if isinstance(start, tuple) else ""
        return f"({begin} − {got}) ÷ {begin}"
    return {
        LowerRule.AS_IS: f"{got} ÷ {wanted}",
        LowerRule.TARGET_OVER_ACTUAL: f"{wanted} ÷ {got}",
        LowerRule.TWO_MINUS: f"(2 − {got} ÷ {wanted})",
        LowerRule.EXCESS: f"({got} ÷ {wanted} − 1)",
    }[rule]


def _combined(result: Result, outcome: Pair) -> Sentence:
    """Several numbers in one cell made one rate."""
    parts = parts_of(result.case, result.target.quantity, result.actual.quantity)
    rates = "、".join(f"{in_formula(p.actual)} ÷ {in_formula(p.target)}" for p in parts)
    how = {Parts.MIN: ("小さい方", "the smallest"), Parts.MEAN: ("平均", "the mean")}
    ja, en = how.get(result.rules.scheme.quantity.parts, ("", ""))
    exact = percent_text(outcome, result.digits)
    return f"計算: {rates} の{ja} = {exact}。", f"Calculation: {en} of {rates} = {exact}."


def _rounding(result: Result, outcome: Pair) -> Sentence:
    factor: int = 10**result.digits * (1 if result.rules.kind is QuantityKind.GAP else 100)
    number = result.number_text
    if outcome[0] * factor % outcome[1] == 0:
        return f"端数はなく、{number}です。", f"Nothing is left to round: {number}."
    digits = result.digits
    ja, en = _MODES[result.rules.mode]
    place = "小数点以下" if digits == 0 else f"小数第{digits + 1}位以下"
    if result.rules.mode is RoundingMode.HALF_UP:
        place = f"小数第{digits + 1}位"
    return (
        f"{place}を{ja}{number}です。",
        f"With {digits} decimals, {en}: {number}.",
    )


def _limits(result: Result, outcome: Pair) -> Iterator[Sentence]:
    """The digits, or the limit that stands for them, and the text that stands for the number."""
    limits = result.rules.scheme.limits
    factor = 1 if result.rules.kind is QuantityKind.GAP else 100
    shown = outcome[0] * factor, outcome[1]
    if limits.floor is not None and compare(shown, limits.floor.as_integer_ratio()) < 0:
        yield f"下限により{result.number_text}とします。", f"By the floor it is {result.number_text}."
    elif limits.cap is not None and compare(shown, limits.cap.as_integer_ratio()) > 0:
        yield f"上限により{result.number_text}とします。", f"By the cap it is {result.number_text}."
    else:
        yield _rounding(result, outcome)
    if result.text != result.number_text:
        yield f"「{result.text}」と示します。", f'It is shown as "{result.text}".'


def _words(result: Result) -> Iterator[Sentence]:
    """What a target in words was compared with."""
    target = result.target.quantity
    if target is None or target.kind is not Kind.TEXT or isinstance(result.actual.value, NoRate):
        return
    against = compared_with(result.case, result.rules, result.year, target, result.actual)
    if against.quantity is None or isinstance(against.value, NoRate):
        return
    year = year_text(against.year)
    at = f"（{year}）" if year else ""
    yield f"比べる値{at}は{against.quantity}です。", f"It is compared with {against.quantity}{at}."


def _reached(result: Result) -> Iterator[Sentence]:
    if result.reached is None:
        return
    if result.partly:
        yield "目標は一部達成です。", "The target is partly reached."
    elif result.reached:
        yield "目標は達成しています。", "The target is reached."
    else:
        yield "目標は達成していません。", "The target is not reached."


def _published(result: Result) -> Iterator[Sentence]:
    if result.printed is None or result.agrees is None:
        return
    if result.agrees:
        yield f"公表された{result.printed}と一致します。", f"It agrees with the published {result.printed}."
    else:
        yield (
            f"公表されたのは{result.printed}で、計算の{result.text}と違います。",
            f"The published {result.printed} differs from the computed {result.text}.",
        )
