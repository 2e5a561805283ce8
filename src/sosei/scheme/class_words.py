"""Why a result has its class, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sosei.scheme.band_words import STEPS, limit_words
from sosei.scheme.choices import ClassOf, ClassOn, QuantityKind, When
from sosei.scheme.classes import class_value, given_class, has_no_class_yet, lacks_baseline, needs_no_rate
from sosei.scheme.judge import WITH_START, tolerated
from sosei.scheme.model import Band
from sosei.scheme.printing import number_text, percent_text
from sosei.scheme.quantity import Pair
from sosei.scheme.reasons import NoRate
from sosei.scheme.target import origin

if TYPE_CHECKING:
    from sosei.scheme.result import Result

Sentence = tuple[str, str]


def class_sentence(result: Result) -> Iterator[Sentence]:
    """The class and why; the judged one beside the computed one where a person decided."""
    if result.computed_grade is not None:
        yield _computed(result, result.computed_grade)
    elif lacks_baseline(result):
        yield (
            "比べられる基準値がなく、区分を決められません。",
            "Without a baseline to compare with no class can be told.",
        )
    if judgement := result.judgement:
        by = f"（{judgement.by}）" if judgement.by else ""
        yield (
            f"人の判断{by}により区分を「{judgement.grade}」とします。理由: {judgement.reason}。",
            f'By judgement {by}the class is "{judgement.grade}". Reason: {judgement.reason}.',
        )


def _computed(result: Result, label: str) -> Sentence:
    rules = result.rules
    if result.no_rate is NoRate.EARLIER_EDITION or rules.on is ClassOn.JUDGED:
        return f"区分は公表のとおり「{label}」です。", f'The class is "{label}" as published.'
    if lacks_baseline(result):
        return (
            f"比べられる基準値がなく、段階を決められないので、区分は「{label}」です。",
            f'Without a baseline to compare with no step can be told, so the class is "{label}".',
        )
    by_rule = isinstance(result.outcome, NoRate) and (
        given_class(result) or not needs_no_rate(result, result.outcome)
    )
    if by_rule:
        return f"率がないので区分は「{label}」です。", f'Without a rate the class is "{label}".'
    if has_no_class_yet(rules, result.year):
        return f"初めの年度なので区分は「{label}」です。", f'In the first years the class is "{label}".'
    band = result.band
    if band is None or isinstance(band, NoRate):
        return f"区分は「{label}」です。", f'The class is "{label}".'
    why = _why(result, band.band)
    return f"{why[0]}ので、区分は「{label}」です。", f'The class is "{label}", since {why[1]}.'


def _why(result: Result, band: Band) -> Sentence:
    value = class_value(result)
    said: list[Sentence] = []
    if isinstance(value, tuple) and (limits := _limits(result, band))[0]:
        number = _rate_text(result, value)
        said.append((f"{number[0]}は{limits[0]}な", f"{number[1]} is {limits[1]}"))
    said.extend(_step(result, when) for when in band.when)
    if not said:
        said.append(STEPS[When.REST] if not isinstance(value, tuple) else _rest(result, value))
    return "、".join(each[0] for each in said), " and ".join(each[1] for each in said)


def _rest(result: Result, value: Pair) -> Sentence:
    ja, en = _rate_text(result, value)
    return f"{ja}は上の区分に届かない", f"{en} does not reach a higher class"


def _rate_text(result: Result, value: Pair) -> Sentence:
    is_gap = result.rules.kind is QuantityKind.GAP
    text = number_text(value) if is_gap else percent_text(value, result.digits)
    grade = result.rules.scheme.grade
    if grade.on is ClassOn.PACE and not result.rules.scheme.quantity.divide_by_elapsed:
        elapsed = result.rules.elapsed(result.year)
        assert elapsed is not None and isinstance(result.outcome, tuple)  # noqa: S101, PT018
        is_rounded = grade.of is ClassOf.ROUNDED
        rate = result.rounded(result.outcome) if is_rounded else result.outcome
        terms = f"{percent_text(rate, result.digits)} ÷ ({elapsed[0]}/{elapsed[1]}) = {text}"
        ja, en = ("端数処理した率の、", " of the rounded rate") if is_rounded else ("", "")
        return f"{ja}経過した期間に対する {terms} ", f"the pace{en} {terms}"
    if grade.of is ClassOf.ROUNDED:
        return f"端数処理した{text}", f"the rounded {text}"
    return text, text


def _limits(result: Result, band: Band) -> Sentence:
    unit = "%" if result.rules.scheme.grade.unit_percent and result.rules.kind is not QuantityKind.GAP else ""
    return limit_words(band, unit)


def _step(result: Result, when: When) -> Sentence:
    """A step with the baseline and the tolerance it looked at."""
    ja, en = STEPS[when]
    if when not in WITH_START:
        return ja, en
    start = origin(result.case, result.rules, result.year, result.actual)
    if isinstance(start.value, NoRate):
        return ja, en
    base = number_text(start.value)
    tolerance = result.rules.scheme.grade.tolerance
    if tolerance is None or when is When.ABOVE_BASELINE:
        return f"{ja}（基準 {base}）", f"{en} (baseline {base})"
    width = number_text(tolerated(tolerance, start.value, result.standing.unit))
    edge = ("以内", "at most") if tolerance.inclusive else ("未満", "less than")
    return (
        f"{ja}（基準 {base}、許容 {width}{edge[0]}）",
        f"{en} (baseline {base}, tolerance {edge[1]} {width})",
    )
