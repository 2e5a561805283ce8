"""Writing a result to where the person asked for it, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from sosei.values import Problem


def write_output(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``; a file appears complete or not at all.  Raises Problem."""
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe
            if path.is_dir():
                raise IsADirectoryError(21, "フォルダーです / is a folder")
            with path.open("wb") as out:
                out.write(data)
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise Problem(
            f"{path}: 書き込めません（{error.strerror}）。フォルダーの有無と書き込みの権限を確かめてください",
            f"{path}: cannot be written ({error.strerror}); check that the folder exists and may be written to",
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
