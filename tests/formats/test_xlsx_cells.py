"""A workbook read as a person sees it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sosei.formats.xlsx_cells import Book, Cell, read_book
from tests.formats.raw_books import MAIN, book, packed, parts, relations, strings, styles


def cells(found: Book) -> dict[str, Cell]:
    """The cells of the first sheet that show something or have an error, by address."""
    return {cell.address: cell for row in found.sheets[0].rows for cell in row if cell.text or cell.error}


def texts(found: Book) -> dict[str, str]:
    return {address: cell.text for address, cell in cells(found).items()}


def with_strings(rows: str, *items: str) -> Book:
    return read_book(packed({**parts(rows), "xl/sharedStrings.xml": strings(*items)}))


def written(fill: Callable[[xlsxwriter.Workbook], None]) -> Book:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        fill(workbook)
    return read_book(out.getvalue())


def test_sheets_rows_and_columns() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        first, second, _ = (workbook.add_worksheet(name) for name in ("指標", "作業用", "空"))
        second.hide()
        first.write("B2", "名称")
        first.write("D4", 7.7)
        first.write_blank("H9", None, workbook.add_format({"bold": True}))
        first.set_column("C:C", None, None, {"hidden": True})
        first.set_column("Z:XFD", None, None, {"hidden": True})
        second.write("A1", True)

    found = written(fill)
    assert [(sheet.name, sheet.hidden) for sheet in found.sheets] == [
        ("指標", False),
        ("作業用", True),
        ("空", False),
    ]
    first, second, empty = found.sheets
    assert first.rows == (
        (),
        (Cell(2, 1, ""), Cell(2, 2, "名称")),
        (),
        (Cell(4, 1, ""), Cell(4, 2, ""), Cell(4, 3, ""), Cell(4, 4, "7.7")),
    )
    assert [cell.address for row in first.rows for cell in row if cell.text] == ["B2", "D4"]
    assert first.hidden_columns == {3}
    assert second.rows == ((Cell(1, 1, "TRUE"),),)
    assert empty.rows == ()
    assert found.remarks == ()


def test_values_with_their_formats() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()

        def put(at: str, value: float, code: str) -> None:
            sheet.write_number(at, value, workbook.add_format({"num_format": code}))

        put("A1", 0.0762, "0.00%")
        put("A2", 1234567.8, "#,##0")
        put("A3", -12.34, '#,##0.0;"△"#,##0.0')
        put("A4", 170, '0"人"')
        sheet.write_datetime("A5", date(2024, 5, 1), workbook.add_format({"num_format": 14}))
        put("A6", 0.1 + 0.2, "General")
        put("A7", 45413, '[$-411]ggge"年"m"月"d"日"')
        sheet.write_string("A8", "１７0人")
        sheet.write_string("A9", "=1+1")
        put("A10", 123456789012, "General")
        put("A11", -3, "yyyy/m/d")
        put("A12", 5, ";;;")

    found = written(fill)
    assert texts(found) == {
        "A1": "7.62%",
        "A2": "1,234,568",
        "A3": "△12.3",
        "A4": "170人",
        "A5": "2024/5/1",
        "A6": "0.3",
        "A7": "令和6年5月1日",
        "A8": "１７0人",
        "A9": "=1+1",
        "A10": "1.23457E+11",
        "A11": "########",
    }
    shown = cells(found)
    assert (shown["A10"].note or shown["A1"]) != shown["A1"]
    assert "123456789012" in getattr(shown["A10"].note, "ja", "")
    assert "日付" in getattr(shown["A11"].error, "ja", "")
    assert all(cell.note is None for address, cell in shown.items() if address != "A10")


def test_the_years_since_1904() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": True}) as workbook:
        style = workbook.add_format({"num_format": "yyyy/m/d"})
        workbook.add_worksheet().write_datetime("A1", date(2024, 5, 1), style)
    assert texts(read_book(out.getvalue())) == {"A1": "2024/5/1"}


@pytest.mark.parametrize(
    ("cell", "text", "note", "error"),
    [
        ('<c r="A1"><f>B1*2</f><v>12.5</v></c>', "12.5", "保存されている計算結果", ""),
        ('<c r="A1"><f>B1*2</f><v>0</v></c>', "0", "保存されている計算結果", ""),
        ('<c r="A1"><f>B1*2</f></c>', "", "", "計算結果がファイルに保存されていません"),
        ('<c r="A1"><f>B1*2</f><v></v></c>', "", "", "計算結果がファイルに保存されていません"),
        ('<c r="A1"><f t="shared" si="0"/></c>', "", "", "計算結果がファイルに保存されていません"),
        ('<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>', "", "保存されている計算結果", ""),
        ('<c r="A1" t="str"><f>B1&amp;"人"</f><v>170人</v></c>', "170人", "保存されている計算結果", ""),
        ('<c r="A1" t="e"><f>A0</f><v>#REF!</v></c>', "#REF!", "", "エラー値（#REF!）"),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!", "", "エラー値（#DIV/0!）"),
        ('<c r="A1"><f>[1]人口!B2</f><v>170</v></c>', "170", "ほかのブックやプログラム", ""),
        (
            "<c r=\"A1\"><f>SUM('[12]人口 集計'!B2:B9)</f><v>170</v></c>",
            "170",
            "ほかのブックやプログラム",
            "",
        ),
        ("<c r=\"A1\"><f>cmd|'/C calc'!A0</f><v>1</v></c>", "1", "ほかのブックやプログラム", ""),
        ('<c r="A1"><f>表1[2024]+人口!B2</f><v>170</v></c>', "170", "式です", ""),
        ('<c r="A1"><f>SUM(表1[[2023]:[2024]],人口!B2)</f><v>170</v></c>', "170", "式です", ""),
        ('<c r="A1" t="s"><v>7</v></c>', "", "", "文字がファイルの中に見つかりません"),
        ('<c r="A1"><v>NaN</v></c>', "NaN", "", "数値として読めない"),
        ('<c r="A1"><v>1e999</v></c>', "1e999", "", "数値として読めない"),
        ('<c r="A1" t="zzz"><v>1</v></c>', "1", "", "数値として読めない"),
        ('<c r="A1" s="99"><v>1.5</v></c>', "1.5", "", ""),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE", "", ""),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE", "", ""),
        ('<c r="A1" s="1" t="d"><v>2024-05-01T18:00:00</v></c>', "2024/5/1 18:00", "", ""),
        ('<c r="A1" s="1" t="d"><v>いつか</v></c>', "いつか", "", "数値として読めない"),
        ('<c r="A1" s="2"><v>5</v></c>', "", "表示形式で隠されている値（5）", ""),
        ('<c r="A1" t="inlineStr"><is><r><t>髙</t></r><r><t>橋</t></r></is></c>', "髙橋", "", ""),
    ],
)
def test_what_a_cell_holds(cell: str, text: str, note: str, error: str) -> None:
    following = '<c r="B1"><v>1</v></c>'  # so that an empty A1 is not cut
    content = parts(f'<row r="1">{cell}{following}</row>')
    found = read_book(packed({**content, "xl/styles.xml": styles("yyyy/m/d h:mm", ";;;")}))
    shown = found.sheets[0].rows[0][0]
    assert shown.text == text
    assert note in getattr(shown.note, "ja", "") if note else shown.note is None or error
    assert error in getattr(shown.error, "ja", "") if error else shown.error is None


def test_a_shared_formula_that_refers_to_another_book() -> None:
    found = read_book(
        book(
            '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">[1]人口!B2</f><v>1</v></c></row>'
            '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
        )
    )
    assert ["ほかのブック" in getattr(cell.note, "ja", "") for cell in cells(found).values()] == [True, True]


def test_a_book_that_was_never_calculated() -> None:
    """XlsxWriter stores 0 where it knows no result, openpyxl nothing."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_formula("A1", "=1+1")
        sheet.write_formula("A2", "=1+1", None, 2)

    found = cells(written(fill))
    assert "保存されていません" in getattr(found["A1"].error, "ja", "")
    assert (found["A2"].text, found["A2"].error) == ("2", None)

    workbook, out = openpyxl.Workbook(), io.BytesIO()
    workbook.active["A1"] = "=1+1"
    workbook.save(out)
    (cell,) = cells(read_book(out.getvalue())).values()
    assert (cell.text, "保存されていません" in getattr(cell.error, "ja", "")) == ("", True)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>髙﨑　市</t>", "髙﨑　市"),
        ("<t>葛\U000e0100城市 ︀</t>", "葛\U000e0100城市 ︀"),
        ("<r><t>観光</t></r><r><rPr><b/></rPr><t>客</t></r>", "観光客"),
        ("<t>人吉</t><rPh sb='0' eb='2'><t>ヒトヨシ</t></rPh><phoneticPr fontId='1'/>", "人吉"),
        ("<r><t>人</t></r><r><t>吉</t></r><rPh sb='0' eb='2'><t>ヒトヨシ</t></rPh>", "人吉"),
        ("<t>一行目\n二行目</t>", "一行目\n二行目"),
        ("<t>一行目_x000D_\n二行目_x000d_三行目</t>", "一行目\n二行目\n三行目"),
        ("<t>_x005F_x000D_</t>", "_x000D_"),
        ("<t>a_x0000__x0007_b</t>", "ab"),
        ("<t>_xD83D__xDE00_ _xD83D_</t>", "😀 \ufffd"),
        ("<t>&lt;b&gt; &amp;amp; &#x9ad9;</t>", "<b> &amp; 髙"),
        ('<t xml:space="preserve">  字下げ</t>', "  字下げ"),
        ("<t>=HYPERLINK(1)</t>", "=HYPERLINK(1)"),
        ("<t/>", ""),
    ],
)
def test_texts(item: str, text: str) -> None:
    found = with_strings('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row>', item)
    assert found.sheets[0].rows[0][0].text == text


def test_merged_cells_show_their_first_cell_only() -> None:
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><v>{at}1</v></c><c r="B{at}"><v>{at}2</v></c></row>' for at in (1, 2, 3)
    )
    merged = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B3:XFD1048576"/></mergeCells>'
    found = read_book(book(rows, after=merged))
    assert texts(found) == {"A1": "11", "A3": "31", "B3": "32"}


def test_cells_without_references_and_out_of_order() -> None:
    found = read_book(
        book(
            "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
            '<row r="4"><c r="B4"><v>42</v></c><c r="A4"><v>41</v></c></row>'
            '<row r="2"><c r="A2"><v>21</v></c></row>'
        )
    )
    assert texts(found) == {"A1": "1", "C1": "3", "A4": "41", "B4": "42", "A2": "21"}


def test_elements_with_a_prefix() -> None:
    """Some writers give every element of the sheet a prefix; drawings have rows and columns of their own."""
    content = parts()
    content["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData>'
        '<x:controls xmlns:d="d"><d:row>-1</d:row><d:col>7</d:col></x:controls></x:worksheet>'
    )
    assert texts(read_book(packed(content))) == {"A1": "5"}


def test_sheets_of_charts_and_macros_are_remarked() -> None:
    content = parts('<row r="1"><c r="A1"><v>5</v></c></row>')
    content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="グラフ" sheetId="2" r:id="rId2"/></sheets>'
    )
    content["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "chartsheets/sheet1.xml")
    )
    content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    content["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    found = read_book(packed(content))
    assert texts(found) == {"A1": "5"}
    assert [remark.en for remark in found.remarks] == [
        "macros are neither read nor run",
        "the workbook has links to other files; they are not followed, the stored values are used",
        "sheets that are no tables are not read (1: グラフ)",
    ]


def test_progress_is_told_by_sheets() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        for at in range(3):
            workbook.add_worksheet().write("A1", at)
    told: list[tuple[int, int]] = []
    read_book(out.getvalue(), lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


# Where LibreOffice differs from Excel is left out: "1." by #.##, the sign of -0.3 rounded to -0, more than
# ten digits by General.
AGREED = [
    *("General", "0", "0.00", "#,##0", "#,##0.0", '#,##0.0;"△"#,##0.0', "0%", "0.00%", "#,##0,", '0"人"'),
    *("0.00E+00", "000", "0.0_);(0.0)", r"\第0\回", '#,##0;"▲"#,##0;"－"', "000-0000"),
]
AGREED_DATES = [
    *("yyyy/m/d", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d", "h:mm", "h:mm:ss", "yyyy/m/d h:mm", "[h]:mm"),
    *('[$-411]ggge"年"m"月"d"日"', "[$-411]ge.m.d", "[$-411]m/d(aaa)", "[$-411]aaaa"),
]
NUMBERS = [
    0,
    1,
    -1500,
    0.5,
    -2250.25,
    0.0762,
    1234.5,
    -1234.56,
    1234567,
    66.6666667,
    170,
    0.30000000000000004,
]


@pytest.mark.slow
def test_shown_as_libreoffice_shows_it(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    path = tmp_path / "numbers.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.set_column(0, 40, 40)
        for column, code in enumerate(AGREED):
            style = workbook.add_format({"num_format": code})
            for row, number in enumerate(NUMBERS):
                sheet.write_number(row, column, number, style)
        for column, code in enumerate(AGREED_DATES, len(AGREED)):
            style = workbook.add_format({"num_format": code})
            for row, serial in enumerate((43585, 43586.5, 45413.75, 45657.99, 32515, 25569.001)):
                sheet.write_number(row, column, serial, style)
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += [
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    with (tmp_path / "numbers.csv").open(encoding="utf-8", newline="") as file:
        theirs = [[text.strip(" ") for text in row] for row in csv.reader(file)]
    ours = [[cell.text for cell in row] for row in read_book(path.read_bytes()).sheets[0].rows]
    codes = [*AGREED, *AGREED_DATES]
    different = [
        (codes[column], row, mine, other)
        for row, (one, two) in enumerate(zip(ours, theirs, strict=True))
        for column, (mine, other) in enumerate(zip(one, two, strict=False))
        if mine != other
    ]
    assert different == []
