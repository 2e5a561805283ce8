"""The operator's manual: every command in it is one, and what it shows being run comes out so."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sosei.cli.main import cli
from sosei.web.config import load_config
from tests.web.installation.running import environment

MANUAL = Path(__file__).parents[2] / "docs/manual/運用の手引き.md"
_BLOCK = re.compile(r"^```(\w+)( 実行)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`(sosei [^`]+)`")


def blocks(kind: str, run: bool | None = None) -> list[str]:
    found = _BLOCK.findall(MANUAL.read_text(encoding="utf-8"))
    return [body for name, mark, body in found if name == kind and run in (None, bool(mark))]


def commands() -> list[str]:
    """Every command line of ours, in blocks, services and running text."""
    text = MANUAL.read_text(encoding="utf-8")
    prose = _BLOCK.sub("", text)
    typed = [
        line[2:] for body in blocks("console") for line in body.splitlines() if line.startswith("$ sosei")
    ]
    typed += [line for body in blocks("sh") for line in body.splitlines() if line.startswith("sosei")]
    typed += [line.split("/bin/")[1] for line in text.splitlines() if line.startswith("ExecStart=")]
    return list(dict.fromkeys(typed + _SPAN.findall(prose)))


@pytest.mark.parametrize("line", commands())
def test_every_command_is_one(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words are taken by the command line: commands, options and arguments exist."""
    monkeypatch.setenv("SOSEI_HOME", "")
    command: click.Command = cli
    words = shlex.split(line)[1:]
    names = []
    while isinstance(command, click.Group) and words:
        names.append(words.pop(0))
        found = command.commands.get(names[-1])
        assert found, names
        command = found
    if words:
        command.make_context(" ".join(names), words)


def test_the_settings_shown_are_settings(tmp_path: Path) -> None:
    (shown,) = blocks("toml")
    (tmp_path / "sosei.toml").write_text(shown, encoding="utf-8")
    config = load_config({"SOSEI_HOME": str(tmp_path)})
    assert config.proxy
    assert [each.id for each in config.oidc] == ["cityhall"]


def test_what_is_shown_comes_out(tmp_path: Path) -> None:
    """The blocks marked 実行, one after the other in one folder."""
    told = [line for body in blocks("console", run=True) for line in body.splitlines()]
    script = "\n".join(line[2:] + "\necho '---'" for line in told if line.startswith("$ "))
    done = subprocess.run(
        ["sh", "-eu"],
        input=script,
        cwd=tmp_path,
        env=environment(tmp_path, PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    printed = [line for line in done.stdout.splitlines() if line != "---"]
    expected = [line for line in told if not line.startswith("$ ")]
    assert len(printed) == len(expected), printed
    for want, line in zip(expected, printed, strict=True):
        assert re.fullmatch(".*".join(map(re.escape, want.split("…"))), line), (want, line)
