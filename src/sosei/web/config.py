"""Where an installation keeps its data and how it is reached: one folder, one file, environment on top.

The folder (``SOSEI_HOME``, default ``./sosei-data``) holds ``sosei.toml``, the secret key, the SQLite
database and result files.  A setting is taken from the environment (``SOSEI_DATABASE``) where it is
there, else from ``sosei.toml`` (``database = "..."``), else it has its default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from sosei.values import Problem

FILE = "sosei.toml"
_PREFIX = "SOSEI_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Oidc:
    """A single sign-on provider (OpenID Connect): what its administrator gave out.

    ``domains``  mail domains for whose addresses it answers, with commas between (``city.example.lg.jp``).
    Empty: every domain for the only provider, none where there are several, so that one municipality's
    provider never lets anybody in as another's people.
    """

    id: str
    name: str
    client_id: str
    secret: str
    server_url: str
    domains: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one installation.

    ``database``  a URL (``postgresql://user:password@host/name``); empty: SQLite in the folder.
    ``hosts``     names under which browsers reach the application.
    ``prefix``    path below which it is served (``/sosei``), empty: the root.
    ``proxy``     a proxy in front ends TLS and sets X-Forwarded-Proto, -For and -Host.
    ``http``      no TLS at all: a trial on one machine.
    ``demo``      made by ``sosei demo``: the sign-in page says where the logins are.
    ``mail``      SMTP server as ``host:port``; empty: no mail is sent, officers hand out links.
    """

    home: Path
    database: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    prefix: str = ""
    proxy: bool = False
    http: bool = False
    demo: bool = False
    mail: str = ""
    mail_from: str = ""
    upload_megabytes: int = 20
    oidc: tuple[Oidc, ...] = field(default=())

    @property
    def files(self) -> Path:
        """Where result files of jobs lie."""
        return self.home / "files"

    @property
    def mail_server(self) -> tuple[str, int]:
        """Host and port of the mail server; port 25 where ``mail`` names none."""
        host, _, port = self.mail.rpartition(":")
        return (host, int(port)) if host and port.isdecimal() else (self.mail, 25)

    @property
    def secret_file(self) -> Path:
        """The file with the secret key; ``sosei init`` makes it."""
        return self.home / "secret.key"


def home_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of the installation."""
    return Path(environment.get(f"{_PREFIX}HOME", "sosei-data")).absolute()


def load_config(environment: Mapping[str, str] = os.environ) -> Config:
    """The installation's settings; raises Problem for an unknown or wrong one."""
    home = home_folder(environment)
    path = home / FILE
    given: dict[str, Any] = {}
    if path.exists():
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Problem(
                f"{path}: TOML として読めません（{error}）", f"{path}: not TOML ({error})"
            ) from None
    known = {each.name: each for each in fields(Config) if each.name != "home"}
    for name in given:
        if name not in known:
            raise Problem(
                f"{path}: 「{name}」という設定はありません（使えるもの: {'、'.join(known)}）",
                f'{path}: there is no setting "{name}" (known: {", ".join(known)})',
            )
    for name in known:
        if (text := environment.get(f"{_PREFIX}{name.upper()}")) is not None and name != "oidc":
            given[name] = text
    values: dict[str, Any] = {
        name: _VALUE[str(known[name].type)](name, value, path) for name, value in given.items()
    }
    return Config(home=home, **values)


def _text(name: str, value: object, path: Path) -> str:
    return value if isinstance(value, str) else _wrong(name, value, path, "文字列", "a text")


def _truth(name: str, value: object, path: Path) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("0", "1"):
        return value == "1"
    return _wrong(name, value, path, "true か false（環境変数では 1 か 0）", "true or false (1 or 0)")


def _number(name: str, value: object, path: Path) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if isinstance(value, str) and value.isdecimal() and int(value) > 0:
        return int(value)
    return _wrong(name, value, path, "1以上の整数", "a whole number from 1 on")


def _texts(name: str, value: object, path: Path) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    return _wrong(name, value, path, "文字列の並び", "a list of texts")


def _providers(name: str, value: object, path: Path) -> tuple[Oidc, ...]:
    known = {each.name for each in fields(Oidc)}
    wanted = known - {"domains"}
    if isinstance(value, list) and all(
        isinstance(each, dict)
        and wanted <= set(each) <= known
        and all(isinstance(v, str) for v in each.values())
        for each in value
    ):
        return tuple(Oidc(**each) for each in value)
    keys = "、".join(sorted(wanted))
    return _wrong(name, value, path, f"[[oidc]] の表（{keys}）", f"tables [[oidc]] with {keys}")


def _wrong(name: str, value: object, path: Path, ja: str, en: str) -> Any:
    raise Problem(
        f"{path}: 設定「{name}」には{ja}が要ります（あったもの: {value!r}）",
        f'{path}: the setting "{name}" needs {en} (found: {value!r})',
    )


_VALUE: Mapping[str, Callable[[str, object, Path], Any]] = {
    "str": _text,
    "bool": _truth,
    "int": _number,
    "tuple[str, ...]": _texts,
    "tuple[Oidc, ...]": _providers,
}
