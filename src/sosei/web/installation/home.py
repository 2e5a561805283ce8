"""The folder of an installation: made once, private to its owner, never overwritten."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from sosei.values import Problem
from sosei.web.config import FILE
from sosei.web.secret import make_secret_key

_HEAD = """\
# 創生（Sosei）の設定。書き方は「運用の手引き」にあります。変えたら sosei serve を起動し直します。
# Settings of this installation; see docs/manual/運用の手引き.md. Start sosei serve again after a change.
"""
_EXAMPLES: Mapping[str, tuple[str, object]] = {
    "database": (
        "空なら、このフォルダーの SQLite / empty: SQLite in this folder",
        "postgresql://sosei@/sosei",
    ),
    "hosts": ("ブラウザで開く名前 / names under which browsers reach it", ["sosei.example.lg.jp"]),
    "prefix": ("この下で公開する / path below which it is served", "/sosei"),
    "proxy": ("前段のプロキシが TLS を終える / a proxy in front ends TLS", True),
}


def make_home(home: Path, given: Mapping[str, object]) -> bool:
    """Make the folder (0700), the secret key (0600) and ``sosei.toml`` with ``given``; what is there stays.

    False where the settings file was there already.  Raises Problem where ``given`` would have to go
    into a settings file that is there, or the folder cannot be made.
    """
    settings = home / FILE
    there = settings.exists()
    if there and given:
        raise Problem(
            f"{settings} はもうあります。上書きはしないので、{'、'.join(given)} はこのファイルを直してください",
            f"{settings} is there already and is not overwritten; change {', '.join(given)} in it",
        )
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_secret_key(home / "secret.key")
        if not there:
            write_private(settings, settings_text(given))
    except OSError as error:
        raise Problem(
            f"{home}: フォルダーを用意できません（{error.strerror}）。別の場所を --home で指定してください",
            f"{home}: the folder cannot be made ({error.strerror}); name another place with --home",
        ) from None
    return not there


def settings_text(given: Mapping[str, object]) -> str:
    """``sosei.toml`` with what was given, and the other usual settings as comments."""
    lines = [_HEAD]
    for name, (words, example) in _EXAMPLES.items():
        lines.append(f"# {words}")
        lines.append(_line(name, given[name]) if name in given else f"# {_line(name, example)}")
    lines += [_line(name, value) for name, value in given.items() if name not in _EXAMPLES]
    return "\n".join(lines) + "\n"


def _line(name: str, value: object) -> str:
    # JSON's texts, truths and lists of texts are TOML's too.
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
