"""``sosei population`` on published files and the examples: what comes out, and one sentence for nonsense."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import click
import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from sosei.cli.main import cli, main, usage_sentence
from sosei.formats.population_plain import population_csv
from sosei.reports.population.comparing import draws_table
from sosei.reports.population.known import known_example
from sosei.reports.population.outlook import outlook
from sosei.reports.population.tables import NOTHING
from sosei.values import Problem
from tests.cli.test_commands import ASO, HITOYOSHI
from tests.cli.test_commands import sosei as process
from tests.conftest import ROOT
from tests.formats.population_files import csv_bytes, group_rows, region_rows, register_rows, workbook
from tests.formats.population_files import row as row_of
from tests.reports.population_places import known

CENSUS, H30, R5 = (
    ROOT / "examples/aso/population" / name for name in ("census.csv", "ipss_h30.csv", "ipss_r5.csv")
)


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOSEI_LANG", "ja")  # the command sets it; afterwards it is as it was


def sosei(*arguments: str | Path, lang: str = "ja") -> Result:
    """The command inside this process; what went wrong is raised."""
    done = CliRunner().invoke(cli, ["--lang", lang, *map(str, arguments)], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done


def rows(data: bytes | str) -> list[list[str]]:
    text = data if isinstance(data, str) else data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_families_a_year_from_an_example(tmp_path: Path) -> None:
    asked = (
        "population",
        "solve",
        "--example",
        "hitoyoshi",
        "--target",
        "22000",
        "--year",
        "2045",
        "--year",
        "2070",
    )
    done = sosei(*asked)
    assert "が3.73世帯必要です" in done.stdout
    assert "が47.1世帯必要です" in done.stdout
    assert "が4.24％必要です" in done.stdout
    assert "数え方: 移住世帯は各期間の終わりに到着し" in done.stdout
    assert "2045年より先は、人吉市による延長" in done.stderr
    assert "率は、もとにする推計の人口から逆算したもの" in done.stderr
    quiet = sosei(*asked, "--quiet", "-o", tmp_path / "answers.json", lang="en")
    assert quiet.stderr == ""
    answers = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    assert len(answers) == 6
    assert answers[0]["amount"] == pytest.approx(3.73, abs=0.005)
    assert answers[1]["amount"] == pytest.approx(47.1, abs=0.05)
    assert answers[4]["amount"] == pytest.approx(0.0424, abs=0.00005)


def test_scenarios_as_numbers_table_and_chart(tmp_path: Path) -> None:
    asked = ("population", "scenario", "--example", "aso", "--to", "2070")
    table = rows(sosei(*asked).stdout)
    assert table[0] == ["scenario", "year", "population", "index", "difference", "ratio"]
    last = next(row for row in table if row[:2] == ["パターン1（社人研推計準拠）", "2070"])
    assert float(last[2]) == pytest.approx(11611.9, abs=0.05)
    sosei(*asked, "-o", tmp_path / "s.svg")
    ElementTree.fromstring((tmp_path / "s.svg").read_bytes())  # noqa: S314 - our own output
    sosei(*asked, "-o", tmp_path / "s.xlsx")
    assert (tmp_path / "s.xlsx").read_bytes().startswith(b"PK")


def test_draws_are_those_of_the_page_and_come_again_with_their_seed(tmp_path: Path) -> None:
    asked = ("population", "scenario", "--example", "aso", "--to", "2070")
    done = sosei(*asked, "--draws", "1000")
    table = rows(done.stdout)
    assert table[0][6:] == [f"{name}_p{at}" for name in ("population", "difference") for at in (10, 50, 90)]
    assert [line[:6] for line in table] == rows(sosei(*asked).stdout)
    assert "1,000回" in done.stderr
    assert "推計がどれほど当たるかを示すものではありません" in done.stderr
    assert rows(sosei(*asked, "--draws", "1000", "--seed", "1").stdout) == table
    assert rows(sosei(*asked, "--draws", "1000", "--seed", "2").stdout) != table
    ends = [[round(float(each)) for each in line[6:]] for line in table if line[1] == "2070"]
    shown = draws_table(outlook(known_example("aso"), 2070), 2070, "ja").rows
    figures = [[int(each.replace(",", "")) for each in row[2:] if each != NOTHING] for row in shown]
    assert [each[:3] for each in ends] == [each[:3] for each in figures]
    assert ends[0][3:] == [0, 0, 0]
    assert [each[3:] for each in ends[1:]] == [each[3:] for each in figures[1:]]
    sosei(*asked, "--draws", "1000", "--quiet", "-o", tmp_path / "s.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "s.xlsx").worksheets
    assert any("率を揺らした場合" in str(cell.value) for sheet in sheets for row in sheet for cell in row)


@pytest.mark.parametrize("kind", ["scenarios", "groups", "components"])
def test_tables(kind: str, tmp_path: Path) -> None:
    sosei("population", "table", kind, "--example", "aso", "--quiet", "-o", tmp_path / "t.csv")
    found = rows((tmp_path / "t.csv").read_bytes())
    assert any("に準拠して阿蘇市が推計" in row[0] for row in found if row)
    assert any("逆算した" in row[0] for row in found if row)
    sosei("population", "table", kind, "--example", "aso", "--quiet", "-o", tmp_path / "t.xlsx")
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "kind",
    [
        "total",
        "groups",
        "group-lines",
        "pyramid",
        "scenario-pyramid",
        "components",
        "scenarios",
        "contribution",
    ],
)
def test_charts(kind: str, tmp_path: Path) -> None:
    sosei(
        "population", "chart", kind, "--example", "hitoyoshi", "--quiet", "-o", tmp_path / "c.svg", lang="en"
    )
    root = ElementTree.fromstring((tmp_path / "c.svg").read_bytes())  # noqa: S314 - our own output
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_the_figures_of_a_chart(tmp_path: Path) -> None:
    sosei("population", "chart", "total", "--example", "aso", "-o", tmp_path / "c.csv")
    found = rows((tmp_path / "c.csv").read_bytes())
    last = dict(zip(found[0], next(row for row in found if row and row[0] == "2070"), strict=True))
    assert last["阿蘇市による延長（最後の期間の率を固定）"] == "11612"
    assert last["計画に印字された推計"] == "10272"


def test_the_chapter_as_pdf_and_as_markdown(tmp_path: Path) -> None:
    sosei("population", "chapter", "--example", "aso", "-o", tmp_path / "c.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "c.pdf"))
    assert "11,612" in text
    sosei(
        "population",
        "chapter",
        "--example",
        "aso",
        "--target",
        "15000",
        "--year",
        "2070",
        "-o",
        tmp_path / "c.md",
    )
    assert "目標人口を15,000人とし" in (tmp_path / "c.md").read_text(encoding="utf-8")
    assert len(list(tmp_path.glob("c-*.svg"))) == 7


@pytest.mark.parametrize(
    ("city", "kept"), [("aso", "2015年の人口を2030年にも保つ場合"), ("hitoyoshi", "22,000人")]
)
def test_a_chapter_that_ends_before_the_published_years(city: str, kept: str, tmp_path: Path) -> None:
    done = sosei("population", "chapter", "--example", city, "--to", "2030", "-o", tmp_path / "c.md")
    text = (tmp_path / "c.md").read_text(encoding="utf-8")
    assert done.stderr == ""
    assert "2015年と2030年の男女・年齢別" in text
    assert kept in text


def test_the_same_chapter_from_files(tmp_path: Path) -> None:
    files = ("--population", H30, "--census", CENSUS, "--newer", R5, "--plan", ASO)
    done = sosei("population", "chapter", *files, "-o", tmp_path / "c.md")
    text = (tmp_path / "c.md").read_text(encoding="utf-8")
    assert "2070年の人口は11,612人" in text
    assert "10,272人（社人研推計準拠）" in text
    assert "15,160" in text
    assert "年齢不詳" in done.stderr


def test_newer_age_groups_need_the_totals_beside_them(tmp_path: Path) -> None:
    sheets = {"表1": group_rows("結果表1　総人口", 0, 20), "表2": group_rows("結果表2-1　0～14歳人口", 0, 3)}
    h30 = ROOT / "examples/hitoyoshi/population/ipss_h30.csv"
    asked = ("population", "chart", "total", "--population", h30, "--area", "43203", "--quiet")
    (tmp_path / "both.xlsx").write_bytes(workbook(**sheets))
    sosei(*asked, "--newer", tmp_path / "both.xlsx", "-o", tmp_path / "c.csv")
    assert "社人研 令和5（2023）年推計" in rows((tmp_path / "c.csv").read_bytes())[0]
    del sheets["表1"]
    (tmp_path / "young.xlsx").write_bytes(workbook(**sheets))
    with pytest.raises(Problem) as caught:
        sosei(*asked, "--newer", tmp_path / "young.xlsx", "-o", tmp_path / "c.csv")
    assert "総人口がありません" in caught.value.ja
    assert "一つの Excel ブックのシートにまとめてください" in caught.value.ja


@pytest.mark.parametrize(
    ("command", "name", "is_told"),
    [
        (("table", "groups"), "T.csv", True),
        (("table", "scenarios"), "T.csv", False),
        (("table", "components"), "T.csv", False),
        (("chart", "total"), "C.svg", True),
        (("chart", "groups"), "C.svg", True),
        (("chart", "pyramid", "--year", "2010"), "C.svg", True),
        (("chart", "pyramid"), "C.svg", False),
        (("chart", "scenarios"), "C.svg", False),
        (("scenario",), "S.csv", False),
        (("scenario",), "S.xlsx", False),
        (("solve", "--target", "6000", "--year", "2045", "--by", "families"), "A.txt", False),
    ],
)
def test_people_of_unknown_age_are_told_of_where_the_census_is_shown(
    command: tuple[str, ...], name: str, is_told: bool, tmp_path: Path
) -> None:
    to = () if command[0] == "solve" else ("--to", "2045")
    out = tmp_path / name
    done = sosei("population", *command, "--population", H30, "--census", CENSUS, *to, "-o", out)
    assert out.exists()
    assert ("年齢不詳（" in done.stderr) == is_told


def test_the_register_stands_beside_the_census(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_bytes(csv_bytes(register_rows()))
    h30 = ROOT / "examples/hitoyoshi/population/ipss_h30.csv"
    files = ("--population", h30, "--area", "43203", "--register", register)
    sosei("population", "chart", "total", *files, "-o", tmp_path / "c.csv")
    head, *table = rows((tmp_path / "c.csv").read_bytes())
    at = head.index("住民基本台帳（1月1日）")
    assert [(row[0], row[at]) for row in table if len(row) > at and row[at] not in ("", "－")] == [
        ("2024", str(sum(row_of("43203", 2020, "both", 21))))
    ]
    assert any("つなげて読めません" in row[0] for row in table if row)


def test_own_scenarios_beside_the_national_ones(tmp_path: Path) -> None:
    scenario = tmp_path / "own.toml"
    scenario.write_text(
        'id = "own"\nname = { ja = "=独自", en = "own" }\n[fertility]\ntfr = { 2040 = 1.8 }\n',
        encoding="utf-8",
    )
    asked = ("--example", "aso", "--quiet", "--scenario", scenario)
    sosei("population", "chapter", *asked, "-o", tmp_path / "c.md")
    assert "「=独自」で" in (tmp_path / "c.md").read_text(encoding="utf-8")
    table = rows(sosei("population", "scenario", *asked, "--to", "2045").stdout)
    assert {row[0] for row in table[1:]} == {"'=独自"}


def test_a_file_without_a_name_of_its_area(tmp_path: Path) -> None:
    panel = known("aso").projection
    (tmp_path / "own.csv").write_bytes(population_csv(panel))
    sosei(
        "population",
        "chart",
        "groups",
        "--population",
        tmp_path / "own.csv",
        "--to",
        "2045",
        "-o",
        tmp_path / "g.csv",
    )
    found = rows((tmp_path / "g.csv").read_bytes())
    assert next(row for row in found if row and row[0] == "2045")[1] == "17817"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chapter", "-o", "x.pdf"], "--example か --population で"),
        (["chapter", "--example", "aso", "-o", "x.doc"], "拡張子を .pdf か .md"),
        (["chapter", "--example", "aso"], "--output を指定してください"),
        (["scenario", "--example", "aso"], "--to を指定してください"),
        (["table", "--example", "aso", "-o", "x.csv"], "{scenarios|groups|components} を指定してください"),
        (["chapter", "--example", "aso", "--year", "2045", "-o", "x.pdf"], "--target と一緒に"),
        (["chapter", "--example", "aso", "--target", "-5", "--quiet", "-o", "x.pdf"], "目標人口が -5"),
        (["chapter", "--example", "aso", "--population", str(H30), "-o", "x.pdf"], "一緒に使えません"),
        (
            ["chapter", "--example", "aso", "--plan", str(HITOYOSHI), "-o", "x.pdf"],
            "人吉市（43203）の計画です",
        ),
        (["chapter", "--population", str(R5), "-o", "x.pdf"], "男女・5歳階級別"),
        (["table", "groups", "--population", str(H30), "-o", str(H30)], "読み込むファイルに書き出す"),
        (["chapter", "--population", str(H30), "--area", "43999", "-o", "x.pdf"], "43999"),
        (
            ["chapter", "--population", str(H30), "--area", "432147", "-o", "x.pdf"],
            "検査数字（6桁目）が合いません",
        ),
        (["chapter", "--population", "nowhere.csv", "-o", "x.pdf"], "ファイルがありません"),
        (["chart", "total", "--example", "aso", "--to", "2071", "-o", "x.svg"], "2071年まで延長できません"),
        (["chart", "total", "--example", "aso", "--to", "100000", "-o", "x.svg"], "「--to」に使えない値です"),
        (["chart", "groups", "--example", "aso", "--year", "2045", "-o", "x.svg"], "人口ピラミッドだけ"),
        (
            ["chart", "pyramid", "--example", "aso", "--quiet", "--year", "2047", "-o", "x.svg"],
            "2047年の人口がありません",
        ),
        (
            ["table", "map", "--example", "aso", "-o", "x.csv"],
            "「{scenarios|groups|components}」に使えない値",
        ),
        (["chart", "heatmap", "--example", "aso", "-o", "x.svg"], "heatmap"),
        (["chart", "total", "--example", "tokyo", "-o", "x.svg"], "tokyo"),
        (["table", "groups", "--example", "aso", "-o", "x.svg"], "拡張子を .csv か .xlsx"),
        (
            ["table", "scenarios", "--example", "aso", "--scenario", "best", "-o", "x.csv"],
            "「best」というシナリオはありません",
        ),
        (["scenario", "--to", "2045"], "--base を指定してください（公表された推計から"),
        (["scenario", "--to", "2045", "-o", "x.svg"], "--example か --population で"),
        (
            ["scenario", "--example", "aso", "--to", "2045", "--scenario", "closed", "--scenario", "closed"],
            "が二つあります。名前を変えるか",
        ),
        (["project", "--to", "2045"], "--base を指定してください"),
        (
            ["project", "--to", "2045", "-o", "x.xlsx"],
            "x.xlsx: 形式が決まりません。拡張子を .csv にしてください",
        ),
        (
            ["scenario", "--example", "aso", "--to", "2045", "-o", "x.pdf"],
            "拡張子を .csv か .xlsx か .svg に",
        ),
        (
            ["solve", "--example", "aso", "--target", "20000", "--year", "2045", "-o", "x.csv"],
            "拡張子を .txt か .json に",
        ),
        (["solve", "--example", "aso", "--target", "20000", "--year", "2043"], "2043年で終わる期間"),
        (["scenario", "--example", "aso", "--to", "2045", "--seed", "3"], "--seed は --draws と一緒に"),
        (
            ["scenario", "--example", "aso", "--to", "2045", "--draws", "100", "-o", "s.svg"],
            "率を揺らした値は図に入りません",
        ),
        (
            ["solve", "--example", "aso", "--target", "20000", "--year", "2045", "--tfr-by", "2015"],
            "--tfr-by 2015 は基準年（2015年）より後の年にしてください",
        ),
        (
            ["chart", "total", "--example", "aso", "--area", "432032", "-o", "x.svg"],
            "--area 432032 は --example aso（阿蘇市 43214）の地域ではありません",
        ),
        (
            ["chart", "total", "--population", str(H30), "--national", str(H30), "-o", "x.svg"],
            "ipss_h30.csv: 全国の将来推計人口ではありません（阿蘇市 2015年 27,018人）",
        ),
        (
            ["table", "scenarios", "--example", "aso", "--scenario", "pattern1-nation", "-o", "x.csv"],
            "全国推計に2070年の人口がありません",
        ),
    ],
)
def test_nonsense_gets_one_sentence(arguments: list[str], words: str) -> None:
    with pytest.raises((Problem, click.ClickException)) as caught:
        sosei("population", *arguments)
    wrong = caught.value
    said = wrong.ja if isinstance(wrong, Problem) else ""
    if isinstance(wrong, click.ClickException):
        said = usage_sentence(wrong, "ja")
    assert words in said
    assert "\n" not in said


def test_a_published_table_with_a_year_missing_is_refused_with_its_file(tmp_path: Path) -> None:
    lines = H30.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    gap = tmp_path / "gap.csv"
    gap.write_text("".join(line for line in lines if ",2025年," not in line), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        sosei("population", "chart", "total", "--population", gap, "-o", tmp_path / "x.svg")
    assert caught.value.ja.startswith(f"{gap}: 率を逆算するには5年ごとの人口が必要です（2015、2020、2030")
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize(
    "asked",
    [
        ("scenario", "--to", "2045", "--scenario", "pattern1"),
        ("solve", "--target", "27000", "--year", "2045", "--by", "families"),
    ],
)
def test_a_run_that_falls_short_of_the_published_figures_says_so(
    asked: tuple[str, ...], tmp_path: Path
) -> None:
    published = known("aso").projection
    values = published.values.copy()
    values[0, 0, 3] = 0  # no boys of 15-19 in the base year, men of 20-24 five years later
    place = tmp_path / "place.csv"
    place.write_bytes(population_csv(replace(published, values=values)))
    done = sosei("population", asked[0], "--population", place, *asked[1:])
    assert "1個の値は、元の人口が0のため率では再現できず、計算した2045年の人口は" in done.stderr
    assert "率では再現できず" not in sosei("population", asked[0], "--example", "aso", *asked[1:]).stderr


def test_a_chapter_is_not_written_over_what_it_is_made_of(tmp_path: Path) -> None:
    place = tmp_path / "place.md"
    place.write_bytes(H30.read_bytes())
    with pytest.raises(Problem) as caught:
        sosei("population", "chapter", "--population", place, "--area", "43214", "-o", place)
    assert "読み込むファイルに書き出す" in caught.value.ja
    assert place.read_bytes() == H30.read_bytes()


def test_an_area_may_be_named_by_its_six_digits(tmp_path: Path) -> None:
    asked = ("population", "table", "groups", "--population", H30, "--quiet", "-o")
    sosei(*asked, tmp_path / "five.csv", "--area", "43214")
    sosei(*asked, tmp_path / "six.csv", "--area", "432148")
    assert (tmp_path / "five.csv").read_bytes() == (tmp_path / "six.csv").read_bytes()


def test_nonsense_ends_a_process_with_two() -> None:
    done = process("population", "chapter", "--example", "aso", "-o", "x.doc", check=2)
    assert done.stderr == "sosei: x.doc: 形式が決まりません。拡張子を .pdf か .md にしてください\n"
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("solve --example aso --target nan --year 2070", "目標人口が nan です。"),
        ("chart pyramid --example aso --year 2016 -o x.svg", "2016年の人口がありません"),
        ("chapter --example aso --target -1 -o x.pdf", "目標人口が -1 です。"),
        ("table groups --example aso -o missing/x.csv", "missing/x.csv: 書き込めません"),
    ],
)
def test_what_is_wrong_stands_alone(
    asked: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["sosei", "population", *asked.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"sosei: {words}")
    assert said.count("\n") == 1


def test_a_chart_of_scenarios_has_its_sources_said(tmp_path: Path) -> None:
    asked = ("population", "scenario", "--example", "aso", "--to", "2070", "-o", tmp_path / "s.svg")
    assert "に準拠して阿蘇市が推計" in sosei(*asked).stderr


def test_the_open_data_of_another_city_is_refused_with_its_file(tmp_path: Path) -> None:
    other = tmp_path / "open.csv"
    other.write_bytes(csv_bytes(region_rows()))
    with pytest.raises(Problem) as caught:
        sosei(
            "population", "chart", "total", "--population", H30, "--census", other, "-o", tmp_path / "x.svg"
        )
    assert caught.value.ja.startswith(f"{other}: 団体コード 43214 の地域がありません")
