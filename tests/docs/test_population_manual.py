"""The manual's page on the population: its commands run, its scenario is read, its answers are those printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sosei.cli.main import cli
from sosei.formats.population_rates import KINDS
from sosei.population.engine import project
from sosei.population.scenario_files import PRESETS, parse_scenario
from tests.population.cases import FIVE, assumptions, net_rate, panel
from tests.population.plain import base_text, rates_text

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs/manual/人口ビジョンの使い方.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(found[1], found[2]) for found in _BLOCK.finditer(MANUAL)]
COMMANDS = [line for kind, body in BLOCKS if kind == "console" for line in body.splitlines()]
TOML = [body for kind, body in BLOCKS if kind == "toml"]
(SCENARIO,) = [body for body in TOML if body.startswith("id =")]
(ANSWERS,) = [body for kind, body in BLOCKS if kind == "text"]
_BASE = panel(1)
_GIVEN = assumptions(_BASE, 4, net_rate(FIVE, 4, 1))
PLAIN = {
    "BASE.csv": base_text(_BASE),
    "ASSUMPTIONS.csv": rates_text(_GIVEN),
    "TOTALS.csv": base_text(project(_BASE, _GIVEN).panel.at(2040)),
}


def run(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    words = [str(ROOT / word) if word.startswith("examples/") else word for word in shlex.split(command)]
    (folder / "ours.toml").write_text(SCENARIO, encoding="utf-8")
    for name, text in PLAIN.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOSEI_LANG", "ja")
    return CliRunner().invoke(cli, words[1:], standalone_mode=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_command_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(command, tmp_path, monkeypatch)
    assert result.exception is None
    words = shlex.split(command)
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).stat().st_size > 0
    else:
        assert result.output


def test_the_answers_are_those_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (command,) = [each for each in COMMANDS if " solve " in each]
    said = run(command, tmp_path, monkeypatch).stdout.splitlines()
    assert [line for line in said if not line.startswith("  ")] == ANSWERS.splitlines()


def test_the_scenario_is_read_and_every_preset_is_listed() -> None:
    assert parse_scenario(SCENARIO, "ours.toml").name.ja == "本市の展望"
    named = 'id = "page"\nname = { ja = "名前", en = "name" }\n'  # on screen the name has a field of its own
    for definition in TOML:
        if definition != SCENARIO:
            parse_scenario(named + definition, "page.toml")
    assert all(f"| `{name}` |" in MANUAL for name in PRESETS)


def test_every_kind_of_assumption_is_listed() -> None:
    rows = [line.split("|")[1] for line in MANUAL.splitlines() if line.startswith("| `")]
    assert [kind for kind in KINDS if not any(f"`{kind}`" in row for row in rows)] == []
