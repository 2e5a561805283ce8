"""First passwords: made by the program and shown once, or read from a file."""

from __future__ import annotations

import secrets
from pathlib import Path

from sosei.values import Problem

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike: no i, l, o, 0, 1
_GROUPS, _GROUP = 4, 4


def one_time_password() -> str:
    """A fresh password of four groups of four letters and digits (79 bits), easy to read out and type."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def password_in(path: Path) -> str:
    """The first line of ``path``; raises Problem where there is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "UTF-8"
        raise Problem(
            f"{path}: パスワードのファイルを読めません（{why}）", f"{path}: cannot be read ({why})"
        ) from None
    if not lines or not lines[0]:
        raise Problem(
            f"{path}: 1行目にパスワードを書いてください", f"{path}: write the password in the first line"
        )
    return lines[0]


def checked(password: str) -> str:
    """``password`` where the installation's rules for passwords allow it; raises Problem."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import translation

    sentences = []
    for language in ("ja", "en"):
        with translation.override(language):
            try:
                validate_password(password)
            except ValidationError as error:
                sentences.append(" ".join(error.messages))
    if sentences:
        raise Problem(f"このパスワードは使えません。{sentences[0]}", f"not a usable password: {sentences[1]}")
    return password
