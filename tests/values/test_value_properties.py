"""What holds for every value and every year, tried on many that nobody thought of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sosei.values import (
    Column,
    HouseStyle,
    Kind,
    Per,
    Qualifier,
    Quantity,
    When,
    YearKind,
    both_text,
    era_text,
    fold,
    format_number,
    format_quantity,
    parse_quantity,
    parse_span,
    parse_when,
    parse_year_label,
    western_text,
)

DIGITS = "0123456789０１２３４５６７８９"
PIECES = [
    *("人", "件", "%", "％", "回", "社", "名", "校", "位", "㎥", "㎡", "ha", "km", "円", "千", "万", "億", "ポイント", "台"),
    *("年", "年度", "月", "日", "か", "ヶ", "/", "／", "・", "、", "，", ",", ".", "．", "-", "－", "ー", "―", "△", "▲", "+"),
    *("(", ")", "（", "）", "【", "】", "~", "～", "から", "まで", "以上", "未満", "約", "延べ", "増", "減少", "程度", "累計"),
    *("うち", "夏版", "男", "女", "全国", "イベント", "サービス", "を", "した", "。", "第", "期", "令和", "平成", "R", "H", "元"),
    *("末", "時点", "基準値", "目標値", "実績", "計算", "速報値", "見込み", "※", "*", "注1", "□", "〓", "?", "�", "①", "²", "½"),
    *("…", "X", "N", "不明", "集計中", "未公表", "終了", " ", "\u3000", "\n", "\u200b", "ﾊﾞ", "ﾟ", "：", "±", "℃", "㍻", "٣"),
]  # fmt: skip

UNITS = [
    "",
    "人",
    "件",
    "%",
    "％",
    "円",
    "千円",
    "億円",
    "百万円",
    "㎥",
    "人（社）",
    "人／ha",
    "円/人",
    "か所",
    "ポイント",
    "t-CO2",
]

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3
).flatmap(
    lambda number: st.integers(0, 3).map(
        lambda places: round(number, places) if places else Decimal(int(number))
    )
)
styles = st.builds(
    HouseStyle,
    minus=st.sampled_from(["-", "△", "▲", "−"]),
    grouping=st.booleans(),
    wide_single_digit=st.booleans(),
)
realistic = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(DIGITS, min_size=1, max_size=5)), max_size=9
).map("".join)
quantities = st.builds(
    Quantity,
    text=st.just(""),
    number=numbers,
    scale=st.sampled_from(["", "千", "億", "百万"]),
    unit=st.sampled_from([unit for unit in UNITS if unit and unit[0] not in "千億百"]),
    qualifiers=st.lists(
        st.sampled_from([each for each in Qualifier if each is not Qualifier.BRACKET]),
        unique=True,
        max_size=2,
    ).map(tuple),
    per=st.sampled_from([None, Per(text="／年"), Per(text="/4か年", count=4), Per(text="年間")]),
    label=st.sampled_from(["", "夏版", "全国"]),
    bracketed=st.booleans(),
)
moments = st.one_of(
    st.builds(
        When,
        year=st.integers(1873, 2100),
        kind=st.sampled_from([YearKind.FISCAL, YearKind.CALENDAR, YearKind.UNSTATED]),
        end=st.booleans(),
    ),
    st.dates(min_value=date(1873, 1, 1)).map(
        lambda day: When(year=min(day.year, 2100), kind=YearKind.DATE, month=day.month, day=min(day.day, 28))
    ),
)


def holds(quantity: Quantity, text: str) -> bool:
    """What every reading keeps: the text, plain finite numbers, a reason where there is no value."""
    number = quantity.number
    return (
        str(quantity) == text
        and (number is None or (number.is_finite() and number.as_tuple().exponent in range(-28, 1)))
        and (number is not None or quantity.kind is not Kind.NUMBER)
        and (quantity.reason is not None) == quantity.is_absent
        and bool(quantity.parts) == (quantity.kind in {Kind.COMPOSITE, Kind.RANGE})
        and all(words in text for each in (quantity, *quantity.parts) for words in words_of(each))
        and all(part.number is not None and part.kind is Kind.NUMBER for part in quantity.parts)
    )


def words_of(quantity: Quantity) -> tuple[str, ...]:
    """The words of a reading that must stand in the print."""
    per = quantity.per.text if quantity.per else ""
    return quantity.unit, quantity.label, quantity.year, per


@given(st.one_of(st.text(), realistic), st.sampled_from([None, *Column]))
def test_any_string_is_read_and_none_is_changed(text: str, column: Column | None) -> None:
    assert holds(parse_quantity(text, column=column), text)


@given(st.one_of(st.text(), realistic))
def test_any_string_is_a_year_label(text: str) -> None:
    assert str(parse_year_label(text)) == text
    span = parse_span(text)
    assert span is None or span.text == text


@given(
    st.integers(0, 10**15),
    st.integers(0, 4),
    st.sampled_from(["", "-", "△", "▲", "－", "−"]),
    st.booleans(),
    st.randoms(use_true_random=False),
    st.sampled_from(UNITS),
)
def test_printed_digits_are_read_back(
    whole: int, places: int, sign: str, grouping: bool, chance: random.Random, unit: str
) -> None:
    fraction = "".join(chance.choice("0123456789") for _ in range(places))
    digits = f"{whole:,}" if grouping else str(whole)
    plain = f"{whole}.{fraction}" if fraction else str(whole)
    printed = f"{digits}.{fraction}" if fraction else digits
    mixed = "".join(chance.choice([character, wide(character)]) for character in printed)
    quantity = parse_quantity(f"{sign}{mixed}{unit}")
    expected = Decimal(plain)
    assert quantity.kind is Kind.NUMBER
    assert quantity.number == (-expected if sign else expected)
    assert format(abs(quantity.number), "f") == plain
    assert quantity.printed_unit == unit
    assert quantity.decimals == places


def wide(character: str) -> str:
    return chr(ord(character) + 0xFEE0)


@given(numbers, styles)
def test_a_printed_number_is_read_back(number: Decimal, style: HouseStyle) -> None:
    printed = format_number(number, style)
    quantity = parse_quantity(printed)
    assert quantity.kind is Kind.NUMBER
    assert quantity.number is not None
    assert quantity.number == number
    assert quantity.number.as_tuple().exponent == number.as_tuple().exponent


@given(quantities, styles)
def test_a_printed_quantity_is_read_back(quantity: Quantity, style: HouseStyle) -> None:
    assume(not (quantity.per and "/" in fold(quantity.unit)))
    read = parse_quantity(format_quantity(quantity, style))
    assert replace(read, text="", qualifiers=()) == replace(quantity, qualifiers=())
    assert set(read.qualifiers) == set(quantity.qualifiers)


@given(moments)
def test_a_printed_moment_is_read_back(when: When) -> None:
    for printed in (era_text(when), era_text(when, wide=True), western_text(when), both_text(when)):
        assert parse_when(printed) == when
        assert parse_year_label(f"基準値（{printed}）").when == when


def realistic_texts(count: int, seed: int) -> Iterator[str]:
    """Strings of digits, units, brackets, kana and marks; the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(
            "".join(chance.choices(DIGITS, k=chance.randint(1, 4)))
            if chance.random() < 0.45
            else chance.choice(PIECES)
            for _ in range(chance.randint(1, 8))
        )


def test_realistic_strings() -> None:
    kinds = set()
    for text in realistic_texts(20_000, seed=6):
        quantity = parse_quantity(text)
        assert holds(quantity, text), text
        assert str(parse_year_label(text)) == text
        kinds.add(quantity.kind)
    assert kinds == set(Kind)


@pytest.mark.slow
def test_a_million_strings() -> None:
    for text in realistic_texts(1_000_000, seed=10):
        assert str(parse_quantity(text)) == text
        assert str(parse_year_label(text)) == text


def test_a_digit_keeps_a_cell_from_being_called_absent() -> None:
    """But for the digits of a note mark, as in -※1."""
    for text in realistic_texts(20_000, seed=17):
        if any(character in DIGITS for character in text):
            quantity = parse_quantity(text)
            assert not quantity.is_absent or quantity.mark, text
