"""Files that must be refused, each with one sentence: where, what was found, what is needed."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.formats import population_grid
from sosei.formats.population import read_population
from sosei.values import Problem
from tests.formats import population_files as made

Rows = list[list[Any]]


def put(rows: Rows, at: tuple[int, int], value: object) -> Rows:
    rows[at[0]][at[1]] = value
    return rows


def refused(data: bytes, name: str = "a.csv", **options: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        read_population(data, name, **options)
    return caught.value


H30: list[tuple[Callable[[Rows], object], str]] = [
    (lambda rows: put(rows, (3, 5), 1), "4 行目: 熊本県の2025年（男女計）の総数は 1 ですが、年齢別の和は"),
    (lambda rows: put(rows, (3, 26), ""), "4 行目の 27 列目: 5～9歳は 空 です。0 以上の人数が必要です"),
    (lambda rows: put(rows, (3, 26), "X"), "4 行目の 27 列目: 5～9歳は 「X」 です"),
    (lambda rows: put(rows, (3, 26), "-12"), "5～9歳は 「-12」 です"),
    (lambda rows: put(rows, (3, 26), "1e999"), "5～9歳は 「1e999」 です"),
    (lambda rows: put(rows, (3, 26), "9999"), "男 9,999 と女"),
    (lambda rows: rows.append(rows[3]), "44 行目: 熊本県の2025年（男女計）は 4 行目にもあります"),
    (lambda rows: put(rows, (3, 0), "430"), "コード「430」が団体コードではありません"),
    (lambda rows: put(rows, (3, 0), "430002"), "コード「430002」が団体コードではありません"),
    (lambda rows: put(rows, (9, 0), "43000"), "コード 43000 が「熊本県」と「熊本市」の両方にあります"),
    (lambda rows: put(rows, (3, 4), "X年"), "4 行目の 5 列目: 年「X年」が読めません"),
    (lambda rows: put(rows, (0, 7), "5～10歳/a"), "年齢"),
    (lambda rows: rows.pop(3), "熊本県の2025年に男の人口がありません"),
    (lambda rows: [rows.pop() for _ in range(7)], "2015年の熊本県は"),
]


@pytest.mark.parametrize(("spoil", "said"), H30)
def test_a_table_of_areas_with_a_fault(spoil: Callable[[Rows], object], said: str) -> None:
    rows = made.h30_rows()
    spoil(rows)
    problem = refused(made.csv_bytes(rows), "h30.csv")
    assert said in problem.ja
    assert problem.ja.startswith("h30.csv")
    assert problem.en.startswith("h30.csv")


def test_an_area_that_is_not_in_the_file() -> None:
    assert "コード 99999 の地域がありません" in refused(made.csv_bytes(made.h30_rows()), only={"99999"}).ja
    assert "99999" in refused(made.csv_bytes(made.census_rows()), only={"99999"}).ja


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("07204", "浜通り13市町村"),
        ("07201", "福島県は平成30年推計では県全体だけ"),
        ("40231", "40305、40231"),
        ("01695", "北方領土"),
        ("22138", "浜松市は2024年に区が再編"),
    ],
)
def test_why_an_area_has_no_projection(code: str, said: str) -> None:
    for data in (made.csv_bytes(made.h30_rows()), made.workbook(**made.prefecture_sheets())):
        problem = refused(data, "kekka.dat", only={code})
        assert problem.ja.startswith(f"kekka.dat: コード {code} の地域がありません（")
        assert said in problem.ja


def test_an_own_sheet_without_years_or_sexes() -> None:
    rows = made.own_wide_rows()
    rows[1] = []
    assert "何年の人口かが列の見出しにありません" in refused(made.workbook(人口=rows), "本市.xlsx").ja
    rows = made.own_wide_rows()
    rows[2] = ["年齢"]
    rows[1] = [None, "2020年", "2025年", "2030年", "2035年"]
    assert "男女の別が列の見出しにありません" in refused(made.workbook(人口=rows), "本市.xlsx").ja


_JUNK = [
    "",
    "総数",
    "男",
    "2020年",
    "年齢",
    "コード",
    "90歳以上",
    "43203",
    "1e5",
    "X",
    "\x00",
    '"',
    "0",
    "-1",
    "年",
]
_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["put", "drop", "double", "cut", "column"]),
        st.integers(0, 400),
        st.integers(0, 90),
        st.sampled_from(_JUNK),
    ),
    min_size=1,
    max_size=8,
)
_MAKERS: tuple[Callable[[], Rows], ...] = (
    made.h30_rows,
    made.r5_rows,
    lambda: made.group_rows("総人口", 0, 20),
    made.census_rows,
    made.register_rows,
    made.region_rows,
    made.own_long_rows,
    made.own_wide_rows,
    lambda: made.prefecture_sheets()["43203_人吉市"],
)


@settings(max_examples=80)
@given(st.sampled_from(_MAKERS), _EDITS)
def test_whatever_is_damaged_is_read_or_refused_in_a_sentence(
    maker: Callable[[], Rows], edits: list[tuple[str, int, int, str]]
) -> None:
    rows = [list(row) for row in maker()]
    for what, line, column, junk in edits:
        row = rows[line % len(rows)]
        if what == "put" and row:
            row[column % len(row)] = junk
        elif what == "drop" and len(rows) > 1:
            rows.remove(row)
        elif what == "double":
            rows.insert(line % len(rows), list(row))
        elif what == "cut":
            del row[column:]
        elif what == "column":
            for other in rows:
                del other[column : column + 1]
    data = made.csv_bytes([["" if cell is None else cell for cell in row] for row in rows])
    assert _outcome(data).startswith("f.csv")


def _outcome(data: bytes) -> str:
    """The sentence, or the file's name where it could be read; any other error is one of the reader."""
    try:
        read_population(data, "f.csv")
    except Problem as problem:
        return problem.ja
    return "f.csv"


def test_a_cell_of_a_workbook_is_named_by_its_address() -> None:
    rows = made.r5_rows()
    rows[6][28] = "秘匿"
    problem = refused(made.workbook(Sheet1=rows), "r5.xlsx")
    assert "シート「Sheet1」AC7: 0～4歳は 「秘匿」 です" in problem.ja
    assert 'r5.xlsx, sheet "Sheet1", AC7' in problem.en


LONG: list[tuple[Callable[[Rows], object], str]] = [
    (lambda rows: put(rows, (5, 1), "雄"), "6 行目の 2 列目: 性別「雄」が読めません"),
    (lambda rows: put(rows, (5, 2), "5月9日"), "6 行目の 3 列目: 年齢「5月9日」が読めません"),
    (lambda rows: put(rows, (5, 2), "10～14歳"), "同じ地域・年・性別・年齢の行が"),
    (lambda rows: put(rows, (5, 3), "?"), "6 行目の 4 列目: 人口は 「?」 です"),
    (lambda rows: put(rows, (5, 0), "人吉"), "コード「人吉」が団体コードではありません"),
    (lambda rows: rows.pop(5), "「20～24歳」の所には「15～19歳」が必要です"),
    (lambda rows: rows.pop(30), "年齢がほかと違います"),
    (lambda rows: put(rows, (1, 3), 1), "総数は 1 ですが"),
    (lambda rows: put(rows, (20, 2), "90～94歳"), "「90～94歳」の所には「90歳以上」が必要です"),
    (lambda rows: rows.__delitem__(slice(1, None)), "人口の行がありません"),
]


@pytest.mark.parametrize(("spoil", "said"), LONG)
def test_a_long_table_with_a_fault(spoil: Callable[[Rows], object], said: str) -> None:
    rows = made.census_rows()
    spoil(rows)
    assert said in refused(made.csv_bytes(rows), "census.csv").ja


SUMS = [
    (
        "code,name,year,total,age0_14,age15_64,age65plus\n43203,人吉市,2025,110,12,55,33\n",
        "年齢区分の和は 100 です",
    ),
    (
        "code,name,year,total,age0_14,age15_64,age65plus\n43203,人吉市,2020,900,12,55,33\n",
        "年齢区分の和は 100 です",
    ),
    (
        "code,name,year,total,age0_14,age15_64,age65plus\n43203,人吉市,2020,100,12,55,99\n",
        "年齢区分の和は 166 です",
    ),
    (
        "code,name,year,total,age0_14\n43203,人吉市,2020,100,10\n43203,人吉市,2020,100,10\n",
        "2020年が二度あります",
    ),
    ("code,name,year,total,age0_14\n43203,人吉市,20x0,100,10\n", "年「20x0」が読めません"),
    ("code,name,pop2020,pop2025\n43203,人吉市,100,多い\n", "総数は 「多い」 です"),
    ("code,name,pop2020,pop2025\n1,人吉市,100,90\n", "コード「1」が団体コードではありません"),
]


@pytest.mark.parametrize(("text", "said"), SUMS)
def test_a_table_of_totals_with_a_fault(text: str, said: str) -> None:
    assert said in refused(text.encode()).ja


def test_a_table_of_shares_is_not_taken_for_persons() -> None:
    rows = made.group_rows("結果表3-1　0～14歳人口の割合", 0, 3)
    for row in rows[3:]:
        row[4:11] = [12.3, 11.9, 11.0, 10.8, 10.5, 10.2, 10.0]
    assert "割合か指数の表です" in refused(made.workbook(Sheet1=rows), "kekkahyo3_1.xlsx").ja


def test_a_result_table_with_a_row_too_few() -> None:
    rows = made.group_rows("結果表1　総人口", 0, 20)
    rows.pop()
    assert "2020年（総数）の熊本県は" in refused(made.workbook(Sheet1=rows), "kekkahyo1.xlsx").ja


def test_regions_of_two_municipalities_and_hidden_figures() -> None:
    rows = made.region_rows()
    rows[1][0] = "434418"
    assert "団体コードが 2 種類あります" in refused(made.csv_bytes(rows)).ja
    assert "0～4歳は 「*」 です" in refused(made.csv_bytes(put(made.region_rows(), (1, 8), "*"))).ja


@pytest.mark.parametrize("older", [False, True])
def test_a_region_whose_total_is_not_men_and_women(older: bool) -> None:
    column = made.region_rows(older)[0].index("総人口")
    said = refused(made.csv_bytes(put(made.region_rows(older), (1, column), 1))).ja
    assert f"2 行目の {column + 1} 列目: 総人口は 1 ですが、男女・年齢別の和は" in said
    read_population(made.csv_bytes(put(made.region_rows(older), (1, column), "")), "open.csv")


def test_a_register_without_a_year() -> None:
    rows = made.register_rows()
    rows[0] = ["住民基本台帳年齢階級別人口"]
    assert "何年の人口かが分かりません" in refused(made.workbook(表=rows), "r.xlsx").ja


def test_an_own_sheet_without_one_sex() -> None:
    rows = [
        [cell for at, cell in enumerate(row) if at not in (2, 4)]
        for row in made.own_wide_rows(one_heading=True)
    ]
    assert "女の人口がありません" in refused(made.workbook(人口=rows), "本市.xlsx").ja


NO_TABLE = [
    (b"", "a.csv", "空です"),
    (b"\n\n \n", "a.csv", "空です"),
    (b"a,b\n1,2\n", "a.csv", "人口の表の見出しが見つかりません"),
    (b"\xff\xfea\0,\0", "a.csv", "UTF-16"),
    (b"%PDF-1.7", "a.pdf", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kekka.xls", "古い形式"),
    (b"PK\x03\x04rubbish", "a.xlsx", "壊れている"),
    (b"\x1f\x8brubbish", "a.csv.gz", "圧縮が壊れて"),
    (gzip.compress(b"code,sex,age,2015\n", mtime=0)[:-9], "a.csv.gz", "圧縮が途中で切れています"),
    (b'code,sex,age,2015\n"43203,M,x\n', "a.csv", "引用符が壊れています"),
    (made.workbook(空=[["メモ"]]), "a.xlsx", "人口の表の見出しが見つかりません"),
]


@pytest.mark.parametrize(("data", "name", "said"), NO_TABLE)
def test_what_is_no_table_of_population(data: bytes, name: str, said: str) -> None:
    problem = refused(data, name)
    assert said in problem.ja
    assert problem.ja.startswith(name)


def test_a_small_file_that_unpacks_to_a_huge_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(population_grid, "LARGEST_TEXT", 1_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    data = packer.compress(b"0" * 5_000_000) + packer.flush()
    assert len(data) < 10_000
    assert "大きすぎます" in refused(data, "a.csv.gz").ja
    assert "大きすぎます" in refused(b"a" * 1_000_001, "a.csv").ja


def test_no_path_and_no_control_character_in_a_message() -> None:
    rows = put(made.census_rows(), (5, 1), "\x1b[2J男\u202e")
    problem = refused(made.csv_bytes(rows), "/home/someone/census.csv")
    assert "/home" not in problem.ja
    assert "\x1b" not in problem.ja
    assert "\u202e" not in problem.ja
