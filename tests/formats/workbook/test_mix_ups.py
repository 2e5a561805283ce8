"""A row whose visible name disagrees with its hidden key is refused; a renaming is not."""

from __future__ import annotations

import pytest

from sosei.formats.workbook.views import ORIGIN
from sosei.plan.difference import difference
from tests.formats.workbook.books import Excel, example, example_workbook

KPI = "指標・KPI"
ASO = example("aso")


def test_keys_that_were_sorted_apart_from_their_rows(aso: Excel) -> None:
    sheet = aso.sheet(KPI)
    keys = [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)]
    for row, key in enumerate([*keys[1:], keys[0]], start=2):
        sheet.cell(row, 1).value = key
    incoming = aso.read(ASO)
    assert len(incoming.errors) == len(keys)
    assert incoming.plan is not None
    assert difference(ASO, incoming.plan) == ()
    first = incoming.errors[0].sentence("ja")
    assert "阿蘇市の市町村内総生産" in first
    assert "行ごと元に戻して" in first


def test_keys_and_names_as_written_that_were_sorted_apart_together(aso: Excel) -> None:
    """The hidden columns agree with each other; the visible names tell."""
    sheet = aso.sheet("体系")
    last = aso.column("体系", ORIGIN)
    hidden = [(sheet.cell(row, 1).value, sheet.cell(row, last).value) for row in range(2, sheet.max_row + 1)]
    for row, (key, origin) in enumerate([*hidden[1:], hidden[0]], start=2):
        sheet.cell(row, 1).value = key
        sheet.cell(row, last).value = origin
    incoming = aso.read(ASO)
    assert len(incoming.errors) == len(hidden)
    assert incoming.plan is not None
    assert difference(ASO, incoming.plan) == ()


def test_a_row_pasted_over_another_leaves_the_other_alone(aso: Excel) -> None:
    sheet = aso.sheet(KPI)
    over, source = (aso.row(KPI, "指標名", name) for name in ("認定農業者数", "新規就農者数(延べ数)"))
    for column in range(2, sheet.max_column):
        sheet.cell(over, column).value = sheet.cell(source, column).value
    incoming = aso.read(ASO)
    (error,) = incoming.errors
    assert error.address == sheet.cell(over, aso.column(KPI, "指標名")).coordinate
    assert "認定農業者数" in error.ja
    assert "新規就農者数" in error.ja
    assert incoming.plan is not None
    assert difference(ASO, incoming.plan) == ()


def test_rows_of_one_name_at_two_places_pasted_over_each_other() -> None:
    excel = Excel(example_workbook("hitoyoshi"))
    sheet = excel.sheet(KPI)
    name = "ひとよしくま熱中小学校延べ年間受講者数"
    over, source = (excel.row(KPI, "指標名", name, nth) for nth in (1, 2))
    for column in range(2, sheet.max_column):
        sheet.cell(over, column).value = sheet.cell(source, column).value
    incoming = excel.read(example("hitoyoshi"))
    assert [error.found for error in incoming.errors] == [name]
    assert incoming.plan is not None
    assert difference(example("hitoyoshi"), incoming.plan) == ()


def test_a_row_copied_with_its_key(aso: Excel) -> None:
    sheet = aso.sheet(KPI)
    source, copy = aso.row(KPI, "指標名", "認定農業者数"), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(copy, column).value = sheet.cell(source, column).value
    aso.set(KPI, copy, "指標名", "写して作った指標（サンプル）")
    incoming = aso.read(ASO)
    assert ["同じキー" in error.ja for error in incoming.errors] == [True, True]
    sheet.cell(copy, 1).value = None
    mended = aso.read(ASO)
    assert mended.errors == ()
    assert mended.plan is not None
    assert [each.op for each in difference(ASO, mended.plan)] == ["add", "add"]


@pytest.mark.parametrize("key", ["zzzzzzzzzz", "b6z8dozhqn"])
def test_a_key_that_is_none_of_the_sheet(aso: Excel, key: str) -> None:
    aso.sheet(KPI).cell(2, 1).value = key
    (error,) = aso.read(ASO).errors
    assert "このシートの記録にありません" in error.ja


def test_renaming_every_row_at_once_is_no_mix_up(aso: Excel) -> None:
    sheet, column = aso.sheet(KPI), aso.column(KPI, "指標名")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value += "（改称）"
    incoming = aso.read(ASO)
    assert incoming.errors == ()
    assert incoming.plan is not None
    assert all(i.name.endswith("（改称）") for i in incoming.plan.indicators)


@pytest.fixture
def aso() -> Excel:
    return Excel(example_workbook("aso"))
