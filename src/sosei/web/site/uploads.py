"""Files that people send: never more than the installation takes, whatever the browser says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from sosei.values import Problem


class LimitedUpload(FileUploadHandler):
    """Stands before the handlers that keep a file and drops what is too large while it arrives.

    ``CONFIG.upload_megabytes`` counts for all files of one form together.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """The data, for the next handler; the rest of a file that is too large is read and forgotten."""
        self.received += len(raw_data)
        if self.received > most_bytes():
            self.request.upload_is_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002
        """Nothing: the file is made by the handlers behind."""
        return None


def most_bytes() -> int:
    """How much one form may send in files."""
    return int(settings.CONFIG.upload_megabytes) * 1024 * 1024


def uploaded_bytes(request: HttpRequest, name: str) -> bytes:
    """What the file in the field ``name`` holds; raises Problem where there is none or it is too large."""
    file = request.FILES.get(name)  # reads the form, where nobody has yet
    if getattr(request, "upload_is_too_large", False):
        most = settings.CONFIG.upload_megabytes
        raise Problem(
            f"ファイルが大きすぎます。{most}MBまでのファイルを選んでください",
            f"the file is too large; choose one of at most {most} MB",
        )
    if file is None:
        raise Problem("ファイルを選んでください", "choose a file")
    data: bytes = file.read()
    return data


def shown_name(name: str, otherwise: str) -> str:
    """A file's name without what cannot be shown or kept, at most 200 characters; ``otherwise`` where nothing is left."""
    shown = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return shown[:200] or otherwise
