"""Serving an installation: one process for pages, one for jobs, both ended together.

The process of ``sosei serve`` itself only looks after the two: it starts the job worker again where it
dies, ends where the pages end, and passes a request to stop on.  Each child has a group of its own, so
that Ctrl+C reaches it once, and a lifeline, so that none outlives this process.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from sosei.values import Problem
from sosei.web.installation.processes import Pages

Say = Callable[[str, str], None]

_MODULE = "sosei.web.installation.processes"
_START = 60.0  # seconds for the pages to come up
_STOP = 40.0  # seconds for what is being done when told to stop
_TICK = 0.2
_REST = 2.0, 60.0  # seconds before the job worker is started again: the first time, at the most


def must_be_free(host: str, port: int) -> None:
    """Raises Problem where another program listens on the port (two servers could share it unseen)."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind, protocol)) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Problem(
            f"{host}:{port} で待ち受けられません（{why}）。--host と --port で別の場所を指定してください",
            f"cannot listen on {host}:{port} ({why}); choose another with --host and --port",
        ) from None


def serve(pages: Pages, say: Say, *, with_worker: bool, ready: Callable[[], None] = lambda: None) -> int:
    """Serve until stopped; the exit code: 0 when told to stop, 1 where the pages ended by themselves."""
    stop = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    reading, writing = os.pipe()
    children: list[subprocess.Popen[bytes]] = []
    try:
        web = _child(reading, "pages", *pages.arguments)
        children.append(web)
        if not _came_up(web, pages, stop):
            if stop.is_set():
                return 0
            say("ページを開始できませんでした", "the pages could not be started")
            return 1
        ready()
        return _look_after(web, children, reading, stop, say if with_worker else None)
    finally:
        _end(children)
        os.close(writing)
        os.close(reading)


def _look_after(
    web: subprocess.Popen[bytes],
    children: list[subprocess.Popen[bytes]],
    lifeline: int,
    stop: threading.Event,
    say: Say | None,
) -> int:
    """Wait for the end; meanwhile keep one job worker alive (``say`` None: none at all)."""
    rest, again = _REST[0], 0.0
    worker: subprocess.Popen[bytes] | None = None
    while not stop.is_set():
        if web.poll() is not None:
            return 1
        now = time.monotonic()
        if say and worker is None and now >= again:
            worker = _child(lifeline, "worker")
            children.append(worker)
        if say and worker is not None and worker.poll() is not None:
            say(
                f"文書を作る処理が止まったので、{rest:.0f}秒後に起動し直します（終了コード {worker.returncode}）",
                f"the job worker ended (code {worker.returncode}); starting it again in {rest:.0f} s",
            )
            children.remove(worker)
            worker, again, rest = None, now + rest, min(rest * 2, _REST[1])
        stop.wait(_TICK)
    return 0


def _child(lifeline: int, *arguments: str) -> subprocess.Popen[bytes]:
    own_group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen([sys.executable, "-m", _MODULE, *arguments], stdin=lifeline, **own_group)  # noqa: S603


def _came_up(web: subprocess.Popen[bytes], pages: Pages, stop: threading.Event) -> bool:
    """Wait until the port answers; False where the process ended, was told to stop, or took too long."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(pages.host, pages.host)  # noqa: S104
    end = time.monotonic() + _START
    while time.monotonic() < end and web.poll() is None and not stop.is_set():
        try:
            socket.create_connection((host, pages.port), timeout=1).close()
        except OSError:
            stop.wait(_TICK)
        else:
            return True
    return False


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every child to stop, wait, and end the rest."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + _STOP
    for child in children:
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
