"""Installations as whole processes: the commands, and the application served over the loopback."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = re.compile(r"(?:パスワード|password): (\S+)")


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command: the folder, and nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOSEI_", "DJANGO_"))}
    return {**kept, "SOSEI_HOME": str(home), "COLUMNS": "200", **more}


def sosei(home: Path, *arguments: str | Path, code: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "sosei", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Served:
    """A running ``sosei serve``."""

    process: subprocess.Popen[str]
    port: int

    def ask(self, path: str, **headers: str) -> HTTPResponse:
        """One request, redirects not followed."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=20)
        link.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return link.getresponse()

    def children(self) -> set[int]:
        """The processes that the serving one has begun, and theirs."""
        shown = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, encoding="utf-8", check=True)
        parents = {int(pid): int(parent) for pid, parent in map(str.split, shown.stdout.splitlines())}
        found: set[int] = set()
        wave = {self.process.pid}
        while wave:
            wave = {pid for pid, parent in parents.items() if parent in wave}
            found |= wave
        return found


@contextmanager
def serving(home: Path, *options: str, **more: str) -> Iterator[Served]:
    """``sosei serve`` until the end of the block, once it says that it serves."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "sosei", "serve", "--port", str(port), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        said = ""
        while f":{port}" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        yield Served(process, port)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)


def gone(pids: set[int]) -> bool:
    """Whether all these processes end soon."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() and not _is_dead(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def _is_dead(pid: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def opener() -> urllib.request.OpenerDirector:
    """A browser without a screen: keeps cookies, follows redirects, asks no proxy."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
