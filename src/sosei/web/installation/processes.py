"""The child processes of ``sosei serve``: pages (granian, on Windows waitress) and the job worker.

Run as ``python -m sosei.web.installation.processes pages|worker``; standard input is the lifeline.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sosei.web.installation.lifeline import end_with_parent

_THREADS = 8  # a process: each holds one connection to the database


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How the pages are served."""

    host: str
    port: int
    workers: int = 1
    certificate: str = ""
    key: str = ""

    @property
    def arguments(self) -> list[str]:
        """As the child's command line carries it."""
        return [json.dumps(asdict(self))]


def load() -> Callable[..., Any]:
    """The application, loaded in a process that ends with ``sosei serve``."""
    end_with_parent()
    from sosei.web.wsgi import application

    return application


def serve_pages(pages: Pages) -> None:
    """Serve until told to stop."""
    end_with_parent()
    if sys.platform == "win32":
        import waitress

        from sosei.web.wsgi import application

        waitress.serve(application, host=pages.host, port=pages.port, threads=_THREADS, ident=None)
        return
    from granian import Granian
    from granian.constants import Interfaces, SSLProtocols
    from granian.log import LogLevels

    Granian(
        "sosei.web.wsgi:application",
        address=pages.host,
        port=pages.port,
        interface=Interfaces.WSGI,
        workers=pages.workers,
        blocking_threads=_THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        log_level=LogLevels.error,
        ssl_cert=Path(pages.certificate) if pages.certificate else None,
        ssl_key=Path(pages.key) if pages.key else None,
        ssl_protocol_min=SSLProtocols.tls12,
    ).serve(target_loader=load, wrap_loader=False)


def run_worker() -> None:
    """Do jobs until told to stop; first take up what a killed worker left, and see to what comes daily."""
    from sosei.web.start import start

    start()
    from django.core.management import call_command

    from sosei.web.jobs.recover import recover
    from sosei.web.journal.tasks import begin_daily

    recover()
    begin_daily()
    call_command("clearsessions")
    call_command("db_worker", verbosity=0)


def main(arguments: list[str]) -> None:
    """Start the child that ``arguments`` name."""
    kind, *rest = arguments
    if kind == "pages":
        serve_pages(Pages(**json.loads(rest[0])))
    else:
        end_with_parent()
        run_worker()


if __name__ == "__main__":
    main(sys.argv[1:])
