"""The commands as a person runs them: whole processes, real files."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from sosei.plan.model import Plan
from sosei.plan.operations import Set, apply
from sosei.plan.writing import dump_plan
from tests.conftest import EXAMPLES, ROOT, SAMPLE

HITOYOSHI = ROOT / "examples/hitoyoshi/plan.json"
ASO = ROOT / "examples/aso/plan.json"


def sosei(*arguments: str | Path, check: int = 0, lang: str = "ja") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOSEI_LANG": lang, "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "sosei", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert done.returncode == check, done.stderr
    return done


def test_version_and_help() -> None:
    assert sosei("--version").stdout == "sosei 0.1.0\n"
    helped = sosei("--help").stdout
    for command in ("show", "table", "diff", "schema", "demo"):
        assert command in helped


def test_show_prints_the_tree_with_its_figures() -> None:
    shown = sosei("show", HITOYOSHI).stdout
    for text in (
        "人吉市",
        "【資料２-②】",
        "施策① 地域企業の生産性革命の実現",
        "15,579人",
        "達成率 -226%",
        "基準 ―",
    ):
        assert text in shown
    shown = sosei("show", ASO).stdout
    for text in (
        "第3期阿蘇市まち・ひと・しごと創生総合戦略",
        "1,241億5,500万円 ((R 4) (R 6 計算))",
        "6.5%未満 (R10)",
    ):
        assert text in shown
    assert "baseline" in sosei("show", ASO, lang="en").stdout


def test_demo_counts_both_cities(tmp_path: Path) -> None:
    shown = sosei("demo", "--no-serve", "--out", tmp_path).stdout
    rows = [line.split("│")[1:-1] for line in shown.splitlines() if line.startswith("│ ") and "│" in line[2:]]
    counts = {head.strip(): (int(a), int(b)) for head, a, b in (row for row in rows if len(row) == 3)}
    assert counts == {
        "基本目標": (4, 4),
        "基本的方向": (0, 27),
        "施策": (17, 68),
        "具体的な事業": (76, 0),
        "数値目標": (4, 7),
        "KPI": (27, 60),
        "事業KPI": (81, 0),
        "指標": (83, 66),
        "実績": (83, 0),
        "印字の達成率": (31, 0),
        "担当課": (18, 0),
        "注": (0, 29),
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_table_to_a_file_and_to_standard_output(tmp_path: Path, name: str) -> None:
    plan = ROOT / "examples" / name / "plan.json"
    sosei("table", plan, "-o", tmp_path / "t.csv")
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith(
        b"\xef\xbb\xbfid,indicator,place,role,name,unit,direction,counting,baseline,target"
    )
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == {"hitoyoshi": 112, "aso": 67}[name]
    for target in ((), ("-o", "/dev/stdout")):
        out = sosei("table", plan, *target).stdout
        assert list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"), newline=""))) == rows


def test_schema_is_published_and_holds_for_the_examples() -> None:
    schema = json.loads(sosei("schema").stdout)
    assert schema == json.loads((ROOT / "docs/schema/plan-1.schema.json").read_bytes()), "run make docs"
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for path in (SAMPLE, HITOYOSHI, ASO):
        validator.validate(json.loads(path.read_bytes()))
    wrong = json.loads(SAMPLE.read_bytes())
    wrong["elements"][0]["placements"][0]["target"]["quantity"]["number"] = 1200
    assert not validator.is_valid(wrong)


def test_diff_shows_old_and_new(tmp_path: Path, sample: Plan) -> None:
    old_target = json.loads(SAMPLE.read_bytes())["elements"][0]["placements"][0]["target"]
    new_target = {"quantity": {"text": "1,500人", "number": "1500", "unit": "人"}}
    new = apply(sample, [Set(key="aplacement", field="target", old=old_target, new=new_target)])
    (tmp_path / "new.json").write_bytes(dump_plan(new))
    text = sosei("diff", SAMPLE, tmp_path / "new.json").stdout
    assert text == "[変更] 基本目標１ 年間来場者数 : 目標値\n  - 1,200人以上\n  + 1,500人\n"
    rows = json.loads(sosei("diff", SAMPLE, tmp_path / "new.json", "--format", "json").stdout)["changes"]
    assert [(r["kind"], r["field"], r["old"], r["new"]) for r in rows] == [
        ("changed", "target", "1,200人以上", "1,500人")
    ]
    table = sosei("diff", SAMPLE, tmp_path / "new.json", "--format", "csv", lang="en").stdout
    assert table.splitlines()[1] == 'changed,基本目標１,年間来場者数,target,"1,200人以上","1,500人",'
    assert sosei("diff", SAMPLE, SAMPLE).stdout == "違いはありません。\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "nowhere.json"], "nowhere.json: ファイルがありません"),
        (["table", str(ROOT)], "フォルダーです"),
        (["table", str(SAMPLE), "-o", "/nowhere/t.csv"], "/nowhere/t.csv: 書き込めません"),
        (["table", str(SAMPLE), "-o", str(ROOT)], "書き込めません"),
        (["diff", str(HITOYOSHI), str(ASO)], "別々の計画"),
        (["diff", str(HITOYOSHI)], "NEW.json を指定してください"),
        (["nonsense"], "「nonsense」というコマンドはありません"),
        (["show", "x", "--wide"], "「--wide」というオプションはありません"),
        (["diff", "x", "y", "--format", "docx"], "「--format」に使えない値です"),
        (["show", "x", "y"], "コマンドの書き方が違います"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(arguments: list[str], words: str) -> None:
    done = sosei(*arguments, check=2)
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("sosei: ")
    assert done.stdout == ""


def test_an_unwritable_folder_loses_nothing(tmp_path: Path) -> None:
    """A write that fails leaves the old file as it was."""
    target = tmp_path / "t.csv"
    target.write_text("old", encoding="utf-8")
    sosei("table", tmp_path / "no.json", "-o", target, check=2)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom sosei.cli.main import cli\n"
        "try: cli.main(['--help'], standalone_mode=False)\nexcept SystemExit: pass\n"
        "print(sorted({'pydantic', 'rich', 'json', 'csv'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "pydantic" not in done.stderr
    assert "rich" not in done.stderr
