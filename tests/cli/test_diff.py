"""``sosei diff``: two editions as text, for programs, and as the 新旧対照表."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from sosei.plan.model import Plan
from sosei.plan.writing import dump_plan
from tests.cli.test_commands import HITOYOSHI, sosei
from tests.conftest import SAMPLE
from tests.reports.editions import revised_hitoyoshi


@pytest.fixture(scope="module")
def revised(plans: dict[str, Plan], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("diff") / "改訂版.json"
    path.write_bytes(dump_plan(revised_hitoyoshi(plans["hitoyoshi"]).plan))
    return path


def words(pdf: Path) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return "".join("".join(pages).split())


def test_text_names_what_a_file_says_by_key(revised: Path) -> None:
    text = sosei("diff", HITOYOSHI, revised).stdout
    for paragraph in (
        "[変更] 経営支援システム利用者数 : 望ましい向き\n  - 増やす\n  + 目標値を下回らない\n",
        "[変更] 基本目標１/施策① 果敢に挑む人材を支え、ビジネスが生まれる環境を整… : 担当課\n"
        "  - 商工観光課\n  + 商工振興課、観光交流課\n",
        "[追加] 基本目標4 デジタル人材の育成\n  + 施策④ デジタル人材の育成\n"
        "  + 説明：デジタル技術の活用を支える人材を育てる。\n  + KPI「利用者数」　目標値：200社\n"
        "  + 　〔具体的な事業〕 デジタル講座\n  + 　担当課：観光交流課\n",
        "[変更] つながりを大切にし、人の流れをつくる : 注記\n",
        "SHA-256",
    ):
        assert paragraph in text
    english = sosei("diff", HITOYOSHI, revised, lang="en").stdout
    assert ": direction\n  - Raise\n  + Keep at or above the target\n" in english


def test_json_and_csv_hold_the_same_words(revised: Path) -> None:
    rows = json.loads(sosei("diff", HITOYOSHI, revised, "--format", "json").stdout)["changes"]
    found = {(row["key"], row["field"]): row for row in rows}
    assert found["jl3cwiexx8", "direction"]["new"] == "目標値を下回らない"
    assert found["jl3cwiexx8", "direction"]["printed"] is True
    assert found["j2hhbqnop6", "remark"]["printed"] is False
    table = list(csv.reader(io.StringIO(sosei("diff", HITOYOSHI, revised, "--format", "csv").stdout)))
    assert len(table) == len(rows) + 1
    assert [row[4:6] for row in table[1:]] == [[row["old"], row["new"]] for row in rows]


@pytest.mark.parametrize("name", ["c.pdf", "C.PDF"])
def test_the_ending_decides_the_form(revised: Path, tmp_path: Path, name: str) -> None:
    done = sosei("diff", HITOYOSHI, revised, "-o", tmp_path / name)
    assert (done.stdout, done.stderr) == ("", "")
    text = words(tmp_path / name)
    for shown in (
        "新旧対照表",
        "人吉市",
        "14件（変更7件、追加3件、削除2件、移動2件）",
        "plan.json",
        "改訂版.json",
    ):
        assert shown in text


def test_a_workbook_and_the_paper(revised: Path, tmp_path: Path) -> None:
    sosei("diff", HITOYOSHI, revised, "-o", tmp_path / "c.xlsx")
    assert openpyxl.load_workbook(tmp_path / "c.xlsx").sheetnames == ["新旧対照表"]
    for paper, width in (("a4", 842), ("a3", 1191)):
        sosei("diff", HITOYOSHI, revised, "--paper", paper, "-o", tmp_path / "c.pdf")
        assert round(pypdfium2.PdfDocument(tmp_path / "c.pdf")[0].get_width()) == width


def test_the_form_wins_over_the_ending(revised: Path, tmp_path: Path) -> None:
    sosei("diff", HITOYOSHI, revised, "--format", "text", "-o", tmp_path / "c.pdf")
    assert (tmp_path / "c.pdf").read_text(encoding="utf-8").startswith("[")
    sosei("diff", HITOYOSHI, revised, "-o", tmp_path / "c.txt")
    assert (tmp_path / "c.txt").read_text(encoding="utf-8").startswith("[")


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_a_document_goes_into_a_pipe_but_not_to_a_terminal(revised: Path, form: str, start: bytes) -> None:
    command = [sys.executable, "-m", "sosei", "diff", str(HITOYOSHI), str(revised), "--format", form]
    assert subprocess.run(command, capture_output=True, check=True).stdout.startswith(start)
    outside, inside = pty.openpty()
    try:
        done = subprocess.run(command, stdout=inside, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    finally:
        os.close(inside)
        os.close(outside)
    assert done.returncode == 2
    assert done.stderr == f"sosei: {form} は端末に表示できません。-o で書き出すファイルを指定してください\n"


def test_editions_are_called_by_their_names(tmp_path: Path) -> None:
    for number, name in ((1, "当初"), (2, "改訂")):
        document = json.loads(SAMPLE.read_bytes())
        document["editions"] = [{"key": "aedition01", "no": number, "title": name}]
        document["catchphrase"] = name
        (tmp_path / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
    sosei("diff", tmp_path / "1.json", tmp_path / "2.json", "-o", tmp_path / "c.pdf")
    assert "旧当初新改訂件数1件" in words(tmp_path / "c.pdf")


def test_what_cannot_be_printed_is_said(tmp_path: Path) -> None:
    document = json.loads(SAMPLE.read_bytes())
    document["elements"][0]["children"][0]["name"] = "企業の𠮷支援\x1b[31m"
    (tmp_path / "n.json").write_text(json.dumps(document), encoding="utf-8")
    said = sosei("diff", SAMPLE, tmp_path / "n.json", "-o", tmp_path / "c.pdf").stderr
    assert "𠮷" in said
    assert sosei("diff", SAMPLE, tmp_path / "n.json", "-o", tmp_path / "c.pdf", "--quiet").stderr == ""
    assert "\x1b" not in sosei("diff", SAMPLE, tmp_path / "n.json").stdout


def test_no_difference(tmp_path: Path) -> None:
    sosei("diff", SAMPLE, SAMPLE, "-o", tmp_path / "c.pdf")
    assert "二つの版に違いはありません。" in words(tmp_path / "c.pdf")
