from __future__ import annotations

from decimal import Decimal

import pytest

from sosei.values import HouseStyle, format_number, format_quantity, parse_quantity

PLAIN = HouseStyle()
TRIANGLE = HouseStyle(minus="△", wide_single_digit=True)
BARE = HouseStyle(minus="▲", grouping=False, decimals=1)


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        ("1234567", PLAIN, "1,234,567"),
        ("-1234.50", PLAIN, "-1,234.50"),
        ("7.70", PLAIN, "7.70"),
        ("1E+3", PLAIN, "1,000"),
        ("1E-7", PLAIN, "0.0000001"),
        ("-0", PLAIN, "0"),
        ("5", TRIANGLE, "５"),
        ("-5", TRIANGLE, "△５"),
        ("15", TRIANGLE, "15"),
        ("1.5", TRIANGLE, "1.5"),
        ("-1234.25", BARE, "▲1234.3"),
        ("0.25", BARE, "0.3"),
        ("-0.04", BARE, "0.0"),
        ("5", HouseStyle(minus="−", decimals=0), "5"),
        ("-5.5", HouseStyle(minus="−", decimals=0), "−6"),
    ],
)
def test_format_number(number: str, style: HouseStyle, printed: str) -> None:
    assert format_number(Decimal(number), style) == printed


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_only_finite_numbers_are_printed(number: str) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        format_number(Decimal(number), PLAIN)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("５件", "５件"),
        ("3,032千円", "3,032千円"),
        ("-147人", "△147人"),
        ("１7０人", "170人"),
        ("のべ120人", "延べ120人"),
        ("およそ 30 件", "約30件"),
        ("80 %以上", "80%以上"),
        ("250人増加/4年", "250人増加/4年"),
        ("年3回", "年３回"),
        ("120件(累計)", "120件（累計）"),
        ("36件（4年間の累計）", "36件（4年間の累計）"),
        ("1,020人　（速報）", "1,020人（速報値）"),
        ("全国 1位", "全国 １位"),
        ("12件（H28）", "12件（H28）"),
        ("65.5億円(※)", "65.5億円(※)"),
        ("(12.3%)", "（12.3%）"),
    ],
)
def test_format_quantity(text: str, printed: str) -> None:
    assert format_quantity(parse_quantity(text), TRIANGLE) == printed


@pytest.mark.parametrize("text", ["設置", "―", "", "5校 175名", "19(65)", "100~120人", "68□"])
def test_what_is_no_single_number_is_printed_as_it_was(text: str) -> None:
    assert format_quantity(parse_quantity(text), BARE) == text
