"""A real installation in a folder of its own: made, filled, served by ``sosei serve``, killed, served again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.web.installation.running import free_port

ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 60  # seconds until a server must answer


@dataclass(frozen=True, slots=True)
class Installation:
    """Where it lies and which database it uses (empty: SQLite in the folder)."""

    home: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of the installation."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SOSEI_", "DJANGO_", "PYTEST_"))
        }
        return {**kept, "SOSEI_HOME": str(self.home), "SOSEI_DATABASE": self.database, "SOSEI_HTTP": "1"}

    def run(self, script: str, *arguments: str) -> Any:
        """Run a script of this folder inside the installation; what it prints is JSON."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.web.soak.{script}", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    def sosei(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program on the installation."""
        return subprocess.run(
            [sys.executable, "-m", "sosei", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def served(self, *more: str) -> Iterator[Server]:
        """The application, answering; ended at the end, however that comes."""
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "sosei", "serve", "--http", "--port", str(port), *more],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        server = Server(port, process)
        try:
            server.wait()
            yield server
        finally:
            server.kill()


@dataclass(frozen=True, slots=True)
class Server:
    """The processes of ``sosei serve`` and where they listen."""

    port: int
    process: subprocess.Popen[bytes]

    def wait(self) -> None:
        """Until the first page is answered."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, "the server ended by itself"
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/about/", timeout=5):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def kill(self) -> None:
        """End every process at once, as a power failure would."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()
