"""The manual's pages on the review: the list is the registry's, the commands run, the waiver is accepted."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sosei.checks.registry import chosen
from sosei.checks.review import review
from sosei.cli.main import cli
from sosei.plan.reading import load_data, read_plan
from sosei.plan.writing import data_of
from tools.rules_page import PAGE, rules_page

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs/manual/点検の使い方.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```console\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


def test_the_list_of_rules_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run make docs"


@pytest.mark.parametrize("command", COMMANDS)
def test_command_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [str(ROOT / word) if word.startswith("examples/") else word for word in shlex.split(command)]
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, words[1:], standalone_mode=False)
    assert result.exception is None
    assert result.return_value in (None, 0, 1)
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).stat().st_size > 0
    else:
        assert result.output


def test_the_waiver_of_the_manual_keeps_its_rule_back() -> None:
    match = re.search(r"^```json\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)
    assert match is not None
    waiver = json.loads(match[1])
    plan = read_plan(ROOT / "examples/hitoyoshi/plan.json")
    rules = chosen([waiver["code"]])
    found = review(plan, 2024, rules).findings
    assert found
    waived = review(load_data({**data_of(plan), "waivers": [waiver]}), 2024, rules)
    assert waived.findings == []
    assert [(each.waiver.reason, each.count) for each in waived.waived] == [(waiver["reason"], len(found))]
