"""Writing a result to where the person asked for it, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from sosei.values import Problem

STANDARD_OUTPUT = Path("/dev/stdout")


def write_output(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``; a file appears complete or not at all.  Raises Problem.

    ``/dev/stdout`` and ``-`` are standard output, whatever that has been turned to.
    """
    if path == STANDARD_OUTPUT or str(path) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        target = path.resolve()  # a link stays a link, what it points to is written
        if target.is_dir():
            raise IsADirectoryError(21, "フォルダーです / is a folder")
        if target.exists() and not target.is_file():  # a pipe, a device
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise Problem(
            f"{path}: 書き込めません（{error.strerror}）。フォルダーの有無と書き込みの権限を確かめてください",
            f"{path}: cannot be written ({error.strerror}); check that the folder exists and may be written to",
        ) from None


def check_place(path: Path, *others: Path) -> None:
    """Raise Problem where ``path`` cannot be written or is one of ``others``, before any of them is written."""
    if any(path.resolve() == other.resolve() for other in others):
        raise Problem(
            f"{path}: 二つの書き出し先が同じです。別のファイルを指定してください",
            f"{path}: two outputs go to the same file; name another",
        )
    if path.is_dir() or not os.access(path.resolve().parent, os.W_OK):
        raise Problem(
            f"{path}: 書き込めません。フォルダーの有無と書き込みの権限を確かめてください",
            f"{path}: cannot be written; check that the folder exists and may be written to",
        )


def _replace(target: Path, data: bytes) -> None:
    """Write a file beside ``target`` and put it in its place, keeping the rights of the old one."""
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".sosei-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
