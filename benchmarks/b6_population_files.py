"""The workbook of all areas of the 2023 projection read, beside its XML merely parsed."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from xml.parsers import expat

import xlsxwriter
from measure import Row, calls_in_turn

from sosei.formats.population import read_population

AREAS, YEARS, AGES = 1951, 7, 20
"""13,657 rows of 84 columns, as published."""
_STRIDE = AGES + 2  # a total, the ages, a blank column


def run() -> list[Row]:
    """The whole workbook, and one municipality of it."""
    data = _workbook()
    whole, one, floor = calls_in_turn(
        [
            partial(read_population, data, "suikei_kekka.xlsx"),
            partial(read_population, data, "suikei_kekka.xlsx", {"01201"}),
            partial(_parse, data),
        ],
        runs=2,
    )
    beside = "expat over the same sheet, hearing nothing"
    return [
        Row("B6", "all areas of a projection from Excel (call)", whole, floor, beside, "under 5 s"),
        Row("B6", "one municipality of that workbook (call)", one, floor, beside, "under 5 s"),
    ]


def _parse(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        expat.ParserCreate().Parse(file.read("xl/worksheets/sheet1.xml"), True)


def _workbook() -> bytes:
    out = io.BytesIO()
    labels = ["総数", *(f"{low}～{low + 4}歳" for low in range(0, 95, 5)), "95歳～"]
    with xlsxwriter.Workbook(out, {"constant_memory": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(3, 0, ["コード", "市などの別", "都道府県", "市区町村", "年"])
        for block, title in enumerate(("総数", "男", "女")):
            sheet.write(3, 5 + _STRIDE * block, title)
            sheet.write_row(4, 5 + _STRIDE * block, labels)
        for at in range(AREAS * YEARS):
            sheet.write_row(5 + at, 0, _row(*divmod(at, YEARS)))
    return out.getvalue()


def _row(area: int, year: int) -> list[object]:
    male = [100 + area % 900 + 10 * age + year for age in range(AGES)]
    female = [count + 7 for count in male]
    both = [sum(pair) for pair in zip(male, female, strict=True)]
    cells: list[object] = [1201 + area, "2", "北海道", f"第{area}市", f"{2020 + 5 * year}年"]
    for counts in (both, male, female):
        cells += [sum(counts), *counts, ""]
    return [
        *cells,
        100.0,
        "",
        "",
        sum(both[3:13]),
        sum(both[13:]),
        sum(both[15:]),
        "",
        "",
        "",
        55.5,
        30.1,
        "",
        "",
    ]
