"""What a typed text was read as, in words for the one who types it."""

from __future__ import annotations

from sosei.checks.finding import Words
from sosei.values import Kind, Quantity, Span, When, YearKind, YearLabel, era_text
from sosei.web.reading.words import absence_words

_KIND_WORDS = {
    YearKind.FISCAL: Words("年度", "fiscal year"),
    YearKind.CALENDAR: Words("暦年", "calendar year"),
    YearKind.UNSTATED: Words("年度か暦年かは記載なし", "fiscal or calendar not said"),
    YearKind.DATE: Words("時点", "a moment"),
}


def year_words(label: YearLabel) -> Words:
    """The year that a label names, or that none could be read."""
    if label.when is None:
        return Words(
            "年として読めないので、文字のまま残します", "no year could be read; the text is kept as it is"
        )
    kind = _KIND_WORDS[label.when.kind]
    return Words(f"{_when(label.when)}（{kind.ja}）", f"{_western(label.when)} ({kind.en})")


def span_words(span: Span) -> Words:
    """From when to when, and whether the value adds the years up."""
    total = Words("、累計", ", added up") if span.cumulative else Words("", "")
    return Words(
        f"{_when(span.first)}から{_when(span.last)}まで{total.ja}",
        f"{_western(span.first)} to {_western(span.last)}{total.en}",
    )


def _when(when: When) -> str:
    return f"{era_text(when)}・{_western(when)}"


def _western(when: When) -> str:
    parts = [str(when.year), *(f"{part:02}" for part in (when.month, when.day) if part)]
    return "-".join(parts)


def quantity_words(quantity: Quantity) -> Words:
    """What a printed value was read as, for the person who typed it."""
    match quantity.kind:
        case Kind.NUMBER:
            return _number_words(quantity)
        case Kind.ABSENT:
            why = absence_words(quantity)
            said = quantity.text.strip()  # a word that says why by itself: 集計中, 終了
            return Words(f"値なし（{why.ja or said}）", f"no value ({why.en or said})")
        case Kind.TEXT:
            return Words("言葉（達成率の計算には使いません）", "words (no rate is computed from them)")
        case Kind.DAMAGED:
            return Words(quantity.note, "damaged characters; check the source")
        case Kind.COMPOSITE | Kind.RANGE:
            ja = "、".join(_number_words(part).ja for part in quantity.parts)
            en = ", ".join(_number_words(part).en for part in quantity.parts)
            kind = (
                Words("範囲", "range") if quantity.kind is Kind.RANGE else Words("複数の値", "several values")
            )
            return Words(f"{kind.ja}（{ja}）", f"{kind.en} ({en})")


def _number_words(quantity: Quantity) -> Words:
    base = quantity.base
    if base is None:
        return Words(quantity.text, quantity.text)
    number, unit = base
    bounds = "・".join(each.value for each in quantity.qualifiers)
    per = f"、{quantity.per.text}" if quantity.per else ""
    label = f"{quantity.label} " if quantity.label else ""
    shown = f"{label}{number:,f}"
    ja = (
        f"数 {shown}、{f'単位 {unit}' if unit else '単位の表記なし'}"
        + (f"、{bounds}" if bounds else "")
        + per
    )
    en = (
        f"number {shown}, {f'unit {unit}' if unit else 'no unit printed'}"
        + (f", {bounds}" if bounds else "")
        + per.replace("、", ", ")
    )
    return Words(ja, en)
