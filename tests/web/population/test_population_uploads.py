"""Files of population through the page: every layout is read, whatever is wrong or hostile gets one sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sosei.formats import population_grid
from sosei.formats.population_origins import REGISTER
from sosei.web.jobs.other import WORKS
from sosei.web.site import uploads
from tests.formats import population_files as made
from tests.formats import raw_books
from tests.web.population.tables_desk import Desk

pytestmark = pytest.mark.django_db

Rows = list[list[Any]]
CENSUS, H30 = (
    made.csv_bytes([["" if cell is None else cell for cell in row] for row in rows()])
    for rows in (made.census_rows, made.h30_rows)
)


def total(code: str, year: int, groups: int) -> float:
    return float(sum(made.row(code, year, "both", groups)))


LAYOUTS: dict[str, tuple[str, Callable[[], bytes], str, dict[int, float]]] = {
    "all areas of the 2018 projection": (
        "projection",
        lambda: H30,
        "published",
        {2015: total("43441", 2015, 19), 2045: total("43441", 2045, 19)},
    ),
    "all areas of the 2023 projection": (
        "projection",
        lambda: made.workbook(Sheet1=made.r5_rows()),
        "published",
        {2020: total("43441", 2020, 20), 2050: total("43441", 2050, 20)},
    ),
    "workbook of the prefecture": (
        "projection",
        lambda: made.workbook(**made.prefecture_sheets()),
        "published",
        {2050: total("43441", 2050, 20)},
    ),
    "result table": (
        "newer",
        lambda: made.workbook(表1=made.group_rows("総人口", 0, 20)),
        "published",
        {2050: total("43441", 2050, 20)},
    ),
    "census": ("census", lambda: CENSUS, "published", {2015: total("43441", 2015, 19) + 22}),
    "register by municipality": (
        "register",
        lambda: made.csv_bytes(made.register_rows()),
        "published",
        {2024: total("43441", 2020, 21)},
    ),
    "register as a workbook": (
        "register",
        lambda: made.workbook(総計=made.register_rows()),
        "published",
        {2024: total("43441", 2020, 21)},
    ),
    "own long sheet": (
        "projection",
        lambda: made.csv_bytes([[f'"{cell}"' for cell in row] for row in made.own_long_rows()]),
        "entered",
        {2020: total("43203", 2020, 18), 2025: total("43203", 2025, 18)},
    ),
    "own wide sheet": (
        "projection",
        lambda: made.workbook(人口=made.own_wide_rows()),
        "entered",
        {2020: total("43203", 2020, 19) + 8},
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_read_for_the_municipality_alone(name: str, desk: Desk) -> None:
    place, data, how, totals = LAYOUTS[name]
    upload = desk.upload(place, data(), "公表値.xlsx")
    assert (upload.state, upload.problem_ja) == ("ready", "")
    assert bytes(upload.data) == b""
    found = desk.preview(upload)
    assert [(area.code, area.name) for area in found.reading.areas] == [("43441", "御船町")]
    assert found.origin.how == how
    read = found.reading.totals_of("43441")
    assert {year: read[year] for year in totals} == totals
    assert "取り込む" in desk.page("population_upload", upload=upload.pk)


@pytest.mark.parametrize("older", [False, True])
def test_the_municipal_open_data_set_is_added_up_in_both_layouts(older: bool, hitoyoshi: Desk) -> None:
    upload = hitoyoshi.upload(
        "register", made.csv_bytes(made.region_rows(older), "cp932"), "地域年齢別人口.csv"
    )
    assert upload.state == "ready", upload.problem_ja
    found = hitoyoshi.preview(upload)
    assert found.reading.totals_of("43203") == {2024: total("43203", 2020, 18) + total("43203", 2025, 18)}
    assert found.origin.how == "derived"
    assert any("2 地域の人口を合計" in each.ja for each in found.remarks)
    assert found.warnings == ()
    hitoyoshi.accept(upload)
    assert list(hitoyoshi.known.register.totals) == [2024]
    page = hitoyoshi.page("population")
    assert "10月1日現在で外国人住民を含みます" in page  # the day that the file says, not the usual one
    assert "1月1日）" not in page


def test_the_register_stands_in_the_chart_after_it_was_taken_over(hitoyoshi: Desk) -> None:
    hitoyoshi.take("register", made.csv_bytes(made.register_rows()))
    page = hitoyoshi.page("population")
    assert "住民基本台帳（1月1日）" in page
    assert "つなげて読めません" in page
    assert hitoyoshi.known.register.origin.source == REGISTER


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_encodings_give_the_same_figures(encoding: str, desk: Desk) -> None:
    plain = desk.upload("census", CENSUS).content
    desk.client.post(desk.address("population_upload_drop", upload=desk.upload("census", CENSUS).pk))
    again = desk.upload("census", made.csv_bytes(made.census_rows(), encoding), "別名.csv")
    assert again.content == plain


def _spoilt(rows: Callable[[], Rows], spoil: Callable[[Rows], object]) -> Callable[[], bytes]:
    def make() -> bytes:
        found = rows()
        spoil(found)
        return made.csv_bytes([["" if cell is None else cell for cell in row] for row in found])

    return make


def _put(at: tuple[int, int], value: object) -> Callable[[Rows], object]:
    return lambda rows: rows[at[0]].__setitem__(at[1], value)


def _with_error(data: bytes) -> bytes:
    """The workbook with the last figure turned into #REF!."""
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    before, cell, after = parts[sheet].decode().rpartition('<c r="E85"')
    spoilt = f'{before}{cell} t="e"><v>#REF!</v></c>{after.partition("</c>")[2]}'
    return raw_books.packed({**parts, sheet: spoilt})


def _with_macros(data: bytes) -> bytes:
    """The workbook with a part that holds macros."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 512)
    return out.getvalue()


def _bomb() -> bytes:
    """A gigabyte of spaces in a package of a megabyte."""
    filler = "<!--" + " " * 120_000_000 + "-->"
    return raw_books.book("<row><c><v>1</v></c></row>", after=filler)


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an old workbook": ("census", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "xlsx"),
    "a PDF": ("census", lambda: b"%PDF-1.7\n" + b"x" * 99, "PDF"),
    "a picture": ("census", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "表.csv"),
    "UTF-16": ("census", lambda: CENSUS.decode("utf-8-sig").encode("utf-16"), "CSV UTF-8"),
    "a packed bomb": ("census", lambda: gzip.compress(b"0" * 300_000_000, 1), "大きすぎます"),
    "a workbook that is a bomb": ("census", _bomb, "表.csv"),
    "a formula that was never computed": (
        "census",
        lambda: made.workbook(人口=[*made.census_rows()[:-3], ["43441", "F", "85～89歳", "=1+1", 5]]),
        "表.csv のシート「人口」",
    ),
    "an error of Excel": (
        "census",
        lambda: _with_error(made.workbook(人口=made.census_rows())),
        "#REF!",
    ),
    "an empty workbook": ("census", lambda: made.workbook(空=[]), "見出しが見つかりません"),
    "no package": ("census", lambda: b"PK\x03\x04" + zlib.compress(b"x" * 999), "表.csv"),
    "a plan file": ("census", lambda: b'{"key": "abcdefghij"}', "見出しが見つかりません"),
    "another municipality": (
        "census",
        _spoilt(made.census_rows, lambda rows: rows.__delitem__(slice(-42, None))),
        "コード 43441 の地域がありません",
    ),
    "regions of another municipality": (
        "register",
        lambda: made.csv_bytes(made.region_rows()),
        "人吉市（43203）の表です。御船町（43441）の表を選んでください",
    ),
    "two areas with one code": (
        "projection",
        _spoilt(made.h30_rows, _put((29, 0), "43441")),
        "コード 43441 が「人吉市」と「御船町」の両方にあります",
    ),
    "negative people": ("projection", _spoilt(made.h30_rows, _put((40, 26), "-12")), "41 行目の 27 列目"),
    "hidden people": ("projection", _spoilt(made.h30_rows, _put((40, 26), "X")), "5～9歳は 「X」 です"),
    "an age is missing": (
        "census",
        _spoilt(made.census_rows, lambda rows: rows.pop(-5)),
        "年齢",
    ),
    "sums that disagree": ("projection", _spoilt(made.h30_rows, _put((40, 5), 1)), "総数は 1 ですが"),
    "a wrong word for a sex": (
        "census",
        _spoilt(made.census_rows, _put((45, 1), "雄")),
        "性別「雄」が読めません",
    ),
    "one sex only": (
        "projection",
        _spoilt(made.own_long_rows, lambda rows: rows.__delitem__(slice(20, 38))),
        "女の人口がありません",
    ),
    "totals only": (
        "projection",
        lambda: made.workbook(表1=made.group_rows("総人口", 0, 20)),
        "男女・5歳階級別の人口の表が必要です",
    ),
    "one year only": (
        "projection",
        lambda: made.csv_bytes(made.register_rows()),
        "2024年だけの表です",
    ),
    "an age group without totals": (
        "newer",
        lambda: made.workbook(表2=made.group_rows("0～14歳人口", 0, 3)),
        "年齢区分の表（結果表2）を、一つの Excel ブックのシートにまとめてください",
    ),
    "nobody at all": (
        "newer",
        lambda: b"code,name,year,total\n43441,a,2020,0\n43441,a,2025,0\n",
        "表.csv",
    ),
    "a table of many areas for the nation": ("nation", lambda: H30, "全国（コード 00000）の行がありません"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_in_one_sentence(name: str, desk: Desk) -> None:
    place, data, said = REFUSED[name]
    upload = desk.upload(place, data())
    assert upload.state == "refused"
    assert upload.problem_ja.startswith("表.csv")
    assert upload.problem_en.startswith("表.csv")
    assert said in upload.problem_ja
    assert (bytes(upload.data), upload.content) == (b"", "")
    page = desk.page("population_upload", upload=upload.pk)
    assert page.count("読み込めませんでした") == 1
    assert "使っている表は変わっていません" in page
    assert desk.accept(upload).status_code == 400
    assert desk.used(place) is None


@pytest.mark.parametrize("data", [b"", b"  \r\n\t "])
def test_an_empty_file_is_refused_at_once(data: bytes, desk: Desk) -> None:
    from sosei.web.population.models import PopulationUpload

    response = desk.send("census", data)
    assert response.status_code == 400
    assert "空です" in response.content.decode()
    assert not PopulationUpload.objects.exists()


def test_too_large_a_file_or_too_many_lines_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(population_grid, "MOST_LINES", 50)
    assert "大きすぎます" in desk.upload("census", CENSUS).problem_ja
    monkeypatch.setattr(uploads, "most_bytes", lambda: 1000)
    response = desk.send("census", CENSUS * 2)
    assert response.status_code == 400
    assert "ファイルが大きすぎます" in response.content.decode()


def test_formulas_and_harmful_names_are_shown_harmless(desk: Desk) -> None:
    upload = desk.upload("census", CENSUS, '../../<img src=x onerror=a>\r\n".csv')
    page = desk.page("population_upload", upload=upload.pk)
    assert "<img" not in page
    rows = made.census_rows()
    rows[-3][3] = '=HYPERLINK("http://x")'
    refused = desk.upload(
        "census", made.csv_bytes([[f'"{str(c).replace(chr(34), chr(34) * 2)}"' for c in r] for r in rows])
    )
    assert "4 列目: 人口は 「=HYPERLINK" in refused.problem_ja


def test_macros_are_left_where_they_are(desk: Desk) -> None:
    upload = desk.upload("census", _with_macros(made.workbook(人口=made.census_rows())), "人口.xlsm")
    assert upload.state == "ready"
    assert upload.content == desk.upload("census", CENSUS).content


def test_a_table_pasted_from_a_spreadsheet_goes_the_same_way(desk: Desk) -> None:
    block = "\r\n".join(
        "\t".join("" if cell is None else str(cell) for cell in row) for row in made.census_rows()
    )
    address = desk.address("population_table_load", place="census")
    upload = desk.of(desk.client.post(address, {"block": block}))
    assert (upload.name, upload.state) == ("貼り付けた表", "ready")
    assert upload.content == desk.upload("census", CENSUS).content
    empty = desk.client.post(address, {"block": "見出しだけ\t1"})
    assert empty.status_code == 400
    assert "貼り付けた表がありません" in empty.content.decode()
    assert "見出しだけ" in empty.content.decode()


def test_the_same_file_sent_twice_waits_once_and_nobody_else_sees_it(desk: Desk, hitoyoshi: Desk) -> None:
    first = desk.upload("census", CENSUS)
    assert desk.upload("census", CENSUS).pk == first.pk
    assert desk.upload("register", CENSUS).pk != first.pk
    assert hitoyoshi.client.get(hitoyoshi.address("population_upload", upload=first.pk)).status_code == 404
    assert "表.csv" in desk.page("population_tables")
    assert "確かめるのを待っている" not in hitoyoshi.page("population_tables")


def test_uploads_are_cleared_after_a_week(desk: Desk) -> None:
    from sosei.web.population.models import PopulationUpload
    from sosei.web.population.upload_work import KIND

    old, new = desk.upload("census", CENSUS), desk.upload("projection", H30)
    PopulationUpload.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    assert WORKS[KIND].clear() == 1
    assert list(PopulationUpload.objects.values_list("pk", flat=True)) == [new.pk]


def test_while_it_is_read_the_page_says_how_far(desk: Desk) -> None:
    from sosei.web.jobs.models import Job, JobState

    upload = desk.upload("census", CENSUS)
    Job.objects.filter(pk=upload.job_id).update(
        state=JobState.RUNNING, step=1, doing_ja="ファイルを開いて、", doing_en="x", seen_at=timezone.now()
    )
    type(upload).objects.filter(pk=upload.pk).update(state="reading", data=CENSUS, content="")
    page = desk.page("population_upload", upload=upload.pk)
    assert "1／2" in page
    assert "<progress" in page
    asked = desk.client.get(desk.address("population_upload_progress", upload=upload.pk))
    assert "ファイルを開いて" in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]
    Job.objects.filter(pk=upload.job_id).update(
        state=JobState.FAILED, problem_ja="途中で誤り", problem_en="fault"
    )
    assert "もう一度読み込む" in desk.page("population_upload", upload=upload.pk)
    desk.client.post(desk.address("population_upload_again", upload=upload.pk))
    upload.refresh_from_db()
    assert upload.state == "ready"
