"""A result lands whole, where it was asked for, and nowhere else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sosei.formats.output import write_output
from sosei.values import Problem
from tests.conftest import SAMPLE


def test_a_file_is_new_or_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    write_output(target, b"one")
    target.chmod(0o640)
    write_output(target, b"two")
    assert target.read_bytes() == b"two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_output(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_pipe_is_written_to_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        write_output(tmp_path / "pipe", b"through")
        assert reader.stdout is not None
        assert reader.stdout.read() == b"through"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("output", [[], ["-o", "/dev/stdout"], ["-o", "-"]])
def test_standard_output_turned_into_a_file(tmp_path: Path, output: list[str]) -> None:
    """The file gets the result and the device stays what it is."""
    before = Path("/dev/stdout").readlink()
    with (tmp_path / "t.csv").open("wb") as out:
        command = [sys.executable, "-m", "sosei", "table", str(SAMPLE), *output]
        subprocess.run(command, stdout=out, check=True)
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert Path("/dev/stdout").readlink() == before


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "t.csv"):
        with pytest.raises(Problem, match="cannot be written"):
            write_output(path, b"x")
    assert list(tmp_path.iterdir()) == []
