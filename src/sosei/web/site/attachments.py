"""A file that an answer gives to keep: never shown in the window, under a name that every system takes."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 120


def attachment(data: bytes | str, kind: str, name: str) -> HttpResponse:
    """The answer that hands over ``data`` of the media type ``kind`` under ``name``."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, fit_name(name))
    return response


def fit_name(name: str) -> str:
    """``name`` as a file name on every system."""
    stem, dot, form = name.rpartition(".")
    return f"{_UNFIT.sub('_', stem)[:_LONGEST_NAME]}{dot}{form}"
