from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sosei.values import Kind, Problem, Quantity, Reason, parse_quantity


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("2,812千円", ("2812000", "円")),
        ("1,241億5,500万円", ("124155000000", "円")),
        ("65.5億円(※)", ("6550000000", "円")),
        ("1万8740", ("18740", "")),
        ("7.70%", ("7.70", "%")),
        ("△1,234千円", ("-1234000", "円")),
        ("9" * 28 + "兆円", ("9" * 28 + "0" * 12, "円")),
    ],
)
def test_base(text: str, base: tuple[str, str]) -> None:
    found = parse_quantity(text).base
    assert found is not None
    assert (str(found[0]), found[1]) == base


@pytest.mark.parametrize("text", ["設置", "―", "5校 175名"])
def test_no_base_without_a_number(text: str) -> None:
    assert parse_quantity(text).base is None


def test_no_base_with_a_scale_nobody_knows() -> None:
    assert Quantity(text="3ダース", number=Decimal(3), scale="ダース").base is None


@pytest.mark.parametrize(
    ("text", "decimals"),
    [
        ("7.70%", 2),
        ("15%", 0),
        ("４.50", 2),
        ("4．50", 2),
        ("1,241億5,500万円", None),
        ("10億円", 0),
        ("設置", None),
    ],
)
def test_decimals(text: str, decimals: int | None) -> None:
    assert parse_quantity(text).decimals == decimals


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity")])
def test_no_decimals_of_what_is_no_number(number: Decimal) -> None:
    assert Quantity(text="?", number=number).decimals is None


def test_printed_unit() -> None:
    assert parse_quantity("2,812千円").printed_unit == "千円"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "number is missing"),
        ({"number": Decimal(5), "reason": Reason.COUNTING}, "kind and reason"),
        ({"number": Decimal(5), "kind": Kind.TEXT}, "kind is text"),
        ({"kind": Kind.ABSENT}, "kind and reason"),
        ({"kind": Kind.COMPOSITE}, "kind and parts"),
        ({"number": Decimal(5), "main": 0}, "no part number 0"),
    ],
)
def test_a_reading_must_fit_together(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(Problem, match=words):
        Quantity(text="5", **fields)


def test_no_main_part_where_nobody_decided() -> None:
    assert parse_quantity("5校 175名").main_part is None
