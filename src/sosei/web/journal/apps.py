"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The log (操作ログ): who did what, when, from where; append-only, hash-chained."""

    name = "sosei.web.journal"
    label = "journal"
