"""Files that are no workbook or mean harm: one sentence, 400, nothing kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from sosei.formats.workbook import plan_workbook
from sosei.web.plans.models import Plan
from sosei.web.site import uploads
from sosei.web.workbooks.models import Upload, UploadState
from tests.formats.workbook.books import Excel
from tests.web.workbooks.conftest import Desk

pytestmark = pytest.mark.django_db

_CONTENT = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def _zip(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def _many() -> bytes:
    return _zip(**{f"xl/x{n}.xml": "" for n in range(10_001)})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not a workbook", "Excel"),
        (b"", "ファイルが空です"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "Excel"),
        (_zip(**{"[Content_Types].xml": _CONTENT}), "Excel"),
        (_many(), "保存し直してください"),
        (b'{"key": "abcdefghij"}', "Excel"),
    ],
    ids=["text", "nothing", "old or locked", "no parts", "ten thousand parts", "plan file"],
)
def test_what_is_no_workbook_is_refused_at_once(desk: Desk, data: bytes, said: str) -> None:
    response = desk.send(data)
    assert response.status_code == 400
    page = response.content.decode()
    assert page.count('id="file-error"') == 1
    assert said in page.partition('id="file-error"')[2].partition("</p>")[0]
    assert not Upload.objects.exists()


def test_what_turns_out_bad_inside_is_refused_and_not_kept(desk: Desk) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    upload = desk.upload(_with_part(plan_workbook(desk.document), "xl/worksheets/sheet1.xml", bomb))
    assert upload.state == UploadState.REFUSED
    assert bytes(upload.data) == b""
    page = desk.page(upload)
    assert "読み込めませんでした" in page
    assert "受け取ったファイルは消しました" in page
    assert desk.length == 0


def test_a_workbook_that_is_no_plan_is_refused(desk: Desk) -> None:
    excel = desk.excel()
    for name in excel.book.sheetnames[1:]:
        del excel.book[name]
    excel.book.worksheets[0].title = "予定表"
    assert desk.upload(excel.save()).state == UploadState.REFUSED


def test_a_file_that_is_too_large_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "most_bytes", lambda: 1000)
    response = desk.send(b"x" * 2000)
    assert response.status_code == 400
    assert "ファイルが大きすぎます" in response.content.decode()
    assert not Upload.objects.exists()


def test_a_plan_does_not_begin_with_what_is_no_workbook(desk: Desk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {"key": "abcdefghij", "title": "サンプル", "file": SimpleUploadedFile("x.xlsx", b"no")}
    response = desk.client.post(f"/{desk.draft.municipality.code}/plans/new/workbook/", form)
    assert response.status_code == 400
    assert Plan.objects.count() == 1


def test_cells_and_names_that_mean_harm_are_shown_harmless(desk: Desk) -> None:
    excel = desk.excel()
    harm = '<script>alert(1)</script>\u202e=HYPERLINK("x")'
    _write(excel, harm)
    response = desk.send(excel.save(), name='../../<img src=x onerror=a>\r\n".xlsx')
    upload = Upload.objects.get()
    assert response.status_code == 302
    page = desk.page(upload)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    desk.accept(upload)
    assert "<script>alert" not in desk.client.get(desk.address("draft")).content.decode()


def _write(excel: Excel, text: str) -> Any:
    column = excel.column("指標・KPI", "資料")
    cell = excel.sheet("指標・KPI").cell(2, column)
    cell.value, cell.data_type = text, "s"


def _with_part(data: bytes, name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, text if each == name else old.read(each))
    return out.getvalue()
