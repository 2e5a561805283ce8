"""The secret key of an installation: made once, kept in a file only the owner may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sosei.values import Problem


def make_secret_key(path: Path) -> None:
    """Write a fresh key to ``path`` (mode 0600); an existing key stays."""
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(64))


def secret_key(path: Path) -> str:
    """The key in ``path``; raises Problem where the installation has not been made yet."""
    try:
        return path.read_text()
    except FileNotFoundError:
        raise Problem(
            f"{path} がありません。先に sosei init でフォルダーを用意してください",
            f"{path} is missing; make the installation with sosei init first",
        ) from None
    except OSError as error:
        raise Problem(
            f"{path}: 読めません（{error.strerror}）。持ち主と権限を確かめてください",
            f"{path}: cannot be read ({error.strerror}); check its owner and rights",
        ) from None
