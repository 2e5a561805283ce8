"""Messages that also tell the browser which form was accepted.

A form with ``data-keep`` is sent with its name in ``kept`` (``static/sosei/keep.js``).  A success message of that
request carries the name to the page that shows it, and the browser drops its copy of what was typed.  So a view
says nothing of its own: where it succeeds it says so to the person, and everything else (a form shown again, the
way to sign-in, a warning) leaves the copy where it is.
"""

from __future__ import annotations

from typing import Any

from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.fallback import FallbackStorage

_LONGEST = 200


class Notices(FallbackStorage):
    """Django's store of messages; ``extra_tags`` of a success is the name of the form that was accepted."""

    def add(self, level: int, message: Any, extra_tags: str = "") -> None:
        """Queue a message."""
        name = self.request.POST.get("kept", "") if level == SUCCESS and self.request.method == "POST" else ""
        super().add(level, message, extra_tags or name[:_LONGEST])
