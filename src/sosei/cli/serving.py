"""What ``sosei serve`` does: the way of TLS, the checks before the start, the start."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sosei.cli.home import begin, say
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.web.config import Config


@dataclass(frozen=True, slots=True)
class Way:
    """Where to listen, and how the connection is encrypted."""

    host: str
    port: int
    http: bool = False
    proxy: bool = False
    certificate: Path | None = None
    key: Path | None = None

    @property
    def own_tls(self) -> bool:
        """Whether a certificate was given."""
        return self.certificate is not None or self.key is not None


def run(
    way: Way,
    *,
    with_worker: bool = True,
    workers: int | None = None,
    ready: Callable[[], None] = lambda: None,
) -> int:
    """Serve until stopped; the exit code.  ``ready`` is called once pages come.  Raises Problem."""
    config = _decide(way)
    from sosei.web.installation.processes import Pages
    from sosei.web.installation.serve import must_be_free, serve

    must_be_free(way.host, way.port)
    home = begin()
    from sosei.web.installation.statics import collect
    from sosei.web.installation.upgrade import bring_up, must_have_people

    bring_up(home, say)
    must_have_people()
    collect()
    if config.http:
        _warn()
    pages = Pages(
        host=way.host,
        port=way.port,
        workers=workers or min(4, os.cpu_count() or 1),
        certificate=str(way.certificate or ""),
        key=str(way.key or ""),
    )

    def shown() -> None:
        ready()
        _ready(way, config)

    return serve(pages, say, with_worker=with_worker, ready=shown)


def _decide(way: Way) -> Config:
    """The settings with the way of TLS chosen, for this process and its children; raises Problem."""
    from sosei.web.config import load_config

    config = load_config()
    http, proxy = way.http, way.proxy
    if not (http or proxy or way.own_tls):
        http, proxy = config.http, config.proxy
    if [http, proxy, way.own_tls].count(True) != 1:
        ways_ja = "証明書と鍵を指定する（--tls-cert と --tls-key）、前段のプロキシが TLS を終える（--proxy）、一台での試用（--http）"
        ways_en = "a certificate (--tls-cert, --tls-key), a proxy in front that ends TLS (--proxy), a trial on one machine (--http)"
        raise Problem(
            f"通信の暗号化のやり方を一つだけ選んでください: {ways_ja}", f"choose one way of TLS: {ways_en}"
        )
    if way.own_tls:
        _check_certificate(way.certificate, way.key)
    os.environ["SOSEI_HTTP"], os.environ["SOSEI_PROXY"] = str(int(http)), str(int(proxy))
    return load_config()


def _check_certificate(certificate: Path | None, key: Path | None) -> None:
    import ssl

    if certificate is None or key is None:
        raise Problem(
            "--tls-cert と --tls-key は両方を指定してください", "give both --tls-cert and --tls-key"
        )
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        raise Problem(
            f"{certificate} と {key} は証明書と鍵として使えません（{error.strerror if isinstance(error, OSError) else error}）。"
            "PEM 形式の組で、鍵にパスワードがないことを確かめてください",
            f"{certificate} and {key} are no usable certificate and key ({error}); "
            "they must be a PEM pair, the key without a password",
        ) from None


def _warn() -> None:
    say(
        "暗号化なし（--http）で動かします。試用だけにしてください: 通信が暗号化されず、クッキーは Secure でなく、HSTS もありません。"
        "職員が使うときは --proxy か --tls-cert を選びます",
        "running without encryption (--http), for a trial only: traffic can be read, cookies are not Secure, "
        "there is no HSTS; for real use choose --proxy or --tls-cert",
    )


def _ready(way: Way, config: Config) -> None:
    scheme = "https" if way.own_tls else "http"
    host = f"[{way.host}]" if ":" in way.host else way.host
    say(
        f"{scheme}://{host}:{way.port}{config.prefix}/ で動いています。止めるには Ctrl+C",
        f"serving at {scheme}://{host}:{way.port}{config.prefix}/ ; Ctrl+C stops it",
    )
