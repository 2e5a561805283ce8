"""Files that want to do harm, or are no workbooks: each refused or cut, with one sentence."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from sosei.formats import xlsx_guard, xlsx_rows
from sosei.formats.xlsx_cells import MOST_SHEETS, read_book
from sosei.values import Problem
from tests.formats.raw_books import MAIN, RELATIONS, book, packed, parts, relations, sheet, strings, styles

FAR = '<row r="20000"><c r="C20000"><v>1</v></c></row>'
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def changed(name: str, part: str | bytes) -> bytes:
    return packed({**parts(ONE), name: part})


def refusal(data: bytes) -> str:
    with pytest.raises(Problem) as caught:
        read_book(data)
    assert caught.value.ja
    return caught.value.sentence("en")


BILLION = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
)
OUTSIDE = f'<!DOCTYPE sst SYSTEM "file:///etc/passwd"><sst xmlns="{MAIN}"/>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        ("名称,実績値\n出生数,170\n".encode(), "no Excel workbook"),
        (b"%PDF-1.7 ...", "it is a PDF"),
        (b"<html><table></table></html>", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old format (such as .xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        (b"PK\x03\x04" + bytes(200), "damaged"),
        (book(ONE)[:-300], "damaged"),
        (book(ONE)[: len(book(ONE)) // 2], "damaged"),
        (
            packed(
                {
                    "word/document.xml": "<x/>",
                    "_rels/.rels": relations(("officeDocument", "word/document.xml")),
                }
            ),
            "no Excel",
        ),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "no Excel workbook"),
        (packed({"_rels/.rels": relations(("officeDocument", "xl/workbook.bin"))}), ".xlsb"),
        (packed({"_rels/.rels": relations(("officeDocument", "xl/workbook.xml"))}), "no Excel workbook"),
        (packed({**parts(ONE), "../../evil.xml": ""}), "names inside the file"),
        (packed({**parts(ONE), "/etc/passwd": ""}), "names inside the file"),
        (packed({**parts(ONE), "C:\\evil.xml": ""}), "names inside the file"),
        (packed({**parts(ONE), "XL/Workbook.xml": ""}), "names inside the file"),
        (changed("xl/worksheets/sheet1.xml", BILLION), "declaration (DTD)"),
        (changed("xl/worksheets/sheet1.xml", BILLION.encode("utf-16")), "declaration (DTD)"),
        (changed("xl/sharedStrings.xml", OUTSIDE), "declaration (DTD)"),
        (changed("_rels/.rels", OUTSIDE), "declaration (DTD)"),
        (changed("xl/worksheets/sheet1.xml", b"\xff\xfe\x00"), "damaged"),
        (changed("xl/worksheets/sheet1.xml", "<worksheet>"), "damaged"),
        (changed("xl/worksheets/sheet1.xml", ""), "damaged"),
        (changed("xl/worksheets/sheet1.xml", sheet("&undefined;")), "damaged"),
        (changed("xl/_rels/workbook.xml.rels", relations()), "damaged"),
        (book('<row r="-5"><c r="A1"><v>1</v></c></row>'), 'a row "-5"'),
        (book('<row r="NaN"><c r="A1"><v>1</v></c></row>'), 'a row "NaN"'),
        (book('<row r="0"><c r="A1"><v>1</v></c></row>'), 'a row "0"'),
        (book('<row r="1048577"><c r="A1"><v>1</v></c></row>'), 'a row "1048577"'),
        (book('<row r="99999999999999999999"/>'), 'a row "99999999999999999999"'),
        (book('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "damaged"),
        (book('<row r="1"><c r="A-1"><v>1</v></c></row>'), "damaged"),
        (book('<row r="1"><c r="A2"><v>1</v></c></row>'), "damaged"),
        (book('<row r="1">' + "<c/>" * 16_385 + "</row>"), "damaged"),
        (book(ONE, after='<mergeCells><mergeCell ref="いろは"/></mergeCells>'), "damaged"),
    ],
)
def test_refused(data: bytes, words: str) -> None:
    assert words in refusal(data)


MERGED = "<mergeCells>{}</mergeCells>"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (("xl/worksheets/sheet1.xml", lambda: "<a>" * 200_000), "damaged"),
        (("xl/styles.xml", lambda: '<a x="' + "y" * 2_000_000 + '"/>'), "unpacks to too much"),
        (
            ("xl/styles.xml", lambda: "<a " + " ".join(f'a{at}=""' for at in range(200_000)) + "/>"),
            "too much",
        ),
        (("xl/styles.xml", lambda: styles(*map(str, range(6000)))), "damaged"),
        (
            (
                "xl/worksheets/sheet1.xml",
                lambda: sheet(f'<row><c t="str"><v>{"x" * 5_000_000}</v></c></row>'),
            ),
            "damaged",
        ),
        (("xl/_rels/workbook.xml.rels", lambda: relations(*[("theme", "x.xml")] * 20_000)), "too much"),
        (
            (
                "xl/worksheets/sheet1.xml",
                lambda: sheet(ONE, MERGED.format('<mergeCell ref="A1:B2"/>' * 200_000)),
            ),
            "damaged",
        ),
        (
            (
                "xl/worksheets/sheet1.xml",
                lambda: sheet(FAR, MERGED.format('<mergeCell ref="A1:XFD1048576"/>' * 9000)),
            ),
            "damaged",
        ),
        (
            (
                "xl/worksheets/sheet1.xml",
                lambda: sheet(FAR, MERGED.format('<mergeCell ref="XFC1:XFD1048576"/>' * 9000)),
            ),
            "damaged",
        ),
    ],
    ids=[
        "deep",
        "long tag",
        "many attributes",
        "many formats",
        "long text",
        "many relations",
        *("merged",) * 3,
    ],
)
def test_far_too_much(part: tuple[str, Callable[[], str]], words: str) -> None:
    assert words in refusal(changed(part[0], part[1]()))


def test_a_bomb_by_its_stated_size() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, file.open("xl/media/1.bin", "w") as part:
        part.write(bytes(2_000_000))
    data = out.getvalue().replace(struct.pack("<I", 2_000_000), struct.pack("<I", 2_000_000_000))
    assert "unpacks to too much" in refusal(data)


def test_a_bomb_that_states_a_small_size() -> None:
    """What is unpacked is counted; a part longer than stated is damaged."""
    data = bytearray(changed("xl/sharedStrings.xml", strings("<t>" + " " * 30_000_000 + "</t>")))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        real = struct.pack("<I", file.getinfo("xl/sharedStrings.xml").file_size)
    data = data.replace(real, struct.pack("<I", 1000))
    assert "damaged" in refusal(bytes(data))


def test_a_part_read_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred sheets that are one and the same large part."""
    monkeypatch.setattr(xlsx_guard, "MOST_TAGS", 100_000)
    content = parts('<row r="1">' + '<c r="A1"/>' * 1000 + "</row>")
    names = range(1, MOST_SHEETS + 1)
    listed = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="rId{at}"/>' for at in names)
    content["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    )
    content["xl/_rels/workbook.xml.rels"] = relations(*[("worksheet", "worksheets/sheet1.xml")] * MOST_SHEETS)
    assert "unpacks to too much" in refusal(packed(content))


def test_too_many_parts() -> None:
    content = {f"a/{at}": "" for at in range(xlsx_guard.MOST_ENTRIES + 1)}
    assert "unpacks to too much" in refusal(packed(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_excel_does_not_know(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, part in parts(ONE).items():
            file.writestr(name, part)
    assert "damaged" in refusal(out.getvalue())


def test_a_locked_part() -> None:
    data = bytearray(book(ONE))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "damaged" in refusal(bytes(data))


def test_a_million_rows_are_cut() -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 1_048_577, 4))
    found = read_book(book(rows))
    assert len(found.sheets[0].rows) == xlsx_rows.MOST_ROWS - 3
    assert [remark.ja for remark in found.remarks] == [
        "シート「表」は大きいため、20,001 行目から下は読んでいません"
    ]


def test_a_stated_size_does_not_matter() -> None:
    found = read_book(
        book(ONE, before='<dimension ref="A1:XFD1048576"/><cols><col min="1" max="99999" hidden="1"/></cols>')
    )
    assert [len(row) for row in found.sheets[0].rows] == [1]
    assert found.sheets[0].hidden_columns == {1}


def test_far_columns_are_left_out() -> None:
    found = read_book(
        book('<row r="3"><c r="A3"><v>1</v></c><c r="XFD3"><v>2</v></c><c r="XFC3"><v>2</v></c></row>')
    )
    assert [len(row) for row in found.sheets[0].rows] == [0, 0, 1]
    assert [remark.en for remark in found.remarks] == [
        'the sheet "表" is not read to the right of column ALL (such as XFD3)'
    ]


def test_cells_far_apart_are_counted_with_those_between() -> None:
    rows = "".join(f'<row r="{at}"><c r="ALL{at}"><v>1</v></c></row>' for at in range(1, 2000))
    found = read_book(book(rows))
    assert len(found.sheets[0].rows) == 500
    assert "from row 501 on" in found.remarks[0].en


def test_one_long_text_in_many_cells() -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 5001))
    found = read_book(packed({**parts(rows), "xl/sharedStrings.xml": strings(f"<t>{'長' * 32_767}</t>")}))
    assert sum(len(cell.text) for row in found.sheets[0].rows for cell in row) <= xlsx_rows.MOST_CHARACTERS
    assert "from row 1,526 on" in found.remarks[0].en


def test_a_text_longer_than_excel_allows() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    items = (f"<t>{'長' * 32_767}</t>", f"<r><t>{'長' * 32_767}</t></r>" * 3)
    first, second = (
        read_book(packed({**parts(rows), "xl/sharedStrings.xml": strings(*items)})).sheets[0].rows[0]
    )
    assert (len(first.text), first.error) == (32_767, None)
    assert (len(second.text), "32,767" in getattr(second.error, "en", "")) == (32_767, True)


def test_ten_thousand_sheets() -> None:
    content = parts(ONE)
    count = 9_000
    listed = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="rId{at}"/>' for at in range(1, count + 1))
    content["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    )
    content["xl/_rels/workbook.xml.rels"] = relations(*[("worksheet", "worksheets/sheet1.xml")] * count)
    found = read_book(packed(content))
    assert len(found.sheets) == MOST_SHEETS
    assert [remark.en for remark in found.remarks] == ["there are 9,000 sheets; only the first 200 are read"]


def test_hidden_columns_on_top_of_each_other() -> None:
    before = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 300_000 + "</cols>"
    found = read_book(book('<row r="1"><c r="ALL1"><v>1</v></c></row>', before=before))
    assert len(found.sheets[0].hidden_columns) == 1000


def test_formats_that_cost_much_to_apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_rows, "MOST_EFFORT", 1_000_000)
    cells = [f'<c s="1"><v>{at}.5</v></c>' for at in range(8000)]
    rows = "".join(f'<row r="{at}">{"".join(cells[40 * at - 40 : 40 * at])}</row>' for at in range(1, 201))
    found = read_book(packed({**parts(rows), "xl/styles.xml": styles("?" * 250)}))
    assert "from row 101 on" in found.remarks[0].en


def test_formulas_that_cost_much_to_look_through() -> None:
    formula = "a|" * 4000
    rows = "".join(f'<row r="{at}"><c r="A{at}"><f>{formula}</f><v>1</v></c></row>' for at in range(1, 1001))
    assert len(read_book(book(rows)).sheets[0].rows) == 1000


def test_damaged_bytes_anywhere() -> None:
    """A file with a few bytes changed is read or refused; nothing else happens."""
    whole, chance = book(ONE, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'), random.Random(7)
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_book(bytes(data))
        except Problem:
            refused += 1
    assert refused > 100


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        lambda: book(
            "".join(f'<row r="{at}">' + '<c t="b"><v>1</v></c>' * 25 + "</row>" for at in range(1, 20_001))
        ),
        lambda: packed({**parts(ONE), "xl/sharedStrings.xml": strings(*["<t>市</t>"] * 999_000)}),
        lambda: packed({**parts(ONE), "xl/sharedStrings.xml": strings(f"<t>{'x' * 90_000_000}</t>")}),
    ],
    ids=["many cells", "many texts", "one text"],
)
def test_memory_is_bounded(make: Callable[[], bytes]) -> None:
    data = make()
    tracemalloc.start()
    try:
        with contextlib.suppress(Problem):
            read_book(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 300_000_000
