"""``sosei check`` as a person or a program calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sosei.cli.main import cli
from sosei.plan.writing import dump_plan
from sosei.values import Problem
from tests.checks.clean import clean_plan

ROOT = Path(__file__).parents[2]
HITOYOSHI = str(ROOT / "examples/hitoyoshi/plan.json")
ASO = str(ROOT / "examples/aso/plan.json")


def _run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), standalone_mode=False)


@pytest.fixture
def clean(tmp_path: Path) -> str:
    path = tmp_path / "plan.json"
    path.write_bytes(dump_plan(clean_plan(30)))
    return str(path)


def test_an_error_gives_exit_code_1_and_is_named() -> None:
    result = _run("check", HITOYOSHI, "--year", "R6")
    assert result.return_value == 1
    assert "15,473人" in result.output
    assert "15,579人" in result.output
    assert "直し方" in result.output


def test_a_clean_plan_gives_exit_code_0(clean: str) -> None:
    result = _run("check", clean)
    assert result.return_value == 0
    assert "指摘はありません" in result.output


def test_without_errors_the_exit_code_is_0() -> None:
    assert _run("check", HITOYOSHI, "--select", "EDT").return_value == 0


def test_json_has_the_agreed_fields() -> None:
    found = json.loads(_run("check", HITOYOSHI, "--format", "json").output)
    assert list(found) == ["findings"]
    for finding in found["findings"]:
        assert list(finding) == ["code", "severity", "family", "message", "why", "mend", "places"]
        assert finding["severity"] in ("error", "warning", "info")
        for place in finding["places"]:
            assert list(place) == ["page", "path", "indicator", "field", "text"]


def test_select_and_ignore_take_lists_of_beginnings() -> None:
    chosen = json.loads(
        _run("check", HITOYOSHI, "--format", "json", "--select", "TWN,MIS", "--ignore", "TWN01").output
    )
    codes = {finding["code"] for finding in chosen["findings"]}
    assert {code[:3] for code in codes} == {"TWN", "MIS"}
    assert "TWN01" not in codes


def test_a_strategy_without_values_is_reviewed_with_and_without_a_year() -> None:
    for more in ((), ("--year", "R6")):
        result = _run("check", ASO, *more)
        assert result.exception is None
        assert "26項目" in result.output


def test_explain_needs_no_plan() -> None:
    one = _run("check", "--explain", "TWN01").output
    assert "理由" in one
    assert "例" in one
    assert len(_run("check", "--explain").output.splitlines()) > 40
    assert "case:" in _run("--lang", "en", "check", "--explain", "TWN01").output


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", HITOYOSHI, "--select", "XYZ"),
        ("check", HITOYOSHI, "--ignore", "TWN01,"),
        ("check", "--explain", "nonsense"),
        ("check", HITOYOSHI, "--year", "R5"),
        ("check", "no-such-file.json"),
    ],
)
def test_bad_input_is_one_sentence(words: tuple[str, ...]) -> None:
    problem = _run(*words).exception
    assert isinstance(problem, Problem)
    assert "\n" not in problem.sentence("ja")


def test_the_terminal_is_not_steered_by_a_plan(tmp_path: Path) -> None:
    text = (
        Path(HITOYOSHI).read_text(encoding="utf-8").replace("きじうまコイン利用者数", "きじ\\u001b[31mコイン")
    )
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    assert "\x1b" not in _run("check", str(path)).output
