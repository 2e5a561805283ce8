"""``sosei evaluate`` as a person runs it: plans and tables in, table, JSON and CSV out."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sosei.scheme.presets import preset_names
from tests.cli.test_commands import ASO, HITOYOSHI, sosei

SCHEME = """
name = "試しの方式"
[period]
first = "R4"
last = "R7"
[quantity]
kind = "progress"
[rounding]
digits = 1
[class]
bands = [{ label = "A", from = 100 }, { label = "B", from = 50 }, { label = "C" }]
none = "－"
[rollup]
share_of = "classes"
good = ["A", "B"]
mean = "rates"
"""
TABLE = """id,place,role,name,direction,counting,baseline,target,actual:R5,actual:R6,printed:R6,printed-class:R6
a,目標１/施策①,数値目標,入込数,raise,stock,100,120,105,110,50.0%,B
b,目標１/施策①,KPI,待機児童,lower,stock,12,0,6,3,80.0%,B
c,目標１/施策②,KPI,集計待ち,raise,stock,10,20,12,集計中,,
d,目標２/施策①,KPI,"改行の
ある名称",raise,stock,10,20,12,31,210%,C
e,目標２/施策①,KPI,不正,上げる,stock,10,20,12,31,,
f,目標２/施策①,KPI,不足
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "s.toml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "t.csv"


def as_json(*arguments: str | Path, lang: str = "ja") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sosei("evaluate", *arguments, "--format", "json", lang=lang).stdout)
    return found


def test_json_is_the_published_contract(table: Path) -> None:
    found = as_json(table, "--scheme", table.with_name("s.toml"), "--year", "R6")
    assert list(found) == ["rows", "rollup", "errors"]
    rows = {row["id"]: row for row in found["rows"]}
    assert list(rows) == ["a", "b", "c", "d"]
    for row in rows.values():
        assert list(row) == ["id", "rate", "printed", "class", "reached", "reason", "explanation", "readings"]
        assert list(row["explanation"]) == ["ja", "en"]
        assert all(row["explanation"].values())
        assert all(list(reading) == ["kind", "rate", "printed"] for reading in row["readings"])
    assert rows["a"]["rate"] == {"fraction": "1/2", "decimal": "50.0"}
    assert (rows["a"]["printed"], rows["a"]["class"], rows["a"]["reached"]) == ("50.0%", "B", False)
    assert rows["b"]["rate"] == {"fraction": "3/4", "decimal": "75.0"}
    assert (rows["d"]["printed"], rows["d"]["class"], rows["d"]["reached"]) == ("210.0%", "A", True)
    assert rows["d"]["reason"] is None
    assert (rows["c"]["rate"], rows["c"]["class"], rows["c"]["reached"], rows["c"]["reason"]) == (
        None,
        "－",
        None,
        "counting",
    )
    kinds = {reading["kind"]: reading for reading in rows["a"]["readings"]}
    assert kinds["ratio"]["rate"]["fraction"] == "11/12"
    assert kinds["pace"]["printed"] == "66.7%"
    assert [(error["line"], error["column"]) for error in found["errors"]] == [
        (7, "direction"),
        (8, "direction"),
    ]
    assert "上げる" in found["errors"][0]["message"]


def test_the_rollup_follows_the_scheme(table: Path) -> None:
    levels = as_json(table, "--scheme", table.with_name("s.toml"), "--year", "R6")["rollup"]
    overall = levels[0]
    assert {key: overall[key] for key in ("level", "id", "known", "reached", "share")} == {
        "level": "overall",
        "id": "",
        "known": 3,
        "reached": 3,
        "share": "100.0",
    }
    assert overall["by_class"] == {"A": 1, "B": 2, "－": 1}
    assert overall["mean"] == "111.7%"
    assert [level["id"] for level in levels[1:]] == [
        "目標１",
        "目標１/施策①",
        "目標１/施策②",
        "目標２",
        "目標２/施策①",
    ]
    assert "mean" not in as_json(table, "--year", "R6")["rollup"][0]


def test_the_terminal_shows_rates_and_rollup_and_says_what_it_left_out(table: Path) -> None:
    done = sosei("evaluate", table, "--scheme", table.with_name("s.toml"), "--year", "R6")
    lines = [
        [cell.strip() for cell in line.split("│")[1:-1]] for line in done.stdout.splitlines() if "│" in line
    ]
    assert lines[0] == ["入込数", "120", "110", "50.0%", "B", "50.0%", "○", "○", ""]
    assert lines[1] == ["待機児童", "0", "3", "75.0%", "B", "80.0%", "違い", "○", ""]
    assert lines[3][:4] == ["改行の ある名称", "20", "31", "210.0%"]
    assert next(line for line in lines if line[0] == "全体")[:6] == ["全体", "", "4", "3", "3", "100.0%"]
    said = done.stderr.splitlines()
    assert [line[: line.index("」")] for line in said] == [
        f"sosei: {table}: {line} 行目の列「direction" for line in (7, 8)
    ]
    english = sosei("evaluate", table, "--year", "R6", lang="en")
    assert "agree" in english.stdout
    assert 'line 7, column "direction"' in english.stderr
    assert sosei("evaluate", table, "--year", "R6", "--quiet").stderr == ""


def test_csv_has_one_row_a_result_with_its_explanation(table: Path) -> None:
    done = sosei("evaluate", table, "--scheme", table.with_name("s.toml"), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    assert rows[0]["割合（分数）"] == "1/2"
    assert "50.0%" in rows[0]["計算の根拠"]
    assert rows[2]["率のない理由"].startswith("実績値がありません")
    assert [row["区分の一致"] for row in rows] == ["○", "○", "", "違い"]
    assert "効果（案）" not in rows[0]
    assert len(done.stderr.splitlines()) == 2


def test_the_effect_is_shown_where_the_scheme_has_one(table: Path) -> None:
    scheme = table.with_name("e.toml")
    scheme.write_text(
        SCHEME + '[effect]\nbands = [{ label = "非常に", above = 100 }, { label = "相当程度", from = 70 }]\n',
        encoding="utf-8",
    )
    effects = {"a": None, "b": "相当程度", "c": None, "d": "非常に"}
    rows = as_json(table, "--scheme", scheme, "--year", "R6")["rows"]
    assert {row["id"]: row["effect"] for row in rows} == effects
    assert "交付金の効果の案は「非常に」です。" in rows[3]["explanation"]["ja"]
    assert 'The proposed effect is "非常に".' in rows[3]["explanation"]["en"]
    done = sosei("evaluate", table, "--scheme", scheme, "--year", "R6", "--format", "csv")
    listed = csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"), newline=""))
    assert {row["id"]: row["効果（案）"] or None for row in listed} == effects
    shown = sosei("evaluate", table, "--scheme", scheme, "--year", "R6").stdout
    assert "相当程度" in shown
    assert "effect" not in as_json(table, "--scheme", table.with_name("s.toml"))["rows"][0]


def test_the_year_is_the_latest_unless_given(table: Path) -> None:
    assert as_json(table)["rows"][0]["rate"]["fraction"] == "11/12"
    assert as_json(table, "--year", "令和5年度")["rows"][0]["rate"]["fraction"] == "7/8"


def test_the_published_rates_of_hitoyoshi_through_a_pipe() -> None:
    environment = {**os.environ, "SOSEI_LANG": "ja"}
    command = [sys.executable, "-m", "sosei"]
    out = subprocess.run(
        [*command, "table", str(HITOYOSHI)], capture_output=True, check=True, env=environment
    )
    printed = {
        row["id"]: row["printed:R6"]
        for row in csv.DictReader(io.StringIO(out.stdout.decode("utf-8-sig"), newline=""))
    }
    for encoding in ("utf-8-sig", "cp932"):
        data = out.stdout.decode("utf-8-sig").replace("㎥", "m3").encode(encoding)  # cp932 has no ㎥
        arguments = ["evaluate", "-", "--year", "R6", "--scheme", "hitoyoshi", "--format", "json"]
        done = subprocess.run(
            [*command, *arguments], input=data, capture_output=True, check=True, env=environment
        )
        found = json.loads(done.stdout)
        rates = {row["id"]: row["rate"]["decimal"] + "%" for row in found["rows"] if row["rate"]}
        assert found["errors"] == []
        assert len(found["rows"]) == 112
        assert rates == {key: rate for key, rate in printed.items() if rate not in ("", "-")}
        assert len(rates) == 30


def test_a_plan_is_evaluated_by_its_own_scheme() -> None:
    found = as_json(HITOYOSHI)
    assert len(found["rows"]) == 31
    assert [row["reason"] for row in found["rows"] if not row["rate"]] == ["not_measured"]
    assert {level["level"] for level in found["rollup"]} == {"overall", "基本目標", "施策"}
    for row in found["rows"]:
        if row["rate"]:
            assert abs(
                Fraction(row["rate"]["fraction"]) * 100 - Fraction(row["rate"]["decimal"])
            ) <= Fraction(1, 2)
    assert len(as_json(ASO, "--year", "R9")["rows"]) > 60


def test_presets_are_listed() -> None:
    listed = json.loads(sosei("evaluate", "--list", "--format", "json").stdout)["presets"]
    assert [each["preset"] for each in listed] == preset_names()
    assert all(each["name"] and each["source"] for each in listed)
    shown = sosei("evaluate", "--list").stdout
    assert all(name in shown for name in preset_names())
    assert "preset,name,source" in sosei("evaluate", "--list", "--format", "csv", lang="en").stdout


def test_ten_thousand_rows_with_one_percent_damaged(tmp_path: Path) -> None:
    rng = random.Random(4)
    bad = set(rng.sample(range(10_000), 100))
    lines = ["id,name,role,target,actual:R6"]
    for number in range(10_000):
        if number in bad:
            lines.append(
                rng.choice(
                    [f"k{number},名", f"k{number},名,目的,200,1", f'k{number},"名,KPI,200,1', "\0,名,KPI,1,1"]
                )
            )
        else:
            lines.append(f'k{number},名,KPI,"2,000人","{number:,}人"')
    (tmp_path / "t.csv").write_text("\r\n".join(lines), encoding="cp932", newline="")
    found = as_json(tmp_path / "t.csv", "--year", "R6")
    assert [error["line"] for error in found["errors"]] == [number + 2 for number in sorted(bad)]
    assert all(error["column"] and error["message"] for error in found["errors"])
    assert len(found["rows"]) == 9900
    for row in found["rows"]:
        assert Fraction(row["rate"]["fraction"]) == Fraction(int(row["id"][1:]), 2000)
        assert Decimal(row["rate"]["decimal"]) == (Decimal(row["id"][1:]) / 20).quantize(
            Decimal(1), "ROUND_HALF_UP"
        )


def test_hostile_cells_are_data(tmp_path: Path) -> None:
    cells = [
        "\x1b[2J赤",
        "[red]x[/red]",
        "=HYPERLINK(1)",
        "あ" * 5000,
        "𠮷\u202e逆",
        "a\u2028b",
        "9" * 5000,
        "1e999999999",
    ]
    numbers = [
        "９９９",
        "0",
        "-0",
        "1" * 190,
        "▲5",
        "1/0",
        "NaN",
        "Infinity",
        "0.0000001",
        "1億2万3",
        "△",
        "%",
        "1,2,3",
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["name", "target", "actual:R6", "baseline"])
    for name in cells:
        writer.writerows([name, target, actual, "1"] for target in numbers for actual in numbers)
    (tmp_path / "t.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    for form in ("table", "json", "csv"):
        for scheme in ("f1-ratio", "f3-progress"):
            done = sosei("evaluate", tmp_path / "t.csv", "--year", "R6", "--format", form, "--scheme", scheme)
            assert done.stderr == ""
            if form == "table":
                assert "\x1b" not in done.stdout
                assert "\u202e" not in done.stdout
                assert "[red]x[/red]" in done.stdout
            if form == "json":
                assert len(json.loads(done.stdout)["rows"]) == len(cells) * len(numbers) ** 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "PLAN.json か TABLE.csv を指定してください"),
        (["nowhere.csv"], "nowhere.csv: ファイルがありません"),
        (["."], "フォルダーです"),
        (["{t}", "--year", "いつか"], "「いつか」は年度として読めません"),
        (["{t}", "--scheme", "nothing"], "評価方式「nothing」はありません"),
        (["{t}", "--scheme", "nowhere.toml"], "nowhere.toml"),
        (["{t}", "--scheme", "{bad}"], "quantity.kind"),
        (["{t}", "--format", "pdf"], "「--format」に使えない値です"),
        (["{t}", "-o", "/nowhere/x.json"], "書き込めません"),
        (["{head}"], "1 行目の 4 列目の見出し「colour」は使えません"),
        (["{blank}"], "実績のある年度がありません"),
        (["{nul}"], "の見出し"),
        (["{xlsx}"], "Excel のブックです"),
        (["{json}"], "計画"),
        ([str(ASO)], "実績のある年度がありません"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(table: Path, arguments: list[str], words: str) -> None:
    files = {
        "bad": b'name = "x"\n[quantity]\nkind = "ratios"\n',
        "head": b"name,target,actual:R6,colour\nx,1,2,red\n",
        "blank": b"name,target,actual:R6\nx,1,\n",
        "nul": bytes(1000),
        "xlsx": b"PK\x03\x04" + bytes(100),
        "json": b'{"format": "other"}',
    }
    places = {"t": table}
    for name, data in files.items():
        places[name] = table.with_name(f"{name}.toml" if name == "bad" else name)
        places[name].write_bytes(data)
    done = sosei("evaluate", *(argument.format(**places) for argument in arguments), check=2)
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
