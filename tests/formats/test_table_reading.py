"""TABLE.csv on its way in: any sensible header, every readable row, every damaged row by line and column."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.formats.table import table_csv
from sosei.formats.table_reading import Table, load_table
from sosei.plan import walk
from sosei.plan.indicator import Counting, Direction, Role
from sosei.plan.model import Plan
from sosei.values import Kind, Problem, Reason

HEADER = "id,name,role,direction,counting,baseline,target,actual:R5,actual:R6,printed:R6,printed-class:R6"
GOOD = 'k1,観光客入込数,KPI,raise,stock,"12,763人","13,300人",-,"15,473人",116%,Ａ'


def table(*lines: str, encoding: str = "utf-8") -> Table:
    return load_table("\n".join(lines).encode(encoding))


def faults(found: Table) -> list[tuple[int, str]]:
    return [(error.line, error.column) for error in found.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_is_read_as_printed(encoding: str, end: str) -> None:
    found = load_table((HEADER + end + GOOD + end).encode(encoding))
    assert found.errors == ()
    (row,) = found.rows
    assert (row.line, row.id, row.name) == (2, "k1", "観光客入込数")
    assert (row.role, row.direction, row.counting) == (Role.KPI, Direction.RAISE, Counting.STOCK)
    assert (str(row.baseline), str(row.target), row.baseline2) == ("12,763人", "13,300人", None)
    assert {year: str(value) for year, value in row.actuals.items()} == {2023: "-", 2024: "15,473人"}
    assert row.actuals[2023].reason is Reason.NOT_MEASURED
    assert row.printed[2024].number == Decimal(116)
    assert row.grades == {2024: "Ａ"}
    assert row.targets == {}


def test_three_columns_are_enough() -> None:
    (row,) = table("actual:R6,target,name", "90,100,参加者数").rows
    assert (row.name, str(row.target), str(row.actuals[2024])) == ("参加者数", "100", "90")
    assert (row.id, row.role, row.direction) == ("L2", Role.KPI, Direction.UNDECIDED)


@pytest.mark.parametrize(
    "year", ["R6", "r6", "Ｒ６", "2024", "令和6年度", "令和６年度", "R6年度", "2024年度", "令和6年", " R 6 "]
)
def test_a_year_in_any_form(year: str) -> None:
    (row,) = table(f"name,target,actual:{year},target：{year}", "x,100,90,80").rows
    assert {at: str(value) for at, value in row.actuals.items()} == {2024: "90"}
    assert {at: str(value) for at, value in row.targets.items()} == {2024: "80"}


def test_japanese_names_of_columns() -> None:
    found = table(
        "名称,単位,役割,基準値,目標値,目標値:令和7年度,実績値：令和6年度,達成率:R6,評価区分:R6",
        "出生数,人,数値目標,100,120,115,110,91.7%,B",
    )
    (row,) = found.rows
    assert (row.name, row.unit, row.role) == ("出生数", "人", Role.NUMERIC_TARGET)
    assert (str(row.targets[2025]), str(row.actuals[2024]), row.grades[2024]) == ("115", "110", "B")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("name,target", "actual:R6 の列がありません"),
        ("name,actual:R6", "target の列がありません"),
        ("target:R6,actual:R6", "name、target の列がありません"),
        (
            "name,target,actual:R6,colour",
            "4 列目の見出し「colour」は使えません。使えるのは id、",
        ),
        ("name,target,actual:R6,", "4 列目の見出し「」は使えません"),
        ("name,target,actual", "3 列目の見出し「actual」の年度が読めません"),
        ("name,target,actual:いつか", "「actual:いつか」の年度が読めません。actual:R6、"),
        ("name,target,actual:R6.10.1", "の年度が読めません"),
        ("name,target,actual:R0", "の年度が読めません"),
        ("name,target,actual:R6,name:R6", "「name:R6」は使えません"),
        ("name,target,actual:R6,actual:2024", "「actual:2024」は「actual:R6」と同じ列です"),
        ("name,target,actual:R6,名称", "「名称」は「name」と同じ列です"),
        ('name,target,"actual:R6', "見出しの引用符"),
        ("\0", "の見出し"),
        ("a" * 10_000_000, "の見出し"),
        ("name;target;actual:R6", "「name;target;actual:R6」は使えません"),
    ],
)
def test_a_wrong_header_is_one_sentence(header: str, words: str) -> None:
    with pytest.raises(Problem) as caught:
        table(header, "x,100,90")
    assert words in caught.value.ja
    assert len(caught.value.ja) < 300
    assert "\n" not in caught.value.ja + caught.value.en


def test_empty_files_and_other_formats() -> None:
    for data in (b"", b"\xef\xbb\xbf", b"\n\n", b",,\n"):
        with pytest.raises(Problem, match="the table is empty"):
            load_table(data)
    with pytest.raises(Problem, match="UTF-16"):
        load_table(f"{HEADER}\n{GOOD}".encode("utf-16"))
    with pytest.raises(Problem, match="workbook"):
        load_table(b"PK\x03\x04" + bytes(100))


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("k,x,KPI,raise,stock,1,2,3,4,5", "printed-class:R6", "セルが 10 個あります（見出しは 11 個）"),
        ("k", "name", "セルが 1 個"),
        ("k,x,KPI,raise,stock,1,2,3,4,5,A,B", "12", "余分"),
        ("k,x,KPI,raise,stock,12,763,2,3,4,5,A", "12", "余分"),
        (
            "k,x,目的,raise,stock,1,2,3,4,5,A",
            "role",
            "「目的」は使えません。使えるのは 数値目標, KPI, 事業KPI です",
        ),
        ("k,x,KPI,up,stock,1,2,3,4,5,A", "direction", "raise, lower, at_least"),
        ("k,x,KPI,raise,often,1,2,3,4,5,A", "counting", "cumulative"),
        ("k, ,KPI,raise,stock,1,2,3,4,5,A", "name", "名称が空です"),
        ("k,x\0y,KPI,raise,stock,1,2,3,4,5,A", "name", "読めないバイト"),
        ("k,x,KPI,raise,stock,1,2,3,4,5," + "あ" * 10_001, "printed-class:R6", "10001 文字もあります"),
        ('k,x,KPI,raise,stock,"1"2,2,3,4,5,A', "baseline", "引用符"),
        ('k,"x,KPI,raise,stock,1,2,3,4,5,A', "name", "引用符"),
    ],
)
def test_a_damaged_row_is_named_and_the_others_come_out(row: str, column: str, words: str) -> None:
    found = table(HEADER, GOOD, row, GOOD)
    assert [each.line for each in found.rows] == [2, 4]
    assert faults(found) == [(3, column)]
    assert words in found.errors[0].sentence("ja")
    assert found.errors[0].sentence("ja").startswith(f"3 行目の列「{column}」: ")
    assert found.errors[0].sentence("en").startswith(f'line 3, column "{column}": ')


def test_a_value_that_is_no_number_is_no_error() -> None:
    found = table("name,target,actual:R6", "x,設置,未設置", "y,1�2,10", "z,12□,…")
    assert found.errors == ()
    assert [row.target and row.target.kind for row in found.rows] == [Kind.TEXT, Kind.DAMAGED, Kind.DAMAGED]


def test_bytes_that_are_no_characters_cost_one_row() -> None:
    lines = [HEADER, *[GOOD.replace("k1", f"k{number}") for number in range(50)]]
    for encoding in ("utf-8", "cp932"):
        data = [line.encode(encoding) for line in lines]
        data[7] = data[7].replace("入込".encode(encoding), b"\xff\x81")
        found = load_table(b"\r\n".join(data))
        assert faults(found) == [(8, "name")]
        assert {row.name for row in found.rows} == {"観光客入込数"}


def test_line_breaks_inside_quotes_keep_the_numbers_right() -> None:
    found = table("name,target,actual:R6", '"a\nb","10\n0",90', "", "c,1", '"d ""e""",2,3', ",,", 'f 5",4,5')
    assert [(row.line, row.name) for row in found.rows] == [(2, "a\nb"), (7, 'd "e"'), (9, 'f 5"')]
    assert faults(found) == [(6, "actual:R6")]
    found = table('"name",target,"actual:\nR6"', "x,1,2")
    assert [row.line for row in found.rows] == [3]


def test_a_quote_never_closed_swallows_nothing() -> None:
    plain = "k{},名,KPI,raise,stock,1,2,3,4,5,A"
    lines = [HEADER, *[plain.format(number) for number in range(300)]]
    lines[10] = lines[10].replace("名", '"名')
    assert faults(table(*lines)) == [(11, "name")]
    lines[200] = lines[200].replace("名", '名"')  # not at the beginning of a cell: a character like any other
    assert len(table(*lines).rows) == 299
    lines[12] = lines[12].replace("名", '"名')
    assert faults(table(*lines)) == [(11, "name"), (13, "name")]


def test_many_open_quotes_are_one_error_each() -> None:
    found = table(HEADER, *['a,"b'] * 20_000)
    assert len(found.errors) == 20_000
    found = table(HEADER, *['a,"' + "あ" * 1000] * 1000)
    assert len(found.errors) == 1000


def test_a_cell_of_ten_megabytes() -> None:
    huge = "9" * 10_000_000
    found = table(
        "name,target,actual:R6",
        f"x,{huge},1",
        f'y,"{huge}",1',
        f'"{huge}',
        "z,1,2",
        '"' + '""' * 5_000_000 + '",1,2',
    )
    assert [row.name for row in found.rows] == ["z"]
    assert faults(found) == [(2, "target"), (3, "target"), (4, "name"), (6, "name")]


def test_ten_thousand_rows_with_a_hundred_damaged_ones() -> None:
    rng = random.Random(20_240_401)
    damages = (
        lambda line: line.rsplit(",", rng.randint(1, 3))[0],
        lambda line: line + ",余り",
        lambda line: line.replace("KPI", "KPＸ"),
        lambda line: line.replace("raise", "上"),
        lambda line: line.replace('"12', "12"),
        lambda line: line.replace('300人"', "300人"),
        lambda line: line.replace("観光", "観\0光"),
        lambda line: line[: line.index("入込") + 1],
    )
    lines = [GOOD.replace("k1", f"k{number}") for number in range(10_000)]
    bad = sorted(rng.sample(range(10_000), 100))
    for number in bad:
        lines[number] = rng.choice(damages)(lines[number])
    for encoding in ("utf-8", "cp932"):
        found = table(HEADER, *lines, encoding=encoding)
        assert [error.line for error in found.errors] == [number + 2 for number in bad]
        assert all(error.column and error.ja and error.en for error in found.errors)
        assert [row.id for row in found.rows] == [
            f"k{number}" for number in range(10_000) if number not in set(bad)
        ]


@pytest.mark.parametrize("name", ["hitoyoshi", "aso"])
def test_what_goes_out_comes_in_again(plans: dict[str, Plan], name: str) -> None:
    plan = plans[name]
    data = table_csv(plan)
    if name == "aso":  # no year of this plan has an actual value
        with pytest.raises(Problem, match="actual:R6"):
            load_table(data)
        return
    found = load_table(data)
    assert found.errors == ()
    indicators = walk.by_key(plan)
    for (placed, placement), row in zip(walk.placements(plan), found.rows, strict=True):
        indicator = indicators[placement.indicator]
        assert (row.id, row.indicator, row.place, row.name) == (
            placement.key,
            indicator.key,
            placed.place,
            placement.name,
        )
        assert (row.role, row.unit, row.direction) == (placement.role, indicator.unit, indicator.direction)
        assert str(row.target or "") == str(placement.target.quantity if placement.target else "")
        assert [str(value) for value in row.printed.values()] == [
            str(entry.rate) for entry in placement.printed if entry.rate
        ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_behind_a_header_give_rows_or_errors(data: bytes) -> None:
    found = load_table(b"name,target,actual:R6\n" + data)
    assert all(row.line > 1 for row in found.rows)
    assert all(error.line > 1 and error.column for error in found.errors)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='a",\n\r\0あ', max_size=80))
def test_rows_of_quotes_and_commas_end(text: str) -> None:
    found = load_table(f"name,target,actual:R6\n{text}\nz,1,2".encode())
    lines = sorted([row.line for row in found.rows] + [error.line for error in found.errors])
    assert lines == sorted(set(lines))


@pytest.mark.slow
def test_a_million_rows() -> None:
    data = (HEADER + "\n" + (GOOD + "\n") * 1_000_000).encode()
    assert len(load_table(data).rows) == 1_000_000
