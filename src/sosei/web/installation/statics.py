"""Static files: gathered into the installation's folder once for each version of the program."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_MARK = ".sosei-version"


def fingerprint() -> str:
    """What the static files are: every name, size and time of change, so that a changed checkout shows too."""
    digest = hashlib.sha256(settings.STATIC_URL.encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda each: each[0]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect() -> bool:
    """Gather the files where they are not those of this program; whether that was needed."""
    mark = Path(settings.STATIC_ROOT) / _MARK
    now = fingerprint()
    if is_collected(now):
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now, encoding="utf-8")
    return True


def is_collected(now: str) -> bool:
    """Whether the gathered files are those with the fingerprint ``now``."""
    mark = Path(settings.STATIC_ROOT) / _MARK
    return mark.is_file() and mark.read_text(encoding="utf-8") == now
