"""The application as a WSGI callable, for granian, waitress and any other server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.web.settings")

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def below(prefix: str, respond: Wsgi) -> Wsgi:
    """``respond`` served below ``prefix``, whether the proxy in front passes the prefix on or cuts it off."""
    if not prefix:
        return respond

    def served(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return respond(environ, start)

    return served


def _application() -> Wsgi:
    respond = get_wsgi_application()
    from django.conf import settings

    return below(settings.CONFIG.prefix, respond)


application = _application()
