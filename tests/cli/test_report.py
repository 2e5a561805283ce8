"""``sosei report`` and ``sosei demo``: real files from the real examples."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.test_commands import ASO, HITOYOSHI, sosei
from tests.conftest import SAMPLE


def pages(path: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def test_the_progress_report_of_hitoyoshi(tmp_path: Path) -> None:
    sosei("report", "progress", HITOYOSHI, "--year", "R6", "-o", tmp_path / "r.pdf")
    assert len(pages(tmp_path / "r.pdf")) == 17
    sosei("report", "progress", HITOYOSHI, "-o", tmp_path / "r.xlsx")
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
    sosei("report", "progress", HITOYOSHI, "--paper", "a4", "-o", tmp_path / "a4.pdf")
    assert len(pages(tmp_path / "a4.pdf")) >= 17


def test_the_kpi_list_of_both_cities(tmp_path: Path) -> None:
    for plan, words in ((HITOYOSHI, "きじうまコイン利用者数"), (ASO, "農業産出額")):
        sosei("report", "kpi-list", plan, "-o", tmp_path / "k.pdf")
        text = "".join(pages(tmp_path / "k.pdf")).replace("\r\n", "")
        assert words in text
        sosei("report", "kpi-list", plan, "-o", tmp_path / "k.xlsx")
        assert (tmp_path / "k.xlsx").read_bytes().startswith(b"PK")


def test_a_document_on_standard_output() -> None:
    import subprocess
    import sys

    command = [
        sys.executable,
        "-m",
        "sosei",
        "report",
        "kpi-list",
        str(ASO),
        "--format",
        "xlsx",
        "-o",
        "/dev/stdout",
    ]
    assert subprocess.run(command, capture_output=True, check=True).stdout.startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["progress", str(HITOYOSHI), "--year", "R7", "-o", "x.pdf"],
            "R7 の実績がありません（実績のある年度: R6）",
        ),
        (["progress", str(ASO), "-o", "x.pdf"], "実績のある年度: なし"),
        (["kpi-list", str(ASO), "--year", "R6", "-o", "x.pdf"], "R6 の実績がありません"),
        (["progress", str(HITOYOSHI), "--year", "いつか", "-o", "x.pdf"], "いつか"),
        (["progress", str(HITOYOSHI), "-o", "x.doc"], "形式が決まりません"),
        (["progress", str(HITOYOSHI), "-o", "/nowhere/x.pdf"], "書き込めません"),
        (["progress", str(HITOYOSHI)], "を指定してください"),
    ],
)
def test_bad_input_gets_one_sentence(arguments: list[str], words: str) -> None:
    done = sosei("report", *arguments, check=2)
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_cannot_be_printed_is_said(tmp_path: Path) -> None:
    document = json.loads(SAMPLE.read_bytes())
    document["elements"][0]["children"][0]["name"] = "企業の𠮷支援"
    (tmp_path / "p.json").write_text(json.dumps(document), encoding="utf-8")
    said = sosei("report", "progress", tmp_path / "p.json", "-o", tmp_path / "p.pdf").stderr
    assert "𠮷" in said
    assert "〓" in said
    quiet = sosei("report", "progress", tmp_path / "p.json", "-o", tmp_path / "p.pdf", "--quiet")
    assert quiet.stderr == ""


def test_demo_writes_the_documents_and_compares_the_rates(tmp_path: Path) -> None:
    shown = sosei("demo", "--no-serve", "--out", tmp_path / "new" / "out").stdout
    names = sorted(path.name for path in (tmp_path / "new" / "out").iterdir())
    assert names == [
        "aso-kpi-list.pdf",
        "aso-kpi-list.xlsx",
        "aso-review.pdf",
        "aso-review.xlsx",
        "hitoyoshi-kpi-list.pdf",
        "hitoyoshi-kpi-list.xlsx",
        "hitoyoshi-progress-R6.pdf",
        "hitoyoshi-progress-R6.xlsx",
        "hitoyoshi-review-R6.pdf",
        "hitoyoshi-review-R6.xlsx",
        "人吉市-人口の現状と将来推計.pdf",
        "阿蘇市-人口の現状と将来推計.pdf",
    ]
    rates = [line for line in shown.splitlines() if "│" in line and line.rstrip("│ ").endswith("○")]
    assert len(rates) == 35
    assert "違い" not in shown
